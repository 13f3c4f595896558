import numpy as np
import pytest

from geodata.queries.site_filters import verdicts
from geodata.queries.surroundings import count_within, distances
from geodata.repository import Tables
from state.needs import Needs


def judged(tables: Tables, query: str, name: str) -> np.ndarray:
    return verdicts(tables, Needs.from_query(query))[name]


def test_a_region_keeps_its_sites(tables: Tables) -> None:
    verdict = judged(tables, "region=32", "region")
    assert set(tables["sites"].loc[verdict == 1, "code_region"]) == {"32"}
    assert set(verdict) == {0.0, 1.0}


def test_an_area_that_nobody_states_is_neither_small_nor_large(tables: Tables) -> None:
    unknown = tables["sites"]["surface_ha"].isna().to_numpy()
    for query in ("surface_min=50", "surface_max=50"):
        verdict = judged(tables, query, query.split("=")[0])
        assert np.isnan(verdict[unknown]).all()
        assert not np.isnan(verdict[~unknown]).any()


@pytest.mark.parametrize("what", ["autoroute", "rail", "voie_eau", "port"])
def test_a_facility_that_no_document_names_is_unknown(tables: Tables, what: str) -> None:
    verdict = judged(tables, f"nomme={what}", f"nomme:{what}")
    assert (verdict[tables["sites"][what].notna()] == 1).all()
    assert np.isnan(verdict).any()


def test_each_named_facility_is_a_filter_of_its_own(tables: Tables) -> None:
    assert {"nomme:rail", "nomme:port"} <= set(verdicts(tables, Needs.from_query("nomme=rail,port")))


def test_a_site_without_a_commune_may_lie_in_any_territoire(tables: Tables) -> None:
    unplaced = tables["sites"]["lon"].isna().to_numpy()
    assert np.isnan(judged(tables, "ti=dans", "ti")[unplaced]).all()
    assert np.isnan(judged(tables, "territoire=ti-4408", "territoire")[unplaced]).all()
    placed_outside = (tables["sites"]["ti_2020_10"] == "hors").to_numpy()
    assert (judged(tables, "territoire=ti-4408", "territoire")[placed_outside] == 0).all()


def test_a_wave_also_keeps_the_site_that_may_be_of_it(tables: Tables) -> None:
    ambiguous = tables["sites"]["vagues"].map(lambda waves: any("|" in wave for wave in waves)).to_numpy()
    assert ambiguous.any()
    for wave in ("2020-07", "2021-09"):
        assert (judged(tables, f"vague={wave}", "vague")[ambiguous] == 1).all()


def test_a_code_that_names_nothing_filters_nothing(tables: Tables) -> None:
    assert "region" not in verdicts(tables, Needs.from_query("region=99"))
    assert "territoire" not in verdicts(tables, Needs.from_query("territoire=ti-9999"))


def test_words_are_words_and_never_a_pattern(tables: Tables) -> None:
    assert judged(tables, "q=ILLANGE", "q").sum() == 1
    assert judged(tables, "q=.*", "q").sum() == 0


def test_projects_around_are_counted_within_the_radius(tables: Tables) -> None:
    near, wide = (judged(tables, f"projets=40&rayon={radius}", "projets") for radius in (25, 50))
    assert (wide[near == 1] == 1).all()
    assert (wide == 1).sum() > (near == 1).sum() > 0


def test_distances_are_those_of_the_globe() -> None:
    paris, lille = (2.3522, 48.8566), (3.0573, 50.6292)
    found = distances(np.array([paris[0]]), np.array([paris[1]]), np.array([lille[0]]), np.array([lille[1]]))
    assert found[0, 0] == pytest.approx(203.4, abs=1)


def test_no_position_is_not_zero_projects(tables: Tables) -> None:
    counts = count_within(tables["sites"], tables["projets"], 50)
    assert (np.isnan(counts) == tables["sites"]["lon"].isna()).all()


@pytest.mark.parametrize("radius", [1, 25, 300, 25_000])
def test_what_lies_within_is_what_the_distances_say(tables: Tables, radius: float) -> None:
    """Looking among the near latitudes alone misses nothing, overseas and across the globe included."""
    sites, projects = tables["sites"], tables["projets"].dropna(subset=["lon", "lat"])
    gaps = distances(*(frame[name].to_numpy(float) for frame in (sites, projects) for name in ("lon", "lat")))
    exact = np.where(sites["lon"].isna(), np.nan, (np.nan_to_num(gaps, nan=np.inf) <= radius).sum(axis=1))
    np.testing.assert_array_equal(count_within(sites, tables["projets"], radius), exact)
