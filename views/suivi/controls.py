"""What is looked at: measure and reading as links, scheme, filière, month and millesime as a form by GET, the files."""

from collections.abc import Sequence
from typing import Any
from urllib.parse import parse_qsl

from dash import html

import contract
from geodata.models.measures import MEASURES, VIEWS
from state import Selection
from state.monitoring import DETAILS
from views.markup import aria
from views.suivi.compare import hidden_fields
from views.suivi.links import PATH, Context
from views.suivi.values import label
from views.text import month, text

_FACETS = ("mesure", "filiere", "mois")
SPLIT_ONLY = ("territoires", "touches", "dans", "concentration", "delai")  # have no inside and outside


def draw_choices(context: Context) -> html.Div:
    """Measure, then reading; the current one is marked, not a link."""
    language, state = context.language, context.state
    measures = [
        (code, label(code, language), context.address("regions", measure=code, sort="-ecart")) for code in MEASURES
    ]
    views = [(code, text(f"suivi_view_{code}", language), context.address("regions", view=code)) for code in VIEWS]
    return html.Div(
        [
            _choice("suivi_choice_measure", measures, state.measure, language),
            _choice("suivi_choice_view", views, state.view, language),
        ],
        className="choices",
    )


def draw_details(context: Context) -> html.Div:
    """Which region by region table is open."""
    language = context.language
    items = [(code, text(f"suivi_detail_{code}", language), context.address("detail", detail=code)) for code in DETAILS]
    return html.Div(_choice("suivi_choice_detail", items, context.state.detail, language), className="choices")


def _choice(key: str, items: Sequence[tuple[str, str, str]], current: str, language: str) -> html.Nav:
    name = text(key, language)
    links: list[Any] = []
    for code, shown, href in items:
        marked: dict[str, Any] = aria(current="true") if code == current else {}
        links.append(html.Li(html.A(shown, href=href, className="is-current" if marked else None, **marked)))
    return html.Nav([html.Span(name, className="choice-name"), html.Ul(links)], className="choice", **aria(label=name))


def draw_filters(context: Context, months: Sequence[str]) -> html.Form:
    """Scheme, filière and month of update narrow the projects; the millesime chooses the territoires."""
    language, selection = context.language, context.selection
    selects: list[Any] = []
    for name in _FACETS:
        chosen = selection.values_of(name)
        codes = [(code, month(code, language)) for code in months] if name == "mois" else _codes(name, language)
        selects.append(_select(name, text(f"suivi_filter_{name}", language), codes, chosen, language))
    vintages = [(code, item.label(language)) for code, item in contract.codes("millesime").items()]
    if not selection.date:
        selects.append(
            _select("millesime", text("suivi_filter_millesime", language), vintages, (selection.millesime,), "")
        )
    kept = [("lang", language)] if language != contract.DEFAULT_LANGUAGE else []
    kept += [("date", selection.date)] if selection.date else []
    kept += _pairs(context.state.to_query())
    button = html.Button(text("suivi_filter_button", language), type="submit", className="button")
    reset = html.A(text("suivi_filter_reset", language), href=_reset(context)) if selection.filters else None
    return html.Form([*hidden_fields(kept), *selects, button, reset], action=PATH, method="get", className="suivi-form")


def form_fields(context: Context, *but: str) -> list[Any]:
    """The whole state as hidden fields, but the names that the form asks itself."""
    pairs = [pair for pair in _pairs(context.query()) if pair[0] not in but]
    return hidden_fields(pairs)


def _pairs(query: str) -> list[tuple[str, str]]:
    return parse_qsl(query, keep_blank_values=True)


def _codes(name: str, language: str) -> list[tuple[str, str]]:
    return [(code, item.label(language)) for code, item in contract.codes(name).items()]


def _select(
    name: str, shown: str, codes: Sequence[tuple[str, str]], chosen: Sequence[str], language: str
) -> html.Label:
    """A list with one choice; several codes of a link are kept as one option of their own."""
    value = ",".join(chosen)
    options = [html.Option(text("suivi_every", language), value="", selected=not value)] if language else []
    if len(chosen) > 1:
        options.append(html.Option(value, value=value, selected=True))
    options += [html.Option(title, value=code, selected=code == value) for code, title in codes]
    field: dict[str, Any] = {"name": name}
    return html.Label([shown, " ", html.Select(options, id=f"suivi-{name}", **field)])


def _reset(context: Context) -> str:
    kept = context.selection
    bare = Selection(language=kept.language, millesime=kept.millesime, date=kept.date)
    return Context(bare, context.state).address()


def draw_downloads(context: Context) -> html.P:
    """The table of regions as files, in the reading shown."""
    language = context.language
    query = context.query()
    links: list[Any] = []
    for extension in ("csv", "xlsx"):
        href = f"/telecharger/suivi/regions.{extension}{'?' if query else ''}{query}"
        links += [html.A(extension.upper(), href=href, className="button"), " "]
    return html.P([text("suivi_download", language), " ", *links], className="suivi-downloads downloads")
