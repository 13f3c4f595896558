"""What every answer says to the browser, whoever gives it."""

from dataclasses import dataclass

import pytest
from dash import Dash
from flask.testing import FlaskClient
from werkzeug.test import Client

from security.headers import Headers
from security.policy import Policies
from settings import Settings

ANSWERS = (
    *("/", "/?lang=en&vue=liste", "/sites", "/suivi", "/sources", "/presentation", "/presentation?mode=salle"),
    *("/telecharger/projets.csv?region=32", "/telecharger/rien", "/changements.atom", "/importes.json", "/mesures.ics"),
    *("/_dash-dependencies", "/_dash-layout", "/rien", "/assets/rien.js", "/sites/rien.pdf", "/sites/rien"),
)


def rules_of(policy: str) -> dict[str, list[str]]:
    parts = (part.split() for part in policy.split(";"))
    return {name: values for name, *values in parts}


def static_addresses(page: str) -> list[str]:
    return [part.split('"')[0] for part in page.split('="')[1:] if part.startswith("/assets/")]


@pytest.mark.parametrize("address", ANSWERS)
def test_every_answer_carries_the_headers_and_no_cookie(client: FlaskClient, address: str) -> None:
    headers = client.get(address).headers
    assert headers.getlist("X-Content-Type-Options") == ["nosniff"]
    assert len(headers.getlist("Content-Security-Policy")) == 1
    assert headers["Referrer-Policy"]
    assert headers["Cross-Origin-Opener-Policy"] == "same-origin"
    assert "Set-Cookie" not in headers
    assert "Strict-Transport-Security" not in headers, "only behind TLS"


def test_static_files_and_refusals_carry_them_too(client: FlaskClient) -> None:
    found = static_addresses(client.get("/").get_data(as_text=True))
    assert {address.rpartition(".")[2] for address in found} >= {"css", "mjs", "js", "svg", "woff2"}
    for address in (*found, "/geodata/rien"):
        with client.get(address) as answer:
            assert "Content-Security-Policy" in answer.headers
    refused = client.post("/sites")
    assert refused.status_code == 405
    assert refused.headers["X-Content-Type-Options"] == "nosniff"


@pytest.mark.parametrize("address", ["/", "/sites", "/rien", "/presentation?mode=console"])
def test_a_page_runs_only_our_scripts(client: FlaskClient, address: str) -> None:
    rules = rules_of(client.get(address).headers["Content-Security-Policy"])
    assert rules["default-src"] == ["'none'"]
    scripts = rules["script-src"]
    assert scripts[0] == "'self'"
    assert all(value.startswith("'sha256-") for value in scripts[1:])
    assert rules["object-src"] == rules["base-uri"] == ["'none'"]
    assert rules["form-action"] == rules["frame-ancestors"] == ["'self'"]
    assert "unsafe-eval" not in str(rules)
    elsewhere = [value for values in rules.values() for value in values if "//" in value]
    assert set(elsewhere) <= {"https://data.geopf.fr"}


def test_an_atlas_without_the_base_map_names_no_third_party() -> None:
    assert "//" not in Policies(("'sha256-x'",)).of("text/html")
    tiles = Policies((), "https://tiles.example/wmts?x={x}")
    assert "https://tiles.example" in rules_of(tiles.of("text/html"))["img-src"]
    assert "https://tiles.example" not in rules_of(tiles.of("text/html"))["script-src"]


@pytest.mark.parametrize("kind", ["text/html", "image/svg+xml", "application/xml", "", "text/plain", "made/up"])
def test_what_a_browser_could_run_has_the_full_policy(kind: str) -> None:
    assert "script-src 'self'" in Policies().of(kind)


@pytest.mark.parametrize("kind", ["text/csv", "application/json", "application/zip", "font/woff2"])
def test_what_it_could_not_may_load_nothing(kind: str) -> None:
    assert rules_of(Policies().of(kind)) == {"default-src": ["'none'"], "frame-ancestors": ["'none'"]}


def test_a_page_is_framed_by_others_only_when_embedded_and_allowed() -> None:
    allowed = Policies(embedded_by=("https://journal.example",))
    assert rules_of(allowed.of("text/html", True))["frame-ancestors"] == ["'self'", "https://journal.example"]
    assert rules_of(allowed.of("text/html"))["frame-ancestors"] == ["'self'"]
    assert rules_of(Policies().of("text/html", True))["frame-ancestors"] == ["'self'"]


@dataclass
class Told:
    """An application that says some headers itself."""

    headers: list[tuple[str, str]]

    def __call__(self, _: object, start_response: object) -> list[bytes]:
        start_response("200 OK", list(self.headers))  # type: ignore[operator]
        return [b""]


def test_what_an_answer_says_of_itself_stays() -> None:
    own = [("Content-Type", "text/html"), ("referrer-policy", "no-referrer"), ("Content-Security-Policy", "sandbox")]
    headers = Client(Headers(Told(own), Policies())).get("/").headers
    assert headers.getlist("Referrer-Policy") == ["no-referrer"]
    assert headers.getlist("Content-Security-Policy") == ["sandbox"]


def test_tls_is_remembered_only_where_there_is_tls(app: Dash) -> None:
    client = app.server.test_client()
    assert "Strict-Transport-Security" in client.get("/sources", base_url="https://atlas.example").headers
    # A header that anybody can write is not believed unless a proxy is declared.
    assert "Strict-Transport-Security" not in client.get("/sources", headers={"X-Forwarded-Proto": "https"}).headers


def test_a_declared_proxy_is_believed_for_the_scheme_and_the_visitor_not_for_the_host(settings: Settings) -> None:
    from app import create_app

    client = create_app(settings.model_copy(update={"proxies": 1})).server.test_client()
    told = {"X-Forwarded-Proto": "https", "X-Forwarded-Host": "evil.example", "X-Forwarded-For": "198.51.100.9"}
    answer = client.get("/mesures.ics", headers=told)
    assert "Strict-Transport-Security" in answer.headers
    assert "https://localhost/mesures" in answer.get_data(as_text=True).replace("\r\n ", "")
    assert "evil.example" not in answer.get_data(as_text=True)
