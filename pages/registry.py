"""The pages to read: address, function that shows it, place in the header. Carte (``/``) is the app, beside them."""

from collections.abc import Callable
from dataclasses import dataclass

from geodata.repository import Tables
from pages import (
    accessibilite,
    acteurs,
    changements,
    chiffres,
    chronologie,
    mesures,
    presentation,
    programme,
    region,
    remote,
    site,
    site_method,
    sites,
    sources,
    suivi,
    territoire,
)
from pages.visit import Document, Visit

Show = Callable[[Tables, Visit], Document | None]


@dataclass(frozen=True)
class ReadPage:
    """One page: ``rule`` is Flask's (``/regions/<code>``), ``nav`` the message of its link in the header, if any.

    ``show`` gives the page, or None when its address names nothing: the answer is then a page that says so, status 404.
    """

    rule: str
    show: Show
    nav: str = ""


READ_PAGES = (
    ReadPage("/sites", sites.show, nav="nav_sites"),
    ReadPage("/suivi", suivi.show, nav="nav_suivi"),
    ReadPage("/mesures", mesures.show, nav="nav_mesures"),
    ReadPage("/chiffres", chiffres.show, nav="nav_chiffres"),
    ReadPage("/chronologie", chronologie.show, nav="nav_chronologie"),
    ReadPage("/presentation", presentation.show, nav="nav_presentation"),
    ReadPage("/sources", sources.show, nav="nav_sources"),
    ReadPage("/sites/comparer", sites.compare),
    ReadPage("/sites/methode", site_method.show),
    ReadPage("/sites/<site_id>", site.show),
    ReadPage("/acteurs", acteurs.show),
    ReadPage("/regions", region.show_index),
    ReadPage("/regions/<code>", region.show),
    ReadPage("/territoires", territoire.show_index),
    ReadPage("/territoires/<code>", territoire.show),
    ReadPage("/programme", programme.show),
    ReadPage("/changements", changements.show),
    ReadPage("/accessibilite", accessibilite.show),
    ReadPage("/telecommande", remote.show),
)


def header_links() -> tuple[tuple[str, str], ...]:
    """The (path, message key) of each link of the header, Carte first."""
    return (("/", "nav_carte"), *((page.rule, page.nav) for page in READ_PAGES if page.nav))
