"""Inside a territoire d’industrie, outside, unknown: by region for one measure, for France for every measure."""

from collections.abc import Mapping, Sequence
from typing import Any

import pandas as pd
from dash import html

import contract
from geodata.models.measures import MEASURES
from geodata.models.monitoring import Split
from views.suivi import tables
from views.suivi.links import Context
from views.suivi.values import share as in_percent
from views.suivi.values import show
from views.text import euros, is_missing, number, percent, text

PARTS = ("dans", "hors", "inconnu")
_MONEY = ("investissement",)


def draw_region_splits(context: Context, rows: pd.DataFrame, splits: Mapping[str, Split], measure: str) -> html.Div:
    """One row a region: the total, the three parts, their shares as a bar.

    Args:
        rows: ``code_region, nom, zone``, in the order to show.
    """
    language = context.language
    body = [
        _row(
            html.A(row["nom"], href=context.region(row["code_region"]))
            if row["zone"] != "collectivite"
            else row["nom"],
            splits[row["code_region"]],
            language,
        )
        for row in rows.to_dict("records")
        if row["zone"] != "collectivite" or splits[row["code_region"]].total
    ]
    caption = text("suivi_split_caption", language, measure=_label(measure, language).lower())
    table = tables.build(caption, _head(text("suivi_region", language), language), body, kind="split-table")
    return tables.frame(table, caption)


def draw_national_splits(context: Context, splits: Sequence[Split]) -> html.Div:
    """One row a measure of number or money, for France."""
    language = context.language
    body = [_row(_named(split, language), split, language) for split in splits]
    caption = text("suivi_split_national", language)
    table = tables.build(caption, _head(text("suivi_measure", language), language), body, kind="split-table")
    return tables.frame(table, caption)


def finding(splits: Sequence[Split], language: str) -> str:
    """The share inside of projects and sites, and how many measures cannot be placed at all."""
    by_measure = {split.measure: split for split in splits}
    unplaced = sum(split.dans is None and split.hors is None for split in splits)
    return text(
        "suivi_finding_split",
        language,
        projects=percent(by_measure["projets"].share("dans"), language),
        sites=percent(by_measure["sites"].share("dans"), language),
        unplaced=unplaced,
        n=len(splits),
    )


def _head(first: str, language: str) -> html.Tr:
    numbers = [html.Th(text(f"suivi_part_{part}", language), scope="col", className="number") for part in PARTS]
    return html.Tr(
        [
            html.Th(first, scope="col"),
            html.Th(text("suivi_total", language), scope="col", className="number"),
            *numbers,
            html.Th(text("suivi_part_shares", language), scope="col"),
        ]
    )


def _row(name: Any, split: Split, language: str) -> html.Tr:
    cells = [_amount(split, value, language) for value in (split.total, split.dans, split.hors, split.inconnu)]
    shares = {part: split.share(part) for part in PARTS}
    data: dict[str, Any] = {"data-code": split.code, "data-measure": split.measure}
    return html.Tr(
        [html.Th(name, scope="row"), *cells, html.Td(_bar(shares, language), className="split-cell")], **data
    )


def _amount(split: Split, value: float | None, language: str) -> html.Td:
    missing = value is None or is_missing(value)
    return html.Td(
        contract.unknown(language) if missing else _shown(split.measure, value, language),
        className="number unknown" if missing else "number",
    )


def _shown(measure: str, value: float | None, language: str) -> str:
    if measure in _MONEY:
        return euros(value, language)
    return show(measure, value, "nombre", language) if measure in MEASURES else number(value, language)


def _bar(shares: Mapping[str, float | None], language: str) -> list[Any]:
    """Three lengths of one bar (solid, hatched, empty), and the same in words."""
    known = {part: value for part, value in shares.items() if value}
    if not known:
        return [html.Span(contract.unknown(language), className="unknown")]
    words = " · ".join(
        f"{text(f'suivi_part_{part}', language)} {in_percent(value, language)}" for part, value in known.items()
    )
    lengths: list[Any] = [
        html.Span(className=f"split-{part}", style={"width": f"{value * 100:.2f}%"}) for part, value in known.items()
    ]
    return [html.Span(lengths, className="split-bar"), html.Small(words)]


def _label(measure: str, language: str) -> str:
    return text(f"suivi_m_{measure}", language)


def _named(split: Split, language: str) -> list[Any]:
    """The measure, and out of how many rows its values are stated."""
    words: list[Any] = [_label(split.measure, language)]
    if split.n_stated is not None:
        words.append(
            html.Small(text("suivi_stated", language, n=number(split.n_stated, language), of=number(split.n, language)))
        )
    return words
