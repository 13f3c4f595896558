"""Reads publications from an address (``DATA_URL``): the only part of the app that uses the network.

Plain GET requests with the standard library: a manifest asked with its ETag, files of the size that the manifest says.
An object store is read through its https addresses.
"""

import time
import urllib.error
import urllib.request
from collections.abc import Mapping
from dataclasses import dataclass
from email.utils import parsedate_to_datetime
from http.client import HTTPException
from typing import Any
from urllib.parse import urlsplit

from geodata.errors import PublishedDataError

SCHEMES = ("https", "http", "file")
MAX_MANIFEST_BYTES = 10_000_000
MAX_FILE_BYTES = 500_000_000
_SOCKET_S = 10.0
_WHOLE_S = 120.0
_BLOCK = 1 << 16
_NOT_MODIFIED = 304


class RemoteError(PublishedDataError):
    """The address gives no answer, or another than a publication's."""


@dataclass(frozen=True)
class Answer:
    """The manifest as it came.

    Attributes:
        etag: what the server calls this version; empty when it does not say.
        age_s: seconds since it was put there, by the server's own clock; None when it does not say.
    """

    content: bytes
    etag: str
    age_s: float | None


class _SameSafety(urllib.request.HTTPRedirectHandler):
    """Follows a redirect, never from https to something else, never to a file."""

    def redirect_request(self, req: Any, fp: Any, code: int, msg: str, headers: Any, newurl: str) -> Any:
        before, after = urlsplit(req.full_url).scheme, urlsplit(newurl).scheme
        if after not in ("https", before):
            raise RemoteError(f"{req.full_url}: redirected to {newurl}: expected https.")
        return super().redirect_request(req, fp, code, msg, headers, newurl)


class Remote:
    """One address where publications are put, manifest and files side by side.

    Raises:
        RemoteError: the address is not one of the schemes that can be read.
    """

    def __init__(self, url: str) -> None:
        if urlsplit(url).scheme not in SCHEMES:
            expected = ", ".join(f"{scheme}://…" for scheme in SCHEMES)
            raise RemoteError(f"DATA_URL: expected {expected}, found {url!r}. An object store has an https address.")
        self.url = url.rstrip("/")
        self._opener = urllib.request.build_opener(_SameSafety)

    def manifest(self, etag: str = "") -> Answer | None:
        """The manifest, or None when it is still the version that ``etag`` names.

        Raises:
            RemoteError: no good answer.
        """
        headers = {"Cache-Control": "no-cache"} | ({"If-None-Match": etag} if etag else {})
        answer = self._get(f"{self.url}/manifest.json", headers, MAX_MANIFEST_BYTES)
        if answer is None:
            return None
        content, said = answer
        return Answer(content, said.get("etag", ""), _age(said))

    def file(self, name: str, digest: str, size: int) -> bytes:
        """One published file. Its hash is in the address, so that a proxy never gives the one before.

        Raises:
            RemoteError: no good answer, or another size.
        """
        if not 0 <= size <= MAX_FILE_BYTES:
            raise RemoteError(f"{name}: {size} bytes said by the manifest, at most {MAX_FILE_BYTES} are taken.")
        marked = "" if self.url.startswith("file:") else f"?sha256={digest[:12]}"
        answer = self._get(f"{self.url}/{name}{marked}", {}, size)
        content = answer[0] if answer else b""
        if len(content) != size:
            raise RemoteError(f"{self.url}/{name}: {size} bytes expected, {len(content)} found.")
        return content

    def _get(self, url: str, headers: Mapping[str, str], limit: int) -> tuple[bytes, dict[str, str]] | None:
        request = urllib.request.Request(url, headers={"User-Agent": "atlas-industrie", **headers})  # noqa: S310 - SCHEMES
        try:
            with self._opener.open(request, timeout=_SOCKET_S) as response:
                said = {name.lower(): value for name, value in response.headers.items()}
                return _read(response, limit, url), said
        except urllib.error.HTTPError as error:
            with error:
                if error.code == _NOT_MODIFIED:
                    return None
                raise RemoteError(f"{url}: HTTP {error.code}.") from error
        except (OSError, HTTPException, ValueError) as error:
            raise RemoteError(f"{url}: no answer ({type(error).__name__}: {error}).") from error


def _read(response: Any, limit: int, url: str) -> bytes:
    """The body, up to ``limit`` bytes and two minutes: an endless or a dripping answer is cut."""
    blocks: list[bytes] = []
    size, began = 0, time.monotonic()
    while block := response.read(_BLOCK):
        size += len(block)
        if size > limit:
            raise RemoteError(f"{url}: more than the {limit} bytes expected.")
        if time.monotonic() - began > _WHOLE_S:
            raise RemoteError(f"{url}: not here after {_WHOLE_S:.0f} s.")
        blocks.append(block)
    return b"".join(blocks)


def _age(said: Mapping[str, str]) -> float | None:
    """``Last-Modified`` against ``Date``: both are the server's, so that no two clocks need to agree."""
    try:
        put = parsedate_to_datetime(said["last-modified"])
        now = parsedate_to_datetime(said["date"]).timestamp() if "date" in said else time.time()
    except (KeyError, ValueError, TypeError):
        return None
    return max(0.0, now - put.timestamp())
