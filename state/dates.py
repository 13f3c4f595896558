"""Dates as the documents write them (day, month or year) against a day that a visitor asks for.

What a document dates by its month or its year is known for sure on the last day of it: a label of « septembre 2021 » is
not shown on the 1st of September. The browser is told these first sure days, it never computes them.
"""

from calendar import monthrange
from datetime import date

import contract

_MONTH_LENGTH, _YEAR_LENGTH = len("2021-09"), len("2022")


def read_day(written: str) -> str:
    """A day of the calendar written ``YYYY-MM-DD``, between the years 1000 and 2999; empty for anything else."""
    is_shaped = len(written) == len("2021-09-23") and written.isascii() and written[0] in "12"
    if not is_shaped or written[4] != "-" or written[7] != "-":
        return ""
    try:
        return date.fromisoformat(written).isoformat()
    except ValueError:
        return ""


def sure_from(written: str) -> str:
    """The first day on which what is dated ``2020-07-20``, ``2021-09`` or ``2022`` is surely past: ``2021-09-30``."""
    if len(written) == _YEAR_LENGTH:
        return f"{written}-12-31"
    if len(written) == _MONTH_LENGTH:
        return f"{written}-{monthrange(int(written[:4]), int(written[5:]))[1]:02}"
    return written


def millesime_from(code: str) -> str:
    """The first day of a perimeter list, from the date of its source."""
    return sure_from(contract.codes("millesime")[code].date or code)


def millesime_at(day: str) -> str:
    """The perimeter list in force on a day; the first one before any list is at hand (see ``is_listed``)."""
    past = [code for code in contract.codes("millesime") if millesime_from(code) <= day]
    return past[-1] if past else next(iter(contract.codes("millesime")))


def is_listed(day: str) -> bool:
    """Whether a list of the territoires is at hand for a day; every day is, when none is asked for."""
    return not day or millesime_from(millesime_at(day)) <= day


def wave_from(code: str) -> str:
    """The first sure day of a wave of sites; of the later one when the documents leave two waves open."""
    dates = (contract.codes("vague")[part].date or part for part in code.split("|"))
    return max(sure_from(written) for written in dates)


def waves_at(day: str) -> tuple[str, ...]:
    """The waves of sites announced by a day; all of them when no day is asked for."""
    return tuple(code for code in contract.codes("vague") if not day or wave_from(code) <= day)
