"""Each computed value of the ledger against an independent computation on the published files, with pandas alone."""

from pathlib import Path

import pandas as pd
import pytest
from flask.testing import FlaskClient

from geodata.models.claim import Claim
from geodata.queries.claims import all_claims, claims_by_id, contradictions_of
from geodata.queries.filters import objects_of
from geodata.repository import Tables
from state import KINDS, Selection


@pytest.fixture(scope="module")
def expected(published: Path) -> dict[str, float]:
    """Code of the computation → value; only pandas and the files."""
    projects = pd.read_parquet(published / "projets.parquet")
    sites = pd.read_parquet(published / "sites.parquet")
    territoires = pd.read_parquet(published / "territoires.parquet")
    members = pd.read_parquet(published / "territoires-membres.parquet")
    indicators = pd.read_parquet(published / "indicateurs.parquet")
    measures = pd.read_parquet(published / "mesures.parquet")
    day = projects["date_mise_a_jour"].astype(str)
    fund, reshoring = projects["mesure"].eq("territoires"), projects["mesure"].eq("relocalisation")
    barometer = indicators.query("source == 'barometre' and nature == 'atteinte'")
    nation, regions = barometer.query("niveau == 'pays'"), barometer.query("niveau == 'region'")
    nation_by_day = nation.set_index(nation["date"].astype(str).str[:10])["valeur"]
    regions_by_day = regions.groupby(regions["date"].astype(str).str[:10])["valeur"].sum()

    def bearing(*waves: str) -> pd.Series:
        return sites["vagues"].map(lambda found: not set(waves).isdisjoint(found))

    return {
        **{
            f"territoires-{name}": float((territoires["millesime"] == name).sum())
            for name in ("2020-10", "2022-12", "2024-07")
        },
        "membres-2020-10": float(
            len(members.query("millesime == '2020-10' and membre_type != 'COM'").drop_duplicates("membre_code"))
        ),
        "projets-lignes": float(len(projects)),
        "fonds-2021-03": float((fund & (day <= "2021-03-23")).sum()),
        "fonds-2021-10": float((fund & (day <= "2021-10-11")).sum()),
        "dge-2021-02": float((day <= "2021-02-11").sum()),
        "relocalisation-2021-07": float((reshoring & (day <= "2021-07-09")).sum()),
        "relocalisation-2022-02": float((reshoring & (day <= "2022-02-17")).sum()),
        "relocalisation-pme-2022-02": float(
            (reshoring & (day <= "2022-02-17") & projects["taille"].eq("tpe_pme")).sum()
        ),
        "sites-2020-01": float(bearing("2020-01").sum()),
        "sites-2020-07": float(bearing("2020-07").sum()),
        "sites-2020": float(bearing("2020-01", "2020-07").sum()),
        "sites-2021-09": float(bearing("2021-09").sum()),
        "sites-2021": float(bearing("2020-01", "2020-07", "2021-09", "2020-07|2021-09").sum()),
        "sites-2024-04": float(bearing("2024-04").sum()),
        "sites-tous": float(len(sites)),
        "sites-hdf-2020-07": float((bearing("2020-07") & sites["code_region"].eq("32")).sum()),
        "barometre-2020-11": float(nation_by_day["2020-11-30"]),
        "barometre-pays": float(nation_by_day["2022-12-31"]),
        "barometre-regions": float(regions_by_day["2022-12-31"]),
        "axes-mesures": float(len(set(measures["axe"].dropna()))),
    }


@pytest.fixture(scope="module")
def stated(published: Path) -> dict[str, tuple[int, int]]:
    """Code → rows that state the field, rows in all."""
    projects = pd.read_parquet(published / "projets.parquet")
    fund, reshoring = projects.query("mesure == 'territoires'"), projects.query("mesure == 'relocalisation'")
    jobs = reshoring["emplois_crees"].notna() | reshoring["emplois_maintenus"].notna()
    return {
        "investissements-fonds": (int(fund["investissement_eur"].count()), len(fund)),
        "investissements-relocalisation": (int(reshoring["investissement_eur"].count()), len(reshoring)),
        "emplois-crees-fonds": (int(fund["emplois_crees"].count()), len(fund)),
        "emplois-maintenus-fonds": (int(fund["emplois_maintenus"].count()), len(fund)),
        "emplois-relocalisation": (int(jobs.sum()), len(reshoring)),
    }


def computed(tables: Tables) -> list[Claim]:
    return [claim for claim in all_claims(tables) if claim.calculation]


def test_every_computed_value_is_right(
    tables: Tables, expected: dict[str, float], stated: dict[str, tuple[int, int]]
) -> None:
    assert {claim.calculation for claim in computed(tables)} == {*expected, *stated}
    for claim in computed(tables):
        assert claim.answer is not None
        if claim.calculation in stated:
            assert claim.answer.value is None, claim.claim_id
            assert (claim.answer.n_stated, claim.answer.n_rows) == stated[claim.calculation], claim.claim_id
        else:
            assert claim.computed == expected[str(claim.calculation)], claim.claim_id


def test_the_link_opens_exactly_the_objects_counted(tables: Tables) -> None:
    for claim in computed(tables):
        answer = claim.answer
        if answer is None or not answer.where or claim.calculation == "membres-2020-10":
            continue
        selection = Selection.from_query(answer.where)
        assert selection.view == "liste"
        assert selection.tab in KINDS, claim.claim_id
        rows = objects_of(tables, selection, selection.tab)
        assert len(rows) == (answer.n_rows if answer.value is None else answer.value), claim.claim_id


def test_companies_are_not_called_projects(client: FlaskClient) -> None:
    """The 253 of the barometer are companies: the same number as the first projects of the fund, another base."""
    row = client.get("/chiffres?lang=en").get_data(as_text=True).split('id="projets-253"')[1].split("</tr>")[0]
    assert "253 projects" in row
    assert "253 companies" in row


def test_no_project_is_dated_before_the_first_review_of_the_fund(published: Path) -> None:
    """What the ledger says of the 253 first projects: the file cannot count them."""
    days = pd.read_parquet(published / "projets.parquet")["date_mise_a_jour"].astype(str)
    assert days.min() > "2020-12-31"


def test_what_differs_or_cannot_be_measured_says_why(tables: Tables) -> None:
    silent = [claim.claim_id for claim in all_claims(tables) if claim.status != "concordant" and not claim.reason]
    assert silent == []
    assert not [claim.claim_id for claim in all_claims(tables) if claim.status == "concordant" and claim.reason]
    assert not [claim.claim_id for claim in all_claims(tables) if claim.computed == 0]


def test_derived_figures_follow_from_the_others(tables: Tables) -> None:
    claims = claims_by_id(tables)
    values = {claim_id: claim.value for claim_id, claim in claims.items()}
    assert values["sites-78"] == values["sites-12"] + values["sites-66"]
    assert values["sites-127"] == values["sites-78"] + values["sites-49-2021"]
    assert values["sites-155"] == values["sites-55-2024"] + values["sites-100-2020"]
    assert values["fonds-298-5m-dotation"] == values["fonds-157m-etat"] + values["fonds-141-5m-regions"]
    assert claims["investissement-moyen"].computed == pytest.approx(1.4e9 / 253)
    assert claims["booster-hausse-pct"].computed == pytest.approx(200 / 3)
    derived = [claim for claim in all_claims(tables) if claim.formula and not claim.calculation]
    assert derived
    assert all(claim.status == "concordant" for claim in derived)


def test_the_contradictions_that_the_documents_hold_are_side_by_side(tables: Tables) -> None:
    groups = {group.contradiction_id: {claim.value for claim in group.claims} for group in contradictions_of(tables)}
    assert groups["territoires"] >= {124, 146, 148, 149, 183}
    assert groups["milliards"] >= {1e9, 1.4e9, 4e8}
    assert groups["entreprises-253"] == {253, 251, 212}
    assert groups["projets"] >= {1600, 3080, 253}
    assert groups["sites-78"] >= {12, 66, 78}
    assert groups["sites-total"] >= {49, 55}
    assert groups["cibles"] >= {10000, 1000, 300}
    assert all(group.text.fr and group.text.en for group in contradictions_of(tables))


def test_the_page_shows_every_figure_with_its_source_and_its_query(client: FlaskClient, tables: Tables) -> None:
    page = client.get("/chiffres").get_data(as_text=True)
    sources = client.get("/sources").get_data(as_text=True)
    for claim in all_claims(tables):
        row = page.split(f'id="{claim.claim_id}"', maxsplit=1)[1].split("</tr>", maxsplit=1)[0]
        assert f"#{claim.source}" in row
        assert f'id="{claim.source}"' in sources
        assert ("data-requete" in row) == (claim.answer is not None), claim.claim_id
        assert ("non mesurable" in row) == (claim.computed is None), claim.claim_id


def test_offers_of_july_2020_are_many_in_hauts_de_france_and_grand_est(tables: Tables) -> None:
    """Fact K06: they are the two largest of the regions whose announced number is known; the others are unknown."""
    rows = tables["sites-couverture"].query("vague == '2020-07' and code_region != 'FR'").dropna(subset=["annonces"])
    assert set(rows.nlargest(2, "annonces")["code_region"]) == {"32", "44"}
