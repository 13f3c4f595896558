"""What asks for attention: late, falling, missing, frozen. Each alert carries the figures of its rule.

- ``late``: the latest value is behind the straight line from the initial value to the target, at its own date, by more
  than the rounding of the source;
- ``falling``: the latest value moved away from progress since the value before it, by more than the rounding (twice:
  both values are rounded);
- ``missing``: no value, or an older one than the other regions have; one alert a measure and a cause;
- ``overdue``: the source states a frequency, and the next value is not in the file published after it was due;
- ``frozen``: the source no longer moves.
"""

from collections.abc import Iterable
from datetime import date

from geodata.models.measures import FOLLOWED, MEASURES
from geodata.models.monitoring import Alert, Standing
from geodata.queries.suivi.breakdown import sites_by_region, waves
from geodata.queries.suivi.indicators import NATION, next_expected, standing, standings
from geodata.repository import Tables

KINDS = ("late", "falling", "overdue", "missing", "frozen")


def find_alerts(tables: Tables, day: str = "") -> tuple[Alert, ...]:
    """Every alert, by kind, France before regions, the furthest from its rule first; as of ``day`` if one is given."""
    regions = tuple(tables["regions"]["code_region"])
    found: list[Alert] = []
    for measure in (*FOLLOWED, "entreprises"):
        every = {NATION: standing(tables, measure, NATION, day), **standings(tables, measure, regions, day)}
        found += [*late_alerts(every.values()), *falling_alerts(every.values())]
        found += missing_alerts({code: item for code, item in every.items() if code != NATION})
        found += [] if day else _overdue(tables, every[NATION])
    found += [*_unplaced(tables, day), *([] if day else _frozen(tables))]
    return tuple(sorted(found, key=_rank))


def late_alerts(standings_found: Iterable[Standing]) -> list[Alert]:
    """Those behind the straight path at the date of their latest value."""
    return [
        Alert("late", item.measure, (item.code,), item, item.actual.day)
        for item in standings_found
        if item.actual and item.advance is not None and item.advance < -_tolerance(item)
    ]


def falling_alerts(standings_found: Iterable[Standing]) -> list[Alert]:
    """Those whose latest value moved away from progress."""
    return [
        Alert("falling", item.measure, (item.code,), item, item.actual.day)
        for item in standings_found
        if item.actual and item.change is not None and item.change < -2 * _tolerance(item)
    ]


def missing_alerts(regional: dict[str, Standing]) -> list[Alert]:
    """Regions without a value, and regions whose value is older than the latest that another region has."""
    actuals = {code: item.actual for code, item in regional.items()}
    dates = [actual.day for actual in actuals.values() if actual]
    if not dates:
        return []
    latest, measure = max(dates), next(iter(regional.values())).measure
    none = tuple(code for code, actual in actuals.items() if actual is None)
    older = tuple(code for code, actual in actuals.items() if actual and actual.day < latest)
    groups = (("no_value", none), ("older", older))
    return [Alert("missing", measure, codes, day=latest, cause=cause) for cause, codes in groups if codes]


def _tolerance(item: Standing) -> float:
    return MEASURES[item.measure].rounding * (1 + 1e-9)


def _overdue(tables: Tables, nation: Standing) -> list[Alert]:
    """Due before the file was published, and not in it."""
    measure = MEASURES[nation.measure]
    due = next_expected(measure, nation.actual)
    published = str(tables.manifest.sources[measure.source]["date_published"])
    if due["state"] != "due" or published[:7] <= due["month"]:
        return []
    return [Alert("overdue", measure.code, (NATION,), nation, date.fromisoformat(published), due["month"])]


def _unplaced(tables: Tables, day: str) -> list[Alert]:
    """Waves whose announcement does not say the region of every site: announced nationally, and placed."""
    by_region = sites_by_region(tables, day)
    found = []
    for wave in waves(tables, day):
        total = by_region[NATION][wave].announced
        placed = [items[wave].announced for code, items in by_region.items() if code != NATION]
        known = sum(value for value in placed if value is not None)
        if total is not None and known < total:
            values = (float(total), float(known), float(by_region[NATION][wave].documented))
            found.append(Alert("missing", "sites", (NATION,), wave=wave, cause="unplaced", values=values))
    return found


def _frozen(tables: Tables) -> list[Alert]:
    sources = {item.source: item.code for item in MEASURES.values() if item.frozen}
    first = {source: next(code for code, item in MEASURES.items() if item.source == source) for source in sources}
    dates = {"plan-de-relance": max(tables["projets"]["date_mise_a_jour"])}
    found = []
    for source, code in first.items():
        nation = standing(tables, code, NATION).actual if MEASURES[code].indicator else None
        found.append(Alert("frozen", code, (NATION,), day=nation.day if nation else dates[source], cause=source))
    return found


def _rank(alert: Alert) -> tuple[int, bool, int, float]:
    """Kind, France first, measure, then the depth of the gap relative to what was to be reached."""
    item = alert.standing
    depth = 0.0
    if item and item.actual:
        reference = abs(item.path or (item.previous.value if item.previous else 0.0)) or 1.0
        moved = item.advance if alert.kind == "late" else item.change
        depth = (moved or 0.0) / reference
    position = list(MEASURES).index(alert.measure)
    return KINDS.index(alert.kind), alert.codes != (NATION,), position, depth
