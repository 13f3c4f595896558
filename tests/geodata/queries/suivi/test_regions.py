import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

import contract
from geodata.models.measures import MEASURES
from geodata.queries.suivi import breakdown, inside, places, targets
from geodata.queries.suivi.concentration import concentration_by
from geodata.queries.suivi.regions import project_selection, region_values
from geodata.repository import Tables
from state import Selection
from tests.strategies import known_selections


def test_the_share_of_the_first_filiere_and_the_index_by_hand() -> None:
    projects = pd.DataFrame({"lieu": ["a"] * 4 + ["b", "c"], "filiere": ["bois", "bois", "sante", None, "eau", None]})
    found = concentration_by(projects, "lieu").set_index("key")
    assert found.loc["a", ["filiere", "n_first", "n"]].tolist() == ["bois", 2, 3]
    assert found.loc["a", "share"] == pytest.approx(2 / 3)
    assert found.loc["a", "hhi"] == pytest.approx(4 / 9 + 1 / 9)
    assert found.loc["b", "hhi"] == 1
    assert "c" not in found.index  # nothing stated, nothing concentrated


def test_a_tie_goes_to_the_first_code() -> None:
    projects = pd.DataFrame({"lieu": ["a", "a"], "filiere": ["sante", "bois"]})
    assert concentration_by(projects, "lieu")["filiere"].tolist() == ["bois"]


@given(st.data())
def test_filters_narrow_projects_and_nothing_else(tables: Tables, data: st.DataObject) -> None:
    selection = data.draw(known_selections(tables))
    asked, whole = (region_values(tables, item, "nombre") for item in (selection, Selection(date=selection.date)))
    assert (asked.rows["projets"] <= len(tables["projets"])).all()
    for code in ("sites", "entreprises", "delai", "engagements"):
        pd.testing.assert_series_equal(asked.rows[code], whole.rows[code])


def test_only_scheme_filiere_and_month_are_followed() -> None:
    selection = Selection.from_query("region=32&mesure=covid&filiere=bois&mois=2021-05&taille=eti&q=usine&lang=en")
    kept = project_selection(selection)
    assert dict(kept.filters) == {"mesure": ("covid",), "filiere": ("bois",), "mois": ("2021-05",)}
    assert kept.text == ""
    assert kept.language == "en"


def test_a_view_divides_what_can_be_divided(tables: Tables) -> None:
    native, people, jobs = (region_values(tables, Selection(), view) for view in ("nombre", "habitants", "emplois"))
    one = native.rows.set_index("code_region").loc["84"]
    per_head, per_job = (item.rows.set_index("code_region").loc["84"] for item in (people, jobs))
    assert per_head["projets"] == pytest.approx(one["projets"] / one["population"] * 100_000)
    assert per_job["entreprises"] == pytest.approx(one["entreprises"] / 530_000 * 10_000)
    assert per_job["emplois"] == one["emplois"]
    for code in ("dans", "concentration", "delai"):
        assert per_head[code] == one[code]


def test_a_denominator_known_to_half_of_itself_gives_no_ratio(tables: Tables) -> None:
    rows = region_values(tables, Selection(), "emplois").rows.set_index("code_region")
    assert pd.isna(rows.loc["94", "projets"])  # 10,000 jobs, rounded to 10,000
    assert rows.loc[["01", "02", "03", "04", "06"], "projets"].isna().all()  # never published
    assert rows.loc["27", "projets"] > 0


def test_the_median_is_that_of_the_thirteen_mainland_regions(tables: Tables) -> None:
    values = region_values(tables, Selection(), "nombre")
    mainland = values.rows[values.rows["zone"] == "metropole"]
    assert len(mainland) == 13
    for code in MEASURES:
        known = sorted(mainland[code].dropna())
        middle = len(known) // 2
        expected = known[middle] if len(known) % 2 else (known[middle - 1] + known[middle]) / 2
        assert values.median[code] == pytest.approx(expected)


def test_missing_is_null_and_never_zero(tables: Tables) -> None:
    rows = region_values(tables, Selection(), "nombre").rows.set_index("code_region")
    assert pd.isna(rows.loc["06", "dans"])  # no project: no share
    assert pd.isna(rows.loc["03", "nouveaux_sites"])
    assert rows.loc["04", "nouveaux_sites"] == 0  # published as 0
    assert rows.loc["987", list(set(MEASURES) - {"projets", "dans", "concentration"})].isna().all()


def test_before_the_programme_there_is_no_territoire(tables: Tables) -> None:
    values = region_values(tables, Selection.from_query("date=2018-11-01"), "nombre")
    assert values.nation["territoires"] == 0
    assert values.nation["projets"] == 0
    assert values.nation["sites"] == 0
    assert values.nation["entreprises"] is None


@pytest.mark.parametrize("measure", inside.SPLIT)
def test_the_parts_make_the_total_and_the_shares_make_one(tables: Tables, measure: str) -> None:
    for code, split in inside.region_splits(tables, Selection(), measure).items():
        parts = [value for value in (split.dans, split.hors, split.inconnu) if value is not None]
        assert split.total == (sum(parts) if parts else None), code
        shares = [split.share(part) for part in inside.PARTS]
        if split.total:
            assert sum(share or 0 for share in shares) == pytest.approx(1)


def test_what_the_source_does_not_place_is_unknown_as_a_whole(tables: Tables) -> None:
    split = inside.split_of(tables, Selection(), "entreprises", "FR")
    assert (split.dans, split.hors, split.inconnu) == (None, None, 8972)
    with pytest.raises(KeyError):
        inside.split_of(tables, Selection(), "delai", "FR")


@pytest.mark.parametrize("millesime", contract.MILLESIMES)
def test_inside_outside_and_unknown_are_every_project(tables: Tables, millesime: str) -> None:
    split = inside.split_of(tables, Selection(millesime=millesime), "projets", "FR")
    assert split.total == len(tables["projets"])


def test_stated_amounts_say_out_of_how_many(tables: Tables) -> None:
    split = inside.split_of(tables, Selection(), "investissement", "FR")
    stated = tables["projets"]["investissement_eur"].dropna()
    assert (split.n_stated, split.n) == (len(stated), len(tables["projets"]))
    assert split.total == pytest.approx(stated.sum())


def test_a_region_that_a_wave_does_not_name_is_zero_only_when_all_are_placed(tables: Tables) -> None:
    found = breakdown.sites_by_region(tables)
    assert found["94"]["2021-09"].announced == 0  # the 49 sites of September 2021 are all placed
    assert found["94"]["2020-07"].announced is None  # 40 of 66 are
    assert found["93"]["2020-07"].documented == 0
    assert found["FR"]["2020-07"].announced == 66


@pytest.mark.parametrize("facet", ["mesure", "filiere", "mois"])
def test_a_breakdown_loses_no_project(tables: Tables, facet: str) -> None:
    found = breakdown.projects_by(tables, Selection.from_query(f"{facet}=zzz"), facet)
    assert sum(found.total.values()) == found.rows["total"].sum() == len(tables["projets"])
    assert (found.rows[list(found.codes)].sum(axis=1) == found.rows["total"]).all()


def test_territoires_are_searched_sorted_and_paged(tables: Tables) -> None:
    first = places.territoire_page(tables, Selection(), "nombre", "", "-projets", 1)
    assert (first.every, first.total, first.pages, len(first.rows)) == (148, 148, 8, 20)
    assert first.rows["projets"].is_monotonic_decreasing
    last = places.territoire_page(tables, Selection(), "nombre", "", "-projets", 999)
    assert last.page == 8
    named = places.territoire_page(tables, Selection(), "nombre", "VALLEE arve", "nom", 1)
    assert named.rows["nom"].tolist() == ["Vallée de l'Arve"]
    assert places.territoire_page(tables, Selection(), "nombre", "zzzz", "nom", 1).total == 0
    seen = [
        code
        for page in range(1, 9)
        for code in places.territoire_page(tables, Selection(), "nombre", "", "region", page).rows["territoire_id"]
    ]
    assert len(set(seen)) == 148


def test_the_gap_of_the_territoires_follows_the_view(tables: Tables) -> None:
    rows, median, measure = places.territoire_rows(tables, Selection(), "habitants")
    assert measure == "taux"
    assert median == pytest.approx(rows["taux"].median())
    assert (rows["ecart"] - (rows["taux"] - median)).abs().max() < 1e-9
    assert rows["taux"].equals(rows["projets"] / rows["population"] * 100_000)


def test_targets_have_no_actual_but_what_is_counted(tables: Tables) -> None:
    found = {str(item.row["chiffre_id"]): item for item in targets.announced_targets(tables)}
    assert list(found) == list(targets.ANNOUNCED)
    assert found["booster-cible"].baseline == 1800
    counted = {name: item.counted for name, item in found.items() if item.counted is not None}
    assert counted == {"projets-253": 1158, "sites-78": 34}
