"""Two regions side by side: every measure, the indicators with their targets, the filières."""

from collections.abc import Mapping, Sequence
from typing import Any

from dash import dcc, html

import contract
from geodata.models.measures import MEASURES
from geodata.models.monitoring import Breakdown, RegionValues, Standing, Value
from views.figure import bar
from views.suivi import tables
from views.suivi.links import PATH, Context
from views.suivi.regions import COLUMNS
from views.suivi.values import cell, gap_bar, is_worse, label, short, show, show_gap, unit
from views.text import day, number, percent, text

ANCHOR = "comparer"
_FIRST = 8
_STEPS = ("initial", "actual", "target")


def draw_form(context: Context, regions: Sequence[tuple[str, str]], hidden: Any) -> html.Form:
    """Two lists of regions and a button: a form by GET that keeps the rest of the address."""
    language, chosen = context.language, context.state.compared
    fields: list[Any] = []
    for position, (name, key) in enumerate((("comparer", "suivi_compare_first"), ("avec", "suivi_compare_second"))):
        current = chosen[position] if position < len(chosen) else ""
        options = [html.Option(text("suivi_choose", language), value="", selected=not current)]
        options += [html.Option(shown, value=code, selected=code == current) for code, shown in regions]
        field: dict[str, Any] = {"name": name}
        fields.append(html.Label([text(key, language), " ", html.Select(options, id=f"suivi-{name}", **field)]))
    button = html.Button(text("suivi_compare_button", language), type="submit", className="button")
    return html.Form([*hidden, *fields, button], action=f"{PATH}#{ANCHOR}", method="get", className="suivi-form")


def hidden_fields(pairs: Sequence[tuple[str, str]]) -> list[dcc.Input]:
    """What a form must carry along."""
    return [dcc.Input(type="hidden", name=name, value=value) for name, value in pairs]


def draw_comparison(
    context: Context,
    values: RegionValues,
    standings: Mapping[str, Sequence[Standing]],
    filieres: Breakdown,
    pair: tuple[str, str],
) -> list[Any]:
    """The three tables of two regions.

    Args:
        standings: those of the DITP indicators by region code, in the same order.
        filieres: projects by region and filière.
        pair: the codes of the regions.
    """
    rows = values.rows.set_index("code_region")
    names = [str(rows.loc[code, "nom"]) for code in pair]
    return [
        _measures(context, values, pair, names),
        _indicators(context, standings, pair, names),
        _filieres(context, filieres, pair, names),
    ]


def _head(language: str, names: list[str], *more: str) -> html.Tr:
    columns = [*names, *(text(key, language) for key in more)]
    return html.Tr(
        [
            html.Th(text("suivi_measure", language), scope="col"),
            *(html.Th(name, scope="col", className="number") for name in columns),
        ]
    )


def _measures(context: Context, values: RegionValues, pair: tuple[str, str], names: list[str]) -> html.Div:
    language = context.language
    rows = values.rows.set_index("code_region")
    body = []
    for measure in (name for name in COLUMNS if name in MEASURES):
        first, second = (float(rows.loc[code, measure]) for code in pair)
        median = values.median[measure]
        gaps = [None if median is None else value - median for value in (first, second)]
        largest = max((abs(gap) for gap in gaps if gap is not None and gap == gap), default=0.0)
        head = [label(measure, language), html.Small(unit(measure, values.view, language))]
        bars = [
            html.Td(
                gap_bar(gap, largest, show_gap(measure, gap, values.view, language), is_worse(measure, gap)),
                className="gap-cell",
            )
            for gap in gaps
        ]
        shown = [cell(measure, value, values.view, language) for value in (first, second)]
        body.append(
            html.Tr(
                [
                    html.Th(head, scope="row"),
                    *(part for both in zip(shown, bars, strict=True) for part in both),
                    cell(measure, median, values.view, language),
                ],
                **{"data-measure": measure},
            )
        )
    gap = text("suivi_gap", language)
    head_row = html.Tr(
        [
            html.Th(text("suivi_measure", language), scope="col"),
            *(html.Th(title, scope="col", className="number") for name in names for title in (name, gap)),
            html.Th(text("suivi_median", language), scope="col", className="number"),
        ]
    )
    caption = text("suivi_compare_caption", language, view=text(f"suivi_view_{values.view}", language).lower())
    return tables.frame(tables.build(caption, [head_row], body, kind="compare-table"), caption)


def _indicators(
    context: Context, standings: Mapping[str, Sequence[Standing]], pair: tuple[str, str], names: list[str]
) -> html.Div:
    """Initial, actual and target of each indicator; « non renseigné » where the source says nothing for a region."""
    language = context.language
    body = []
    for first, second in zip(standings[pair[0]], standings[pair[1]], strict=True):
        for position, key in enumerate(_STEPS):
            name = html.Th(label(first.measure, language), scope="rowgroup", rowSpan=len(_STEPS))
            cells = [_value(first.measure, getattr(item, key), language) for item in (first, second)]
            step = html.Th(text(f"suivi_{key}", language), scope="row", className="step")
            body.append(html.Tr([*([name] if position == 0 else []), step, *cells]))
    caption = text("suivi_compare_indicators", language)
    head = html.Tr(
        [
            html.Th(text("suivi_measure", language), scope="col", colSpan=2),
            *(html.Th(name, scope="col", className="number") for name in names),
        ]
    )
    return tables.frame(tables.build(caption, [head], body, kind="compare-table steps"), caption)


def _value(measure: str, value: Value | None, language: str) -> html.Td:
    if value is None:
        return html.Td(contract.unknown(language), className="number unknown")
    shown = show(measure, value.value, "nombre", language)
    dated = text("suivi_dated", language, value=shown, date=short(str(value.day), language))
    return html.Td(dated, title=day(str(value.day), language), className="number")


def _filieres(context: Context, filieres: Breakdown, pair: tuple[str, str], names: list[str]) -> html.Div:
    """Projects by filière, the most frequent in either region first, as shares of the region's projects."""
    language = context.language
    rows = filieres.rows.set_index("code_region")
    totals = [int(rows.loc[code, "total"]) for code in pair]
    shares = {
        code: [
            int(rows.loc[region, code]) / total if total else 0.0 for region, total in zip(pair, totals, strict=True)
        ]
        for code in filieres.codes
    }
    first = sorted(shares, key=lambda code: (-max(shares[code]), code))[:_FIRST]
    largest = max((max(shares[code]) for code in first), default=0.0)
    body = []
    for code in first:
        known = None if code == "non_renseigne" else code
        cells = []
        for region, share in zip(pair, shares[code], strict=True):
            n = int(rows.loc[region, code])
            shown = f"{number(n, language)} · {percent(share, language)}"
            cells.append(html.Td(bar(share / largest if largest else 0.0, shown)))
        body.append(html.Tr([html.Th(contract.label_of("filiere", known, language), scope="row"), *cells]))
    caption = text("suivi_compare_filieres", language, n=_FIRST)
    return tables.frame(tables.build(caption, [_head(language, names)], body, kind="compare-table"), caption)


def finding(context: Context, values: RegionValues, pair: tuple[str, str]) -> str:
    """The measure looked at, in both regions, and which is above the median."""
    language, measure = context.language, context.state.measure
    rows = values.rows.set_index("code_region")
    first, second = (float(rows.loc[code, measure]) for code in pair)
    return text(
        "suivi_finding_compare",
        language,
        measure=label(measure, language),
        first=rows.loc[pair[0], "nom"],
        first_value=show(measure, first, values.view, language),
        second=rows.loc[pair[1], "nom"],
        second_value=show(measure, second, values.view, language),
        median=show(measure, values.median[measure], values.view, language),
    )
