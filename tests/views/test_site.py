"""What a sheet says: no figure without a source, nothing unescaped, nothing invented, both languages whole."""

import re
from dataclasses import replace
from functools import cache
from itertools import pairwise
from urllib.parse import unquote

import pandas as pd
import pytest

import contract
from contract import LANGUAGES
from geodata.models.sheet import Named
from geodata.models.site_sheet import SiteSheet
from geodata.queries.site import site_sheet
from geodata.queries.site_method import method_of
from geodata.repository import Tables
from state import Selection
from views.markup import to_html
from views.site.lines import plain_lines, site_lines
from views.site.method import draw_method
from views.site.notes import number_sources
from views.site.page import draw_missing_site, draw_site
from views.site.plans import Backdrop, circle, frame_around
from views.site.questions import MAX_DRAFT, draft, questions_of
from views.site.values import english_words, show_value
from views.text import number

HOSTILE = "<script>alert(1)</script>\u202e" + "y" * 3_000
EMPTY = Backdrop({}, {}, {}, {}, {}, ())
WORDS = {  # fields whose values are words: in English they are translated
    *("usage_anterieur", "terr_etat_occup", "terr_stade_amngt", "site_moa_type", "site_vocadomi", "etat_projet"),
    *("desserte_ferroviaire", "recours", "depollution", "zan", "terr_maitrise_fonc"),
}
NAMES = {"SNPE", "Lafarge", "LU", "Manurhin, GIAT"}


@cache
def sheet_of(tables: Tables, code: str) -> SiteSheet:
    found = site_sheet(tables, code)
    assert found is not None
    return found


def page_of(tables: Tables, sheet: SiteSheet, language: str = "fr") -> str:
    return to_html(draw_site(sheet, EMPTY, tables.manifest.sources, Selection(language=language)))


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_site_has_three_lines_and_each_figure_of_the_second_a_source(tables: Tables, language: str) -> None:
    for code in tables["sites"]["site_id"]:
        sheet = sheet_of(tables, code)
        notes = number_sources(sheet)
        lines = site_lines(sheet, notes, language)
        assert len(lines) == 3
        offer = lines[1]
        for position, span in enumerate(offer):
            if re.search(r"\d", span.text) and span.href is None:
                assert any(later.href for later in offer[position:]), span.text
        said = " ".join(plain_lines(sheet, notes, language))
        assert not re.search(r"[{}]|\bNone\b|\bnan\b", said)


def test_the_figures_of_the_lines_are_those_of_the_data(tables: Tables) -> None:
    sheet = sheet_of(tables, "scm20a-04")
    lines = plain_lines(sheet, number_sources(sheet), "en")
    assert "80\u00a0ha" in lines[1]
    assert "Dunkerque-Port" in lines[1]
    assert "position is not known" in lines[2]

    around = sheet_of(tables, "scm20b-20").around
    assert around is not None
    third = plain_lines(sheet_of(tables, "scm20b-20"), number_sources(sheet_of(tables, "scm20b-20")), "fr")[2]
    assert f"{around.n_projects[0]} projets" in third


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("code", ["scm20b-20", "scm20a-04", "scm24-32"])
def test_a_sheet_has_one_title_ordered_headings_and_unique_ids(tables: Tables, code: str, language: str) -> None:
    html = page_of(tables, sheet_of(tables, code), language)
    levels = [int(level) for level in re.findall(r"<h([1-6])", html)]
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(after - before <= 1 for before, after in pairwise(levels))
    ids = re.findall(r'\bid="([^"]+)"', html)
    assert len(ids) == len(set(ids))
    anchors = set(re.findall(r'href="#([^"]+)"', html))
    assert anchors <= set(ids)


def test_hostile_values_are_escaped(tables: Tables) -> None:
    sheet = sheet_of(tables, "scm20b-20")
    fact = replace(sheet.facts[0], value=HOSTILE, note_fr=HOSTILE, note_en=HOSTILE, quote=HOSTILE)
    hostile = replace(
        sheet,
        name=HOSTILE,
        other_names=(HOSTILE,),
        commune=Named("1", HOSTILE),
        region=Named('"><b>', HOSTILE),
        facts=(fact, *sheet.facts[1:]),
        status=HOSTILE,
        notes=HOSTILE,
        bearer=HOSTILE,
        previous=Named("x", HOSTILE),
    )
    html = page_of(tables, hostile)
    assert "<script" not in html
    assert "<b>" not in html
    assert len(draft(hostile, "fr")[0]) > 0


@pytest.mark.parametrize("language", LANGUAGES)
def test_an_unknown_site_names_what_was_asked_escaped_and_cut(language: str) -> None:
    html = to_html(draw_missing_site(HOSTILE, (Named("scm20b-20", "ZAC d’Ozans"),), Selection(language=language)))
    assert "<script" not in html
    assert "/sites/scm20b-20" in html
    assert len(html) < 2_000


def test_a_contact_is_never_invented(tables: Tables) -> None:
    with_bearer = page_of(tables, sheet_of(tables, "scm20b-20"))
    without = page_of(tables, sheet_of(tables, "scm20b-01"))
    assert "Contact non renseigné. Porteur du site énoncé par la source" in with_bearer
    assert "Contact et porteur non renseignés" in without


@pytest.mark.parametrize("language", LANGUAGES)
def test_questions_are_exactly_the_unknown_fields(tables: Tables, language: str) -> None:
    sheet = sheet_of(tables, "scm24-17")
    asked = questions_of(sheet, language)
    assert sorted(asked) == sorted(field.ask(language) for field in sheet.unknown)


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_draft_fits_and_asks_only_what_is_missing(tables: Tables, language: str) -> None:
    for code in tables["sites"]["site_id"]:
        sheet = sheet_of(tables, code)
        address, n = draft(sheet, language)
        assert address.startswith("mailto:?subject=")
        assert len(address) <= MAX_DRAFT
        assert n >= 3
        body = unquote(address.split("&body=")[1])
        assert re.findall(r"^- (.*)$", body, re.MULTILINE) == list(questions_of(sheet, language)[:n])


def test_words_of_the_typed_facts_have_their_english(tables: Tables) -> None:
    rows = tables["sites-faits"]
    words = set(rows.loc[rows["champ"].isin(WORDS), "valeur"]) - NAMES
    assert words <= set(english_words())
    sectors = set(tables["sites"]["secteurs"].dropna())
    assert sectors <= set(english_words())


def test_values_are_shown_in_the_language(tables: Tables) -> None:
    sheet = sheet_of(tables, "scm24-17")
    siding, area = sheet.fact("reseau_fret_ferroviaire"), sheet.fact("site_surf_utile")
    assert siding is not None
    assert area is not None
    assert (show_value(siding, "fr"), show_value(siding, "en")) == ("oui", "yes")
    assert show_value(area, "fr") == "35\u00a0ha"
    period = sheet_of(tables, "scm24-16").fact("disponibilite")
    assert period is not None
    assert show_value(period, "en") == "2025–2030"


def test_a_circle_is_as_far_as_it_says_in_every_direction() -> None:
    lon, lat = 3.0, 47.0
    ring = circle(lon, lat, 25)["coordinates"][0]
    west, south, east, north = frame_around(lon, lat, 25)
    assert min(point[0] for point in ring) == pytest.approx(west, abs=1e-3)
    assert max(point[1] for point in ring) == pytest.approx(north, abs=1e-3)
    assert ring[0] == ring[-1]
    assert (east - lon) > (north - lat) > 0
    assert south < lat


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_method_counts_what_the_data_hold(tables: Tables, language: str) -> None:
    method = method_of(tables)
    html = to_html(draw_method(method, Selection(language=language)))
    assert "{" not in html
    assert len(method.fields) == len(contract.sheet_fields())
    assert method.n_sites == len(tables["sites"])
    assert method.n_commune + method.n_unlocated == method.n_sites
    announced = {wave.wave: wave.announced for wave in method.waves}
    assert announced["2020-01"] == 12
    assert announced["2020-07"] == 66
    areas = int(pd.Series(tables["sites"]["surface_ha"]).notna().sum())
    known = {item.criterion.name: item.n_known for item in method.criteria}
    assert known["surface"] == areas
    assert number(areas, language) in html
    assert method.example is not None
    assert method.example_name in html.replace("&#x27;", "'")
