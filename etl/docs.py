"""Writes ``docs/data.md`` and ``DATA-LICENCES.md`` from the contract and the catalogue: they cannot be stale."""

from collections import defaultdict
from collections.abc import Mapping
from pathlib import Path

import contract
from etl.catalog import MirrorOrigin, NpmOrigin, PypiOrigin, Source, UrlOrigin, catalog
from etl.settings import ROOT

DATA_PATH = ROOT / "docs" / "data.md"
LICENCES_PATH = ROOT / "DATA-LICENCES.md"
_HEADER = "<!-- Written by `python -m etl docs` from contract.toml and etl/sources: do not edit by hand. -->\n"


def write_docs() -> list[Path]:
    """Writes both files; gives those that changed."""
    changed = []
    for path, text in ((DATA_PATH, render_data()), (LICENCES_PATH, render_licences())):
        if not path.is_file() or path.read_text(encoding="utf-8") != text:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8")
            changed.append(path)
    return changed


def render_data() -> str:
    """Tables with their fields, code lists, sources."""
    parts = [_HEADER, "# Data\n", _INTRODUCTION]
    parts += ["## Tables\n", *(_table(table) for table in contract.tables().values())]
    parts += ["## Sources\n", *(_source(source) for source in catalog().values())]
    return "\n".join(parts)


_INTRODUCTION = """\
What `geodata/published` holds. Each table is a Parquet file; a table with shapes has GeoJSON files too (WGS84, 4
decimals for areas, 5 for points; `-apercu` is the overview level). `manifest.json` gives the hash, rows, bounds,
millesime, sources and licences of every file. Null is always « non renseigné », never 0. Dates are `YYYY-MM-DD`.
"""


def _table(table: contract.Table) -> str:
    shapes = {"polygon": ", with areas in GeoJSON", "point": ", with points in GeoJSON", None: ""}[table.geometry]
    lines = [f"### {table.name}\n", f"{table.fr} — {table.en}. Key: `{', '.join(table.key)}`{shapes}.\n"]
    lines += ["| field | kind | unit | null | values | français | English |", "|---|---|---|---|---|---|---|"]
    lines += [_field(field) for field in table.fields.values()]
    return "\n".join(lines) + "\n"


def _field(field: contract.Field) -> str:
    null = "yes" if field.is_nullable else ""
    values = ", ".join(f"`{value}`" for value in field.allowed())
    cells = (f"`{field.name}`", field.kind, field.unit or "", null, values, field.fr, field.en)
    return "| " + " | ".join(cell.replace("|", "\\|") for cell in cells) + " |"


def _source(source: Source) -> str:
    page = f" ([page]({source.page_url}))" if source.page_url else ""
    published = f", published {source.date_published}" if source.date_published else ""
    lines = [
        f"### {source.name}\n",
        f"{source.title}{page}. {source.producer}.\n",
        f"- Licence: [{source.licence}]({source.licence_url})",
        f"- Millesime: {source.millesime}{published}",
    ]
    if source.kind == "file":
        lines.append(f"- File: `{source.filename}`, {source.size} bytes, sha256 `{source.sha256}`")
        lines.append(f"- Origins, in order: {'; '.join(_origin(origin) for origin in source.origins)}")
    else:
        lines.append("- Document read by a person; the facts typed from it quote it.")
    if source.note:
        lines.append(f"- Note: {source.note}")
    return "\n".join(lines) + "\n"


def _origin(origin: UrlOrigin | PypiOrigin | NpmOrigin | MirrorOrigin) -> str:
    if isinstance(origin, UrlOrigin):
        return f"<{origin.url}>"
    if isinstance(origin, PypiOrigin):
        return f"Python package `{origin.package}=={origin.version}`, member `{origin.member}`"
    if isinstance(origin, NpmOrigin):
        return f"npm package `{origin.package}@{origin.version}`, member `{origin.member}`"
    return f"mirror folder, `{origin.path}`"


def render_licences() -> str:
    """Which licence covers which source, and what that means for the published files."""
    parts = [_HEADER, "# Licences of the data\n", _LICENCES]
    for licence, sources in sorted(_by_licence(catalog()).items()):
        parts.append(f"## [{licence}]({sources[0].licence_url})\n")
        parts.append(
            "\n".join(f"- **{source.title}** (`{source.name}`), {source.producer}" for source in sources) + "\n"
        )
    return "\n".join(parts)


def _by_licence(sources: Mapping[str, Source]) -> dict[str, list[Source]]:
    groups: dict[str, list[Source]] = defaultdict(list)
    for source in sources.values():
        groups[source.licence].append(source)
    return groups


_LICENCES = """\
The code is under the MIT licence (see `LICENSE`). The data built from it keep the terms of their sources. The
published files are offered under the Licence Ouverte 2.0 (name the producer and the date of the data), except where a
source asks for more. Files drawn from SNCF stations (`gares.*`, and the nearest stations in `sites.*`) are a derivative
database under the ODbL 1.0: attribute SNCF and share adaptations alike. Files drawn from the ENTSO-E grid (`postes.*`,
and the nearest substation in `sites.*`) are under CC-BY 4.0: attribute ENTSO-E and PyPSA. `manifest.json` lists the
licences file by file.

Texts of the founding documents are not redistributed: each fact quotes the few words that it rests on and names its
source.
"""
