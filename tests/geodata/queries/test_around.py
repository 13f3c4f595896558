"""What lies around a site, held against an independent computation (Lambert-93 plane, another formula)."""

import math

import pandas as pd
import pytest

from geodata.queries.around import KINDS, RADII, WITHHELD_UNDER_KM, around
from geodata.repository import Tables


def site_of(tables: Tables, code: str) -> dict[str, object]:
    sites = tables["sites"]
    return {str(key): value for key, value in sites[sites["site_id"] == code].iloc[0].to_dict().items()}


def kilometres(lon: float, lat: float, to_lon: float, to_lat: float) -> float:
    """The spherical law of cosines: not the haversine that the query uses."""
    a, b = math.radians(lat), math.radians(to_lat)
    cosine = math.sin(a) * math.sin(b) + math.cos(a) * math.cos(b) * math.cos(math.radians(to_lon - lon))
    return 6371.0088 * math.acos(min(1.0, cosine))


@pytest.mark.parametrize("code", ["scm20b-20", "scm24-28", "scm24-32", "scm21-20"])
def test_projects_within_each_radius_are_those_of_another_formula(tables: Tables, code: str) -> None:
    site = site_of(tables, code)
    found = around(tables, site)

    assert found is not None
    located = tables["projets"].dropna(subset=["lon"])
    expected = {
        row.projet_id: kilometres(site["lon"], site["lat"], row.lon, row.lat)  # type: ignore[arg-type]
        for row in located.itertuples()
    }
    for radius, count in zip(RADII, found.n_projects, strict=True):
        assert count == sum(km <= radius for km in expected.values())
    for group in found.filieres:
        assert group.n_far == len(group.projects)
        assert group.n_near == sum(expected[item.code] <= RADII[0] for item in group.projects)
        for item in group.projects:
            if item.km is None:
                assert expected[item.code] < WITHHELD_UNDER_KM
            else:
                assert item.km == pytest.approx(expected[item.code], abs=0.05)
    assert sum(group.n_far for group in found.filieres) == found.n_projects[1]


def test_filieres_come_with_most_projects_first_and_the_unstated_last(tables: Tables) -> None:
    found = around(tables, site_of(tables, "scm24-28"))

    assert found is not None
    stated = [group.n_far for group in found.filieres if group.filiere is not None]
    assert stated == sorted(stated, reverse=True)
    assert all(group.filiere is not None for group in found.filieres[:-1])
    assert all(
        list(group.projects) == sorted(group.projects, key=lambda item: item.km or 0) for group in found.filieres
    )


def test_the_nearest_facility_is_the_one_that_the_etl_published(tables: Tables) -> None:
    """A sphere here, the plane of Lambert-93 and one decimal there: within 0.8 %."""
    for site in tables["sites"].dropna(subset=["lon"]).to_dict("records"):
        found = around(tables, site)
        assert found is not None
        for kind in ("gare_fret", "gare_voyageurs", "aeroport", "port"):
            if site[f"{kind}_nom"] is None or not found.of_kind(kind):
                continue
            nearest = found.of_kind(kind)[0]
            published = site[f"{kind}_dist_km"]
            is_withheld = kind in list(site["distances_sous_5_km"])
            assert (nearest.km is None) == is_withheld
            if not is_withheld:
                assert nearest.km == pytest.approx(published, rel=0.008, abs=0.06)


def test_a_site_known_by_its_commune_tells_no_distance_under_five_kilometres(tables: Tables) -> None:
    for site in tables["sites"].dropna(subset=["lon"]).head(30).to_dict("records"):
        found = around(tables, site)
        assert found is not None
        assert all(place.km is None or place.km >= WITHHELD_UNDER_KM for kind in KINDS for place in found.of_kind(kind))
        projects = [item for group in found.filieres for item in group.projects]
        assert all(item.km is None or item.km >= WITHHELD_UNDER_KM for item in projects)


def test_a_site_without_a_position_has_nothing_around(tables: Tables) -> None:
    assert around(tables, site_of(tables, "scm20a-04")) is None


def test_a_site_is_not_its_own_neighbour_and_an_exact_position_tells_short_distances(tables: Tables) -> None:
    site = site_of(tables, "scm21-16") | {"position_quality": "adresse"}
    found = around(tables, site)

    assert found is not None
    assert "scm21-16" not in {place.code for place in found.of_kind("site")}
    assert found.of_kind("site")[0].km == pytest.approx(
        kilometres(site["lon"], site["lat"], *_point(tables, found.of_kind("site")[0].code)),  # type: ignore[arg-type]
        abs=0.01,
    )


def _point(tables: Tables, code: str) -> tuple[float, float]:
    row = tables["sites"].set_index("site_id").loc[code]
    return float(row["lon"]), float(row["lat"])


def test_what_has_no_position_is_counted_apart(tables: Tables) -> None:
    found = around(tables, site_of(tables, "scm20b-20"))

    assert found is not None
    assert found.n_unlocated == int(pd.isna(tables["projets"]["lon"]).sum())
