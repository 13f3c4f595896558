"""The suitcase: a presentation in every format, its figures frozen, with what proves that nothing has changed since."""

import hashlib
from collections.abc import Iterator, Mapping
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


def export_files(
    decks: Mapping[str, Deck], kit: Kit, written: str, objects: Mapping[str, Mapping[str, bytes]]
) -> dict[str, bytes]:
    """Every file by its path in the suitcase, the manifest last; the same decks give the same bytes.

    Args:
        decks: by language; at least one.
        written: the file of the presentation (YAML), to open it again in the atlas.
        objects: by language, the tables of what the maps show, by file name.
    """
    files: dict[str, bytes] = {}
    for language, deck in decks.items():
        files[_READ_ME[language]] = _read_me(deck)
    for language, deck in decks.items():
        files |= {f"{language}/{name}": content for name, content in _of_language(deck, kit)}
        files |= {f"{language}/csv/{name}": content for name, content in objects[language].items()}
    files["presentation.yml"] = written.encode()
    files |= {f"polices/{path.name}": path.read_bytes() for path in sorted(_FONTS.iterdir())}
    files[MANIFEST] = _manifest(decks, files)
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


def _manifest(decks: Mapping[str, Deck], files: Mapping[str, bytes]) -> bytes:
    first = next(iter(decks.values()))
    document = {
        "presentation": first.name,
        "title": {language: deck.title for language, deck in decks.items()},
        "publication": first.publication,
        "scenes": [slide.scene.scene_id for slide in first.slides],
        "files": [
            {"name": name, "bytes": len(content), "sha256": hashlib.sha256(content).hexdigest()}
            for name, content in files.items()
        ],
    }
    return orjson.dumps(document, option=orjson.OPT_INDENT_2)
