"""Every number of every sheet against a count of its own, made with pandas from the published files."""

from dataclasses import replace
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

import contract
from geodata.models.sheet import RegionSheet, Sheet, TerritoireSheet
from geodata.queries.sheet_index import homonyms, regions_index, territoires_index
from geodata.queries.sheets import every_sheet, region_sheet, territoire_sheet
from geodata.repository import Tables
from state import Selection

STATED = {
    "investissement": "investissement_eur",
    "emplois_crees": "emplois_crees",
    "emplois_maintenus": "emplois_maintenus",
}


@pytest.fixture(scope="module")
def files(published: Path) -> dict[str, pd.DataFrame]:
    """The published files, read past the repository."""
    names = ("projets", "sites", "regions", "territoires", "territoires-membres", "territoires-communes", "communes")
    more = ("indicateurs", "sites-couverture", "mesures", "jalons", "departements", "chiffres")
    return {name: pd.read_parquet(published / f"{name}.parquet") for name in (*names, *more)}


def selection(millesime: str = contract.DEFAULT_MILLESIME) -> Selection:
    return Selection(millesime=millesime)


def sheet_of(tables: Tables, kind: str, code: str, millesime: str) -> RegionSheet | TerritoireSheet:
    ask = region_sheet if kind == "region" else territoire_sheet
    found = ask(tables, code, selection(millesime))
    assert found is not None
    return found


def check_objects(sheet: Sheet, projects: pd.DataFrame, sites: pd.DataFrame) -> None:
    """What both kinds of sheets count among their own rows."""
    assert sheet.value("projets") == sheet.n_projects == len(projects)
    assert sheet.value("sites") == (sites["confiance"] != "faible").sum()
    assert sheet.value("sites_faible") == (sites["confiance"] == "faible").sum()
    assert {line.code for line in sheet.sites} == set(sites["site_id"])
    assert len(sheet.projects) == min(40, len(projects))
    assert {line.code for line in sheet.projects} <= set(projects["projet_id"])
    if len(projects) > 40:
        left_out = projects[~projects["projet_id"].isin([line.code for line in sheet.projects])]
        assert min(line.date for line in sheet.projects) >= max(left_out["date_mise_a_jour"].astype(str))
    for name, column in STATED.items():
        figure, stated = sheet.figure(name), projects[column].dropna()
        assert (figure.n_stated, figure.n_rows) == (len(stated), len(projects))
        assert figure.value == (pytest.approx(stated.sum()) if len(stated) else None)
    for facet in ("mesure", "filiere", "taille"):
        found = {row.code: row.n for row in sheet.breakdown(facet).rows}
        assert found == projects[facet].fillna("aucun").value_counts().to_dict()
    months = pd.to_datetime(projects["date_mise_a_jour"]).dt.strftime("%Y-%m").value_counts().to_dict()
    assert {row.code: row.n for row in sheet.breakdown("mois").rows} == months
    check_leader(sheet, projects)


def check_leader(sheet: Sheet, projects: pd.DataFrame) -> None:
    counts = projects["filiere"].value_counts()
    if counts.empty:
        assert sheet.leading_sector is None
        return
    assert sheet.leading_sector is not None
    assert sheet.leading_sector.n == counts.max()
    assert set(sheet.leading_sector.codes) == set(counts[counts == counts.max()].index)


@pytest.mark.parametrize("millesime", contract.MILLESIMES)
def test_every_region_counts_what_the_files_hold(
    tables: Tables, files: dict[str, pd.DataFrame], millesime: str
) -> None:
    projects, sites, regions = files["projets"], files["sites"], files["regions"]
    column = "ti_" + millesime.replace("-", "_")
    mainland = regions[regions["zone"] == "metropole"].set_index("code_region")
    medians = [(projects["code_region"] == code).sum() for code in mainland.index]
    listed = files["territoires"][files["territoires"]["millesime"] == millesime]
    assert len(regions) == 18
    for row in regions.to_dict("records"):
        code = row["code_region"]
        sheet = sheet_of(tables, "region", code, millesime)
        own = projects[projects["code_region"] == code]
        check_objects(sheet, own, sites[sites["code_region"] == code])
        assert (sheet.value("population"), sheet.value("communes")) == (row["population"], row["n_communes"])
        assert sheet.value("projets_100k") == pytest.approx(len(own) / row["population"] * 1e5)
        assert sheet.figure("projets").median == np.median(medians)
        assert {c: sheet.value(f"projets_{c}") for c in ("dans", "hors", "inconnu")} == {
            c: (own[column] == c).sum() for c in ("dans", "hors", "inconnu")
        }
        covering = [ti["territoire_id"] for ti in listed.to_dict("records") if code in ti["codes_region"]]
        assert {line.code for line in sheet.territoires} == set(covering)  # type: ignore[union-attr]
        assert sheet.value("territoires") == len(covering)
        assert sheet.value("territoires_pilote") == (listed["code_region"] == code).sum()
        assert sheet.value("territoires_france") == len(listed)


def test_regions_add_up_to_the_file_and_territoires_count_a_project_once(
    tables: Tables, files: dict[str, pd.DataFrame]
) -> None:
    """Two collectivities that are no region hold the 9 projects that no region's sheet counts."""
    projects = files["projets"]
    total = sum(sheet_of(tables, "region", code, "2020-10").n_projects for code in files["regions"]["code_region"])
    assert total == len(projects) - projects["code_region"].isin(["987", "988"]).sum()


@pytest.mark.parametrize("millesime", contract.MILLESIMES)
def test_every_territoire_counts_what_the_files_hold(
    tables: Tables, files: dict[str, pd.DataFrame], millesime: str
) -> None:
    column = "territoire_" + millesime.replace("-", "_")
    listed = files["territoires"][files["territoires"]["millesime"] == millesime]
    projects, sites = files["projets"], files["sites"]
    members = files["territoires-membres"][files["territoires-membres"]["millesime"] == millesime]
    communes = files["territoires-communes"][files["territoires-communes"]["millesime"] == millesime]
    per = [(projects[column] == code).sum() for code in listed["territoire_id"]]
    seen = 0
    for row in listed.to_dict("records"):
        code = row["territoire_id"]
        sheet = sheet_of(tables, "territoire", code, millesime)
        assert isinstance(sheet, TerritoireSheet)
        own = projects[projects[column] == code]
        seen += len(own)
        check_objects(sheet, own, sites[sites[column] == code])
        assert sheet.value("population") == row["population"]
        assert sheet.value("membres") == (members["territoire_id"] == code).sum() == len(sheet.members)
        inside = set(communes.loc[communes["territoire_id"] == code, "code_insee"])
        assert {place.code for place in sheet.communes} == inside
        assert sheet.value("communes") == len(inside)
        assert sheet.figure("projets").median == np.median(per)
        assert sheet.figure("population").median == listed["population"].median()
        assert sheet.value("projets_100k") == pytest.approx(len(own) / row["population"] * 1e5)
        assert sheet.regions[0].code == row["code_region"]
        assert {region.code for region in sheet.regions} == set(row["codes_region"])
    assert seen == projects[column].notna().sum()  # across two regions, still once


def test_what_a_territoire_became_is_counted_in_communes(tables: Tables, files: dict[str, pd.DataFrame]) -> None:
    rows = files["territoires-communes"]
    groups = {key: set(part) for key, part in rows.groupby(["millesime", "territoire_id"])["code_insee_2024"]}
    for _, code, millesime in every_sheet(tables, ("2020-10", "2024-07"))[18::7]:
        sheet = sheet_of(tables, "territoire", code, millesime)
        assert isinstance(sheet, TerritoireSheet)
        here = groups[millesime, code]
        expected = {
            (other, ti): len(here & there)
            for (other, ti), there in groups.items()
            if other != millesime and here & there
        }
        assert {(item.millesime, item.code): item.n_shared for item in sheet.passages} == expected
        assert all(item.share == pytest.approx(item.n_shared / len(here)) for item in sheet.passages)
        for item in sheet.namesakes:
            assert item.code == code
            assert not here & groups[item.millesime, item.code]


def test_the_same_id_may_be_another_territoire(tables: Tables) -> None:
    sheet = sheet_of(tables, "territoire", "ti-0101", "2020-10")
    assert isinstance(sheet, TerritoireSheet)
    assert sheet.name == "Communauté d'agglomération Cap Excellence"
    assert [(item.millesime, item.name) for item in sheet.namesakes] == [("2024-07", "Basse-Terre")] or sheet.namesakes
    assert all(item.code == "ti-0101" and item.n_shared == 0 for item in sheet.namesakes)


def test_waves_indicators_and_companies_are_those_of_the_files(tables: Tables, files: dict[str, pd.DataFrame]) -> None:
    indicators, coverage = files["indicateurs"], files["sites-couverture"]
    indicators = indicators.assign(date=indicators["date"].astype(str))
    for code in files["regions"]["code_region"]:
        sheet = sheet_of(tables, "region", code, "2020-10")
        assert isinstance(sheet, RegionSheet)
        own = coverage[coverage["code_region"] == code].set_index("vague")
        for wave in sheet.waves:
            announced = own["annonces"].get(wave.code)
            assert wave.announced == (None if announced is None or np.isnan(announced) else announced)
            assert wave.documented == own["documentes"].get(wave.code, 0)
        assert set(own.index) <= {wave.code for wave in sheet.waves}
        rows = indicators[(indicators["code"] == code) & (indicators["niveau"] == "region")]
        for item in sheet.indicators:
            for nature, reading in (("initiale", item.initial), ("atteinte", item.actual), ("cible", item.target)):
                part = rows[(rows["indicateur_id"] == item.code) & (rows["nature"] == nature)].sort_values("date")
                last = None if part.empty else (part["valeur"].iloc[-1], part["date"].iloc[-1])
                assert (None if reading is None else (reading.value, reading.date)) == last
        helped = rows[(rows["source"] == "barometre") & (rows["nature"] == "atteinte")].sort_values("date")
        assert sheet.value("aidees") == helped["valeur"].iloc[-1]
        assert sheet.figure("aidees").date == helped["date"].iloc[-1]


def test_measures_and_milestones_are_national_or_of_the_region(tables: Tables, files: dict[str, pd.DataFrame]) -> None:
    measures, milestones = files["mesures"], files["jalons"]
    for code in ("32", "24", "94", "27"):
        sheet = sheet_of(tables, "region", code, "2020-10")
        kept = measures[measures["code_region"].isna() | (measures["code_region"] == code)]
        assert {line.code for line in sheet.measures} == set(kept["mesure_id"])
        past = milestones[milestones["code_region"].isna() | (milestones["code_region"] == code)]
        assert {item.code for item in sheet.milestones} == set(past["jalon_id"])
        assert isinstance(sheet, RegionSheet)
        assert {item.code for item in sheet.claims} == set(
            files["chiffres"].loc[files["chiffres"]["code"] == code, "chiffre_id"]
        )


def test_nobody_is_named_in_the_governance(tables: Tables) -> None:
    sheet = sheet_of(tables, "region", "32", "2020-10")
    assert sheet.governance.elected_official is None
    assert sheet.governance.industrialist is None


def test_filters_of_the_map_have_no_part_in_a_sheet(tables: Tables) -> None:
    narrowed = selection().with_values("mesure", ["nucleaire"])
    found = region_sheet(tables, "32", narrowed)
    assert found is not None
    assert found.n_projects == sheet_of(tables, "region", "32", "2020-10").n_projects


def test_as_of_a_date_only_what_was_known(tables: Tables, files: dict[str, pd.DataFrame]) -> None:
    asked = replace(selection(), date="2021-06-30")
    found = region_sheet(tables, "32", asked)
    assert found is not None
    projects = files["projets"]
    own = projects[(projects["code_region"] == "32") & (projects["date_mise_a_jour"].astype(str) <= "2021-06-30")]
    assert found.n_projects == len(own)
    assert found.figure("aidees").date == "2021-06-30"
    assert all(item.date is not None and item.date[:4] <= "2021" for item in found.milestones)
    assert all(line.date <= "2021-06-30" for line in found.projects)


def test_before_a_list_is_at_hand_its_territoires_are_unknown_and_not_none(tables: Tables) -> None:
    found = region_sheet(tables, "32", replace(selection(), date="2019-06-30"))
    assert found is not None
    assert found.territoires == ()
    assert found.value("territoires") is None
    assert found.figure("territoires").date is None


def test_an_unknown_code_has_no_sheet(tables: Tables) -> None:
    assert region_sheet(tables, "99", selection()) is None
    assert region_sheet(tables, "", selection()) is None
    assert territoire_sheet(tables, "ti-9999", selection()) is None
    assert territoire_sheet(tables, "' OR 1=1", selection()) is None


def test_a_wrong_millesime_names_the_right_ones(tables: Tables) -> None:
    only_new = [line.code for line in territoires_index(tables, selection("2024-07"))]
    old = {line.code for line in territoires_index(tables, selection())}
    missing = next(code for code in only_new if code not in old)
    assert territoire_sheet(tables, missing, selection()) is None
    assert "2024-07" in {item.millesime for item in homonyms(tables, missing)}


def test_there_are_498_sheets(tables: Tables) -> None:
    assert len(every_sheet(tables, contract.MILLESIMES)) == 18 + 148 + 149 + 183
    assert len(regions_index(tables, selection())) == 18
    assert [len(territoires_index(tables, selection(m))) for m in contract.MILLESIMES] == [148, 149, 183]
    searched = territoires_index(tables, replace(selection(), text="valle huisne"))
    assert [line.code for line in searched] == ["ti-5213"]
