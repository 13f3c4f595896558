"""All the reference layers at once, in one order."""

from etl.build.reference import (
    VILLES_SOURCES,
    build_aeroports,
    build_gares,
    build_ports,
    build_postes,
    build_villes,
)
from etl.products import LocalPath, Product

SOURCES = tuple(sorted({*VILLES_SOURCES, "aeroports", "gares", "pays", "ports", "postes-entsoe"}))


def build_references(local_path: LocalPath) -> list[Product]:
    """Cities, airports, stations, ports, substations: a table and a GeoJSON each."""
    builders = (build_villes, build_aeroports, build_gares, build_ports, build_postes)
    return [product for build in builders for product in build(local_path)]
