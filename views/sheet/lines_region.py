"""The five lines of a region."""

from geodata.models.sheet import RegionSheet
from geodata.models.sheet_parts import Named
from state.dates import is_listed
from views.sheet.grammar import capitalised, counted, in_region, of_date
from views.sheet.lines_common import (
    counted_span,
    date_span,
    leader_count,
    leader_spans,
    median_span,
    number_span,
    sentence,
    share_span,
    stated_spans,
    wave_span,
)
from views.sheet.spans import Piece, Span, Spans, claim_link, fill, joined_spans, query_link
from views.text import number


def region_lines(sheet: RegionSheet, language: str) -> tuple[Spans, ...]:
    """Perimeter, sites, projects, their profile, companies helped and what is stated."""
    return (
        _perimeter(sheet, language),
        _sites(sheet, language),
        _projects(sheet, language),
        _profile(sheet, language),
        _helped(sheet, language),
    )


def _where(sheet: RegionSheet, language: str) -> str:
    return in_region(Named(sheet.code, sheet.name), language)


def _perimeter(sheet: RegionSheet, language: str) -> Spans:
    if not is_listed(sheet.selection.date):
        return fill("fiche_line_unlisted", language)
    every, own, lead = (sheet.figure(name) for name in ("territoires_france", "territoires", "territoires_pilote"))
    claim = claim_link(sheet.selection, every.claim or "")
    perimeter = Span(of_date(str(every.date)[:7], language), claim)
    france = Span(number(every.value, language), claim)
    pieces: dict[str, Piece] = {"where": capitalised(_where(sheet, language)), "date": perimeter, "france": france}
    if not own.value:
        none = Span(fill("fiche_line_no_territoire", language)[0].text, query_link(own))
        return fill("fiche_line_perimeter_none", language, **pieces, none=none)
    elsewhere = (own.value or 0) - (lead.value or 0)
    more: Spans = ()
    if elsewhere:
        led = Span(counted("pilotes_ailleurs", elsewhere, language), query_link(own))
        more = fill("fiche_line_elsewhere", language, led=led)
    return fill("fiche_line_perimeter", language, **pieces, own=counted_span(own, "territoires", language), more=more)


def _sites(sheet: RegionSheet, language: str) -> Spans:
    sites = sheet.figure("sites")
    return fill(
        "fiche_line_sites",
        language,
        where=capitalised(_where(sheet, language)),
        sites=counted_span(sites, "sites_documentes", language),
        median=median_span(sheet, sites, "regions", "n_sites", language),
        announced=_announced(sheet, language),
    )


def _announced(sheet: RegionSheet, language: str) -> Spans:
    """The labels announced by wave, and the waves whose number by region is not published."""
    known = [wave_span(sheet, wave, language) for wave in sheet.waves if wave.announced is not None]
    unknown = [wave_span(sheet, wave, language) for wave in sheet.waves if wave.announced is None]
    if not known:
        return fill("fiche_line_announced_none", language)
    listed = joined_spans(known, language)
    if not unknown:
        return fill("fiche_line_announced", language, listed=listed)
    return fill("fiche_line_announced_some", language, listed=listed, unknown=joined_spans(unknown, language))


def _projects(sheet: RegionSheet, language: str) -> Spans:
    projects, rate = sheet.figure("projets"), sheet.figure("projets_100k")
    pieces: dict[str, Piece] = {
        "where": capitalised(_where(sheet, language)),
        "date": date_span(sheet, projects, language),
        "median": median_span(sheet, projects, "regions", "n_projets", language),
        "projects": counted_span(projects, "projets_industriels", language),
    }
    if not sheet.n_projects:
        return fill("fiche_line_projects_none", language, **pieces)
    per = Span(counted("pour_100k", rate.value or 0, language, 1), query_link(rate))
    return fill("fiche_line_projects", language, **pieces, rate=per)


def _profile(sheet: RegionSheet, language: str) -> Spans:
    if not sheet.n_projects or sheet.leading_sector is None:
        return fill("fiche_line_profile_none", language, where=_where(sheet, language))
    inside, outside, unknown = (sheet.figure(f"projets_{code}") for code in ("dans", "hors", "inconnu"))
    return fill(
        "fiche_line_profile",
        language,
        where=_where(sheet, language),
        total=counted_span(sheet.figure("projets"), "projets", language),
        inside=number_span(inside, language),
        share=share_span(sheet, inside, language),
        outside=number_span(outside, language),
        unknown=number_span(unknown, language),
        sector=leader_spans(sheet, sheet.leading_sector, "filiere", language),
        n=leader_count(sheet, sheet.leading_sector, "filiere", language),
    )


def _helped(sheet: RegionSheet, language: str) -> Spans:
    helped = sheet.figure("aidees")
    stated = (
        sentence(stated_spans(sheet, language))
        if sheet.n_projects
        else sentence(fill("fiche_stated_no_project", language))
    )
    where = _where(sheet, language)
    if helped.value is None:
        return fill("fiche_line_helped_none", language, where=where, stated=stated)
    return fill(
        "fiche_line_helped",
        language,
        where=where,
        date=date_span(sheet, helped, language),
        companies=counted_span(helped, "entreprises_aidees", language),
        median=Span(number(helped.median, language, 1), query_link(helped)),
        stated=stated,
    )
