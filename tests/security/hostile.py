"""The published tables with every free text made to harm, and what may not come out of them."""

import json
import re
from collections.abc import Iterator
from dataclasses import replace
from html.parser import HTMLParser
from types import MappingProxyType
from typing import Any
from urllib.parse import urlsplit

import pandas as pd

import contract
from geodata.models.kept import Imported, Publication
from geodata.repository import Manifest, Tables

TEXTS = (
    "<script>xss()</script>",
    "</script><script>xss()</script>",
    '"><img src=x onerror=xss()><x-mark>',
    "' onmouseover='xss()' x='",
    "<x-mark a=`b`>&lt;x-mark&gt;&#60;x-mark&#62;",
    "--><x-mark><!--",
    "]]></name><x-mark/>",
    "\u202egnirts\u202c \u200f\u2066\u2028\u2029",
    '=HYPERLINK("https://evil.example";"a")',
    "@SUM(1)|'cmd'!A0",
    "+1+cmd|' /C calc'!A0",
    "-2+3",
    "a\r\nBcc: evil@example.org\r\nEND:VEVENT\r\nBEGIN:VALARM\r\n\r\nb",
    "{{7*7}}${7*7}{x}%s #set page(width: 1pt) \\ \u0000 $x$",
    "A" * 10_000,
)
ADDRESSES = (
    "javascript:xss()",
    " java\tscript:xss()",
    "JaVaScRiPt:xss()//https://",
    "data:text/html,<script>xss()</script>",
    "vbscript:xss()",
    'https://ok.example/"onmouseover="xss()',
    "https://ok.example/<x-mark>",
)
_CODES = re.compile(
    r"code|_id$|^(territoire|ti|unite|date|vague|millesime|siren|siret|fait|faits|membre)|_source$|_methode$"
)
_STRUCTURE = {
    "calcul",
    "champ",
    "table",
    "source",
    "niveau",
    "nature",
    "type",
    "echelon",
    "formule",
    "section",
    "lacunes",
}
_STRUCTURE |= {"bbox", "successeurs", "chiffres", "acteurs", "mesures", "distances_sous_5_km", "echeances", "auteur"}


def hostile_tables(tables: Tables) -> Tables:
    """A copy in which every text that is neither a code nor a key is hostile, and so is what the sources say."""
    frames = {name: _hostile_frame(table, tables[name]) for name, table in contract.tables().items()}
    sources = {
        name: {key: _said(key, value, number) for key, value in entry.items()}
        for number, (name, entry) in enumerate(tables.manifest.sources.items())
    }
    manifest = Manifest("f" * 64, tables.manifest.files, MappingProxyType(sources))
    return replace(
        tables,
        manifest=manifest,
        _frames=MappingProxyType(frames),
        imported=_imported(str(tables["projets"]["projet_id"].iloc[0])),
        publications=(_publication(),),
    )


def _imported(project: str) -> Imported:
    """Files of the house whose names, cells and faults are hostile."""
    names = ("site_nom", "nom_commune", "porteur", "vocation", "etat", "fichier", "source_url")
    sites = tuple(
        {
            "type": "Feature",
            "geometry": {"type": "Point", "coordinates": [3.06, 50.63]},
            "properties": {"site_id": f"H-{row}", **{name: _pick(name, row) for name in names}},
        }
        for row in range(len(TEXTS))
    )
    values = {project: {"montant_aide_eur": {"value": 1, "file": TEXTS[2], "line": 2}}}
    conflict = {"projet_id": project, "field": "description", "value": TEXTS[0], "published": TEXTS[2]}
    conflicts = ({**conflict, "file": TEXTS[3], "line": 3},)
    return Imported(sites, TEXTS, values, conflicts, TEXTS, "f" * 12)


def _publication() -> Publication:
    return Publication("e" * 64, "2022-04-08", None, {"projets": 1.0}, {}, {"fr": TEXTS, "en": TEXTS})


def poisoned(table: contract.Table) -> list[str]:
    """The columns that are made hostile."""
    return [name for name, field in table.fields.items() if _is_free(table, field)]


def _is_free(table: contract.Table, field: contract.Field) -> bool:
    if field.kind not in ("string", "list", "json") or field.allowed() or field.name in table.key:
        return False
    return field.name not in _STRUCTURE and (field.kind == "json" or not _CODES.search(field.name))


def _hostile_frame(table: contract.Table, frame: pd.DataFrame) -> pd.DataFrame:
    changed = frame.copy()
    for name in poisoned(table):
        kept = _typed_rows(frame) if (table.name, name) == ("sites-faits", "valeur") else [False] * len(frame)
        values = [_hostile(name, value, row) for row, value in enumerate(frame[name].tolist())]
        values = [old if keep else new for keep, old, new in zip(kept, frame[name].tolist(), values, strict=True)]
        changed[name] = pd.Series(values, index=frame.index, dtype=object)
    return changed


def _typed_rows(facts: pd.DataFrame) -> list[bool]:
    """Facts whose value is a number or a choice: the ETL refuses anything else."""
    fields = contract.sheet_fields()
    return [fields[name].kind != "text" for name in facts["champ"]]


def _hostile(name: str, value: Any, row: int) -> Any:
    if isinstance(value, float) or value is None:
        return value
    if isinstance(value, str) and value.startswith(("[", "{")):
        return json.dumps(_inside(json.loads(value), row))
    if isinstance(value, str):
        return _pick(name, row)
    return [_pick(name, row + place) for place in range(len(value))]


def _inside(value: Any, row: int) -> Any:
    if isinstance(value, dict):
        free = ("nom", "sources", "raison", "citation", "texte", "url", "source_url")
        return {key: _deep(key, item, row) if key in free else item for key, item in value.items()}
    return [_inside(item, row + place) for place, item in enumerate(value)] if isinstance(value, list) else value


def _deep(key: str, value: Any, row: int) -> Any:
    return [_pick(key, row + place) for place in range(len(value))] if isinstance(value, list) else _pick(key, row)


def _pick(name: str, row: int) -> str:
    from_addresses = "url" in name or name == "sources"
    choice = ADDRESSES if from_addresses else TEXTS
    return choice[row % len(choice)]


def _said(key: str, value: Any, number: int) -> Any:
    if not isinstance(value, str) or key in ("kind", "sha256", "state", "date_published"):
        return value
    return _pick(key, number)


class Inspector(HTMLParser):
    """Reads a document as a browser would, and notes every way in which a text became more than a text."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.faults: list[str] = []
        self._script: dict[str, str | None] | None = None

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        if tag.startswith("x-") or tag in (
            "base",
            "object",
            "embed",
            "applet",
            "meta" if self._is_refresh(given) else "",
        ):
            self.faults.append(f"<{tag}> {str(given)[:100]}")
        for name, value in attrs:
            if name.startswith("on") or name == "srcdoc":
                self.faults.append(f"<{tag} {name}={str(value)[:60]}>")
            if name in ("href", "src", "action", "formaction", "data", "xlink:href", "poster") and not _is_plain(
                value or ""
            ):
                self.faults.append(f"<{tag} {name}={str(value)[:60]}>")
            if name == "style" and re.search(r"xss|expression|url\((?!/)", value or ""):
                self.faults.append(f"<{tag} style={str(value)[:60]}>")
        if tag == "script":
            self._script = given
            if given.get("src") and not str(given["src"]).startswith(("/assets/", "/_dash")):
                self.faults.append(f"<script src={given['src']}>")

    @staticmethod
    def _is_refresh(given: dict[str, str | None]) -> bool:
        return "http-equiv" in given

    def handle_data(self, data: str) -> None:
        if self._script is None or not data.strip():
            return
        if self._script.get("type") == "application/json":
            try:
                json.loads(data)
            except ValueError as error:
                self.faults.append(f"island {self._script.get('id')}: {error}")
        elif self._script.get("id") != "_dash-renderer":
            self.faults.append(f"script: {data[:60]}")

    def handle_endtag(self, tag: str) -> None:
        if tag == "script":
            self._script = None


def _is_plain(address: str) -> bool:
    bare = re.sub(r"[\x00-\x20]", "", address)
    return urlsplit(bare.lower().split("?")[0]).scheme in ("", "http", "https", "mailto", "tel")


def faults_of(html: str) -> list[str]:
    """What is wrong in a document or a fragment; empty when it is only ours."""
    inspector = Inspector()
    inspector.feed(html)
    inspector.close()
    return inspector.faults


def formulas(cells: list[str]) -> Iterator[str]:
    """Cells that a spreadsheet would run: the start of a formula, numbers excepted."""
    for cell in cells:
        bare = cell.lstrip(" \u00a0\u200b\ufeff")
        if bare[:1] in "=+-@\t\r\n＝＋－＠" and bare and not re.fullmatch(r"-?\d+(?:[.,]\d+)?", bare):
            yield cell[:60]
