"""A draft e-mail a site: it asks for exactly what is not known, in French and in English.

An ``.eml`` that mail programs open as a message to finish and send (``X-Unsent``). No address is invented: the line
« To » is filled when a source states an address, else left to the reader, and the body says whom to look for.
"""

from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP

import contract
from exports.cells import clean_text
from exports.dossier import words
from geodata.models.site_sheet import SiteSheet
from views.site.values import show_value
from views.text import text

MIMETYPE = "message/rfc822"
# What the buyer does not ask the seller: the atlas computes these, or they are the label itself.
_NOT_ASKED = frozenset({"site_nom", "site_comm_nom", "site_epci_nom", "site_quali_territoire", "secteurs"})
_CONTACTS = ("contact_nom", "contact_courriel", "contact_telephone")


def asked_fields(sheet: SiteSheet) -> tuple[contract.SheetField, ...]:
    """The fields that the site does not state, in the order of the sheet."""
    return tuple(field for field in sheet.unknown if field.code not in _NOT_ASKED)


def export_letter(sheet: SiteSheet, publication: str) -> bytes:
    """The draft as the bytes of an ``.eml``; ``publication`` is the hash of the data."""
    message = EmailMessage(policy=SMTP)
    name = _one_line(sheet.name)
    message["Subject"] = f"{text('dossier_letter_subject', 'fr', name=name)} / {text('dossier_letter_about', 'en')}"
    recipient = _recipient(sheet)
    if recipient:
        message["To"] = recipient
    message["X-Unsent"] = "1"
    message.set_content("\r\n\r\n".join([_body(sheet, "fr", publication), "* * *", _body(sheet, "en", publication)]))
    return message.as_bytes()


def _recipient(sheet: SiteSheet) -> Address | None:
    """The stated address, when it is one."""
    fact = sheet.fact("contact_courriel")
    try:
        return Address(addr_spec=fact.value) if fact else None
    except (ValueError, IndexError):
        return None


def _body(sheet: SiteSheet, language: str, publication: str) -> str:
    name, colon = _one_line(sheet.name), ": " if language == "en" else "\u00a0: "
    parts = [
        text("dossier_letter_hello", language),
        text("dossier_letter_intro", language, name=name, place=_place(sheet)),
    ]
    known = [f"- {fact.field.label(language)}{colon}{show_value(fact, language)}" for fact in _stated(sheet)]
    if known:
        parts.append("\r\n".join([text("dossier_letter_known", language), *known]))
    asked = asked_fields(sheet)
    parts.append(text("dossier_letter_asked", language, n=len(asked)))
    for group, title in contract.codes("groupe_fiche").items():
        lines = [f"{number}. {field.ask(language)}" for number, field in enumerate(asked, 1) if field.group == group]
        if lines:
            parts.append("\r\n".join([title.label(language), *lines]))
    if not sheet.fact("contact_courriel"):
        parts.append(text("dossier_letter_whom", language, region=_one_line(sheet.region.name)))
    parts.append(text("dossier_letter_end", language, hash=publication[:12]))
    return clean_text("\r\n\r\n".join(parts))


def _stated(sheet: SiteSheet) -> list:
    """What a source states and the recipient can confirm; not what the atlas computes."""
    return [fact for fact in sheet.facts if not fact.is_computed and fact.field.code not in (*_NOT_ASKED, *_CONTACTS)]


def _place(sheet: SiteSheet) -> str:
    return _one_line(words.where(sheet))


def _one_line(written: str) -> str:
    """Without a line break: a name may not add a header."""
    return " ".join(clean_text(written).split())
