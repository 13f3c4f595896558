"""What changed between two published folders, in plain French."""

import io
import subprocess
import tarfile
import tempfile
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import contract
from etl.checks import keys_of
from etl.encode import to_plain
from etl.errors import PublishError
from etl.manifest import read_manifest
from etl.published import read_table
from etl.settings import ROOT

_SHOWN = 5


def compare(old: Path, new: Path) -> list[str]:
    """One line a change, most telling first within a file; a single line when nothing changed."""
    before, after = read_manifest(old), read_manifest(new)
    if before["hash"] == after["hash"]:
        return ["Aucune différence : mêmes fichiers, mêmes octets."]
    lines = []
    for name in sorted({*before["files"], *after["files"]}):
        lines += _compare_file(name, before["files"].get(name), after["files"].get(name), old, new)
    for name in sorted({*before["sources"], *after["sources"]}):
        lines += _compare_source(name, before["sources"].get(name), after["sources"].get(name))
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
    command = ["git", "-C", str(ROOT), "archive", "--format=tar", "--end-of-options", against, "--", str(inside)]
    result = subprocess.run(command, capture_output=True, check=False)
    if result.returncode != 0:
        reason = result.stderr.decode(errors="replace").strip()
        raise PublishError(f"{against}: neither a folder nor a git ref that holds {inside} ({reason}).")
    with tempfile.TemporaryDirectory() as temporary:
        with tarfile.open(fileobj=io.BytesIO(result.stdout)) as archive:
            archive.extractall(temporary, filter="data")
        yield Path(temporary, inside)


def _compare_file(
    name: str, before: dict[str, Any] | None, after: dict[str, Any] | None, old: Path, new: Path
) -> list[str]:
    if before is None and after is not None:
        return [f"{name} : nouveau fichier, {_count(after['rows'], 'ligne')}."]
    if after is None:
        return [f"{name} : fichier retiré."]
    if before is None or before["sha256"] == after["sha256"]:
        return []
    if after["kind"] != "table" or before["kind"] != "table":
        sizes = f"{before['bytes']} → {after['bytes']} octets"
        return [f"{name} : contenu modifié, {before['rows']} → {_count(after['rows'], 'objet')}, {sizes}."]
    return _compare_table(name, contract.table(after["table"]), old / name, new / name)


def _compare_table(name: str, table: contract.Table, old: Path, new: Path) -> list[str]:
    first, second = _rows(old, table), _rows(new, table)
    added, removed = sorted(second.keys() - first.keys()), sorted(first.keys() - second.keys())
    changed = {key: fields for key in first.keys() & second.keys() if (fields := _fields(first[key], second[key]))}
    lines = [f"{name} : {_count(len(added), 'ligne ajoutée')}{_examples(added)}."] if added else []
    lines += [f"{name} : {_count(len(removed), 'ligne retirée')}{_examples(removed)}."] if removed else []
    if changed:
        counts = Counter(field for fields in changed.values() for field in fields)
        detail = ", ".join(f"{field} ({count})" for field, count in sorted(counts.items()))
        lines.append(
            f"{name} : {_count(len(changed), 'ligne modifiée')}{_examples(sorted(changed))} ; champs : {detail}."
        )
    return lines or [f"{name} : mêmes lignes, octets différents (écriture)."]


def _rows(path: Path, table: contract.Table) -> dict[str, dict[str, Any]]:
    frame = read_table(path)
    key = [column for column in table.key if column in frame.columns]
    return dict(zip(keys_of(frame, key), frame.to_dict("records"), strict=True))


def _fields(first: dict[str, Any], second: dict[str, Any]) -> list[str]:
    names = first.keys() | second.keys()
    return [name for name in names if to_plain(first.get(name)) != to_plain(second.get(name))]


def _compare_source(name: str, before: dict[str, Any] | None, after: dict[str, Any] | None) -> list[str]:
    if before is None:
        return [f"source {name} : ajoutée."]
    if after is None:
        return [f"source {name} : retirée."]
    if before["sha256"] != after["sha256"]:
        return [f"source {name} : fichier source changé (millésime {before['millesime']} → {after['millesime']})."]
    return []


def _count(number: int, words: str) -> str:
    """« 1 ligne ajoutée », « 3 lignes ajoutées »: from two on, every word takes an s."""
    plural = " ".join(f"{word}s" for word in words.split()) if number > 1 else words
    return f"{number} {plural}"


def _examples(keys: list[str]) -> str:
    return f" ({', '.join(keys[:_SHOWN])}{'…' if len(keys) > _SHOWN else ''})" if keys else ""
