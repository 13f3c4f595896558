"""What the browser's modules are told once a page: data addresses, facets, messages, announced totals."""

from typing import Any

import contract
from delivery import Delivery
from geodata.queries.imported import n_imported
from geodata.queries.totals import announced_by_wave
from geodata.repository import Tables
from settings import Settings
from state import FACETS, Facet
from state.dates import millesime_from, wave_from
from views.text import browser_messages, month, text


def browser_config(tables: Tables, delivery: Delivery, settings: Settings, language: str) -> dict[str, Any]:
    """The configuration in one language; small, and the same for every visitor."""
    return {
        "language": language,
        "data": delivery.data,
        "facets": [_facet(facet, language) for facet in FACETS],
        "millesimes": [
            {"code": code, "label": item.label(language), "from": millesime_from(code)}
            for code, item in contract.codes("millesime").items()
        ],
        "projectsDate": month(str(tables.manifest.sources["plan-de-relance"]["date_published"])[:7], language),
        "announced": announced_by_wave(tables),
        "waves": {code: wave_from(code) for code in contract.codes("vague")},
        "messages": browser_messages(language),
        "imported": f"/importes.json?v={tables.imported.digest}" if n_imported(tables) else None,
        "ign": {"tiles": settings.ign_tiles_url} if settings.is_ign_offered else None,
    }


def _facet(facet: Facet, language: str) -> dict[str, Any]:
    """A facet for the browser; ``values`` is null when the data themselves list the codes and names."""
    values = None
    if facet.codes:
        rows = contract.codes(facet.codes).items()
        values = [{"code": code, "label": item.label(language)} for code, item in rows]
    return {
        "name": facet.name,
        "label": text(f"facet_{facet.name}", language),
        "applies": facet.applies,
        "default": facet.default,
        "values": values,
    }
