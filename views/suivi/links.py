"""Addresses of the monitoring page: the shared selection and the page's own state, with something changed."""

from dataclasses import dataclass, replace
from typing import Any

from state import Selection
from state.monitoring import Monitoring
from views.links import link_to

PATH = "/suivi"


@dataclass(frozen=True)
class Context:
    """What every part of the page knows: the selection (narrowed to what the page follows) and the page's state."""

    selection: Selection
    state: Monitoring

    @property
    def language(self) -> str:
        return self.selection.language

    def address(self, anchor: str = "", **changes: Any) -> str:
        """The address of the page with some of its state changed."""
        return address(self.selection, replace(self.state, **changes), anchor)

    def query(self) -> str:
        """The whole query string, without ``?``."""
        return "&".join(part for part in (self.selection.to_query(), self.state.to_query()) if part)

    def region(self, code: str) -> str:
        """The address of a region's sheet, in the same language, millesime and date."""
        return link_to(self._bare(), f"/regions/{code}")

    def territoire(self, code: str) -> str:
        """The address of a territoire's sheet: ids are reused between millesimes, so it always says which."""
        bare = self._bare()
        written = link_to(bare, f"/territoires/{code}")
        if "millesime=" in written or bare.date:
            return written
        return f"{written}{'&' if '?' in written else '?'}millesime={bare.millesime}"

    def source(self, name: str) -> str:
        """The address of a source in the catalogue."""
        return link_to(Selection(language=self.language), "/sources") + f"#{name}"

    def claim(self, name: str) -> str:
        """The address of an announced figure in the ledger."""
        return link_to(Selection(language=self.language), "/chiffres") + f"#{name}"

    def _bare(self) -> Selection:
        chosen = self.selection
        return Selection(language=chosen.language, millesime=chosen.millesime, date=chosen.date)


def address(selection: Selection, state: Monitoring, anchor: str = "") -> str:
    """``/suivi?lang=en&indicateur=sites#regions``."""
    query = "&".join(part for part in (selection.to_query(), state.to_query()) if part)
    return f"{PATH}{'?' if query else ''}{query}{'#' if anchor else ''}{anchor}"
