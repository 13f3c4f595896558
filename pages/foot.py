"""The foot of a page: what the address and the publication say of it."""

from typing import Any

from geodata.queries.archive import data_day
from geodata.repository import Tables
from state import Selection
from views.foot import draw_foot

_APP_PATH = "/"


def foot_of(tables: Tables, path: str, query: str, selection: Selection) -> list[Any]:
    """The foot for an address, dated by the latest source of the publication."""
    publication, day = tables.manifest.hash, data_day(tables)
    return draw_foot(path, query, selection.language, publication, day, is_live=path == _APP_PATH)
