"""The phone's page: a code to type, then buttons that a thumb finds without looking."""

from io import BytesIO
from typing import Any

import segno
from dash import html

from views.elements import as_component, e
from views.hall.address import RELAY
from views.markup import aria
from views.text import text

_BUTTONS = ("previous", "next", "first", "black", "last")
_REASONS = ("unknown", "taken", "often", "full", "order", "failed", "over")


def draw_qr(address: str) -> str:
    """The QR code of an address as SVG, dark on light, with its quiet zone."""
    written = BytesIO()
    segno.make(address, error="m", micro=False).save(
        written,
        kind="svg",
        xmldecl=False,
        svgns=True,
        scale=4,
        border=3,
        light="#ffffff",
        dark="#000000",
        omitsize=True,
    )
    return written.getvalue().decode()


def draw_remote(language: str) -> html.Main:
    """Complete but for what it is for: an order to another screen needs script, and the page says so."""
    return html.Main(
        [
            html.H1(text("remote_title", language)),
            as_component(_form(language), className="remote-join"),
            html.Div(
                [
                    html.P("", className="remote-shown", role="status"),
                    html.Div([_button(name, language) for name in _BUTTONS], className="remote-buttons"),
                    html.Button(text("remote_leave", language), className="remote-leave", **{"data-do": "leave"}),
                ],
                className="remote-pad",
                hidden=True,
            ),
            as_component(e("noscript", e("p", text("remote_noscript", language)))),
        ],
        id="remote",
        className="remote",
        **{"data-relay": RELAY, "data-scene": text("remote_scene", language, at="{at}", of="{of}")},
        **{f"data-{reason}": text(f"remote_no_{reason}", language) for reason in _REASONS},
        **{"data-joined": text("remote_joined", language)},
    )


def _form(language: str) -> Any:
    return e(
        "form",
        e("label", text("remote_code", language), for_="remote-code"),
        e(
            "input",
            id="remote-code",
            name="code",
            inputmode="numeric",
            autocomplete="one-time-code",
            pattern=r"\s*[0-9]{3}\s?[0-9]{3}\s*",  # the console shows « 047 169 »
            maxlength=9,
            required=True,
        ),
        e("button", text("remote_join", language), type="submit"),
        e("p", text("remote_where", language), class_="remote-said", role="status"),
    )


def _button(name: str, language: str) -> html.Button:
    label: dict[str, Any] = aria(pressed="false") if name == "black" else {}
    return html.Button(text(f"remote_{name}", language), className=f"is-{name}", **{"data-do": name}, **label)
