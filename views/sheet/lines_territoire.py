"""The five lines of a territoire."""

from geodata.models.sheet import TerritoireSheet
from geodata.models.sheet_parts import Leader
from views.sheet.grammar import counted, in_region, of_date, the_region
from views.sheet.lines_common import (
    counted_span,
    date_span,
    leader_count,
    leader_spans,
    median_span,
    stated_spans,
)
from views.sheet.spans import Span, Spans, claim_link, fill, joined_spans, page_link, query_link
from views.text import number, text

SHOWN_SITES = 4


def territoire_lines(sheet: TerritoireSheet, language: str) -> tuple[Spans, ...]:
    """Perimeter, sites, projects, their profile, what is stated."""
    return (
        _perimeter(sheet, language),
        _sites(sheet, language),
        _projects(sheet, language),
        _profile(sheet, language),
        _stated(sheet, language),
    )


def _name(sheet: TerritoireSheet) -> Span:
    return Span(sheet.name, query_link(sheet.figure("population")))


def _perimeter(sheet: TerritoireSheet, language: str) -> Spans:
    population, every = sheet.figure("population"), sheet.figure("territoires_france")
    people: Spans | Span = Span(counted("habitants", population.value or 0, language), query_link(population))
    if population.value is None:
        people = fill("fiche_line_no_population", language)
    claim = claim_link(sheet.selection, every.claim or "")
    return fill(
        "fiche_line_territoire",
        language,
        name=_name(sheet),
        date=Span(of_date(str(every.date)[:7], language), claim),
        members=counted_span(sheet.figure("membres"), "membres", language),
        communes=counted_span(sheet.figure("communes"), "communes", language),
        people=people,
        median=median_span(sheet, population, "territoires", "population", language),
        where=_regions(sheet, language),
    )


def _regions(sheet: TerritoireSheet, language: str) -> Spans:
    """« dans le Grand Est »; for several, how many and their names, the lead one first and said."""
    if len(sheet.regions) == 1:
        return (Span(in_region(sheet.regions[0], language)),)
    lead, *others = sheet.regions
    names = [
        Span(text("fiche_line_lead", language, region=the_region(lead, language))),
        *(Span(the_region(region, language)) for region in others),
    ]
    n = counted_span(sheet.figure("regions"), "regions", language)
    return fill("fiche_line_regions", language, n=n, names=joined_spans(names, language))


def _sites(sheet: TerritoireSheet, language: str) -> Spans:
    sites = sheet.figure("sites")
    sure = [site for site in sheet.sites if site.confidence != "faible"]
    if not sure:
        none = Span(text("fiche_line_no_site", language), query_link(sites))
        return fill("fiche_line_territoire_sites_none", language, none=none, name=_name(sheet))
    named = [Span(site.name, page_link(sheet.selection, f"/sites/{site.code}")) for site in sure[:SHOWN_SITES]]
    if len(sure) > SHOWN_SITES:
        named.append(Span(counted("autres", len(sure) - SHOWN_SITES, language), query_link(sites)))
    return fill(
        "fiche_line_territoire_sites",
        language,
        name=_name(sheet),
        sites=counted_span(sites, "sites_documentes", language),
        listed=joined_spans(named, language),
    )


def _projects(sheet: TerritoireSheet, language: str) -> Spans:
    projects, rate = sheet.figure("projets"), sheet.figure("projets_100k")
    pieces = {
        "name": _name(sheet),
        "date": date_span(sheet, projects, language),
        "median": median_span(sheet, projects, "territoires", "n_projets", language),
        "projects": counted_span(projects, "projets_industriels", language),
        "unknown": counted_span(sheet.figure("projets_sans_position"), "projets_sans_position", language),
    }
    if not sheet.n_projects:
        return fill("fiche_line_territoire_projects_none", language, **pieces)
    shown: Span | str = contract_unknown(language)
    if rate.value is not None:
        shown = Span(counted("pour_100k", rate.value, language, 1), query_link(rate))
    return fill("fiche_line_territoire_projects", language, **pieces, rate=shown)


def contract_unknown(language: str) -> str:
    """« non renseigné »."""
    return number(None, language)


def _profile(sheet: TerritoireSheet, language: str) -> Spans:
    if not sheet.n_projects or sheet.leading_sector is None:
        return fill("fiche_line_territoire_profile_none", language, name=_name(sheet))
    scheme = _leading_scheme(sheet)
    return fill(
        "fiche_line_territoire_profile",
        language,
        name=_name(sheet),
        sector=leader_spans(sheet, sheet.leading_sector, "filiere", language),
        n_sector=leader_count(sheet, sheet.leading_sector, "filiere", language),
        scheme=leader_spans(sheet, scheme, "mesure", language),
        n_scheme=leader_count(sheet, scheme, "mesure", language),
    )


def _leading_scheme(sheet: TerritoireSheet) -> Leader:
    rows = sheet.breakdown("mesure").rows
    return Leader(tuple(row.code for row in rows if row.n == rows[0].n), rows[0].n)


def _stated(sheet: TerritoireSheet, language: str) -> Spans:
    stated = stated_spans(sheet, language) if sheet.n_projects else fill("fiche_stated_no_project", language)
    return fill("fiche_line_stated", language, name=_name(sheet), stated=stated)
