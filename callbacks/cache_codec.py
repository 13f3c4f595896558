"""How an answer is written in the cache: bytes behind a letter and a checksum, so that reading it back runs nothing.

The cache libraries pickle by default, and a pickle is a program: whoever could write in Redis could run code here.
What this cannot prevent is a false text in a cache that others can write; give Redis a password and no other user.
"""

import zlib
from typing import Any

_TEXT, _BYTES, _PARTS = b"t", b"b", b"p"
_SIZE = 8
_SUM = 4
"""Bytes of the checksum: an entry that was cut or spoilt is a miss, never half a page."""


class Codec:
    """What flask-caching calls a serializer. A str, bytes or a list of bytes go in; anything unreadable is a miss."""

    def dumps(self, value: Any) -> bytes:
        """The bytes to keep.

        Raises:
            TypeError: another kind of value: a fault of ours.
        """
        if isinstance(value, str):
            return _sealed(_TEXT, value.encode("utf-8", "surrogatepass"))
        if isinstance(value, bytes):
            return _sealed(_BYTES, value)
        if isinstance(value, list) and all(isinstance(part, bytes) for part in value):
            return _sealed(_PARTS, b"".join(len(part).to_bytes(_SIZE, "big") + part for part in value))
        raise TypeError(f"the cache keeps str, bytes and lists of bytes, not {type(value).__name__}")

    def loads(self, content: bytes | None) -> Any:
        """The value; None for no content and for what ``dumps`` did not write."""
        if not isinstance(content, bytes) or not content:
            return None
        kind, rest = content[:1], content[1 + _SUM :]
        if content != _sealed(kind, rest):
            return None
        if kind == _BYTES:
            return rest
        if kind == _PARTS:
            return _split(rest)
        try:
            return rest.decode("utf-8", "surrogatepass") if kind == _TEXT else None
        except UnicodeDecodeError:
            return None


def _sealed(kind: bytes, content: bytes) -> bytes:
    return kind + zlib.crc32(content).to_bytes(_SUM, "big") + content


def _split(content: bytes) -> list[bytes] | None:
    parts: list[bytes] = []
    at = 0
    while at < len(content):
        size = int.from_bytes(content[at : at + _SIZE], "big")
        part = content[at + _SIZE : at + _SIZE + size]
        if len(part) != size or at + _SIZE > len(content):
            return None
        parts.append(part)
        at += _SIZE + size
    return parts
