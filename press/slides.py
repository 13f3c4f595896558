"""A presentation as files: its scenes meet the data, then each format is made from the same words."""

import re
import unicodedata
from collections.abc import Mapping
from pathlib import Path

import contract
import presentations
from exports.slides.deck import Deck
from geodata.queries.claims import claims_by_id
from geodata.queries.slides import slides_of
from geodata.queries.totals import region_names
from geodata.repository import Tables
from geodata.shapes import load_backdrop, load_outlines
from state.scene import Presentation
from views.hall.map import HallShapes
from views.hall.regions import region_words

_FILE_ENDINGS = (".yml", ".yaml", ".json")


def presentation_of(tables: Tables, name: str) -> Presentation:
    """A shipped presentation, the one of a region (``region-32``), or the one of a file (a path).

    Raises:
        PresentationError: no presentation has that name, or the file is not one; every fault is named.
    """
    if name.endswith(_FILE_ENDINGS):
        return presentations.load(Path(name))
    return presentation_named(tables, name)


def presentation_named(tables: Tables, name: str) -> Presentation:
    """The same without files: what a visitor may ask for.

    Raises:
        PresentationError: no presentation has that name.
    """
    regions = dict(region_names(tables)[["code_region", "nom"]].itertuples(index=False))
    return presentations.named(name, region_words(regions))


def file_name(asked: str) -> str:
    """Letters, digits and hyphens for the name of a presentation or the path of its file: names files anywhere."""
    plain = unicodedata.normalize("NFKD", Path(asked).stem).encode("ascii", "ignore").decode().lower()
    return re.sub(r"[^a-z0-9]+", "-", plain).strip("-")[:60] or "presentation"


def unknown_claims(tables: Tables, presentation: Presentation) -> list[tuple[str, str]]:
    """(scene, id) of each figure asked for that the ledger does not hold."""
    known = claims_by_id(tables)
    return [(scene.scene_id, name) for scene in presentation.scenes for name in scene.claims if name not in known]


def decks_of(tables: Tables, presentation: Presentation, name: str, languages: tuple[str, ...]) -> Mapping[str, Deck]:
    """The presentation with its data, by language; ``name`` names the files."""
    millesimes = {scene.selection(contract.DEFAULT_LANGUAGE).millesime for scene in presentation.scenes}
    shapes = HallShapes(
        load_outlines(tables, "regions", "code_region"),
        {code: load_outlines(tables, f"territoires-{code}", "territoire_id") for code in sorted(millesimes)},
    )
    countries = load_backdrop(tables)["pays"]
    names = {code: _territoire_names(tables, code) for code in millesimes}
    return {
        language: Deck(
            name=name,
            title=presentation.title.read(language),
            language=language,
            slides=slides_of(tables, presentation, language),
            shapes=shapes,
            countries=countries,
            territoires=names,
            publication=tables.manifest.hash,
        )
        for language in languages
    }


def _territoire_names(tables: Tables, millesime: str) -> dict[str, str]:
    rows = tables["territoires"]
    rows = rows[rows["millesime"] == millesime]
    return dict(rows[["territoire_id", "nom"]].itertuples(index=False))
