from dataclasses import replace

import pytest
from dash import Dash

from callbacks.cache import Answers, make_cache
from geodata.repository import Tables
from state import Selection


def count_calls(tables: Tables, selection: Selection) -> list[str]:
    CALLS.append(selection.to_query())
    return [selection.language, tables.manifest.hash]


CALLS: list[str] = []


@pytest.fixture
def fresh(app: Dash, tables: Tables) -> Answers:
    CALLS.clear()
    cache = make_cache(app, "memory://", 60)
    return Answers(tables, cache)


def test_the_same_question_is_asked_once(fresh: Answers) -> None:
    selection = Selection.from_query("region=32")
    assert fresh.of(count_calls, selection) == fresh.of(count_calls, selection)
    assert len(CALLS) == 1


def test_another_selection_or_language_is_another_answer(fresh: Answers) -> None:
    for query in ("region=32", "region=44", "region=32&lang=en"):
        fresh.of(count_calls, Selection.from_query(query))
    assert len(CALLS) == 3


def test_a_new_publication_never_meets_an_old_answer(app: Dash, tables: Tables, fresh: Answers) -> None:
    fresh.of(count_calls, Selection())
    republished = replace(tables, manifest=replace(tables.manifest, hash="0" * 64))
    renewed = Answers(republished, make_cache(app, "memory://", 60))
    renewed.of(count_calls, Selection())
    assert len(CALLS) == 2


@pytest.mark.parametrize("url", ["file:///etc", "", "memcached://x"])
def test_an_unknown_cache_is_refused_with_what_was_expected(app: Dash, url: str) -> None:
    with pytest.raises(ValueError, match="memory://"):
        make_cache(app, url, 60)
