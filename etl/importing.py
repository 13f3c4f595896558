"""Files of the house: checked, then kept in the local folder beside what is published. Published facts never change."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import orjson

from etl.encode import to_plain
from etl.errors import ImportFailed
from etl.fetch_accept import hash_file
from etl.published import read_table
from imports.positions import Position
from imports.problems import Problem
from imports.projets import Project, ProjetsReport, Value, check_projets, known_facts
from imports.reading import MAX_BYTES, write_csv
from imports.sites import Known, SitesReport, check_sites, known_places

SITES = "sites.geojson"
PROJETS = "projets.json"
REPORT = "projets-rapport.csv"
VERSION = 1

Document = dict[str, Any]


@dataclass(frozen=True)
class Outcome:
    """What an import did: the reasons of what it left out or noticed, what it kept, where."""

    problems: tuple[Problem, ...]
    kept: int
    left_out: int
    written: tuple[Path, ...]
    summary: Mapping[str, int]


def import_sites(path: Path, published: Path, local: Path, *, is_partial: bool, is_replacing: bool) -> Outcome:
    """Checks a file of sites and adds them to the local layer; nothing is written unless every row is good.

    Args:
        path: CSV or XLSX, in the CNIG columns or the atlas's own.
        published: the published folder, for communes and ids.
        local: where the layer is kept.
        is_partial: keep the good rows and leave the others out.
        is_replacing: the file's sites replace every site imported before, rather than join them.

    Raises:
        ImportFailed: with every fault; nothing was written.
    """
    report = check_sites(_read(path), _known_places(published))
    document = _empty_layer() if is_replacing else _read_local(local / SITES, _empty_layer())
    twice = _already_there(report, document)
    problems = (*report.problems, *twice)
    _refuse(path, problems, is_partial and report.is_usable_in_part)
    refused = {item.line for item in twice}
    good = [site for site in report.sites if site["ligne"] not in refused]
    document["features"] += [_feature(site, path.name) for site in good]
    document["files"] = [*document["files"], _file(path, len(good))]
    written = _write(local / SITES, _encode(document)) if good else ()
    return Outcome(
        problems, len(good), report.n_rows - len(good), written, {"sites in the layer": len(document["features"])}
    )


def import_projets(path: Path, published: Path, local: Path, *, is_partial: bool, is_replacing: bool) -> Outcome:
    """Checks a file of projects, keeps what completes the open data, and writes a report of what contradicts it.

    Raises:
        ImportFailed: with every fault; nothing was written.
    """
    before = _empty_values() if is_replacing else _read_local(local / PROJETS, _empty_values())
    report = check_projets(_read(path), _known_projects(published, before["values"]))
    _refuse(path, report.problems, is_partial and report.is_usable_in_part)
    document = _merge(before, report, path.name)
    document["files"] = [*before["files"], _file(path, report.n_found)]
    rows = [["ligne", "projet_id", "champ", "constat", "publie", "importe"], *_report_rows(report)]
    text = "\ufeff" + write_csv(rows)
    written = (*_write(local / REPORT, text.encode()), *_write(local / PROJETS, _encode(document)))
    counts = {"completed": len(report.completions), "same": report.n_same, "conflicts": len(report.conflicts)}
    return Outcome(report.problems, report.n_found, report.n_rows - report.n_found, written, counts)


def _read(path: Path) -> bytes:
    """The whole file, one byte beyond the limit at most: the check then says that it is too big."""
    try:
        with path.open("rb") as stream:
            return stream.read(MAX_BYTES + 1)
    except OSError as error:
        raise ImportFailed(f"{path}: cannot be read ({error.strerror}).") from error


def _refuse(path: Path, problems: tuple[Problem, ...], is_accepted: bool) -> None:
    faults = [item for item in problems if item.is_blocking]
    if faults and not is_accepted:
        raise ImportFailed(f"{path.name}: {len(faults)} fault(s); nothing was imported.", problems)


def _known_places(published: Path) -> Known:
    communes = read_table(published / "communes.parquet")
    sites = read_table(published / "sites.parquet")
    columns = ["code_insee", "nom", "code_departement", "code_region", "lon", "lat"]
    return known_places(
        communes[columns].itertuples(index=False, name=None),
        sites[["site_id", "site_nom", "code_insee"]].itertuples(index=False, name=None),
    )


def _known_projects(published: Path, imported: Mapping[str, Mapping[str, Any]]) -> list[Project]:
    """The published projects, with what was imported for them before."""
    names = known_facts()
    projects = []
    for raw in read_table(published / "projets.parquet").to_dict("records"):
        row = {str(name): to_plain(value) for name, value in raw.items()}
        facts = {name: entry["value"] for name, entry in imported.get(row["projet_id"], {}).items()}
        facts |= {name: row[name] for name in names if row.get(name) is not None}
        position = Position(row["lon"], row["lat"]) if row["lon"] is not None else None
        keys = (row["projet_id"], row["siren"], row["mesure"], row["code_insee"], row["code_postal"])
        projects.append(Project(*keys, position, facts))
    return projects


def _already_there(report: SitesReport, document: Document) -> tuple[Problem, ...]:
    ids = {feature["properties"]["site_id"] for feature in document["features"]}
    return tuple(
        Problem("already_imported", site["ligne"], "site_id", site["site_id"])
        for site in report.sites
        if site["site_id"] in ids
    )


def _feature(site: Mapping[str, Any], file: str) -> Document:
    properties = {name: value for name, value in site.items() if name not in ("lon", "lat")}
    geometry = {"type": "Point", "coordinates": [site["lon"], site["lat"]]}
    return {"type": "Feature", "geometry": geometry, "properties": {**properties, "fichier": file}}


def _merge(before: Document, report: ProjetsReport, file: str) -> Document:
    values = {projet_id: dict(fields) for projet_id, fields in before["values"].items()}
    for item in report.completions:
        entry = {"value": item.value, "file": file, "line": item.line}
        values.setdefault(item.projet_id, {})[item.field] = entry
    conflicts = [{**vars(item), "file": file} for item in report.conflicts]
    return {"version": VERSION, "values": values, "conflicts": [*before["conflicts"], *conflicts]}


def _report_rows(report: ProjetsReport) -> list[list[str]]:
    told = [(item, "conflit") for item in report.conflicts] + [(item, "complete") for item in report.completions]
    lines = [(item.line, _report_row(item, what)) for item, what in told]
    lines += [
        (item.line or 0, [str(item.line or ""), "", item.column or "", "ecarte", "", item.reason("fr")])
        for item in report.problems
    ]
    return [row for _, row in sorted(lines, key=lambda pair: pair[0])]


def _report_row(item: Value, what: str) -> list[str]:
    published = "" if item.published is None else str(item.published)
    return [str(item.line), item.projet_id, item.field, what, published, str(item.value)]


def _file(path: Path, rows: int) -> Document:
    return {"name": path.name, "sha256": hash_file(path), "rows": rows}


def _empty_layer() -> Document:
    return {"type": "FeatureCollection", "version": VERSION, "files": [], "features": []}


def _empty_values() -> Document:
    return {"version": VERSION, "files": [], "values": {}, "conflicts": []}


def _read_local(path: Path, empty: Document) -> Document:
    if not path.is_file():
        return empty
    try:
        document = orjson.loads(path.read_bytes())
    except (OSError, ValueError) as error:
        raise ImportFailed(f"{path}: expected JSON ({error}). Remove the file, or import with --replace.") from error
    if not isinstance(document, dict) or set(empty) - set(document):
        raise ImportFailed(f"{path}: expected the keys {sorted(empty)}. Remove the file, or import with --replace.")
    return document


def _encode(document: Document) -> bytes:
    return orjson.dumps(document, option=orjson.OPT_INDENT_2) + b"\n"


def _write(path: Path, content: bytes) -> tuple[Path]:
    """Atomic: a reader sees the old file or the new one."""
    path.parent.mkdir(parents=True, exist_ok=True)
    staged = path.with_name(f".{path.name}.part")
    staged.write_bytes(content)
    staged.replace(path)
    return (path,)
