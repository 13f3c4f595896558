from types import MappingProxyType

import numpy as np
import pandas as pd
import pytest
import shapely

from etl.build.geography import Geography
from etl.errors import EtlError
from etl.establishments.places import LEVELS, check_levels, places_of
from etl.placing import NOWHERE


def make_geography() -> Geography:
    """A town with a borough, a commune that absorbed another, and an island without EPCI."""
    communes = pd.DataFrame(
        {
            "code_insee": ["75056", "59350", "29083"],
            "code_epci": ["200054781", "200093201", None],
            "code_departement": ["75", "59", "29"],
            "code_region": ["11", "32", "53"],
        }
    )
    rows = pd.DataFrame(
        [
            ("1", "75056", "COM", None),
            ("2", "75101", "ARM", "1"),
            ("3", "59350", "COM", None),
            ("4", "59298", "COMA", "3"),
            ("5", "29083", "COM", None),
            ("6", "59350", "COMD", "1"),  # a delegated commune often bears the code of a commune
        ],
        columns=["id", "code", "type", "commune_parent_id"],
    )
    polygons = np.array([shapely.box(x, 48, x + 1, 49) for x in (2, 3, -5)], dtype=object)
    territoires = MappingProxyType({"2020-10": {"59350": "ti-3201"}, "2022-12": {}, "2024-07": {}})
    heirs = {"59355": "59350", "00000": "99999"}
    empty = pd.DataFrame()
    return Geography(communes, polygons, np.full(3, 2154), empty, territoires, empty, heirs, rows)


def test_boroughs_delegated_and_vanished_communes_lead_to_the_commune_that_holds_them() -> None:
    stated = places_of(make_geography()).stated

    assert {code: stated.get(code) for code in ("75056", "75101", "59350", "59298", "59355", "00000", "2A004")} == {
        "75056": 0,
        "75101": 0,
        "59350": 1,
        "59298": 1,
        "59355": 1,
        "00000": None,
        "2A004": None,
    }


def test_each_level_knows_the_area_of_each_commune_or_that_it_is_in_none() -> None:
    levels = places_of(make_geography()).levels

    assert list(levels["epci"].codes) == ["200054781", "200093201"]
    assert levels["epci"].of_commune.tolist() == [0, 1, NOWHERE]
    assert levels["territoires-2020-10"].of_commune.tolist() == [NOWHERE, 0, NOWHERE]
    assert levels["territoires-2024-07"].of_commune.tolist() == [NOWHERE] * 3


def test_levels_come_once_in_one_order() -> None:
    assert check_levels(["regions", "epci", "epci"]) == ("epci", "regions")
    assert check_levels(list(LEVELS)) == tuple(LEVELS)
    with pytest.raises(EtlError, match="found pays"):
        check_levels(["pays", "epci"])
