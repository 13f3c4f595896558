"""The speaker's screen: what the hall shows, what comes next, the notes, a clock; each control is a button or a key."""

from collections.abc import Sequence
from typing import Any

from dash import html

from geodata.models.slide import Slide
from views.hall.address import RELAY, REMOTE, hall_address
from views.hall.slide import fill
from views.markup import aria
from views.text import text


def draw_console(slides: Sequence[Slide], name: str, title: str, language: str) -> html.Main:
    """The whole console; the hall is another window of the same browser and follows this one."""
    return html.Main(
        [
            html.H1(f"{text('console_title', language)} · {title}"),
            _bar(name, language),
            html.Div([_previews(slides, name, language), _notes(slides, language)], className="console-desk"),
            _scenes(slides, language),
            _help(language),
            _remote(language),
        ],
        id="console",
        className="console",
        **{"data-slides": str(len(slides)), "data-hall": hall_address(name, language)},
    )


def _bar(name: str, language: str) -> html.Div:
    def label(key: str) -> dict[str, Any]:
        return aria(label=text(f"console_{key}", language))

    buttons = [
        html.Button(text(f"console_{act}", language), className="button", **{"data-act": act})
        for act in ("previous", "next", "black")
    ]
    return html.Div(
        [
            html.A(
                text("console_open", language),
                href=hall_address(name, language),
                target="atlas-salle",
                className="button button-strong",
            ),
            *buttons,
            html.P(text("console_no_hall", language), className="console-state", role="status"),
            html.Div(
                [
                    html.Span("", className="console-clock", role="timer", **label("clock")),
                    html.Span("0:00", className="console-timer", role="timer", **label("timer")),
                    html.Button(text("console_start", language), className="button", **{"data-act": "timer"}),
                    html.Button(text("console_reset", language), className="button", **{"data-act": "reset"}),
                ],
                className="console-time",
            ),
            html.Button(text("console_remote", language), className="button", **{"data-act": "remote"}),
            html.Button("?", className="button", title=text("console_keys", language), **{"data-act": "help"}),
        ],
        className="console-bar",
        **{
            "data-connected": text("console_hall", language, at="{at}", of="{of}"),
            "data-absent": text("console_no_hall", language),
            "data-start": text("console_start", language),
            "data-pause": text("console_pause", language),
        },
    )


def _previews(slides: Sequence[Slide], name: str, language: str) -> html.Div:
    def frame(label: str, scene: int) -> html.Div:
        address = hall_address(name, language, apercu="1", scene=str(min(scene, len(slides))))
        return html.Div(
            [
                html.H2(text(label, language)),
                html.Iframe(
                    src=address,
                    title=text(label, language),
                    tabIndex=-1,
                    **{"data-preview": label.removeprefix("console_")},
                ),
            ]
        )

    return html.Div([frame("console_now", 1), frame("console_then", 2)], className="console-previews")


def _notes(slides: Sequence[Slide], language: str) -> html.Section:
    parts = [
        html.Article(
            [
                html.H2(f"{slide.number}. {fill(slide.scene.headline.read(language), slide, language)}"),
                *(html.P(line) for line in _lines(slide, language)),
            ],
            hidden=slide.number != 1,
            **{"data-notes": str(slide.number)},
        )
        for slide in slides
    ]
    return html.Section(parts, className="console-notes", **aria(label=text("console_notes", language), live="polite"))


def _lines(slide: Slide, language: str) -> list[str]:
    notes = fill(slide.scene.notes.read(language), slide, language)
    return [line for line in notes.splitlines() if line.strip()] or [text("console_no_notes", language)]


def _scenes(slides: Sequence[Slide], language: str) -> html.Nav:
    buttons = [
        html.Li(
            html.Button(
                [html.Span(str(slide.number)), fill(slide.scene.headline.read(language), slide, language)],
                **{"data-go": str(slide.number)},
            )
        )
        for slide in slides
    ]
    return html.Nav(html.Ol(buttons), className="console-scenes", **aria(label=text("console_scenes", language)))


def _help(language: str) -> html.Dialog:
    keys = ("next", "previous", "ends", "jump", "black", "fullscreen", "help")
    rows = [(text(f"console_key_{key}", language), text(f"console_does_{key}", language)) for key in keys]
    facts = [part for key, does in rows for part in (html.Dt(key), html.Dd(does))]
    close = html.Button(text("console_close", language), className="button", **{"data-act": "close"})
    return html.Dialog(
        [html.H2(text("console_keys", language)), html.Dl(facts, className="facts"), close], id="console-help"
    )


def _remote(language: str) -> html.Dialog:
    """The phone as remote: a code for one phone, made when asked for (``presentation/relay.mjs``)."""
    states = ("wait", "here", "over", "failed", "local")
    return html.Dialog(
        [
            html.H2(text("console_remote", language)),
            html.P(text("remote_how", language)),
            html.Div(className="remote-qr"),
            html.P("", className="remote-address"),
            html.P("", className="remote-code", **aria(label=text("remote_code", language))),
            html.P("", className="remote-state", role="status"),
            html.Button(text("remote_end", language), className="button", **{"data-act": "remote-end"}),
            html.Button(text("console_close", language), className="button", **{"data-act": "remote-close"}),
        ],
        id="console-remote",
        **{"data-relay": RELAY, "data-address": REMOTE},
        **{f"data-{state}": text(f"remote_{state}", language) for state in states},
        **aria(label=text("console_remote", language)),
    )
