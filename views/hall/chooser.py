"""The page of presentations: the shipped ones with their screens and files, the visitor's own, kept in the browser."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from dash import html

import contract
from state.scene import MAX_SCENES, Presentation
from views.elements import Html, as_component, e
from views.hall.address import PATH, PLACES, address, download
from views.text import number, text

_MODES = ("salle", "console", "kiosk")
_FILES = ("pdf", "pptx", "png.zip", "html", "yml", "valise")
KIOSK_SECONDS = "45"


@dataclass(frozen=True)
class Shown:
    """A presentation and the name of its addresses."""

    name: str
    presentation: Presentation


def draw_chooser(shipped: Sequence[Shown], region: Shown | None, regions: Mapping[str, str], language: str) -> html.Div:
    """The whole page; the visitor's own part is drawn by its module and hidden without script.

    Args:
        region: the chosen region's presentation.
        regions: the name of each region by the name of its presentation, in reading order.
    """
    rows = [_row(item, language) for item in shipped]
    return html.Div(
        [
            html.H1(text("presentation_title", language)),
            html.P(text("presentation_lead", language), className="lead"),
            html.Section(
                [html.H2(text("presentation_shipped", language), id="fournies"), *rows],
                className="presentations",
            ),
            html.Section(
                [
                    html.H2(text("presentation_regions", language), id="regions"),
                    as_component(_regions_form(region, regions, language)),
                    _row(region, language) if region else None,
                ],
                className="presentations",
            ),
            _mine(language),
            _how(language),
        ],
        className="page presentation",
    )


def _row(shown: Shown, language: str) -> html.Article:
    title = shown.presentation.title.read(language)
    count = len(shown.presentation.scenes)
    plays = [
        html.A(
            text(f"presentation_{mode}", language),
            href=_played(mode, shown.name, language),
            className="button button-strong" if mode == "salle" else "button",
        )
        for mode in _MODES
    ]
    copy = html.Button(
        text("presentation_copy", language), className="button", hidden=True, **{"data-copy": shown.name}
    )
    files = [
        html.Li(
            html.A(text(f"presentation_file_{name.replace('.', '_')}", language), href=_file(name, shown, language))
        )
        for name in _FILES
    ]
    return html.Article(
        [
            html.H3(title),
            html.P(text("presentation_scenes", language, n=number(count, language)), className="source"),
            html.P([*plays, copy], className="presentation-plays"),
            html.Div([html.Span(text("presentation_files", language)), html.Ul(files)], className="presentation-files"),
        ],
        className="presentation-row",
    )


def _played(mode: str, name: str, language: str) -> str:
    more = {"loop": KIOSK_SECONDS} if mode == "kiosk" else {}
    return address(mode, name, language, **more)


def _file(ending: str, shown: Shown, language: str) -> str:
    return download(shown.name, ending, language)


def _regions_form(region: Shown | None, regions: Mapping[str, str], language: str) -> Html:
    chosen = region.name if region else ""
    options = [e("option", nom, value=name, selected=name == chosen) for name, nom in regions.items()]
    return e(
        "form",
        e("label", text("presentation_region", language), for_="presentation-region"),
        e("select", options, id="presentation-region", name="p"),
        e("input", type="hidden", name="lang", value="en") if language == "en" else None,
        e("button", text("presentation_choose", language), type="submit", class_="button"),
        action=f"{PATH}#regions",
        method="get",
        class_="presentation-form",
    )


def _mine(language: str) -> html.Section:
    words: tuple[str, ...] = (
        "open",
        "scene_one",
        "scene_other",
        "deleted",
        "undo",
        "unreadable",
        "untitled",
        "kept",
        "full",
    )
    words += ("salle", "console", "kiosk", "edit", "save", "delete", "failed")
    return html.Section(
        [
            html.H2(text("presentation_mine", language), id="miennes"),
            as_component(e("noscript", e("p", text("presentation_noscript", language)))),
            html.Div(
                [
                    html.P(text("presentation_mine_lead", language)),
                    html.Div(className="presentations", id="mine-list"),
                    as_component(_open_form(language)),
                    html.Div(id="mine-said", role="status"),
                ],
                id="mine-room",
                hidden=True,
                **{f"data-copy-{code}": text("presentation_copy_of", code, **PLACES) for code in contract.LANGUAGES},
                **{
                    f"data-{word.replace('_', '-')}": text(f"presentation_word_{word}", language, **PLACES)
                    for word in words
                },
            ),
        ]
    )


def _open_form(language: str) -> Html:
    return e(
        "div",
        e("button", text("presentation_new", language), type="button", class_="button", data_new=True),
        e("label", text("presentation_open", language), for_="mine-file"),
        e("input", type="file", id="mine-file", accept=".yml,.yaml,.json"),
        e("span", text("presentation_drop", language), class_="source"),
        class_="presentation-drop",
        id="mine-drop",
    )


def _how(language: str) -> html.Section:
    lines = ("add", "keys", "remote", "kiosk", "suitcase")
    parts: list[Any] = [html.Li(text(f"presentation_how_{line}", language, most=MAX_SCENES)) for line in lines]
    return html.Section([html.H2(text("presentation_how", language), id="comment"), html.Ul(parts, className="plain")])
