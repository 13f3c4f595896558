"""What costs the server is bounded, and a hall full of visitors still gets its pages."""

import json
import threading
from collections.abc import Callable
from typing import Any

import pytest
from dash import Dash
from flask import Flask, Response
from flask.testing import FlaskClient
from hypothesis import given
from hypothesis import strategies as st

from security import MAX_BODY, limits
from security.bodies import MAX_BYTES, MAX_VALUE, PATH, Unfit, check_body
from security.pace import MAX_KNOWN, Pace, Places
from settings import Settings
from tests.wiring import body_of, dependencies

DEEP = "[" * 30_000
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=9), inner, max_size=4),
    max_leaves=12,
)


def make_server(per_minute: int = 60, threads: int = 4) -> Flask:
    server = Flask("limited")
    server.before_request(limits.register(server, per_minute, threads))
    for rule in ("/telecharger/<name>", "/sites/<name>.pdf", "/sites", "/telecharger/donnees/<name>"):
        server.add_url_rule(rule, rule, lambda **_: "made")
    return server


def test_an_address_may_ask_for_many_files_then_waits() -> None:
    client = make_server().test_client()
    answers = [client.get("/telecharger/projets.csv") for _ in range(121)]
    assert [answer.status_code for answer in answers[:120]] == [200] * 120
    assert answers[120].status_code == 429
    assert int(answers[120].headers["Retry-After"]) >= 1
    assert "Réessayez" in answers[120].get_data(as_text=True)
    other = client.get("/telecharger/projets.csv", environ_overrides={"REMOTE_ADDR": "192.0.2.7"})
    assert other.status_code == 200


def test_the_refusal_speaks_the_language_of_the_address() -> None:
    client = make_server(per_minute=1).test_client()
    said = [client.get("/telecharger/projets.csv?lang=en").get_data(as_text=True) for _ in range(3)]
    assert "Try again" in said[-1]


def test_pages_and_published_files_have_no_limit() -> None:
    """Five hundred visitors behind one address."""
    client = make_server(per_minute=1).test_client()
    assert {client.get("/sites").status_code for _ in range(500)} == {200}
    assert {client.get("/telecharger/donnees/sites.parquet").status_code for _ in range(500)} == {200}


def test_a_hall_of_five_hundred_may_take_a_file_each(client: FlaskClient) -> None:
    pace = Pace(Settings().expensive_per_minute, now=lambda: 0.0)
    assert [pace.wait_s("198.51.100.1") for _ in range(500)] == [0] * 500


def test_no_limit_when_the_setting_says_so() -> None:
    client = make_server(per_minute=0).test_client()
    assert {client.get("/telecharger/projets.csv").status_code for _ in range(300)} == {200}


def test_what_was_used_comes_back_with_time() -> None:
    clock = [0.0]
    pace = Pace(60, now=lambda: clock[0])
    assert [pace.wait_s("a") for _ in range(121)].count(0) == 120
    clock[0] = 10.0
    assert [pace.wait_s("a") for _ in range(11)].count(0) == 10


def test_strangers_do_not_fill_the_memory() -> None:
    pace = Pace(60, now=lambda: 0.0)
    for number in range(MAX_KNOWN + 500):
        pace.wait_s(str(number))
    assert len(pace._buckets) == MAX_KNOWN


def test_heavy_work_leaves_a_thread_for_pages() -> None:
    """Two at work and one waiting of four threads; a fourth is told to come back, at once."""
    places = Places(2, patience_s=30)
    assert places.enter()
    assert places.enter()
    waiting = threading.Thread(target=places.enter)
    waiting.start()
    while places._queue._value:
        pass
    assert places.enter() is False
    places.leave()
    waiting.join(timeout=5)
    assert not waiting.is_alive()


def test_who_waits_too_long_is_let_go_and_a_place_comes_back() -> None:
    places = Places(1, patience_s=0.01)
    assert places.enter()
    assert places.enter() is False
    places.leave()
    assert places.enter()


@pytest.mark.parametrize(
    ("method", "address", "is_heavy"),
    [
        ("GET", "/telecharger/vue.html?region=32", True),
        ("GET", "/telecharger/vue-sites.pptx", True),
        ("GET", "/telecharger/presentation/assemblee-3.html", True),
        ("POST", "/presentation/scenes?pour=salle&lang=en", True),
        ("POST", "/presentation/scenes?pour=console", True),
        ("POST", "/presentation/scenes?pour=verifier", False),
        ("GET", "/presentation/scenes?p=assemblee-3", False),
        ("GET", "/telecharger/projets.csv", False),
    ],
)
def test_what_draws_for_long_takes_a_place(method: str, address: str, is_heavy: bool) -> None:
    """It is told to come back when none is left."""
    server = Flask("limited")
    server.before_request(limits.register(server, 0, 2))
    entered: list[bool] = []
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Places, "enter", lambda _: entered.append(True))
        with server.test_request_context(address, method=method):
            answer = server.preprocess_request()
    assert bool(entered) is is_heavy
    assert (answer.status_code if isinstance(answer, Response) else 0) == (503 if is_heavy else 0)


def test_a_failed_document_gives_its_place_back() -> None:
    server = make_server(threads=2)

    def fail(**_: str) -> str:
        raise ValueError

    server.view_functions["/sites/<name>.pdf"] = fail
    client = server.test_client()
    assert [client.get("/sites/a.pdf").status_code for _ in range(5)] == [500] * 5


@pytest.mark.parametrize("address", ["/sites/verifier", "/sites", "/", "/telecharger/projets.csv", "/rien"])
@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "PATCH", "TRACE"])
def test_other_methods_are_refused(client: FlaskClient, address: str, method: str) -> None:
    assert client.open(address, method=method).status_code == 405


@pytest.mark.parametrize(
    "address",
    ["/sources/verifier", *(f"/presentation/scenes?pour={name}" for name in ("verifier", "salle", "fichier")), PATH],
)
def test_a_body_too_long_is_refused_unread(client: FlaskClient, address: str) -> None:
    answer = client.post(address, data=b"x" * (MAX_BODY + 1), content_type="application/json")
    assert answer.status_code == 413


def test_hosts_are_those_of_the_setting(settings: Settings) -> None:
    from app import create_app

    client = create_app(settings.model_copy(update={"hosts": "atlas.example"})).server.test_client()
    assert client.get("/sources", base_url="https://atlas.example").status_code == 200
    assert client.get("/sources", base_url="http://localhost").status_code == 200
    assert client.get("/sources", base_url="https://evil.example").status_code == 400


@pytest.mark.parametrize("host", ["a b", "x\x00y", "[::1", "a/../b", "é.example", "a" * 300, ""])
def test_a_broken_host_is_never_a_fault_of_ours(client: FlaskClient, host: str) -> None:
    encoded = host.encode().decode("latin-1")
    answer = client.get("/mesures.ics", environ_overrides={"HTTP_HOST": encoded})
    assert answer.status_code < 500


BROKEN: dict[str, Any] = {
    "nothing": b"",
    "no json": b"{",
    "not utf-8": b"\xff\xfe{}",
    "a list": b"[]",
    "null": b"null",
    "a number": b"1e999",
    "an empty object": b"{}",
    "deep": DEEP.encode(),
    "an unknown callback": b'{"output": "x.y", "inputs": [], "changedPropIds": []}',
    "an output that is a list": b'{"output": [1], "inputs": []}',
    "a long number": b'{"output": ' + b"9" * 5_000 + b"}",
}


@pytest.mark.parametrize("name", BROKEN)
def test_a_broken_callback_body_is_a_400(client: FlaskClient, name: str) -> None:
    answer = client.post(PATH, data=BROKEN[name], content_type="application/json")
    assert answer.status_code == 400
    assert "Traceback" not in answer.get_data(as_text=True)


def test_another_type_of_body_is_refused(client: FlaskClient) -> None:
    assert client.post(PATH, data=b"{}", content_type="text/plain").status_code == 400


def first_callback(client: FlaskClient) -> dict[str, Any]:
    return next(item for item in dependencies(client) if not item.get("clientside_function"))


Change = Callable[[dict[str, Any]], Any]
CHANGES: dict[str, Change] = {
    "a value that is an object": lambda body: body["inputs"][0].update(value={"a": 1}),
    "a value that is a number": lambda body: body["inputs"][0].update(value=1),
    "a value that is too long": lambda body: body["inputs"][0].update(value="x" * (MAX_VALUE + 1)),
    "another input": lambda body: body["inputs"][0].update(id="other"),
    "an input that is a list": lambda body: body["inputs"].__setitem__(0, []),
    "no input": lambda body: body.update(inputs=[]),
    "one input more": lambda body: body["inputs"].append(body["inputs"][0]),
    "another output": lambda body: body.update(outputs={"id": "a", "property": "b"}),
    "no outputs": lambda body: body.update(outputs=None),
    "a state that none declared": lambda body: body.update(state=[{"id": "a", "property": "b"}]),
    "no state": lambda body: body.update(state=None),
    "a state that is false": lambda body: body.update(state=False),
    "a trigger that is no input": lambda body: body.update(changedPropIds=["a.b"]),
    "triggers that are no texts": lambda body: body.update(changedPropIds=[{}]),
    "no list of triggers": lambda body: body.update(changedPropIds="a.b"),
}


@pytest.mark.parametrize("name", CHANGES)
def test_a_body_is_the_one_that_the_callback_declares(app: Dash, client: FlaskClient, name: str) -> None:
    sent = json.loads(json.dumps(body_of(first_callback(client), {})))
    check_body(sent, app.callback_map)
    CHANGES[name](sent)
    answer = client.post(PATH, json=sent)
    assert answer.status_code == 400
    assert answer.get_data(as_text=True).strip()


@given(JSON)
def test_any_json_is_a_body_or_unfit(body: Any) -> None:
    with pytest.raises(Unfit):
        check_body(body, {})


def test_a_body_at_the_limit_is_read(client: FlaskClient) -> None:
    assert client.post(PATH, data=b" " * MAX_BYTES, content_type="application/json").status_code == 400
    assert client.post(PATH, data=b" " * (MAX_BYTES + 1), content_type="application/json").status_code == 413
