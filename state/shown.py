"""A view to take away as a file, or to show inside another site: what the address says beyond the Selection."""

from dataclasses import dataclass
from urllib.parse import parse_qs, quote

from state.scene import CHARTS, FRAME_KINDS, Scene, Text
from state.selection import Selection

FRANCE = "france"
SCALES = (1, 2)
_MAINLAND = (-4.8, 42.3, 8.3, 51.1)
_FINE = 10_000  # parts of a degree that a frame is written in: ten metres
_SMALLEST = 3_000  # of these parts, 0.3 degrees, 20 to 33 km: no border and no town lies in a smaller frame
_LIMITS = (180 * _FINE, 85 * _FINE)
_PLACES = ("territoire", "departement", "region")  # facets that name a place, the narrowest first
_LONGEST_CODE = 40


@dataclass(frozen=True)
class Shown:
    """A view of the atlas as a picture.

    Attributes:
        frame: what the map frames, in the grammar of ``Scene.frame``.
        chart: one of ``CHARTS``: the chart instead of the map; empty for the map.
        scale: of the size in points of a PNG, 1 or 2.
    """

    selection: Selection
    frame: str = FRANCE
    chart: str = ""
    scale: int = 1

    @classmethod
    def from_query(cls, query: str) -> "Shown":
        """Reads ``cadre``, ``graphique`` and ``echelle`` beside the Selection. Never fails.

        Without ``cadre``, a single place asked for by a filter is the frame.
        """
        selection = Selection.from_query(query)
        chart = last_value(query, "graphique")
        return cls(
            selection,
            _frame(last_value(query, "cadre")) or _frame_of(selection),
            chart if chart in CHARTS else "",
            2 if last_value(query, "echelle") == "2" else 1,
        )

    @property
    def is_part(self) -> bool:
        """The map shows less than what is counted: a frame that no filter asks for."""
        return self.frame not in (FRANCE, _frame_of(self.selection))

    def to_query(self) -> str:
        """The canonical query string, without ``?``."""
        pairs = (
            ("cadre", self.frame, _frame_of(self.selection)),
            ("graphique", self.chart, ""),
            ("echelle", str(self.scale), "1"),
        )
        own = [f"{key}={quote(value, safe=',:-.')}" for key, value, default in pairs if value != default]
        return "&".join(part for part in (self.selection.to_query(), *own) if part)


def is_embedded(query: str) -> bool:
    """Whether the address asks for the page without anything around it, for the frame of another site."""
    return last_value(query, "embed") == "1"


def last_value(query: str, name: str) -> str:
    """The last value that a query gives to a name; empty when it gives none."""
    written = query.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    return parse_qs(written.lstrip("?")[:8000]).get(name, [""])[-1]


def _frame(written: str) -> str:
    """A frame in canonical form; all of France when it holds the mainland; empty when it is none."""
    box = Scene("vue", Text(), frame=written).bbox()
    if box is None:
        return written if _is_place(written) else ""
    # In whole parts: a canonical frame reads as itself.
    west, south, east, north = (round(edge * _FINE) for edge in box)
    west, east = _grown(west, east, _LIMITS[0])
    south, north = _grown(south, north, _LIMITS[1])
    grown = tuple(edge / _FINE for edge in (west, south, east, north))
    inside = (grown[0] <= _MAINLAND[0], grown[1] <= _MAINLAND[1], grown[2] >= _MAINLAND[2], grown[3] >= _MAINLAND[3])
    return FRANCE if all(inside) else ",".join(f"{edge:.4f}".rstrip("0").rstrip(".") for edge in grown)


def _grown(low: int, high: int, limit: int) -> tuple[int, int]:
    """The same edges, equally further apart when they are too close; inside of ``limit`` on both sides of zero."""
    more = -(-max(_SMALLEST - (high - low), 0) // 2)
    low, high = low - more, high + more
    shift = max(-limit - low, 0) - max(high - limit, 0)
    return low + shift, high + shift


def _frame_of(selection: Selection) -> str:
    """The one place that the filters ask for, else France."""
    for kind in _PLACES:
        values = selection.values_of(kind)
        if len(values) == 1:
            return _frame(f"{kind}:{values[0]}") or FRANCE
    return FRANCE


def _is_place(written: str) -> bool:
    kind, _, code = written.partition(":")
    is_code = code.replace("-", "").isalnum() and code.isascii() and len(code) <= _LONGEST_CODE
    return written == FRANCE or (kind in FRAME_KINDS and kind != FRANCE and is_code)
