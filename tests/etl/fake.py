"""A source, a catalogue and a network that exist only in memory."""

import hashlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

import httpx
import tenacity

from etl.catalog import MirrorOrigin, Origin, Source, UrlOrigin
from etl.fetch_http import Wire

URL = "https://data.example.org/demo.csv"
CONTENT = b"a,b\n1,2\n" + b"3,4\n" * 500
OTHER = b"a,b\n9,9\n"
PUBLIC_ADDRESS = "93.184.215.14"

Handler = Callable[[httpx.Request], httpx.Response]


def make_source(name: str = "demo", content: bytes = CONTENT, origins: tuple[Origin, ...] | None = None) -> Source:
    return Source(
        name=name,
        title="Demo",
        producer="Somebody",
        licence="Licence Ouverte 2.0",
        licence_url="https://example.org/licence",
        millesime="2024",
        filename="demo.csv",
        sha256=hashlib.sha256(content).hexdigest(),
        size=len(content),
        max_bytes=4 * len(content),
        content_types=("text/csv",),
        columns=("a", "b"),
        origins=origins if origins is not None else (UrlOrigin(URL), MirrorOrigin("demo/demo.csv")),
    )


@dataclass
class FakeNet:
    """Answers requests with a handler and keeps what it was asked."""

    handler: Handler
    addresses: Mapping[str, list[str]] = field(default_factory=dict)
    requests: list[httpx.Request] = field(default_factory=list)

    def wire(self) -> Wire:
        client = httpx.Client(transport=httpx.MockTransport(self._answer))
        return Wire(client, lambda host: list(self.addresses.get(host, [PUBLIC_ADDRESS])), tenacity.wait_none())

    def _answer(self, request: httpx.Request) -> httpx.Response:
        self.requests.append(request)
        return self.handler(request)


def serve(content: bytes = CONTENT, content_type: str = "text/csv; charset=utf-8") -> Handler:
    """A server that knows byte ranges."""

    def answer(request: httpx.Request) -> httpx.Response:
        headers = {"content-type": content_type}
        asked = request.headers.get("range")
        if asked is None:
            return httpx.Response(200, content=content, headers=headers)
        start = int(asked.removeprefix("bytes=").removesuffix("-"))
        if start >= len(content):
            return httpx.Response(416)
        headers["content-range"] = f"bytes {start}-{len(content) - 1}/{len(content)}"
        return httpx.Response(206, content=content[start:], headers=headers)

    return answer


def refuse(request: httpx.Request) -> httpx.Response:
    raise httpx.ConnectError("refused", request=request)
