"""The ranked list: one site a row, with its place, its score and how sure it is, its distances, its labels."""

from collections.abc import Mapping
from typing import Any

import contract
from geodata.models.ranking import Finder, RankedSite
from state.needs import Needs
from views.elements import Html, Node, e
from views.sites.bars import draw_bar, draw_contributions
from views.sites.form import FORM
from views.sites.words import finder, points, sheet, show_value
from views.text import percent, text

Row = Mapping[str, Any]
_FACTS = ("surface", "gare_fret", "port", "poste_electrique", "aeroport", "projets")


def draw_rows(found: Finder, needs: Needs, labels: Mapping[str, str]) -> Html:
    """The list of one page of kept sites; ``labels`` are the filters in force, in words."""
    rows = [_site(site, found.rows[site.site_id], found.n_kept, needs, labels) for site in found.sites]
    return e("ol", rows, class_="ranked", aria_label=text("finder_list_label", needs.language))


def _site(site: RankedSite, row: Row, kept: int, needs: Needs, labels: Mapping[str, str]) -> Html:
    language = needs.language
    return e(
        "li",
        e("div", _rank(site, kept, language), class_="ranked-place"),
        e(
            "div",
            e("h3", e("a", row["site_nom"], href=sheet(needs, site.site_id)), _tools(site.site_id, row, needs)),
            e("p", _place(row, language), _badges(row, language), class_="ranked-where"),
            e("div", draw_bar(site, language), e("p", _score(site, language), class_="score-words"), class_="score"),
            e("dl", [_fact(site, row, name, language) for name in _FACTS], class_="ranked-facts"),
            _unanswered(site, labels, language),
            e(
                "details",
                e("summary", text("finder_why", language)),
                draw_contributions(site, language),
                class_="ranked-why",
            ),
            class_="ranked-body",
        ),
        id=f"s-{site.site_id}",
        class_="ranked-site",
        data_site=site.site_id,
    )


def _rank(site: RankedSite, kept: int, language: str) -> Node:
    if site.rank is None:
        return None
    same = site.rank_low == site.rank_high
    key = "finder_rank_sure" if same else "finder_rank_interval"
    words = text(key, language, low=site.rank_low, high=site.rank_high)
    title = text("finder_rank_title", language, rank=site.rank, kept=kept)
    return [
        e("strong", site.rank, class_="rank", title=title),
        e("span", words, class_="rank-interval", title=text("finder_rank_interval_title", language)),
    ]


def _tools(site_id: str, row: Row, needs: Needs) -> Html:
    """The star, a link that works without script, and the box that puts the site in the comparison."""
    language, is_starred = needs.language, site_id in needs.shortlist
    label = text("finder_unstar" if is_starred else "finder_star", language, name=row["site_nom"])
    star = e(
        "a",
        "★" if is_starred else "☆",
        href=finder(needs.toggled(site_id), page=needs.page) + f"#s-{site_id}",
        class_="star is-on" if is_starred else "star",
        data_star=site_id,
        aria_label=label,
        title=label,
    )
    box = e(
        "label",
        e("input", type="checkbox", name="sites", value=site_id, form=FORM, checked=site_id in needs.compared),
        text("finder_compare_this", language),
        e("span", f" {row['site_nom']}", class_="visually-hidden"),
        class_="compare-this",
    )
    return e("span", star, box, class_="ranked-tools")


def _place(row: Row, language: str) -> str:
    commune = row["nom_commune"] or text("finder_no_commune", language)
    return f"{commune} · {row['nom_departement'] or row['code_departement']} · {row['nom_region']}"


def _badges(row: Row, language: str) -> Node:
    waves = [e("span", contract.label_of("vague", wave, language), class_="badge") for wave in row["vagues"]]
    level = row["confiance"]
    doubt = (
        e("span", text(f"finder_confiance_{level}", language), class_="badge warning") if level != "elevee" else None
    )
    return [" ", waves, doubt]


def _score(site: RankedSite, language: str) -> Node:
    n = len(site.unknowns)
    interval = text("finder_interval", language, low=points(site.low, language, 0), high=points(site.high, language, 0))
    unknown = text("finder_unknown_one" if n == 1 else "finder_unknown_other", language, n=n)
    return [
        e("strong", text("finder_points", language, score=points(site.score, language, 0))),
        f" {interval} · ",
        text("finder_coverage", language, share=percent(round(site.coverage, 2), language)),
        " · ",
        e("span", unknown, class_="unknown" if n else None),
    ]


def _fact(site: RankedSite, row: Row, name: str, language: str) -> Html:
    item = site.contribution(name)
    shown: Node = show_value(item, language)
    where = row.get(f"{name}_nom")
    if where and item.is_known:
        shown = [shown, e("small", f" {where}")]
    label = text(f"finder_fait_{name}", language)
    return e("div", e("dt", label), e("dd", shown, class_=None if item.is_known else "unknown"))


def _unanswered(site: RankedSite, labels: Mapping[str, str], language: str) -> Node:
    """Why a site that does not say still stands: the filters that it does not answer."""
    if not site.unknown_filters:
        return None
    filters = ", ".join(labels[name] for name in site.unknown_filters)
    return e("p", text("finder_unanswered", language, filters=filters), class_="ranked-unanswered")
