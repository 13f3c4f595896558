"""The bare page of a presentation that only the browser holds: words for the wait, and for what may go wrong."""

from dash import html

from views.hall.address import PATH
from views.text import text


def draw_mine(kind: str, language: str) -> html.Main:
    """Filled by ``mine.mjs`` with the hall or the console that the server draws from what the browser sends.

    Args:
        kind: ``hall`` or ``console``.
    """
    words = ("absent", "faults", "failed")
    return html.Main(
        [
            html.H1(text(f"{kind}_title", language), className="visually-hidden"),
            html.P(text("presentation_mine_wait", language), className="mine-said", role="status"),
            html.Ul(className="mine-faults"),
            html.P(html.A(text("presentation_back", language), href=f"{PATH}?lang={language}")),
        ],
        id="mine",
        className="mine",
        **{"data-kind": kind},
        **{f"data-{word}": text(f"presentation_mine_{word}", language) for word in words},
    )
