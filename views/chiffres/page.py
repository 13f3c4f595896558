"""The page of the ledger: how many figures agree, the contradictions, then every figure."""

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any

from dash import html

from geodata.models.claim import STATUSES, Choices, Claim, Contradiction
from state.ledger import Ledger
from views.chiffres.cells import Titles, draw_cells, draw_group_statement, draw_head
from views.chiffres.ledger import draw_downloads, draw_form, draw_ledger
from views.links import in_language
from views.markup import aria
from views.text import day, number, text


def draw_page(
    claims: Sequence[Claim],
    every: Sequence[Claim],
    groups: Sequence[Contradiction],
    choices: Choices,
    ledger: Ledger,
    titles: Titles,
    digest: str,
) -> html.Div:
    """The whole page.

    Args:
        claims: the figures that the filters leave, sorted; ``every`` all of them.
        titles: title of each source by short name.
        digest: the hash of the publication.
    """
    language = ledger.language
    counts: Mapping[str, int] = Counter(str(claim.status) for claim in every)
    as_of = text("chiffres_as_of", language, day=day(ledger.day, language)) if ledger.day else None
    return html.Div(
        [
            html.H1(text("chiffres_title", language)),
            html.P(text("chiffres_lead", language), className="lead"),
            _summary(counts, len(every), ledger),
            _contents(language),
            html.Section(
                [
                    html.H2(text("chiffres_groups", language), id="contradictions"),
                    html.P(text("chiffres_groups_lead", language), className="claims-lead"),
                    html.Ul([_group_link(group, language) for group in groups], className="contradictions-list"),
                    *(_group(group, language) for group in groups),
                ]
            ),
            html.Section(
                [
                    html.H2(text("chiffres_ledger", language), id="registre"),
                    html.P(as_of, className="warning") if as_of else None,
                    draw_form(ledger, choices, language),
                    draw_downloads(ledger, language),
                    *draw_ledger(claims, len(every), ledger, titles, digest),
                ]
            ),
        ],
        className="page claims-page",
    )


def _summary(counts: Mapping[str, int], total: int, ledger: Ledger) -> html.Dl:
    """How many figures there are in each state; each count leads to its lines."""
    language = ledger.language
    rows: list[Any] = [html.Div([html.Dt(text("chiffres_total", language)), html.Dd(number(total, language))])]
    for status in STATUSES:
        shown: Any = number(counts.get(status, 0), language)
        if status != "meme_nombre":
            query = Ledger(language=language, state=status, day=ledger.day).to_query()
            shown = html.A(shown, href=f"/chiffres?{query}#registre")
        rows.append(html.Div([html.Dt(text(f"chiffres_n_{status}", language)), html.Dd(shown)]))
    return html.Dl(rows, className="claims-summary")


def _contents(language: str) -> html.Nav:
    here = [("chiffres_groups", "#contradictions"), ("chiffres_ledger", "#registre")]
    pages = [("programme_title", "/programme"), ("acteurs_title", "/acteurs")]
    links = [html.Li(html.A(text(key, language), href=anchor)) for key, anchor in here]
    links += [html.Li(html.A(text(key, language), href=in_language(path, "", language))) for key, path in pages]
    return html.Nav(html.Ul(links), className="page-contents", **aria(label=text("sources_contents", language)))


def _group_link(group: Contradiction, language: str) -> html.Li:
    return html.Li(html.A(group.title.read(language), href=f"#contradiction-{group.contradiction_id}"))


def _group(group: Contradiction, language: str) -> html.Article:
    name = f"contradiction-{group.contradiction_id}"
    rows = [
        html.Tr([draw_group_statement(claim, language), *draw_cells(claim, language, is_short=True)], role="row")
        for claim in group.claims
    ]
    caption = html.Caption(text("chiffres_group_caption", language, n=len(group.claims)))
    table = html.Table(
        [caption, draw_head(language), html.Tbody(rows, role="rowgroup")], className="table claims", role="table"
    )
    return html.Article(
        [
            html.H3(group.title.read(language), id=name),
            html.P(group.text.read(language), className="claims-lead"),
            table,
        ],
        className="contradiction",
        **aria(labelledby=name),
    )
