"""What stands beside the published tables: files of the house that were imported, and past publications."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True)
class Imported:
    """What was imported here: unverified, never published.

    Attributes:
        sites: GeoJSON features, one a site.
        files: names of the files that gave the sites.
        values: by project id, by field: ``{"value", "file", "line"}``; they complete the published projects.
        conflicts: values that contradict a published one: ``projet_id, field, value, published, file, line``.
        errors: why a file of the local folder could not be read, one sentence each.
        digest: changes with the content; empty when nothing was imported.
    """

    sites: tuple[Mapping[str, Any], ...] = ()
    files: tuple[str, ...] = ()
    values: Mapping[str, Mapping[str, Mapping[str, Any]]] = field(default_factory=dict)
    conflicts: tuple[Mapping[str, Any], ...] = ()
    errors: tuple[str, ...] = ()
    digest: str = ""


@dataclass(frozen=True)
class Publication:
    """A past publication: its hash, the latest date of its sources, what it replaced, its figures, what it changed."""

    hash: str
    date: str | None
    replaces: str | None
    figures: Mapping[str, float | None]
    regions: Mapping[str, Mapping[str, int]]
    changes: Mapping[str, tuple[str, ...]]


@dataclass(frozen=True)
class FigureThenNow:
    """One headline figure in two publications; null where a publication does not have it. ``region`` null: national."""

    key: str
    then: float | None
    now: float | None
    region: str | None = None


@dataclass(frozen=True)
class Frozen:
    """The answer to « what did this link show when it was made? ».

    Attributes:
        asked: the digits of the link.
        state: ``same`` (nothing was published since), ``then`` (the figures are known) or ``unknown``.
        date: the latest date of the sources then; null when unknown.
        date_now: the same now.
        changed: figures that differ, national first.
        n_same: how many figures do not.
        now: the hash of the present publication.
    """

    asked: str
    state: str
    now: str
    date: str | None = None
    date_now: str | None = None
    changed: tuple[FigureThenNow, ...] = ()
    n_same: int = 0
