"""The catalogue of support measures: filters, state on a day, calendar. Who may ask is in ``measures_finder``."""

import re
from collections.abc import Iterable
from functools import lru_cache
from typing import Any

import pandas as pd

from geodata.models.measure import Measure, MeasureEvent, MeasureState
from geodata.queries.filters import normalise
from geodata.repository import Tables
from state.enquiry import NOT_STATED, Enquiry

# Words of ``beneficiaires_fr`` → audience. A measure may have several; none when the source names nobody.
_AUDIENCES = (
    ("tpe", r"\btpe\b"),
    ("pme", r"\bpme\b"),
    ("createurs", r"createurs"),
    ("ess", r"economie sociale"),
    ("agriculture", r"agriculteurs|filiere peche"),
    ("collectivites", r"collectivites|grand chalon"),
    ("formation", r"ecoles de production"),
    ("entreprises", r"\bentreprises\b|projets? industriels|porteurs d.un projet"),
)


@lru_cache(maxsize=4)
def all_measures(tables: Tables) -> tuple[Measure, ...]:
    """Every measure, in the order of the catalogue."""
    rows = tables["mesures"].sort_values("mesure_id").to_dict("records")
    return tuple(_measure({name: _value(cell) for name, cell in row.items()}) for row in rows)


def measures_of(tables: Tables, enquiry: Enquiry, day: str) -> tuple[Measure, ...]:
    """The measures that the filters of an enquiry keep; ``day`` is the one that states are told for."""
    return tuple(item for item in all_measures(tables) if _is_kept(item, enquiry, day))


def operators_of(tables: Tables) -> tuple[str, ...]:
    """Every lead body and co-funder that the catalogue names, sorted."""
    named = {name for item in all_measures(tables) for name in _bodies(item)}
    return tuple(sorted(named, key=normalise))


def reference_day(tables: Tables) -> str:
    """The day that states are told for when none is asked: that of the latest dated source of the publication.

    The answer must not change from one reading to the next without a new publication, hence not the clock.
    """
    written = (str(source.get("date_published") or "")[:10] for source in tables.manifest.sources.values())
    return max(day for day in written if len(day) == len("2020-07-20"))


def state_on(measure: Measure, day: str) -> MeasureState:
    """Whether a measure is open on a day; « inconnu » as soon as the date that would tell is not stated."""
    if measure.opens and day < measure.opens:
        return "a_venir"
    if measure.closes and day > measure.closes:
        return "fermee"
    return "ouverte" if measure.opens and measure.closes else "inconnu"


def next_deadline(measure: Measure, day: str) -> str | None:
    """The first known deadline on or after a day."""
    return min((deadline for deadline in measure.deadlines if deadline >= day), default=None)


def events_of(measures: Iterable[Measure]) -> tuple[MeasureEvent, ...]:
    """The openings, deadlines and closings that the sources date, in order; a deadline that closes is one event."""
    found = []
    for item in measures:
        if item.opens:
            found.append(MeasureEvent(item, "ouverture", item.opens, item.is_derived))
        found += [MeasureEvent(item, "echeance", day, False) for day in item.deadlines if day != item.closes]
        if item.closes:
            found.append(MeasureEvent(item, "cloture", item.closes, item.is_derived))
    return tuple(sorted(found, key=lambda event: (event.day, event.measure.id)))


def _is_kept(item: Measure, enquiry: Enquiry, day: str) -> bool:
    return (
        (not enquiry.region or item.region is None or item.region in enquiry.region)
        and _has(enquiry.axe, [item.axis] if item.axis else [])
        and _has(enquiry.type, [item.type] if item.type else [])
        and _has(enquiry.beneficiaire, item.audiences)
        and _has(enquiry.etat, [state_on(item, day)])
        and _has((enquiry.porteur,) if enquiry.porteur else (), _bodies(item))
    )


def _has(asked: tuple[str, ...], values: Iterable[str]) -> bool:
    """Values asked for are alternatives; « aucun » stands for « non renseigné »."""
    stated = set(values) or {NOT_STATED}
    return not asked or not stated.isdisjoint(asked)


def _bodies(item: Measure) -> tuple[str, ...]:
    return (*([item.operator] if item.operator else []), *item.cofunders)


def _measure(row: dict[str, Any]) -> Measure:
    return Measure(
        id=row["mesure_id"],
        name_fr=row["nom_fr"],
        name_en=row["nom_en"],
        type=row["type"],
        level=row["echelon"],
        region=row["code_region"],
        axis=row["axe"],
        strand=row["volet"],
        operator=row["porteur"],
        cofunders=row["cofinanceurs"],
        envelope_eur=row["enveloppe_eur"],
        region_share_eur=row["part_region_eur"],
        rate_pct=row["taux_prise_en_charge_pct"],
        ticket_min_eur=row["ticket_min_eur"],
        ticket_max_eur=row["ticket_max_eur"],
        target=_whole(row["cible_n"]),
        base=_whole(row["base_n"]),
        multiplier=row["multiplicateur"],
        beneficiaries_fr=row["beneficiaires_fr"],
        beneficiaries_en=row["beneficiaires_en"],
        audiences=_audiences(row["beneficiaires_fr"]),
        headcount_min=_whole(row["effectif_min"]),
        headcount_max=_whole(row["effectif_max"]),
        sectors=row["secteurs"],
        phases=row["phases"],
        opens=_day(row["date_ouverture"]),
        closes=_day(row["date_cloture"]),
        is_derived=bool(row["dates_derivees"]),
        deadlines=tuple(sorted(row["echeances"])),
        n_rounds=_whole(row["n_vagues"]),
        contact=row["contact"],
        summary_fr=row["resume_fr"],
        summary_en=row["resume_en"],
        quote=row["citation"],
        facts=row["faits"],
        source=row["source"],
        gaps=row["lacunes"],
    )


def _audiences(written: str | None) -> tuple[str, ...]:
    words = normalise(written or "")
    return tuple(code for code, pattern in _AUDIENCES if re.search(pattern, words))


def _value(cell: Any) -> Any:
    """A list of the file as a tuple, its nulls as None."""
    if pd.api.types.is_scalar(cell):
        return None if pd.isna(cell) else cell
    return tuple(str(item) for item in cell)


def _whole(value: float | None) -> int | None:
    return None if value is None else int(value)


def _day(value: object) -> str | None:
    return None if value is None else str(value)[:10]
