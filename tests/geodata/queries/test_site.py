"""The sheet of a site: facts under the standard's names, coverage that adds up, honest answers to a wrong id."""

import contract
from geodata.queries.site import MAX_NEAR_NAMES, nearest_names, site_sheet
from geodata.queries.site_facts import coverage_by_field, coverage_of, facts_of
from geodata.repository import Tables


def test_known_and_unknown_fields_are_the_whole_sheet(tables: Tables) -> None:
    for code in tables["sites"]["site_id"]:
        sheet = site_sheet(tables, code)
        assert sheet is not None
        known = [fact.field.code for fact in sheet.facts]
        unknown = [field.code for field in sheet.unknown]
        assert sorted(known + unknown) == sorted(contract.sheet_fields())
        assert sheet.coverage.known == len(known)
        assert sheet.coverage.total == len(contract.sheet_fields())


def test_coverage_by_field_and_by_site_count_the_same_facts(tables: Tables) -> None:
    by_site = sum(coverage_of(tables, code).known for code in tables["sites"]["site_id"])
    fields = coverage_by_field(tables)

    assert sum(item.known for item in fields) == by_site
    assert {item.total for item in fields} == {len(tables["sites"])}


def test_every_fact_has_a_source_of_the_manifest(tables: Tables) -> None:
    for code in tables["sites"]["site_id"]:
        for fact in facts_of(tables, code):
            assert fact.source in tables.manifest.sources
            assert fact.value
            assert fact.is_computed == (fact.quote is None and fact.confidence is None)


def test_the_retained_statement_comes_with_the_others(tables: Tables) -> None:
    sheet = site_sheet(tables, "scm24-16")

    assert sheet is not None
    area = sheet.fact("site_surf_brute")
    assert area is not None
    assert (area.value, [other.value for other in area.others]) == ("277", ["217"])


def test_a_stated_name_takes_the_place_of_the_computed_one(tables: Tables) -> None:
    sheet = site_sheet(tables, "scm20a-05")

    assert sheet is not None
    station = sheet.fact("gare_nom")
    assert station is not None
    assert not station.is_computed
    assert station.value == "Gare TGV Haute-Picardie"


def test_the_point_of_a_commune_is_not_the_position_of_a_site(tables: Tables) -> None:
    sheet = site_sheet(tables, "scm20b-20")

    assert sheet is not None
    assert sheet.is_commune_point
    assert sheet.fact("site_geompoint") is None


def test_a_site_with_two_labels_has_both_with_their_dates(tables: Tables) -> None:
    sheet = site_sheet(tables, "scm20b-20")

    assert sheet is not None
    assert [(label.wave, label.date) for label in sheet.labels] == [("2020-07", "2020-07-20"), ("2024-04", "2024-04")]
    assert [label.area_ha for label in sheet.labels] == [550, 187]


def test_the_territoire_follows_the_millesime(tables: Tables) -> None:
    found = {name: site_sheet(tables, "scm24-33", name) for name in contract.MILLESIMES}
    row = tables["sites"].set_index("site_id").loc["scm24-33"]

    for name, sheet in found.items():
        assert sheet is not None
        assert sheet.ti == row[contract.column_for("ti", name)]
        assert (sheet.territoire is None) == (row[contract.column_for("territoire", name)] is None)


def test_the_sites_form_a_chain(tables: Tables) -> None:
    codes = list(tables["sites"]["site_id"])
    sheets = [site_sheet(tables, code) for code in codes]

    assert [sheet.next.code for sheet in sheets if sheet and sheet.next] == codes[1:]
    assert [sheet.previous.code for sheet in sheets if sheet and sheet.previous] == codes[:-1]


def test_an_unknown_id_has_no_sheet_but_near_names(tables: Tables) -> None:
    assert site_sheet(tables, "scm99-99") is None
    assert site_sheet(tables, "") is None
    assert "scm20b-20" in {item.code for item in nearest_names(tables, "Ozans")}
    assert "scm21-08" in {item.code for item in nearest_names(tables, "portes-du-tarn")}
    assert len(nearest_names(tables, "scm")) <= MAX_NEAR_NAMES


def test_hostile_ids_find_nothing_and_cost_nothing(tables: Tables) -> None:
    for code in ("", "\x00", "é" * 10_000, "<script>alert(1)</script>", "../../etc/passwd", "\ud800"):
        assert site_sheet(tables, code) is None
        assert len(nearest_names(tables, code)) <= MAX_NEAR_NAMES
