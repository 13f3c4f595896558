"""The pictures that stand in the map's place until it is painted, one a millesime: drawn once, then static files."""

import hashlib
from functools import partial
from pathlib import Path

import contract
from delivery import Made
from geodata.queries.filters import objects_of
from geodata.repository import Tables
from geodata.shapes import load_shapes
from state import KINDS, ObjectKind, Selection
from views import picture


def pictures(tables: Tables) -> dict[str, Made]:
    """Each picture by name (``apercu-2020-10``); its key changes with the publication and with the drawing."""
    drawing = hashlib.sha256(Path(picture.__file__).read_bytes()).hexdigest()
    key = f"{tables.manifest.hash}|{drawing}"
    return {
        picture_name(code): Made(f"{code}|{key}", picture.SUFFIX, partial(_draw, tables, code))
        for code in contract.MILLESIMES
    }


def picture_of(selection: Selection) -> str | None:
    """The name of the picture that shows what the map will show, if there is one: no filter, nothing selected."""
    is_plain = selection == Selection(language=selection.language, millesime=selection.millesime)
    return picture_name(selection.millesime) if is_plain else None


def picture_name(millesime: str) -> str:
    return f"apercu-{millesime}"


def _draw(tables: Tables, millesime: str) -> bytes:
    selection = Selection(millesime=millesime)
    found = {kind: objects_of(tables, selection, kind) for kind in KINDS}

    def points(kind: ObjectKind) -> list[tuple[float, float]]:
        located = found[kind].dropna(subset=["lon", "lat"])
        return list(zip(located["lon"], located["lat"], strict=True))

    return picture.draw_picture(
        load_shapes(tables, "regions-apercu", "code_region").values(),
        load_shapes(tables, f"territoires-{millesime}-apercu", "territoire_id").values(),
        points("projets"),
        points("sites"),
    )
