"""Pieces that the lines of both kinds of sheets share."""

from dataclasses import replace

import contract
from geodata.models.sheet import Sheet
from geodata.models.sheet_parts import Figure, Leader, Wave
from views.links import link_to
from views.sheet.grammar import at_date, capitalised, counted
from views.sheet.spans import Span, Spans, fill, joined_spans, query_link, source_link
from views.text import day, euros, number, percent


def counted_span(figure: Figure, noun: str, language: str) -> Span:
    """« 12 projets », a link to the query that counts them."""
    return Span(counted(noun, figure.value or 0, language), query_link(figure))


def number_span(figure: Figure, language: str) -> Span:
    """The bare number of a figure, a link to its query."""
    decimals = 1 if figure.unit == "ratio" else 0
    return Span(number(figure.value, language, decimals), query_link(figure))


def median_span(sheet: Sheet, figure: Figure, tab: str, sort: str, language: str) -> Span:
    """The median, a link to the sorted list that it is the middle of."""
    where = replace(sheet.selection, view="liste", tab=tab, sort=f"-{sort}")
    decimals = 0 if figure.name == "population" else 1
    return Span(number(figure.median, language, decimals), link_to(where))


def date_span(sheet: Sheet, figure: Figure, language: str) -> Span:
    """The date of a figure, a link to its source."""
    return Span(day(figure.date, language), source_link(sheet.selection, figure.source))


def share_span(sheet: Sheet, part: Figure, language: str) -> Span:
    """The share of a sheet's projects that a figure counts."""
    return Span(percent((part.value or 0) / sheet.n_projects, language), query_link(part))


def leader_spans(sheet: Sheet, leader: Leader, facet: str, language: str) -> Spans:
    """« Automobile et Bois », each a link to its projects."""
    where = {row.code: link_to(row.where) for row in sheet.breakdown(facet).rows}
    spans = [Span(contract.label_of(facet, code, language), where[code]) for code in leader.codes]
    return joined_spans(spans, language)


def leader_count(sheet: Sheet, leader: Leader, facet: str, language: str) -> Span:
    """« 12 projets », or « 12 projets chacune » when several lead."""
    where = {row.code: link_to(row.where) for row in sheet.breakdown(facet).rows}
    noun = "projets" if len(leader.codes) == 1 else "projets_chacun"
    return Span(counted(noun, leader.n, language), where[leader.codes[0]])


def stated_spans(sheet: Sheet, language: str) -> Spans:
    """What the texts of some projects state: amount or jobs, and by how many of all; said when none does."""
    parts: list[Spans] = []
    for name in ("investissement", "emplois_crees", "emplois_maintenus"):
        figure = sheet.figure(name)
        if not figure.n_stated:
            parts.append(fill(f"fiche_stated_{name}_none", language))
            continue
        where = query_link(figure)
        amount = euros(figure.value, language) if figure.unit == "eur" else number(figure.value, language)
        rows = number(figure.n_rows, language)
        by = counted("projets_sur", figure.n_stated, language, total=rows)
        parts.append(fill(f"fiche_stated_{name}", language, amount=Span(amount, where), by=Span(by, where)))
    spans: list[Span] = []
    for position, part in enumerate(parts):
        spans += [*([Span(" ; " if language == "fr" else "; ")] if position else []), *part]
    return tuple(spans)


def sentence(spans: Spans) -> Spans:
    """The same pieces with a capital first."""
    return (Span(capitalised(spans[0].text), spans[0].href), *spans[1:])


def wave_span(sheet: Sheet, wave: Wave, language: str) -> Span:
    """« 13 le 20 juillet 2020 », a link to the area's details, which list the waves."""
    where = link_to(sheet.figure("population").where or sheet.selection)
    date = wave_date(wave.code, language)
    written = date if wave.announced is None else f"{number(wave.announced, language)} {date}"
    return Span(written, where)


def wave_date(code: str, language: str) -> str:
    """« en janvier 2020 »; a wave that the documents leave open keeps its label."""
    return contract.label_of("vague", code, language).lower() if "|" in code else at_date(code, language)
