"""Presentations as files that a person can edit: the shipped ones beside this module, any other by its path."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import yaml

from state.scene import Presentation, PresentationError, read_presentation, write_presentation

FOLDER = Path(__file__).parent
SHIPPED = ("assemblee-3",)
REGION = "region"
_REGION_PREFIX = "region-"
MAX_BYTES = 400_000


def shipped(name: str) -> Presentation:
    """One of ``SHIPPED``.

    Raises:
        PresentationError: no presentation has that name.
    """
    if name not in SHIPPED:
        raise PresentationError([f"expected one of {', '.join(SHIPPED)} or region-<code>, found {name!r}"])
    return parse((FOLDER / f"{name}.yml").read_text(encoding="utf-8"))


def of_region(code: str, names: Mapping[str, str]) -> Presentation:
    """The presentation of one region.

    Args:
        names: what the template's placeholders stand for: ``region_fr``, ``of_region_fr``… in both languages.
    """
    written = (FOLDER / f"{REGION}.yml").read_text(encoding="utf-8")
    return read_presentation(_filled(yaml.safe_load(written), {"code": code, **names}))


def named(name: str, regions: Mapping[str, Mapping[str, str]]) -> Presentation:
    """A shipped presentation, or the one of a region (``region-32``).

    Args:
        regions: the words of each region by its code, as ``of_region`` takes them.

    Raises:
        PresentationError: no presentation has that name.
    """
    code = name.removeprefix(_REGION_PREFIX)
    if name.startswith(_REGION_PREFIX) and code in regions:
        return of_region(code, regions[code])
    return shipped(name)


def write(presentation: Presentation) -> str:
    """The file of a presentation; ``parse`` gives the same one back."""
    return str(yaml.safe_dump(write_presentation(presentation), allow_unicode=True, sort_keys=False, width=110))


def load(path: Path) -> Presentation:
    """The presentation of a file.

    Raises:
        PresentationError: the file is absent, too large, not YAML, or not a presentation; every fault is named.
    """
    try:
        if path.stat().st_size > MAX_BYTES:
            raise PresentationError([f"{path.name}: at most {MAX_BYTES:,} bytes, found {path.stat().st_size:,}"])
        return parse(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise PresentationError([f"{path}: cannot be read ({error.strerror})"]) from error
    except UnicodeDecodeError as error:
        raise PresentationError(
            [f"{path.name}: expected UTF-8, found byte {error.start} of another encoding"]
        ) from error


def parse(written: str) -> Presentation:
    """The presentation that YAML (or JSON, which is YAML) holds.

    Raises:
        PresentationError: every fault, each with its place.
    """
    if len(written) > MAX_BYTES:
        raise PresentationError([f"at most {MAX_BYTES:,} characters, found {len(written):,}"])
    if "&" in written and "*" in written and _has_alias(written):
        raise PresentationError(["YAML anchors and aliases are not read; write the text out"])
    try:
        return read_presentation(yaml.safe_load(written))
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        where = f"line {mark.line + 1}, column {mark.column + 1}: " if mark else ""
        raise PresentationError([f"{where}expected YAML, found {getattr(error, 'problem', error)}"]) from error


def _has_alias(written: str) -> bool:
    """An alias of an alias grows without bound: none is followed."""
    try:
        return any(isinstance(event, yaml.AliasEvent) for event in yaml.parse(written, Loader=yaml.SafeLoader))
    except yaml.YAMLError:
        return False  # told with its place by the reader


def _filled(value: Any, names: Mapping[str, str]) -> Any:
    """The template with its ``<name>`` placeholders filled."""
    if isinstance(value, dict):
        return {key: _filled(item, names) for key, item in value.items()}
    if isinstance(value, list):
        return [_filled(item, names) for item in value]
    if isinstance(value, str):
        for name, word in names.items():
            value = value.replace(f"<{name}>", word)
    return value
