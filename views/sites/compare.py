"""Up to four sites side by side: where they differ, what is not known, what each criterion brings."""

from collections.abc import Mapping, Sequence
from typing import Any

import contract
from geodata.models.ranking import Contribution, RankedSite
from state.needs import Needs
from views.elements import Html, Node, e
from views.scrolled import scrolled_markup
from views.sites.bars import draw_bar, draw_key, group_of
from views.sites.radar import draw_radar
from views.sites.words import criterion_name, finder, points, sheet, show_value
from views.text import percent, text

Row = Mapping[str, Any]


def draw_comparison(sites: Sequence[RankedSite], rows: Mapping[str, Row], needs: Needs) -> Html:
    """The comparison of at least two sites; with fewer, how to choose them."""
    language = needs.language
    back = e("p", e("a", text("finder_back", language), href=finder(needs, compared=())), class_="back")
    if len(sites) < 2:
        return e("div", back, e("p", text("finder_compare_none", language), class_="lead"))
    names = [str(rows[site.site_id]["site_nom"]) for site in sites]
    return e(
        "div",
        back,
        e("p", text("finder_compare_lead", language), class_="lead"),
        scrolled_markup(_table(sites, rows, names, needs), text("finder_compare_caption", language)),
        draw_key(language),
        e("h2", text("finder_radar_title", language)),
        draw_radar(sites, names, language),
    )


def _table(sites: Sequence[RankedSite], rows: Mapping[str, Row], names: Sequence[str], needs: Needs) -> Html:
    language = needs.language
    head = [
        e(
            "th",
            e("a", name, href=sheet(needs, site.site_id)),
            _remove(site.site_id, name, needs),
            scope="col",
        )
        for site, name in zip(sites, names, strict=True)
    ]
    counted = [item.criterion.name for item in sites[0].contributions if item.weight]
    other = [item.criterion.name for item in sites[0].contributions if not item.weight]
    return e(
        "table",
        e("caption", text("finder_compare_caption", language)),
        e("thead", e("tr", e("td", ""), head)),
        e("tbody", _overview(sites, rows, language)),
        e("tbody", [_criterion(name, sites, language) for name in counted]),
        e(
            "tbody",
            _heading(text("finder_compare_unweighted", language), len(sites)),
            [_criterion(name, sites, language) for name in other],
        )
        if other
        else None,
        class_="table comparison",
    )


def _remove(site_id: str, name: str, needs: Needs) -> Html:
    kept = tuple(site for site in needs.compared if site != site_id)
    label = text("finder_compare_remove", needs.language, name=name)
    return e(
        "a", "✕", href=finder(needs, "/sites/comparer", compared=kept), aria_label=label, title=label, class_="unstar"
    )


def _heading(words: str, n: int) -> Html:
    return e("tr", e("th", words, scope="rowgroup", colspan=n + 1, class_="row-group"))


def _overview(sites: Sequence[RankedSite], rows: Mapping[str, Row], language: str) -> Node:
    def line(key: str, cells: Sequence[Node]) -> Html:
        values = {str(cell) for cell in cells}
        return _line(text(key, language), [(cell, None) for cell in cells], len(values) > 1)

    at = [rows[site.site_id] for site in sites]
    return [
        line("finder_col_rank", [_rank(site, language) for site in sites]),
        line(
            "finder_col_score",
            [[draw_bar(site, language), e("p", _score(site, language), class_="score-words")] for site in sites],
        ),
        line("finder_col_coverage", [percent(round(site.coverage, 2), language) for site in sites]),
        line(
            "finder_col_place",
            [f"{row['nom_commune'] or contract.unknown(language)} · {row['nom_region']}" for row in at],
        ),
        line(
            "finder_col_waves",
            [", ".join(contract.label_of("vague", wave, language) for wave in row["vagues"]) for row in at],
        ),
        line("finder_col_confidence", [contract.label_of("confiance", row["confiance"], language) for row in at]),
    ]


def _rank(site: RankedSite, language: str) -> str:
    if site.rank is None:
        return text("finder_excluded_here", language)
    return text("finder_rank_words", language, rank=site.rank, low=site.rank_low, high=site.rank_high)


def _score(site: RankedSite, language: str) -> Node:
    interval = text("finder_interval", language, low=points(site.low, language, 0), high=points(site.high, language, 0))
    return [e("strong", text("finder_points", language, score=points(site.score, language, 0))), f" {interval}"]


def _criterion(name: str, sites: Sequence[RankedSite], language: str) -> Html:
    items = [site.contribution(name) for site in sites]
    shown = [show_value(item, language) for item in items]
    label = e("span", criterion_name(name, language), class_=f"key key-{group_of(name)}")
    weight = e("small", text("finder_weight_n", language, n=items[0].weight)) if items[0].weight else None
    best = _best(items)
    cells: list[tuple[Node, str | None]] = []
    for item, value in zip(items, shown, strict=True):
        words = text(
            "finder_points_of", language, points=points(item.points, language), share=points(item.share, language)
        )
        state = "unknown" if not item.is_known else ("is-best" if item is best else None)
        mark = e("span", text("finder_best", language), class_="best-mark") if item is best else None
        cells.append(([value, mark, e("small", words) if item.weight else None], state))
    return _line([label, weight], cells, len(set(shown)) > 1)


def _best(items: Sequence[Contribution]) -> Contribution | None:
    """The one that is surely better than every other known one; None when they tie or overlap."""
    known = [item for item in items if item.is_known and item.share]
    ordered = sorted(known, key=lambda item: -item.certain)
    if len(ordered) < 2:
        return None
    first, second = ordered[:2]
    return (
        first
        if first.certain > max(item.certain + item.possible for item in ordered[1:]) and first is not second
        else None
    )


def _line(label: Node, cells: Sequence[tuple[Node, str | None]], is_different: bool) -> Html:
    drawn = [e("td", content, class_=state) for content, state in cells]
    return e("tr", e("th", label, scope="row"), drawn, class_="is-different" if is_different else None)
