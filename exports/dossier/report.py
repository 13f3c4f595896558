"""The dossier as pages: what was asked, who stands where and how sure that is, the comparison, then a sheet a site."""

from typing import Any

import contract
from exports import blocks
from exports.dossier import words
from exports.dossier.comparison import comparison_rows
from exports.dossier.model import Dossier, DossierSite
from exports.provenance import Provenance
from exports.sheets.site import site_blocks
from exports.typeset import typeset_pdf
from geodata.models.ranking import Contribution
from views.site.values import show_value
from views.sites.words import criterion_name
from views.sites.words import show_value as show_contribution
from views.text import day, number, percent, text

_COMPARED = 4  # columns that a page can hold
_HASH_DIGITS = 12
_NAMED = 3
_ABREAST = 3  # criteria on one line of the cover


def export_report(dossier: Dossier) -> bytes:
    """The PDF of the whole dossier."""
    language = dossier.language
    plans = {_plan_name(item): item.plan for item in dossier.sites if item.plan}
    titles = words.source_titles(dossier.provenance)
    pages = [*_cover(dossier), *_ranking(dossier), *_comparison(dossier), *_points(dossier)]
    for item in dossier.sites:
        plan = _plan_name(item) if item.plan else None
        pages += [blocks.page_break(), *site_blocks(item.sheet, language, titles, item.lines, plan)]
    pages += [blocks.page_break(), *_sources(dossier)]
    return typeset_pdf(
        "document", blocks.document(dossier.provenance.title, language, foot_of(dossier.provenance), pages), plans
    )


def _plan_name(item: DossierSite) -> str:
    return f"plan-{item.sheet.code}.svg"


def foot_of(provenance: Provenance) -> blocks.Foot:
    """Publication, sources and date of the data, at the foot of each page; three producers named, the rest counted."""
    language = provenance.language
    producers = list(dict.fromkeys(source.producer for source in provenance.sources))
    left = len(producers) - _NAMED
    more = [text("dossier_foot_more", language, n=left)] if left > 0 else []
    return blocks.Foot(
        name=text("app_name", language),
        publication=text("dossier_foot_publication", language, hash=provenance.hash[:_HASH_DIGITS]),
        source=text("dossier_foot_sources", language, names=" ; ".join([*producers[:_NAMED], *more])),
        page="Page",
        date=text("dossier_foot_date", language, date=day(provenance.millesime, language)),
    )


def _cover(dossier: Dossier) -> list[blocks.Block]:
    language, provenance = dossier.language, dossier.provenance
    chosen = text(f"dossier_choice_of_{dossier.choice}", language, n=len(dossier.sites))
    kept = text("dossier_kept", language, kept=dossier.kept, total=dossier.total)
    stated = [value for _, values in provenance.filters for value in values]
    return [
        blocks.masthead(provenance.title, text("dossier_kicker", language), f"{chosen} {kept}"),
        blocks.heading(text("dossier_asked_title", language)),
        blocks.bullets(stated or [text("export_no_filter", language)]),
        *_exclusions(dossier),
        blocks.heading(text("dossier_weights_title", language), 3),
        _weights(dossier),
        blocks.paragraph(text("dossier_method", language), "note"),
        *([blocks.paragraph(text("dossier_reopen", language), url=dossier.address)] if dossier.address else []),
    ]


def _weights(dossier: Dossier) -> blocks.Block:
    """The criteria that count, three a line, read downwards."""
    tall = -(-len(dossier.weights) // _ABREAST)
    heads = [blocks.Column(text("dossier_col_criterion", dossier.language), 3), blocks.Column("0–5", 0.6, "right")]
    rows = []
    for line in range(tall):
        pairs = dossier.weights[line::tall]
        cells = [cell for label, weight in pairs for cell in (label, blocks.cell(str(weight), is_strong=True))]
        rows.append([*cells, *[""] * (2 * _ABREAST - len(cells))])
    return blocks.table(heads * _ABREAST, rows, size=7.5)


def _exclusions(dossier: Dossier) -> list[blocks.Block]:
    if not dossier.exclusions:
        return []
    said = ", ".join(f"{name} ({n})" for name, n in dossier.exclusions)
    return [blocks.paragraph(text("dossier_exclusions", dossier.language, said=said), "note")]


def _ranking(dossier: Dossier) -> list[blocks.Block]:
    language = dossier.language
    columns = [
        blocks.Column(text("dossier_rank", language), 0.9),
        blocks.Column(text("dossier_col_site", language), 3),
        blocks.Column(text("dossier_score_interval", language), 2.4),
        blocks.Column(text("dossier_coverage", language), 1, "right"),
        blocks.Column(text("dossier_area", language), 1, "right"),
    ]
    return [
        blocks.heading(text("dossier_ranking_title", language)),
        blocks.table(
            columns, [_ranked(item, language) for item in dossier.sites], note=text("dossier_ranking_note", language)
        ),
    ]


def _ranked(item: DossierSite, language: str) -> list[blocks.Cell]:
    standing, sheet = item.standing, item.sheet
    low, middle, high = (number(round(value), language) for value in (standing.low, standing.score, standing.high))
    area = sheet.fact("surface_annoncee_ha")
    excluded = text("dossier_because", language, filters=", ".join(item.excluded_by)) if item.excluded_by else None
    return [
        words.rank_words(standing.rank, standing.rank_low, standing.rank_high, language),
        blocks.cell(sheet.name, note=excluded or words.where(sheet), is_strong=True),
        blocks.cell(f"{low} – {middle} – {high}", interval=(standing.low / 100, standing.high / 100)),
        percent(standing.coverage, language),
        show_value(area, language) if area else blocks.cell(contract.unknown(language), is_unknown=True),
    ]


def _comparison(dossier: Dossier) -> list[blocks.Block]:
    """Side by side, four sites a table; what is the same everywhere is grey, what is unknown is said."""
    language = dossier.language
    found: list[blocks.Block] = [blocks.page_break(), blocks.heading(text("dossier_comparison_title", language))]
    rows = comparison_rows(dossier)
    for start in range(0, len(dossier.sites), _COMPARED):
        part = dossier.sites[start : start + _COMPARED]
        columns = [blocks.Column("", 1.7), *(blocks.Column(item.sheet.name, 2) for item in part)]
        body = [_compared(label, values[start : start + _COMPARED], language) for label, values in rows]
        found += [blocks.page_break()] if start else []
        found.append(blocks.table(columns, [row for row in body if row], size=7.5))
    return [*found, blocks.paragraph(text("dossier_comparison_note", language), "note")]


def _compared(label: str, values: list[Any], language: str) -> list[blocks.Cell]:
    """One line; empty when none of these sites knows it."""
    if all(value is None for value in values):
        return []
    is_same = len(values) > 1 and len({str(value) for value in values}) == 1
    cells = [
        blocks.cell(contract.unknown(language), is_unknown=True)
        if value is None
        else blocks.cell(_written(value, language), is_dim=is_same)
        for value in values
    ]
    return [blocks.cell(label, is_strong=True), *cells]


def _written(value: Any, language: str) -> str:
    return number(value, language, decimals=2) if isinstance(value, (int, float)) else str(value)


def _points(dossier: Dossier) -> list[blocks.Block]:
    """What each criterion brings to each site, certain and possible points."""
    language = dossier.language
    found: list[blocks.Block] = [blocks.page_break(), blocks.heading(text("dossier_points_title", language))]
    for start in range(0, len(dossier.sites), _COMPARED):
        part = dossier.sites[start : start + _COMPARED]
        columns = [
            blocks.Column(text("dossier_col_criterion", language), 1.5),
            *(blocks.Column(item.sheet.name, 2) for item in part),
        ]
        by_site = [[one for one in item.standing.contributions if one.weight] for item in part]
        rows = [_contributions(same, language) for same in zip(*by_site, strict=True)]
        found += [blocks.page_break()] if start else []
        found.append(blocks.table(columns, rows, size=7.5))
    return [*found, blocks.paragraph(text("dossier_points_note", language), "note")]


def _contributions(same: tuple[Contribution, ...], language: str) -> list[blocks.Cell]:
    head = same[0]
    note = text("dossier_at_stake", language, points=words.points(head.share, language))
    return [
        blocks.cell(criterion_name(head.criterion.name, language), note=note),
        *(_contribution(item, language) for item in same),
    ]


def _contribution(item: Contribution, language: str) -> blocks.Cell:
    share = item.share or 1
    interval = (item.certain / share, (item.certain + item.possible) / share)
    shown = show_contribution(item, language)
    return blocks.cell(shown, is_unknown=not item.is_known, interval=interval)


def _sources(dossier: Dossier) -> list[blocks.Block]:
    language, provenance = dossier.language, dossier.provenance
    columns = [
        blocks.Column(text("dossier_col_source", language), 3),
        blocks.Column(text("dossier_col_producer", language), 2),
        blocks.Column(text("dossier_col_licence", language), 1.6),
        blocks.Column(text("dossier_col_date", language), 1.2),
    ]
    rows: list[list[blocks.Cell]] = [
        [blocks.cell(item.title, url=item.page_url), item.producer, item.licence, day(item.date, language)]
        for item in provenance.sources
    ]
    return [
        blocks.heading(text("dossier_sources_title", language)),
        blocks.table(columns, rows, size=7.5),
        blocks.paragraph(text("dossier_disclaimer", language), "note"),
    ]
