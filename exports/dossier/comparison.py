"""The sites of a dossier side by side, as rows: what the PDF and the workbook both compare."""

from typing import Any

import contract
from exports.dossier import words
from exports.dossier.model import Dossier, DossierSite
from geodata.models.site_sheet import SiteFact
from views.site.values import show_value
from views.text import text


def comparison_rows(dossier: Dossier) -> list[tuple[str, list[Any]]]:
    """Label and one value a site, null where not known: standing, place, then every field that one site states."""
    language, sites = dossier.language, dossier.sites
    rows: list[tuple[str, list[Any]]] = [
        (text("dossier_rank", language), [_rank(item, language) for item in sites]),
        (text("dossier_low", language), [round(item.standing.low, 1) for item in sites]),
        (text("dossier_score", language), [round(item.standing.score, 1) for item in sites]),
        (text("dossier_high", language), [round(item.standing.high, 1) for item in sites]),
        (text("dossier_coverage_pct", language), [round(100 * item.standing.coverage) for item in sites]),
        (text("dossier_where", language), [words.where(item.sheet) for item in sites]),
        (text("dossier_territoire", language), [words.inside(item.sheet, language) for item in sites]),
        (text("dossier_labels", language), [words.label_words(item.sheet, language) for item in sites]),
    ]
    for code, field in contract.sheet_fields().items():
        facts = [item.sheet.fact(code) for item in sites]
        if any(facts) and code not in ("site_nom", "site_quali_territoire"):
            unit = f" ({field.unit})" if field.unit else ""
            rows.append((field.label(language) + unit, [plain_value(fact, language) for fact in facts]))
    rows += [
        (text("dossier_projects_near", language, km=radius), [_near(item, position) for item in sites])
        for position, radius in enumerate((25, 50))
    ]
    return rows


def _rank(item: DossierSite, language: str) -> str:
    standing = item.standing
    return words.rank_words(standing.rank, standing.rank_low, standing.rank_high, language)


def _near(item: DossierSite, position: int) -> int | None:
    return item.sheet.around.n_projects[position] if item.sheet.around else None


def plain_value(fact: SiteFact | None, language: str) -> Any:
    """A number as a number; anything else in words."""
    if fact is None:
        return None
    return float(fact.value) if fact.field.kind == "number" else show_value(fact, language)
