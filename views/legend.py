"""The key of the schemes' colours and patterns, in the order of the stacked bars."""

from dash import html

import contract
from views import theme

_PATTERN_NAMES = {"": "plain", "/": "slash", "\\": "backslash", "x": "cross", ".": "dots", "-": "dashes"}


def scheme_legend(language: str) -> html.Ul:
    """One entry a scheme: a swatch of its colour and pattern, and its name."""
    return html.Ul(
        [
            html.Li(
                [
                    html.Span(className=f"chart-swatch chart-swatch-{_name(position)}", style=_colour(position)),
                    item.label(language),
                ]
            )
            for position, item in enumerate(contract.codes("mesure").values())
        ],
        className="chart-legend",
    )


def _name(position: int) -> str:
    return _PATTERN_NAMES[theme.PATTERNS[position % len(theme.PATTERNS)]]


def _colour(position: int) -> dict[str, str]:
    return {"backgroundColor": theme.CATEGORIES[position % len(theme.CATEGORIES)]}
