import pytest
from flask.testing import FlaskClient

from tests.exports.test_calendar_file import read, unescape


def test_the_calendar_of_the_measures(client: FlaskClient) -> None:
    answer = client.get("/mesures.ics")
    assert answer.content_type.startswith("text/calendar")
    days = {(event["UID"].split("-")[0], event["DTSTART"]) for event in read(answer.data)}
    assert ("m25", "20220128") in days
    assert {("m19", "20200720"), ("m19", "20210625"), ("m33", "20181220")} <= days


@pytest.mark.parametrize(
    ("query", "measures"),
    [("type=ami", {"m19"}), ("region=24&type=aap", {"m25", "m33"}), ("axe=attractivite", set()), ("etat=%00", None)],
)
def test_it_honours_the_filters(client: FlaskClient, query: str, measures: set[str] | None) -> None:
    events = read(client.get(f"/mesures.ics?{query}").data)
    found = {event["UID"].split("-")[0] for event in events}
    assert found == (measures if measures is not None else {"m19", "m25", "m33"})


def test_it_speaks_english(client: FlaskClient) -> None:
    events = read(client.get("/mesures.ics?lang=en&type=ami").data)
    assert any("opening" in unescape(event["SUMMARY"]) for event in events)
    assert all("lang=en#M19" in event["URL"] for event in events)
