"""Typed facts: read, typed, and every flaw named by file, line and column."""

from pathlib import Path

import pytest

import contract
from etl.build.facts import TABLES, build_facts, read_facts
from etl.errors import ChecksFailed
from etl.settings import TABLES_FOLDER

HEADER = "jalon_id,date,is_derive,titre_fr,titre_en,code_region,lieu,acteurs,faits,source,citation"
GOOD = "a,2020-07-20,non,Titre,Title,,,x|y,T01,seed-adcf,"


def read(folder: Path, *lines: str) -> tuple[list[dict[str, object]], list[str]]:
    path = folder / "jalons.csv"
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    failures: list[str] = []
    frame = read_facts(contract.table("jalons"), path, {"seed-adcf"}, failures)
    return [{str(name): value for name, value in row.items()} for row in frame.to_dict("records")], failures


def test_cells_take_the_type_of_the_contract(tmp_path: Path) -> None:
    [row], failures = read(tmp_path, HEADER, GOOD)
    assert failures == []
    assert (row["is_derive"], row["acteurs"], row["code_region"], row["date"]) == (
        False,
        ["x", "y"],
        None,
        "2020-07-20",
    )


def test_an_empty_list_is_empty_and_an_empty_cell_is_null(tmp_path: Path) -> None:
    [row], failures = read(tmp_path, HEADER, "a,,oui,T,T,,,,,seed-adcf,")
    assert failures == []
    assert (row["acteurs"], row["date"], row["citation"]) == ([], None, None)


def test_every_flaw_is_listed_with_its_place(tmp_path: Path) -> None:
    _, failures = read(tmp_path, HEADER, GOOD, "b,,peut-être,,T,,,,,seed-nowhere,", "c,,oui,T,T,,,,,seed-adcf")
    assert failures == [
        "jalons.csv:4: expected 11 cells",
        "jalons.csv:3: is_derive: expected oui or non, found 'peut-être'",
        "jalons.csv:3: titre_fr: expected a string, found an empty cell",
        "jalons.csv:3: source: 'seed-nowhere' is not in the catalogue",
    ]


def test_another_header_is_refused_whole(tmp_path: Path) -> None:
    rows, failures = read(tmp_path, HEADER.replace("lieu", "place"), GOOD)
    assert rows == []
    assert "columns missing: ['lieu']; unknown: ['place']" in failures[0]


def test_a_value_outside_the_allowed_ones_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "acteurs.csv"
    path.write_text(
        "acteur_id,nom,famille,role_fr,role_en,mesures,source\na,A,secte,R,R,,seed-adcf\n", encoding="utf-8"
    )
    failures: list[str] = []
    read_facts(contract.table("acteurs"), path, {"seed-adcf"}, failures)
    assert failures == [
        "acteurs.csv:2: famille: expected one of etat, operateur, collectivite, economie, found 'secte'"
    ]


def test_the_committed_tables_are_good_and_name_their_documents() -> None:
    products = build_facts()
    assert [product.name for product in products] == list(TABLES)
    assert all(product.sources for product in products)


def test_the_flaws_of_all_tables_are_raised_together(tmp_path: Path) -> None:
    for name in TABLES:
        text = (TABLES_FOLDER / f"{name}.csv").read_text(encoding="utf-8")
        (tmp_path / f"{name}.csv").write_text(text.replace("seed-", "sead-"), encoding="utf-8")
    with pytest.raises(ChecksFailed) as error:
        build_facts(tmp_path)
    assert all(any(line.startswith(f"{name}.csv:") for line in error.value.failures) for name in TABLES)
