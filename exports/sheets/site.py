"""The sheet of a site on paper: where, what is known and who says it, what lies around, what to ask. Two pages."""

from collections.abc import Mapping, Sequence

import contract
from exports import blocks
from exports.dossier import words
from exports.dossier.letter import asked_fields
from geodata.models.site_sheet import Around, SiteFact, SiteSheet
from views.site.values import name_place, show_km, show_value
from views.text import percent, text

_FILIERES_SHOWN = 5
_SMALL = 7.0  # points
_LINE = 64  # letters of a question that fill one line of a column
_HEADING_LINES = 2.2
_NOT_REPEATED = frozenset({"site_nom", "site_quali_territoire", "site_comm_nom"})

Titles = Mapping[str, str]


def site_blocks(
    sheet: SiteSheet, language: str, titles: Titles, lines: Sequence[str] = (), plan: str | None = None
) -> list[blocks.Block]:
    """The blocks of one site.

    Args:
        titles: the title of each source by short name.
        lines: the sentences that sum the site up.
        plan: the name of its map among the pictures.
    """
    return [
        blocks.masthead(sheet.name, f"{text('dossier_site', language)} · {sheet.code}", words.where(sheet)),
        *([blocks.paragraph(" ".join(lines), "lead")] if lines else []),
        _head(sheet, language, plan),
        blocks.heading(text("dossier_known_title", language)),
        *_fact_tables(sheet, language, titles),
        *_references(sheet, language),
        *_around(sheet, language),
        *_questions(sheet, language),
    ]


def _head(sheet: SiteSheet, language: str, plan: str | None) -> blocks.Block:
    facts = blocks.facts(_key_facts(sheet, language), label_width=40)
    if plan is None:
        return facts
    position = text("dossier_commune_point" if sheet.is_commune_point else "dossier_site_point", language)
    alt = text("dossier_plan_alt", language, name=sheet.name)
    drawn = blocks.picture(plan, alt, text("dossier_plan_note", language, position=position))
    return blocks.side_by_side([drawn], [facts], share=0.54)


def _key_facts(sheet: SiteSheet, language: str) -> list[tuple[str, blocks.Cell]]:
    coverage = sheet.coverage
    known = text(
        "dossier_coverage_words",
        language,
        known=coverage.known,
        total=coverage.total,
        share=percent(coverage.share, language),
    )
    return [
        (text("dossier_labels", language), words.label_words(sheet, language)),
        _field(sheet, "surface_annoncee_ha", language),
        _field(sheet, "site_surf_comm_dispo", language),
        _field(sheet, "disponibilite", language),
        _field(sheet, "porteur", language),
        (text("dossier_epci", language), _or_unknown(sheet.epci.name if sheet.epci else None, language)),
        (text("dossier_territoire", language), words.inside(sheet, language)),
        (text("dossier_reliability", language), contract.label_of("confiance", sheet.confidence, language)),
        (text("dossier_coverage", language), blocks.cell(known, bar=coverage.share)),
        *([(text("dossier_status", language), sheet.status)] if sheet.status else []),
    ]


def _field(sheet: SiteSheet, code: str, language: str) -> tuple[str, blocks.Cell]:
    fact = sheet.fact(code)
    shown = show_value(fact, language) if fact else None
    return contract.sheet_fields()[code].label(language), _or_unknown(shown, language)


def _or_unknown(value: str | None, language: str) -> blocks.Cell:
    return value or blocks.cell(contract.unknown(language), is_unknown=True)


def _fact_tables(sheet: SiteSheet, language: str, titles: Titles) -> list[blocks.Block]:
    """One table: the facts by group, with who says so."""
    columns = [
        blocks.Column(text("dossier_col_group", language), 1.1),
        blocks.Column(text("dossier_col_field", language), 1.8),
        blocks.Column(text("dossier_col_value", language), 2.6),
        blocks.Column(text("dossier_col_source", language), 2.6),
    ]
    rows, last = [], ""
    for fact in sheet.facts:
        if fact.field.code in _NOT_REPEATED:
            continue
        group = contract.label_of("groupe_fiche", fact.field.group, language)
        rows.append([blocks.cell("" if group == last else group, is_strong=True), *_fact_cells(fact, language, titles)])
        last = group
    return [blocks.table(columns, rows, note=text("dossier_known_note", language), size=_SMALL)]


def _fact_cells(fact: SiteFact, language: str, titles: Titles) -> list[blocks.Cell]:
    others = [show_value(other, language) for other in fact.others]
    said = [fact.note(language), text("dossier_others", language, values=" ; ".join(others)) if others else None]
    note = " · ".join(part for part in said if part) or None
    origin = words.fact_origin(fact, language, titles)
    return [
        fact.field.label(language),
        blocks.cell(show_value(fact, language), note=note),
        blocks.cell(origin, url=fact.url),
    ]


def _around(sheet: SiteSheet, language: str) -> list[blocks.Block]:
    title = blocks.heading(text("dossier_around_title", language))
    if sheet.around is None:
        return [title, blocks.paragraph(text("dossier_no_position", language), "note")]
    return [
        title,
        blocks.side_by_side(
            [_places(sheet.around, sheet.is_commune_point, language)],
            [_filieres(sheet.around, language)],
            share=0.53,
            is_whole=True,
        ),
        blocks.paragraph(text("dossier_around_note", language), "note"),
    ]


def _places(around: Around, is_vague: bool, language: str) -> blocks.Block:
    columns = [
        blocks.Column(text("dossier_col_kind", language), 1.3),
        blocks.Column(text("dossier_col_name", language), 2.2),
        blocks.Column(text("dossier_col_km", language), 1.3, "right"),
    ]
    rows: list[list[blocks.Cell]] = []
    for kind, places in around.places:
        label = text(f"dossier_kind_{kind}", language)
        if not places:
            rows.append([label, blocks.cell(text("dossier_none_near", language), is_unknown=True), ""])
        rows += [[label, name_place(place, language), show_km(place, is_vague, language)] for place in places[:1]]
    return blocks.table(columns, rows, caption=text("dossier_places_caption", language), size=_SMALL)


def _filieres(around: Around, language: str) -> blocks.Block:
    columns = [
        blocks.Column(text("dossier_col_filiere", language), 2.6),
        *(blocks.Column(text("dossier_col_within", language, km=radius), 1, "right") for radius in around.radii),
    ]
    shown, rest = around.filieres[:_FILIERES_SHOWN], around.filieres[_FILIERES_SHOWN:]
    rows: list[list[blocks.Cell]] = [
        [contract.label_of("filiere", item.filiere, language), str(item.n_near), str(item.n_far)] for item in shown
    ]
    if rest:
        near, far = sum(item.n_near for item in rest), sum(item.n_far for item in rest)
        rows.append([text("dossier_other_filieres", language, n=len(rest)), str(near), str(far)])
    total = [blocks.cell(str(n), is_strong=True) for n in around.n_projects]
    rows.append([blocks.cell(text("dossier_total", language), is_strong=True), *total])
    return blocks.table(columns, rows, caption=text("dossier_projects_caption", language), size=_SMALL)


def _questions(sheet: SiteSheet, language: str) -> list[blocks.Block]:
    """What is not known, as questions by group, in two columns of about the same length."""
    asked = asked_fields(sheet)
    groups = {
        title.label(language): [field.ask(language) for field in asked if field.group == group]
        for group, title in contract.codes("groupe_fiche").items()
    }
    left, right = _halves({title: questions for title, questions in groups.items() if questions}, language)
    return [
        blocks.heading(text("dossier_questions_title", language, n=len(asked))),
        {**blocks.side_by_side(left, right), "size": _SMALL},
    ]


def _halves(groups: Mapping[str, list[str]], language: str) -> tuple[list[blocks.Block], list[blocks.Block]]:
    """The groups in two columns; the one in the middle is cut, and its title said again."""
    half = sum(_HEADING_LINES + sum(map(_lines, questions)) for questions in groups.values()) / 2
    left: list[blocks.Block] = []
    right: list[blocks.Block] = []
    used = 0.0
    for title, questions in groups.items():
        used += _HEADING_LINES
        fits = []
        for question in questions:
            used += _lines(question)
            fits.append(used <= half)
        here, there = questions[: sum(fits)], questions[sum(fits) :]
        left += _group(title, here)
        right += _group(text("dossier_continued", language, title=title) if here else title, there)
    return left, right


def _lines(question: str) -> int:
    return 1 + len(question) // _LINE


def _group(title: str, questions: list[str]) -> list[blocks.Block]:
    listed = blocks.bullets([blocks.cell(question) for question in questions], is_questions=True)
    return [blocks.heading(title, 3), listed] if questions else []


def _references(sheet: SiteSheet, language: str) -> list[blocks.Block]:
    """The addresses that the list of sites gives for this one."""
    if not sheet.addresses:
        return []
    found = [blocks.cell(address, url=address.split(" ")[0]) for address in sheet.addresses]
    notes = [blocks.paragraph(text("dossier_source_words", language, words=sheet.notes), "note")] if sheet.notes else []
    return [blocks.heading(text("dossier_references", language), 3), {**blocks.bullets(found), "size": _SMALL}, *notes]
