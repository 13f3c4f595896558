"""The ledger: its form, its downloads, its table."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from dash import dcc, html

import contract
from geodata.models.claim import Choices, Claim
from state.ledger import NOT_DATED, SORTS, STATES, Ledger
from views.chiffres.cells import Titles, draw_cells, draw_head, draw_meta
from views.chiffres.words import announced, said_by, said_on
from views.markup import aria
from views.text import number, text

FORMATS = ("csv", "xlsx")


def draw_form(ledger: Ledger, choices: Choices, language: str) -> html.Form:
    """The filters and the order, as fields of a GET form: it works without script."""
    unknown = contract.unknown(language)
    options = {
        "theme": [(code, contract.label_of("theme", code, language)) for code in choices.themes],
        "auteur": [(name, unknown if name == NOT_DATED else name) for name in choices.authors],
        "unite": [(code, contract.label_of("unite", code, language)) for code in choices.units],
        "annee": [(year, text("chiffres_undated", language) if year == NOT_DATED else year) for year in choices.years],
        "etat": [(state, text(f"chiffres_f_{state}", language)) for state in STATES],
        "tri": [(sort, text(f"chiffres_sort_{sort}", language)) for sort in SORTS],
    }
    chosen = {
        "theme": ledger.theme,
        "auteur": ledger.author,
        "unite": ledger.unit,
        "annee": ledger.year,
        "etat": ledger.state,
        "tri": ledger.sort,
    }
    hidden = [("lang", language if language != contract.DEFAULT_LANGUAGE else ""), ("date", ledger.day)]
    kept: list[Any] = [dcc.Input(type="hidden", name=name, value=value) for name, value in hidden if value]
    fields = [_select(name, options[name], chosen[name], language) for name in options]
    return html.Form(
        [
            *kept,
            *fields,
            html.Button(text("chiffres_apply", language), type="submit", className="button button-strong"),
        ],
        method="get",
        action="/chiffres#registre",
        className="claims-form",
        **aria(label=text("chiffres_filters", language)),
    )


def _select(name: str, options: Sequence[tuple[str, str]], chosen: str, language: str) -> html.Div:
    empty = "chiffres_sort_default" if name == "tri" else "chiffres_all"
    rows = [("", text(empty, language)), *options]
    items = [html.Option(label, value=value, selected="selected" if value == chosen else None) for value, label in rows]
    return html.Div(
        [
            html.Label(text(f"chiffres_field_{name}", language), htmlFor=f"champ-{name}"),
            html.Select(items, id=f"champ-{name}", name=name),
        ],
        className="field",
    )


def draw_downloads(ledger: Ledger, language: str) -> html.P:
    """The lines that the filters leave, as files."""
    query = ledger.to_query()
    links = [
        html.A(form.upper(), href=f"/telecharger/registre.{form}" + (f"?{query}" if query else ""), className="button")
        for form in FORMATS
    ]
    return html.P([text("chiffres_download", language), " ", *links], className="claims-downloads")


def draw_ledger(claims: Sequence[Claim], n_all: int, ledger: Ledger, titles: Titles, digest: str) -> list[Any]:
    """The table, or a sentence and a way out when the filters leave nothing."""
    language = ledger.language
    if not claims:
        reset = replace(Ledger(language=language), day=ledger.day).to_query()
        link = html.A(
            text("chiffres_reset", language), href=f"/chiffres?{reset}#registre" if reset else "/chiffres#registre"
        )
        return [html.P([text("chiffres_none", language), " ", link], className="warning", role="status")]
    caption = text("chiffres_caption", language, n=number(len(claims), language), total=number(n_all, language))
    rows = [_row(claim, titles, digest, language) for claim in claims]
    return [
        html.Table(
            [html.Caption(caption), draw_head(language), html.Tbody(rows, role="rowgroup")],
            className="table claims",
            role="table",
        )
    ]


def _row(claim: Claim, titles: Titles, digest: str, language: str) -> html.Tr:
    data: dict[str, Any] = {"data-fait": claim.fact}
    statement = html.Th(
        [
            html.Span(claim.statement.read(language), className="claim-words"),
            draw_meta(claim, titles, language),
            html.Q(claim.quote, lang="fr", className="claim-quote") if claim.quote else None,
            _cite(claim, titles, digest, language),
        ],
        scope="row",
        role="rowheader",
        className="claim-statement",
    )
    return html.Tr([statement, *draw_cells(claim, language)], id=claim.claim_id, role="row", **data)


def _cite(claim: Claim, titles: Titles, digest: str, language: str) -> html.Details:
    """The citation, ready to be copied; script adds a button, without it the text can be selected."""
    quote = text("chiffres_cite_quote", language, quote=claim.quote) if claim.quote else ""
    written = text(
        "chiffres_cite_text",
        language,
        statement=claim.statement.read(language).rstrip("."),
        value=announced(claim, language),
        quote=quote,
        author=said_by(claim, language),
        date=said_on(claim, language),
        source=titles.get(claim.source, claim.source),
        id=claim.claim_id,
        hash=digest[:12],
    )
    label = text("chiffres_cite_label", language, id=claim.claim_id)
    said: list[Any] = [written]
    if claim.quote and claim.quote in written:  # the source is in French, whatever the language of the page
        before, _, after = written.partition(claim.quote)
        said = [before, html.Span(claim.quote, lang="fr"), after]
    return html.Details(
        [html.Summary(text("chiffres_cite", language), **aria(label=label)), html.P(said, className="cite-text")],
        className="cite",
    )
