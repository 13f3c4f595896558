"""The radar of a comparison, drawn on the server: an axis a criterion, a line a site, a gap where nothing is known."""

import math
from collections.abc import Sequence

from geodata.models.ranking import RankedSite
from views import theme
from views.elements import Html, Node, e
from views.sites.words import criterion_name
from views.text import text

MAX_AXES = 10
_COLORS = (theme.INK, theme.FORGE, theme.ESTUARY, "#8a6d00")
_DASHES = ("", "9 4", "2 4", "12 3 2 3")
_RADIUS, _CENTRE_X, _CENTRE_Y = 150.0, 300.0, 190.0


def axes_of(sites: Sequence[RankedSite]) -> tuple[str, ...]:
    """The criteria that count most and that at least one site knows, at most ten, in display order."""
    counted = [item for item in sites[0].contributions if item.weight]
    known = [item for item in counted if any(site.contribution(item.criterion.name).is_known for site in sites)]
    heaviest = sorted(known, key=lambda item: -item.weight)[:MAX_AXES]
    return tuple(item.criterion.name for item in known if item in heaviest)


def draw_radar(sites: Sequence[RankedSite], names: Sequence[str], language: str) -> Html:
    """The whole figure; fewer than three axes make no radar."""
    axes = axes_of(sites)
    if len(axes) < 3:
        return e("p", text("finder_radar_none", language), class_="unknown")
    rings = [
        e("circle", cx=_CENTRE_X, cy=_CENTRE_Y, r=_RADIUS * part, fill="none", stroke=theme.RULE)
        for part in (0.25, 0.5, 0.75, 1)
    ]
    spokes = [_spoke(position, len(axes), name, language) for position, name in enumerate(axes)]
    lines = [_site(site, axes, position) for position, site in enumerate(sites)]
    key = [
        e("li", e("svg", _sample(position), viewBox="0 0 40 12", width=40, height=12, aria_hidden="true"), " ", name)
        for position, name in enumerate(names)
    ]
    return e(
        "figure",
        e("figcaption", text("finder_radar_caption", language)),
        e(
            "svg",
            rings,
            spokes,
            lines,
            viewBox="0 0 600 380",
            class_="radar",
            role="img",
            aria_label=text("finder_radar_label", language),
        ),
        e("ul", key, class_="radar-key"),
        class_="radar-block",
    )


def _at(position: int, n: int, share: float) -> tuple[float, float]:
    angle = 2 * math.pi * position / n - math.pi / 2
    return _CENTRE_X + _RADIUS * share * math.cos(angle), _CENTRE_Y + _RADIUS * share * math.sin(angle)


def _spoke(position: int, n: int, name: str, language: str) -> Node:
    x, y = _at(position, n, 1)
    label_x, label_y = _at(position, n, 1.09)
    side = label_x - _CENTRE_X
    anchor = "middle" if abs(side) < _RADIUS / 5 else ("start" if side > 0 else "end")
    return [
        e("line", x1=_CENTRE_X, y1=_CENTRE_Y, x2=f"{x:.1f}", y2=f"{y:.1f}", stroke=theme.RULE),
        e("text", criterion_name(name, language), x=f"{label_x:.1f}", y=f"{label_y + 4:.1f}", text_anchor=anchor),
    ]


def _site(site: RankedSite, axes: Sequence[str], order: int) -> Node:
    """A line between neighbours that are both known, a dot at each known mark; an interval is drawn whole."""
    marks = [_bounds(site, name) for name in axes]
    drawn: list[Node] = []
    paint = {"stroke": _COLORS[order], "stroke_width": 2.2, "stroke_dasharray": _DASHES[order] or None}
    for position, bounds in enumerate(marks):
        following = marks[(position + 1) % len(axes)]
        if bounds is None:
            continue
        low, high = (_at(position, len(axes), value) for value in bounds)
        x, y = _at(position, len(axes), sum(bounds) / 2)
        if bounds[0] != bounds[1]:
            drawn.append(_line(low, high, {"stroke": _COLORS[order], "stroke_width": 6, "stroke_opacity": 0.35}))
        if following is not None:
            drawn.append(_line((x, y), _at((position + 1) % len(axes), len(axes), sum(following) / 2), paint))
        drawn.append(e("circle", cx=f"{x:.1f}", cy=f"{y:.1f}", r=4, fill=_COLORS[order], stroke="#fff"))
    return drawn


def _bounds(site: RankedSite, name: str) -> tuple[float, float] | None:
    item = site.contribution(name)
    if not item.is_known or not item.share:
        return None
    return item.certain / item.share, (item.certain + item.possible) / item.share


def _line(start: tuple[float, float], end: tuple[float, float], paint: dict[str, object]) -> Html:
    places = {"x1": start[0], "y1": start[1], "x2": end[0], "y2": end[1]}
    return e("line", **{name: f"{value:.1f}" for name, value in places.items()}, **paint)


def _sample(order: int) -> Node:
    return _line(
        (2, 6), (38, 6), {"stroke": _COLORS[order], "stroke_width": 2.2, "stroke_dasharray": _DASHES[order] or None}
    )
