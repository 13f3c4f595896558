"""From sources to products: what is built, from which sources, and in which order.

A ``Workshop`` reads and computes each shared thing once, on first use, so that a partial build does only what it needs.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

import pandas as pd

from contract import MILLESIMES, column_for
from etl.build import areas, communes, departements, epci, facts, fond, indicateurs, references, regions, territoires
from etl.build import carte as carte_build
from etl.build import couverture as couverture_build
from etl.build import projets as projets_build
from etl.build import sites as sites_build
from etl.build import sites_couverture as sites_couverture_build
from etl.build import sites_faits as sites_faits_build
from etl.build.geography import SOURCES, Geography, load_geography
from etl.errors import EtlError, ExtractError
from etl.extract import communes as communes_file
from etl.extract import decoupage
from etl.extract import projets as projets_file
from etl.extract import sites as sites_file
from etl.extract import territoires as territoires_file
from etl.products import LocalPath, Product
from etl.settings import TABLES_FOLDER

MAX_REASON = 300
"""Characters of a library's own words in a message."""


class Workshop:
    """The shared inputs of one build. ``local_path`` gives the file of a source by its short name."""

    def __init__(self, local_path: LocalPath) -> None:
        self.path = local_path

    @cached_property
    def geography(self) -> Geography:
        return load_geography(self.path)

    @cached_property
    def atoms(self) -> areas.Atoms:
        return areas.make_atoms(self.geography)

    def layer(self, column: str) -> areas.Layer:
        return areas.make_layer(self.atoms, column)

    @cached_property
    def region_names(self) -> pd.Series:
        return decoupage.read_names(self.path(regions.NAMES))

    @cached_property
    def site_labels(self) -> pd.DataFrame:
        return sites_file.read_sites(self.path(sites_build.SOURCE), self.region_names)

    @cached_property
    def regions(self) -> list[Product]:
        return regions.build_regions(self.geography, self.layer("code_region"), self.path(regions.NAMES))

    @cached_property
    def departements(self) -> list[Product]:
        names = self.path(departements.NAMES)
        return departements.build_departements(self.geography, self.layer("code_departement"), names)

    @cached_property
    def epci(self) -> list[Product]:
        names = communes_file.read_epci_names(self.path("epci-2024"))
        return epci.build_epci(self.geography, self.layer("code_epci"), names)

    @cached_property
    def communes(self) -> list[Product]:
        return [communes.build_communes(self.geography)]

    @cached_property
    def territoires(self) -> list[Product]:
        layers = {name: self.layer(column_for("territoire", name)) for name in MILLESIMES}
        rows = territoires_file.read_territoires(self.path(territoires.TERRITOIRES))
        membres = territoires_file.read_membres(self.path(territoires.MEMBRES))
        holders = decoupage.read_members(self.path("decoupage-epci-2022"))
        return [
            *territoires.build_territoires(self.geography, layers, rows),
            territoires.build_membres(membres, self.geography.current, holders),
            territoires.build_listes(self.geography),
        ]

    @cached_property
    def projets(self) -> list[Product]:
        raw = projets_file.read_projets(self.path(projets_build.SOURCE), self.region_names)
        files = (self.path("codes-postaux-2024"), self.path("codes-postaux-communes-2024"))
        postcodes = communes_file.read_postcodes(*files, self.geography.commune_rows)
        return projets_build.build_projets(raw, self.geography, postcodes)

    @cached_property
    def references(self) -> list[Product]:
        return references.build_references(self.path)

    @cached_property
    def sites(self) -> list[Product]:
        identities = sites_file.read_identities(TABLES_FOLDER / "sites-identites.csv")
        facilities = sites_build.list_facilities(tables_of(self.references))
        return sites_build.build_sites(self.site_labels, identities, self.geography, facilities)

    @cached_property
    def sites_couverture(self) -> list[Product]:
        announced = sites_file.read_announced(self.path("sites-annonces"), self.region_names)
        return [sites_couverture_build.build_sites_couverture(announced, self.site_labels)]

    @cached_property
    def sites_faits(self) -> list[Product]:
        identities = sites_file.read_identities(TABLES_FOLDER / "sites-identites.csv")
        named = sites_build.name_sites(self.site_labels, identities)
        standard = sites_file.read_standard([self.path(name) for name in sites_faits_build.STANDARD])
        return [sites_faits_build.build_sites_faits(named, standard)]

    @cached_property
    def carte(self) -> list[Product]:
        inputs = [*self.projets, *self.sites, *self.territoires, *self.regions, *self.departements, *self.communes]
        used = sorted({name for product in inputs for name in product.sources})
        return carte_build.build_carte(tables_of(inputs), used)


@dataclass(frozen=True)
class Family:
    """Products that are built together, and the sources that they need."""

    sources: tuple[str, ...]
    build: Callable[[Workshop], list[Product]]


def tables_of(products: Sequence[Product]) -> dict[str, pd.DataFrame]:
    """The frames of the table products, by name."""
    return {
        product.name: product.frame for product in products if product.kind == "table" and product.frame is not None
    }


_CARTE = sorted(
    {
        *projets_build.USES,
        *sites_build.USES,
        territoires.TERRITOIRES,
        territoires.MEMBRES,
        regions.NAMES,
        departements.NAMES,
    }
)
FAMILIES: Mapping[str, Family] = {
    "regions": Family((*SOURCES, regions.NAMES), lambda shop: shop.regions),
    "departements": Family((*SOURCES, departements.NAMES), lambda shop: shop.departements),
    "epci": Family(SOURCES, lambda shop: shop.epci),
    "communes": Family(SOURCES, lambda shop: shop.communes),
    "territoires": Family((*SOURCES, territoires.TERRITOIRES, territoires.MEMBRES), lambda shop: shop.territoires),
    "projets": Family(projets_build.USES, lambda shop: shop.projets),
    "references": Family(references.SOURCES, lambda shop: shop.references),
    "fond": Family(fond.SOURCES, lambda shop: fond.build_fond(shop.path)),
    "indicateurs": Family(indicateurs.SOURCES, lambda shop: indicateurs.build_indicateurs(shop.path)),
    "faits": Family((), lambda shop: facts.build_facts()),
    "sites": Family(sites_build.USES, lambda shop: shop.sites),
    "sites-couverture": Family(sites_couverture_build.USES, lambda shop: shop.sites_couverture),
    "sites-faits": Family(sites_faits_build.USES, lambda shop: shop.sites_faits),
    "carte": Family(tuple(_CARTE), lambda shop: shop.carte),
}


def build_products(local_path: LocalPath, names: Sequence[str] | None = None) -> list[Product]:
    """The products of the families ``names`` (default: all), in a fixed order.

    A full build ends with the coverage of all its tables, which a partial one cannot know.

    Raises:
        EtlError: for an unknown family, or whatever an extractor or a builder refuses.
    """
    unknown = sorted(set(names or ()) - set(FAMILIES))
    if unknown:
        raise EtlError(f"Unknown product family {unknown[0]!r}; expected one of: {', '.join(FAMILIES)}.")
    shop = Workshop(local_path)
    chosen = [name for name in FAMILIES if names is None or name in names]
    products = [product for name in chosen for product in _build_family(name, shop)]
    if names is None:
        products.append(couverture_build.build_couverture(products))
    return products


def _build_family(name: str, shop: Workshop) -> list[Product]:
    """The products of one family; what a reader did not expect is told with the sources that it was reading."""
    family = FAMILIES[name]
    try:
        return family.build(shop)
    except EtlError:
        raise
    except Exception as error:
        read = ", ".join(family.sources) or "tables typed by hand"
        reason = f"{type(error).__name__}: {error}".strip().splitlines()[0][:MAX_REASON]
        raise ExtractError(
            f"{name}: expected the columns, encoding and kinds of the pinned file, found otherwise ({reason}). It is "
            f"made from: {read}. Nothing was published; pin the last good file again in etl/sources, or change the "
            "reader in etl/extract."
        ) from error
