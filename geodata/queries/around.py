"""What lies around a site: funded projects by filière, facilities, other sites, within two radii, straight line.

A site known by its commune stands at its commune's point: distances under 5 km are then withheld, as the ETL does, and
the counts are those around that point.
"""

from collections.abc import Mapping
from typing import Any

import numpy as np
import pandas as pd

from geodata.models.site_sheet import Around, FiliereCount, NearPlace, NearProject
from geodata.queries.surroundings import distances
from geodata.repository import Tables

RADII = (25, 50)
WITHHELD_UNDER_KM = 5.0
_REACH_KM = 500.0  # overseas, what is farther lies beyond the sea
KINDS = ("gare_fret", "gare_voyageurs", "aeroport", "port", "poste_electrique", "site")
_KEYS = {"gares": "code_uic", "aeroports": "iata", "ports": "port_id", "postes": "poste_id", "sites": "site_id"}


def around(tables: Tables, site: Mapping[Any, Any]) -> Around | None:
    """What surrounds the row of a site; None when it has no position."""
    if pd.isna(site["lon"]):
        return None
    is_vague = site["position_quality"] != "adresse"
    projects = _within(site, tables["projets"])
    filieres = _filieres(projects, is_vague)
    places, counts = [], []
    for kind in KINDS:
        rows = _rows_of(tables, kind, str(site["site_id"]))
        near = _within(site, rows)
        shown = near if len(near) else _nearest(site, rows)
        places.append((kind, tuple(_place(kind, row, is_vague) for row in shown.to_dict("records"))))
        counts.append((kind, _counts(near)))
    return Around(
        radii=RADII,
        filieres=filieres,
        n_projects=_counts(projects),
        n_unlocated=int(tables["projets"]["lon"].isna().sum()),
        places=tuple(places),
        n_places=tuple(counts),
    )


def _rows_of(tables: Tables, kind: str, site_id: str) -> pd.DataFrame:
    """lon, lat, code, nom, tension_kv of every facility of a kind, or of every other site."""
    table, keep = {
        "gare_fret": ("gares", "is_fret"),
        "gare_voyageurs": ("gares", "is_voyageurs"),
        "aeroport": ("aeroports", None),
        "port": ("ports", None),
        "poste_electrique": ("postes", None),
        "site": ("sites", None),
    }[kind]
    rows = tables[table]
    if keep:
        rows = rows[rows[keep].astype(bool)]
    if kind == "site":
        rows = rows[rows["site_id"] != site_id].rename(columns={"site_nom": "nom"})
    rows = rows.assign(code=rows[_KEYS[table]])
    return rows[["code", "nom", "lon", "lat", *(["tension_kv"] if "tension_kv" in rows else [])]]


def _measured(site: Mapping[Any, Any], rows: pd.DataFrame) -> pd.DataFrame:
    """The located rows with their distance ``km``, nearest first; ties in the order of the table."""
    rows = rows[rows["lon"].notna()]
    here = np.array([float(site["lon"])]), np.array([float(site["lat"])])
    there = rows["lon"].to_numpy(dtype=float), rows["lat"].to_numpy(dtype=float)
    return rows.assign(km=distances(*here, *there)[0]).sort_values("km", kind="stable")


def _within(site: Mapping[Any, Any], rows: pd.DataFrame) -> pd.DataFrame:
    measured = _measured(site, rows)
    return measured[measured["km"] <= RADII[1]]


def _nearest(site: Mapping[Any, Any], rows: pd.DataFrame) -> pd.DataFrame:
    """The nearest one, when no sea has to be crossed: overseas, a facility farther than the region is none."""
    measured = _measured(site, rows).head(1)
    return measured[measured["km"] <= _REACH_KM]


def _counts(measured: pd.DataFrame) -> tuple[int, int]:
    near, far = ((measured["km"] <= radius).sum() for radius in RADII)
    return int(near), int(far)


def _place(kind: str, row: Mapping[Any, Any], is_vague: bool) -> NearPlace:
    is_withheld = is_vague and row["km"] < WITHHELD_UNDER_KM
    return NearPlace(
        kind=kind,
        code=str(row["code"]),
        name=_null(row["nom"]),
        km=None if is_withheld else float(row["km"]),
        lon=float(row["lon"]),
        lat=float(row["lat"]),
        kilovolts=_null(row.get("tension_kv")),
    )


def _filieres(projects: pd.DataFrame, is_vague: bool) -> tuple[FiliereCount, ...]:
    """Most projects within the larger radius first; those whose filière is not stated last."""
    groups: dict[str | None, list[NearProject]] = {}
    for row in projects[_PROJECT].to_dict("records"):
        project = _project(row, is_vague)
        groups.setdefault(project.filiere, []).append(project)
    found = [
        FiliereCount(code, sum(item.km is None or item.km <= RADII[0] for item in group), len(group), tuple(group))
        for code, group in groups.items()
    ]
    return tuple(sorted(found, key=lambda item: (item.filiere is None, -item.n_far, -item.n_near, item.filiere or "")))


_PROJECT = ["projet_id", "entreprise", "filiere", "mesure", "nom_commune", "km", "lon", "lat"]


def _project(row: Mapping[Any, Any], is_vague: bool) -> NearProject:
    return NearProject(
        code=str(row["projet_id"]),
        company=_null(row["entreprise"]),
        filiere=_null(row["filiere"]),
        scheme=str(row["mesure"]),
        commune=_null(row["nom_commune"]),
        km=None if is_vague and row["km"] < WITHHELD_UNDER_KM else float(row["km"]),
        lon=float(row["lon"]),
        lat=float(row["lat"]),
    )


def _null(value: Any) -> Any:
    return None if pd.isna(value) else value
