"""The score as a bar of 100 points: what is certain, criterion by criterion, what is possible; and its text twin."""

from collections.abc import Sequence
from functools import lru_cache

from geodata.models.ranking import Contribution, RankedSite
from state.needs_presets import GROUPS
from views.elements import Html, e
from views.sites.words import criterion_name, points, show_value
from views.text import text

_GROUP_OF = {name: group for group, names in GROUPS.items() for name in names}
_SMALLEST = 0.05  # points: nobody sees less


def group_of(criterion: str) -> str:
    return _GROUP_OF[criterion]


def draw_bar(site: RankedSite, language: str) -> Html:
    """The stacked bar: solid segments up to the worst case, hatched ones up to the best case, a mark at the score."""
    certain = [_segment(item, item.certain, "", language) for item in site.contributions if item.certain >= _SMALLEST]
    possible = [
        _segment(item, item.possible, " is-possible", language)
        for item in site.contributions
        if item.possible >= _SMALLEST
    ]
    label = text(
        "finder_bar_label",
        language,
        score=points(site.score, language, 0),
        low=points(site.low, language, 0),
        high=points(site.high, language, 0),
    )
    mark = e("span", class_="score-mark", style=f"left:{site.score:.2f}%")
    return e("div", certain, possible, mark, class_="score-bar", role="img", aria_label=label)


def _segment(item: Contribution, amount: float, state: str, language: str) -> Html:
    return _drawn_segment(item.criterion.name, round(amount, 2), state, language)


@lru_cache(maxsize=20_000)
def _drawn_segment(name: str, amount: float, state: str, language: str) -> Html:
    """One part of the bar; the same few hundred come back at every ranking."""
    key = "finder_segment_possible" if state else "finder_segment"
    title = text(key, language, name=criterion_name(name, language), points=points(amount, language))
    return e("span", class_=f"score-part key-{group_of(name)}{state}", style=f"width:{amount:.2f}%", title=title)


def draw_contributions(site: RankedSite, language: str) -> Html:
    """The text twin of the bar: a row a criterion that counts, most points first; the sum is the score."""
    counted = sorted((item for item in site.contributions if item.weight), key=lambda item: (-item.points, -item.share))
    head = ("criterion", "value", "weight", "certain", "possible", "points")
    total = [points(value, language) for value in (site.low, site.high - site.low, site.score)]
    return e(
        "table",
        e("caption", text("finder_contributions_caption", language)),
        e("thead", e("tr", [_head(name, language) for name in head])),
        e("tbody", [_row(item, language) for item in counted]),
        e(
            "tfoot",
            e(
                "tr",
                e("th", text("finder_total", language), scope="row", colspan=3),
                [e("td", cell, class_="number") for cell in total],
            ),
        ),
        class_="table contributions",
    )


def _head(name: str, language: str) -> Html:
    is_number = name not in ("criterion", "value")
    return e("th", text(f"finder_col_{name}", language), scope="col", class_="number" if is_number else None)


def _row(item: Contribution, language: str) -> Html:
    cells = tuple(points(value, language) for value in (item.certain, item.possible, item.points))
    return _drawn_row(item.criterion.name, show_value(item, language), item.is_known, item.weight, cells, language)


@lru_cache(maxsize=20_000)
def _drawn_row(name: str, shown: str, is_known: bool, weight: int, cells: tuple[str, ...], language: str) -> Html:
    return e(
        "tr",
        e("th", criterion_name(name, language), scope="row", class_=f"key key-{group_of(name)}"),
        e("td", shown, class_=None if is_known else "unknown"),
        [e("td", value, class_="number") for value in (weight, *cells)],
    )


def draw_key(language: str) -> Html:
    """What the colours and the hatching of the bars mean."""
    groups: Sequence[Html] = [
        e("li", text(f"finder_groupe_{group}", language), class_=f"key key-{group}") for group in GROUPS
    ]
    return e("ul", groups, e("li", text("finder_key_possible", language), class_="key is-possible"), class_="score-key")
