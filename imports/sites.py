"""A file of sites: the CNIG standard or the atlas's own columns → sites to show, and everything that is wrong."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, NamedTuple

from imports.checking import Checked, check_columns, check_row
from imports.positions import Position, distance_km, place_point
from imports.problems import Problem, Unreadable, by_place
from imports.reading import MAX_BYTES, Sheet, read_sheet
from imports.schemas import Schema, closest

SCHEMAS = ("own_sites", "cnig_site_eco")
MAX_SURFACE_HA = 100_000.0
FAR_KM = 60.0
"""A point farther than this from the label point of its commune contradicts it."""
FAR_KM_WIDE = 200.0
WIDE = "973"
"""French Guiana, where communes are as wide as départements."""
_ID = re.compile(r"[A-Za-z0-9_-]{1,40}")
_NAMES = {
    "own_sites": {
        "code_insee": "code_insee",
        "surface_ha": "surface_ha",
        "surface_disponible_ha": "surface_disponible_ha",
        "vocation": "secteurs",
        "etat": "etat",
        "porteur": "porteur",
    },
    "cnig_site_eco": {
        "code_insee": "site_comm_insee",
        "surface_ha": "site_surf_brute",
        "surface_disponible_ha": "site_surf_comm_dispo",
        "vocation": "site_vocadomi",
        "etat": "site_etat",
        "porteur": "site_moa_nom",
    },
}
"""What the atlas shows of a site → the column of each schema."""
_POSITION = {"own_sites": "code_insee, lon + lat", "cnig_site_eco": "site_comm_insee, site_geompoint, site_geomsurf"}
_POINTS = ("site_geompoint", "site_geomsurf", "lon", "lat")


class Place(NamedTuple):
    """A commune: its name, département, region and label point."""

    nom: str
    code_departement: str
    code_region: str
    lon: float
    lat: float


@dataclass(frozen=True)
class Known:
    """What a file is checked against: communes by code, ids of published sites, their ids by (folded name, commune)."""

    communes: Mapping[str, Place]
    site_ids: frozenset[str]
    names: Mapping[tuple[str, str], str]


@dataclass(frozen=True)
class SitesReport:
    """The outcome of a check.

    Attributes:
        schema: name of the schema that the file follows; None when it cannot be read.
        n_rows: rows read.
        sites: the sites without fault, ready to be shown, in the order of the file.
        problems: every fault and notice, in the order of the file.
    """

    schema: str | None
    n_rows: int
    sites: tuple[dict[str, Any], ...]
    problems: tuple[Problem, ...]

    @property
    def faults(self) -> tuple[Problem, ...]:
        return tuple(item for item in self.problems if item.is_blocking)

    @property
    def is_good(self) -> bool:
        return not self.faults

    @property
    def is_usable_in_part(self) -> bool:
        """Some sites are good, and no fault concerns the whole file."""
        return bool(self.sites) and all(item.line is not None for item in self.faults)


def known_places(communes: Iterable[tuple[Any, ...]], sites: Iterable[tuple[str, str, str | None]]) -> Known:
    """From rows (code_insee, nom, code_departement, code_region, lon, lat) and (site_id, site_nom, code_insee)."""
    rows = list(sites)
    return Known(
        {code: Place(*rest) for code, *rest in communes},
        frozenset(site_id for site_id, _, _ in rows),
        {(fold(nom), str(code)): site_id for site_id, nom, code in rows},
    )


def check_sites(content: bytes, known: Known, max_bytes: int = MAX_BYTES, max_rows: int | None = None) -> SitesReport:
    """Checks a whole file; never fails: what is wrong is in the report."""
    try:
        sheet = read_sheet(content, max_bytes, max_rows)
    except Unreadable as error:
        return SitesReport(None, 0, (), (error.problem,))
    schema = closest(sheet.columns, SCHEMAS)
    problems = check_columns(sheet, schema)
    if not set(_POSITION[schema.name].replace(" + ", ", ").split(", ")) & set(sheet.columns):
        problems.append(Problem("missing_position", value=_POSITION[schema.name]))
    sites, found = _check_rows(sheet, schema, known)
    return SitesReport(schema.name, len(sheet.rows), tuple(sites), by_place(problems + found))


def _check_rows(sheet: Sheet, schema: Schema, known: Known) -> tuple[list[dict[str, Any]], list[Problem]]:
    whole = {item.line for item in sheet.problems if item.is_blocking and item.line is not None}
    sites: list[dict[str, Any]] = []
    problems: list[Problem] = []
    seen: dict[str, int] = {}
    for row in sheet.rows:
        checked = check_row(row, schema)
        site, said = _site(checked, schema, known)
        said += _check_identity(checked, seen, known)
        problems += [*checked.problems, *said]
        if site and row.line not in whole and not any(item.is_blocking for item in (*checked.problems, *said)):
            sites.append(site)
    return sites, problems


def _check_identity(checked: Checked, seen: dict[str, int], known: Known) -> list[Problem]:
    line, site_id = checked.line, checked.values.get("site_id")
    if site_id is None:
        return []
    if not _ID.fullmatch(site_id):
        return [Problem("not_an_id", line, "site_id", site_id)]
    first = seen.setdefault(site_id.casefold(), line)
    if first != line:
        return [Problem("duplicate_id", line, "site_id", site_id, str(first))]
    if site_id in known.site_ids:
        return [Problem("published_id", line, "site_id", site_id)]
    return []


def _site(checked: Checked, schema: Schema, known: Known) -> tuple[dict[str, Any] | None, list[Problem]]:
    names, values = _NAMES[schema.name], checked.values
    site = {target: values.get(column) for target, column in names.items()}
    site |= {"site_id": values.get("site_id"), "site_nom": values.get("site_nom"), "ligne": checked.line}
    commune, problems = _commune(checked, names["code_insee"], known)
    problems += _surfaces(checked, names)
    position, said = _position(checked, schema)
    problems += said
    if position and commune:
        problems += _check_distance(position, commune, checked, names["code_insee"])
    if not position and not commune and not (problems or checked.problems):
        problems.append(Problem("no_position", checked.line))
    if commune:
        twin = known.names.get((fold(str(site["site_nom"])), str(site["code_insee"])))
        if twin:
            problems.append(Problem("same_name", checked.line, "site_nom", twin, is_blocking=False))
    site |= {
        "nom_commune": commune.nom if commune else None,
        "code_departement": commune.code_departement if commune else None,
        "code_region": commune.code_region if commune else None,
        "lon": position.lon if position else commune.lon if commune else None,
        "lat": position.lat if position else commune.lat if commune else None,
        "position_quality": "adresse" if position else "commune",
        "schema": schema.name,
        "dit": {name: value for name, value in values.items() if name not in _POINTS},
    }
    return site, problems


def _commune(checked: Checked, column: str, known: Known) -> tuple[Place | None, list[Problem]]:
    code = checked.values.get(column)
    if code is None:
        return None, []
    if code in known.communes:
        return known.communes[code], []
    reason = "short_commune" if len(code) == 4 and f"0{code}" in known.communes else "not_a_commune"
    return None, [Problem(reason, checked.line, column, code)]


def _surfaces(checked: Checked, names: Mapping[str, str]) -> list[Problem]:
    limit = f"0 … {MAX_SURFACE_HA:.0f} ha"
    columns = [names[name] for name in ("surface_ha", "surface_disponible_ha")]
    found = [(column, checked.values[column]) for column in columns if column in checked.values]
    return [
        Problem("out_of_range", checked.line, column, f"{value:g}", limit)
        for column, value in found
        if not 0 <= value <= MAX_SURFACE_HA
    ]


def _position(checked: Checked, schema: Schema) -> tuple[Position | None, list[Problem]]:
    values = checked.values
    if schema.name == "own_sites":
        pair = (values.get("lon"), values.get("lat"))
        if None in pair:
            unfit = {item.column for item in checked.problems}
            is_half = any(value is not None for value in pair) and not unfit & {"lon", "lat"}
            return None, [Problem("half_position", checked.line, "lon")] if is_half else []
        x, y, column = values["lon"], values["lat"], "lon"
    else:
        name = next((name for name in ("site_geompoint", "site_geomsurf") if name in values), None)
        if name is None:
            return None, []
        (x, y), column = values[name], name
    position, problem = place_point(x, y, checked.line, column)
    return position, [problem] if problem else []


def _check_distance(position: Position, commune: Place, checked: Checked, column: str) -> list[Problem]:
    away = distance_km(position, Position(commune.lon, commune.lat))
    limit = FAR_KM_WIDE if commune.code_departement == WIDE else FAR_KM
    if away <= limit:
        return []
    return [Problem("far", checked.line, column, f"{away:.0f}", f"{commune.nom} ({commune.code_departement})")]


def fold(text: str) -> str:
    """A name without case nor doubled spaces, to find the same one."""
    return " ".join(text.casefold().replace("’", "'").split())
