"""The catalogue: a table to look through, then every measure with all that its source says, and what it does not."""

from collections.abc import Callable, Sequence
from typing import Any

from dash import html

import contract
from geodata.models.measure import Measure, MeasureState
from views.facts import shorten_label
from views.mesures.words import (
    Context,
    address,
    code_label,
    facts,
    page_link,
    quote_of,
    region_label,
    source_line,
    state_badge,
)
from views.scrolled import scrolled
from views.text import day, euros, number, percent

States = Callable[[Measure], MeasureState]
_COLUMNS = ("mesure", "region", "type", "porteur", "enveloppe", "etat")


def draw_catalogue(context: Context, items: Sequence[Measure], total: int, state: States) -> html.Section:
    """The measures that the filters keep.

    Args:
        total: measures of the whole catalogue.
        state: the state of a measure on the day of the page.
    """
    counts = {"n": number(len(items), context.language), "total": number(total, context.language)}
    content: list[Any] = [html.H2(context.say("mesures_catalogue"), id="catalogue")]
    if not items:
        everything = html.A(
            context.say("mesures_tout_voir"), href=address(context, context.enquiry.firm()), className="button"
        )
        return html.Section([*content, html.P(context.say("mesures_aucune")), html.P(everything)])
    content.append(scrolled(_table(context, items, counts, state), context.say("mesures_catalogue")))
    content.append(html.H2(context.say("mesures_une_a_une")))
    content += [draw_measure(context, item, state(item)) for item in items]
    return html.Section(content)


def _table(context: Context, items: Sequence[Measure], counts: dict[str, str], state: States) -> html.Table:
    head = [html.Th(context.say(f"mesures_col_{name}"), scope="col") for name in _COLUMNS]
    head[4].className = "number"
    rows = [
        html.Tr(
            [
                html.Th(html.A(f"{item.id} · {item.name(context.language)}", href=f"#{item.id}"), scope="row"),
                html.Td(region_label(context, item.region)),
                html.Td(_or_unknown(context, item.type and code_label(context, "type", item.type))),
                html.Td(_or_unknown(context, item.operator)),
                html.Td(_or_unknown(context, _euros(context, item.envelope_eur)), className="number"),
                html.Td(state_badge(context, item, state(item))),
            ]
        )
        for item in items
    ]
    caption = context.say("mesures_catalogue_titre", **counts, day=day(context.day, context.language))
    return html.Table([html.Caption(caption), html.Thead(html.Tr(head)), html.Tbody(rows)], className="table")


def draw_measure(context: Context, item: Measure, state: MeasureState) -> html.Article:
    """All the columns of a measure, its quote, its source, its figures."""
    label: dict[str, Any] = {"aria-labelledby": f"{item.id}-titre"}
    head = [
        html.H3(f"{item.id} · {item.name(context.language)}", id=f"{item.id}-titre"),
        html.P([state_badge(context, item, state), " ", _where(context, item)]),
        html.P(item.summary(context.language)),
        quote_of(item.quote),
        source_line(context, item.source),
    ]
    body = html.Details(
        [html.Summary(context.say("mesures_tous_champs")), html.Dl(_fields(context, item), className="facts")]
    )
    return html.Article(
        [*head, body, _claims(context, item)], id=item.id, className="measure", **label, **facts(item.facts)
    )


def _where(context: Context, item: Measure) -> str:
    level = context.say(f"mesures_echelon_{item.level}")
    return level if item.region is None else f"{level} · {region_label(context, item.region)}"


def _fields(context: Context, item: Measure) -> list[Any]:
    cells: list[Any] = []
    for name, shown in _values(context, item).items():
        absent = "" if shown else _absence(context, item, name)
        is_unknown = absent == contract.unknown(context.language)
        cells += [html.Dt(_label(context, name)), html.Dd(shown or absent, className="unknown" if is_unknown else None)]
    gaps = ", ".join(_label(context, name) for name in item.gaps)
    cells += [html.Dt(_label(context, "lacunes")), html.Dd(gaps or context.say("mesures_aucune_lacune"))]
    return [*cells, html.Dt(_label(context, "faits")), html.Dd(" · ".join(item.facts))]


def _label(context: Context, name: str) -> str:
    field = contract.table("mesures").fields[name]
    return shorten_label(field.label(context.language))


def _absence(context: Context, item: Measure, name: str) -> str:
    """« non renseigné » when the source could say and does not; « sans objet » when there is nothing to say."""
    is_gap = name in item.gaps or name in ("echeances", "volet") or name.startswith("date_")
    return contract.unknown(context.language) if is_gap else context.say("mesures_sans_objet")


def _values(context: Context, item: Measure) -> dict[str, str | None]:
    """Every column of the table by its name, as the reader sees it; None when it is null."""
    language = context.language
    return {
        "type": item.type and code_label(context, "type", item.type),
        "echelon": context.say(f"mesures_echelon_{item.level}"),
        "code_region": region_label(context, item.region),
        "axe": item.axis and code_label(context, "axe", item.axis),
        "volet": item.strand and contract.label_of("volet_mesure", item.strand, language),
        "porteur": item.operator,
        "cofinanceurs": ", ".join(item.cofunders),
        "enveloppe_eur": _euros(context, item.envelope_eur),
        "part_region_eur": _euros(context, item.region_share_eur),
        "taux_prise_en_charge_pct": None if item.rate_pct is None else percent(item.rate_pct / 100, language),
        "ticket_min_eur": _euros(context, item.ticket_min_eur),
        "ticket_max_eur": _euros(context, item.ticket_max_eur),
        "cible_n": context.say("mesures_cible", n=number(item.target, language)) if item.target else None,
        "base_n": _count(item.base, language),
        "multiplicateur": f"× {number(item.multiplier, language, 1)}" if item.multiplier else None,
        "beneficiaires_fr": item.beneficiaries(language),
        "effectif_min": _count(item.headcount_min, language),
        "effectif_max": _count(item.headcount_max, language),
        "secteurs": ", ".join(code_label(context, "secteur", code) for code in item.sectors),
        "phases": ", ".join(code_label(context, "phase", code) for code in item.phases),
        "date_ouverture": item.opens and day(item.opens, language),
        "date_cloture": item.closes and day(item.closes, language),
        "dates_derivees": context.say("mesures_oui" if item.is_derived else "mesures_non"),
        "echeances": ", ".join(day(value, language) for value in item.deadlines),
        "n_vagues": _count(item.n_rounds, language),
        "contact": item.contact or (context.say("mesures_contact_page") if "R09" in item.facts else None),
    }


def _claims(context: Context, item: Measure) -> Any:
    """The announced figures of the measure, each with its page."""
    claims = [pair for fact in item.facts for pair in context.claims.get(fact, ())]
    if not claims:
        return None
    rows = [html.Li(html.A(statement, href=page_link(context, "/chiffres", claim))) for claim, statement in claims]
    return html.Details(
        [html.Summary(context.say("mesures_chiffres", n=number(len(rows), context.language))), html.Ul(rows)]
    )


def _or_unknown(context: Context, shown: str | None) -> Any:
    return shown or html.Span(contract.unknown(context.language), className="unknown")


def _euros(context: Context, value: float | None) -> str | None:
    return None if value is None else euros(value, context.language)


def _count(value: int | None, language: str) -> str | None:
    return None if value is None else number(value, language)
