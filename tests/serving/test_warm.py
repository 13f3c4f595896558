from typing import Any

from serving.warm import BROWSER_ENCODINGS, warm


def test_every_address_is_asked_as_a_browser_asks_and_failures_stop_nothing() -> None:
    asked: list[tuple[str, str, str, str]] = []

    def application(environ: dict[str, Any], start_response: Any) -> list[bytes]:
        names = ("PATH_INFO", "QUERY_STRING", "HTTP_HOST", "HTTP_ACCEPT_ENCODING")
        asked.append(tuple(environ[name] for name in names))
        if environ["PATH_INFO"] == "/broken":
            raise RuntimeError("broken")
        start_response("404 NOT FOUND" if environ["PATH_INFO"] == "/gone" else "200 OK", [])
        return [b"page"]

    rests: list[float] = []
    addresses = ("/suivi", "/broken", "/gone", "/sites?lang=en")
    assert warm(application, addresses, "atlas.example:80", rests.append) == ["/broken", "/gone"]
    assert asked[0] == ("/suivi", "", "atlas.example:80", BROWSER_ENCODINGS)
    assert asked[3][:2] == ("/sites", "lang=en")
    assert len(rests) == 4
    assert all(rest >= 0 for rest in rests)
