"""``/presentation`` and ``/presentation/scenes``: what the browser sends is read, checked, drawn and forgotten."""

import json
import re
from typing import Any

import pytest
import yaml
from flask.testing import FlaskClient
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import presentations
from geodata.repository import Tables
from pages.hall import presentation_named
from pages.scenes import MAX_BYTES
from state.scene import write_presentation

SCENES = "/presentation/scenes"
WORDS = {"fr": "Titre", "en": "Title"}
ASKED = ("verifier", "lire", "salle", "console", "fichier")


def document(**more: Any) -> dict[str, Any]:
    return {"titre": WORDS, "scenes": [{"id": "un", "titre": WORDS, **more}]}


def post(client: FlaskClient, asked: str, body: Any, language: str = "fr") -> Any:
    written = body if isinstance(body, bytes) else json.dumps(body).encode()
    answer = client.post(f"{SCENES}?pour={asked}&lang={language}", data=written, content_type="text/plain")
    assert answer.status_code < 500
    assert answer.headers["Cache-Control"] == "no-store"
    return answer.get_json() if answer.is_json else answer.get_data(as_text=True)


@pytest.mark.parametrize("language", ["fr", "en"])
def test_the_page_lists_every_presentation_without_script(client: FlaskClient, language: str) -> None:
    page = client.get(f"/presentation?lang={language}").get_data(as_text=True)
    for address in (
        "mode=salle&amp;p=assemblee-3",
        "mode=console&amp;p=assemblee-3",
        "mode=kiosk&amp;p=assemblee-3",
        f"/telecharger/presentation/assemblee-3.pptx?lang={language}",
        f"/telecharger/presentation/assemblee-3-valise.zip?lang={language}",
    ):
        assert address in page
    assert len(re.findall(r'<option value="region-\w+"', page)) == 18
    assert "aria-current" in page


def test_a_region_is_chosen_by_the_address(client: FlaskClient) -> None:
    page = client.get("/presentation?p=region-53").get_data(as_text=True)
    assert '<option value="region-53" selected>' in page
    assert "mode=salle&amp;p=region-53" in page


@pytest.mark.parametrize(
    "query", ["p=region-99", "p=inconnue", "mode=autre", "mode=salle&p=inconnue", "mode=salle&p=moi-<b>", "p=moi-A"]
)
def test_what_names_nothing_is_said(client: FlaskClient, query: str) -> None:
    assert client.get(f"/presentation?{query}").status_code == 404


@pytest.mark.parametrize("mode", ["salle", "kiosk", "console"])
def test_a_presentation_of_the_browser_is_a_bare_page(client: FlaskClient, mode: str) -> None:
    page = client.get(f"/presentation?mode={mode}&p=moi-abc123").get_data(as_text=True)
    assert 'id="mine"' in page
    assert "mine.mjs" in page
    assert "shell-header" not in page
    assert "moi-abc123" not in page


def test_every_shipped_presentation_can_be_copied(client: FlaskClient, tables: Tables) -> None:
    for name in (*presentations.SHIPPED, "region-32"):
        found = client.get(f"{SCENES}?p={name}").get_json()["presentation"]
        named = presentation_named(tables, name)
        assert named is not None
        assert found == write_presentation(named)
        assert post(client, "verifier", found) == {"faults": []}
    assert client.get(f"{SCENES}?p=rien").status_code == 404


def test_the_hall_is_drawn_from_what_the_browser_sends(client: FlaskClient) -> None:
    answer = post(client, "salle", document(vue="region=32", phrase={"fr": "<b>Gras</b>", "en": "Bold"}))
    assert answer["title"] == "Titre"
    assert 'id="hall"' in answer["html"]
    assert "&lt;b&gt;Gras" in answer["html"]
    assert "<b>" not in answer["html"]
    assert "Title" in post(client, "salle", document(), "en")["html"]


def test_the_console_of_the_browser_opens_its_own_hall(client: FlaskClient) -> None:
    answer = client.post(f"{SCENES}?pour=console&p=moi-abc", data=json.dumps(document())).get_json()
    assert "mode=salle&amp;p=moi-abc" in answer["html"]
    other = client.post(f"{SCENES}?pour=console&p=%22%3E%3Cscript", data=json.dumps(document())).get_json()
    assert "<script" not in other["html"]


def test_a_file_goes_out_and_comes_back_the_same(client: FlaskClient) -> None:
    sent = document(notes={"fr": "Une : note\nà deux lignes", "en": "« x » #1"}, chiffres=["sites-78"], vue="region=32")
    written = post(client, "fichier", sent)
    assert yaml.safe_load(written)["scenes"][0]["id"] == "un"
    assert post(client, "lire", written.encode())["presentation"]["scenes"][0]["notes"] == sent["scenes"][0]["notes"]
    assert post(client, "lire", b"\xef\xbb\xbf" + written.encode()) == post(client, "lire", written.encode())


def test_every_fault_is_told_with_its_place_in_both_languages(client: FlaskClient) -> None:
    bad = document(fond="mars", titre={"fr": ""}, couleur="x")
    fr, en = (post(client, "verifier", bad, language)["faults"] for language in ("fr", "en"))
    places = {"scenes[1].fond", "scenes[1].titre.fr", "scenes[1].titre.en", "scenes[1].couleur"}
    assert {item["where"] for item in fr} == places
    assert any(item["reason"].startswith("attendu") for item in fr)
    assert any(item["reason"].startswith("expected") for item in en)


def test_what_the_data_do_not_hold_is_told(client: FlaskClient) -> None:
    faults = post(client, "verifier", document(chiffres=["inconnu-1"], cadre="region:99"))["faults"]
    assert {item["where"] for item in faults} == {"scenes[1].chiffres", "scenes[1].cadre"}
    assert post(client, "verifier", document(cadre="departement:59"))["faults"] == []


def test_too_big_is_refused_before_it_is_read(client: FlaskClient, monkeypatch: pytest.MonkeyPatch) -> None:
    def never(*_: object) -> None:
        raise AssertionError("the body was read")

    monkeypatch.setattr(presentations, "parse", never)
    answer = client.post(f"{SCENES}?pour=lire", data=b"x" * (MAX_BYTES + 1))
    assert answer.status_code == 413
    assert "400000" in answer.get_json()["faults"][0]["reason"]


HOSTILE = (
    b"",
    b"\xff\xfe\x00",
    b"[" * 100_000,
    b"{a: " * 50_000,
    b"- " * 90_000,
    b"titre: 2020-13-45",
    b"titre: " + b"9" * 5000,
    b"a: &a [x]\nb: *a",
    b"!!python/object/apply:os.system ['true']",
    b"\x00",
    b'{"titre": "\\ud800", "scenes": [{"id": "a", "titre": "\\ud800", "vue": "\\udfff", "\\ud800": 1}]}',
    b'{"titre": {"fr": "a", "en": "b"}, "scenes": [{"id": "\\ud800", "titre": "a\\u0000b"}]}',
    b'{"titre": "a", "scenes": [{"id": "a", "titre": "b", "cadre": "1e400,-1e400,nan,inf"}]}',
    b'{"titre": "a", "scenes": [{"id": "a", "titre": "b", "vue": "q=%ff&region=%00&date=9999-99-99"}]}',
    b'{"titre": "a", "scenes": [{"id": "a", "titre": "b", "fond": [], "graphique": {}, "chiffres": [null]}]}',
)


@pytest.mark.parametrize("asked", [*ASKED, "autre", ""])
@pytest.mark.parametrize("body", HOSTILE, ids=range(len(HOSTILE)))
def test_a_hostile_body_is_never_an_error_of_the_server(client: FlaskClient, asked: str, body: bytes) -> None:
    post(client, asked, body)


ANY = st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=30)
SCENE = st.fixed_dictionaries(
    {"id": st.from_regex(r"[a-z]{1,8}", fullmatch=True), "titre": st.just(WORDS)},
    optional={
        "vue": st.text(max_size=60) | st.from_regex(r"(region|couches|date|sel)=[a-z0-9:,-]{0,12}", fullmatch=True),
        "cadre": st.sampled_from(["france", "region:32", "site:x", "projet:1", "1,2,3,4", "-180,-85,180,85"]) | ANY,
        "fond": st.sampled_from(["carte", "tuiles", "aucun"]),
        "graphique": st.sampled_from(["", "mesure", "filiere", "mois", "sites", "barometre"]),
        "chiffres": st.lists(st.sampled_from(["sites-78", "x", "\x00"]), max_size=3),
        "phrase": st.just({"fr": "{sites-78} {", "en": "}{x}"}),
    },
)


@settings(max_examples=12, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(scene=SCENE)
def test_any_scene_is_drawn_or_its_faults_told(client: FlaskClient, scene: dict[str, Any]) -> None:
    for asked in ("salle", "console"):
        answer = post(client, asked, {"titre": WORDS, "scenes": [scene]})
        assert "html" in answer or answer["faults"]
