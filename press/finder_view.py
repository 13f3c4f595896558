"""The answer of the site finder as one file: the sites that are kept on a map, the needs in words, the first ones."""

from collections.abc import Mapping
from dataclasses import replace

from exports.slides.deck import Deck
from geodata.models.slide import Slide, SlidePoint
from geodata.queries.finder import place_names, site_rows
from geodata.queries.ranking import Ranking, rank_sites
from geodata.queries.slides import slide_of
from geodata.repository import Tables
from press.common import table_sources
from press.view import FILES, deck_from, towns_of
from state import Selection
from state.needs import Needs
from state.scene import Scene, Text
from state.shown import FRANCE, Shown
from views.sites.words import filter_name
from views.text import number, text

_FIRST = 3
_PLACES = ("territoire", "departement", "region")  # the narrowest first
# The tables that a filter reads besides the sites.
_READ = {
    "gare_fret": "gares",
    "gare_voyageurs": "gares",
    "port": "ports",
    "aeroport": "aeroports",
    "poste_electrique": "postes",
    "projets": "projets",
}


def make_finder_view(tables: Tables, needs: Needs, ending: str, scale: int = 1) -> bytes:
    """The bytes of one file; ``ending`` is one of ``press.view.FILES``, ``scale`` that of a PNG."""
    shown = Shown(Selection(language=needs.language, millesime=needs.millesime), scale=scale)
    return FILES[ending][1](finder_deck(tables, needs), shown)


def finder_deck(tables: Tables, needs: Needs) -> Deck:
    """A presentation of one scene: what the page of the finder shows."""
    return deck_from(tables, finder_slide(tables, needs), towns_of(tables))


def finder_slide(tables: Tables, needs: Needs) -> Slide:
    """The kept sites of the needs, in the place that they ask for; sites without a position are counted."""
    ranking = rank_sites(tables, replace(needs, sort="rang"))
    places = place_names(tables, needs.millesime)
    selection = Selection(language=needs.language, millesime=needs.millesime, layers=("sites", "villes"))
    frame, where = _frame(needs, places)
    headline = text("vue_finder", needs.language, where=where)
    sentence = _sentence(tables, ranking, places)
    scene = Scene("vue", Text(headline, headline), selection.to_query(), frame=frame, sentence=Text(sentence, sentence))
    slide = slide_of(tables, scene, needs.language)
    rows = [site_rows(tables)[code] for code in ranking.site_ids]
    points = tuple(
        SlidePoint(row["lon"], row["lat"], row["site_id"], row["site_nom"] or "")
        for row in rows
        if row["lon"] is not None and row["lat"] is not None
    )
    return replace(
        slide,
        sites=points,
        counts={**slide.counts, "sites": len(rows)},
        unlocated={**slide.unlocated, "sites": len(rows) - len(points)},
        sources={**slide.sources, **_sources_of_filters(tables, ranking)},
    )


def _frame(needs: Needs, places: Mapping[str, Mapping[str, str]]) -> tuple[str, str]:
    """What the map frames and its name: the one known place that is asked for, else France."""
    for kind in _PLACES:
        values = needs.values_of(kind)
        if len(values) == 1 and values[0] in places[kind]:
            return f"{kind}:{values[0]}", places[kind][values[0]]
    return FRANCE, text("vue_france", needs.language)


def _sentence(tables: Tables, ranking: Ranking, places: Mapping[str, Mapping[str, str]]) -> str:
    """« Besoins : surface d’au moins 50 ha. 12 sites sur 81. En tête : 1. … ; 2. … »."""
    needs = ranking.needs
    language = needs.language
    between = " ; " if language == "fr" else "; "
    wanted = between.join(filter_name(effect.name, needs, places) for effect in ranking.effects)
    parts = [text("vue_needs", language, needs=wanted) if wanted else text("vue_no_filter", language)]
    n, total = number(len(ranking.site_ids), language), number(ranking.total, language)
    parts.append(text("finder_count", language, n=n, total=total) + ".")
    rows = [site_rows(tables)[site.site_id] for site in ranking.sites(0, _FIRST)]
    first = [f"{place}. {row['site_nom'] or row['site_id']}" for place, row in enumerate(rows, 1)]
    if first:
        parts.append(text("vue_first", language, names=between.join(first)))
    return " ".join(parts)


def _sources_of_filters(tables: Tables, ranking: Ranking) -> Mapping[str, Mapping[str, str]]:
    """The sources of the distances and of the projects that the filters in force read."""
    read = [_READ[effect.name] for effect in ranking.effects if effect.name in _READ]
    known = tables.manifest.sources
    return {name: known[name] for name in table_sources(tables, *read) if name in known}
