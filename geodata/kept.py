"""Reads what stands beside the published folder: the local folder (imports) and the archive (past publications).

Neither is needed to show the atlas: a file that cannot be read is told in the log, and left out.
"""

import hashlib
import json
import logging
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from geodata.models.kept import Imported, Publication

SITES = "sites.geojson"
PROJETS = "projets.json"
_LOG = logging.getLogger(__name__)


def load_imported(folder: Path) -> Imported:
    """What the command ``python -m etl import`` has put in the local folder; empty when there is none."""
    sites, site_errors = _read(folder / SITES, _check_sites)
    projects, project_errors = _read(folder / PROJETS, _check_projects)
    digest = hashlib.sha256(json.dumps([sites, projects], sort_keys=True).encode()).hexdigest()[:12]
    return Imported(
        sites=tuple(sites.get("features", ())),
        files=tuple(dict.fromkeys(str(file["name"]) for file in sites.get("files", ()))),
        values=projects.get("values", {}),
        conflicts=tuple(projects.get("conflicts", ())),
        errors=(*site_errors, *project_errors),
        digest=digest if sites or projects else "",
    )


def load_publications(folder: Path) -> tuple[Publication, ...]:
    """The archived publications, each after the one that it replaced."""
    found: dict[str, Publication] = {}
    for path in sorted(folder.glob("*.json")):
        entry, _ = _read(path, _check_publication)
        if entry:
            publication = _publication(entry)
            found[publication.hash] = publication
    return _in_order(found)


def _read(path: Path, check: Any) -> tuple[dict[str, Any], tuple[str, ...]]:
    if not path.is_file():
        return {}, ()
    try:
        document = json.loads(path.read_text(encoding="utf-8"))
        check(document)
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
        said = f"{path.name}: not what the atlas writes ({type(error).__name__}: {error}). Import it again."
        _LOG.warning("%s: %s", path.parent, said)
        return {}, (said,)
    return dict(document), ()


def _check_sites(document: Mapping[str, Any]) -> None:
    """Raises what a missing or wrong part raises: every later use may rely on the rest."""
    for feature in document["features"]:
        lon, lat = feature["geometry"]["coordinates"]
        if not (abs(float(lon)) <= 180 and abs(float(lat)) <= 90):
            raise ValueError(f"a position out of the world: {lon}, {lat}")
        feature["properties"]["site_id"].casefold()
        feature["properties"]["site_nom"].casefold()
    for file in document["files"]:
        file["name"].casefold()


def _check_projects(document: Mapping[str, Any]) -> None:
    for fields in document["values"].values():
        for entry in fields.values():
            _ = entry["value"], entry["file"], entry["line"]
    for conflict in document["conflicts"]:
        _ = conflict["projet_id"], conflict["field"]


def _check_publication(document: Mapping[str, Any]) -> None:
    document["hash"].casefold()
    for part in ("figures", "regions", "changes"):
        document[part].items()
    _ = document["date"], document["replaces"]


def _publication(entry: Mapping[str, Any]) -> Publication:
    changes = {language: tuple(map(str, lines)) for language, lines in entry["changes"].items()}
    return Publication(entry["hash"], entry["date"], entry["replaces"], entry["figures"], entry["regions"], changes)


def _in_order(found: Mapping[str, Publication]) -> tuple[Publication, ...]:
    """Oldest first, along ``replaces``; what hangs on no known publication starts a chain of its own."""
    ordered: list[Publication] = []
    waiting = sorted(found.values(), key=lambda item: (item.date or "", item.hash))
    placed: set[str] = set()
    while waiting:
        ready = [item for item in waiting if item.replaces not in found or item.replaces in placed]
        for item in ready or waiting[:1]:  # a circle is cut rather than followed
            ordered.append(item)
            placed.add(item.hash)
        waiting = [item for item in waiting if item.hash not in placed]
    return tuple(ordered)
