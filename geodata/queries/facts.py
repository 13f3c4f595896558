"""The founding facts and the actors, each with the figures, measures and milestones that hang on it."""

from collections.abc import Iterable
from functools import lru_cache
from typing import Any

import pandas as pd

import contract
from geodata.models.claim import Actor, Fact, Words
from geodata.queries.claims import all_claims
from geodata.queries.filters import normalise
from geodata.repository import Tables

Row = dict[str, Any]


@lru_cache(maxsize=4)
def all_facts(tables: Tables) -> tuple[Fact, ...]:
    """Every founding fact, by part of the programme, then by id."""
    sections = list(contract.codes("section"))
    rows = _records(tables["faits"])
    rows.sort(key=lambda row: (sections.index(row["section"]), row["fait"]))
    return tuple(_fact(tables, row) for row in rows)


def _fact(tables: Tables, row: Row) -> Fact:
    fact_id = row["fait"]
    return Fact(
        fact_id=fact_id,
        section=row["section"],
        title=Words(row["titre_fr"], row["titre_en"]),
        statement=Words(row["enonce_fr"], row["enonce_en"]),
        is_derived=bool(row["is_derive"]),
        source=row["source"],
        quote=row["citation"],
        claims=tuple(claim for claim in all_claims(tables) if claim.fact == fact_id),
        measures=_measures(item for item in _records(tables["mesures"]) if fact_id in item["faits"]),
        milestones=_milestones(item for item in _records(tables["jalons"]) if fact_id in item["faits"]),
    )


@lru_cache(maxsize=4)
def all_actors(tables: Tables) -> tuple[Actor, ...]:
    """Everybody that the founding documents name, by family, then by name."""
    families = list(contract.table("acteurs").fields["famille"].values)
    rows = _records(tables["acteurs"])
    rows.sort(key=lambda row: (families.index(row["famille"]), normalise(row["nom"])))
    return tuple(_actor(tables, row) for row in rows)


def actors_of(tables: Tables, family: str) -> tuple[Actor, ...]:
    """The actors of one family; all of them for an empty one."""
    return tuple(actor for actor in all_actors(tables) if not family or actor.family == family)


def _actor(tables: Tables, row: Row) -> Actor:
    name, linked = row["nom"], set(row["mesures"])
    measures = [item for item in _records(tables["mesures"]) if item["mesure_id"] in linked]
    led = [item["contact"] for item in measures if item["porteur"] == name and isinstance(item["contact"], str)]
    return Actor(
        actor_id=row["acteur_id"],
        name=name,
        family=row["famille"],
        role=Words(row["role_fr"], row["role_en"]),
        source=row["source"],
        measures=_measures(measures),
        milestones=_milestones(item for item in _records(tables["jalons"]) if row["acteur_id"] in item["acteurs"]),
        contacts=tuple(dict.fromkeys(led)),
    )


def _measures(rows: Iterable[Row]) -> tuple[tuple[str, Words], ...]:
    return tuple((row["mesure_id"], Words(row["nom_fr"], row["nom_en"])) for row in rows)


def _milestones(rows: Iterable[Row]) -> tuple[tuple[str, str | None, Words], ...]:
    """Dated ones first, in order."""
    found = [
        (
            row["jalon_id"],
            row["date"] if isinstance(row["date"], str) else None,
            Words(row["titre_fr"], row["titre_en"]),
        )
        for row in rows
    ]
    return tuple(sorted(found, key=lambda item: (item[1] is None, item[1] or "", item[0])))


def _records(rows: pd.DataFrame) -> list[Row]:
    return [{str(key): cell for key, cell in row.items()} for row in rows.to_dict("records")]
