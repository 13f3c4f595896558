"""What a build must satisfy before it is published: the contract, the map's consistency, the official totals."""

import csv
import unicodedata
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import pandas as pd

import contract
from etl.catalog import catalog
from etl.checks import (
    Failures,
    check_bounds,
    check_columns,
    check_count,
    check_coverage,
    check_geometry,
    check_shapes_have_rows,
    check_unique_key,
)
from etl.checks_official import check_coverages, check_official
from etl.checks_plausible import check_against_last, check_extent
from etl.products import Product
from etl.settings import TABLES_FOLDER

FACETS = {"mesure": "mesure", "type_entreprise": "taille", "volet_relance": "volet"}
"""Published facet and the column of ``projets`` that must reproduce it; the region is handled apart."""
COLLECTIVITIES = {"nouvelle caledonie": "988", "polynesie francaise": "987"}


def check_products(
    products: Sequence[Product],
    previous: Mapping[str, Any] | None = None,
    facets: Path | None = None,
    last: Path | None = None,
) -> None:
    """Every check on every product; partial builds are checked on what they hold.

    Args:
        products: What is about to be published.
        previous: ``files`` of the last manifest, whose coverage may not shrink; None: first build or meant to shrink.
        last: The folder of the last publication, whose figures give the order of magnitude of the new ones.
        facets: The published counts of France Relance (source ``plan-de-relance-facettes``), when at hand.

    Raises:
        ChecksFailed: with every failure, its row and its reason.
    """
    failures = Failures()
    tables = {product.name: product for product in products if product.kind == "table"}
    for product in products:
        _check_one(product, tables, failures)
        check_coverage(product, previous or {}, failures)
        if previous is not None and last is not None:
            check_against_last(product, last, previous, failures)
    for name in sorted(set(previous or {}) - {product.filename for product in products}):
        failures.add(name, "published before, no longer built: coverage shrank")
    frames = {name: product.frame for name, product in tables.items() if product.frame is not None}
    check_totals(frames, failures)
    check_official(frames, failures)
    check_coverages(products, failures)
    check_hierarchy(frames, failures)
    if facets is not None and "projets" in frames and "regions" in frames:
        check_facets(frames["projets"], frames["regions"], facets, failures)
    failures.raise_if_any()


def _check_one(product: Product, tables: Mapping[str, Product], failures: Failures) -> None:
    if not product.sources:
        failures.add(product.filename, "no source given")
    failures.add_rows(product.filename, "sources not in the catalogue", sorted(set(product.sources) - set(catalog())))
    if product.kind == "raw":
        return
    if not product.n_rows:
        failures.add(product.filename, "expected at least one row, found none")
    if product.kind == "table":
        check_columns(product, failures)
    check_unique_key(product, failures)
    check_bounds(product, failures)
    check_geometry(product, failures)
    check_extent(product, failures)
    spec = product.contract_table
    if product.kind == "geojson" and spec is not None and spec.name in tables:
        check_shapes_have_rows(product, tables[spec.name], failures)


def check_totals(frames: Mapping[str, pd.DataFrame], failures: Failures, path: Path | None = None) -> None:
    """The official counts of ``etl/tables/totaux.csv``, for the tables at hand."""
    with (path or TABLES_FOLDER / "totaux.csv").open(encoding="utf-8", newline="") as stream:
        rows = list(csv.DictReader(stream))
    for row in rows:
        frame = frames.get(row["table"])
        if frame is None:
            continue
        column, value = row["colonne"], row["valeur"]
        found = int((frame[column] == value).sum()) if column else len(frame)
        what = f"{row['table']}{f' where {column} = {value}' if column else ''} (official total, {row['source']})"
        check_count(what, found, int(row["attendu"]), failures)


def check_hierarchy(frames: Mapping[str, pd.DataFrame], failures: Failures) -> None:
    """Children sum to their parents: communes and population of the départements of a region, and so on."""
    for child, parent, code in (
        ("communes", "departements", "code_departement"),
        ("communes", "regions", "code_region"),
        ("departements", "regions", "code_region"),
        ("communes", "epci", "code_epci"),
    ):
        if child not in frames or parent not in frames:
            continue
        groups = frames[child].groupby(code)
        counts = groups["n_communes"].sum() if "n_communes" in frames[child] else groups.size()
        _compare(f"{parent}: n_communes", counts, frames[parent].set_index(code)["n_communes"], child, failures)
        if child == "departements":
            people = groups["population"].sum()
            _compare(f"{parent}: population", people, frames[parent].set_index(code)["population"], child, failures)


def _compare(what: str, summed: pd.Series, stated: pd.Series, child: str, failures: Failures) -> None:
    both = pd.DataFrame({"summed": summed, "stated": stated})
    wrong = both[(both["summed"] != both["stated"])]
    rows = [f"{code}: {row.stated} stated, {row.summed} summed" for code, row in wrong.iterrows()]
    failures.add_rows(what, f"not the sum of its {child}", rows)


def check_facets(projets: pd.DataFrame, regions: pd.DataFrame, path: Path, failures: Failures) -> None:
    """Every published count by measure, company type, strand and region is reproduced."""
    published = pd.read_csv(path, dtype={"value_label": str}, keep_default_na=False)
    for facet, column in FACETS.items():
        spellings = {text: code.code for code in contract.codes(column).values() for text in code.source}
        rows = published[published["facet"] == facet]
        _check_facet(column, rows["value_label"].map(spellings), rows, projets[column], failures)
    names = {_plain(name): code for name, code in zip(regions["nom"], regions["code_region"], strict=True)}
    names |= COLLECTIVITIES
    rows = published[published["facet"] == "nom_region"]
    _check_facet("code_region", rows["value_label"].map(_plain).map(names), rows, projets["code_region"], failures)


def _check_facet(column: str, codes: pd.Series, rows: pd.DataFrame, values: pd.Series, failures: Failures) -> None:
    """Compares counts by code; the facet's « (vide) » is our null."""
    is_void = rows["value_label"] == "(vide)"
    unknown = rows["value_label"][codes.isna() & ~is_void].tolist()
    failures.add_rows(f"projets: {column}", "published facet without a code", unknown)
    for code, count in rows["count"].groupby(codes).sum().items():
        check_count(f"projets: {column} = {code} (published facet)", int((values == code).sum()), int(count), failures)
    if is_void.any():
        expected = int(rows["count"][is_void].sum())
        check_count(f"projets: {column} not stated (published facet)", int(values.isna().sum()), expected, failures)


def _plain(name: str) -> str:
    """A name without accents, case, hyphens or apostrophes, to compare spellings."""
    text = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().lower()
    return " ".join("".join(letter if letter.isalnum() else " " for letter in text).split())
