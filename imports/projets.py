"""A file of projects → what it adds to the open data, project by project, and what contradicts it.

A project is found by SIREN, scheme and place. A published value is never replaced: another value is a conflict, listed.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from imports.checking import Checked, check_columns, check_row
from imports.positions import Position, distance_km
from imports.problems import Problem, Unreadable, by_place
from imports.reading import MAX_BYTES, read_sheet
from imports.schemas import Schema, schema
from imports.values import Unfit, read_number

SAME_PLACE_KM = 1.0
FREE_TEXT = frozenset({"description", "nature_projet"})
"""Wordings are not compared: the atlas holds a short paraphrase of the purpose."""
PLACES = ("code_insee", "code_postal", "coordonnees_gps", "lon")


@dataclass(frozen=True)
class Project:
    """A published project: what finds it, and the facts that the atlas already has (null ones left out)."""

    projet_id: str
    siren: str | None
    mesure: str
    code_insee: str | None
    code_postal: str | None
    position: Position | None
    facts: Mapping[str, Any]


@dataclass(frozen=True)
class Value:
    """One value that a file gives for a field of a project; ``published`` is null for a completion."""

    projet_id: str
    field: str
    value: Any
    line: int
    published: Any = None


@dataclass(frozen=True)
class ProjetsReport:
    """The outcome: values that complete, values that contradict, how many say the same, and everything wrong."""

    n_rows: int
    n_found: int
    completions: tuple[Value, ...]
    conflicts: tuple[Value, ...]
    n_same: int
    problems: tuple[Problem, ...]

    @property
    def faults(self) -> tuple[Problem, ...]:
        return tuple(item for item in self.problems if item.is_blocking)

    @property
    def is_good(self) -> bool:
        return not self.faults

    @property
    def is_usable_in_part(self) -> bool:
        """Some projects were found, and no fault concerns the whole file."""
        return self.n_found > 0 and all(item.line is not None for item in self.faults)


def known_facts() -> tuple[str, ...]:
    """Every field of the atlas that a file may speak of, in order."""
    targets = (column.to for column in schema("projets").columns.values())
    return tuple(dict.fromkeys(name for name in targets if name))


def check_projets(content: bytes, projects: Sequence[Project], max_bytes: int = MAX_BYTES) -> ProjetsReport:
    """Checks a whole file against the published projects; never fails: what is wrong is in the report."""
    try:
        sheet = read_sheet(content, max_bytes)
    except Unreadable as error:
        return ProjetsReport(0, 0, (), (), 0, (error.problem,))
    known = schema("projets")
    problems = check_columns(sheet, known)
    if not {*PLACES, "projet_id"} & set(sheet.columns):
        problems.append(Problem("missing_position", value=", ".join(PLACES)))
    by_key = _by_key(projects)
    found: list[tuple[Checked, Project]] = []
    for row in sheet.rows:
        checked = check_row(row, known)
        project, problem = _find(checked, by_key) if not checked.problems else (None, None)
        problems += [*checked.problems, *([problem] if problem else [])]
        if project:
            found.append((checked, project))
    completions, conflicts, n_same = _compare(found, known)
    return ProjetsReport(len(sheet.rows), len(found), completions, conflicts, n_same, by_place(problems))


def _by_key(projects: Iterable[Project]) -> dict[tuple[str, str], list[Project]]:
    found: dict[tuple[str, str], list[Project]] = {}
    for project in projects:
        if project.siren:
            found.setdefault((project.siren, project.mesure), []).append(project)
    return found


def _find(checked: Checked, by_key: Mapping[tuple[str, str], list[Project]]) -> tuple[Project | None, Problem | None]:
    values = checked.values
    candidates = by_key.get((values["siren"], values["mesure"]), [])
    kept, place = _at_place(values, candidates)
    if "projet_id" in values:
        kept, place = [item for item in candidates if item.projet_id == values["projet_id"]], values["projet_id"]
    if place is None:
        return None, Problem("no_key", checked.line)
    key = f"{values['siren']}, {values['mesure']}, {place}"
    if len(kept) > 1:
        kept = _same_words(values, kept)
    if len(kept) != 1:
        return None, Problem("many_projects" if kept else "no_project", checked.line, value=key)
    return kept[0], None


def _at_place(values: Mapping[str, Any], candidates: list[Project]) -> tuple[list[Project], str | None]:
    """Those at the place that the row states, by the most certain of what it states; None when it states none."""
    for name in ("code_insee", "code_postal"):
        if name in values and any(getattr(item, name) == values[name] for item in candidates):
            return [item for item in candidates if getattr(item, name) == values[name]], values[name]
    point = _point(values)
    if point:
        near = [item for item in candidates if item.position and distance_km(point, item.position) <= SAME_PLACE_KM]
        return near, f"{point.lat:g}, {point.lon:g}"
    stated = values.get("code_insee") or values.get("code_postal")
    return [], stated


def _point(values: Mapping[str, Any]) -> Position | None:
    if "lon" in values and "lat" in values:
        return Position(values["lon"], values["lat"])
    parts = str(values.get("coordonnees_gps", "")).split(",")
    try:
        return Position(read_number(parts[1].strip()), read_number(parts[0].strip())) if len(parts) == 2 else None
    except Unfit:
        return None


def _same_words(values: Mapping[str, Any], candidates: list[Project]) -> list[Project]:
    """Two projects of a firm at one place under one scheme: told apart by their purpose, if the file has it."""
    said = values.get("description_projet") or values.get("description")
    return [item for item in candidates if said and item.facts.get("description") == said] or candidates


def _compare(found: list[tuple[Checked, Project]], known: Schema) -> tuple[tuple[Value, ...], tuple[Value, ...], int]:
    completions: dict[tuple[str, str], Value] = {}
    conflicts: list[Value] = []
    n_same = 0
    for checked, project in found:
        for field, value in _facts(checked, known).items():
            earlier = completions.get((project.projet_id, field))
            published = project.facts.get(field, earlier.value if earlier else None)
            if published is None:
                completions[project.projet_id, field] = Value(project.projet_id, field, value, checked.line)
            elif field in FREE_TEXT or is_same(published, value):
                n_same += 1
            else:
                conflicts.append(Value(project.projet_id, field, value, checked.line, published))
    return tuple(completions.values()), tuple(conflicts), n_same


def _facts(checked: Checked, known: Schema) -> dict[str, Any]:
    """Values by field of the atlas; the first column that speaks of a field is believed."""
    facts: dict[str, Any] = {}
    for name, value in checked.values.items():
        target = known.columns[name].to
        if target:
            facts.setdefault(target, value)
    return facts


def is_same(first: Any, second: Any) -> bool:
    """Equal, numbers within a thousandth part of a unit: the source rounds."""
    if isinstance(first, float | int) and isinstance(second, float | int):
        return abs(first - second) < 0.001
    return str(first).strip().casefold() == str(second).strip().casefold()
