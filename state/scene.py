"""A scene: a saved view of the atlas with what is said about it; a presentation: scenes in order, in a file.

``read_presentation`` takes what a YAML or JSON file holds and reports every error at once, each with its place.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import contract
from state.scene_faults import Fault, PresentationError, shorten
from state.selection import Selection

CHARTS = ("", "mesure", "filiere", "mois", "sites", "barometre")
GROUNDS = ("carte", "tuiles", "aucun")
FRAME_KINDS = ("france", "region", "departement", "territoire", "site", "projet")
MAX_SCENES = 60
MAX_CLAIMS = 3  # a hall reads three figures, not four
MAX_TEXT = {"titre": 90, "phrase": 220, "notes": 4000}


@dataclass(frozen=True)
class Text:
    """The same words in both languages; empty when there are none."""

    fr: str = ""
    en: str = ""

    def read(self, language: str) -> str:
        return self.en if language == "en" else self.fr


@dataclass(frozen=True)
class Scene:
    """One idea on one screen.

    Attributes:
        scene_id: unique in its presentation; letters, digits and hyphens.
        view: the query of Carte that shows the same: filters, layers, perimeter, as-of date.
        frame: ``france``, ``region:32``, ``territoire:ti-3201``, or ``west,south,east,north`` in degrees.
        ground: the map, the tile map of the regions, or none.
        chart: one of ``CHARTS``.
        claims: ids of the ledger, shown large.
        headline, sentence, notes: what the hall reads, and what the speaker alone does.
    """

    scene_id: str
    headline: Text
    view: str = ""
    frame: str = "france"
    ground: str = "carte"
    chart: str = ""
    claims: tuple[str, ...] = ()
    sentence: Text = field(default_factory=Text)
    notes: Text = field(default_factory=Text)

    def selection(self, language: str) -> Selection:
        """The saved view in a language."""
        kept = "&".join(part for part in self.view.lstrip("?").split("&") if part and not part.startswith("lang="))
        return Selection.from_query(f"{kept}&lang={language}")

    def bbox(self) -> tuple[float, float, float, float] | None:
        """The frame in degrees when it is written so."""
        return _bbox(self.frame)


@dataclass(frozen=True)
class Presentation:
    """Scenes in order; ``title`` names the file."""

    title: Text
    scenes: tuple[Scene, ...]


def read_presentation(document: Any) -> Presentation:
    """The presentation that a file holds.

    Raises:
        PresentationError: with every fault of the file.
    """
    if not isinstance(document, Mapping):
        raise PresentationError([Fault("", "mapping", found=type(document).__name__)])
    errors: list[Fault] = []
    _refuse_extra(document, _KEYS, "", errors)
    title = _text(document.get("titre"), "titre", "titre", errors, is_required=True)
    rows = document.get("scenes")
    if not isinstance(rows, list) or not rows:
        raise PresentationError([*errors, Fault("scenes", "scenes")])
    if len(rows) > MAX_SCENES:
        raise PresentationError([*errors, Fault("scenes", "many", MAX_SCENES, len(rows))])
    scenes = [_scene(row, f"scenes[{position}]", errors) for position, row in enumerate(rows, 1)]
    seen: set[str] = set()
    for position, scene in enumerate(scenes, 1):
        if scene.scene_id in seen:
            errors.append(Fault(f"scenes[{position}].id", "twice", found=scene.scene_id))
        seen.add(scene.scene_id)
    if errors:
        raise PresentationError(errors, Presentation(title, tuple(scenes)))
    return Presentation(title, tuple(scenes))


def write_presentation(presentation: Presentation) -> dict[str, Any]:
    """What a file holds, ready for YAML or JSON; ``read_presentation`` gives the same presentation back."""
    return {
        "titre": _written(presentation.title),
        "scenes": [_write_scene(scene) for scene in presentation.scenes],
    }


_KEYS = ("titre", "scenes")
_SCENE_KEYS = ("id", "vue", "cadre", "fond", "graphique", "chiffres", "titre", "phrase", "notes")


def _scene(row: Any, where: str, errors: list[Fault]) -> Scene:
    if not isinstance(row, Mapping):
        errors.append(Fault(where, "scene", found=type(row).__name__))
        return Scene(where, Text())
    _refuse_extra(row, _SCENE_KEYS, f"{where}.", errors)
    frame = _word(row, "cadre", "france", where, errors)
    if not _is_frame(frame):
        errors.append(Fault(f"{where}.cadre", "frame", found=repr(frame)))
        frame = "france"
    return Scene(
        _identifier(row, where, errors),
        _text(row.get("titre"), f"{where}.titre", "titre", errors, is_required=True),
        _word(row, "vue", "", where, errors).lstrip("?"),
        frame,
        _one_of(row, "fond", GROUNDS, where, errors),
        _one_of(row, "graphique", CHARTS, where, errors),
        _claims(row.get("chiffres"), where, errors),
        _text(row.get("phrase"), f"{where}.phrase", "phrase", errors),
        _text(row.get("notes"), f"{where}.notes", "notes", errors),
    )


def _identifier(row: Mapping[str, Any], where: str, errors: list[Fault]) -> str:
    name = _word(row, "id", "", where, errors)
    if not name or not name.replace("-", "").isalnum() or len(name) > 40:
        errors.append(Fault(f"{where}.id", "identifier", found=repr(name)))
    return name


def _word(row: Mapping[str, Any], key: str, default: str, where: str, errors: list[Fault]) -> str:
    value = row.get(key, default)
    if isinstance(value, str) and len(value) <= 2000 and _is_plain(value):
        return value
    errors.append(Fault(f"{where}.{key}", "word", found=type(value).__name__))
    return default


def _one_of(row: Mapping[str, Any], key: str, allowed: tuple[str, ...], where: str, errors: list[Fault]) -> str:
    value = row.get(key, allowed[0])
    if isinstance(value, str) and value in allowed:
        return value
    choices = ", ".join(name or "(nothing)" for name in allowed)
    errors.append(Fault(f"{where}.{key}", "choice", choices, repr(value)))
    return allowed[0]


def _claims(value: Any, where: str, errors: list[Fault]) -> tuple[str, ...]:
    if value is None:
        return ()
    if not isinstance(value, list) or len(value) > MAX_CLAIMS or not all(isinstance(item, str) for item in value):
        errors.append(Fault(f"{where}.chiffres", "claims", MAX_CLAIMS, repr(value)))
        return ()
    return tuple(value)


def _text(value: Any, where: str, kind: str, errors: list[Fault], *, is_required: bool = False) -> Text:
    """Words in both languages; a plain text counts for both."""
    if isinstance(value, str):
        value = dict.fromkeys(contract.LANGUAGES, value)
    if value is None and not is_required:
        return Text()
    words = value if isinstance(value, Mapping) else {}
    read = {}
    for language in contract.LANGUAGES:
        found = words.get(language)
        place = f"{where}.{language}"
        if not isinstance(found, str) or (is_required and not found.strip()):
            errors.append(Fault(place, "text", found=repr(found)))
        elif len(found) > MAX_TEXT[kind]:
            errors.append(Fault(place, "long", MAX_TEXT[kind], len(found)))
        elif not _is_plain(found):
            errors.append(Fault(place, "control"))
        read[language] = found.strip() if isinstance(found, str) else ""
    return Text(read["fr"], read["en"])


def _is_plain(words: str) -> bool:
    """Text that every page and every file can carry: no half of a character, no control but a new line or a tab."""
    return not any((ord(letter) < 32 and letter not in "\n\r\t") or 0xD800 <= ord(letter) <= 0xDFFF for letter in words)


def _refuse_extra(row: Mapping[Any, Any], allowed: tuple[str, ...], where: str, errors: list[Fault]) -> None:
    errors += [Fault(f"{where}{shorten(str(key))}", "key", ", ".join(allowed)) for key in row if key not in allowed]


def _is_frame(frame: str) -> bool:
    kind, _, code = frame.partition(":")
    if kind in FRAME_KINDS:
        return (kind == "france") == (not code) and code.replace("-", "").isalnum() == bool(code)
    return _bbox(frame) is not None


def _bbox(frame: str) -> tuple[float, float, float, float] | None:
    parts = frame.split(",")
    try:
        west, south, east, north = (float(part) for part in parts)
    except ValueError:
        return None
    is_sound = -180 <= west < east <= 180 and -85 <= south < north <= 85
    return (west, south, east, north) if is_sound else None


def _write_scene(scene: Scene) -> dict[str, Any]:
    row = {
        "id": scene.scene_id,
        "titre": _written(scene.headline),
        "phrase": _written(scene.sentence),
        "vue": scene.view,
        "cadre": scene.frame,
        "fond": scene.ground,
        "graphique": scene.chart,
        "chiffres": list(scene.claims),
        "notes": _written(scene.notes),
    }
    return {key: value for key, value in row.items() if value not in ("", [], {"fr": "", "en": ""})}


def _written(text: Text) -> dict[str, str]:
    return {"fr": text.fr, "en": text.en}
