"""The blocks that a PDF is made of, as the template ``document`` reads them. Every text is a string, never markup.

A cell is a text, or a dictionary made by ``cell``. A missing value is shown in words (« non renseigné »).
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal
from urllib.parse import quote, urlsplit

Block = Mapping[str, Any]
Cell = str | Mapping[str, Any]

_SCHEMES = ("http", "https", "mailto")
_KEPT = "%/:?#[]@!$&'()*+,;=~"  # a link of a PDF is plain ASCII: all else is percent-encoded


@dataclass(frozen=True)
class Foot:
    """What stands at the foot of every page: who made it, from which publication, which sources, of which date.

    Attributes:
        name: the atlas.
        publication: the hash of the publication, in words.
        source: the sources in one line.
        page: the word before the number of the page.
        date: the date of the data, in words.
    """

    name: str
    publication: str
    source: str
    page: str
    date: str


@dataclass(frozen=True)
class Column:
    """A column of a table; ``width`` is a share of the page against the others, null for what the words need."""

    title: str
    width: float | None = None
    align: Literal["left", "right"] = "left"


def document(title: str, language: str, foot: Foot, blocks: Sequence[Block]) -> dict[str, Any]:
    """The data of the template ``document``."""
    return {"title": title, "language": language, "foot": vars(foot), "blocks": list(blocks)}


def masthead(title: str, kicker: str | None = None, subtitle: str | None = None) -> Block:
    return {"kind": "masthead", "title": title, "kicker": kicker, "subtitle": subtitle}


def heading(text: str, level: Literal[2, 3] = 2) -> Block:
    return {"kind": "heading", "text": text, "level": level}


def paragraph(text: str, style: Literal["plain", "lead", "note", "warning"] = "plain", url: str | None = None) -> Block:
    return {"kind": "paragraph", "style": style, **cell(text, url=url)}


def bullets(items: Sequence[Cell], is_questions: bool = False) -> Block:
    """A list; ``is_questions`` gives each item a box to tick."""
    return {"kind": "list", "items": list(items), "questions": is_questions}


def facts(rows: Sequence[tuple[str, Cell]], label_width: int = 34) -> Block:
    """Labels and values; ``label_width`` is in percent of the line."""
    shown = [{"label": label, **(value if isinstance(value, Mapping) else cell(value))} for label, value in rows]
    return {"kind": "facts", "rows": shown, "label-width": label_width}


def table(
    columns: Sequence[Column],
    rows: Sequence[Sequence[Cell]],
    caption: str | None = None,
    note: str | None = None,
    size: float = 8,
) -> Block:
    """A table whose head is repeated on each page; ``size`` is that of its words, in points."""
    heads = [{"title": column.title, "width": column.width, "align": column.align} for column in columns]
    body = [list(row) for row in rows]
    return {"kind": "table", "columns": heads, "rows": body, "caption": caption, "note": note, "size": size}


def figures(items: Sequence[tuple[str, str, str | None, bool]]) -> Block:
    """Key figures in one line: value, label, note (its source and date), whether the value is unknown."""
    shown = [
        {"value": value, "label": label, "note": note, "unknown": missing} for value, label, note, missing in items
    ]
    return {"kind": "figures", "figures": shown}


def picture(name: str, alt: str, caption: str | None = None, width: int = 100) -> Block:
    """One of the pictures given with the document; ``alt`` says what it shows, ``width`` is in percent of the line."""
    return {"kind": "picture", "name": name, "alt": alt, "caption": caption, "width": width}


def side_by_side(left: Sequence[Block], right: Sequence[Block], share: float = 0.5, *, is_whole: bool = False) -> Block:
    """Two columns; ``share`` is the part of the first. ``is_whole`` keeps them on one page."""
    return {"kind": "columns", "left": list(left), "right": list(right), "share": share, "whole": is_whole}


def page_break() -> Block:
    return {"kind": "break"}


def cell(
    text: str,
    *,
    note: str | None = None,
    url: str | None = None,
    is_unknown: bool = False,
    is_strong: bool = False,
    is_dim: bool = False,
    bar: float | None = None,
    interval: tuple[float, float] | None = None,
) -> dict[str, Any]:
    """One cell.

    Args:
        note: small words below.
        is_dim: grey, for what does not matter here.
        url: where the text leads; left out unless it is a web or mail address.
        bar: a share between 0 and 1, drawn.
        interval: two shares between 0 and 1, worst and best, drawn.
    """
    return {
        "text": text,
        "note": note,
        "url": quote(url, safe=_KEPT) if url and is_address(url) else None,
        "unknown": is_unknown,
        "strong": is_strong,
        "dim": is_dim,
        "bar": bar,
        "interval": list(interval) if interval else None,
    }


def is_address(url: str) -> bool:
    """True for a web or mail address: what a reader of PDF may be asked to open."""
    try:
        return urlsplit(url).scheme.lower() in _SCHEMES
    except ValueError:
        return False
