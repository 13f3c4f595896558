"""The territoires of the millesime: searched, sorted, a page at a time, with the gap to their median."""

from typing import Any

from dash import dcc, html

import contract
from geodata.models.monitoring import TerritoirePage
from views.suivi import tables
from views.suivi.links import PATH, Context
from views.suivi.values import gap_bar, padded, signed_minus
from views.text import is_missing, number, percent, text

ANCHOR = "territoires"


def draw_places(context: Context, page: TerritoirePage, largest: float) -> html.Div:
    """One page of the table. ``largest``: the greatest absolute gap among all the territoires."""
    language = context.language
    heads = [
        tables.sort_head(context, "nom", text("suivi_place", language), ANCHOR, "place_sort", is_number=False),
        tables.sort_head(context, "region", text("suivi_region", language), ANCHOR, "place_sort", is_number=False),
    ]
    for name in ("population", "projets", "taux", "ecart", "sites"):
        shown: Any = text(f"suivi_place_{page.gap_of if name == 'ecart' else name}", language)
        if name == "ecart":
            shown = [text("suivi_gap", language), html.Small(shown)]
        heads.append(tables.sort_head(context, name, shown, ANCHOR, "place_sort"))
    heads.append(html.Th(text("suivi_m_concentration_short", language), scope="col"))
    body = [_row(context, row, page.gap_of, largest) for row in page.rows.to_dict("records")]
    caption = text("suivi_places_caption", language, n=number(page.total, language), of=number(page.every, language))
    return tables.frame(tables.build(caption, [html.Tr(heads)], body, kind="places-table"), caption)


def _row(context: Context, row: dict[str, Any], gap_of: str, largest: float) -> html.Tr:
    language = context.language
    decimals = 1 if gap_of == "taux" else 0
    gap = row["ecart"]
    shown = contract.unknown(language) if is_missing(gap) else signed(gap, decimals, language)
    regions = [html.A(row["region"], href=context.region(row["code_region"]))]
    more = len(row["codes_region"]) - 1
    filiere = contract.label_of(
        "filiere", None if is_missing(row["premiere_filiere"]) else row["premiere_filiere"], language
    )
    share = "" if is_missing(row["concentration"]) else percent(row["concentration"], language)
    return html.Tr(
        [
            html.Th(html.A(row["nom"], href=context.territoire(row["territoire_id"])), scope="row"),
            html.Td([*regions, html.Small(text("suivi_more_regions", language, n=more)) if more else None]),
            html.Td(number(row["population"], language), className="number"),
            html.Td(number(row["projets"], language), className="number"),
            html.Td(_rate(row["taux"], language), className="number"),
            html.Td(gap_bar(gap, largest, shown, is_worse=False), className="gap-cell"),
            html.Td(number(row["sites"], language), className="number"),
            html.Td([filiere, html.Small(share)] if share else html.Span(filiere, className="unknown")),
        ],
        **{"data-code": row["territoire_id"]},
    )


def signed(gap: float, decimals: int, language: str) -> str:
    """``+12``, ``−3,4``, ``0``."""
    return ("+" if gap > 0 else "") + signed_minus(padded(number(gap, language, decimals), language, decimals))


def _rate(value: float, language: str) -> str:
    return number(value, language) if is_missing(value) else padded(number(value, language, 1), language, 1)


def draw_search(context: Context, hidden: Any) -> html.Form:
    """A search by name of territoire or region, by GET."""
    language = context.language
    return html.Form(
        [
            *hidden,
            html.Label(
                [
                    text("suivi_places_search", language),
                    " ",
                    dcc.Input(type="search", name="cherche", value=context.state.words, id="suivi-cherche"),
                ]
            ),
            html.Button(text("suivi_search_button", language), type="submit", className="button"),
        ],
        action=f"{PATH}#{ANCHOR}",
        method="get",
        className="suivi-form",
        role="search",
    )


def draw_pager(context: Context, page: TerritoirePage) -> html.Nav | None:
    """Previous and next; nothing when one page holds everything."""
    if page.pages == 1:
        return None
    language = context.language
    label: dict[str, Any] = {"aria-label": text("suivi_pager", language)}
    found: list[Any] = []
    if page.page > 1:
        found.append(html.A(text("suivi_previous", language), href=context.address(ANCHOR, place_page=page.page - 1)))
    found.append(html.Span(text("suivi_page_of", language, page=page.page, pages=page.pages)))
    if page.page < page.pages:
        found.append(html.A(text("suivi_following", language), href=context.address(ANCHOR, place_page=page.page + 1)))
    return html.Nav(found, className="pager", **label)


def finding(page: TerritoirePage, silent: int, language: str) -> str:
    """The median of the territoires and how many have no project."""
    decimals = 1 if page.gap_of == "taux" else 0
    return text(
        "suivi_finding_places",
        language,
        n=number(page.every, language),
        measure=text(f"suivi_place_{page.gap_of}", language).lower(),
        median=number(page.median, language, decimals),
        silent=silent,
    )
