"""Everything that the page of the site finder shows: a page of the ranking, what was left out, what is stated."""

from collections.abc import Iterable, Mapping
from functools import lru_cache
from types import MappingProxyType
from typing import Any

import numpy as np

from geodata.models.ranking import Finder
from geodata.queries.criteria import criteria_of
from geodata.queries.exclusions import combinations
from geodata.queries.ranking import rank_sites
from geodata.queries.stated import answers, availability, is_named
from geodata.repository import Tables
from state.needs import Needs

PAGE_SIZE = 20
_COLUMNS = (
    *("site_id", "site_nom", "nom_commune", "code_departement", "code_region", "vagues", "confiance", "sources"),
    *("position_quality", "lon", "lat", "surface_ha", "surface_disponible_ha", "distances_sous_5_km", "porteur"),
    *("gare_fret_nom", "gare_voyageurs_nom", "port_nom", "aeroport_nom", "poste_electrique_nom"),
)


def find_sites(tables: Tables, needs: Needs) -> Finder:
    """The answer to some needs; a page beyond the last one is the last."""
    ranking = rank_sites(tables, needs)
    pages = max(-(-len(ranking.site_ids) // PAGE_SIZE), 1)
    page = min(needs.page, pages)
    rank_of = dict(zip(ranking.matrix.site_ids, ranking.rank_of, strict=True))
    return Finder(
        sites=ranking.sites((page - 1) * PAGE_SIZE, page * PAGE_SIZE),
        rows=site_rows(tables),
        marks=tuple((site, int(rank_of[site])) for site in ranking.site_ids),
        total=ranking.total,
        n_kept=len(ranking.site_ids),
        page=page,
        pages=pages,
        page_size=PAGE_SIZE,
        effects=ranking.effects,
        excluded=ranking.excluded,
        together=combinations(ranking.excluded),
        stated=_stated(tables, needs.millesime, needs.filiere),
        places=place_names(tables, needs.millesime),
    )


@lru_cache(maxsize=4)
def site_rows(tables: Tables) -> Mapping[str, Mapping[str, Any]]:
    """What is shown of each site, by id, null as None, with the names of its département and region."""
    departements = dict(tables["departements"][["code_departement", "nom"]].itertuples(index=False))
    regions = dict(tables["regions"][["code_region", "nom"]].itertuples(index=False))
    found = {}
    for cells in tables["sites"][list(_COLUMNS)].to_dict("records"):
        row: dict[str, Any] = {str(name): _none_if_missing(value) for name, value in cells.items()}
        row["nom_departement"] = departements.get(row["code_departement"])
        row["nom_region"] = regions.get(row["code_region"])
        found[row["site_id"]] = MappingProxyType(row)
    return MappingProxyType(found)


def _none_if_missing(value: Any) -> Any:
    if isinstance(value, (list, tuple, np.ndarray)):
        return tuple(value)
    return None if value is None or value != value else value


@lru_cache(maxsize=32)
def _stated(tables: Tables, millesime: str, filiere: str) -> Mapping[str, int]:
    """How many sites state each criterion, and each fact that a filter asks for (``fait:bati``, ``nomme:rail``)."""
    matrix = criteria_of(tables, Needs(millesime=millesime, filiere=filiere))
    known = matrix.known().sum(axis=0)
    counts = {item.name: int(number) for item, number in zip(matrix.criteria, known, strict=True)}
    for fact in ("bati", "cession", "vocation"):
        counts[f"fait:{fact}"] = sum(answer is not None for answer in answers(tables, fact))
    for name in ("autoroute", "rail", "voie_eau", "port"):
        counts[f"nomme:{name}"] = int((is_named(tables, name) == 1).sum())
    counts["fait:disponible"] = int((~np.isnan(availability(tables)[0])).sum())
    return MappingProxyType(counts)


@lru_cache(maxsize=8)
def place_names(tables: Tables, millesime: str) -> Mapping[str, Mapping[str, str]]:
    """Names by code of the regions, départements and territoires (of the millesime), in the order of their names."""
    territoires = tables["territoires"]
    territoires = territoires[territoires["millesime"] == millesime]
    return MappingProxyType(
        {
            "region": _names(tables["regions"][["code_region", "nom"]].itertuples(index=False)),
            "departement": _names(tables["departements"][["code_departement", "nom"]].itertuples(index=False), by=0),
            "territoire": _names(territoires[["territoire_id", "nom"]].itertuples(index=False)),
        }
    )


def _names(pairs: Iterable[Any], by: int = 1) -> Mapping[str, str]:
    return MappingProxyType(
        {str(code): str(name) for code, name in sorted(pairs, key=lambda pair: (pair[by], pair[0]))}
    )
