"""What every part of the page of measures is told, and the words and links that they share."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from dash import html

import contract
from geodata.models.measure import Measure, MeasureState
from state import Selection
from state.enquiry import NOT_STATED, Enquiry
from views.links import link_to
from views.text import day, text

PATH = "/mesures"


@dataclass(frozen=True)
class Context:
    """One reading of the page.

    Attributes:
        day: the day that states are told for; ``selection.date`` is empty when nobody asked for one.
        regions: names by code.
        titles: titles of the sources by short name.
        claims: announced figures (id, statement) by founding fact.
    """

    selection: Selection
    enquiry: Enquiry
    day: str
    regions: Mapping[str, str]
    titles: Mapping[str, str]
    claims: Mapping[str, tuple[tuple[str, str], ...]]

    @property
    def language(self) -> str:
        return self.selection.language

    def say(self, key: str, **values: object) -> str:
        return text(key, self.language, **values)


def address(context: Context, enquiry: Enquiry | None = None, anchor: str = "", path: str = PATH) -> str:
    """The page for an enquiry (the current one if none), language and date kept."""
    shared = Selection(language=context.language).at(context.selection.date).to_query()
    asked = (context.enquiry if enquiry is None else enquiry).to_query()
    query = "&".join(part for part in (shared, asked) if part)
    return f"{path}{'?' if query else ''}{query}{f'#{anchor}' if anchor else ''}"


def page_link(context: Context, path: str, anchor: str = "") -> str:
    """Another page, language and date kept."""
    shared = Selection(language=context.language).at(context.selection.date)
    return f"{link_to(shared, path)}{f'#{anchor}' if anchor else ''}"


def code_label(context: Context, code_list: str, code: str) -> str:
    """The label of a value: of the contract, else of the page's own messages; « non renseigné » for ``aucun``."""
    if code == NOT_STATED:
        return contract.unknown(context.language)
    if code_list in ("axe", "phase") or (code_list == "secteur" and code in contract.codes("secteur")):
        return contract.label_of(code_list, code, context.language)
    return context.say(f"mesures_{code_list}_{code}")


def region_label(context: Context, code: str | None) -> str:
    """The name of a region; the national level has none."""
    return context.say("mesures_nationale") if code is None else context.regions.get(code, code)


def state_words(context: Context, measure: Measure, state: MeasureState) -> str:
    """« fermée depuis le 10 mai 2023 »: the state with the date that makes it."""
    opens, closes = (day(value, context.language) if value else "" for value in (measure.opens, measure.closes))
    if state == "inconnu":
        return context.say("mesures_depuis", opens=opens) if opens else context.say("mesures_sans_date")
    return context.say(f"mesures_etat_{state}_le", opens=opens, closes=closes)


def state_badge(context: Context, measure: Measure, state: MeasureState) -> html.Span:
    """The state as a badge whose words and shape, not only colour, tell it."""
    return html.Span(state_words(context, measure, state), className=f"state is-{state}")


def source_line(context: Context, source: str) -> html.P:
    """The title of a source, linked to its card."""
    title = context.titles.get(source, source)
    link = html.A(title, href=page_link(context, "/sources", source), lang="fr")
    return html.P([context.say("mesures_source"), " ", link], className="source")


def quote_of(words: str) -> html.Blockquote:
    """The words of a source, which are French."""
    return html.Blockquote(words, lang="fr", className="quote")


def facts(ids: Any) -> dict[str, Any]:
    """The founding facts that an element shows, for tests and for whoever looks for one."""
    return {"data-fait": " ".join(ids)}
