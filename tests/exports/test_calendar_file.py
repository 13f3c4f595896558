"""The iCalendar file against RFC 5545, read back by a small parser written from the standard."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from exports.calendar_file import DayEvent, escape_text, export_calendar, fold

EVENT = DayEvent(
    "m25-echeance@atlas", "2022-01-28", "Échéance ; « A, B »", "une\nligne \\ deux", "https://a.fr/x?y=1#M25"
)


def read(content: bytes) -> list[dict[str, str]]:
    """The events of a file: every rule that a reader relies on is checked on the way."""
    text = content.decode("utf-8")
    assert text.endswith("\r\n")
    assert "\n" not in text.replace("\r\n", "")
    physical = text.split("\r\n")[:-1]
    assert all(len(line.encode()) <= 75 for line in physical)
    lines = text.replace("\r\n ", "").split("\r\n")[:-1]
    assert lines[0] == "BEGIN:VCALENDAR"
    assert lines[-1] == "END:VCALENDAR"
    assert {"VERSION:2.0", "METHOD:PUBLISH"} <= set(lines)
    assert any(line.startswith("PRODID:") for line in lines)
    events: list[dict[str, str]] = []
    for line in lines[1:-1]:
        match = re.fullmatch(r"([A-Z-]+)((?:;[A-Z-]+=[^:;]+)*):(.*)", line)
        assert match, line
        name, _, value = match.groups()
        if line == "BEGIN:VEVENT":
            events.append({})
        elif events and line != "END:VEVENT":
            assert name not in events[-1]
            events[-1][name] = value
    for event in events:
        assert {"UID", "DTSTAMP", "DTSTART", "SUMMARY"} <= set(event)
        assert re.fullmatch(r"\d{8}T\d{6}Z", event["DTSTAMP"])
    return events


def unescape(value: str) -> str:
    return re.sub(r"\\(.)", lambda m: "\n" if m[1] in "nN" else m[1], value)


def test_an_event_lasts_its_day() -> None:
    [event] = read(export_calendar([EVENT], "Atlas", "2024-07-04"))
    assert (event["DTSTART"], event["DTEND"]) == ("20220128", "20220129")
    assert event["DTSTAMP"] == "20240704T000000Z"
    assert event["URL"] == "https://a.fr/x?y=1#M25"


def test_the_last_day_of_a_year_ends_in_the_next() -> None:
    [event] = read(export_calendar([DayEvent("a", "2023-12-31", "t", "d")], "Atlas", "2024-07-04"))
    assert event["DTEND"] == "20240101"


def test_no_event_is_a_file_too() -> None:
    assert read(export_calendar([], "Atlas", "2024-07-04")) == []


@given(st.text(st.characters(exclude_categories=["Cs"]), max_size=300))
def test_any_text_comes_back(written: str) -> None:
    [event] = read(export_calendar([DayEvent("a", "2020-07-20", written, written)], written, "2024-07-04"))
    kept = re.sub(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]", "", written)
    assert unescape(event["SUMMARY"]) == re.sub(r"\r\n|\r", "\n", kept)


@pytest.mark.parametrize("char", ["a", "é", "€", "🏭"])
def test_a_line_is_never_cut_inside_a_character(char: str) -> None:
    folded = fold(f"SUMMARY:{char * 200}")
    assert all(len(piece.encode()) <= 75 for piece in folded.split("\r\n"))
    assert folded.replace("\r\n ", "") == f"SUMMARY:{char * 200}"


def test_what_separates_values_is_escaped() -> None:
    assert escape_text("a,b;c\\d\r\ne") == "a\\,b\\;c\\\\d\\ne"
