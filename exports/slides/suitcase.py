"""The suitcase: a presentation in every format, its figures frozen, with what proves that nothing has changed since."""

import hashlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import orjson

from exports.slides.deck import Deck, pages_of
from exports.slides.html_file import export_html
from exports.slides.kit import Kit
from exports.slides.map_file import export_map
from exports.slides.paper import export_pdf, export_pngs
from exports.slides.pptx_file import export_pptx
from exports.slides.rows import export_rows
from views.text import text

MIMETYPE = "application/zip"
MANIFEST = "manifest.json"
_FONTS = Path(__file__).parent.parent / "fonts"
_READ_ME = {"fr": "LISEZMOI.txt", "en": "README.txt"}


@dataclass(frozen=True)
class Label:
    """What the manifest says of the whole: ``titles`` by language, ``scenes`` the ids in order."""

    name: str
    titles: Mapping[str, str]
    publication: str
    scenes: Sequence[str]


def export_language(deck: Deck, kit: Kit, objects: Mapping[str, bytes]) -> dict[str, bytes]:
    """The files of one language by their path in the suitcase; the same deck gives the same bytes.

    Args:
        objects: the tables of what the maps show, by file name.
    """
    files = {_READ_ME[deck.language]: _read_me(deck)}
    files |= {f"{deck.language}/{name}": content for name, content in _of_language(deck, kit)}
    files |= {f"{deck.language}/csv/{name}": content for name, content in objects.items()}
    return files


def close(parts: Iterable[Mapping[str, bytes]], written: str, label: Label) -> dict[str, bytes]:
    """The whole suitcase: the files of every language, what they share, the manifest last.

    Args:
        parts: what ``export_language`` gave for each.
        written: the file of the presentation (YAML), to open it again in the atlas.
    """
    files = {name: content for part in parts for name, content in part.items()}
    files["presentation.yml"] = written.encode()
    files |= {f"polices/{path.name}": path.read_bytes() for path in sorted(_FONTS.iterdir())}
    files[MANIFEST] = _manifest(label, files)
    return files


def _of_language(deck: Deck, kit: Kit) -> Iterator[tuple[str, bytes]]:
    yield "presentation.html", export_html(deck, kit)
    yield "carte.html", export_map(deck, kit)
    yield "presentation.pdf", export_pdf(deck)
    yield "presentation.pptx", export_pptx(deck)
    yield "notes.txt", _notes(deck)
    for scale in (1, 2):
        yield from ((f"images/{name}", content) for name, content in export_pngs(deck, scale))
    yield from ((f"csv/{name}", content) for name, content in export_rows(deck))


def _read_me(deck: Deck) -> bytes:
    scenes = "\n".join(f"  {page.slide.number}. {page.headline}" for page in pages_of(deck))
    words = text("valise_readme", deck.language, title=deck.title, hash=deck.publication, scenes=scenes)
    return _lines(words)


def _notes(deck: Deck) -> bytes:
    """What the speaker says, scene by scene, for a sheet of paper or a phone."""
    parts = [deck.title]
    for page in pages_of(deck):
        notes = page.notes or text("console_no_notes", deck.language)
        parts.append(f"{page.place} · {page.headline}\n\n{notes}\n\n{page.source}")
    return _lines("\n\n----\n\n".join(parts) + "\n")


def _lines(words: str) -> bytes:
    """Text that every editor opens: UTF-8 with its mark, lines as Windows ends them."""
    return b"\xef\xbb\xbf" + words.replace("\r\n", "\n").replace("\n", "\r\n").encode()


def _manifest(label: Label, files: Mapping[str, bytes]) -> bytes:
    document = {
        "presentation": label.name,
        "title": dict(label.titles),
        "publication": label.publication,
        "scenes": list(label.scenes),
        "files": [
            {"name": name, "bytes": len(content), "sha256": hashlib.sha256(content).hexdigest()}
            for name, content in files.items()
        ],
    }
    return orjson.dumps(document, option=orjson.OPT_INDENT_2)
