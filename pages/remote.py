"""The phone as remote: the page ``/telecommande`` and the relay ``/presentation/relais`` between phone and console."""

import sqlite3
from collections.abc import Callable
from functools import partial
from typing import Any

from flask import Flask, Response, jsonify, request
from werkzeug.exceptions import HTTPException

from geodata.repository import Tables
from pages.visit import Document, Visit
from relay.store import Refused, Relay, Shown
from settings import Settings
from state import Selection
from views.hall.address import RELAY, REMOTE
from views.hall.remote import draw_qr, draw_remote
from views.text import text

MAX_BYTES = 1_000
_STATUS = {"unknown": 404, "taken": 409, "often": 429, "full": 503, "order": 400, "failed": 503}

Said = dict[str, Any]
Act = Callable[[Relay, str, Said], Said]


def show(_: Tables, visit: Visit) -> Document:
    """The page of the phone: a code, then three large buttons."""
    return Document(
        text("remote_title", visit.language),
        draw_remote(visit.language),
        styles=("remote",),
        modules=("remote.mjs",),
        is_bare=True,
    )


def register(server: Flask, settings: Settings) -> None:
    """Adds the relay's addresses to the server; each takes and gives JSON by POST."""
    relay = Relay(settings.relay_file)
    for rule, act in _ACTS.items():
        server.add_url_rule(f"{RELAY}{rule}", f"relay {rule}", partial(_answer, relay, act), methods=["POST"])


def _answer(relay: Relay, act: Act, code: str = "") -> Response:
    """One act; what is refused says why, in one word that the browser's module puts in the reader's language."""
    is_code = not code or (len(code) == 6 and code.isascii() and code.isdigit())
    try:
        said = _said()
        answer, status = (act(relay, code, said), 200) if is_code else _refused("unknown")
    except Refused as refusal:
        answer, status = _refused(refusal.reason)
    except (HTTPException, ValueError, RecursionError):
        answer, status = _refused("order")
    except (sqlite3.Error, OSError):  # no room, no right to write: the presentation goes on without the phone
        answer, status = _refused("failed")
    response = jsonify(answer)
    response.status_code = status
    response.headers["Cache-Control"] = "no-store"
    return response


def _refused(reason: str) -> tuple[Said, int]:
    return {"refused": reason}, _STATUS[reason]


def _said() -> Said:
    """The JSON object of the body; a form of another site cannot send one.

    Raises:
        Refused: too long, or no object.
    """
    if (request.content_length or 0) > MAX_BYTES:
        raise Refused("order")
    request.max_content_length = MAX_BYTES
    said = request.get_json()
    if not isinstance(said, dict):
        raise Refused("order")
    return said


def _open(relay: Relay, _: str, __: Said) -> Said:
    code, key = relay.open(_who())
    language = Selection.from_query(request.query_string.decode(errors="replace")).language
    address = f"{request.host_url.rstrip('/')}{REMOTE}"
    asked = f"{address}?lang=en" if language == "en" else address
    # The code stands after « # »: no server writes it in a log.
    return {"code": code, "key": key, "address": address, "qr": draw_qr(f"{asked}#{code}")}


def _join(relay: Relay, code: str, _: Said) -> Said:
    return {"key": relay.join(code, _who())}


def _send(relay: Relay, code: str, said: Said) -> Said:
    shown = relay.send(code, _word(said, "key"), _word(said, "do"))
    return {"at": shown.at, "of": shown.of, "black": shown.is_black}


def _listen(relay: Relay, code: str, said: Said) -> Said:
    shown = Shown(_number(said, "at"), _number(said, "of"), said.get("black") is True)
    orders = relay.listen(code, _word(said, "key"), _number(said, "after"), shown)
    return {"seq": orders.seq, "orders": orders.names, "phone": orders.has_phone}


def _close(relay: Relay, code: str, said: Said) -> Said:
    relay.close(code, _word(said, "key"))
    return {}


_ACTS: dict[str, Act] = {
    "": _open,
    "/<code>": _send,
    "/<code>/telephone": _join,
    "/<code>/console": _listen,
    "/<code>/fin": _close,
}


def _who() -> str:
    return request.remote_addr or ""


def _word(said: Said, name: str) -> str:
    value = said.get(name)
    return value[:100] if isinstance(value, str) else ""


def _number(said: Said, name: str) -> int:
    value = said.get(name)
    return min(max(value, 0), 10**9) if isinstance(value, int) else 0
