"""Which commune lies where, in which COG, in which territoire."""

import pandas as pd
import pytest

from etl.build.geography import assign_communes, list_communes, place_communes
from etl.errors import ExtractError


def listes(*rows: tuple[str, str, str, str]) -> pd.DataFrame:
    return pd.DataFrame(rows, columns=["millesime", "territoire_id", "code_insee", "code_insee_2024"])


def test_a_vanished_code_lies_in_its_heir_and_a_restored_one_in_the_commune_it_left() -> None:
    listed = pd.Series(["01001", "01039", "12218"])

    placed = place_communes(listed, {"01001", "01138", "12076"}, {"01039": "01138"}, {"12218": "12076"})

    assert placed == ["01001", "01138", "12076"]


def test_a_code_in_no_cog_is_refused() -> None:
    with pytest.raises(ExtractError, match="99999"):
        place_communes(pd.Series(["99999"]), {"01001"}, {}, {})


def test_a_list_in_the_codes_of_2026_takes_the_communes_absorbed_since() -> None:
    rows = listes(("2024-07", "ti-1", "01187", "01187"), ("2020-10", "ti-9", "01187", "01187"))

    found = assign_communes(rows, pd.Series(["01187", "01330"]), {"01187"}, {"01330": "01187"})

    assert found["2024-07"] == {"01187": "ti-1", "01330": "ti-1"}
    assert found["2020-10"] == {"01187": "ti-9"}  # listed in the codes of its time: nothing to add
    assert found["2022-12"] == {}


def test_a_commune_in_two_territoires_is_refused() -> None:
    rows = listes(("2020-10", "ti-1", "01001", "01001"), ("2020-10", "ti-2", "01039", "01001"))

    with pytest.raises(ExtractError, match="ti-1 and in ti-2"):
        assign_communes(rows, pd.Series(["01001"]), {"01001"}, {})


def test_members_give_their_communes_and_an_unknown_one_is_refused() -> None:
    members = pd.DataFrame(
        {
            "millesime": ["2022-12", "2022-12"],
            "territoire_id": ["ti-1", "ti-1"],
            "membre_code": ["200000172", "215800467"],
            "nom": ["Faucigny-Glières", "Cercy-la-Tour"],
        }
    )
    holders = {"200000172": frozenset({"74042", "74024"})}

    found = list_communes(members, holders, {"215800467": "58046"})

    assert found["code_insee"].tolist() == ["74024", "74042", "58046"]
    with pytest.raises(ExtractError, match="Cercy-la-Tour"):
        list_communes(members, holders, {})
