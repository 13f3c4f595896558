"""What stands around each chart: the sentence that says what it shows, and the same figures as a table."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

import pandas as pd
from dash import html

import contract
from ids import Charts
from views import charts
from views.charts import Figure
from views.text import day, month, number, percent, text


@dataclass(frozen=True)
class Panel:
    """A chart ready to show: Plotly dictionary, one-sentence finding, table twin."""

    figure: Figure
    finding: str
    table: Any


def panel_mesure(
    rows: pd.DataFrame, codes: Sequence[str], median: float, chosen: Sequence[str], language: str
) -> Panel:
    """Projects by region and scheme; arguments as in ``charts.draw_projects_by_region``."""
    figure = charts.draw_projects_by_region(rows, codes, median, chosen, language)
    finding = _finding_mesure(rows, median, chosen, language)
    shown = [code for code in codes if rows[code].any()]
    head = [text("facet_region", language), text("chart_total", language)]
    head += [contract.label_of("mesure", code, language) for code in shown]
    body = [
        [row["nom"], number(row["total"], language), *(number(row[code], language) for code in shown)]
        for _, row in rows.iloc[::-1].iterrows()
    ]
    return Panel(figure, finding, make_table(head, body, text(f"{Charts.by_mesure}_title", language)))


def _finding_mesure(rows: pd.DataFrame, median: float, chosen: Sequence[str], language: str) -> str:
    """What the visitor's regions count, or the largest when none is chosen."""
    total = int(rows["total"].sum())
    if not total:
        return text("chart_none", language)
    asked = rows[rows["code_region"].isin(chosen)]
    key, shown = ("finding_mesure", rows.tail(1)) if asked.empty else ("finding_mesure_chosen", asked.iloc[::-1])
    return text(
        key,
        language,
        region=", ".join(shown["nom"]),
        n=number(shown["total"].sum(), language),
        total=number(total, language),
        median=number(median, language, 1),
    )


def panel_filiere(rows: pd.DataFrame, chosen: Sequence[str], language: str) -> Panel:
    """Projects by sector; ``rows``: ``code, n``, largest first."""
    figure = charts.draw_projects_by_filiere(rows, chosen, language)
    labels = [contract.label_of("filiere", None if c == "non_renseigne" else c, language) for c in rows["code"]]
    total = int(rows["n"].sum())
    finding = text("chart_none", language)
    if total:
        first = int(rows["n"].iloc[0])
        share = percent(first / total, language)
        finding = text("finding_filiere", language, filiere=labels[0], n=number(first, language), share=share)
    head = [text("facet_filiere", language), text("chart_projects", language)]
    body = [[label, number(n, language)] for label, n in zip(labels, rows["n"], strict=True)]
    return Panel(figure, finding, make_table(head, body, text(f"{Charts.by_filiere}_title", language)))


def panel_mois(rows: pd.DataFrame, chosen: Sequence[str], language: str) -> Panel:
    """Projects by month of update; ``rows``: ``code`` (``YYYY-MM``), ``n``, in order."""
    figure = charts.draw_projects_by_month(rows, chosen, language)
    finding = text("chart_none", language)
    if rows["n"].any():
        peak = rows.loc[rows["n"].idxmax()]
        finding = text("finding_mois", language, month=month(peak["code"], language), n=number(peak["n"], language))
    head = [text("chart_month", language), text("chart_projects", language)]
    body = [[month(code, language), number(n, language)] for code, n in zip(rows["code"], rows["n"], strict=True)]
    return Panel(figure, finding, make_table(head, body, text(f"{Charts.by_mois}_title", language)))


def panel_sites(rows: pd.DataFrame, chosen: Sequence[str], language: str) -> Panel:
    """Sites announced and documented by wave; ``rows``: ``vague, annonces, documentes``."""
    figure = charts.draw_sites_by_wave(rows, chosen, language)
    labels = [contract.label_of("vague", code, language) for code in rows["vague"]]
    finding = _finding_sites(rows, language)
    head = [text(key, language) for key in ("chart_wave", "chart_announced", "chart_documented")]
    body = [
        [label, number(announced, language), number(documented, language)]
        for label, announced, documented in zip(labels, rows["annonces"], rows["documentes"], strict=True)
    ]
    return Panel(figure, finding, make_table(head, body, text(f"{Charts.sites}_title", language)))


def _finding_sites(rows: pd.DataFrame, language: str) -> str:
    """How complete the two waves of 2020 are here; a number that was never announced by region is said to be so."""
    first = rows[rows["vague"].isin(("2020-01", "2020-07"))]
    if not rows["documentes"].any():
        return text("finding_sites_none", language)
    if len(first) < 2 or first["annonces"].isna().any():
        return text("finding_sites_unknown", language, documented=number(rows["documentes"].sum(), language))
    documented, announced = first["documentes"].sum(), first["annonces"].sum()
    key = "finding_sites_all" if documented == announced else "finding_sites"
    counts = {"documented": number(documented, language), "announced": number(announced, language)}
    return text(key, language, **counts)


def panel_barometre(rows: pd.DataFrame, language: str) -> Panel:
    """Companies helped over time; ``rows``: ``code, nom, date, valeur``, ``code`` may be ``median``."""
    figure = charts.draw_companies_helped(rows, language)
    areas = rows[rows["code"] != "median"]
    last = rows.groupby("code", sort=False).last()
    finding = text("finding_barometre_none", language)
    if len(areas):
        row = last.loc[areas["code"].iloc[0]]
        when = month(str(row["date"])[:7], language)
        finding = text("finding_barometre", language, area=row["nom"], n=number(row["valeur"], language), month=when)
    date = day(str(rows["date"].max())[:10], language) if len(rows) else ""
    head = [text("chart_area", language), text("chart_last", language, date=date)]
    median_name = text("chart_median_short", language)
    body = [[row["nom"] or median_name, number(row["valeur"], language, 1)] for _, row in last.iterrows()]
    return Panel(figure, finding, make_table(head, body, text(f"{Charts.barometre}_title", language)))


def make_table(head: Sequence[str], body: Iterable[Sequence[Any]], caption: str) -> html.Table:
    """A small table: the first cell of a row is its header."""
    return html.Table(
        [
            html.Caption(caption, className="visually-hidden"),
            html.Thead(html.Tr([html.Th(cell, scope="col") for cell in head])),
            html.Tbody([html.Tr([html.Th(row[0], scope="row"), *(html.Td(cell) for cell in row[1:])]) for row in body]),
        ],
        className="table",
    )
