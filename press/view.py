"""A view of the atlas as one file: the same scene, words and drawing as a page of a presentation."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from functools import lru_cache
from pathlib import Path

from exports.slides import html_file, map_file, paper, pptx_file
from exports.slides.deck import Deck
from exports.slides.kit import read_kit
from exports.typeset import MIMETYPE as PDF
from geodata.models.slide import Bbox, Slide
from geodata.queries.provenance import filters_of
from geodata.queries.slides import slide_of
from geodata.queries.totals import region_names
from geodata.repository import Tables
from geodata.shapes import load_backdrop, load_shapes
from settings import load_settings
from state import FACETS, KINDS, ObjectKind
from state.scene import Scene, Text
from state.shown import FRANCE, Shown
from views.hall.map import HallShapes
from views.shown import counts_in_words, filters_in_words, title_of
from views.text import text

_CLOSE = 4.0  # degrees across: a narrower frame is drawn from the fine shapes


def make_view(tables: Tables, shown: Shown, ending: str) -> bytes:
    """The bytes of one file; ``ending`` is one of ``FILES``."""
    return FILES[ending][1](deck_of(tables, shown, is_interactive=ending == "html"), shown)


def _png(deck: Deck, shown: Shown) -> bytes:
    return next(paper.export_pngs(deck, shown.scale))[1]


def _pdf(deck: Deck, _: Shown) -> bytes:
    return paper.export_pdf(deck)


def _pptx(deck: Deck, _: Shown) -> bytes:
    return pptx_file.export_pptx(deck)


def _html(deck: Deck, _: Shown) -> bytes:
    return map_file.export_map(deck, read_kit(_assets()))


Named = tuple[float, float, str]
Make = Callable[[Deck, Shown], bytes]

# Ending → media type, and how the file is made.
FILES: Mapping[str, tuple[str, Make]] = {
    "png": ("image/png", _png),
    "pdf": (PDF, _pdf),
    "pptx": (pptx_file.MIMETYPE, _pptx),
    "html": (html_file.MIMETYPE, _html),
}


def deck_of(tables: Tables, shown: Shown, *, is_interactive: bool = False) -> Deck:
    """A presentation of one scene: the view. ``is_interactive``: a map to handle, with the chart under it if asked."""
    slide = view_slide(tables, shown, is_interactive=is_interactive)
    towns = towns_of(tables) if "villes" in shown.selection.layers else ()
    return deck_from(tables, slide, (*_framed(slide), *towns))


def _framed(slide: Slide) -> tuple[Named, ...]:
    """The site or the project that the map frames, to be named on it."""
    kind, _, code = slide.scene.frame.partition(":")
    points = {"site": slide.sites, "projet": slide.projects}.get(kind, ())
    return tuple((point.longitude, point.latitude, point.name) for point in points if point.code == code)


def deck_from(tables: Tables, slide: Slide, named: tuple[Named, ...]) -> Deck:
    """The slide with the shapes of its map; ``named``: places that a close map may name, the first ones first."""
    language, millesime = slide.selection.language, slide.selection.millesime
    is_close = slide.bbox is not None and max(_size(slide.bbox)) < _CLOSE
    return Deck(
        name="vue",
        title=slide.scene.headline.read(language),
        language=language,
        slides=(slide,),
        shapes=_shapes(tables, millesime, is_close=is_close),
        countries=load_backdrop(tables)["pays"],
        territoires={millesime: _names(tables, "territoire", millesime)},
        publication=tables.manifest.hash,
        lead=slide.scene.sentence.read(language),
        towns=named,
    )


def view_slide(tables: Tables, shown: Shown, *, is_interactive: bool = False) -> Slide:
    """The view as a slide: what it shows as a headline, its filters in words under it."""
    selection, language = shown.selection, shown.selection.language
    draft = Scene(
        "vue",
        Text(),
        view=selection.to_query(),
        frame=shown.frame,
        ground="aucun" if shown.chart and not is_interactive else "carte",
        chart=shown.chart,
    )
    slide = slide_of(tables, draft, language)
    words = [filters_in_words(selection, _filters(tables, shown))]
    if shown.chart:
        words.insert(0, counts_in_words(slide.counts, language))
    elif shown.is_part and slide.bbox is not None:
        words.append(text("vue_in_frame", language))
    if slide.bbox is None:  # the frame names nothing that the data place
        shown = replace(shown, frame=FRANCE)
    headline = title_of(shown, _places(tables, shown))
    sentence = " ".join(words)
    scene = replace(draft, headline=Text(headline, headline), sentence=Text(sentence, sentence))
    return replace(slide, scene=scene)


def _filters(tables: Tables, shown: Shown) -> list[tuple[str, tuple[str, ...]]]:
    """The filters that narrow what the view shows, each once, in the order of the facets."""
    selection = shown.selection
    kinds: list[ObjectKind] = [kind for kind in KINDS if shown.chart or kind in selection.layers]
    found = dict(pair for kind in kinds for pair in filters_of(tables, selection, kind))
    return [(item.name, found[item.name]) for item in FACETS if item.name in found]


def _places(tables: Tables, shown: Shown) -> list[str]:
    """Names of what is framed by name, else of what the filters ask for; empty for the whole country."""
    kind, _, code = shown.frame.partition(":")
    wanted = {kind: [code]} if code else {}
    for facet in ("region", "departement", "territoire"):
        wanted.setdefault(facet, list(shown.selection.values_of(facet)))
    for facet in ("site", "projet", "territoire", "departement", "region"):
        names = _names(tables, facet, shown.selection.millesime) if wanted.get(facet) else {}
        if known := [names[one] for one in wanted.get(facet, []) if one in names]:
            return known
    return _around(tables, shown)


def _around(tables: Tables, shown: Shown) -> list[str]:
    """« autour de Lille » for a close frame in degrees: the largest town of its middle, else of the whole of it."""
    box = Scene("vue", Text(), frame=shown.frame).bbox()
    if box is None or max(_size(box)) > _CLOSE:
        return []
    wide, high = _size(box)
    middle = (box[0] + wide / 8, box[1] + high / 8, box[2] - wide / 8, box[3] - high / 8)
    name = next(iter([*_towns_in(tables, middle), *_towns_in(tables, box)]), None)
    return [text("vue_around", shown.selection.language, town=name)] if name else []


def towns_of(tables: Tables) -> tuple[Named, ...]:
    """Every town, the largest first."""
    towns = tables["villes"].sort_values("population", ascending=False)
    return tuple(towns[["lon", "lat", "nom"]].itertuples(index=False, name=None))


def _towns_in(tables: Tables, box: Bbox) -> list[str]:
    """The names of the towns that a box holds, the largest first."""
    west, south, east, north = box
    return [name for lon, lat, name in towns_of(tables) if west <= lon <= east and south <= lat <= north]


_COLUMNS = {
    "region": ("code_region", "nom"),
    "departement": ("code_departement", "nom"),
    "territoire": ("territoire_id", "nom"),
    "site": ("site_id", "site_nom"),
    "projet": ("projet_id", "entreprise"),
}


def _names(tables: Tables, kind: str, millesime: str) -> dict[str, str]:
    """Names by code; an object that bears none is left out."""
    rows = region_names(tables) if kind == "region" else tables[f"{kind}s"]
    if kind == "territoire":
        rows = rows[rows["millesime"] == millesime]
    columns = list(_COLUMNS[kind])
    return dict(rows[columns].dropna().itertuples(index=False, name=None))


@lru_cache(maxsize=4)
def _shapes(tables: Tables, millesime: str, *, is_close: bool) -> HallShapes:
    level = "" if is_close else "-apercu"
    territoires = load_shapes(tables, f"territoires-{millesime}{level}", "territoire_id")
    return HallShapes(load_shapes(tables, f"regions{level}", "code_region"), {millesime: territoires})


def _size(box: Bbox) -> tuple[float, float]:
    return box[2] - box[0], box[3] - box[1]


def _assets() -> Path:
    return load_settings().assets_folder
