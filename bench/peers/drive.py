"""``drive.py panel|streamlit URL SESSIONS SECONDS``: sessions that filter again as soon as they are answered.

Run by the bench's own environment. Through the web sockets of the two libraries, as their pages do, messages read only
as far as needed to know that the update is complete: Panel has sent both figures, Streamlit says that the script ended.
"""

import asyncio
import json
import random
import re
import sys
import time
import urllib.request
from collections.abc import Callable
from typing import Any

import websockets

FILIERES = ("sante", "automobile", "agroalimentaire", "bois", "chimie", "nucleaire", "electronique")
"""Never what a session begins with: a choice that changes nothing is not answered."""
OPTIONS = {"open_timeout": 120, "ping_interval": None, "max_size": 2**28}


class Panel:
    """A Bokeh session: the widget is patched, the answer is a patch for each of the two figures."""

    def __init__(self, url: str) -> None:
        self._url = url

    async def open(self) -> None:
        page = await asyncio.to_thread(_read, f"{self._url}/panel_app")
        token = re.findall(r'"token":"([^"]+)"', page)[0]
        address = self._url.replace("http", "ws") + "/panel_app/ws"
        self._wire = await websockets.connect(address, subprotocols=["bokeh", token], **OPTIONS)
        await self._wire.recv()
        await self._wire.recv()
        await self._wire.recv()
        await self._send("PULL-DOC-REQ", {})
        self._widget, labels = _find_widget(json.loads(await self._message("PULL-DOC-REPLY"))["doc"])
        self._places = {label: place for place, label in enumerate(labels)}

    async def update(self, filiere: str) -> None:
        place = self._places[filiere]
        event = {"kind": "ModelChanged", "model": {"id": self._widget}, "attr": "active", "new": place}
        await self._send("PATCH-DOC", {"events": [event]})
        n_figures = 0
        while n_figures < 2:
            text = await self._message("PATCH-DOC")
            n_figures += text.count('"attr":"_render_count"')  # the last patch of a figure

    async def _send(self, kind: str, content: dict[str, Any]) -> None:
        header = {"msgid": f"{random.random()}", "msgtype": kind}
        for part in (header, {}, content):
            await self._wire.send(json.dumps(part))

    async def _message(self, wanted: str) -> str:
        """The content of the next message of a kind; others are passed over."""
        while True:
            header = json.loads(await self._wire.recv())
            await self._wire.recv()
            content = await self._wire.recv()
            for _ in range(2 * header.get("num_buffers", 0)):
                await self._wire.recv()
            if header["msgtype"] == wanted:
                return str(content)


class Streamlit:
    """A script run for each choice: complete when the script says that it ended."""

    def __init__(self, url: str) -> None:
        self._url = url

    async def open(self) -> None:
        from streamlit.proto.BackMsg_pb2 import BackMsg
        from streamlit.proto.ForwardMsg_pb2 import ForwardMsg

        self._back, self._forward = BackMsg, ForwardMsg
        address = self._url.replace("http", "ws") + "/_stcore/stream"
        self._wire = await websockets.connect(address, subprotocols=["streamlit"], **OPTIONS)
        self._radio = ""
        await self._run(None)

    async def update(self, filiere: str) -> None:
        await self._run(filiere)

    async def _run(self, filiere: str | None) -> None:
        message = self._back()
        message.rerun_script.query_string = ""
        if filiere is not None:
            state = message.rerun_script.widget_states.widgets.add()
            state.id = self._radio
            state.string_value = filiere
        await self._wire.send(message.SerializeToString())
        while True:
            found = self._forward()
            found.ParseFromString(await self._wire.recv())
            kind = found.WhichOneof("type")
            if kind == "delta" and found.delta.new_element.WhichOneof("type") == "radio":
                self._radio = found.delta.new_element.radio.id
            if kind == "script_finished":
                return


def _read(url: str) -> str:
    with urllib.request.urlopen(url, timeout=120) as answer:
        return str(answer.read().decode())


def _find_widget(node: Any) -> tuple[str, list[str]]:
    """The id of the radio group and its choices in order; an empty id when it is not below the node."""
    if isinstance(node, dict):
        if node.get("name", "").endswith("RadioGroup") and node.get("type") == "object":
            return str(node["id"]), [str(label) for label in node["attributes"]["labels"]]
        node = list(node.values())
    for child in node if isinstance(node, list) else []:
        found = _find_widget(child)
        if found[0]:
            return found
    return "", []


async def drive(make: Callable[[], Any], sessions: int, seconds: float) -> dict[str, Any]:
    """Updates a second, 95th percentile in milliseconds, errors; opening is not counted."""
    drivers = [make() for _ in range(sessions)]
    began = time.perf_counter()
    await asyncio.gather(*(driver.open() for driver in drivers))
    opened_s = time.perf_counter() - began
    times: list[float] = []
    errors: list[str] = []
    worked, start = time.process_time(), time.perf_counter()
    await asyncio.gather(
        *(_session(driver, index, start + seconds, times, errors) for index, driver in enumerate(drivers))
    )
    passed = time.perf_counter() - start
    times.sort()
    return {
        "per_second": len(times) / passed,
        "p95_ms": times[int(len(times) * 0.95)] * 1000 if times else None,
        "errors": errors[:5],
        "n_errors": len(errors),
        "opened_s": opened_s,
        "client_cpu": (time.process_time() - worked) / passed,
    }


async def _session(driver: Any, index: int, until: float, times: list[float], errors: list[str]) -> None:
    n = index
    while time.perf_counter() < until:
        n += 1
        began = time.perf_counter()
        try:
            await asyncio.wait_for(driver.update(FILIERES[n % len(FILIERES)]), 120)
        except Exception as error:  # noqa: BLE001 - a session that fails is counted, the others go on
            errors.append(repr(error)[:200])
            return
        times.append(time.perf_counter() - began)


if __name__ == "__main__":
    kind, url, n_sessions, n_seconds = sys.argv[1:]
    driver_of = {"panel": Panel, "streamlit": Streamlit}[kind]
    json.dump(asyncio.run(drive(lambda: driver_of(url), int(n_sessions), float(n_seconds))), sys.stdout)
