"""A file of sites: every fault is found where it is, in both languages; a good one gives the sites."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from imports.problems import Problem
from imports.sites import SitesReport, check_sites
from tests.imports.files import GOOD, HEADER, csv_of, known, xlsx_of, xlsx_with

CNIG = ("site_id", "site_nom", "site_comm_insee", "site_geompoint", "site_surf_brute", "site_voca_industrielle")


def check(content: bytes) -> SitesReport:
    return check_sites(content, known())


def faults(content: bytes) -> list[tuple[str, int | None, str | None]]:
    return [(item.code, item.line, item.column) for item in check(content).faults]


def notices(content: bytes) -> list[str]:
    return [item.code for item in check(content).problems if not item.is_blocking]


def row(**changes: str) -> tuple[str, ...]:
    return tuple(changes.get(name, value) for name, value in zip(HEADER, GOOD, strict=True))


def test_a_good_file_in_our_columns() -> None:
    report = check(csv_of(GOOD))
    (site,) = report.sites
    assert report.is_good
    assert report.schema == "own_sites"
    assert (site["site_id"], site["lon"], site["lat"], site["surface_ha"]) == ("Z-1", 3.06, 50.63, 12.5)
    assert (site["nom_commune"], site["code_departement"], site["code_region"]) == ("Lille", "59", "32")
    assert site["position_quality"] == "adresse"
    assert site["ligne"] == 2
    assert site["etat"] is None


def test_a_good_file_of_the_standard_says_which_columns_it_lacks() -> None:
    report = check(csv_of(("80024_SITE-ECO_00001", "ZAC", "59350", "3.06, 50.63", "37.2", "Oui"), header=CNIG))
    assert report.is_good
    assert report.schema == "cnig_site_eco"
    assert report.sites[0]["lon"] == 3.06
    assert report.sites[0]["dit"]["site_voca_industrielle"] == "oui"
    assert {item.code for item in report.problems} == {"missing_standard_column"}


def test_a_polygon_gives_a_position_when_there_is_no_point() -> None:
    ring = '{"type":"Polygon","coordinates":[[[3.0,50.6],[3.1,50.6],[3.1,50.7],[3.0,50.6]]]}'
    content = csv_of(
        ("A", "Z", "59350", ring.replace('"', '""')), header=("site_id", "site_nom", "site_comm_insee", "site_geomsurf")
    )
    content = content.replace(b'{""type', b'"{""type').replace(b"]]]}", b']]]}"')
    (site,) = check(content).sites
    assert (site["lon"], site["lat"]) == (3.05, 50.65)


def test_without_coordinates_the_commune_is_the_position() -> None:
    (site,) = check(csv_of(row(lon="", lat=""))).sites
    assert (site["lon"], site["lat"], site["position_quality"]) == (3.0485, 50.6320, "commune")


@pytest.mark.parametrize("separator", [";", ",", "\t"])
def test_separators(separator: str) -> None:
    assert check(csv_of(row(lon="3.06", lat="50.63", surface_ha="12.5"), separator=separator)).is_good


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_encodings_and_bom(encoding: str) -> None:
    (site,) = check(csv_of(row(site_nom="Zone de l’Étoile")).decode().encode(encoding)).sites
    assert site["site_nom"] == "Zone de l’Étoile"


def test_windows_1252_is_read_and_said() -> None:
    content = csv_of(row(site_nom="Zone d’Étaples")).decode().encode("cp1252")
    assert check(content).sites[0]["site_nom"] == "Zone d’Étaples"
    assert notices(content) == ["encoding"]


def test_the_comments_of_our_own_export_are_skipped_and_lines_stay_right() -> None:
    content = b"# Atlas\r\n# 12 rows\r\n" + csv_of(row(surface_ha="beaucoup"))
    assert faults(content) == [("not_a_number", 4, "surface_ha")]


def test_a_cell_over_two_lines_does_not_shift_the_lines() -> None:
    content = csv_of(row(site_nom="Zone\ndu Nord"), row(site_id="Z-2", surface_ha="x"))
    assert faults(content) == [("not_a_number", 4, "surface_ha")]


def test_lambert_93_is_recognised_and_said() -> None:
    content = csv_of(row(lon="704200,5", lat="7059800"))
    (site,) = check(content).sites
    assert abs(site["lon"] - 3.06) < 0.01
    assert abs(site["lat"] - 50.63) < 0.02
    assert notices(content) == ["lambert"]


@pytest.mark.parametrize(
    ("changes", "fault"),
    [
        ({"lon": "50.63", "lat": "3.06"}, ("swapped", 2, "lon")),
        ({"lon": "7059800", "lat": "704200"}, ("swapped", 2, "lon")),
        ({"lon": "13.4", "lat": "52.5"}, ("outside", 2, "lon")),
        ({"lon": "0", "lat": "0"}, ("outside", 2, "lon")),
        ({"lon": "NaN", "lat": "50"}, ("half_position", 2, "lon")),
        ({"lon": "1e400", "lat": "50"}, ("not_a_number", 2, "lon")),
        ({"lat": ""}, ("half_position", 2, "lon")),
        ({"lon": "-2.25", "lat": "47.28"}, ("far", 2, "code_insee")),
        ({"code_insee": "99999"}, ("not_a_commune", 2, "code_insee")),
        ({"code_insee": "1004", "lon": "", "lat": ""}, ("short_commune", 2, "code_insee")),
        ({"code_insee": "", "lon": "", "lat": ""}, ("no_position", 2, None)),
        ({"surface_ha": "1,234.5"}, ("not_a_number", 2, "surface_ha")),
        ({"surface_ha": "-3"}, ("out_of_range", 2, "surface_ha")),
        ({"surface_ha": "1000000"}, ("out_of_range", 2, "surface_ha")),
        ({"surface_ha": "#REF!"}, ("spreadsheet_error", 2, "surface_ha")),
        ({"site_nom": ""}, ("required", 2, "site_nom")),
        ({"site_nom": "=HYPERLINK(1)"}, ("formula", 2, "site_nom")),
        ({"site_nom": "@SUM(1)"}, ("formula", 2, "site_nom")),
        ({"site_nom": "a" * 10_000}, ("too_long", 2, "site_nom")),
        ({"site_nom": "a\x07b"}, ("control", 2, "site_nom")),
        ({"site_id": "é/../x"}, ("not_an_id", 2, "site_id")),
        ({"site_id": "scm-1"}, ("published_id", 2, "site_id")),
    ],
)
def test_each_fault_is_found_where_it_is(changes: dict[str, str], fault: tuple[str, int, str | None]) -> None:
    report = check(csv_of(row(**changes)))
    assert [(item.code, item.line, item.column) for item in report.faults] == [fault]
    assert not report.sites


def test_every_fault_is_told_at_once() -> None:
    content = csv_of(row(surface_ha="x", code_insee="99999"), row(site_id="Z-2"), row(site_id="Z-3", lon="x"))
    assert faults(content) == [
        ("not_a_number", 2, "surface_ha"),
        ("not_a_commune", 2, "code_insee"),
        ("not_a_number", 4, "lon"),
    ]
    assert [site["site_id"] for site in check(content).sites] == ["Z-2"]
    assert check(content).is_usable_in_part


def test_duplicates_whatever_their_case() -> None:
    assert faults(csv_of(GOOD, row(site_id="z-1"))) == [("duplicate_id", 3, "site_id")]


def test_a_site_that_may_be_published_already_is_noticed() -> None:
    content = csv_of(row(site_nom="parc des deux  mers", code_insee="44184", lon="", lat=""))
    assert notices(content) == ["same_name"]
    assert check(content).is_good


def test_columns_missing_unknown_and_twice() -> None:
    assert faults(csv_of(("Z-1", "59350"), header=("site_id", "code_insee")))[0] == ("missing_column", None, "site_nom")
    assert ("missing_position", None, None) in faults(csv_of(("Z-1", "Z"), header=("site_id", "site_nom")))
    assert notices(csv_of((*GOOD, "x"), header=(*HEADER, "couleur"))) == ["unknown_column"]
    twice = csv_of((*GOOD, "x"), header=(*HEADER, "site_nom"))
    assert ("duplicate_column", None, "site_nom") in faults(twice)
    assert not check(twice).is_usable_in_part


def test_cells_beyond_the_header_and_open_quotes() -> None:
    assert faults(csv_of((*GOOD, "x"))) == [("extra_cells", 2, None)]
    assert faults(csv_of(GOOD) + b'"Z-2;open') == [("broken_quotes", 3, None)]


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "empty"),
        (b"\xef\xbb\xbf \r\n\r\n", "empty"),
        (b"# only a comment\n", "empty"),
        (csv_of(), "no_rows"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "old_excel"),
        (b"PK\x03\x04 not a zip", "not_a_table"),
        (b"\x89PNG\r\n\x00\x00", "not_a_table"),
    ],
)
def test_what_is_no_table(content: bytes, code: str) -> None:
    report = check(content)
    assert code in [item.code for item in report.faults]
    assert not report.is_usable_in_part


def test_limits_of_size_rows_and_columns(monkeypatch: pytest.MonkeyPatch) -> None:
    assert [item.code for item in check_sites(b"a" * 1001, known(), 1000).faults] == ["too_big"]
    monkeypatch.setattr("imports.reading.MAX_ROWS", 1)
    assert faults(csv_of(GOOD, row(site_id="Z-2"))) == [("too_many_rows", None, None)]
    assert faults(csv_of(("x",) * 301, header=tuple(f"c{n}" for n in range(301))))[0][0] == "too_many_columns"


def test_a_good_workbook_with_numbers_and_a_commune_as_text() -> None:
    (site,) = check(xlsx_of(("Z-1", "Zone", "01004", 5.35, 45.96, 12))).sites
    assert (site["code_insee"], site["surface_ha"]) == ("01004", 12.0)


def test_a_workbook_that_ate_a_zero_or_holds_a_formula() -> None:
    assert faults(xlsx_of(("Z-1", "Zone", 1004, None, None, 1))) == [("short_commune", 2, "code_insee")]
    assert faults(xlsx_of(("Z-1", "Zone", "59350", 3.06, 50.63, "=6*2"))) == [("formula", 2, "surface_ha")]
    assert faults(xlsx_of((*GOOD, "=1+1"), header=(*HEADER, "x"))) == [("formula", 2, "x")]


def test_a_bomb_is_measured_not_opened() -> None:
    content = xlsx_with("xl/media/zeros.bin", b"\0" * 70_000_000)
    assert len(content) < 200_000
    assert faults(content) == [("zip_bomb", None, None)]


def test_entities_and_broken_parts_are_refused() -> None:
    laughs = b'<!DOCTYPE x [<!ENTITY a "ha">]><worksheet>&a;</worksheet>'
    assert faults(xlsx_with("xl/worksheets/sheet1.xml", laughs)) == [("unsafe_xml", None, None)]
    assert faults(xlsx_with("xl/worksheets/sheet1.xml", laughs.decode().encode("utf-16"))) == [
        ("unsafe_xml", None, None)
    ]
    assert faults(xlsx_with("xl/worksheets/sheet1.xml", b"<worksheet><oops")) == [("not_a_table", None, None)]


def test_many_faults_are_cut_and_said() -> None:
    rows = [row(site_id=f"Z-{n}", surface_ha="x") for n in range(1200)]
    assert check(csv_of(*rows)).problems[-1].code == "too_many_faults"


@given(st.binary(max_size=400))
def test_no_file_makes_it_fail(content: bytes) -> None:
    check(content)


@given(st.lists(st.text(max_size=30), min_size=6, max_size=6))
def test_no_row_makes_it_fail_and_every_reason_reads_in_both_languages(cells: list[str]) -> None:
    report = check(csv_of(tuple(cells)))
    assert all(item.reason(language) for item in report.problems for language in ("fr", "en"))


def test_a_reason_quotes_little_and_safely() -> None:
    said = Problem("not_a_number", 2, "x", "a\n" + "b" * 500).reason("fr")
    assert "\n" not in said
    assert len(said) < 140
