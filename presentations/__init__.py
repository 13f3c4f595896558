"""Presentations as files that a person can edit: the shipped ones beside this module, any other by its path."""

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import yaml

from state.scene import Presentation, read_presentation, write_presentation
from state.scene_faults import Fault, PresentationError

FOLDER = Path(__file__).parent
SHIPPED = ("assemblee-3",)
REGION = "region"
_REGION_PREFIX = "region-"
MAX_BYTES = 400_000
_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


def shipped(name: str) -> Presentation:
    """One of ``SHIPPED``.

    Raises:
        PresentationError: no presentation has that name.
    """
    if name not in SHIPPED:
        raise PresentationError([Fault("", "name", f"{', '.join(SHIPPED)}, region-<code>", repr(name))])
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
            raise PresentationError([Fault(path.name, "big", MAX_BYTES, path.stat().st_size)])
        return parse(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise PresentationError([Fault(str(path), "unread", found=error.strerror)]) from error
    except UnicodeDecodeError as error:
        raise PresentationError([Fault(path.name, "utf8", found=error.start)]) from error


def parse(written: str) -> Presentation:
    """The presentation that YAML (or JSON, which is YAML) holds.

    Raises:
        PresentationError: every fault, each with its place.
    """
    if len(written) > MAX_BYTES:
        raise PresentationError([Fault("", "big", MAX_BYTES, len(written))])
    return read_presentation(_loaded(written))


def _loaded(written: str) -> Any:
    """What JSON or YAML holds; JSON first, because a JSON of this size takes the YAML reader seconds."""
    try:
        return json.loads(written)
    except RecursionError as error:
        raise PresentationError([Fault("", "yaml", found="lists in lists without end")]) from error
    except ValueError:
        pass
    try:
        if "&" in written and "*" in written and _has_alias(written):
            raise PresentationError([Fault("", "alias")])
        return yaml.load(written, Loader=_LOADER)  # noqa: S506 - the safe loader, in C where the wheel has it
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        where = f"line {mark.line + 1}, column {mark.column + 1}" if mark else ""
        raise PresentationError([Fault(where, "yaml", found=getattr(error, "problem", error))]) from error
    except (ValueError, RecursionError) as error:  # a date or a number that is none; lists in lists without end
        raise PresentationError([Fault("", "yaml", found=error)]) from error


def _has_alias(written: str) -> bool:
    """An alias of an alias grows without bound: none is followed."""
    try:
        return any(isinstance(event, yaml.AliasEvent) for event in yaml.parse(written, Loader=_LOADER))
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
