"""The facts of a site, a table a group: field, what is stated, date and confidence, number of the source."""

from typing import Any

from dash import html

import contract
from contract import SheetField
from geodata.models.site_sheet import SiteFact, SiteSheet
from views.scrolled import scrolled
from views.site.notes import Notes, mark
from views.site.values import show_value
from views.text import day, number, text

_FIRST_COLUMN = ("identite", "offre")
_COLUMNS = ("site_column_field", "site_column_value", "site_column_trust")


def draw_groups(sheet: SiteSheet, notes: Notes, language: str) -> html.Div:
    """Every group of the sheet in two columns, known facts first, the unknown ones by name."""
    groups = {group: _group(sheet, group, notes, language) for group in contract.codes("groupe_fiche")}
    first = [groups.pop(group) for group in _FIRST_COLUMN]
    return html.Div([html.Div(first), html.Div(list(groups.values()))], className="site-groups")


def _group(sheet: SiteSheet, group: str, notes: Notes, language: str) -> html.Section:
    title = contract.label_of("groupe_fiche", group, language)
    facts = [fact for fact in sheet.facts if fact.field.group == group]
    unknown = [field for field in sheet.unknown if field.group == group]
    count = text("site_group_count", language, known=len(facts), total=len(facts) + len(unknown))
    content: list[Any] = [html.H2([title, " ", html.Small(count)], id=group)]
    content.append(
        _table(title, facts, notes, language)
        if facts
        else html.P(text("site_group_none", language), className="is-none")
    )
    content += _words(sheet, group, language)
    if unknown:
        content.append(
            html.P(text("site_unknown_fields", language, fields=_list(unknown, language)), className="unknown")
        )
    return html.Section(content, className=f"site-group is-{group}")


def _list(fields: list[SheetField], language: str) -> str:
    """Labels in running text: the first letter small, unless the word is an abbreviation."""
    labels = [field.label(language) for field in fields]
    return ", ".join(label if label[1:2].isupper() else label[0].lower() + label[1:] for label in labels)


def _words(sheet: SiteSheet, group: str, language: str) -> list[Any]:
    """What the source says in its own words: the state with the readiness, the remarks with the offer."""
    said = {"maturite": ("site_status", sheet.status), "offre": ("site_notes", sheet.notes)}.get(group)
    if said is None or said[1] is None:
        return []
    return [html.P([text(said[0], language), " ", html.Q(said[1], lang="fr")], className="site-words")]


def _table(title: str, facts: list[SiteFact], notes: Notes, language: str) -> html.Div:
    head = [html.Th(text(key, language), scope="col") for key in _COLUMNS]
    table = html.Table(
        [
            html.Caption(title, className="visually-hidden"),
            html.Thead(html.Tr(head)),
            html.Tbody([_row(fact, notes, language) for fact in facts]),
        ],
        className="table site-facts",
    )
    return scrolled(table, title)


def _row(fact: SiteFact, notes: Notes, language: str) -> html.Tr:
    said: list[Any] = [*_value(fact, notes, language)]
    for other in fact.others:
        shown = [text("site_other_statement", language, value=""), *_value(other, notes, language)]
        said.append(html.Small(shown))
    label = html.Th(fact.field.label(language), scope="row", title=fact.field.code)
    return html.Tr([label, html.Td(said), html.Td(trust_of(fact, language), className="site-trust")])


def _value(fact: SiteFact, notes: Notes, language: str) -> list[Any]:
    value = html.Span(show_value(fact, language), title=fact.quote)
    note = None if fact.is_computed else fact.note(language)
    return [value, html.Span(f" ({note})", className="site-note") if note else "", mark(notes.of_fact(fact), language)]


def trust_of(fact: SiteFact, language: str) -> str:
    """« mai 2024 · élevée », « sans date · moyenne », or « calculé : d’après la commune »."""
    if fact.is_computed:
        return text("site_computed", language, how=fact.note(language))
    date = day(fact.date, language) if fact.date else text("site_no_date", language)
    return f"{date} · {contract.label_of('confiance', fact.confidence, language).lower()}"


def draw_coverage(sheet: SiteSheet, language: str) -> list[Any]:
    """How many fields of each group are known, as a table with a bar."""
    coverage = sheet.coverage
    columns = ("site_column_group", "site_column_known", "site_column_cnig")
    rows = []
    for item in coverage.groups:
        share: dict[str, Any] = {"style": {"--share": f"{item.known / item.total:.4f}"}}
        known = text("site_group_count", language, known=item.known, total=item.total)
        cnig = text("site_group_count", language, known=item.known_cnig, total=item.n_cnig) if item.n_cnig else "–"
        label = html.A(contract.label_of("groupe_fiche", item.group, language), href=f"#{item.group}")
        bar = html.Span(known, className="cell-bar", **share)
        rows.append(html.Tr([html.Th(label, scope="row"), html.Td(bar), html.Td(cnig)]))
    said = {"known": coverage.known, "total": coverage.total, "cnig": coverage.known_cnig, "n_cnig": coverage.n_cnig}
    written = {key: number(value, language) for key, value in said.items()}
    return [
        html.P(text("site_coverage_text", language, **written)),
        html.Table(
            [
                html.Caption(text("site_coverage", language), className="visually-hidden"),
                html.Thead(html.Tr([html.Th(text(key, language), scope="col") for key in columns])),
                html.Tbody(rows),
            ],
            className="table site-coverage",
        ),
    ]
