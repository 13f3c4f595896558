"""The dossier of an investor's needs, and each of its files."""

import math
from collections.abc import Callable, Mapping
from dataclasses import replace

import contract
from exports.dossier import archive, kml_file, report
from exports.dossier.model import Dossier, DossierSite
from exports.geojson_file import MIMETYPE as GEOJSON
from exports.geojson_file import export_geojson
from exports.sheets.tree import drawings
from exports.typeset import MIMETYPE as PDF
from geodata.models.ranking import RankedSite
from geodata.queries.finder import place_names
from geodata.queries.ranking import Ranking, rank_sites
from geodata.queries.site import site_sheet
from geodata.repository import Tables
from press.common import backdrop, latest_date, make_provenance, table_sources
from state.needs import Needs
from views.site.lines import plain_lines
from views.site.notes import number_sources
from views.site.plans import draw_plans
from views.sites.words import criterion_name, filter_name
from views.text import text

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
FIRST_RANKED = 10  # sites of a dossier whose address names none
TABLES = ("sites", "sites-faits", "projets", "gares", "ports", "aeroports", "postes", "territoires", "communes", "epci")


def make_dossier(tables: Tables, needs: Needs, address: str) -> Dossier:
    """The shortlist of the needs, else the compared sites, else the first ranked.

    Args:
        address: of the same search in the atlas, absolute.
    """
    ranking = rank_sites(tables, replace(needs, sort="rang"))  # the list may be sorted by name
    choice, codes = choose(ranking, needs)
    places = place_names(tables, needs.millesime)
    names = {effect.name: filter_name(effect.name, needs, places) for effect in ranking.effects}
    stated = [(text("dossier_filters", needs.language), tuple(names.values()))] if names else []
    weights = needs.all_weights().items()
    return Dossier(
        provenance=make_provenance(
            tables,
            text("dossier_title", needs.language),
            needs.language,
            ["sites-cles-en-main", "plan-de-relance", *table_sources(tables, *TABLES)],
            latest_date(tables, "sites-faits", "projets"),
            stated,
        ),
        weights=tuple((criterion_name(name, needs.language), weight) for name, weight in weights if weight),
        sites=tuple(
            _site(tables, needs, ranking, standing, names) for standing in sorted(ranking.details(codes), key=_place)
        ),
        kept=len(ranking.site_ids),
        total=ranking.total,
        exclusions=tuple((names[effect.name], effect.n_excluded) for effect in ranking.effects if effect.n_excluded),
        choice=choice,
        address=address,
    )


def _place(standing: RankedSite) -> tuple[float, str]:
    """By rank; what the filters exclude comes last."""
    return (math.inf if standing.rank is None else standing.rank, standing.site_id)


def choose(ranking: Ranking, needs: Needs) -> tuple[str, tuple[str, ...]]:
    """Which sites, and by which rule; sites that do not exist are left out."""
    known = set(ranking.matrix.site_ids)
    for choice, asked in (("liste", needs.shortlist), ("sites", needs.compared)):
        found = tuple(code for code in asked if code in known)
        if found:
            return choice, found
    return "rang", ranking.site_ids[:FIRST_RANKED]


def _site(
    tables: Tables, needs: Needs, ranking: Ranking, standing: RankedSite, names: Mapping[str, str]
) -> DossierSite:
    sheet = site_sheet(tables, standing.site_id, needs.millesime)
    assert sheet is not None, standing.site_id
    failed = next((item.filters for item in ranking.excluded if item.site_id == standing.site_id), ())
    plans = list(drawings(draw_plans(sheet, backdrop(tables), needs.language)))
    return DossierSite(
        sheet=sheet,
        standing=standing,
        excluded_by=tuple(names[name] for name in failed if name in names),
        lines=plain_lines(sheet, number_sources(sheet), needs.language),
        plan=plans[-1].encode() if plans else None,
    )


def _report(_: Tables, dossier: Dossier) -> bytes:
    return report.export_report(dossier)


def _workbook(_: Tables, dossier: Dossier) -> bytes:
    from exports.dossier import workbook  # noqa: PLC0415 - openpyxl: half a second that no start-up needs

    return workbook.export_workbook(dossier)


def _kml(_: Tables, dossier: Dossier) -> bytes:
    return kml_file.export_kml(dossier)


def _geojson(tables: Tables, dossier: Dossier) -> bytes:
    rows = tables["sites"].set_index("site_id", drop=False)
    chosen = rows.loc[[item.sheet.code for item in dossier.sites]].reset_index(drop=True)
    return export_geojson(chosen, contract.table("sites"), dossier.provenance)


# Ending → type, what makes it.
SINGLE: Mapping[str, tuple[str, Callable[[Tables, Dossier], bytes]]] = {
    "pdf": (PDF, _report),
    "xlsx": (XLSX, _workbook),
    "geojson": (GEOJSON, _geojson),
    "kml": (kml_file.MIMETYPE, _kml),
}


def make_archive(tables: Tables, needs: Needs, address: str) -> bytes | None:
    """The ZIP, in both languages; None when there is no site."""
    by_language = {code: make_dossier(tables, _in(needs, code), address) for code in contract.LANGUAGES}
    main = by_language[needs.language]
    if not main.sites:
        return None
    files = {
        **{f"dossier-{code}.pdf": _report(tables, item) for code, item in by_language.items()},
        **{f"comparaison-{code}.xlsx": _workbook(tables, item) for code, item in by_language.items()},
        "sites.geojson": _geojson(tables, main),
        "sites.kml": _kml(tables, main),
    }
    return archive.export_archive(main, files)


def make_single(tables: Tables, needs: Needs, ending: str, address: str) -> bytes | None:
    """One file of the dossier, in the language of the needs; None when there is no site."""
    dossier = make_dossier(tables, needs, address)
    return SINGLE[ending][1](tables, dossier) if dossier.sites else None


def _in(needs: Needs, language: str) -> Needs:
    return replace(needs, language=language)
