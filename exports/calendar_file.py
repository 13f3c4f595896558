"""Days as an iCalendar file (RFC 5545): all-day events, lines of 75 bytes at most, CRLF, texts escaped."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

MIMETYPE = "text/calendar; charset=utf-8"
MAX_LINE_BYTES = 75
PRODUCT = "-//Atlas Industrie//Mesures//FR"


@dataclass(frozen=True)
class DayEvent:
    """One all-day event.

    Attributes:
        uid: the same from one publication to the next, so that a calendar that reads the file again updates the event.
        day: ``YYYY-MM-DD``.
        url: absolute address of the object; empty for none.
    """

    uid: str
    day: str
    title: str
    description: str
    url: str = ""


def export_calendar(events: Sequence[DayEvent], name: str, stamp: str) -> bytes:
    """The file.

    Args:
        name: how calendars call it.
        stamp: the day of the publication (``YYYY-MM-DD``): when the events were last written; never the clock.
    """
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", f"PRODID:{PRODUCT}", "CALSCALE:GREGORIAN", "METHOD:PUBLISH"]
    lines += [f"NAME:{escape_text(name)}", f"X-WR-CALNAME:{escape_text(name)}"]
    for event in events:
        lines += _event(event, stamp)
    lines.append("END:VCALENDAR")
    return "".join(f"{fold(line)}\r\n" for line in lines).encode()


def _event(event: DayEvent, stamp: str) -> list[str]:
    start = date.fromisoformat(event.day)
    lines = [
        "BEGIN:VEVENT",
        f"UID:{escape_text(event.uid)}",
        f"DTSTAMP:{stamp.replace('-', '')}T000000Z",
        f"DTSTART;VALUE=DATE:{start:%Y%m%d}",
        f"DTEND;VALUE=DATE:{start + timedelta(days=1):%Y%m%d}",  # the end is the first day after
        f"SUMMARY:{escape_text(event.title)}",
        f"DESCRIPTION:{escape_text(event.description)}",
        "TRANSP:TRANSPARENT",
    ]
    if event.url:
        lines.append(f"URL:{event.url}")
    return [*lines, "END:VEVENT"]


def escape_text(value: str) -> str:
    """A TEXT value: backslash, comma, semicolon and line breaks escaped, other control characters left out."""
    escaped = value.replace("\\", "\\\\").replace(",", "\\,").replace(";", "\\;")
    escaped = re.sub(r"\r\n|\r|\n", "\\\\n", escaped)
    return re.sub(r"[\x00-\x08\x0b-\x1f\x7f]", "", escaped)


def fold(line: str) -> str:
    """A line cut in pieces of 75 bytes at most, never inside a character; each next piece starts with a space."""
    pieces, piece, size = [], "", 0
    for char in line:
        width = len(char.encode())
        if size + width > MAX_LINE_BYTES:
            pieces.append(piece)
            piece, size = "", 1  # the space that marks a continuation counts
        piece += char
        size += width
    return "\r\n ".join([*pieces, piece])
