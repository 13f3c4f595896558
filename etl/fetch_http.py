"""One file over HTTPS: time-outs, retries with back-off, resume, a size ceiling, and no way to a private address."""

import ipaddress
import socket
import time
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from urllib.parse import urljoin, urlsplit

import httpx
import tenacity

from etl.errors import SourceDown, SourceRefused

TIMEOUT = httpx.Timeout(30.0, connect=5.0)
USER_AGENT = "atlas-industrie-etl"
_MAX_REDIRECTS = 5
_EMBEDDING = (ipaddress.IPv6Network("64:ff9b::/96"), ipaddress.IPv6Network("::/96"))
_ATTEMPTS = 3
MAX_SECONDS = 600.0
"""For one file, all attempts together: a server that drips a byte now and then never trips the read time-out."""

Progress = Callable[[int, int | None], None]
Resolve = Callable[[str], list[str]]


@dataclass(frozen=True)
class HttpRules:
    """What an answer must respect: hosts that may be asked, accepted content types (empty: any), size in bytes."""

    hosts: frozenset[str]
    content_types: tuple[str, ...]
    max_bytes: int


@dataclass(frozen=True)
class Wire:
    """How to reach the network: the client, how names become addresses, how long to wait between attempts and in all.

    ``is_allowed`` says which addresses may be connected to: public ones. Tests give their own five.
    """

    client: httpx.Client
    resolve: Resolve = field(default_factory=lambda: resolve_host)
    wait: tenacity.wait.wait_base = field(default_factory=lambda: tenacity.wait_exponential_jitter(initial=0.5, max=8))
    max_seconds: float = MAX_SECONDS
    is_allowed: Callable[[str], bool] = field(default_factory=lambda: is_public)


def open_wire() -> Wire:
    """The real network."""
    return Wire(httpx.Client(timeout=TIMEOUT, headers={"User-Agent": USER_AGENT}))


def resolve_host(host: str) -> list[str]:
    """The addresses of a host. Behind a proxy the proxy resolves names, so only literal addresses are looked at."""
    try:
        return [str(ipaddress.ip_address(host))]
    except ValueError:
        pass
    if urllib.request.getproxies().get("https"):
        return []
    try:
        return sorted({str(info[4][0]) for info in socket.getaddrinfo(host, 443, proto=socket.IPPROTO_TCP)})
    except OSError as error:
        raise SourceDown(f"{host}: name not resolved ({error}).") from error


def download(url: str, part: Path, rules: HttpRules, wire: Wire, progress: Progress | None = None) -> None:
    """Fills ``part`` with the body of ``url``, going on from where an earlier attempt stopped.

    Raises:
        SourceDown: no good answer after three attempts.
        SourceRefused: forbidden host or address, wrong content type, too big. Not retried.
    """
    retrying = tenacity.Retrying(
        stop=tenacity.stop_after_attempt(_ATTEMPTS),
        wait=wire.wait,
        retry=tenacity.retry_if_exception_type((httpx.TransportError, _Transient)),
        reraise=True,
    )
    deadline = time.monotonic() + wire.max_seconds
    try:
        retrying(_attempt, url, part, rules, wire, partial(_keep_time, url, wire.max_seconds, deadline, progress))
    except (httpx.HTTPError, httpx.InvalidURL) as error:
        raise SourceDown(f"{url}: no answer after {_ATTEMPTS} attempts ({type(error).__name__}: {error}).") from error


def _keep_time(
    url: str, seconds: float, deadline: float, progress: Progress | None, done: int, total: int | None
) -> None:
    """Told of every block; stops the download when its time is over. What came in stays, to go on from."""
    if progress:
        progress(done, total)
    if time.monotonic() > deadline and done != total:
        raise SourceDown(f"{url}: too slow: {done} of {total or 'unknown'} bytes in {seconds:g} s, cut off.")


class _Transient(SourceDown):
    """An answer worth another attempt."""


def _attempt(url: str, part: Path, rules: HttpRules, wire: Wire, progress: Progress | None) -> None:
    start = part.stat().st_size if part.exists() else 0
    with _open(url, start, rules, wire) as response:
        _check_status(url, response, part)
        _check_type(url, response, rules)
        is_resumed = response.status_code == httpx.codes.PARTIAL_CONTENT
        if is_resumed and not response.headers.get("content-range", "").startswith(f"bytes {start}-"):
            part.unlink(missing_ok=True)
            raise _Transient(f"{url}: the server resumed elsewhere than at byte {start}.")
        _write(url, response, part, start if is_resumed else 0, rules, progress)


@contextmanager
def _open(url: str, start: int, rules: HttpRules, wire: Wire) -> Iterator[httpx.Response]:
    """The final response, each redirect checked before it is followed."""
    # Identity: with a compressed body a byte range would count compressed bytes.
    headers = {"Accept-Encoding": "identity"} | ({"Range": f"bytes={start}-"} if start else {})
    current = url
    for _ in range(_MAX_REDIRECTS + 1):
        _check_address(current, rules, wire)
        with wire.client.stream("GET", current, headers=headers, follow_redirects=False) as response:
            _check_peer(current, response, wire)
            if not response.is_redirect:
                yield response
                return
            current = urljoin(current, response.headers["location"])
    raise SourceRefused(f"{url}: more than {_MAX_REDIRECTS} redirects.")


def _check_address(url: str, rules: HttpRules, wire: Wire) -> None:
    parts = urlsplit(url)
    host = parts.hostname or ""
    if parts.scheme != "https" or host not in rules.hosts:
        raise SourceRefused(
            f"{url}: expected https on {', '.join(sorted(rules.hosts))}; declare the host in the source."
        )
    for address in wire.resolve(host):
        if not wire.is_allowed(address):
            raise SourceRefused(f"{url}: {host} leads to {address}, which is not a public address.")


def _check_peer(url: str, response: httpx.Response, wire: Wire) -> None:
    """The address that was really connected to: a name may lead elsewhere between the look-up and the connection.

    With a proxy the peer is the proxy, which may well be on this machine.
    """
    stream = response.extensions.get("network_stream")
    peer = stream.get_extra_info("server_addr") if stream else None
    if peer and not urllib.request.getproxies().get("https") and not wire.is_allowed(str(peer[0])):
        raise SourceRefused(f"{url}: connected to {peer[0]}, which is not a public address.")


def is_public(address: str) -> bool:
    """False for private, loopback, link-local, multicast, reserved addresses, also inside an IPv6 transition form."""
    found = ipaddress.ip_address(address.partition("%")[0])
    if isinstance(found, ipaddress.IPv6Address):
        inner = found.ipv4_mapped or found.sixtofour or _embedded(found)
        if inner is not None:
            return is_public(str(inner))
    return found.is_global and not found.is_multicast


def _embedded(address: ipaddress.IPv6Address) -> ipaddress.IPv4Address | None:
    """The IPv4 address at the end of a NAT64 or an « IPv4-compatible » one."""
    if any(address in network for network in _EMBEDDING):
        return ipaddress.IPv4Address(int(address) & 0xFFFFFFFF)
    return None


def _check_status(url: str, response: httpx.Response, part: Path) -> None:
    status = response.status_code
    if status == httpx.codes.REQUESTED_RANGE_NOT_SATISFIABLE:
        part.unlink(missing_ok=True)  # the part is longer than the file: start again
        raise _Transient(f"{url}: the partial file did not fit, starting again.")
    if status == httpx.codes.TOO_MANY_REQUESTS or status >= 500:
        raise _Transient(f"{url}: HTTP {status}.")
    if status not in (httpx.codes.OK, httpx.codes.PARTIAL_CONTENT):
        raise SourceDown(f"{url}: HTTP {status}.")


def _check_type(url: str, response: httpx.Response, rules: HttpRules) -> None:
    found = response.headers.get("content-type", "").split(";")[0].strip().lower()
    if rules.content_types and found not in rules.content_types:
        raise SourceRefused(
            f"{url}: content type: expected {' or '.join(rules.content_types)}, found {found or 'none'}."
        )


def _write(
    url: str, response: httpx.Response, part: Path, start: int, rules: HttpRules, progress: Progress | None
) -> None:
    length = response.headers.get("content-length")
    total = start + int(length) if length and length.isdigit() else None
    if total is not None and total > rules.max_bytes:
        raise SourceRefused(f"{url}: {total} bytes announced, over the ceiling of {rules.max_bytes}.")
    done = start
    with part.open("ab" if start else "wb") as stream:
        for block in response.iter_bytes():
            done += len(block)
            if done > rules.max_bytes:
                break
            stream.write(block)
            if progress:
                progress(done, total)
    if done > rules.max_bytes:
        part.unlink(missing_ok=True)
        raise SourceRefused(f"{url}: over the ceiling of {rules.max_bytes} bytes, cut off.")
    if total is not None and done < total:
        raise _Transient(f"{url}: cut off at {done} of {total} bytes.")
