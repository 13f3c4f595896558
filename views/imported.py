"""An imported site, unverified and said to be: its details, and the list of all of them."""

from collections.abc import Mapping, Sequence
from typing import Any

from dash import html

import contract
from state import Selection
from views.links import link_to_object
from views.scrolled import scrolled
from views.text import number, text

Row = Mapping[str, Any]
_MAIN = ("surface_ha", "surface_disponible_ha", "vocation", "etat", "porteur")
_LABELS = {
    "surface_ha": "imports_surface",
    "surface_disponible_ha": "imports_available",
    "vocation": "imports_vocation",
    "etat": "imports_etat",
    "porteur": "imports_porteur",
}


def draw_imported_site(row: Row, _: Any, selection: Selection) -> list[Any]:
    """The content of the drawer under its head."""
    language = selection.language
    precision = contract.label_of("precision", row.get("position_quality"), language)
    where = " · ".join(str(part) for part in (row.get("nom_commune"), row.get("code_departement")) if part)
    pairs = [(text("imports_commune", language), where or None), (text("imports_precision", language), precision)]
    pairs += [(text(_LABELS[name], language), show_fact(name, row.get(name), language)) for name in _MAIN]
    said = row.get("dit") or {}
    return [
        html.P(
            text("imports_note", language, file=row.get("fichier", ""), line=row.get("ligne", "")), className="warning"
        ),
        _facts(pairs, language),
        html.H3(text("imports_said", language)),
        _facts([(name, show_fact(name, value, language)) for name, value in said.items()], language),
    ]


def draw_imported_list(rows: Sequence[Row], files: Sequence[str], selection: Selection) -> html.Section | None:
    """A table of every imported site, each with a link to the map; None when there is none."""
    if not rows:
        return None
    language = selection.language
    heads = ("imports_site", "imports_commune", "imports_surface", "imports_available", "imports_vocation")
    caption = text("imports_list_caption", language, n=number(len(rows), language), files=", ".join(files))
    table = html.Table(
        [
            html.Caption(caption),
            html.Thead(html.Tr([html.Th(text(key, language), scope="col") for key in heads])),
            html.Tbody([_list_row(row, selection) for row in rows]),
        ],
        className="table",
    )
    title = text("imports_list_title", language)
    return html.Section([html.H2(title), scrolled(table, title)], className="page is-wide imported", id="importes")


def _list_row(row: Row, selection: Selection) -> html.Tr:
    language = selection.language
    cells = [show_fact(name, row.get(name), language) for name in ("surface_ha", "surface_disponible_ha", "vocation")]
    link = html.A(row["site_nom"], href=link_to_object(selection, "importe", row["site_id"]))
    return html.Tr(
        [
            html.Th(link, scope="row"),
            html.Td(row.get("nom_commune") or contract.unknown(language)),
            *(html.Td(cell or contract.unknown(language), className=None if cell else "unknown") for cell in cells),
        ]
    )


def show_fact(name: str, value: Any, language: str) -> str | None:
    """A value as the file gives it, hectares marked; None when it says nothing."""
    if value is None:
        return None
    if isinstance(value, float | int) and not isinstance(value, bool):
        unit = "\u202fha" if "surf" in name else ""
        return number(value, language, 2) + unit
    return str(value)


def _facts(pairs: Sequence[tuple[str, str | None]], language: str) -> html.Dl:
    cells: list[Any] = []
    for label, shown in pairs:
        known = shown or contract.unknown(language)
        cells += [html.Dt(label), html.Dd(known, className=None if shown else "unknown")]
    return html.Dl(cells, className="facts")
