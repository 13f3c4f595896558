"""Turns the parts of a page (trees of HTML components) into blocks of a PDF: the same words, tables and drawings.

What only serves a screen is left out: navigation, forms, buttons. Folded parts are printed open.
"""

import re
from collections.abc import Callable, Iterator
from typing import Any, Literal

from exports import blocks
from exports.sheets.tree import children, drawing, find, find_all, kind_of, tag, words

_LEFT_OUT = frozenset({"Nav", "Form", "Button", "Input", "Select", "Script", "Label"})
_SHARE = "--share"
_SMALL = 7.5  # points, of tables
_MANY, _SHORT = 12, 110  # a longer list of shorter items is one paragraph
_WHOLE = 17  # letters
_NARROWEST, _WIDEST = 6.0, 30.0  # shares of the width, about letters


class Pictures:
    """The drawings met on the way, by the name that the blocks use."""

    def __init__(self) -> None:
        self.files: dict[str, bytes] = {}

    def keep(self, svg: str) -> str:
        """Keeps one drawing; gives its name."""
        name = f"dessin-{len(self.files) + 1}.svg"
        self.files[name] = svg.encode()
        return name


def blocks_of(node: Any, pictures: Pictures) -> list[blocks.Block]:
    """The blocks of a part, in reading order."""
    return list(_blocks(node, pictures))


def _blocks(node: Any, pictures: Pictures) -> Iterator[blocks.Block]:
    name = tag(node)
    if name in _LEFT_OUT:
        return
    if drawing(node):
        svg = drawing(node) or ""
        yield blocks.picture(pictures.keep(svg), _label_of(svg))
    elif name in _DRAWN:
        yield from _DRAWN[name](node)
    elif isinstance(node, str):
        if node.strip():
            yield blocks.paragraph(node.strip())
    elif "fiche-breakdowns" in kind_of(node):
        yield from _pairs([part for child in children(node) for part in _blocks(child, pictures)])
    else:
        for child in children(node):
            yield from _blocks(child, pictures)


def _label_of(svg: str) -> str:
    found = re.search(r'aria-label="([^"]*)"', svg)
    return found.group(1) if found else ""


def _pairs(parts: list[blocks.Block]) -> Iterator[blocks.Block]:
    """Narrow tables two by two."""
    for position in range(0, len(parts), 2):
        yield blocks.side_by_side(parts[position : position + 1], parts[position + 1 : position + 2], is_whole=True)


def _heading(node: Any) -> Iterator[blocks.Block]:
    yield blocks.heading(words(node), 2 if tag(node) == "H2" else 3)


def _paragraph(node: Any) -> Iterator[blocks.Block]:
    if words(node):
        is_note = {"source", "unknown"} & set(kind_of(node).split())
        yield blocks.paragraph(words(node), "note" if is_note else "plain")


def _list(node: Any) -> Iterator[blocks.Block]:
    items = [read_cell(child) for child in children(node)]
    shown = [item for item in items if item["text"]]
    if len(shown) > _MANY and all(len(item["text"]) < _SHORT for item in shown):
        yield blocks.paragraph(" · ".join(_in_line(item) for item in shown))
    elif shown:
        yield blocks.bullets(shown)


def _in_line(item: dict[str, Any]) -> str:
    return f"{item['text']} ({item['note']})" if item["note"] else str(item["text"])


def _facts(node: Any) -> Iterator[blocks.Block]:
    rows: list[tuple[str, blocks.Cell]] = []
    label = ""
    for child in children(node):
        if tag(child) == "Dt":
            label = words(child)
        else:
            rows.append((label, read_cell(child)))
    yield blocks.facts(rows)


def _table(node: Any) -> Iterator[blocks.Block]:
    caption = find(node, "Caption")
    head = list(find_all(find(node, "Thead"), "Th"))
    rows = [children(row) for body in find_all(node, "Tbody") for row in find_all(body, "Tr")]
    if not rows:
        return
    body = [[read_cell(cell) for cell in row] for row in rows]
    whole = [row + [blocks.cell("")] * (len(head) - len(row)) for row in body]
    columns = [
        blocks.Column(words(cell), _width(words(cell), [row[position] for row in whole]), _align(cell))
        for position, cell in enumerate(head)
    ]
    yield blocks.table(columns, whole, caption=words(caption) if caption else None, size=_SMALL)


def _width(title: str, cells: list[dict[str, Any]]) -> float:
    """The share of a column: what its longest word and its usual text need."""
    texts = [str(cell["text"]) for cell in cells]
    # A short text (a date, « non renseigné ») stays on one line; a longer one breaks at its spaces.
    pieces = [
        part for written in (title, *texts) for part in ([written] if len(written) <= _WHOLE else written.split(" "))
    ]
    longest = max(map(len, pieces))
    usual = sum(map(len, texts)) / len(texts)
    has_bar = any(cell["bar"] is not None for cell in cells)
    return max(min(0.8 * longest + 0.5 * usual, _WIDEST), _NARROWEST) * (1.6 if has_bar else 1)


def _align(cell: Any) -> Literal["left", "right"]:
    return "right" if _is_number(cell) else "left"


def _is_number(cell: Any) -> bool:
    return "number" in kind_of(cell).split()


def read_cell(node: Any) -> dict[str, Any]:
    """A cell or an item: its words, what is small below them, its bar, whether it is unknown."""
    small = [words(item) for item in find_all(node, "Small")]
    marked = next((item for item in find_all(node, "Span") if "unknown" in kind_of(item)), None)
    shares = [share for item in find_all(node, "Span") if (share := _share(item)) is not None]
    url = next((str(item.href) for item in find_all(node, "A") if hasattr(item, "href")), None)
    text = words(node, without="Small")
    return blocks.cell(
        text,
        note=" · ".join(item for item in small if item) or None,
        url=url,
        is_unknown=marked is not None and words(marked) == text,
        bar=shares[0] if shares else None,
    )


def _share(node: Any) -> float | None:
    style = getattr(node, "style", None)
    return float(style[_SHARE]) if isinstance(style, dict) and _SHARE in style else None


_DRAWN: dict[str, Callable[[Any], Iterator[blocks.Block]]] = {
    **dict.fromkeys(("H2", "H3", "H4", "Summary"), _heading),
    "P": _paragraph,
    **dict.fromkeys(("Ul", "Ol"), _list),
    "Dl": _facts,
    "Table": _table,
}
