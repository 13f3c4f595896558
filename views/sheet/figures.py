"""Key figures of a sheet, labels of sites by wave, indicators, and bars of projects by scheme, sector, size, month."""

from typing import Any

from dash import html

import contract
from geodata.models.sheet import RegionSheet, Sheet, TerritoireSheet
from geodata.models.sheet_parts import Breakdown, Figure, Indicator, Reading, Wave
from state import NOT_STATED
from views.catalogue import note_in
from views.figure import bar
from views.links import link_to
from views.sheet.grammar import counted
from views.sheet.spans import claim_link, query_link, source_link
from views.sheet.table import draw_table, known, linked
from views.text import day, euros, month, number, percent, text

_HIDDEN = ("regions", "territoires_france")
_WHOLE_MEDIAN = "population"


def draw_figures(sheet: RegionSheet | TerritoireSheet, language: str) -> html.Div:
    """One row a figure: value (a link to what shows it), median, date, source."""
    heads = [text(f"fiche_head_{name}", language) for name in ("figure", "value", "median", "date", "source")]
    rows = [_figure(sheet, item, language) for item in sheet.figures if item.name not in _HIDDEN]
    kind = "region" if isinstance(sheet, RegionSheet) else "territoire"
    caption = text(f"fiche_figures_caption_{kind}", language, n=number(sheet.n_compared, language))
    return draw_table(caption, heads, rows, (1, 2), "fiche-figures")


def _figure(sheet: Sheet, item: Figure, language: str) -> list[Any]:
    shown = known(show_figure(item, item.value, language), language)
    label: list[Any] = [text(f"fiche_figure_{item.name}", language)]
    if item.n_stated is not None:
        label.append(html.Small(_stated_by(item.n_stated, number(item.n_rows, language), language)))
    if item.name == "projets_sans_position":
        label.append(html.Small(text("fiche_note_projets_sans_position", language)))
    return [
        label,
        linked(shown, query_link(item)),
        "" if item.median is None else show_figure(item, item.median, language, is_median=True),
        known(day(item.date, language), language),
        linked(text(f"fiche_source_{item.source}", language), source_link(sheet.selection, item.source)),
    ]


def _stated_by(n: int, total: str, language: str) -> str:
    return counted("lignes", n, language, total=total) if n else text("fiche_stated_by_none", language, total=total)


def show_figure(item: Figure, value: float | None, language: str, *, is_median: bool = False) -> str:
    """A value in the unit of its figure; a median of counts keeps its half."""
    if item.unit == "eur":
        return euros(value, language)
    if item.unit == "pct":
        return percent(value, language)
    has_half = is_median and item.name != _WHOLE_MEDIAN
    return number(value, language, 1 if item.unit == "ratio" or has_half else 0)


def draw_waves(sheet: RegionSheet, language: str) -> html.Div:
    """Labels announced and documented by wave; never added to sites (a site may hold several labels)."""
    heads = [text(f"fiche_head_{name}", language) for name in ("wave", "announced", "documented", "certain")]
    rows = [_wave(sheet, wave, language) for wave in sheet.waves]
    return draw_table(text("fiche_waves_caption", language), heads, rows, (1, 2, 3))


def _wave(sheet: RegionSheet, wave: Wave, language: str) -> list[Any]:
    where = link_to(sheet.figure("sites").where or sheet.selection).split("#")[0]
    label = contract.label_of("vague", wave.code, language)
    announced = known(number(wave.announced, language), language)
    details = link_to(sheet.figure("population").where or sheet.selection)
    documented = linked(number(wave.documented, language), _of_wave(sheet, wave.code) or where)
    return [label, linked(announced, details), documented, number(wave.certain, language)]


def _of_wave(sheet: RegionSheet, wave: str) -> str | None:
    where = sheet.figure("sites").where
    every = contract.codes("confiance")
    return link_to(where.with_values("vague", [wave]).with_values("confiance", every)) if where else None


def draw_indicators(sheet: RegionSheet, language: str) -> html.Div:
    """Indicators of the priority policies: initial, actual and target values with their dates, and the median."""
    heads = [text(f"fiche_head_{n}", language) for n in ("indicator", "initial", "actual", "target", "median")]
    rows = [_indicator(item, language) for item in sheet.indicators]
    vintage = day(sheet.indicators[0].vintage, language) if sheet.indicators else contract.unknown(language)
    caption = text("fiche_indicators_caption", language, date=vintage)
    return draw_table(caption, heads, rows, (1, 2, 3, 4))


def _indicator(item: Indicator, language: str) -> list[Any]:
    label: list[Any] = [text(f"fiche_indicator_{item.code}", language)]
    if item.note:
        note, written_in = note_in(item.note, language)
        is_english = written_in == language
        label.append(html.Small(note if is_english else text("fiche_indicator_note", language)))
    median = text("fiche_median_of", language, n=number(item.n_compared, language))
    return [
        label,
        *(_reading(reading, item.unit, language) for reading in (item.initial, item.actual, item.target)),
        [show_unit(item.median, item.unit, language), html.Small(median)],
    ]


def _reading(reading: Reading | None, unit: str, language: str) -> Any:
    if reading is None:
        return known(None, language)
    return [show_unit(reading.value, unit, language), html.Small(month(reading.date[:7], language))]


def show_unit(value: float | None, unit: str, language: str) -> str:
    """A value of an indicator in its unit."""
    if unit == "EUR":
        return euros(value, language)
    shown = number(value, language, 2)
    return text("fiche_months", language, n=shown) if unit == "mois" and value is not None else shown


def draw_claims(sheet: RegionSheet, language: str) -> Any:
    """The figures announced for the region, each a link to the ledger."""
    if not sheet.claims:
        return html.P(text("fiche_claims_none", language), className="unknown")
    items = []
    for claim in sheet.claims:
        words = claim.statement_en if language == "en" else claim.statement_fr
        who = [claim.author or contract.unknown(language), day(claim.date, language)]
        items.append(
            html.Li([html.A(words, href=claim_link(sheet.selection, claim.code)), html.Small(" · ".join(who))])
        )
    return html.Ul(items, className="items")


def draw_breakdowns(sheet: Sheet, language: str) -> html.Div:
    """Side by side, projects by scheme, sector, size, month (and position): each adds up to all projects."""
    if not sheet.n_projects:
        return html.Div(html.P(text("fiche_projects_none", language), className="unknown"))
    return html.Div([_breakdown(part, language) for part in sheet.breakdowns], className="fiche-breakdowns")


def _breakdown(part: Breakdown, language: str) -> html.Div:
    top = max(row.n for row in part.rows)
    rows = []
    for row in part.rows:
        share = percent(row.n / part.total, language)
        label = f"{number(row.n, language)} · {share}"
        rows.append(
            [_value(part.facet, row.code, language), linked(bar(row.n / top, label), link_to(row.where))],
        )
    caption = text("fiche_breakdown_caption", language, by=text(f"fiche_by_{part.facet}", language))
    heads = [text(f"fiche_head_{part.facet}", language), text("fiche_head_projects", language)]
    return draw_table(f"{caption} ({number(part.total, language)})", heads, rows, (), "fiche-breakdown")


def _value(facet: str, code: str, language: str) -> Any:
    if code == NOT_STATED:
        return known(None, language)
    return month(code, language) if facet == "mois" else contract.label_of(facet, code, language)
