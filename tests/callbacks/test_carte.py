"""The callbacks as plain functions: an address in, what is drawn out."""

import json

import orjson
import pytest

from callbacks.cache import Answers
from callbacks.carte import show_list, show_notice
from callbacks.charts import draw_charts
from callbacks.drawer import open_drawer
from geodata.repository import Tables
from ids import Charts


def test_the_list_is_empty_while_the_map_is_shown(answers: Answers) -> None:
    assert show_list(answers, "region=32") == ""
    assert "3" in json.dumps(show_list(answers, "vue=liste"))


@pytest.mark.parametrize("tab", ["projets", "sites", "territoires", "regions"])
@pytest.mark.parametrize("query", ["", "q=zzzz", "region=32", "page=9999", "lang=en", "tri=-nom"])
def test_every_list_can_be_drawn(answers: Answers, tab: str, query: str) -> None:
    assert show_list(answers, f"vue=liste&onglet={tab}&{query}")


def test_a_link_that_names_the_unknown_says_so(answers: Answers) -> None:
    assert show_notice(answers, "region=32") == ""
    assert "99" in json.dumps(show_notice(answers, "region=99"))


def test_charts_come_in_the_order_of_their_outputs(answers: Answers) -> None:
    figures, *others = orjson.loads(orjson.dumps(draw_charts(answers, "")))
    assert list(figures) == list(Charts.all)
    assert all({"data", "layout"} <= set(figure) for figure in figures.values())
    assert len(others) == 3 * len(Charts.all)


def test_the_answer_for_the_charts_is_small(answers: Answers) -> None:
    assert len(orjson.dumps(draw_charts(answers, ""))) < 120_000


def test_the_drawer_opens_closes_and_explains_what_is_gone(answers: Answers, tables: Tables) -> None:
    assert list(open_drawer(answers, "")) == ["", True]
    content, is_hidden = open_drawer(answers, "sel=site:disparu")
    assert content
    assert not is_hidden


def test_every_kind_of_object_has_a_drawer(answers: Answers, tables: Tables) -> None:
    first = {
        "territoire": tables["territoires"]["territoire_id"].iloc[0],
        "region": "32",
        "commune": tables["communes"]["code_insee"].iloc[0],
    }
    for language in ("fr", "en"):
        for kind, code in first.items():
            assert open_drawer(answers, f"sel={kind}:{code}&lang={language}")[0]
        for code in tables["sites"]["site_id"]:
            assert open_drawer(answers, f"sel=site:{code}&lang={language}")[0]
        for code in tables["projets"]["projet_id"].iloc[::200]:
            assert open_drawer(answers, f"sel=projet:{code}&lang={language}")[0]
