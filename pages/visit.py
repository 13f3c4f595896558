"""What a page is asked, and what it answers with."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from state import Selection
from state.shown import is_embedded


@dataclass(frozen=True)
class Visit:
    """One reading of a page.

    Attributes:
        path: ``/regions/32``.
        query: the query string as written, without ``?``; a page with a state of its own reads it from there.
        selection: what the query says in the grammar that all pages share.
        arguments: the variable parts of the address by name.
    """

    path: str
    query: str
    selection: Selection
    arguments: Mapping[str, str] = field(default_factory=dict)

    @property
    def language(self) -> str:
        return self.selection.language

    @property
    def is_embedded(self) -> bool:
        """Whether the page stands in the frame of another site."""
        return is_embedded(self.query)


@dataclass(frozen=True)
class Document:
    """A page to read, complete without a line of script.

    Attributes:
        title: without the name of the atlas.
        content: the components of ``main``.
        description: for search engines and link previews; empty for the atlas's own.
        styles: names in ``assets/css``, on top of those of every page.
        modules: names in ``assets/js/pages`` that enrich the page.
        data: for the modules, as JSON in ``#page-data``.
        has_map_config: the modules use the map component: the browser's configuration comes along.
        is_missing: what the address names does not exist; the page says what there is. Status 404.
        is_bare: nothing of the atlas stands around the content: a hall, an embedded map.
        view: the query of the view that the page shows, to take it away as a file; None when nothing is to be drawn.
        view_file: which of the files draws it: ``vue`` (``state.shown``) or ``vue-sites`` (``state.needs``).
        is_tool: something to work with rather than to show: it is neither taken away nor embedded.
        moved_to: the address of the page itself, when the visitor's is another spelling of it. Status 301.
    """

    title: str
    content: Any
    description: str = ""
    styles: tuple[str, ...] = ()
    modules: tuple[str, ...] = ()
    data: Mapping[str, Any] | None = None
    has_map_config: bool = False
    is_missing: bool = False
    is_bare: bool = False
    moved_to: str = ""
    view: str | None = None
    view_file: str = "vue"
    is_tool: bool = False
