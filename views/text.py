"""What the reader reads: messages in both languages, numbers and dates by locale.

A missing value is « non renseigné », never 0 (``contract.unknown``).
"""

import tomllib
from datetime import date
from functools import cache
from pathlib import Path
from types import MappingProxyType

from babel.dates import format_date
from babel.numbers import format_decimal, format_percent

import contract

_LOCALES = {"fr": "fr_FR", "en": "en_GB"}
_UNITS = {"fr": ((1e9, "Md€"), (1e6, "M€"), (1e3, "k€")), "en": ((1e9, "bn"), (1e6, "m"), (1e3, "k"))}


@cache
def messages(language: str) -> MappingProxyType[str, str]:
    """Every message of one language by key, from every catalogue of ``views/messages``: one a page.

    Raises:
        ValueError: two catalogues hold the same key.
    """
    found: dict[str, str] = {}
    for catalogue in sorted(Path(__file__).with_name("messages").glob("*.toml")):
        rows = tomllib.loads(catalogue.read_text(encoding="utf-8"))
        if twice := found.keys() & rows.keys():
            raise ValueError(f"{catalogue.name}: expected new keys, found {sorted(twice)} in another catalogue too")
        found |= {key: row[language] for key, row in rows.items()}
    return MappingProxyType(found)


def text(key: str, language: str, **values: object) -> str:
    """The message ``key`` with its placeholders filled.

    Raises:
        KeyError: the catalogue has no such key, or a placeholder was not given.
    """
    return messages(language)[key].format(**values)


def browser_messages(language: str) -> dict[str, str]:
    """The messages that the browser's modules use: those whose key starts with ``js_``."""
    return {key: value for key, value in messages(language).items() if key.startswith("js_")}


def is_missing(value: object) -> bool:
    """True for None, NaN and NaT: the three ways a table says null."""
    return value is None or value != value


def number(value: float | None, language: str, decimals: int = 0) -> str:
    """``1 234`` or ``1,234``; « non renseigné » for null."""
    if value is None or is_missing(value):
        return contract.unknown(language)
    pattern = "#,##0." + "#" * decimals if decimals else "#,##0"
    return format_decimal(value, pattern, locale=_LOCALES[language])


def percent(share: float | None, language: str) -> str:
    """``12,3 %`` or ``12.3%`` for 0.123; « non renseigné » for null."""
    if share is None or is_missing(share):
        return contract.unknown(language)
    return format_percent(share, "#,##0.#\u202f%" if language == "fr" else "#,##0.#%", locale=_LOCALES[language])


def euros(value: float | None, language: str) -> str:
    """``1,4 Md€`` or ``€1.4bn``; « non renseigné » for null."""
    if value is None or is_missing(value):
        return contract.unknown(language)
    for size, suffix in _UNITS[language]:
        if abs(value) >= size:
            amount = format_decimal(value / size, "#,##0.#", locale=_LOCALES[language])
            return f"{amount}\u202f{suffix}" if language == "fr" else f"€{amount}{suffix}"
    amount = number(value, language)
    return f"{amount}\u202f€" if language == "fr" else f"€{amount}"


def day(value: object, language: str) -> str:
    """A date of day, month or year precision (``2020-07-20``, ``2021-09``, ``2022``) in words."""
    if is_missing(value) or not value:
        return contract.unknown(language)
    written = str(value)[:10]
    if len(written) == 10:
        return format_date(_parse(written), "d MMMM y", locale=_LOCALES[language])
    return month(written, language) if len(written) == 7 else written


def month(value: str, language: str, is_short: bool = False) -> str:
    """``février 2021`` for ``2021-02``; ``févr. 21`` when short."""
    return format_date(_parse(f"{value}-01"), "MMM yy" if is_short else "MMMM y", locale=_LOCALES[language])


def _parse(written: str) -> date:
    return date.fromisoformat(written)
