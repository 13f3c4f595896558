"""Everything dated, in order: milestones, days of the measures, announced figures, projects and baromètre by month."""

from collections import defaultdict
from dataclasses import replace
from functools import lru_cache
from typing import Any

import pandas as pd

from geodata.models.measure import MeasureEvent
from geodata.models.timeline import Claim, Lane, MonthCount, Timeline, TimelineEvent
from geodata.queries.filters import months_of
from geodata.queries.measures import all_measures, events_of
from geodata.repository import Tables
from state.dates import sure_from, wave_from

# The lane of a milestone: the first founding fact decides, else the beginning of its id.
_LANE_OF_FACT: dict[str, Lane] = {"T": "programme", "P": "programme", "K": "sites", "R": "plans", "H": "plans"}
_CALLS = frozenset({"P06", "V07", "T12"})
_LANE_OF_ID: tuple[tuple[str, Lane], ...] = (("sites", "sites"), ("perimetre", "programme"))
_WAVES = {"choose-france": "2020-01", "sites-66": "2020-07", "sites-49": "2021-09", "sites-55": "2024-04"}
_WORDS = {
    "ouverture": ("Ouverture : {name}", "Opening: {name}"),
    "echeance": ("Échéance : {name}", "Deadline: {name}"),
    "cloture": ("Clôture : {name}", "Closing: {name}"),
}


@lru_cache(maxsize=4)
def timeline_of(tables: Tables) -> Timeline:
    """The whole timeline; a day of a measure that a milestone already tells is not told twice."""
    claims: dict[str, list[Claim]] = defaultdict(list)
    for day, claim in claims_of(tables):
        claims[day].append(claim)
    actors = _actors(tables)
    milestones = [_milestone(row, actors) for row in tables["jalons"].to_dict("records")]
    told = {(event.sure, fact) for event in milestones for fact in event.facts if event.lane == "mesures"}
    days = [
        _day(event)
        for event in events_of(all_measures(tables))
        if not any((event.day, fact) in told for fact in event.measure.facts)
    ]
    dated = sorted((event for event in (*milestones, *days) if event.sure), key=lambda item: (item.sure, item.written))
    return Timeline(
        events=tuple(_with_claims(dated, claims)),
        undated=tuple(event for event in milestones if not event.sure),
        months=months(tables),
        calls=tuple(item for item in all_measures(tables) if item.opens),
    )


@lru_cache(maxsize=4)
def claims_of(tables: Tables) -> tuple[tuple[str, Claim], ...]:
    """The dated figures of the ledger with their first sure day, in order."""
    rows = tables["chiffres"].dropna(subset=["date"])
    found = [
        (sure_from(str(row["date"])), Claim(str(row["chiffre_id"]), str(row["enonce_fr"]), str(row["enonce_en"])))
        for row in rows.to_dict("records")
    ]
    return tuple(sorted(found, key=lambda pair: (pair[0], pair[1].id)))


@lru_cache(maxsize=4)
def months(tables: Tables) -> tuple[MonthCount, ...]:
    """Projects by month of update and the national baromètre at the end of the month, every month of either."""
    counts = months_of(tables["projets"]).value_counts()
    rows = tables["indicateurs"]
    rows = rows[(rows["source"] == "barometre") & (rows["niveau"] == "pays") & (rows["nature"] == "atteinte")]
    helped = {str(day)[:7]: float(value) for day, value in zip(rows["date"], rows["valeur"], strict=True)}
    every = [str(month) for month in pd.period_range(min(helped), max([*helped, *counts.index]), freq="M")]
    found, total = [], 0
    for month in every:
        updated = int(counts.get(month, 0))
        total += updated
        found.append(MonthCount(month, updated, total, helped.get(month)))
    return tuple(found)


def _milestone(row: dict[str, Any], actors: dict[str, tuple[str, str, str]]) -> TimelineEvent:
    written = "" if pd.isna(row["date"]) else str(row["date"])
    facts = tuple(str(fact) for fact in row["faits"])
    wave = _WAVES.get(str(row["jalon_id"]), "")
    return TimelineEvent(
        id=str(row["jalon_id"]),
        lane=lane_of(str(row["jalon_id"]), facts),
        written=written,
        sure=wave_from(wave) if wave else sure_from(written) if written else "",
        title_fr=str(row["titre_fr"]),
        title_en=str(row["titre_en"]),
        is_derived=bool(row["is_derive"]),
        region=_or_none(row["code_region"]),
        place=_or_none(row["lieu"]),
        actors=tuple(actors[code] for code in row["acteurs"] if code in actors),
        facts=facts,
        source=str(row["source"]),
        quote=_or_none(row["citation"]),
        wave=wave,
    )


def lane_of(milestone: str, facts: tuple[str, ...]) -> Lane:
    """Where a milestone is drawn."""
    if _CALLS.intersection(facts):
        return "mesures"
    if facts:
        return _LANE_OF_FACT.get(facts[0][0], "plans")
    return next((lane for start, lane in _LANE_OF_ID if milestone.startswith(start)), "plans")


def _day(event: MeasureEvent) -> TimelineEvent:
    item = event.measure
    french, english = _WORDS[event.kind]
    return TimelineEvent(
        id=f"{item.id}-{event.kind}-{event.day}",
        lane="mesures",
        written=event.day,
        sure=event.day,
        title_fr=french.format(name=item.name_fr),
        title_en=english.format(name=item.name_en),
        is_derived=event.is_derived,
        region=item.region,
        facts=item.facts,
        source=item.source,
        quote=item.quote,
        measure=item.id,
        kind=event.kind,
    )


def _with_claims(events: list[TimelineEvent], claims: dict[str, list[Claim]]) -> list[TimelineEvent]:
    """Each dated claim goes with the first event of its day; a day of claims alone makes an event of its own."""
    found, given = [], set()
    for event in events:
        mine = () if event.sure in given else tuple(claims.get(event.sure, ()))
        given.add(event.sure)
        found.append(replace(event, claims=mine))
    alone = [_claims_alone(day, tuple(claims[day])) for day in sorted(set(claims) - given)]
    return sorted([*found, *alone], key=lambda item: item.sure)


def _claims_alone(day: str, claims: tuple[Claim, ...]) -> TimelineEvent:
    return TimelineEvent(
        id=f"chiffres-{day}",
        lane="plans",
        written=day,
        sure=day,
        title_fr=claims[0].statement_fr if len(claims) == 1 else f"{len(claims)} chiffres annoncés",
        title_en=claims[0].statement_en if len(claims) == 1 else f"{len(claims)} announced figures",
        is_derived=False,
        kind="chiffres",
        claims=claims,
    )


def _actors(tables: Tables) -> dict[str, tuple[str, str, str]]:
    rows = tables["acteurs"].to_dict("records")
    return {str(row["acteur_id"]): (str(row["nom"]), str(row["role_fr"]), str(row["role_en"])) for row in rows}


def _or_none(value: Any) -> str | None:
    return None if pd.isna(value) else str(value)
