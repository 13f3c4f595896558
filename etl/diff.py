"""What changed between two published folders, in plain French or English."""

import io
import subprocess
import tarfile
import tempfile
from collections import Counter
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pandas as pd

import contract
import headline
from etl.checks import keys_of
from etl.diff_words import count, cut, examples, headline_name, number, say
from etl.encode import to_plain
from etl.errors import PublishError
from etl.manifest import read_manifest
from etl.published import read_table
from etl.settings import ROOT

_NAMES = ("nom", "site_nom", "entreprise", "nom_fr", "titre_fr", "intitule_fr", "intitule")
_DETAILED = 3
"""Up to so many changed objects of a table, each changed value is told."""

_MADE = ("couverture.parquet",)
"""Tables that only count what the others hold."""

Row = dict[str, Any]
Rows = dict[str, Row]


def compare(old: Path, new: Path, language: str = "fr", *, is_brief: bool = False) -> list[str]:
    """One line a change, headline figures first; a single line when nothing changed.

    Args:
        is_brief: what a reader of the atlas follows: headline figures, tables and sources; not the files made of them.
    """
    before, after = read_manifest(old), read_manifest(new)
    if before["hash"] == after["hash"]:
        return [say("same", language)]
    lines = _compare_headlines(old, new, language)
    n_others = 0
    for name in sorted({*before["files"], *after["files"]}):
        first, second = before["files"].get(name), after["files"].get(name)
        if not is_brief or (name not in _MADE and (second or first)["kind"] == "table"):
            lines += _compare_file(name, first, second, old, new, language)
        elif first != second:
            n_others += 1
    lines += [say("others", language, n=number(n_others, language))] if n_others else []
    for name in sorted({*before["sources"], *after["sources"]}):
        lines += _compare_source(name, before["sources"].get(name), after["sources"].get(name), language)
    return lines


@contextmanager
def opened(against: str, published: Path) -> Iterator[Path]:
    """The folder to compare with: a folder as it is, or the published folder at a git ref, unpacked for the time being.

    Raises:
        PublishError: when ``against`` is neither.
    """
    if Path(against).is_dir():
        yield Path(against)
        return
    inside = published.resolve().relative_to(ROOT) if published.resolve().is_relative_to(ROOT) else None
    if inside is None:
        raise PublishError(f"{against}: no such folder, and {published} is outside the repository: no git ref to read.")
    command = ["git", "-C", str(ROOT), "archive", "--format=tar", "--end-of-options", against, str(inside)]
    result = subprocess.run(command, capture_output=True, check=False)
    if result.returncode != 0:
        reason = result.stderr.decode(errors="replace").strip()
        raise PublishError(f"{against}: neither a folder nor a git ref that holds {inside} ({reason}).")
    with tempfile.TemporaryDirectory() as temporary:
        with tarfile.open(fileobj=io.BytesIO(result.stdout)) as archive:
            archive.extractall(temporary, filter="data")
        yield Path(temporary, inside)


def reader_of(folder: Path) -> headline.Read:
    """Gives the tables of a published folder by name, whatever the contract says today."""

    def read(name: str) -> pd.DataFrame | None:
        path = folder / f"{name}.parquet"
        return read_table(path) if path.is_file() else None

    return read


def _compare_headlines(old: Path, new: Path, language: str) -> list[str]:
    first, second = (headline.headline_figures(reader_of(folder)) for folder in (old, new))
    return [
        say(
            "headline",
            language,
            name=headline_name(key, language),
            before=number(first.get(key), language),
            after=number(value, language),
        )
        for key, value in second.items()
        if value != first.get(key)
    ]


def _compare_file(
    name: str, before: dict[str, Any] | None, after: dict[str, Any] | None, old: Path, new: Path, language: str
) -> list[str]:
    title = _title(name, (after or before or {}).get("table"), language)
    if before is None and after is not None:
        return [say("new_file", language, file=title, n=count(after["rows"], "row", language))]
    if after is None:
        return [say("gone_file", language, file=title)]
    if before is None or before["sha256"] == after["sha256"]:
        return []
    table = contract.tables().get(str(after["table"])) if after["kind"] == before["kind"] == "table" else None
    if table is None:
        sizes = f"{number(before['bytes'], language)} → {number(after['bytes'], language)}"
        before_rows, n = number(before["rows"], language), count(after["rows"], "object", language)
        return [say("content", language, file=title, before=before_rows, n=n, sizes=sizes)]
    return _compare_table(title, table, old / name, new / name, language)


def _title(name: str, table: str | None, language: str) -> str:
    """« Projets financés (projets.parquet) »: the label of the table, and the file."""
    known = contract.tables().get(str(table))
    return f"{known.label(language)} ({name})" if known and name.endswith(".parquet") else name


def _compare_table(name: str, table: contract.Table, old: Path, new: Path, language: str) -> list[str]:
    frames = read_table(old), read_table(new)
    if not all(set(table.key) <= set(frame.columns) for frame in frames):
        n = count(len(frames[1]), "row", language)
        return [say("shape", language, file=name, before=number(len(frames[0]), language), n=n)]
    first, second = (_rows(frame, table) for frame in frames)
    added, removed = sorted(second.keys() - first.keys()), sorted(first.keys() - second.keys())
    changed = {key: fields for key in first.keys() & second.keys() if (fields := _fields(first[key], second[key]))}
    lines = [_listed(name, "added", added, second, language)] if added else []
    lines += [_listed(name, "removed", removed, first, language)] if removed else []
    lines += _changes(name, table, changed, first, second, language)
    lines += _columns(name, table, set(frames[0].columns), set(frames[1].columns), language)
    if len(first) != len(second):
        n = count(len(second), "object", language)
        lines.append(say("total", language, file=name, before=number(len(first), language), n=n))
    return lines or [say("written", language, file=name)]


def _listed(name: str, noun: str, keys: list[str], rows: Rows, language: str) -> str:
    names = examples([_name(key, rows[key]) for key in keys])
    return say("added", language, file=name, n=count(len(keys), noun, language), names=names)


def _changes(
    name: str, table: contract.Table, changed: Mapping[str, list[str]], first: Rows, second: Rows, language: str
) -> list[str]:
    """Each value when few objects changed; else their number and the fields."""
    if not changed:
        return []
    keys = sorted(changed)
    if len(keys) <= _DETAILED and sum(map(len, changed.values())) <= 2 * _DETAILED:
        return [
            _change(name, table, field, first[key], second[key], cut(_name(key, second[key])), language)
            for key in keys
            for field in changed[key]
        ]
    counts = Counter(field for fields in changed.values() for field in fields)
    told = ", ".join(f"{_label(table, field, language)} ({n})" for field, n in sorted(counts.items()))
    names, n = examples([_name(key, second[key]) for key in keys]), count(len(keys), "changed", language)
    return [say("changed", language, file=name, n=n, names=names, fields=told)]


def _change(file: str, table: contract.Table, field: str, before: Row, after: Row, name: str, language: str) -> str:
    shown = [_shown(row.get(field), language) for row in (before, after)]
    label = _label(table, field, language)
    if shown[0] == shown[1]:  # they differ beyond what can be shown
        return say("reworded", language, file=file, name=name, field=label)
    return say("value", language, file=file, name=name, field=label, before=shown[0], after=shown[1])


def _columns(name: str, table: contract.Table, first: set[str], second: set[str], language: str) -> list[str]:
    sides = {"columns_new": second - first, "columns_gone": first - second}
    told = {key: ", ".join(_label(table, field, language) for field in sorted(fields)) for key, fields in sides.items()}
    return [say(key, language, file=name, fields=fields) for key, fields in told.items() if fields]


def _rows(frame: pd.DataFrame, table: contract.Table) -> Rows:
    return dict(zip(keys_of(frame, table.key), frame.to_dict("records"), strict=True))


def _fields(first: Row, second: Row) -> list[str]:
    """Fields of both sides whose value differs; a column that comes or goes is said once, for the table."""
    names = sorted(first.keys() & second.keys())
    return [name for name in names if to_plain(first.get(name)) != to_plain(second.get(name))]


def _name(key: str, row: Row) -> str:
    """The name of an object, else its key."""
    found = next((to_plain(row[field]) for field in _NAMES if field in row and to_plain(row[field])), None)
    return str(found or key)


def _label(table: contract.Table, field: str, language: str) -> str:
    return table.fields[field].label(language) if field in table.fields else field


def _shown(value: Any, language: str) -> str:
    plain = to_plain(value)
    if plain is None or plain == []:
        return say("unknown", language)
    if isinstance(plain, float | int) and not isinstance(plain, bool):
        return f"{plain:g}"
    return f"« {cut(str(plain))} »" if language == "fr" else f"“{cut(str(plain))}”"


def _compare_source(name: str, before: dict[str, Any] | None, after: dict[str, Any] | None, language: str) -> list[str]:
    if before is None:
        return [say("source_new", language, file=name)]
    if after is None:
        return [say("source_gone", language, file=name)]
    if before["sha256"] != after["sha256"]:
        return [say("source", language, file=name, before=before["millesime"], after=after["millesime"])]
    return []
