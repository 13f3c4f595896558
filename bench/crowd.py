"""Many browsers from one thread: raw sockets under epoll, kept alive, answers counted and thrown away.

A visitor has up to six connections, as browsers do, and asks for the waves of a script: all of a wave at once, the next
when it is there. Bodies are not looked at beyond their length, so that the crowd is not what is measured.
"""

import heapq
import json
import select
import socket
import statistics
import subprocess
import sys
import time
from collections import deque
from dataclasses import dataclass, field
from typing import Any

from bench.servers import ROOT, NotMeasured

CONNECTIONS = 6
PATIENCE_S = 60.0
_BUFFER = 262_144

Wave = list[bytes]


@dataclass
class Outcome:
    """What the crowd met. Seconds; ``times`` by kind of request, ``visits`` from arrival to the last byte."""

    times: dict[str, list[float]] = field(default_factory=dict)
    visits: list[float] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)
    n_bytes: int = 0
    seconds: float = 0.0
    cpu_s: float = 0.0


@dataclass(eq=False)
class Visitor:
    """One browser: when each part of its script begins (seconds from the start), and the waves of that part."""

    parts: list[tuple[float, list[Wave]]]
    waiting: deque[bytes] = field(default_factory=deque)
    waves: deque[Wave] = field(default_factory=deque)
    idle: list["Wire"] = field(default_factory=list)
    n_wires: int = 0
    n_open: int = 0
    at: int = 0
    due: float = 0.0
    loop: deque[Wave] | None = None


@dataclass(eq=False)
class Wire:
    """One connection, and what it is in the middle of."""

    visitor: Visitor
    socket: socket.socket
    request: bytes = b""
    unsent: bytes = b""
    began: float = 0.0
    head: bytes = b""
    left: int = -1


class Crowd:
    """Plays the scripts of all visitors against one address."""

    def __init__(self, host: str, port: int, visitors: list[Visitor], until: float = 0.0) -> None:
        self._until = until
        self._address = (host, port)
        self._poll = select.epoll()
        self._wires: dict[int, Wire] = {}
        self._agenda = [(visitor.parts[0][0], index, visitor) for index, visitor in enumerate(visitors)]
        heapq.heapify(self._agenda)
        self._n_busy = 0
        self._buffer = memoryview(bytearray(_BUFFER))
        self.outcome = Outcome()
        self._origin = 0.0

    def play(self) -> Outcome:
        self._origin, worked = time.perf_counter(), time.process_time()
        while self._agenda or self._n_busy:
            self._start_due()
            wait = max(0.0, self._agenda[0][0] - self._now()) if self._agenda else 1.0
            events = self._poll.poll(0.2 if self._n_busy and wait > 0.2 else wait)
            for number, event in events:
                self._progress(self._wires[number], event)
            if not events and self._n_busy:
                self._give_up_late()
        self.outcome.seconds = self._now()
        self.outcome.cpu_s = time.process_time() - worked
        for wire in self._wires.values():
            wire.socket.close()
        return self.outcome

    def _now(self) -> float:
        return time.perf_counter() - self._origin

    def _start_due(self) -> None:
        while self._agenda and self._agenda[0][0] <= self._now():
            due, _, visitor = heapq.heappop(self._agenda)
            self._n_busy += 1
            visitor.due = due
            visitor.waves = deque(visitor.parts[visitor.at][1])
            self._next_wave(visitor)

    def _next_wave(self, visitor: Visitor) -> None:
        if not visitor.waves:
            self._end_part(visitor)
            return
        visitor.waiting.extend(visitor.waves.popleft())
        while visitor.waiting and (visitor.idle or visitor.n_wires < CONNECTIONS):
            wire = visitor.idle.pop() if visitor.idle else self._connect(visitor)
            self._send(wire)

    def _end_part(self, visitor: Visitor) -> None:
        if visitor.loop is not None and self._now() < self._until:
            self._again(visitor)
            return
        self._n_busy -= 1
        if visitor.at == 0:
            self.outcome.visits.append(self._now() - visitor.due)
        visitor.at += 1
        if visitor.at < len(visitor.parts):
            heapq.heappush(self._agenda, (visitor.parts[visitor.at][0], id(visitor), visitor))

    def _again(self, visitor: Visitor) -> None:
        """A session in a closed loop: what it waited for is noted, the next of its updates asked."""
        assert visitor.loop is not None
        self.outcome.visits.append(self._now() - visitor.due)
        visitor.due = self._now()
        visitor.loop.rotate(-1)
        visitor.waves = deque([visitor.loop[0]])
        self._next_wave(visitor)

    def _connect(self, visitor: Visitor) -> Wire:
        wire = Wire(visitor, socket.socket())
        wire.socket.setblocking(False)
        wire.socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        wire.socket.connect_ex(self._address)
        visitor.n_wires += 1
        self._wires[wire.socket.fileno()] = wire
        self._poll.register(wire.socket, select.EPOLLIN | select.EPOLLOUT)
        return wire

    def _send(self, wire: Wire) -> None:
        wire.request = wire.unsent = wire.visitor.waiting.popleft()
        wire.visitor.n_open += 1
        wire.began, wire.head, wire.left = self._now(), b"", -1
        self._poll.modify(wire.socket, select.EPOLLIN | select.EPOLLOUT)

    def _progress(self, wire: Wire, event: int) -> None:
        try:
            if event & (select.EPOLLIN | select.EPOLLHUP | select.EPOLLERR):
                self._receive(wire)
            elif wire.unsent:
                wire.unsent = wire.unsent[wire.socket.send(wire.unsent) :]
                if not wire.unsent:
                    self._poll.modify(wire.socket, select.EPOLLIN)
        except OSError as error:
            self._lose(wire, type(error).__name__)

    def _receive(self, wire: Wire) -> None:
        n = wire.socket.recv_into(self._buffer)
        self.outcome.n_bytes += n
        if n == 0:
            self._lose(wire, "closed")
            return
        if wire.left >= 0:
            wire.left -= n
        else:
            wire.head += bytes(self._buffer[:n])
            head, end, rest = wire.head.partition(b"\r\n\r\n")
            if not end:
                return
            wire.head = head
            wire.left = _length(head) - len(rest)
        if wire.left <= 0:
            self._finish(wire)

    def _finish(self, wire: Wire) -> None:
        status = wire.head[9:12]
        kind = kind_of(wire.request)
        self.outcome.times.setdefault(kind, []).append(self._now() - wire.began)
        if status not in (b"200", b"304", b"204"):
            self.outcome.errors.append(f"{kind} {status.decode()}")
        is_kept = b"connection: close" not in wire.head.lower()
        wire.request = b""
        if not is_kept:
            self._drop(wire)
        self._done(wire, is_kept)

    def _done(self, wire: Wire, is_usable: bool) -> None:
        visitor = wire.visitor
        visitor.n_open -= 1
        if visitor.waiting:
            self._send(wire if is_usable else self._connect(visitor))
            return
        if is_usable:
            visitor.idle.append(wire)
        if not visitor.n_open:
            self._next_wave(visitor)

    def _lose(self, wire: Wire, why: str) -> None:
        """A connection that ends while idle is nobody's loss; in the middle of an answer it is an error."""
        self._drop(wire)
        if not wire.request:
            wire.visitor.idle.remove(wire)
            return
        self.outcome.errors.append(f"{kind_of(wire.request)} {why}")
        self._done(wire, is_usable=False)

    def _drop(self, wire: Wire) -> None:
        del self._wires[wire.socket.fileno()]
        self._poll.unregister(wire.socket)
        wire.socket.close()
        wire.visitor.n_wires -= 1

    def _give_up_late(self) -> None:
        late = [wire for wire in self._wires.values() if wire.request and self._now() - wire.began > PATIENCE_S]
        for wire in late:
            self._lose(wire, "late")


def _length(head: bytes) -> int:
    for line in head.lower().split(b"\r\n"):
        if line.startswith(b"content-length:"):
            return int(line[15:])
    return 0


def kind_of(request: bytes) -> str:
    """``page``, ``file`` or ``callback``."""
    path = request.split(b" ", 2)[1]
    if b"_dash-update-component" in path:
        return "callback"
    return "file" if path.startswith((b"/assets/", b"/geodata/", b"/_dash")) else "page"


def quantile(times: list[float], percent: int) -> float:
    return statistics.quantiles(times, n=100)[percent - 1] if len(times) > 1 else times[0]


def run_crowd(plan: dict[str, Any]) -> dict[str, Any]:
    """An ``Outcome`` as a dictionary, from a crowd in a process of its own.

    Args:
        plan: ``host``, ``port`` and either ``requests`` (texts) with ``visitors`` (parts, whose waves hold places in
            ``requests``), or ``loops`` (waves) with ``sessions`` and ``seconds``.

    Raises:
        NotMeasured: the crowd itself failed.
    """
    command = [sys.executable, "-m", "bench.crowd"]
    done = subprocess.run(command, input=json.dumps(plan), cwd=ROOT, capture_output=True, text=True, check=False)
    if done.returncode:
        raise NotMeasured(done.stderr.strip().splitlines()[-1][:160])
    found: dict[str, Any] = json.loads(done.stdout)
    return found


def _visitors(plan: dict[str, Any]) -> list[Visitor]:
    if "loops" in plan:
        waves = [[text.encode() for text in wave] for wave in plan["loops"]]
        firsts = [waves[n % len(waves) :] + waves[: n % len(waves)] for n in range(plan["sessions"])]
        return [Visitor([(0.0, [order[0]])], loop=deque(order)) for order in firsts]
    texts = [text.encode() for text in plan["requests"]]
    return [
        Visitor([(at, [[texts[n] for n in wave] for wave in waves]) for at, waves in parts])
        for parts in plan["visitors"]
    ]


def main() -> None:
    """A plan on the input, what was met on the output, both JSON."""
    plan = json.load(sys.stdin)
    found = Crowd(plan["host"], plan["port"], _visitors(plan), plan.get("seconds", 0.0)).play()
    json.dump(found.__dict__, sys.stdout)


if __name__ == "__main__":
    main()
