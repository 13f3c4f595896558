"""The cells of a line of the ledger, shared by the ledger and by the groups of contradictions."""

from collections.abc import Mapping
from typing import Any

from dash import html

import contract
from geodata.models.claim import Claim
from views.chiffres.words import address_of, amount, announced, claim_link, gap, said_by, said_on, source_link, status
from views.facts import shorten
from views.links import in_language
from views.text import number, text

Titles = Mapping[str, str]
COLUMNS = ("statement", "announced", "computed", "gap", "why")


def draw_head(language: str) -> html.Thead:
    cells = [
        html.Th(text(f"chiffres_c_{name}", language), scope="col", role="columnheader", className=f"claim-{name}")
        for name in COLUMNS
    ]
    return html.Thead(html.Tr(cells, role="row"), role="rowgroup")


def draw_cells(claim: Claim, language: str, *, is_short: bool = False) -> list[Any]:
    """Announced, computed, gap, why: all but the statement. The short form leaves the explanation to the ledger."""
    parts = (
        ("announced", _announced(claim, language)),
        ("computed", _computed(claim, language)),
        ("gap", [html.Span(gap(claim, language), className="claim-gap"), status(claim, language)]),
        ("why", _why(claim, language, is_short)),
    )
    return [
        html.Td(part, role="cell", className=f"claim-{name}", **_label(f"chiffres_c_{name}", language))
        for name, part in parts
    ]


def draw_meta(claim: Claim, titles: Titles, language: str) -> html.P:
    """Who, when, in which source, on which page of the web."""
    parts: list[Any] = [said_by(claim, language), " · ", said_on(claim, language), " · "]
    parts.append(source_link(claim.source, titles.get(claim.source, claim.source), language))
    if claim.url and claim.url.startswith(("https://", "http://")):
        parts += [" · ", html.A(shorten(claim.url), href=claim.url, title=claim.url)]
    if claim.is_derived:
        parts += [" ", html.Span(text("chiffres_derived", language), className="badge")]
    return html.P(parts, className="claim-meta")


def _label(key: str, language: str) -> dict[str, Any]:
    """What stands before the cell once the table is stacked on a phone."""
    return {"data-label": text(key, language)}


def _announced(claim: Claim, language: str) -> html.Strong:
    data: dict[str, Any] = {"data-chiffre": claim.claim_id}
    return html.Strong(announced(claim, language), className="claim-value", **data)


def _computed(claim: Claim, language: str) -> list[Any]:
    answer = claim.answer
    if answer is None:
        return [html.Span(text("chiffres_s_non_mesurable", language), className="unknown")]
    name = claim.calculation
    definition = contract.label_of("calcul", name, language) if name else text("chiffres_formula", language)
    data: dict[str, Any] = {"data-requete": name or claim.formula}
    if answer.value is None:
        stated = text(
            "chiffres_stated", language, n=number(answer.n_stated, language), total=number(answer.n_rows, language)
        )
        return [
            html.Span(text("chiffres_s_non_mesurable", language), className="unknown"),
            html.Small([html.A(stated, href=address_of(answer, language), **data), " ", definition]),
        ]
    shown = amount(answer.value, answer.unit or claim.unit, language)
    if name is None:
        return [
            html.Span(shown, className="claim-value", **data),
            html.Small([definition, " ", *_formula(claim, language)]),
        ]
    link = html.A(shown, href=address_of(answer, language), className="claim-value", **data)
    return [link, html.Small(definition)]


def _formula(claim: Claim, language: str) -> list[Any]:
    """The formula, each figure linked to its line."""
    here = in_language("/chiffres", "", language)
    return [
        html.A(word, href=f"{here}#{word}") if word[0].isalpha() else f" {word} "
        for word in (claim.formula or "").split(" ")
    ]


def _why(claim: Claim, language: str, is_short: bool) -> list[Any]:
    if not claim.reason:
        return [html.Span(text("chiffres_no_gap", language), className="claim-quiet")]
    explanation = claim.explanation.read(language) if claim.explanation and not is_short else None
    return [
        html.Span(contract.label_of("motif", claim.reason, language), className="claim-reason"),
        html.Small(explanation) if explanation else None,
    ]


def draw_group_statement(claim: Claim, language: str) -> html.Th:
    """The statement in a group: it leads to the line of the ledger, which holds the source and the quote."""
    said = f"{said_by(claim, language)} · {said_on(claim, language)}"
    return html.Th(
        [claim_link(claim, language, claim.statement.read(language)), html.P(said, className="claim-meta")],
        scope="row",
        role="rowheader",
        className="claim-statement",
    )
