"""The page of the programme: each statement of the founding documents, its quote, its source, what follows from it."""

from collections.abc import Sequence
from typing import Any

from dash import html

import contract
from geodata.models.claim import Fact
from views.acteurs import draw_measures, draw_milestones
from views.chiffres.cells import Titles
from views.chiffres.words import claim_link, source_link
from views.links import in_language
from views.markup import aria
from views.text import text


def draw_programme(facts: Sequence[Fact], titles: Titles, language: str) -> html.Div:
    """The whole page, part by part."""
    sections = [code for code in contract.codes("section") if any(fact.section == code for fact in facts)]
    labels = {code: contract.label_of("section", code, language) for code in sections}
    links = [html.Li(html.A(labels[code], href=f"#{_anchor(code)}")) for code in sections]
    links += [
        html.Li(html.A(text(key, language), href=in_language(path, "", language)))
        for key, path in (("chiffres_title", "/chiffres"), ("acteurs_title", "/acteurs"))
    ]
    return html.Div(
        [
            html.H1(text("programme_title", language)),
            html.P(text("programme_lead", language), className="lead"),
            html.Nav(html.Ul(links), className="page-contents", **aria(label=text("sources_contents", language))),
            *(
                html.Section(
                    [
                        html.H2(labels[code], id=_anchor(code)),
                        *(_fact(fact, titles, language) for fact in facts if fact.section == code),
                    ]
                )
                for code in sections
            ),
        ],
        className="page claims-page",
    )


def _anchor(section: str) -> str:
    return f"partie-{section.replace('_', '-')}"


def _fact(fact: Fact, titles: Titles, language: str) -> html.Article:
    name, data = fact.fact_id, {"data-fait": fact.fact_id}
    label = text("programme_link", language, id=name)
    badge = html.Span(text("programme_derived", language), className="badge") if fact.is_derived else None
    return html.Article(
        [
            html.H3(
                [
                    html.A(name, href=f"#{name}", className="fact-id", **aria(label=label)),
                    " ",
                    fact.title.read(language),
                ],
                id=f"{name}-titre",
            ),
            html.P([fact.statement.read(language), " ", badge]),
            html.P(
                [
                    html.Q(fact.quote, lang="fr", className="claim-quote"),
                    " ",
                    source_link(fact.source, titles.get(fact.source, fact.source), language),
                ],
                className="claim-meta",
            ),
            _linked(fact, language),
        ],
        id=name,
        className="fact",
        **aria(labelledby=f"{name}-titre"),
        **data,
    )


def _linked(fact: Fact, language: str) -> html.Dl | None:
    """What hangs on the statement; nothing when nothing does."""
    figures = html.Ul([html.Li(claim_link(claim, language)) for claim in fact.claims], className="linked is-inline")
    parts: list[tuple[str, Any]] = [
        ("figures", figures if fact.claims else None),
        ("measures", draw_measures(fact.measures, language)),
        ("milestones", draw_milestones(fact.milestones, language)),
    ]
    rows = [html.Div([html.Dt(text(f"programme_{key}", language)), html.Dd(part)]) for key, part in parts if part]
    return html.Dl(rows, className="fact-links") if rows else None
