"""What every part of the chronology is told, and the links that they share."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from dash import dcc, html

import contract
from geodata.models.timeline import Claim, Timeline
from state import Selection
from state.period import Period
from views.links import link_to
from views.text import day, number, text

PATH = "/chronologie"


@dataclass(frozen=True)
class Context:
    """One reading of the page.

    Attributes:
        day: the day shown; ``is_asked`` when the visitor asked for one.
        steps: the stops of the slider.
        regions: names by code; ``titles`` of the sources by short name.
    """

    selection: Selection
    period: Period
    day: str
    is_asked: bool
    timeline: Timeline
    steps: tuple[str, ...]
    regions: Mapping[str, str]
    titles: Mapping[str, str]

    @property
    def language(self) -> str:
        return self.selection.language

    def say(self, key: str, **values: object) -> str:
        return text(key, self.language, **values)

    def n(self, value: float) -> str:
        return number(value, self.language)

    def date(self, written: str) -> str:
        return day(written, self.language)


def page_link(context: Context, path: str, anchor: str = "", query: str = "", on: str | None = None) -> str:
    """Another page in the language, as of ``on`` (the day asked for if None); ``query`` comes on top."""
    as_of = (context.day if context.is_asked else "") if on is None else on
    shared = link_to(Selection(language=context.language).at(as_of), path)
    joined = f"{shared}{'&' if '?' in shared else '?'}{query}" if query else shared
    return f"{joined}#{anchor}" if anchor else joined


def day_link(context: Context, on: str, anchor: str = "etat") -> str:
    """This page as of another day, the comparison kept."""
    kept = Period(context.period.start, context.period.end).to_query()
    return page_link(context, PATH, anchor, kept, on)


def claim_link(context: Context, claim: Claim) -> html.A:
    """The statement of an announced figure, linked to the ledger."""
    return html.A(claim.statement(context.language), href=page_link(context, "/chiffres", claim.id))


def source_link(context: Context, source: str) -> html.A:
    title = context.titles.get(source, source)
    return html.A(title, href=page_link(context, "/sources", source), lang="fr")


def region_words(context: Context, code: str | None) -> str:
    return "" if code is None else context.regions.get(code, code)


def facts(ids: Any) -> dict[str, Any]:
    """The founding facts that an element shows."""
    return {"data-fait": " ".join(ids)} if ids else {}


def hidden_language(context: Context) -> list[Any]:
    """What a form must keep without asking."""
    if context.language == contract.DEFAULT_LANGUAGE:
        return []
    return [dcc.Input(type="hidden", name="lang", value=context.language)]
