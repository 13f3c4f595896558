"""What is unknown, as questions: a list to copy, a draft e-mail, whom to write to."""

from typing import Any
from urllib.parse import quote

from dash import html

import contract
from contract import SheetField
from geodata.models.site_sheet import SiteSheet
from views.text import number, text

MAX_DRAFT = 1800  # characters of the whole address: what the common mail programs accept
_FIRST = ("offre", "reseaux", "maturite", "acces", "risques", "confiance", "ecosysteme", "identite")


def draw_questions(sheet: SiteSheet, language: str) -> list[Any]:
    """The questions by group, and the links that take them along."""
    groups = [
        html.Div([html.H3(contract.label_of("groupe_fiche", group, language)), html.Ul(_items(fields, language))])
        for group, fields in _grouped(sheet)
    ]
    address, n = draft(sheet, language)
    actions: dict[str, Any] = {"data-copy": "questions-list", "data-copied": text("site_copied", language)}
    return [
        html.P(text("site_questions_lead", language, n=number(len(sheet.unknown), language))),
        html.P(
            [
                html.A(text("site_mail", language), href=address, className="button"),
                " ",
                html.Button(text("site_copy", language), type="button", className="button", hidden=True, **actions),
            ],
            className="site-actions",
        ),
        html.P(text("site_mail_note", language, n=number(n, language)), className="source"),
        html.Div(groups, id="questions-list", className="site-questions"),
    ]


def _grouped(sheet: SiteSheet) -> list[tuple[str, list[SheetField]]]:
    """Unknown fields by group, what decides a plant first."""
    found = [(group, [field for field in sheet.unknown if field.group == group]) for group in _FIRST]
    return [(group, fields) for group, fields in found if fields]


def _items(fields: list[SheetField], language: str) -> list[html.Li]:
    return [html.Li(field.ask(language)) for field in fields]


def questions_of(sheet: SiteSheet, language: str) -> tuple[str, ...]:
    """Every question, in the order of the list."""
    return tuple(field.ask(language) for _, fields in _grouped(sheet) for field in fields)


def draft(sheet: SiteSheet, language: str) -> tuple[str, int]:
    """A ``mailto:`` address without a recipient, and how many questions it holds: as many as fit."""
    place = sheet.commune.name if sheet.commune else sheet.region.name
    subject = quote(text("site_mail_subject", language, name=sheet.name, code=sheet.code))
    start = text("site_mail_greeting", language, name=sheet.name, place=place) + "\n\n"
    end = "\n" + text("site_mail_end", language)
    body, n = start, 0
    for question in questions_of(sheet, language):
        longer = f"{body}- {question}\n"
        if len(f"mailto:?subject={subject}&body={quote(longer + end)}") > MAX_DRAFT:
            break
        body, n = longer, n + 1
    return f"mailto:?subject={subject}&body={quote(body + end)}", n


def draw_contact(sheet: SiteSheet, language: str) -> list[Any]:
    """Whom to ask: no contact is published, so the bearer or the intermunicipality is named, and no agency invented."""
    if sheet.bearer:
        said = text("site_contact_bearer", language, bearer=sheet.bearer)
    elif sheet.epci:
        said = text("site_contact_epci", language, epci=sheet.epci.name)
    else:
        said = text("site_contact_none", language)
    return [html.P(said), html.P(text("site_contact_agency", language, region=sheet.region.name), className="source")]
