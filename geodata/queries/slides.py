"""A scene and the data: what the view shows, the figures of the ledger, the chart, the frame of the map."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import pandas as pd

import contract
from geodata.models.claim import Claim
from geodata.models.slide import Bbox, ChartBar, Slide, SlideChart, SlidePoint
from geodata.queries.claims import claims_by_id
from geodata.queries.filters import objects_of
from geodata.queries.totals import (
    NOT_STATED_COLUMN,
    companies_helped,
    projects_by_code,
    projects_by_month,
    projects_by_region,
    region_names,
    sites_by_wave,
    without,
)
from geodata.repository import Tables
from state import KINDS, ObjectKind, Selection
from state.scene import Presentation, Scene

MAX_BARS = 10  # a hall reads ten bars; the rest is counted
_IDS: dict[ObjectKind, str] = {"territoires": "territoire_id", "sites": "site_id", "projets": "projet_id"}
_NAMES = {"sites": "site_nom", "projets": "entreprise"}
_KIND_SOURCES = {
    "territoires": ("territoires",),
    "sites": ("sites-cles-en-main", "sites-annonces"),
    "projets": ("plan-de-relance",),
}
_CHART_SOURCES = {
    **dict.fromkeys(("mesure", "filiere", "mois"), ("plan-de-relance",)),
    "barometre": ("barometre",),
    "sites": ("sites-cles-en-main", "sites-annonces"),
}
_BORDERS = "communes-2024"
_MARGIN_DEGREES = 0.12


def slides_of(tables: Tables, presentation: Presentation, language: str) -> tuple[Slide, ...]:
    """Every scene with its data, in a language."""
    total = len(presentation.scenes)
    return tuple(
        slide_of(tables, scene, language, number, total) for number, scene in enumerate(presentation.scenes, 1)
    )


def slide_of(tables: Tables, scene: Scene, language: str, number: int = 1, total: int = 1) -> Slide:
    """One scene with its data. A code that names nothing leaves the frame on France; an unknown claim is said."""
    selection = scene.selection(language)
    found = {kind: objects_of(tables, selection, kind) for kind in KINDS}
    located = {kind: rows.dropna(subset=["lon", "lat"]) for kind, rows in found.items()}
    known = claims_by_id(tables)
    return Slide(
        scene=scene,
        selection=selection,
        number=number,
        total=total,
        bbox=scene.bbox() or _frame(tables, selection, scene.frame),
        claims=tuple(known[name] for name in scene.claims if name in known),
        unknown_claims=tuple(name for name in scene.claims if name not in known),
        counts={kind: len(rows) for kind, rows in found.items()},
        unlocated={kind: len(found[kind]) - len(located[kind]) for kind in KINDS},
        territoires=tuple(found["territoires"]["territoire_id"]),
        sites=_points(located["sites"], "sites"),
        projects=_points(located["projets"], "projets"),
        by_region=_by_region(tables, selection),
        regions=dict(region_names(tables)[["code_region", "nom"]].itertuples(index=False)),
        chart=_chart(tables, selection, scene.chart) if scene.chart else None,
        sources=_sources(tables, scene, selection, known),
        publication=tables.manifest.hash,
    )


def _points(rows: pd.DataFrame, kind: ObjectKind) -> tuple[SlidePoint, ...]:
    columns = rows[["lon", "lat", _IDS[kind], _NAMES[kind]]].fillna({_NAMES[kind]: ""})
    return tuple(SlidePoint(lon, lat, code, name) for lon, lat, code, name in columns.itertuples(index=False))


def _by_region(tables: Tables, selection: Selection) -> dict[str, int]:
    """What the tiles count, the region filter taken off: the first of projects, sites, territoires that is shown."""
    kinds: tuple[ObjectKind, ...] = ("projets", "sites", "territoires")
    kind: ObjectKind = next((name for name in kinds if name in selection.layers), "projets")
    counts = objects_of(tables, without(selection, "region"), kind)["code_region"].value_counts()
    return {str(code): int(n) for code, n in counts.items()}


def _frame(tables: Tables, selection: Selection, frame: str) -> Bbox | None:
    """The frame of a named place, a little wider than the place; null for France or for a code that names nothing."""
    kind, _, code = frame.partition(":")
    if kind in ("region", "departement"):
        rows = tables[f"{kind}s"]
        return _bbox_of(rows[rows[f"code_{kind}"] == code])
    if kind == "territoire":
        rows = tables["territoires"]
        return _bbox_of(rows[(rows["millesime"] == selection.millesime) & (rows["territoire_id"] == code)])
    if kind in ("site", "projet"):
        rows = tables[f"{kind}s"]
        return _around(rows[rows[f"{kind}_id"] == code])
    return None


def is_known_frame(tables: Tables, scene: Scene) -> bool:
    """A frame that names a place names one that the tables hold, with a position."""
    return (
        scene.frame == "france" or _frame(tables, scene.selection(contract.DEFAULT_LANGUAGE), scene.frame) is not None
    )


def _bbox_of(rows: pd.DataFrame) -> Bbox | None:
    if rows.empty:
        return None
    west, south, east, north = (float(edge) for edge in rows.iloc[0]["bbox"])
    wide = max(east - west, north - south) * 0.06 + _MARGIN_DEGREES / 2
    return west - wide, south - wide, east + wide, north + wide


def _around(rows: pd.DataFrame) -> Bbox | None:
    if rows.empty or rows.iloc[0][["lon", "lat"]].isna().any():
        return None
    lon, lat = float(rows.iloc[0]["lon"]), float(rows.iloc[0]["lat"])
    return lon - 0.5, lat - 0.35, lon + 0.5, lat + 0.35


def _chart(tables: Tables, selection: Selection, kind: str) -> SlideChart:
    if kind == "mesure":
        totals = projects_by_region(tables, selection)
        rows = totals.rows.iloc[::-1]
        bars = [ChartBar(row["code_region"], row["nom"], int(row["total"])) for row in rows.to_dict("records")]
        return _cut(kind, _chosen_last(bars, totals.chosen), float(rows["total"].sum()), totals.median)
    if kind == "sites":
        rows = sites_by_wave(tables, selection)
        return _cut(kind, [_wave(row) for row in rows.to_dict("records")], None)
    if kind == "barometre":
        return _cut(kind, _helped(tables, selection), None)
    if kind == "mois":
        rows = projects_by_month(tables, selection)
        bars = [ChartBar(row["code"], row["code"], int(row["n"])) for row in rows.to_dict("records")]
        return SlideChart(kind, tuple(bars), 0, float(rows["n"].sum()))
    rows = projects_by_code(tables, selection, "filiere")
    names = {code: item.label(selection.language) for code, item in contract.codes("filiere").items()}
    names[NOT_STATED_COLUMN] = contract.unknown(selection.language)
    bars = [ChartBar(row["code"], names[row["code"]], int(row["n"])) for row in rows.to_dict("records")]
    return _cut(kind, bars, float(rows["n"].sum()))


def _chosen_last(bars: list[ChartBar], chosen: Sequence[str]) -> list[ChartBar]:
    """The same bars, a chosen one that would be cut taking the last place shown."""
    cut = [bar for bar in bars[MAX_BARS:] if bar.code in chosen][:MAX_BARS]
    kept = [bar for bar in bars if bar not in cut]
    place = MAX_BARS - len(cut)
    return [*kept[:place], *cut, *kept[place:]]


def _wave(row: dict[Any, Any]) -> ChartBar:
    whole = None if pd.isna(row["annonces"]) else float(row["annonces"])
    return ChartBar(row["vague"], row["vague"], float(row["documentes"]), whole)


def _helped(tables: Tables, selection: Selection) -> list[ChartBar]:
    """The last value of each half-year of the first area that the view shows: a hall reads seven bars."""
    rows = companies_helped(tables, selection)
    rows = rows[rows["code"] != "median"]
    if rows.empty:
        return []
    one = rows[rows["code"] == rows["code"].iloc[0]]
    months = one["date"].astype(str).str[:7]
    kept = one[months.str[5:].isin(["06", "12"])]
    return [ChartBar(str(row["date"])[:7], row["nom"], float(row["valeur"])) for row in kept.to_dict("records")]


def _cut(kind: str, bars: Iterable[ChartBar], total: float | None, median: float | None = None) -> SlideChart:
    every = tuple(bars)
    return SlideChart(kind, every[:MAX_BARS], max(len(every) - MAX_BARS, 0), total, median)


def _sources(tables: Tables, scene: Scene, selection: Selection, known: Mapping[str, Claim]) -> dict[str, Any]:
    """The sources of what the scene shows: its figures, its chart, the objects of its map; the borders' one last."""
    names = [known[name].source for name in scene.claims if name in known]
    names += _CHART_SOURCES.get(scene.chart, ())
    if scene.ground != "aucun":
        names += [name for kind in KINDS if kind in selection.layers for name in _KIND_SOURCES[kind]]
    if scene.ground == "carte":
        names.append(_BORDERS)
    sources = tables.manifest.sources
    return {name: sources[name] for name in dict.fromkeys(names) if name in sources}
