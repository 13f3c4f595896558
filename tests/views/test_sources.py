import re
from typing import Any

import pandas as pd
import pytest

import contract
from geodata.repository import Tables
from views.markup import to_html
from views.sources import draw_cards, draw_files, draw_sources, file_size

HOSTILE = "<img src=x onerror=alert(1)>\u202e" + "y" * 10_000


@pytest.fixture(params=contract.LANGUAGES)
def language(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture
def drawn(tables: Tables, language: str) -> str:
    manifest = tables.manifest
    return to_html(draw_sources(manifest.sources, manifest.files, tables["couverture"], manifest.hash, language))


def source(**changes: Any) -> dict[str, Any]:
    entry = {
        "title": "Titre",
        "producer": "Producteur",
        "page_url": "https://example.org/",
        "licence": "Licence Ouverte 2.0",
        "licence_url": "https://example.org/licence",
        "millesime": "2020 à 2026",
        "date_published": None,
        "kind": "file",
        "sha256": "ab" * 32,
        "state": "ok",
        "note": None,
    }
    return entry | changes


def test_every_source_has_a_card_at_its_anchor(drawn: str, tables: Tables) -> None:
    for name in tables.manifest.sources:
        assert len(re.findall(f'id="{re.escape(name)}"', drawn)) == 1, name


def test_ids_are_unique(drawn: str) -> None:
    ids = re.findall(r'\sid="([^"]+)"', drawn)
    assert len(ids) == len(set(ids))


def test_every_inner_link_has_its_target(drawn: str) -> None:
    ids = set(re.findall(r'\sid="([^"]+)"', drawn))
    assert set(re.findall(r'href="#([^"]+)"', drawn)) <= ids


def test_every_published_file_is_offered(drawn: str, tables: Tables) -> None:
    for name in tables.manifest.files:
        assert f'href="/telecharger/donnees/{name}' in drawn


def test_every_field_of_the_contract_is_in_the_dictionary(drawn: str) -> None:
    for table in contract.tables().values():
        assert f'id="table-{table.name}"' in drawn
        for field in table.fields:
            assert f"<code>{field}</code>" in drawn


def test_every_table_has_a_caption_and_header_cells(drawn: str) -> None:
    assert drawn.count("<table") == drawn.count("<caption") == len(contract.tables()) + 1
    assert "<th>" not in drawn


def test_unknown_date_is_said_and_words_are_translated(language: str) -> None:
    card = to_html(draw_cards({"a": source()}, {}, language))
    assert contract.unknown(language) in card
    assert ("2020 to 2026" if language == "en" else "2020 à 2026") in card


def test_a_frozen_source_is_marked(language: str) -> None:
    for state in ("kept-changed", "kept-down", "missing"):
        assert "badge warning" in to_html(draw_cards({"a": source(state=state)}, {}, language))


def test_hostile_words_are_escaped_and_only_web_links_are_links() -> None:
    card = to_html(draw_cards({"a": source(title=HOSTILE, note=HOSTILE, page_url="javascript:alert(1)")}, {}, "fr"))
    assert "<img" not in card
    assert 'href="javascript' not in card


def test_a_document_is_not_said_to_match_a_fingerprint() -> None:
    assert "quoted document" in to_html(draw_cards({"a": source(sha256=None, kind="document")}, {}, "en"))


def test_backticks_of_a_note_become_code() -> None:
    assert "the <code>x_</code> columns" in to_html(draw_cards({"a": source(note="the `x_` columns")}, {}, "en"))


def test_a_document_without_fingerprint_or_page_has_neither() -> None:
    card = to_html(draw_cards({"a": source(sha256=None, page_url=None, licence_url=None)}, {}, "en"))
    assert "SHA-256" not in card
    assert "href" not in card


def test_sizes_are_in_the_readers_units() -> None:
    assert file_size(1_126_180, "fr") == "1,1\u202fMo"
    assert file_size(6_078, "en") == "6\u202fkB"
    assert file_size(12, "en") == "0.1\u202fkB"
    assert file_size(999_933, "fr") == "1\u202fMo"


def test_no_file_is_an_empty_table() -> None:
    assert "<tbody></tbody>" in to_html(draw_files({}, "fr"))


def test_an_empty_coverage_is_not_stated() -> None:
    empty = pd.DataFrame(columns=["table", "champ", "n", "n_renseignes"])
    assert contract.unknown("en") in to_html(draw_sources({}, {}, empty, "ab" * 32, "en"))
