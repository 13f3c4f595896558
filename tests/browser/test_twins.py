"""The browser filters as Python does, and reads an address as Python does."""

import random
from typing import Any

from playwright.sync_api import Page

import contract
from geodata.queries.filters import known_values, objects_of
from geodata.repository import Tables
from state import FACETS, KINDS, Selection

IDS = {"projets": "projet_id", "sites": "site_id", "territoires": "territoire_id"}
DAYS = ("2018-11-21", "2020-01-20", "2020-07-20", "2021-03-12", "2021-09-23", "2022-12-31", "2024-04-29", "2024-04-30")
ADDRESSES = (
    "region=44,32,32&filiere=sante",
    "lang=en&vue=liste&onglet=sites&page=3&tri=-nom",
    "q=%C3%A9lectro%20nique&confiance=elevee,moyenne",
    "confiance=elevee,moyenne,faible",
    "sel=territoire:ti-0101&millesime=2024-07",
    "sel=../../etc&lang=xx&vue=3d&page=-4",
    "departement=2A,971&precision=aucune&ti=hors",
    "q=a%2Bb%26c%3Dd+e",
    "date=2020-07-20&millesime=2024-07&vague=2020-07",
    "date=2023-01-01&lang=en",
    "date=2024-07-04",
    "date=2020-02-30&millesime=2022-12",
    "date=20200720",
    "publication=041100fb429fdb08788f&region=32",
    "publication=041100FB429F&couches=importes,sites",
    "publication=041100",
    "sel=importe:80024_SITE-ECO_00001",
    "sel=importe:_-_",
)


def random_selections(tables: Tables, n: int) -> list[Selection]:
    chance = random.Random(20)
    found = []
    for _ in range(n):
        selection = Selection(millesime=chance.choice(contract.MILLESIMES))
        for facet in chance.sample(FACETS, chance.randint(1, 3)):
            codes = sorted(known_values(tables, facet.name, selection.millesime))
            selection = selection.with_values(facet.name, chance.sample(codes, min(len(codes), chance.randint(1, 4))))
        found.append(selection)
    dated = [item.at(chance.choice(DAYS)) for item in found[:12]]
    alone = [Selection().at(day) for day in DAYS]
    return [*found, *dated, *alone, Selection(), Selection(text="saint"), Selection.from_query("region=99&q=élec")]


def test_the_browser_keeps_the_same_objects_as_python(carte: Page, tables: Tables) -> None:
    carte.evaluate("window.atlas.debug.names()")
    for selection in random_selections(tables, 24):
        found: dict[str, list[Any]] = carte.evaluate("query => window.atlas.debug.filter(query)", selection.to_query())
        for kind in KINDS:
            expected = objects_of(tables, selection, kind)[IDS[kind]].tolist()
            # The browser knows a project by its row: 12 for p0012.
            names = [f"p{item:04d}" if isinstance(item, int) else item for item in found[kind]]
            assert sorted(names) == sorted(expected), f"{kind}: {selection.to_query()}"


def test_the_browser_writes_the_same_address_as_python(carte: Page) -> None:
    for address in ADDRESSES:
        canonical = carte.evaluate("query => window.atlas.debug.format(window.atlas.debug.parse(query))", address)
        assert canonical == Selection.from_query(address).to_query(), address
