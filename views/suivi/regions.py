"""The table of regions: every measure in the view asked for, the gap to the median drawn in the cell."""

from typing import Any

import pandas as pd
from dash import html

import contract
from geodata.models.measures import MEASURES
from geodata.models.monitoring import RegionValues
from views.suivi import tables
from views.suivi.links import Context
from views.suivi.values import cell, gap_bar, is_worse, label, padded, short, show, show_gap, unit, when
from views.text import is_missing, number, text

ANCHOR = "regions"
_OTHERS = ("hhi",)
COLUMNS = (
    *("sites", "territoires", "touches", "projets", "dans", "concentration", "hhi"),
    *("entreprises", "nouveaux_sites", "delai", "emplois", "engagements"),
)


def draw_regions(context: Context, values: RegionValues) -> html.Div:
    """18 rows in the order asked for, the collectivities apart, then the median and France."""
    language = context.language
    rows = ordered(values, context.state.measure, context.state.sort)
    is_apart = rows["zone"] == "collectivite"
    largest = float(gaps(values, context.state.measure).abs().max())
    body = [html.Tbody([_row(context, values, row, largest) for row in rows[~is_apart].to_dict("records")])]
    apart = [row for row in rows[is_apart].to_dict("records") if row["projets"] != 0]
    if apart:
        title = html.Tr(
            html.Th(text("suivi_collectivities", language), colSpan=len(COLUMNS) + 3, scope="rowgroup"),
            className="row-group",
        )
        body.append(html.Tbody([title, *(_row(context, values, row, largest) for row in apart)]))
    caption = text("suivi_regions_caption", language, view=text(f"suivi_view_{values.view}", language).lower())
    table = tables.build(caption, _head(context, values), body, _foot(context, values), "regions-table")
    return tables.frame(table, caption)


def gaps(values: RegionValues, measure: str) -> pd.Series:
    """Value minus the median of mainland regions; null where the value is. The collectivities have none."""
    median = values.median[measure]
    found = values.rows[measure] - (float("nan") if median is None else median)
    return found.where(values.rows["zone"] != "collectivite")


def ordered(values: RegionValues, measure: str, sort: str) -> pd.DataFrame:
    """The rows with ``ecart``, in the order asked for; nulls last both ways, names break ties."""
    rows = values.rows.assign(ecart=gaps(values, measure)).sort_values("nom", key=_folded)
    column = sort.removeprefix("-")
    column = column if column in rows.columns else "ecart"
    return rows.sort_values(
        column,
        ascending=not sort.startswith("-"),
        na_position="last",
        kind="stable",
        key=_folded if column == "nom" else None,
    )


def _folded(names: pd.Series) -> pd.Series:
    """Names compared without accents: Île-de-France before La Réunion."""
    return names.str.normalize("NFKD").str.encode("ascii", "ignore").str.decode("ascii").str.lower()


def _head(context: Context, values: RegionValues) -> html.Tr:
    language, measure = context.language, context.state.measure
    gap_title = [text("suivi_gap", language), html.Small(label(measure, language))]
    return html.Tr(
        [
            tables.sort_head(context, "nom", text("suivi_region", language), ANCHOR, "sort", is_number=False),
            tables.sort_head(context, measure, _title(values, measure, language), ANCHOR, "sort"),
            tables.sort_head(context, "ecart", gap_title, ANCHOR, "sort"),
            *(
                tables.sort_head(context, name, _title(values, name, language), ANCHOR, "sort")
                for name in COLUMNS
                if name != measure
            ),
        ]
    )


def _title(values: RegionValues, name: str, language: str) -> list[Any]:
    """The name of a column, its unit and the date of its values."""
    if name in _OTHERS:
        return [text("suivi_hhi", language), html.Small(text("suivi_hhi_unit", language))]
    dated = values.dates[name]
    counted = unit(name, values.view, language)
    if counted and MEASURES[name].is_divisible:
        counted = text(f"suivi_head_{values.view}", language)
    under = [counted, short(dated, language) if dated else ""]
    small = html.Small(" · ".join(part for part in under if part), title=when(dated, language) if dated else None)
    return [text(f"suivi_m_{name}_short", language), small]


def _row(context: Context, values: RegionValues, row: dict[str, Any], largest: float) -> html.Tr:
    language, measure = context.language, context.state.measure
    is_region = row["zone"] != "collectivite"
    name = html.A(row["nom"], href=context.region(row["code_region"])) if is_region else row["nom"]
    gap = row["ecart"]
    shown = show_gap(measure, gap, values.view, language)
    first = cell(measure, row[measure], values.view, language)
    bar = gap_bar(gap, largest, shown, is_worse(measure, gap))
    cells = [_cell(context, values, row, column) for column in COLUMNS if column != measure]
    data: dict[str, Any] = {"data-code": row["code_region"]}
    return html.Tr([html.Th(name, scope="row"), first, html.Td(bar, className="gap-cell"), *cells], **data)


def _cell(context: Context, values: RegionValues, row: dict[str, Any], column: str) -> html.Td:
    language = context.language
    if column == "hhi":
        return html.Td(_index(row["hhi"], language), className="number unknown" if is_missing(row["hhi"]) else "number")
    if column != "concentration" or is_missing(row["concentration"]):
        return cell(column, row[column], values.view, language)
    filiere = contract.label_of("filiere", row["premiere_filiere"], language)
    counts = text(
        "suivi_first_of", language, n=number(row["n_premiere"], language), of=number(row["n_filiere"], language)
    )
    share = show("concentration", row["concentration"], values.view, language)
    return html.Td([share, html.Small(f"{filiere}, {counts}")], className="number first-sector")


def _index(value: float, language: str) -> str:
    return number(value, language) if is_missing(value) else padded(number(value, language, 2), language, 2)


def _foot(context: Context, values: RegionValues) -> list[html.Tr]:
    """The median of mainland regions, and the value that may be written for France."""
    language, measure = context.language, context.state.measure
    columns = [measure, *(name for name in COLUMNS if name != measure)]
    found = []
    for key, shown in (("suivi_median", values.median), ("suivi_nation", values.nation)):
        cells: list[Any] = []
        for position, name in enumerate(columns):
            is_other = name in _OTHERS
            cells.append(html.Td() if is_other else cell(name, shown.get(name), values.view, language))
            if position == 0:
                cells.append(html.Td())
        found.append(html.Tr([html.Th(text(key, language), scope="row"), *cells]))
    return found


def finding(context: Context, values: RegionValues) -> str:
    """Who is furthest above and below the median, and how many regions have no value."""
    language, measure, view = context.language, context.state.measure, values.view
    rows = values.rows.assign(ecart=gaps(values, measure))
    known = rows[rows["ecart"].notna()].sort_values(["ecart", "nom"])
    regions = rows[rows["zone"] != "collectivite"]
    if known.empty:
        return text("suivi_finding_none", language, measure=label(measure, language))
    low, high = known.iloc[0], known.iloc[-1]
    missing = int(regions[measure].isna().sum())
    return text(
        "suivi_finding_regions",
        language,
        measure=label(measure, language),
        median=show(measure, values.median[measure], view, language),
        high=high["nom"],
        high_gap=show_gap(measure, high["ecart"], view, language),
        low=low["nom"],
        low_gap=show_gap(measure, low["ecart"], view, language),
        missing=text("suivi_missing_none", language) if not missing else text("suivi_missing", language, n=missing),
    )


def concentration_finding(values: RegionValues, language: str, least: int = 30) -> str:
    """The region most concentrated in one filière, then the same among regions with at least ``least`` projects."""
    rows = values.rows[values.rows["zone"] != "collectivite"].dropna(subset=["concentration"])
    enough = rows[rows["n_filiere"] >= least]
    if enough.empty:
        return ""

    def words(row: dict[str, Any]) -> str:
        return text(
            "suivi_concentrated_in",
            language,
            region=row["nom"],
            share=show("concentration", row["concentration"], "nombre", language),
            filiere=contract.label_of("filiere", row["premiere_filiere"], language).lower(),
            n=number(row["n_premiere"], language),
            of=number(row["n_filiere"], language),
        )

    first, large = (part.sort_values("concentration").iloc[-1].to_dict() for part in (rows, enough))
    if first["code_region"] == large["code_region"]:
        return text("suivi_finding_concentrated_one", language, first=words(first))
    return text("suivi_finding_concentrated", language, first=words(first), large=words(large), least=least)


def cautions(values: RegionValues, measure: str) -> tuple[str, ...]:
    """The keys of the remarks that go with a measure in a view."""
    found = [f"suivi_caution_{MEASURES[measure].source}"]
    if values.view == "emplois":
        found.append("suivi_caution_jobs")
    return tuple(found)
