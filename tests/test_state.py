from dataclasses import FrozenInstanceError

import pytest
from hypothesis import given
from hypothesis import strategies as st

import contract
from state import DEFAULT_LAYERS, FACETS, Selection
from tests.strategies import WORDS, any_selections


@given(any_selections())
def test_a_selection_survives_its_address(selection: Selection) -> None:
    assert Selection.from_query(selection.to_query()) == selection


@given(any_selections())
def test_the_address_is_canonical(selection: Selection) -> None:
    query = selection.to_query()
    assert Selection.from_query(f"?{query}").to_query() == query


@given(st.text(st.characters(), max_size=300))
def test_any_text_is_an_address(query: str) -> None:
    selection = Selection.from_query(query)
    assert Selection.from_query(selection.to_query()) == selection


@given(st.dictionaries(st.sampled_from([item.name for item in FACETS] + ["q", "sel", "page", "tri", "vue"]), WORDS))
def test_any_value_of_a_known_name_is_read(values: dict[str, str]) -> None:
    selection = Selection.from_query("&".join(f"{name}={value}" for name, value in values.items()))
    assert Selection.from_query(selection.to_query()) == selection


@pytest.mark.parametrize(
    "query",
    [
        "%",
        "%ff%fe",
        "region=%00",
        "region=" + "1," * 5000,
        "q=" + "a" * 100_000,
        "page=-1&page=²",
        "page=" + "9" * 4000,
        "sel=../../etc/passwd",
        "sel=site:<script>",
        "tri=__class__;drop",
        "lang=de&vue=3d&millesime=1789-07",
        ";;;&&&===",
        "region=é\ud800",
    ],
)
def test_hostile_addresses_give_a_small_usable_selection(query: str) -> None:
    selection = Selection.from_query(query)
    assert selection.language in contract.LANGUAGES
    assert selection.page >= 1
    assert all(len(values) <= 200 for _, values in selection.filters)
    assert len(selection.text) <= 100
    assert Selection.from_query(selection.to_query()) == selection
    assert "<" not in selection.selected
    assert ".." not in selection.selected


def test_the_default_selection_has_no_query() -> None:
    assert Selection().to_query() == ""
    assert Selection.from_query("") == Selection()


def test_the_order_of_values_and_names_does_not_matter() -> None:
    one = Selection.from_query("filiere=sante,bois&region=32,44")
    other = Selection.from_query("region=44,32&filiere=bois,sante,bois")
    assert one == other
    assert hash(one) == hash(other)


def test_asking_for_the_default_of_a_facet_is_asking_for_nothing() -> None:
    facet = next(item for item in FACETS if item.default)
    assert Selection().with_values(facet.name, facet.default) == Selection()
    assert Selection().values_of(facet.name) == facet.default


def test_only_filters_forgets_what_figures_do_not_depend_on() -> None:
    selection = Selection.from_query("region=32&vue=liste&page=3&sel=site:a&tri=nom&onglet=sites&lang=en")
    assert selection.only_filters() == Selection.from_query("region=32&lang=en")


def test_a_selection_cannot_be_changed() -> None:
    with pytest.raises(FrozenInstanceError):
        Selection().text = "other"  # type: ignore[misc]


@pytest.mark.parametrize(
    ("query", "layers"),
    [
        ("", DEFAULT_LAYERS),
        ("couches=aucune", ()),
        ("couches=sites,zzz,territoires", ("territoires", "sites")),
        ("couches=zzz", DEFAULT_LAYERS),
    ],
)
def test_layers_are_known_ones_in_their_order(query: str, layers: tuple[str, ...]) -> None:
    selection = Selection.from_query(query)
    assert selection.layers == layers
    assert Selection.from_query(selection.to_query()) == selection


@pytest.mark.parametrize(
    "day", ["2020-02-30", "20200720", "2020-7-20", "hier", "0000-01-01", "2020-07-20T00:00", "²020-07-20"]
)
def test_a_wrong_day_is_today(day: str) -> None:
    assert Selection.from_query(f"date={day}") == Selection()


@pytest.mark.parametrize(
    ("day", "millesime"),
    [
        ("2018-11-21", "2020-10"),
        ("2020-10-13", "2020-10"),
        ("2022-12-30", "2020-10"),
        ("2022-12-31", "2022-12"),
        ("2024-07-03", "2022-12"),
        ("2024-07-04", "2024-07"),
    ],
)
def test_the_day_decides_the_perimeter(day: str, millesime: str) -> None:
    selection = Selection.from_query(f"date={day}&millesime=2024-07")
    assert selection.millesime == millesime
    assert selection.to_query() == f"date={day}"
    assert selection.at("") == Selection()


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("041100fb429f", "041100fb429f"),
        ("041100fb429fdb08788f5ef8410fb38b", "041100fb429f"),
        ("041100FB429F", ""),
        ("041100fb429", ""),
        ("../../etc/pa", ""),
        ("", ""),
    ],
)
def test_a_link_may_name_the_publication_that_it_was_made_with(written: str, read: str) -> None:
    selection = Selection.from_query(f"publication={written}&region=32")
    assert selection.publication == read
    assert selection.to_query() == ("region=32" + (f"&publication={read}" if read else ""))
    assert selection.only_filters().publication == ""


def test_an_imported_site_can_be_selected_by_the_id_of_the_standard() -> None:
    assert Selection.from_query("sel=importe:80024_SITE-ECO_00001").selected_pair() == (
        "importe",
        "80024_SITE-ECO_00001",
    )
    assert Selection.from_query("sel=importe:__").selected_pair() is None
