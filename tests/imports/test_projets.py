"""A file of projects: found by SIREN, scheme and place; completions, conflicts, nothing replaced."""

import pytest

from imports.positions import Position
from imports.projets import Project, ProjetsReport, check_projets, known_facts
from tests.imports.files import csv_of, xlsx_of

HEADER = ("siren", "mesure", "code_postal", "montant_aide_eur", "filiere", "critere_formation", "date_decision")
ROW = ("842959249", "territoires", "40100", "1 200 000", "Construction", "oui", "05/05/2021")
PROJECTS = (
    Project("p0001", "842959249", "territoires", "40088", "40100", Position(-1.05, 43.71), {"filiere": "construction"}),
    Project("p0002", "318697687", "chaleur", "42127", "42300", Position(4.06, 46.09), {"emplois_crees": 12.0}),
    Project("p0003", "318697687", "chaleur", "42127", "42300", Position(4.06, 46.09), {"description": "Four"}),
    Project("p0004", None, "chaleur", None, None, None, {}),
)


def row(**changes: str) -> tuple[str, ...]:
    return tuple(changes.get(name, value) for name, value in zip(HEADER, ROW, strict=True))


def check(*rows: tuple[str, ...], header: tuple[str, ...] = HEADER) -> ProjetsReport:
    return check_projets(csv_of(*rows, header=header), PROJECTS)


def test_what_completes_and_what_says_the_same() -> None:
    report = check(ROW)
    assert report.is_good
    assert {(item.projet_id, item.field, item.value) for item in report.completions} == {
        ("p0001", "montant_aide_eur", 1_200_000.0),
        ("p0001", "critere_formation", "oui"),
        ("p0001", "date_decision", "2021-05-05"),
    }
    assert report.n_same == 1
    assert not report.conflicts


def test_a_contradiction_keeps_both_values() -> None:
    (conflict,) = check(row(filiere="Bois")).conflicts
    assert (conflict.projet_id, conflict.field, conflict.published, conflict.value) == (
        "p0001",
        "filiere",
        "construction",
        "bois",
    )
    assert conflict.line == 2


def test_two_rows_that_contradict_each_other_are_a_conflict_too() -> None:
    report = check(ROW, row(montant_aide_eur="5"))
    assert [(item.field, item.value, item.published) for item in report.conflicts] == [
        ("montant_aide_eur", 5.0, 1_200_000.0)
    ]


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"siren": "842959248"}, "not_a_siren"),
        ({"siren": ""}, "required"),
        ({"siren": "732829320"}, "no_project"),
        ({"mesure": "inconnue"}, "not_allowed"),
        ({"code_postal": "75001"}, "no_project"),
        ({"code_postal": ""}, "no_key"),
        ({"code_postal": "abc"}, "not_a_postcode"),
        ({"critere_formation": "peut-être"}, "not_allowed"),
        ({"date_decision": "2021-02-30"}, "not_a_date"),
        ({"montant_aide_eur": "beaucoup"}, "not_a_number"),
    ],
)
def test_faults(changes: dict[str, str], code: str) -> None:
    report = check(row(**changes))
    assert [(item.code, item.line) for item in report.faults] == [(code, 2)]
    assert report.n_found == 0


def test_two_projects_with_one_key_need_their_id_or_their_words() -> None:
    header = ("siren", "mesure", "code_postal", "emplois_crees", "projet_id", "description_projet")
    base = ("318697687", "Soutien à la chaleur bas carbone", "42300", "9")
    assert [item.code for item in check((*base, "", ""), header=header).faults] == ["many_projects"]
    assert check((*base, "p0003", ""), header=header).completions[0].projet_id == "p0003"
    assert check((*base, "", "Four"), header=header).completions[0].projet_id == "p0003"
    (conflict,) = check((*base, "p0002", ""), header=header).conflicts
    assert (conflict.published, conflict.value) == (12.0, 9.0)


def test_the_official_columns_with_a_point_for_a_place() -> None:
    header = ("siren", "mesure", "coordonnees_gps", "x_emplois_crees_enonces")
    report = check(("842959249", "territoires", "43.71102, -1.05", "5-10"), header=header)
    assert [(item.field, item.value) for item in report.completions] == [("emplois_crees", 5.0)]


def test_a_spreadsheet_that_ate_zeros() -> None:
    project = (Project("p1", "005880034", "territoires", None, "01000", None, {}),)
    content = xlsx_of((5880034, "territoires", 1000, 3), header=("siren", "mesure", "code_postal", "emplois_crees"))
    assert check_projets(content, project).is_good


def test_every_criterion_and_the_selection_can_be_said() -> None:
    assert {"critere_emploi", "critere_decarbonation", "critere_formation", "critere_collaboration"} <= set(
        known_facts()
    )
    assert {"instance_selection", "date_selection", "nature_projet", "montant_aide_eur"} <= set(known_facts())
