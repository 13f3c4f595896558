"""The Atom feed (RFC 4287) of what changed between publications. No clock: an entry is dated by its sources."""

from collections.abc import Sequence
from xml.etree import ElementTree as ET

from geodata.models.kept import Publication
from views.text import day, text

MIMETYPE = "application/atom+xml; charset=utf-8"
_ATOM = "http://www.w3.org/2005/Atom"
_UNDATED = "1970-01-01"
MAX_ENTRIES = 50


def export_atom(publications: Sequence[Publication], root: str, language: str) -> bytes:
    """The feed, newest first.

    Args:
        publications: newest first.
        root: the absolute address of the atlas, with a final slash: links in a feed must be whole.
        language: of the sentences; each language has its own feed.
    """
    query = "?lang=en" if language == "en" else ""
    shown = publications[:MAX_ENTRIES]
    feed = ET.Element("feed", {"xmlns": _ATOM, "xml:lang": language})
    _add(feed, "id", f"{root}changements.atom{query}")
    _add(feed, "title", text("changements_feed_title", language))
    _add(feed, "updated", _moment(max((item.date or _UNDATED for item in shown), default=_UNDATED)))
    ET.SubElement(ET.SubElement(feed, "author"), "name").text = text("app_name", language)
    _link(feed, f"{root}changements.atom{query}", "self", "application/atom+xml")
    _link(feed, f"{root}changements{query}", "alternate", "text/html")
    for item in shown:
        _entry(feed, item, root, query, language)
    return b'<?xml version="1.0" encoding="utf-8"?>\n' + ET.tostring(feed, encoding="utf-8")


def _entry(feed: ET.Element, item: Publication, root: str, query: str, language: str) -> None:
    entry = ET.SubElement(feed, "entry")
    digits = item.hash[:12]
    _add(entry, "id", f"urn:sha256:{item.hash}")
    _add(entry, "title", f"{text('changements_publication', language, hash=digits)} · {day(item.date, language)}")
    _add(entry, "updated", _moment(item.date or _UNDATED))
    _link(entry, f"{root}changements{query}#{digits}", "alternate", "text/html")
    none = "changements_none" if item.replaces else "changements_first"
    lines = item.changes.get(language) or (text(none, language),)
    _add(entry, "content", _clean("\n".join(lines)), type="text")


def _add(parent: ET.Element, name: str, content: str, **attributes: str) -> None:
    ET.SubElement(parent, name, attributes).text = content


def _link(parent: ET.Element, address: str, relation: str, kind: str) -> None:
    ET.SubElement(parent, "link", {"href": address, "rel": relation, "type": kind})


def _moment(written: str) -> str:
    """RFC 3339 of a date of day, month or year precision: its first moment."""
    parts = [*written[:10].split("-"), "01", "01"][:3]
    return "-".join(parts) + "T00:00:00Z"


def _clean(content: str) -> str:
    """Without what XML cannot hold."""
    return "".join(letter for letter in content if letter in "\n\t" or letter.isprintable())
