"""The parts of the Sources page: a card a source, the published files, the fields of each table with their coverage."""

from collections.abc import Mapping
from typing import Any

import pandas as pd
from dash import html

from views.catalogue import note_in, words_in
from views.dictionary import draw_dictionary
from views.scrolled import scrolled
from views.text import day, number, text

Rows = Mapping[str, Mapping[str, Any]]

HASH_DIGITS = 12
_FILE_COLUMNS = ("file", "rows", "size", "millesime", "licence", "fingerprint")
_NUMERIC = ("rows", "size")
_UNITS = {"fr": ("Mo", "ko"), "en": ("MB", "kB")}


def draw_sources(sources: Rows, files: Rows, coverage: pd.DataFrame, digest: str, language: str) -> list[Any]:
    """The lead, the cards, the table of files and the dictionary, in that order.

    Args:
        sources: the manifest's sources by short name.
        files: the manifest's files by name.
        coverage: the rows of the table ``couverture``.
        digest: the hash of the publication.
    """
    return [
        text("sources_lead", language, hash=digest[:HASH_DIGITS]),
        draw_cards(sources, files, language),
        draw_files(files, language),
        draw_dictionary(coverage, language),
    ]


def draw_cards(sources: Rows, files: Rows, language: str) -> html.Div:
    """One card a source, data files before documents, then by title."""
    rank = {name: (entry["kind"] != "file", entry["title"].casefold()) for name, entry in sources.items()}
    ordered = sorted(sources, key=rank.__getitem__)
    return html.Div([_card(name, sources[name], _uses(name, files), language) for name in ordered])


def _uses(name: str, files: Rows) -> list[str]:
    """The tables that a source feeds, in the manifest's order."""
    found = (entry["table"] for entry in files.values() if name in entry["sources"] and entry["kind"] == "table")
    return [table for table in found if table != "couverture"]


def _card(name: str, source: Mapping[str, Any], uses: list[str], language: str) -> html.Article:
    facts: list[Any] = []
    for key, shown in _facts(source, uses, language):
        facts += [html.Dt(text(key, language)), html.Dd(shown)]
    label: dict[str, Any] = {"aria-labelledby": f"{name}-title"}
    return html.Article(
        [
            html.H3(source["title"], lang="fr", id=f"{name}-title"),
            html.P(source["producer"], lang="fr"),
            html.Dl(facts, className="facts"),
            _note(source["note"], language),
        ],
        id=name,
        className="source-card",
        **label,
    )


def _facts(source: Mapping[str, Any], uses: list[str], language: str) -> list[tuple[str, Any]]:
    licence = words_in(source["licence"], language)
    facts: list[tuple[str, Any]] = [
        ("sources_licence", _link(licence, source["licence_url"])),
        ("sources_date", day(source["date_published"], language)),
        ("sources_millesime", words_in(source["millesime"], language)),
        ("sources_state", _state(source, language)),
        ("sources_used_in", _links(uses)),
    ]
    if source["page_url"]:
        facts.append(("sources_page", _link(source["page_url"], source["page_url"])))
    if source["sha256"]:
        facts.append(("sources_fingerprint", _fingerprint(source["sha256"])))
    return facts


def _link(shown: str, url: str | None) -> html.A | str:
    """A link to the web; the bare text for another scheme or none."""
    return html.A(shown, href=url) if url and url.startswith(("https://", "http://")) else shown


def _state(source: Mapping[str, Any], language: str) -> html.Span:
    """Whether the file used is the expected one; a document has no file, only quotes."""
    state = source["state"] if source["sha256"] else "document"
    is_current = state in ("ok", "document")
    return html.Span(text(f"sources_state_{state}", language), className="badge" if is_current else "badge warning")


def _links(tables: list[str]) -> list[Any]:
    links = [html.A(html.Code(table), href=f"#table-{table}") for table in tables]
    return [part for link in links for part in (link, ", ")][:-1]


def _note(note: str | None, language: str) -> html.P | None:
    if not note:
        return None
    written, written_in = note_in(note, language)
    return html.P(
        [html.Strong(text("sources_defects", language)), " ", html.Span(_with_code(written), lang=written_in)],
        className="source-note",
    )


def _with_code(written: str) -> list[Any]:
    """A note of the catalogue, what stands between backticks as code."""
    return [html.Code(part) if position % 2 else part for position, part in enumerate(written.split("`"))]


def _fingerprint(digest: str) -> html.Code:
    return html.Code(f"{digest[:HASH_DIGITS]}…", title=digest)


def draw_files(files: Rows, language: str) -> html.Div:
    """The published files: rows, size, millesime, licences, fingerprint, a link that downloads each."""
    headers = [
        html.Th(text(f"sources_{key}", language), scope="col", className="number" if key in _NUMERIC else None)
        for key in _FILE_COLUMNS
    ]
    table = html.Table(
        [
            html.Caption(text("sources_files_caption", language, n=number(len(files), language))),
            html.Thead(html.Tr(headers)),
            html.Tbody([_file(name, entry, language) for name, entry in files.items()]),
        ],
        className="table",
    )
    lead = html.P(text("sources_files_lead", language))
    return html.Div([lead, scrolled(table, text("sources_files", language))])


def _file(name: str, entry: Mapping[str, Any], language: str) -> html.Tr:
    query = "?lang=en" if language == "en" else ""
    return html.Tr(
        [
            html.Th(html.A(name, href=f"/telecharger/donnees/{name}{query}"), scope="row"),
            html.Td(number(entry["rows"], language), className="number"),
            html.Td(file_size(entry["bytes"], language), className="number"),
            html.Td(words_in(entry["millesime"], language)),
            html.Td(", ".join(words_in(licence, language) for licence in entry["licences"])),
            html.Td(_fingerprint(entry["sha256"])),
        ]
    )


def file_size(n_bytes: int, language: str) -> str:
    """``1,1 Mo`` or ``1.1 MB``; below a megabyte in kB, never 0 for a file that holds something."""
    mega, kilo = _UNITS[language]
    if n_bytes >= 999_500:  # what rounds to 1,000 kB
        return f"{number(n_bytes / 1e6, language, 1)}\u202f{mega}"
    return f"{number(max(n_bytes / 1e3, 0.1) if n_bytes < 1_000 else round(n_bytes / 1e3), language, 1)}\u202f{kilo}"
