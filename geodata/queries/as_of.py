"""What was known on a day, and what changed between two.

Meaning by kind of object, from the dates of the sources (a month or a year counts from its last day):

- territoires: none before the launch (22 November 2018); then, until a list is at hand (13 October 2020), only the
  numbers announced; then the list in force: 148, 149 from the end of December 2022, 183 from 4 July 2024;
- sites: by the waves announced (20 January and 20 July 2020, 23 September 2021, end of April 2024), documented or not;
- projects: by date of update, which is not that of the decision;
- measures: open from their opening to their closing, both stated; nothing is said of the others;
- baromètre: the latest value at or before the day, of the last vintage of the series.
"""

from functools import lru_cache
from typing import Literal

import pandas as pd

from geodata.models.timeline import Change, Claim, Standing
from geodata.queries.measures import all_measures, state_on
from geodata.queries.timeline import claims_of, timeline_of
from geodata.queries.totals import announced_by_wave
from geodata.repository import Tables
from state.dates import is_listed, millesime_at, sure_from, waves_at

LAUNCH = "lancement"
RELANCE = "france-relance"


@lru_cache(maxsize=256)
def standing_on(tables: Tables, day: str) -> Standing:
    """What was known on a day (``YYYY-MM-DD``)."""
    case, count, claim = _territoires(tables, day)
    waves = waves_at(day)
    announced = announced_by_wave(tables)
    value, value_date = _barometer(tables, day)
    measures = [(item.id, state_on(item, day)) for item in all_measures(tables)]
    return Standing(
        day=day,
        territoires=count,
        territoires_case=case,
        territoires_claim=claim,
        millesime=millesime_at(day) if is_listed(day) else "",
        sites_announced=sum(announced.get(wave, 0) for wave in waves),
        sites_documented=sum(not set(waves).isdisjoint(labels) for labels in tables["sites"]["vagues"]),
        waves=tuple(wave for wave in waves if wave in announced),
        projects=int((tables["projets"]["date_mise_a_jour"].astype(str) <= day).sum()),
        open_measures=tuple(code for code, state in measures if state == "ouverte"),
        closed_measures=tuple(code for code, state in measures if state == "fermee"),
        barometer=value,
        barometer_date=value_date,
        is_relance_presented=day >= milestone_day(tables, RELANCE),
    )


def milestone_day(tables: Tables, milestone: str) -> str:
    """The first sure day of a milestone, by its id."""
    rows = tables["jalons"]
    return sure_from(str(rows.loc[rows["jalon_id"] == milestone, "date"].iloc[0]))


def change_between(tables: Tables, start: str, end: str) -> Change:
    """What happened after ``start``, up to ``end`` included; the days in any order."""
    first, last = sorted((start, end))
    events = [item for item in timeline_of(tables).events if first < item.sure <= last]
    claims = [claim for day, claim in claims_of(tables) if first < day <= last]
    return Change(
        before=standing_on(tables, first),
        after=standing_on(tables, last),
        events=tuple(events),
        claims=tuple(claims),
    )


def neighbours(steps: tuple[str, ...], day: str) -> tuple[str | None, str | None]:
    """The last step before a day and the first after it."""
    before = [step for step in steps if step < day]
    after = [step for step in steps if step > day]
    return (before[-1] if before else None, after[0] if after else None)


def _territoires(tables: Tables, day: str) -> tuple[Literal["avant", "annonce", "liste"], int, Claim | None]:
    if day < milestone_day(tables, LAUNCH):
        return "avant", 0, None
    rows = tables["chiffres"]
    is_count = rows["chiffre_id"].str.startswith("territoires-") & rows["date"].notna() & (rows["niveau"] == "pays")
    rows = rows[is_count]
    rows = rows.assign(sure=[sure_from(str(date)) for date in rows["date"]]).sort_values(["sure", "chiffre_id"])
    if is_listed(day):
        code = millesime_at(day)
        territoires = tables["territoires"]
        count = int((territoires["millesime"] == code).sum())
        return "liste", count, _claim(rows[rows["chiffre_id"] == f"territoires-{count}-liste"])
    said = rows[rows["sure"] <= day]
    return "annonce", 0 if said.empty else int(said["valeur"].iloc[-1]), _claim(said)


def _claim(rows: pd.DataFrame) -> Claim | None:
    if rows.empty:
        return None
    row = rows.iloc[-1]
    return Claim(str(row["chiffre_id"]), str(row["enonce_fr"]), str(row["enonce_en"]))


def _barometer(tables: Tables, day: str) -> tuple[float | None, str | None]:
    rows = tables["indicateurs"]
    rows = rows[(rows["source"] == "barometre") & (rows["niveau"] == "pays") & (rows["nature"] == "atteinte")]
    dates = rows["date"].astype(str)
    past = rows[dates <= day].sort_values("date")
    if past.empty:
        return None, None
    return float(past["valeur"].iloc[-1]), str(past["date"].iloc[-1])[:10]
