"""What an imported file is checked against: the communes and the published sites."""

from geodata.repository import Tables
from imports.sites import Known, known_places

_COMMUNE = ["code_insee", "nom", "code_departement", "code_region", "lon", "lat"]
_SITE = ["site_id", "site_nom", "code_insee"]


def known_of(tables: Tables) -> Known:
    """Communes by code, ids and names of the published sites."""
    communes = tables["communes"][_COMMUNE].itertuples(index=False, name=None)
    return known_places(communes, tables["sites"][_SITE].itertuples(index=False, name=None))
