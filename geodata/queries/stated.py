"""What documents say of a site, as the finder reads it: yes or no, a year, bare or built… Silence is null, never no.

The facts are those of the table ``sites-faits``, statement of rank 1. A fact that nobody states is null for every site,
and its filter still exists: it says that 0 sites state it.
"""

import re
from functools import lru_cache

import numpy as np
import pandas as pd

import contract
from geodata.repository import Tables

FACTS = "sites-faits"
RETAINED = 1

# What the finder asks for → the field of the sheet that answers.
FIELDS = {
    "bati": "etat_bati",
    "cession": "cession_type",
    "disponibilite": "disponibilite",
    "embranchement": "reseau_fret_ferroviaire",
    "electricite": "reseau_electrique",
    "gaz": "reseau_gaz",
    "eau_potable": "reseau_eau_potable",
    "assainissement": "reseau_assainissement",
    "fibre": "reseau_fibre_optique",
}
USES = {
    "industrielle": "site_voca_industrielle",
    "artisanale": "site_voca_artisanale",
    "tertiaire": "site_voca_tertiaire",
    "portuaire": "site_voca_portuaire",
    "aeroportuaire": "site_voca_aeroportuaire",
}
# A fact of any of these names the facility; so does the column of ``sites`` of the same name.
NAMES = {
    "autoroute": ("autoroute_nom",),
    "rail": ("desserte_ferroviaire", "reseau_fret_ferroviaire"),
    "voie_eau": ("voie_eau_nom", "reseau_fluvial"),
    "port": ("port_nom",),
}
_BOTH = {"mixte": frozenset({"nu", "bati"}), "vente ou location": frozenset({"vente", "location"})}
_YES_NO = {"oui": 1.0, "non": 0.0}
_YEAR = re.compile(r"(?<!\d)(20\d\d)(?!\d)")


@lru_cache(maxsize=256)
def field_values(tables: Tables, field: str) -> pd.Series:
    """The retained value of one field of the sheet, aligned with ``sites``; null where nothing is said."""
    ids = tables["sites"]["site_id"]
    if FACTS not in contract.tables():
        return pd.Series([None] * len(ids), index=ids.index, dtype=object)
    rows = tables[FACTS]
    said = rows[(rows["champ"] == field) & (rows["rang"] == RETAINED)].set_index("site_id")["valeur"]
    found = ids.map(said.astype(object).to_dict())
    return found.astype(object).where(found.notna(), None)


def yes_no(tables: Tables, name: str) -> pd.Series:
    """1 for yes, 0 for no, NaN where nothing is said."""
    return field_values(tables, FIELDS.get(name, name)).map(_YES_NO).astype(float)


def is_named(tables: Tables, what: str) -> np.ndarray:
    """1 where a document names the facility, 0 where it says that there is none, NaN where nothing is said."""
    said = tables["sites"][what].notna().to_numpy()
    is_denied = np.zeros(len(said), dtype=bool)
    for field in NAMES[what]:
        values = field_values(tables, field)
        is_denied |= (values == "non").to_numpy(dtype=bool)
        said = said | (values.notna() & (values != "non")).to_numpy(dtype=bool)
    return np.where(said, 1.0, np.where(is_denied, 0.0, np.nan))


def answers(tables: Tables, name: str) -> list[frozenset[str] | None]:
    """What each site answers to a filter (``bati``, ``cession``, ``vocation``); None where it does not say."""
    if name == "vocation":
        return _uses(tables)
    return [
        None if value is None else _BOTH.get(value, frozenset({value})) for value in field_values(tables, FIELDS[name])
    ]


def _uses(tables: Tables) -> list[frozenset[str] | None]:
    said = {use: field_values(tables, field) for use, field in USES.items()}
    rows = zip(*said.values(), strict=True)
    found = [frozenset(use for use, value in zip(said, row, strict=True) if value == "oui") for row in rows]
    return [uses or None for uses in found]


def availability(tables: Tables) -> tuple[np.ndarray, np.ndarray]:
    """First and last announced year of availability (``2027-2030`` → 2027, 2030); NaN where nothing is said."""
    years = [
        [float(year) for year in _YEAR.findall(value or "")] for value in field_values(tables, FIELDS["disponibilite"])
    ]
    first = [min(found, default=float("nan")) for found in years]
    return np.array(first), np.array([max(found, default=float("nan")) for found in years])
