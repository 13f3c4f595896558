"""The Sources page: where each figure comes from, what is published, what each field means."""

from collections.abc import Sequence
from typing import Any

from dash import html

from ids import Sources
from views.text import text

SECTIONS = (
    ("sources", "sources_raw"),
    ("fichiers", "sources_files"),
    ("dictionnaire", "sources_dictionary"),
    ("verifier", "sources_check"),
)


def build(language: str, content: Sequence[Any]) -> html.Div:
    """The page around ``content``: its lead, then one part for each of ``SECTIONS``.

    Args:
        content: the lead, the source cards, the table of files, the dictionary and the check, already drawn.
    """
    lead, *parts = content or [None] * (len(SECTIONS) + 1)
    contents = [html.Li(html.A(text(label, language), href=f"#{anchor}")) for anchor, label in SECTIONS]
    label: dict[str, Any] = {"aria-label": text("sources_contents", language)}
    return html.Div(
        [
            html.H1(text("title_sources", language)),
            html.P(lead, className="lead"),
            html.Nav(html.Ul(contents), className="page-contents", **label),
            *(
                html.Section([html.H2(text(label, language), id=anchor), part])
                for (anchor, label), part in zip(SECTIONS, parts, strict=True)
            ),
        ],
        id=Sources.page,
        className="page sources-page",
    )
