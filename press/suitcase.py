"""Every file of a presentation: one at a time for a route, all of them for the command and the ZIP."""

import multiprocessing
import os
from collections.abc import Callable, Iterable, Mapping
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path

import contract
import presentations
from exports.csv_file import export_csv
from exports.provenance import Provenance
from exports.slides import html_file, paper, pptx_file, suitcase
from exports.slides.deck import Deck, pages_of
from exports.slides.kit import read_kit
from exports.slides.stable import pack
from exports.typeset import MIMETYPE as PDF
from geodata.queries.filters import objects_of
from geodata.queries.provenance import filters_of, origin_of
from geodata.repository import Tables, load_tables
from press.common import sources_of
from press.slides import decks_of
from settings import ROOT
from state import KINDS, ObjectKind, Selection
from state.scene import Presentation
from views.text import text

ASSETS = ROOT / "assets"
YAML = "application/yaml; charset=utf-8"


def make_suitcase(
    tables: Tables, presentation: Presentation, name: str, languages: tuple[str, ...] = contract.LANGUAGES
) -> dict[str, bytes]:
    """Every file of the suitcase by its path, in the languages asked."""
    parts = [_part(tables, presentation, name, language) for language in languages]
    return _closed(parts, tables, presentation, name, languages)


def make_suitcase_apart(
    tables: Tables, presentation: Presentation, name: str, languages: tuple[str, ...]
) -> dict[str, bytes]:
    """The same files, a process a language: half the time on two cores. For a command, not for a server of threads."""
    if len(languages) < 2 or (os.cpu_count() or 1) < 2:
        return make_suitcase(tables, presentation, name, languages)
    with ProcessPoolExecutor(len(languages), multiprocessing.get_context("spawn")) as processes:
        made = [processes.submit(_part_apart, tables.folder, presentation, name, language) for language in languages]
        parts = [one.result() for one in made]
    return _closed(parts, tables, presentation, name, languages)


def _part_apart(folder: Path, presentation: Presentation, name: str, language: str) -> dict[str, bytes]:
    return _part(load_tables(folder), presentation, name, language)


def _part(tables: Tables, presentation: Presentation, name: str, language: str) -> dict[str, bytes]:
    deck = decks_of(tables, presentation, name, (language,))[language]
    return suitcase.export_language(deck, read_kit(ASSETS), _objects(tables, deck))


def _closed(
    parts: Iterable[Mapping[str, bytes]],
    tables: Tables,
    presentation: Presentation,
    name: str,
    languages: tuple[str, ...],
) -> dict[str, bytes]:
    titles = {language: presentation.title.read(language) for language in languages}
    scenes = [scene.scene_id for scene in presentation.scenes]
    label = suitcase.Label(name, titles, tables.manifest.hash, scenes)
    return suitcase.close(parts, presentations.write(presentation), label)


def make_zip(tables: Tables, presentation: Presentation, name: str) -> bytes:
    """The suitcase in both languages as one ZIP."""
    return pack(make_suitcase(tables, presentation, name))


def make_file(tables: Tables, presentation: Presentation, name: str, ending: str, language: str) -> bytes:
    """One file of a presentation; ``ending`` is one of ``MADE``."""
    deck = decks_of(tables, presentation, name, (language,))[language]
    return MADE[ending][1](deck)


def _html(deck: Deck) -> bytes:
    return html_file.export_html(deck, read_kit(ASSETS))


def _pictures(deck: Deck) -> bytes:
    return pack({name: content for scale in (1, 2) for name, content in paper.export_pngs(deck, scale)})


# Ending → type, what makes it.
MADE: Mapping[str, tuple[str, Callable[[Deck], bytes]]] = {
    "pdf": (PDF, paper.export_pdf),
    "pptx": (pptx_file.MIMETYPE, pptx_file.export_pptx),
    "png.zip": (suitcase.MIMETYPE, _pictures),
    "html": (html_file.MIMETYPE, _html),
}


def _objects(tables: Tables, deck: Deck) -> dict[str, bytes]:
    """The objects of each map with all their fields; what several scenes show is written once, by the first."""
    found: dict[str, bytes] = {}
    seen = set()
    for page in pages_of(deck):
        selection = page.slide.selection
        for kind in KINDS:
            rows = objects_of(tables, selection, kind)
            key = (kind, selection.millesime, selection.date, tuple(rows.index))
            if page.has_map and kind in selection.layers and key not in seen:
                seen.add(key)
                provenance = _provenance(tables, selection, kind)
                content = export_csv(rows, contract.table(kind), provenance, deck.language)
                found[f"{page.stem}-{kind}.csv"] = content
    return found


def _provenance(tables: Tables, selection: Selection, kind: ObjectKind) -> Provenance:
    language = selection.language
    origin = origin_of(tables, selection, kind)
    stated = [(text(f"facet_{name}", language), values) for name, values in filters_of(tables, selection, kind)]
    if selection.text:
        stated.append((text("js_search", language), (selection.text,)))
    if selection.date:
        stated.append((text("etat_date", language), (selection.date,)))
    title = contract.table(kind).label(language)
    return Provenance(title, language, tuple(stated), origin.hash, origin.millesime, sources_of(tables, origin.sources))
