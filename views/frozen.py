"""Publications: the banner of a link made with an earlier one (then and now, or why not); the list of changes."""

from collections.abc import Sequence
from typing import Any

from dash import html

from geodata.models.kept import FigureThenNow, Frozen, Publication
from state import Selection
from views.links import link_to
from views.markup import aria
from views.text import day, number, text


def draw_frozen(frozen: Frozen | None, selection: Selection, address: str) -> html.Aside | None:
    """The banner, or None when the link names no publication.

    Args:
        frozen: what ``queries.archive.frozen_figures`` found.
        selection: for the language and the links.
        address: the present address without its publication.
    """
    if frozen is None:
        return None
    language = selection.language
    leave = html.A(text("frozen_leave", language), href=address, className="frozen-leave")
    more = html.A(text("frozen_details", language), href=link_to(Selection(language=language), "/changements"))
    body = [html.P(_sentence(frozen, language))]
    if frozen.changed:
        body.append(html.Ul([_figure(item, language) for item in frozen.changed], className="frozen-figures"))
    if frozen.changed and frozen.n_same:
        body.append(html.P(text("frozen_kept", language, n=number(frozen.n_same, language))))
    return html.Aside(
        [*body, html.P([more, " · ", leave], className="frozen-links")],
        className=f"frozen frozen-{frozen.state}",
        **aria(label=text("frozen_label", language)),
    )


def _sentence(frozen: Frozen, language: str) -> str:
    if frozen.state == "same":
        return text("frozen_same", language, hash=frozen.asked)
    if frozen.state == "unknown":
        return text("frozen_unknown", language, hash=frozen.asked, now=frozen.now[:12])
    dates = {"day": day(frozen.date, language), "day_now": day(frozen.date_now, language)}
    if frozen.changed:
        return text("frozen_then", language, hash=frozen.asked, **dates)
    n = number(frozen.n_same, language)
    return text("frozen_then_same", language, hash=frozen.asked, n=n, day=dates["day"])


def _figure(item: FigureThenNow, language: str) -> html.Li:
    name = figure_name(item.key, language)
    shown = name if item.region is None else text("frozen_region", language, name=name, code=item.region)
    then, now = number(item.then, language), number(item.now, language)
    return html.Li([html.Span(shown), " ", html.Strong(f"{then} → {now}", className="number")])


def figure_name(key: str, language: str) -> str:
    """The name of a headline figure; the key itself for one that only a past publication knew."""
    try:
        return text(f"frozen_figure_{key}", language)
    except KeyError:
        return key


def draw_changes(publications: Sequence[Publication], now: str, language: str) -> list[Any]:
    """Every kept publication, newest first: its date, what it changed, its figures, the link that freezes it.

    Args:
        publications: ``Publication`` rows, newest first.
        now: the hash of the present publication.
    """
    if not publications:
        return [html.P(text("changements_empty", language), className="unknown")]
    return [_publication(item, now, language) for item in publications]


def _publication(item: Publication, now: str, language: str) -> html.Section:
    digits = item.hash[:12]
    present = [" ", html.Span(text("changements_current", language), className="badge")] if item.hash == now else []
    lines = item.changes.get(language, ())
    none = "changements_none" if item.replaces else "changements_first"
    said = (
        html.Ul([html.Li(line) for line in lines], className="publication-changes")
        if lines
        else html.P(text(none, language))
    )
    frozen = link_to(Selection(language=language, publication=digits), "/")
    return html.Section(
        [
            html.H2([text("changements_publication", language, hash=digits), *present], id=digits),
            html.P(
                [
                    text("changements_dated", language, day=day(item.date, language)),
                    " · ",
                    html.A(text("changements_link", language), href=frozen),
                ],
                className="source",
            ),
            said,
            html.Details([html.Summary(text("changements_figures", language)), _figures(item, language)]),
        ],
        className="publication",
    )


def _figures(item: Publication, language: str) -> html.Table:
    rows = [
        html.Tr(
            [html.Th(figure_name(key, language), scope="row"), html.Td(number(value, language), className="number")]
        )
        for key, value in sorted(item.figures.items())
    ]
    head = html.Tr(
        [
            html.Th(text("changements_figure", language), scope="col"),
            html.Th(text("changements_value", language), scope="col", className="number"),
        ]
    )
    return html.Table([html.Thead(head), html.Tbody(rows)], className="table")
