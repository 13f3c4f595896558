"""The banner that a link with ``?publication=`` gets, on every page."""

import re
from typing import Any
from urllib.parse import parse_qsl, urlencode

from geodata.queries.archive import frozen_figures
from geodata.repository import Tables
from state import Selection
from views.frozen import draw_frozen

_REGION = re.compile(r"/regions/([0-9]{2})")


def frozen_banner(tables: Tables, path: str, query: str, selection: Selection) -> Any:
    """The banner, with the figures of the regions that the page or its filters name; None for a link without one."""
    page = _REGION.fullmatch(path)
    regions = {*selection.values_of("region"), *([page[1]] if page else [])}
    frozen = frozen_figures(tables, selection.publication, regions)
    return draw_frozen(frozen, selection, _without_publication(path, query))


def _without_publication(path: str, query: str) -> str:
    pairs = [pair for pair in parse_qsl(query.lstrip("?"), keep_blank_values=True) if pair[0] != "publication"]
    return f"{path}?{urlencode(pairs, safe=',:-.')}" if pairs else path
