"""The sentences of a comparison, in plain French and in plain English."""

from collections.abc import Sequence
from typing import TypeVar

_Word = TypeVar("_Word")

_SHOWN = 5
_CUT = 60

WORDS = {
    "same": ("Aucune différence : mêmes fichiers, mêmes octets.", "No difference: same files, same bytes."),
    "new_file": ("{file} : nouveau fichier, {n}.", "{file}: new file, {n}."),
    "gone_file": ("{file} : fichier retiré.", "{file}: file removed."),
    "content": (
        "{file} : contenu modifié, {before} → {n}, {sizes} octets.",
        "{file}: content changed, {before} → {n}, {sizes} bytes.",
    ),
    "added": ("{file} : {n}{names}.", "{file}: {n}{names}."),
    "changed": ("{file} : {n}{names} ; champs : {fields}.", "{file}: {n}{names}; fields: {fields}."),
    "value": ("{file}, {name} : {field}, {before} → {after}.", "{file}, {name}: {field}, {before} → {after}."),
    "reworded": ("{file}, {name} : {field}, reformulé.", "{file}, {name}: {field}, reworded."),
    "total": ("{file} : {before} → {n} au total.", "{file}: {before} → {n} in all."),
    "written": ("{file} : mêmes lignes, octets différents (écriture).", "{file}: same rows, other bytes (writing)."),
    "columns_new": ("{file} : nouveaux champs : {fields}.", "{file}: new fields: {fields}."),
    "columns_gone": ("{file} : champs retirés : {fields}.", "{file}: fields removed: {fields}."),
    "shape": ("{file} : structure modifiée, {before} → {n}.", "{file}: structure changed, {before} → {n}."),
    "source_new": ("Source {file} : ajoutée.", "Source {file}: added."),
    "source_gone": ("Source {file} : retirée.", "Source {file}: removed."),
    "source": (
        "Source {file} : fichier source changé (millésime {before} → {after}).",
        "Source {file}: the source file changed (vintage {before} → {after}).",
    ),
    "headline": ("{name} : {before} → {after}.", "{name}: {before} → {after}."),
    "unknown": ("non renseigné", "not stated"),
    "others": ("Fichiers de la carte refaits : {n}.", "Files of the map made anew: {n}."),
}
_NOUNS = {
    "row": (("ligne", "lignes"), ("row", "rows")),
    "object": (("objet", "objets"), ("object", "objects")),
    "added": (("objet ajouté", "objets ajoutés"), ("object added", "objects added")),
    "removed": (("objet retiré", "objets retirés"), ("object removed", "objects removed")),
    "changed": (("objet modifié", "objets modifiés"), ("object changed", "objects changed")),
}
HEADLINES = {
    "projets": ("Projets financés", "Funded projects"),
    "sites": ("Sites clés en main documentés", "Documented turnkey sites"),
    "mesures": ("Mesures d’aide", "Support measures"),
    "chiffres": ("Chiffres annoncés", "Announced figures"),
    "jalons": ("Jalons", "Milestones"),
    "projets_dans": ("Projets dans un territoire (oct. 2020)", "Projects inside a territoire (Oct 2020)"),
    "territoires_2020-10": ("Territoires, octobre 2020", "Territoires, October 2020"),
    "territoires_2022-12": ("Territoires, décembre 2022", "Territoires, December 2022"),
    "territoires_2024-07": ("Territoires, juillet 2024", "Territoires, July 2024"),
    "labels": ("Labels documentés", "Labels documented"),
    "aides_2020-11": ("Entreprises aidées au 30 novembre 2020", "Companies helped on 30 November 2020"),
    "aides_derniere": ("Entreprises aidées, dernière valeur", "Companies helped, last value"),
}


def say(key: str, language: str, **values: object) -> str:
    """One sentence in ``fr`` or ``en``."""
    return _in(WORDS[key], language).format(**values)


def headline_name(key: str, language: str) -> str:
    return _in(HEADLINES.get(key, (key, key)), language)


def number(value: float | None, language: str) -> str:
    """``3 080`` or ``3,080``; « non renseigné » for null."""
    if value is None:
        return _in(WORDS["unknown"], language)
    return f"{value:,.0f}".replace(",", "\u202f" if language == "fr" else ",")


def count(n: int, noun: str, language: str) -> str:
    """« 1 objet ajouté », « 3 objets ajoutés »."""
    return f"{number(n, language)} {_in(_NOUNS[noun], language)[n != 1 and (n > 1 or language == 'en')]}"


def examples(names: Sequence[str]) -> str:
    """`` (a, b, c…)`` of the first names; empty for none."""
    shown = ", ".join(cut(name) for name in names[:_SHOWN])
    return f" ({shown}{'…' if len(names) > _SHOWN else ''})" if names else ""


def cut(text: str) -> str:
    return text if len(text) <= _CUT else text[:_CUT] + "…"


def _in(pair: tuple[_Word, _Word], language: str) -> _Word:
    return pair[language == "en"]
