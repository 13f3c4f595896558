"""The numbered sources of a sheet: each fact bears a number, the list at the end tells what it is."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from dash import html

from geodata.models.site_sheet import SiteFact, SiteSheet
from state import Selection
from views.catalogue import words_in
from views.facts import shorten
from views.links import link_to
from views.markup import aria
from views.text import text

LIST = "sites-cles-en-main"
PROJECTS = "plan-de-relance"
PLACES = {
    "gare_fret": "gares",
    "gare_voyageurs": "gares",
    "aeroport": "aeroports",
    "port": "ports",
    "poste_electrique": "postes-entsoe",
    "site": LIST,
}
Key = tuple[str, str | None]


@dataclass(frozen=True)
class Notes:
    """The sources of a sheet in the order of their first use; a source is (short name, address or null)."""

    keys: tuple[Key, ...]

    def number(self, source: str, url: str | None = None) -> int:
        return self.keys.index((source, url)) + 1

    def of_fact(self, fact: SiteFact) -> int:
        return self.number(fact.source, fact.url)


def number_sources(sheet: SiteSheet) -> Notes:
    """Every source that the sheet uses, labels first."""
    keys: list[Key] = [label_source(sheet)]
    for fact in sheet.facts:
        keys += [(said.source, said.url) for said in (fact, *fact.others)]
    keys += [(LIST, url) for url in sheet.addresses]
    if sheet.around is not None:
        keys += [(PROJECTS, None), *((PLACES[kind], None) for kind, _ in sheet.around.places)]
    return Notes(tuple(dict.fromkeys(keys)))


def label_source(sheet: SiteSheet) -> Key:
    """The source of the labels: the first address, else the list itself."""
    return LIST, sheet.addresses[0] if sheet.addresses else None


def mark(number: int, language: str) -> html.Sup:
    """The mark of a source, as a link to it."""
    label = text("site_ref", language, n=number)
    return html.Sup(html.A(f"[{number}]", href=f"#source-{number}", **aria(label=label)), className="site-ref")


def draw_notes(notes: Notes, sources: Mapping[str, Mapping[str, Any]], selection: Selection) -> html.Ol:
    """The list: address, or title of the catalogue with a link to its card."""
    return html.Ol(
        [
            html.Li(_note(key, sources, selection), id=f"source-{number}")
            for number, key in enumerate(notes.keys, start=1)
        ],
        className="site-sources",
    )


def _note(key: Key, sources: Mapping[str, Mapping[str, Any]], selection: Selection) -> list[Any]:
    name, url = key
    language = selection.language
    card = link_to(selection, "/sources", selected="") + f"#{name}"
    if name == LIST:
        listed = html.A(text("site_source_list", language), href=card)
        if url is None:
            return [listed, f", {text('site_source_no_address', language)}"]
        return [html.A(shorten(url), href=url, rel="noopener external"), " (", listed, ")"]
    entry = sources[name]
    millesime = words_in(str(entry["millesime"]), language)
    title = html.A(entry["title"], href=card, lang="fr")
    return [title, f", {entry['producer']}, {text('site_source_of', language, millesime=millesime)}"]
