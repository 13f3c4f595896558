"""Values of measures as the reader sees them: unit, decimals, sign, date; null is « non renseigné »."""

from typing import Any

from dash import html

import contract
from geodata.models.measures import MEASURES, PER
from views.suivi.links import Context
from views.text import day, euros, is_missing, month, number, percent, text

_MINUS = "\u2212"


def label(measure: str, language: str) -> str:
    """The name of a measure."""
    return text(f"suivi_m_{measure}", language)


def unit(measure: str, view: str, language: str) -> str:
    """What the figures of a measure count in a view: « pour 100 000 habitants »; empty when the name says it."""
    item = MEASURES[measure]
    if view in PER and item.is_divisible and not (measure == view == "emplois"):
        return text(f"suivi_per_{view}", language)
    return text("suivi_unit_months", language) if item.kind == "mean" else ""


def show(measure: str, value: float | None, view: str, language: str) -> str:
    """A value of a measure in a view."""
    if value is None or is_missing(value):
        return contract.unknown(language)
    item = MEASURES[measure]
    if item.kind == "share":
        return share(value, language)
    if item.kind == "money":
        return euros(value, language)
    is_divided = view in PER and item.is_divisible and not (measure == view == "emplois")
    decimals = item.rate_decimals if is_divided else item.decimals
    kept = round(value, -3) if measure == "emplois" and not is_divided else value  # known to 10,000 jobs
    return signed_minus(padded(number(kept, language, decimals), language, decimals))


def share(value: float, language: str) -> str:
    """A share with one decimal, always: figures of a column line up."""
    whole, mark, sign = percent(value, language).partition("%")
    figures = whole.rstrip()
    return padded(figures, language, 1) + whole[len(figures) :] + mark + sign


def padded(written: str, language: str, decimals: int) -> str:
    """A number written with all its decimals: ``14,0``."""
    if not decimals:
        return written
    mark = "." if language == "en" else ","
    whole, _, rest = written.partition(mark)
    if language == "en" and mark not in written:
        whole, rest = written, ""
    return f"{whole}{mark}{rest.ljust(decimals, '0')}"


def show_gap(measure: str, gap: float | None, view: str, language: str) -> str:
    """A difference with its sign: ``+12``, ``−3,4 pt``; a gap between shares is in points."""
    if gap is None or is_missing(gap):
        return contract.unknown(language)
    if MEASURES[measure].kind == "share":
        shown = f"{padded(number(abs(gap) * 100, language, 1), language, 1)}\u202fpt"
    else:
        shown = show(measure, abs(gap), view, language)
    is_none = not any(digit in shown for digit in "123456789")  # once rounded
    return ("±" if is_none else "+" if gap > 0 else _MINUS) + shown


def signed_minus(written: str) -> str:
    """The same number with a true minus sign."""
    return written.replace("-", _MINUS, 1) if written.startswith("-") else written


def when(written: str, language: str) -> str:
    """A date of day, month or year precision; « non renseigné » when empty."""
    return day(written, language)


def short(written: str, language: str) -> str:
    """The month of a date, short: ``déc. 22`` for ``2022-12-01``."""
    return month(written[:7], language, is_short=True)


def month_of(written: str, language: str) -> str:
    """``mars 2023`` for ``2023-03``."""
    return month(written, language)


def cell(measure: str, value: float | None, view: str, language: str) -> html.Td:
    """One number of a table, aligned right; a missing one is words, in italics."""
    missing = value is None or is_missing(value)
    name = "number unknown" if missing else "number"
    return html.Td(show(measure, value, view, language), className=name)


def gap_bar(gap: float | None, largest: float, shown: str, is_worse: bool) -> html.Span:
    """A bar from the middle of the cell, to the left below the reference, to the right above it.

    Args:
        gap: null draws words only.
        largest: the greatest absolute gap of the column: half of the cell.
        shown: the gap in words, read by everybody.
        is_worse: on the wrong side for a measure that has one: hatched.
    """
    if gap is None or is_missing(gap):
        return html.Span(shown, className="gap unknown")
    share = abs(gap) / largest if largest else 0.0
    names = ["gap", "is-low" if gap < 0 else "is-high", "is-worse" if is_worse else ""]
    style: dict[str, Any] = {"style": {"--gap": f"{min(share, 1.0):.4f}"}}
    return html.Span(
        [html.Span(shown), html.I(className="gap-track")], className=" ".join(name for name in names if name), **style
    )


def is_worse(measure: str, gap: float | None) -> bool:
    """True when a gap is on the wrong side, for a measure whose source says which side is progress."""
    trend = MEASURES[measure].trend
    if gap is None or is_missing(gap) or trend is None:
        return False
    return gap > 0 if trend == "baisse" else gap < 0


def source_line(context: Context, measure: str, dated: str) -> list[Any]:
    """« Source : …, date. »: the name is a link to the catalogue."""
    language = context.language
    source = MEASURES[measure].source
    name = html.A(text(f"suivi_source_{source}", language), href=context.source(source))
    value = text("suivi_source_date", language, date=when(dated, language)) if dated else ""
    return [text("suivi_source", language), " ", name, value]
