"""What was known on a day: a line a kind of object, each number linked to its claim or to the map as of that day."""

from typing import Any

from dash import html

from geodata.models.timeline import Standing
from views.chronologie.words import Context, claim_link, page_link, source_link


def draw_standing(context: Context, known: Standing) -> html.Div:
    """What was known on the day, a line a kind of object, each number linked to its claim or to the map that day."""
    rows = [_territoires(context, known), _sites(context, known), _relance(context, known)]
    rows += [_projects(context, known), _measures(context, known), _barometer(context, known)]
    latest = [event for event in context.timeline.events if event.sure <= known.day][-3:]
    cells: list[Any] = []
    for name, value, words in rows:
        cells += [
            html.Dt(context.say(f"chronologie_{name}")),
            html.Dd([html.Strong(value, **{"data-quoi": name}), " ", *words]),
        ]
    last = [
        html.Li([f"{context.date(e.written)} : ", html.A(e.title(context.language), href=f"#{e.id}")])
        for e in latest[::-1]
    ]
    return html.Div(
        [
            html.Dl(cells, className="facts standing"),
            html.P(context.say("chronologie_derniers")) if last else None,
            html.Ul(last, className="items"),
        ],
        id="etat-contenu",
        **{"data-jour": known.day},
    )


Row = tuple[str, Any, list[Any]]


def _carte(context: Context, shown: str, query: str, on: str) -> html.A:
    return html.A(shown, href=page_link(context, "/", query=query, on=on))


def _territoires(context: Context, known: Standing) -> Row:
    count = context.n(known.territoires)
    words: list[Any] = [context.say(f"chronologie_territoires_{known.territoires_case}")]
    if known.territoires_claim:
        words += [" ", html.Small(claim_link(context, known.territoires_claim))]
    is_listed = known.territoires_case == "liste"
    value = _carte(context, count, "vue=liste&onglet=territoires", known.day) if is_listed else count
    return "territoires", value, words


def _sites(context: Context, known: Standing) -> Row:
    query = "vue=liste&onglet=sites&confiance=elevee,faible,moyenne"
    value = _carte(context, context.n(known.sites_announced), query, known.day)
    return "sites", value, [context.say("chronologie_sites_documentes", n=context.n(known.sites_documented))]


def _relance(context: Context, known: Standing) -> Row:
    case = "oui" if known.is_relance_presented else "non"
    return (
        "relance",
        context.say(f"chronologie_relance_{case}"),
        [html.A(context.say("chronologie_relance_lien"), href="#france-relance")],
    )


def _projects(context: Context, known: Standing) -> Row:
    value = _carte(context, context.n(known.projects), "vue=liste", known.day)
    return "projets", value, [context.say("chronologie_projets_reserve")]


def _measures(context: Context, known: Standing) -> Row:
    value = html.A(context.n(len(known.open_measures)), href=page_link(context, "/mesures", "catalogue", on=known.day))
    names = ", ".join(known.open_measures) or context.say("chronologie_mesures_aucune")
    return (
        "mesures",
        value,
        [context.say("chronologie_mesures_detail", names=names, n=context.n(len(known.closed_measures)))],
    )


def _barometer(context: Context, known: Standing) -> Row:
    if known.barometer is None or known.barometer_date is None:
        return "barometre", context.say("chronologie_inconnu"), [context.say("chronologie_barometre_avant")]
    words = context.say("chronologie_barometre_date", date=context.date(known.barometer_date))
    return "barometre", context.n(known.barometer), [words, " ", html.Small(source_link(context, "barometre"))]
