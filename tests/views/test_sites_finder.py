"""The site finder's drawing: what it says adds up, escapes, and needs no script."""

import re
from dataclasses import replace

import pytest
from hypothesis import given

import contract
from geodata.models.ranking import Finder
from geodata.queries.finder import PAGE_SIZE, find_sites, site_rows
from geodata.queries.ranking import assess
from geodata.repository import Tables
from state.needs import Needs
from state.needs_presets import CRITERIA, GROUPS, PRESETS
from tests.strategies_needs import asked_needs
from views.elements import Html, e, raw
from views.sites.bars import draw_bar, draw_contributions
from views.sites.compare import draw_comparison
from views.sites.form import draw_form
from views.sites.marks import draw_marks
from views.sites.radar import axes_of, draw_radar
from views.sites.results import draw_results

HOSTILE = "<img src=x onerror=alert(1)>"


def found(tables: Tables, query: str) -> tuple[Finder, Needs]:
    needs = Needs.from_query(query)
    return find_sites(tables, needs), needs


def test_every_child_and_value_is_escaped_once() -> None:
    assert e("p", "<b>", e("i", "a&b"), None, False, title='"<') == '<p title="&quot;&lt;">&lt;b&gt;<i>a&amp;b</i></p>'
    assert (
        e("input", type="checkbox", checked=True, disabled=False, value=0)
        == '<input type="checkbox" checked value="0">'
    )
    assert isinstance(raw("<svg/>"), Html)


@pytest.mark.parametrize("language", contract.LANGUAGES)
def test_the_form_holds_every_weight_and_comes_back_the_same(tables: Tables, language: str) -> None:
    answer, needs = found(
        tables, f"lang={language}&profil=batterie&region=32,44&departement=59,62&nomme=rail&liste=scm20b-12"
    )
    html = draw_form(needs, answer.stated, answer.total, answer.places)
    fields = re.findall(r"<input ([^>]*)>", html)
    pairs = []
    for field in fields:
        kind, name, value = (re.search(rf'{key}="([^"]*)"', field) for key in ("type", "name", "value"))
        is_sent = kind and (kind[1] not in ("checkbox", "radio") or " checked" in field)
        if is_sent and name:
            pairs.append(f"{name[1]}={value[1] if value else ''}")
    for name, options in re.findall(r'<select name="(\w+)">(.*?)</select>', html):
        chosen = re.search(r'value="([^"]*)" selected', options)
        pairs.append(f"{name}={chosen[1] if chosen else ''}")
    assert Needs.from_query("&".join(pairs)) == replace(needs, sort="rang", page=1)
    assert all(f'name="p_{name}"' in html for name in CRITERIA)


@given(asked_needs())
def test_any_needs_are_drawn_and_the_map_and_its_tray_add_up(tables: Tables, needs: Needs) -> None:
    answer = find_sites(tables, needs)
    html = draw_results(answer, needs)
    assert html.count("data-site=") == len(answer.sites) <= PAGE_SIZE
    marks = draw_marks(answer, needs)
    missing = sum(answer.rows[site]["lon"] is None for site, _ in answer.marks)
    assert marks.count("data-mark=") + missing == answer.n_kept
    assert f'data-address="/sites{"?" if needs.to_query() else ""}' in html


def test_a_hostile_word_stays_a_word(tables: Tables) -> None:
    answer, needs = found(tables, f"q={HOSTILE}")
    html = draw_results(answer, needs) + draw_form(needs, answer.stated, answer.total, answer.places)
    assert "<img" not in html
    assert "&lt;img" in html


def test_the_bar_is_as_wide_as_the_best_case_and_its_twin_says_the_same(tables: Tables) -> None:
    answer, _ = found(tables, "profil=logistique")
    for site in answer.sites:
        widths = [float(value) for value in re.findall(r"width:([\d.]+)%", draw_bar(site, "en"))]
        assert sum(widths) == pytest.approx(site.high, abs=1.5)
        table = draw_contributions(site, "en")
        assert table.count("<tr>") - 2 == sum(1 for item in site.contributions if item.weight)
        assert f"{site.score:.1f}</td></tr></tfoot>" in table


def test_every_relax_link_takes_exactly_one_filter_off(tables: Tables) -> None:
    answer, needs = found(tables, "region=32&surface_min=50&gare_fret=10&nomme=rail&projets=5")
    html = draw_results(answer, needs)
    links = re.findall(r'href="/sites\??([^"]*)" class="effect-relax"', html)
    assert len(links) == len(answer.effects) == 6
    for effect, link in zip(answer.effects, links, strict=True):
        assert Needs.from_query(link.replace("&amp;", "&")) == needs.without(effect.name)


def test_no_site_gives_ways_back_fewest_filters_first(tables: Tables) -> None:
    answer, needs = found(tables, "surface_min=400&gare_fret=4&region=32&inconnus=non")
    assert answer.n_kept == 0
    html = draw_results(answer, needs)
    ways = re.findall(r'<a href="/sites\??([^"]*)" class="button">', html)
    regained = [find_sites(tables, Needs.from_query(way.replace("&amp;", "&"))).n_kept for way in ways]
    assert len(ways) > 1
    assert all(regained)


def test_a_comparison_marks_differences_unknowns_and_gaps(tables: Tables) -> None:
    needs = Needs.from_query("lang=en&sites=scm20b-12,scm20b-03,scm24-25")
    sites = assess(tables, needs, needs.compared)
    html = draw_comparison(sites, site_rows(tables), needs)
    assert html.count('scope="col"') == 3
    assert "is-different" in html
    assert "not stated" in html
    radar = draw_radar(sites, ["a", "b", "c"], "en")
    known = sum(site.contribution(name).is_known for site in sites for name in axes_of(sites))
    assert radar.count('r="4"') == known < 3 * len(axes_of(sites))


@pytest.mark.parametrize("query", ["", "sites=scm20b-12", "sites=nobody,scm20b-12"])
def test_fewer_than_two_sites_are_no_comparison(tables: Tables, query: str) -> None:
    needs = Needs.from_query(query)
    html = draw_comparison(assess(tables, needs, needs.compared), site_rows(tables), needs)
    assert "<table" not in html


def test_every_profile_and_group_has_its_place_in_the_form(tables: Tables) -> None:
    answer, needs = found(tables, "")
    html = draw_form(needs, answer.stated, answer.total, answer.places)
    assert all(f"profil={name}" in html for name in PRESETS)
    assert all(f"key-{group}" in html for group in GROUPS)


def test_a_page_beyond_the_last_is_the_last(tables: Tables) -> None:
    answer, _ = found(tables, "page=999")
    assert answer.page == answer.pages
    assert answer.sites
