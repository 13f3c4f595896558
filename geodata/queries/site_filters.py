"""Which sites the hard filters keep, filter by filter: yes, no, or « the site does not say ».

``verdicts(tables, needs)`` gives one array a filter in force: 1 the site passes, 0 it fails, NaN nobody knows. Unknown
stays unless ``needs.keep_unknowns`` is False. Taking a filter off can only bring sites back.
"""

from collections.abc import Mapping

import numpy as np
import pandas as pd

import contract
from geodata.queries.criteria import distance_interval
from geodata.queries.filters import normalise
from geodata.queries.stated import answers, availability, is_named
from geodata.queries.surroundings import count_within
from geodata.repository import Tables
from state import NOT_STATED
from state.needs import CHOICES, LIMITS, Needs

Verdicts = dict[str, np.ndarray]

_FACTS = ("bati", "cession", "vocation")


def verdicts(tables: Tables, needs: Needs) -> Verdicts:
    """One array a filter in force, in display order. Names are those of ``Needs.without``."""
    found: Verdicts = {}
    for name in CHOICES:
        values = [value for value in needs.values_of(name) if _is_known(tables, name, value, needs)]
        if name == "nomme":
            found |= {f"nomme:{value}": is_named(tables, value) for value in values}
        elif values and set(values) != set(CHOICES[name].values):
            found[name] = _choice(tables, name, values, needs)
    for name in LIMITS:
        limit = needs.limit_of(name)
        if limit is not None:
            found[name] = _limit(tables, name, limit)
    if needs.projects_min:
        found["projets"] = _projects(tables, needs)
    if needs.text:
        found["q"] = _text(tables["sites"], needs.text)
    return found


def _is_known(tables: Tables, name: str, value: str, needs: Needs) -> bool:
    """A code that names nothing in the atlas is no filter: an old link never shows an empty list without a word."""
    if CHOICES[name].values or value == NOT_STATED:
        return True
    if name == "territoire":
        rows = tables["territoires"]
        return value in set(rows.loc[rows["millesime"] == needs.millesime, "territoire_id"])
    table, column = {"region": ("regions", "code_region"), "departement": ("departements", "code_departement")}[name]
    return value in set(tables[table][column])


def _choice(tables: Tables, name: str, values: list[str], needs: Needs) -> np.ndarray:
    sites = tables["sites"]
    if name == "vague":
        wanted = {label for value in values for label in (value, *_ambiguous(value))}
        return np.fromiter((not wanted.isdisjoint(waves) for waves in sites["vagues"]), float, len(sites))
    if name in _FACTS:
        return _three_valued(answers(tables, name), values)
    if name == "ti":
        column = sites[contract.column_for("ti", needs.millesime)]
        return np.where((column == "inconnu") & ("inconnu" not in values), np.nan, column.isin(values).astype(float))
    columns: Mapping[str, str] = {"region": "code_region", "departement": "code_departement", "confiance": "confiance"}
    column = contract.column_for("territoire", needs.millesime) if name == "territoire" else columns[name]
    column_values = sites[column]
    passes = column_values.isin(values).astype(float).to_numpy()
    is_unplaced = column_values.isna() & (sites["lon"].isna() if name == "territoire" else True)
    return np.where(is_unplaced, np.nan, passes)


def _ambiguous(wave: str) -> tuple[str, ...]:
    """The « one wave or the other » codes that hold a wave."""
    return tuple(code for code in contract.codes("vague") if "|" in code and wave in code.split("|"))


def _three_valued(said: list[frozenset[str] | None], values: list[str]) -> np.ndarray:
    return np.array([float("nan") if said_of is None else float(not said_of.isdisjoint(values)) for said_of in said])


def _limit(tables: Tables, name: str, limit: float) -> np.ndarray:
    sites = tables["sites"]
    if name == "surface_min":
        surface = sites["surface_ha"].to_numpy(dtype=float)
        return _at_most(-surface, -surface, -limit)
    if name == "surface_max":
        low = high = sites["surface_ha"].to_numpy(dtype=float)
    elif name == "disponible":
        low, high = availability(tables)
    else:
        low, high = distance_interval(sites, name)
    return _at_most(low, high, limit)


def _at_most(low: np.ndarray, high: np.ndarray, limit: float) -> np.ndarray:
    """1 when the whole interval is within the limit, 0 when all of it is beyond, NaN in between or when unknown."""
    with np.errstate(invalid="ignore"):
        return np.where(high <= limit, 1.0, np.where(low > limit, 0.0, np.nan))


def _projects(tables: Tables, needs: Needs) -> np.ndarray:
    projects = tables["projets"]
    if needs.filiere:
        projects = projects[projects["filiere"] == needs.filiere]
    around = count_within(tables["sites"], projects, needs.radius)
    return np.where(np.isnan(around), np.nan, (around >= needs.projects_min).astype(float))


def _text(sites: pd.DataFrame, asked: str) -> np.ndarray:
    words = normalise(asked).split()
    columns = ("site_nom", "nom_commune", "porteur", "atouts", "secteurs")
    parts = [sites[column].fillna("") for column in columns] + [sites["autres_noms"].map(" ".join)]
    texts = (normalise(" ".join(cells)) for cells in zip(*parts, strict=True))
    return np.fromiter((all(word in text for word in words) for text in texts), float, len(sites))
