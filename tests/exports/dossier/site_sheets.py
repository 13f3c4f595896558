"""Made-up sites for the dossier, with names that attack every format."""

from dataclasses import replace

import contract
from exports.dossier.model import Dossier, DossierSite
from exports.provenance import Provenance, Source
from geodata.models.ranking import Contribution, Criterion, RankedSite
from geodata.models.sheet import Named
from geodata.models.site_sheet import (
    Around,
    Coverage,
    FiliereCount,
    GroupCoverage,
    NearPlace,
    SiteFact,
    SiteLabel,
    SiteSheet,
)

HOSTILE = (
    '=HYPERLINK("http://x.test","clic")',
    "+1+cmd|' /C calc'!A0",
    "@SUM(1)",
    "<script>alert(1)</script>",
    "]]><Placemark><name>faux</name></Placemark>",
    "&xxe; &amp; <![CDATA[x]]>",
    "Zone d’activité\r\nBcc: victime@example.org",
    '#panic("x")',
    "é œ € « ≥ » 🎉 漢字",
    "\u202egro.elpmaxe",
    "a\x00b\x1bc",
    "x" * 3000,
)
SOURCE = Source(
    "liste",
    "Producteur",
    "Liste des sites",
    "Licence Ouverte 2.0",
    None,
    "https://example.org",
    "2020",
    "2020-07-20",
    None,
)
FIELDS = contract.sheet_fields()
PLAN = b'<svg xmlns="http://www.w3.org/2000/svg" width="90" height="40"><rect width="9" height="9"/></svg>'


def fact(code: str, value: str, url: str | None = None) -> SiteFact:
    return SiteFact(FIELDS[code], value, "liste", url=url, date="2020-07-20", confidence="elevee", quote=value)


def site(code: str = "s-01", name: str = "Parc d’activités", *facts: SiteFact) -> SiteSheet:
    """A site in Nord, whose position is the commune's."""
    known = (fact("site_nom", name), *(facts or (fact("surface_annoncee_ha", "92.5"),)))
    codes = {item.field.code for item in known}
    return SiteSheet(
        code=code,
        name=name,
        other_names=(),
        labels=(SiteLabel("2020-07", "2020-07-20", "SCM-1", name, "elevee", 92.5, ("https://example.org",)),),
        confidence="elevee",
        millesime="2020-10",
        commune=Named("59183", "Dunkerque"),
        epci=None,
        departement=Named("59", "Nord"),
        region=Named("32", "Hauts-de-France"),
        territoire=None,
        ti="hors",
        lon=2.37,
        lat=51.03,
        is_commune_point=True,
        facts=known,
        unknown=tuple(field for key, field in FIELDS.items() if key not in codes),
        coverage=Coverage((GroupCoverage("offre", len(known), len(FIELDS), 1, 40),)),
        status=None,
        notes=name,
        bearer=None,
        addresses=(f"https://example.org/{name}",),
        around=around(name),
        previous=None,
        next=None,
    )


def around(name: str) -> Around:
    places = (("gare_fret", (NearPlace("gare_fret", "1", name, None, 2.4, 51.0),)), ("port", ()))
    return Around(
        (25, 50), (FiliereCount(None, 1, 2, ()),), (1, 2), 0, places, (("gare_fret", (1, 1)), ("port", (0, 0)))
    )


def standing(code: str, rank: int | None = 1) -> RankedSite:
    parts = (
        Contribution(Criterion("surface", "ha", 5, 100, is_log=True), 3, 92.5, 92.5, 60.0, 55.0, 0.0),
        Contribution(Criterion("fibre", "yes_no", 0, 1), 2, None, None, 40.0, 0.0, 40.0),
    )
    return RankedSite(code, rank, rank, rank and rank + 2, 55.0, 75.0, 95.0, 0.6, parts)


def dossier(*names: str, language: str = "fr") -> Dossier:
    found = [site(f"s-{number:02}", name) for number, name in enumerate(names or ("Parc d’activités", "Quai nord"), 1)]
    provenance = Provenance(
        "Dossier",
        language,
        (("Filtres", (names or ("au moins 50 ha",))[:1]),),
        "0123456789abcdef",
        "2025-11",
        (SOURCE,),
    )
    return Dossier(
        provenance=provenance,
        weights=(("Grande surface", 3), ("Fibre optique", 2)),
        sites=tuple(DossierSite(item, standing(item.code), (), (item.name,), PLAN) for item in found),
        kept=2,
        total=84,
        exclusions=((names[0] if names else "au moins 50 ha", 31),),
        choice="liste",
        address="https://atlas.test/sites?liste=s-01",
    )


def without_position(item: SiteSheet) -> SiteSheet:
    return replace(item, lon=None, lat=None, around=None)
