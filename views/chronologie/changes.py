"""« Ce qui a changé entre deux assemblées »: two days chosen, then sentences written from what the data say of each."""

from collections.abc import Sequence
from typing import Any

from dash import dcc, html

from geodata.models.timeline import Change, Standing, TimelineEvent
from views.chronologie.words import PATH, Context, claim_link, hidden_language, page_link

_PAIRS = (
    ("lancement", "choose-france"),
    ("choose-france", "pack-rebond"),
    ("pack-rebond", "bilan-2020"),
    ("bilan-2020", "perimetre-183"),
)


def draw_changes(context: Context, change: Change | None) -> html.Section:
    """The form, ready-made pairs, and the sentences once two days are chosen."""
    content: list[Any] = [
        html.H2(context.say("chronologie_change"), id="changements"),
        html.P(context.say("chronologie_change_lead")),
        _form(context),
        html.P([context.say("chronologie_change_exemples"), " ", *_pairs(context)], className="source"),
    ]
    if change:
        content += [
            html.H3(_title(context, change)),
            html.Ul(sentences(context, change), className="changes", id="changements-liste"),
        ]
    return html.Section(content, className="changes-section")


def _title(context: Context, change: Change) -> str:
    return context.say("chronologie_change_titre", de=context.date(change.before.day), a=context.date(change.after.day))


def _milestones(context: Context) -> list[tuple[str, str]]:
    """One option a day: its first event names it."""
    found: dict[str, str] = {}
    for event in context.timeline.events:
        found.setdefault(event.sure, f"{context.date(event.written)} · {event.title(context.language)}")
    return list(found.items())


def _form(context: Context) -> html.Form:
    options = _milestones(context)
    fields = [
        _side(context, "de", context.period.start, options),
        _side(context, "a", context.period.end, options),
        html.Button(context.say("chronologie_comparer"), type="submit", className="button button-strong"),
    ]
    kept = [dcc.Input(type="hidden", name="date", value=context.day)] if context.is_asked else []
    return html.Form(
        [*hidden_language(context), *kept, *fields],
        method="get",
        action=f"{PATH}#changements",
        className="changes-form",
    )


def _side(context: Context, name: str, chosen: str, options: Sequence[tuple[str, str]]) -> html.Div:
    """A milestone, or any other day: the day typed wins."""
    choices = [html.Option(context.say("chronologie_choisir"), value="")]
    choices += [
        html.Option(label, value=day, **({"selected": True} if day == chosen else {})) for day, label in options
    ]
    is_other = chosen and chosen not in dict(options)
    return html.Div(
        [
            html.Label(context.say(f"chronologie_{name}"), htmlFor=f"jalon-{name}"),
            html.Select(choices, id=f"jalon-{name}", name=name),
            html.Label(context.say("chronologie_ou_jour"), htmlFor=f"jour-{name}"),
            dcc.Input(type="date", id=f"jour-{name}", name=f"{name}_jour", value=chosen if is_other else ""),
        ],
        className="changes-side",
    )


def _pairs(context: Context) -> list[Any]:
    days = {event.id: event for event in context.timeline.events}
    links: list[Any] = []
    for start, end in _PAIRS:
        first, last = days[start], days[end]
        words = f"{context.say(f'chronologie_borne_{start}')} → {context.say(f'chronologie_borne_{end}')}"
        href = page_link(context, PATH, "changements", f"de={first.sure}&a={last.sure}")
        links += [" · " if links else "", html.A(words, href=href)]
    return links


def sentences(context: Context, change: Change) -> list[html.Li]:
    """One sentence a kind of object; each number leads to the map, the ledger or the event behind it."""
    parts = [
        _territoires(context, change),
        _sites(context, change),
        _projects(context, change),
        _barometer(context, change),
        _named(context, "chronologie_change_mesures", [e for e in change.events if e.lane == "mesures"]),
        _named(
            context,
            "chronologie_change_jalons",
            [e for e in change.events if e.lane != "mesures" and e.kind == "jalon"],
        ),
        _claims(context, change),
    ]
    return [html.Li(part) for part in parts if part]


def _territoires(context: Context, change: Change) -> list[Any]:
    words = [_territoires_on(context, known) for known in (change.before, change.after)]
    return [context.say("chronologie_change_territoires"), " ", *words[0], " → ", *words[1], "."]


def _territoires_on(context: Context, known: Standing) -> list[Any]:
    shown = context.n(known.territoires)
    if known.territoires_case == "liste":
        link: Any = html.A(shown, href=page_link(context, "/", query="vue=liste&onglet=territoires", on=known.day))
    elif known.territoires_claim:
        link = html.A(shown, href=page_link(context, "/chiffres", known.territoires_claim.id))
    else:
        link = html.A(shown, href="#lancement")
    return [link, f" ({context.say(f'chronologie_cas_{known.territoires_case}')})"]


def _sites(context: Context, change: Change) -> list[Any]:
    query = "vue=liste&onglet=sites&confiance=elevee,faible,moyenne"
    counts = _pair(context, change.before.sites_announced, change.after.sites_announced, query, change)
    documented = context.n(change.after.sites_documented - change.before.sites_documented)
    return [
        context.say("chronologie_change_sites"),
        " ",
        *counts,
        " ",
        context.say("chronologie_change_documentes", n=documented),
    ]


def _projects(context: Context, change: Change) -> list[Any]:
    counts = _pair(context, change.before.projects, change.after.projects, "vue=liste", change)
    return [context.say("chronologie_change_projets"), " ", *counts, " ", context.say("chronologie_projets_reserve")]


def _pair(context: Context, before: int, after: int, query: str, change: Change) -> list[Any]:
    """« de 12 à 78 (+ 66). », each number a link to the map as of its day."""
    links = [
        html.A(context.n(value), href=page_link(context, "/", query=query, on=known.day))
        for value, known in ((before, change.before), (after, change.after))
    ]
    return [links[0], " → ", links[1], f" (+\u202f{context.n(after - before)})."]


def _barometer(context: Context, change: Change) -> list[Any]:
    values = [
        context.say("chronologie_inconnu") if known.barometer is None else context.n(known.barometer)
        for known in (change.before, change.after)
    ]
    link = html.A(context.say("chronologie_barometre_lien"), href="#mois")
    return [context.say("chronologie_change_barometre"), " ", f"{values[0]} → {values[1]}. ", link]


def _named(context: Context, key: str, events: Sequence[TimelineEvent]) -> list[Any]:
    """How many, then which, each linked to its place in the list."""
    if not events:
        return [context.say(f"{key}_aucun")]
    links: list[Any] = []
    for event in events:
        words = f"{event.title(context.language)} ({context.date(event.written)})"
        links += [" ; " if links else "", html.A(words, href=f"#{event.id}")]
    return [context.say(key, n=context.n(len(events))), " ", *links, "."]


def _claims(context: Context, change: Change) -> Any:
    if not change.claims:
        return [context.say("chronologie_change_chiffres_aucun")]
    rows = [html.Li(claim_link(context, claim)) for claim in change.claims]
    summary = context.say("chronologie_change_chiffres", n=context.n(len(rows)))
    return html.Details([html.Summary(summary), html.Ul(rows)])
