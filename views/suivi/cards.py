"""National key figures: baseline, actual, target, their dates, the straight path, what is next expected, the source."""

from collections.abc import Mapping, Sequence
from typing import Any

from dash import html

import contract
from geodata.models.measures import MEASURES
from geodata.models.monitoring import Standing, Target, Value
from views.suivi import tables
from views.suivi.links import Context
from views.suivi.values import label, month_of, short, show, show_gap, source_line, unit, when
from views.text import day, euros, is_missing, number, text

Next = Mapping[str, Any]


def draw_cards(context: Context, standings: Sequence[tuple[Standing, Next]]) -> html.Div:
    """One card an indicator, side by side."""
    return html.Div([_card(context, standing, due) for standing, due in standings], className="kpis")


def _card(context: Context, item: Standing, due: Next) -> html.Article:
    language, measure = context.language, item.measure
    shown = show(measure, item.actual.value if item.actual else None, "nombre", language)
    about = unit(measure, "nombre", language)
    dated = when(str(item.actual.day), language) if item.actual else contract.unknown(language)
    facts: list[Any] = []
    for key, written in (
        ("suivi_initial", _dated(measure, item.initial, language)),
        ("suivi_target", _dated(measure, item.target, language)),
        ("suivi_path", _path(item, language)),
        ("suivi_next", next_words(due, language)),
    ):
        is_unknown = written == contract.unknown(language)
        facts += [html.Dt(text(key, language)), html.Dd(written, className="unknown" if is_unknown else None)]
    return html.Article(
        [
            html.H3(label(measure, language)),
            html.P(
                [
                    html.Span(shown, className="kpi-value"),
                    f" {about}" if about else "",
                    html.Span(dated, className="kpi-date"),
                ],
                className="kpi-actual",
            ),
            html.Dl(facts, className="facts"),
            html.P(source_line(context, measure, str(item.actual.day) if item.actual else ""), className="source"),
        ],
        className="kpi",
        **{"data-measure": measure},
    )


def _dated(measure: str, value: Value | None, language: str) -> str:
    if value is None:
        return contract.unknown(language)
    shown = show(measure, value.value, "nombre", language)
    return text("suivi_dated", language, value=shown, date=short(str(value.day), language))


def _path(item: Standing, language: str) -> str:
    """Where a straight line would be, and the gap to it, in the unit of the measure."""
    if item.path is None or item.actual is None:
        return contract.unknown(language)
    gap = show_gap(item.measure, item.actual.value - item.path, "nombre", language)
    return text("suivi_path_value", language, value=show(item.measure, item.path, "nombre", language), gap=gap)


def next_words(due: Next, language: str) -> str:
    """What the source says of its next value: nothing, that it is over, or a frequency."""
    if due["state"] == "due":
        return text("suivi_next_due", language, month=month_of(due["month"], language))
    return text("suivi_next_frozen", language) if due["state"] == "frozen" else contract.unknown(language)


def draw_targets(context: Context, targets: Sequence[Target], names: Mapping[str, str]) -> html.Div:
    """The announced figures and what is published of what was reached.

    Args:
        names: of regions by code, and of France.
    """
    language = context.language
    heads = ("claim", "who", "initial", "target", "actual", "actual_date", "next", "document")
    numeric = ("initial", "target", "actual")
    head = html.Tr(
        [
            html.Th(text(f"suivi_{key}", language), scope="col", className="number" if key in numeric else None)
            for key in heads
        ]
    )
    table = tables.build(
        text("suivi_targets_caption", language),
        head,
        [_target(context, item, names) for item in targets],
        None,
        "targets",
    )
    return tables.frame(table, text("suivi_targets", language))


def _target(context: Context, item: Target, names: Mapping[str, str]) -> html.Tr:
    language, row = context.language, item.row
    statement = html.A(str(row[f"enonce_{language}"]), href=context.claim(str(row["chiffre_id"])))
    who = [str(row["auteur"]), html.Small(names.get(str(row["code"]), str(row["code"])))]
    unknown = contract.unknown(language)
    counted: list[Any] = [unknown]
    if item.counted is not None:
        counted = [number(item.counted, language), html.Small(text(f"suivi_basis_{item.basis}", language))]
    source = html.A(text("suivi_see_source", language), href=context.source(str(row["source"])))
    return html.Tr(
        [
            html.Th(statement, scope="row"),
            html.Td(who),
            _amount(item.baseline, row, language),
            _amount(_number(row["valeur"]), row, language, with_date=True),
            html.Td(counted, className="number" if item.counted is not None else "number unknown"),
            html.Td(
                day(item.counted_date, language) if item.counted_date else unknown,
                className=None if item.counted_date else "unknown",
            ),
            html.Td(unknown, className="unknown"),
            html.Td(source),
        ],
        **{"data-claim": str(row["chiffre_id"])},
    )


def _number(cell: object) -> float | None:
    return None if is_missing(cell) else float(str(cell))


def _amount(value: float | None, row: Mapping[str, object], language: str, *, with_date: bool = False) -> html.Td:
    """A figure with its qualifier, and when it was given."""
    if value is None:
        return html.Td(contract.unknown(language), className="number unknown")
    is_money = row["unite"] == "eur"
    shown = euros(value, language) if is_money else number(value, language)
    if with_date and row["qualificatif"] == "plus_de":
        shown = f">\u202f{shown}"
    dated = when("" if is_missing(row["date"]) else str(row["date"]), language)
    return html.Td([shown, html.Small(dated)] if with_date else shown, className="number")


def finding(standings: Sequence[Standing], targets: Sequence[Target], language: str) -> str:
    """How many indicators are ahead of their path, behind, not comparable; how many targets have no actual."""
    advances = [item.advance for item in standings]
    behind = [
        label(item.measure, language).lower()
        for item in standings
        if item.advance is not None and item.advance < -MEASURES[item.measure].rounding
    ]
    silent = sum(item.counted is None for item in targets)
    return text(
        "suivi_finding_cards",
        language,
        n=len(standings),
        compared=sum(advance is not None for advance in advances),
        behind=", ".join(behind) or text("suivi_none", language),
        silent=silent,
        targets=len(targets),
    )
