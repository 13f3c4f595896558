"""The computations that the ledger sets beside announced figures, by the code of the list ``calcul`` of the contract.

Most of them count the objects of a Selection: the same query opens the list of exactly those objects.
"""

from collections.abc import Callable, Mapping
from types import MappingProxyType

import pandas as pd

from geodata.models.claim import Answer
from geodata.queries.filters import objects_of
from geodata.repository import Tables
from state import ObjectKind, Selection

_EVERY_CONFIDENCE = "confiance=elevee,faible,moyenne"
_BAROMETER_ANCHOR = "chart-barometre"
_REVIEW = "2020-11-30"

# Code → what is counted, and the query that shows it.
_COUNTS: Mapping[str, tuple[ObjectKind, str]] = MappingProxyType(
    {
        "territoires-2020-10": ("territoires", "millesime=2020-10"),
        "territoires-2022-12": ("territoires", "millesime=2022-12"),
        "territoires-2024-07": ("territoires", "millesime=2024-07"),
        "projets-lignes": ("projets", ""),
        "fonds-2021-03": ("projets", "mesure=territoires&date=2021-03-23"),
        "fonds-2021-10": ("projets", "mesure=territoires&date=2021-10-11"),
        "dge-2021-02": ("projets", "date=2021-02-11"),
        "relocalisation-2021-07": ("projets", "mesure=relocalisation&date=2021-07-09"),
        "relocalisation-2022-02": ("projets", "mesure=relocalisation&date=2022-02-17"),
        "relocalisation-pme-2022-02": ("projets", "mesure=relocalisation&taille=tpe_pme&date=2022-02-17"),
        "sites-2020-01": ("sites", f"vague=2020-01&{_EVERY_CONFIDENCE}"),
        "sites-2020-07": ("sites", f"vague=2020-07&{_EVERY_CONFIDENCE}"),
        "sites-2020": ("sites", f"vague=2020-01,2020-07&{_EVERY_CONFIDENCE}"),
        "sites-2021-09": ("sites", f"vague=2021-09&{_EVERY_CONFIDENCE}"),
        "sites-2021": ("sites", f"vague=2020-01,2020-07,2020-07|2021-09,2021-09&{_EVERY_CONFIDENCE}"),
        "sites-2024-04": ("sites", f"vague=2024-04&{_EVERY_CONFIDENCE}"),
        "sites-tous": ("sites", _EVERY_CONFIDENCE),
        "sites-hdf-2020-07": ("sites", f"region=32&vague=2020-07&{_EVERY_CONFIDENCE}"),
    }
)

# Code → the projects, and the fields of which one at least must be stated: too few rows do for a sum to mean anything.
_STATED: Mapping[str, tuple[str, tuple[str, ...]]] = MappingProxyType(
    {
        "investissements-fonds": ("mesure=territoires", ("investissement_eur",)),
        "investissements-relocalisation": ("mesure=relocalisation", ("investissement_eur",)),
        "emplois-crees-fonds": ("mesure=territoires", ("emplois_crees",)),
        "emplois-maintenus-fonds": ("mesure=territoires", ("emplois_maintenus",)),
        "emplois-relocalisation": ("mesure=relocalisation", ("emplois_crees", "emplois_maintenus")),
    }
)


def compute(tables: Tables, code: str) -> Answer:
    """What the computation ``code`` gives on the published tables.

    Raises:
        KeyError: no computation has that code.
    """
    if code in _COUNTS:
        kind, query = _COUNTS[code]
        selection = Selection.from_query(f"vue=liste&onglet={kind}&{query}")
        return Answer(float(len(objects_of(tables, selection, kind))), selection.to_query())
    if code in _STATED:
        query, fields = _STATED[code]
        selection = Selection.from_query(f"vue=liste&onglet=projets&{query}")
        rows = objects_of(tables, selection, "projets")
        n_stated = int(rows[list(fields)].notna().any(axis=1).sum())
        return Answer(None, selection.to_query(), n_stated=n_stated, n_rows=len(rows))
    return _FUNCTIONS[code](tables)


def known_calculations() -> frozenset[str]:
    """Every code that ``compute`` knows."""
    return frozenset({*_COUNTS, *_STATED, *_FUNCTIONS})


def _members(tables: Tables) -> Answer:
    rows = tables["territoires-membres"]
    members = rows[(rows["millesime"] == "2020-10") & rows["membre_type"].isin(("EPCI", "EPCI_PARTIEL", "EPT"))]
    selection = Selection.from_query("vue=liste&onglet=territoires")
    return Answer(float(members["membre_code"].nunique()), selection.to_query())


def _barometer(tables: Tables, level: str) -> pd.DataFrame:
    rows = tables["indicateurs"]
    return rows[(rows["source"] == "barometre") & (rows["nature"] == "atteinte") & (rows["niveau"] == level)]


def _at_review(tables: Tables) -> Answer:
    rows = _barometer(tables, "pays")
    found = rows.loc[rows["date"].astype(str).str[:10] == _REVIEW, "valeur"]
    return Answer(float(found.iloc[0]), anchor=_BAROMETER_ANCHOR, unit="entreprises")


def _last_national(tables: Tables) -> Answer:
    rows = _barometer(tables, "pays").sort_values("date")
    return Answer(float(rows["valeur"].iloc[-1]), anchor=_BAROMETER_ANCHOR, unit="entreprises")


def _last_regions(tables: Tables) -> Answer:
    """The only sum over a level: the ledger shows that it is not the national value."""
    rows = _barometer(tables, "region")
    return Answer(
        float(rows.loc[rows["date"] == rows["date"].max(), "valeur"].sum()),
        anchor=_BAROMETER_ANCHOR,
        unit="entreprises",
    )


def _axes(tables: Tables) -> Answer:
    return Answer(float(tables["mesures"]["axe"].nunique()), page="/mesures")


_FUNCTIONS: Mapping[str, Callable[[Tables], Answer]] = MappingProxyType(
    {
        "membres-2020-10": _members,
        "barometre-2020-11": _at_review,
        "barometre-pays": _last_national,
        "barometre-regions": _last_regions,
        "axes-mesures": _axes,
    }
)
