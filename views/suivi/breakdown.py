"""Region by region tables: sites by wave (documented of announced), projects by scheme, filière, month of update."""

from collections.abc import Mapping, Sequence
from typing import Any

from dash import html

import contract
from geodata.models.monitoring import Breakdown, Wave
from views.suivi import tables
from views.suivi.links import Context
from views.text import month, number, text

Waves = Mapping[str, Mapping[str, Wave]]
_NATION = "FR"


def draw_waves(context: Context, regions: Sequence[tuple[str, str]], found: Waves, order: Sequence[str]) -> html.Div:
    """« 7 / 12 »: labels documented of sites announced; an announcement unknown by region is written so."""
    language = context.language
    heads = [html.Th(contract.label_of("vague", wave, language), scope="col", className="number") for wave in order]
    head = html.Tr(
        [
            html.Th(text("suivi_region", language), scope="col"),
            *heads,
            html.Th(text("suivi_documented_total", language), scope="col", className="number"),
        ]
    )
    body = [_wave_row(context, code, name, found[code], order) for code, name in regions]
    foot = _wave_row(context, _NATION, text("suivi_nation", language), found[_NATION], order)
    caption = text("suivi_waves_caption", language)
    return tables.frame(tables.build(caption, [head], body, [foot], "matrix"), caption)


def _wave_row(context: Context, code: str, name: str, waves: Mapping[str, Wave], order: Sequence[str]) -> html.Tr:
    language = context.language
    shown = name if code == _NATION else html.A(name, href=context.region(code))
    cells = []
    for wave in order:
        item = waves[wave]
        announced = (
            text("suivi_unknown_short", language) if item.announced is None else number(item.announced, language)
        )
        is_unknown = item.announced is None
        if "|" in wave:  # one of two waves: nothing was announced for it
            cells.append(html.Td(number(item.documented, language), className="number"))
            continue
        cells.append(
            html.Td(
                [
                    number(item.documented, language),
                    html.Span(f"\u202f/\u202f{announced}", className="unknown" if is_unknown else None),
                ],
                className="number",
            )
        )
    total = sum(waves[wave].documented for wave in order)
    data: dict[str, Any] = {"data-code": code}
    return html.Tr([html.Th(shown, scope="row"), *cells, html.Td(number(total, language), className="number")], **data)


def waves_finding(found: Waves, order: Sequence[str], language: str) -> str:
    """Documented of announced, wave by wave, for France."""
    words = [
        text(
            "suivi_wave_words",
            language,
            wave=contract.label_of("vague", wave, language).lower(),
            documented=found[_NATION][wave].documented,
            announced=number(found[_NATION][wave].announced, language),
        )
        for wave in order
        if found[_NATION][wave].announced is not None
    ]
    return text("suivi_finding_waves", language, waves="\u202f; ".join(words) if language == "fr" else "; ".join(words))


def draw_matrix(context: Context, breakdown: Breakdown) -> html.Div:
    """Counts with a wash that grows with the count; 0 is a count: the file is complete."""
    language = context.language
    used = [code for code in breakdown.codes if breakdown.total[code]]
    head = html.Tr(
        [
            html.Th(text("suivi_region", language), scope="col"),
            *(html.Th(_name(breakdown.facet, code, language), scope="col", className="number") for code in used),
            html.Th(text("suivi_total", language), scope="col", className="number"),
        ]
    )
    largest = max((int(breakdown.rows[code].max()) for code in used), default=1) or 1
    body = [
        _matrix_row(context, row, used, largest)
        for row in breakdown.rows.to_dict("records")
        if row["zone"] != "collectivite" or row["total"]
    ]
    totals = [html.Td(number(breakdown.total[code], language), className="number") for code in used]
    whole = html.Td(number(sum(breakdown.total.values()), language), className="number")
    foot = html.Tr([html.Th(text("suivi_all", language), scope="row"), *totals, whole])
    caption = text(f"suivi_matrix_{breakdown.facet}", language)
    return tables.frame(tables.build(caption, [head], body, [foot], "matrix"), caption)


def _name(facet: str, code: str, language: str) -> str:
    if code == "non_renseigne":
        return contract.unknown(language)
    return month(code, language, is_short=True) if facet == "mois" else contract.label_of(facet, code, language)


def _matrix_row(context: Context, row: dict[str, Any], used: Sequence[str], largest: int) -> html.Tr:
    language = context.language
    is_region = row["zone"] != "collectivite"
    name = html.A(row["nom"], href=context.region(row["code_region"])) if is_region else row["nom"]
    cells = []
    for code in used:
        heat: dict[str, Any] = {"style": {"--heat": f"{(row[code] / largest) ** 0.5:.2f}"}} if row[code] else {}
        cells.append(html.Td(number(row[code], language), className="number heat", **heat))
    data: dict[str, Any] = {"data-code": row["code_region"]}
    total = html.Td(html.Strong(number(row["total"], language)), className="number")
    return html.Tr([html.Th(name, scope="row"), *cells, total], **data)


def matrix_finding(breakdown: Breakdown, language: str) -> str:
    """The largest column, and the largest cell."""
    if not sum(breakdown.total.values()):
        return text("suivi_finding_matrix_none", language)
    first = max(breakdown.codes, key=lambda code: breakdown.total[code])
    cells = breakdown.rows.set_index("nom")[list(breakdown.codes)].stack()
    region, code = cells.idxmax()
    return text(
        "suivi_finding_matrix",
        language,
        first=_name(breakdown.facet, first, language),
        n=number(breakdown.total[first], language),
        of=number(sum(breakdown.total.values()), language),
        region=region,
        code=_name(breakdown.facet, code, language),
        cell=number(cells.max(), language),
    )
