"""A figure of the ledger in words: value, qualifier, gap, status, date, and the links that it carries."""

from typing import Any

from dash import html

import contract
from geodata.models.claim import Answer, Claim
from views.links import in_language
from views.text import day, is_missing, number, percent, text

_SCALES = {"fr": ((1e9, "Md€"), (1e6, "M€")), "en": ((1e9, "bn"), (1e6, "m"))}
_THIN = "\u202f"


def announced(claim: Claim, language: str) -> str:
    """``plus de 1 Md€``: what was said, with the words that qualify it."""
    value = amount(claim.value, claim.unit, language)
    return value if claim.qualifier == "exactement" else text(f"chiffres_q_{claim.qualifier}", language, value=value)


def amount(value: float | None, unit: str, language: str) -> str:
    """A value with its unit; euros keep two decimals of their scale, so that 1.36 and 1.4 billion stay apart."""
    if value is None or is_missing(value):
        return contract.unknown(language)
    if unit == "eur":
        return _euros(value, language)
    if unit == "pct":
        return percent(value / 100, language)
    label = contract.label_of("unite", unit, language) if unit else ""
    shown = number(value, language, 1)
    return f"{shown} {label}".strip()


def _euros(value: float, language: str) -> str:
    for size, suffix in _SCALES[language]:
        if abs(value) >= size:
            shown = number(value / size, language, 2)
            return f"{shown}{_THIN}{suffix}" if language == "fr" else f"€{shown}{suffix}"
    shown = number(value, language)
    return f"{shown}{_THIN}€" if language == "fr" else f"€{shown}"


def gap(claim: Claim, language: str) -> str:
    """``−44 (−56,4 %)``; the status in words when there is none to give."""
    if claim.gap is None or claim.gap_share is None or claim.status in ("concordant", "meme_nombre"):
        return ""
    sign = "+" if claim.gap > 0 else "−"
    shown = amount(abs(claim.gap), "eur" if claim.unit == "eur" else "", language)
    return f"{sign}{shown} ({sign}{percent(abs(claim.gap_share), language)})"


def status(claim: Claim, language: str) -> html.Span:
    """The status with a sign beside its words: never by colour alone."""
    return html.Span(text(f"chiffres_s_{claim.status}", language), className=f"claim-status is-{claim.status}")


def said_by(claim: Claim, language: str) -> str:
    """Who says it; the atlas itself when it counted the rows of a file."""
    if claim.author:
        return claim.author
    return text("chiffres_counted" if claim.is_derived else "chiffres_author_unknown", language)


def said_on(claim: Claim, language: str) -> str:
    return day(claim.date, language) if claim.date else text("chiffres_undated", language)


def address_of(answer: Answer, language: str) -> str:
    """The page that shows exactly what was counted."""
    anchor = f"#{answer.anchor}" if answer.anchor else ""
    return in_language(answer.page, answer.where, language) + anchor


def claim_link(claim: Claim, language: str, shown: Any = None) -> html.A:
    """A figure anywhere in the atlas, linked to its line of the ledger."""
    data: dict[str, Any] = {"data-chiffre": claim.claim_id}
    href = f"{in_language('/chiffres', '', language)}#{claim.claim_id}"
    return html.A(announced(claim, language) if shown is None else shown, href=href, **data)


def source_link(name: str, title: str, language: str) -> html.A:
    """A source by its title, linked to its card."""
    return html.A(title, href=f"{in_language('/sources', '', language)}#{name}", lang="fr")
