"""One publication made into an app that answers: what `serving` knows of it."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

Environ = dict[str, Any]
Answer = Callable[[Environ, Callable[..., Any]], Iterable[bytes]]


@dataclass(frozen=True, eq=False)
class Atlas:
    """An atlas on one publication.

    Attributes:
        publication: the hash of the published files.
        version: what its pages call themselves: the publication with what is kept beside it, 12 digits.
        answer: its WSGI app.
        addresses: the hashed addresses of its static files.
        cache_state: ``memory``, ``available`` or ``unavailable``, asked now.
    """

    publication: str
    version: str
    answer: Answer
    addresses: frozenset[str]
    cache_state: Callable[[], str]
