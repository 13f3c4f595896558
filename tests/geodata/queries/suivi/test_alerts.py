from datetime import date

from geodata.models.monitoring import Standing, Value
from geodata.queries.suivi.alerts import KINDS, falling_alerts, find_alerts, late_alerts, missing_alerts
from geodata.queries.suivi.indicators import linear_path
from geodata.repository import Tables

BEFORE, NOW = date(2022, 12, 1), date(2023, 12, 1)


def standing(measure: str, value: float, *, before: float | None = None, advance: float | None = None) -> Standing:
    previous = None if before is None else Value(before, BEFORE)
    path = None if advance is None else 0.0
    return Standing(measure, "84", None, previous, Value(value, NOW), None, path, advance)


def nothing(measure: str, code: str) -> Standing:
    return Standing(measure, code, None, None, None, None, None, None)


def test_late_is_behind_by_more_than_the_rounding() -> None:
    # The delay is published with one decimal: half of the last digit is 0.05 month.
    on_time, rounded, late = (standing("delai", 12.0, advance=gap) for gap in (0.3, -0.05, -0.06))
    assert late_alerts([on_time, rounded]) == []
    (alert,) = late_alerts([late])
    assert alert.standing is late
    assert (alert.kind, alert.measure, alert.codes, alert.day) == ("late", "delai", ("84",), NOW)


def test_without_a_path_nobody_is_late() -> None:
    assert late_alerts([standing("delai", 99.0), nothing("delai", "06")]) == []


def test_falling_reads_the_direction_of_the_source() -> None:
    longer, shorter = standing("delai", 13.4, before=12.9), standing("delai", 12.9, before=13.4)
    assert [alert.standing for alert in falling_alerts([longer, shorter])] == [longer]
    fewer, more = standing("nouveaux_sites", -15, before=-6), standing("nouveaux_sites", 111, before=39)
    assert [alert.standing for alert in falling_alerts([fewer, more])] == [fewer]


def test_a_fall_within_two_roundings_says_nothing() -> None:
    assert falling_alerts([standing("delai", 12.6, before=12.5)]) == []
    assert falling_alerts([standing("emplois", 120_000, before=130_000)]) == []
    assert len(falling_alerts([standing("emplois", 110_000, before=130_000)])) == 1


def test_missing_names_regions_without_value_and_regions_left_behind() -> None:
    old = Standing("delai", "11", None, None, Value(9.0, BEFORE), None, None, None)
    regional = {"84": standing("delai", 12.0), "11": old, "06": nothing("delai", "06"), "94": nothing("delai", "94")}
    none, older = missing_alerts(regional)
    assert (none.cause, none.codes, none.day) == ("no_value", ("06", "94"), NOW)
    assert (older.cause, older.codes) == ("older", ("11",))


def test_an_indicator_that_no_region_has_is_not_missing_for_one() -> None:
    assert missing_alerts({"06": nothing("delai", "06")}) == []


def test_published_alerts_hold_by_their_own_figures(tables: Tables) -> None:
    found = find_alerts(tables)
    assert {alert.kind for alert in found} == set(KINDS)
    assert [KINDS.index(alert.kind) for alert in found] == sorted(KINDS.index(alert.kind) for alert in found)
    late = [alert for alert in found if alert.kind == "late"]
    for alert in late:
        item = alert.standing
        assert item is not None
        assert item.actual is not None
        path = linear_path(item.initial, item.target, item.actual.day)
        assert path is not None
        is_more = item.actual.value > path
        assert is_more if alert.measure == "delai" else not is_more
    assert ("FR",) in [alert.codes for alert in late if alert.measure == "delai"]


def test_frozen_sources_say_their_last_value(tables: Tables) -> None:
    frozen = {alert.cause: alert.day for alert in find_alerts(tables) if alert.kind == "frozen"}
    assert frozen == {"plan-de-relance": date(2022, 3, 31), "barometre": date(2022, 12, 31)}


def test_a_quarterly_value_that_is_not_in_the_later_file_is_overdue(tables: Tables) -> None:
    (alert,) = [alert for alert in find_alerts(tables) if alert.kind == "overdue"]
    assert (alert.measure, alert.month, alert.day) == ("emplois", "2023-03", date(2024, 10, 17))


def test_announcements_without_a_region_are_counted(tables: Tables) -> None:
    waves = {alert.wave: alert.values for alert in find_alerts(tables) if alert.cause == "unplaced"}
    assert waves == {"2020-01": (12, 9, 9), "2020-07": (66, 40, 25), "2024-04": (55, 50, 34)}


def test_as_of_a_day_before_any_value_there_is_no_alert(tables: Tables) -> None:
    assert find_alerts(tables, "2018-01-01") == ()
