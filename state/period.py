"""What a visitor of ``/chronologie`` asks beside the day: a stop of the slider, and two days to compare."""

from dataclasses import dataclass
from urllib.parse import parse_qs

from state.dates import read_day

MAX_STEP = 999


@dataclass(frozen=True)
class Period:
    """The state of ``/chronologie``.

    Attributes:
        start, end: the days compared (``YYYY-MM-DD``); empty when not asked. A typed day wins over a chosen milestone.
        step: the place of a stop of the slider, as a form without script sends it; None when it is not asked.
    """

    start: str = ""
    end: str = ""
    step: int | None = None

    @classmethod
    def from_query(cls, query: str) -> "Period":
        """Reads ``?de=2020-01-20&a=2020-07-20``. Never fails: what it cannot read is not asked."""
        written = query.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
        values = parse_qs(written.lstrip("?")[:8000], keep_blank_values=True, max_num_fields=None)
        last = {name: items[-1] for name, items in values.items()}
        return cls(
            start=read_day(last.get("de_jour", "")) or read_day(last.get("de", "")),
            end=read_day(last.get("a_jour", "")) or read_day(last.get("a", "")),
            step=_step(last.get("pas", "")),
        )

    def to_query(self) -> str:
        """The canonical query string, without ``?``; empty for the default."""
        pairs = (("de", self.start), ("a", self.end), ("pas", "" if self.step is None else str(self.step)))
        return "&".join(f"{name}={value}" for name, value in pairs if value)


def _step(written: str) -> int | None:
    is_number = written.isascii() and written.isdigit() and len(written) <= len(str(MAX_STEP))
    return int(written) if is_number else None
