"""One fault of a file: where it is, what it is, why, in either language."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

SHOWN = 60
MAX_PROBLEMS = 1000


@dataclass(frozen=True)
class Problem:
    """A fault, or a notice when it ``is_blocking`` not.

    Attributes:
        code: a key of ``reasons.toml``.
        line: line of the file, the header being line 1 of a plain file; None when the whole file is meant.
        column: name of the column; None when the whole row is meant.
        value: what was found.
        limit: what was expected, where the reason says it.
    """

    code: str
    line: int | None = None
    column: str | None = None
    value: str = ""
    limit: str = ""
    is_blocking: bool = True

    def reason(self, language: str) -> str:
        """The sentence, in ``fr`` or ``en``; values of the file are cut to what can be read."""
        return _reasons()[self.code][language].format(value=shorten(self.value), limit=self.limit)

    def sentence(self, language: str) -> str:
        """The reason after its place: « ligne 4, colonne lon : … »."""
        words = {"fr": ("ligne", "colonne", "fichier", " : "), "en": ("line", "column", "file", ": ")}[language]
        places = [f"{words[0]} {self.line}"] if self.line else []
        places += [f"{words[1]} {shorten(self.column)}"] if self.column else []
        return (", ".join(places) or words[2]) + words[3] + self.reason(language)


class Unreadable(Exception):
    """The file cannot be read as a table at all; ``problem`` says why."""

    def __init__(self, problem: Problem) -> None:
        self.problem = problem
        super().__init__(problem.reason("en"))


@cache
def _reasons() -> Mapping[str, Mapping[str, str]]:
    return tomllib.loads(Path(__file__).with_name("reasons.toml").read_text(encoding="utf-8"))


def shorten(value: str, size: int = SHOWN) -> str:
    """The beginning of a value of a file, on one line, without control characters."""
    plain = "".join(letter if letter.isprintable() else "·" for letter in value[: size + 1])
    return plain if len(value) <= size else plain[:size] + "…"


def file_size(n_bytes: int) -> str:
    """``2.1 MB``: for messages, in either language."""
    return f"{n_bytes / 1e6:.1f} MB" if n_bytes >= 1e5 else f"{n_bytes / 1e3:.1f} kB"


def by_place(problems: list[Problem]) -> tuple[Problem, ...]:
    """Every problem in the order of the file; what concerns the whole file first. Cut at ``MAX_PROBLEMS``, and said."""
    ordered = sorted(problems, key=lambda item: (item.line or 0, not item.is_blocking))
    if len(ordered) <= MAX_PROBLEMS:
        return tuple(ordered)
    is_blocking = any(item.is_blocking for item in ordered[MAX_PROBLEMS:])
    return (*ordered[:MAX_PROBLEMS], Problem("too_many_faults", limit=str(MAX_PROBLEMS), is_blocking=is_blocking))
