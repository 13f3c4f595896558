from dataclasses import FrozenInstanceError, replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

import contract
from state.needs import CHOICES, LIMITS, MAX_COMPARED, MAX_SHORTLIST, SORTS, Needs
from state.needs_presets import CRITERIA, DEFAULT_WEIGHTS, PRESETS
from tests.strategies import WORDS
from tests.strategies_needs import any_needs

NAMES = [
    *CHOICES,
    *LIMITS,
    "q",
    "filiere",
    "rayon",
    "projets",
    "inconnus",
    "poids",
    "profil",
    "tri",
    "vue",
    "liste",
    "sites",
]


@given(any_needs())
def test_needs_survive_their_address(needs: Needs) -> None:
    assert Needs.from_query(needs.to_query()) == needs


@given(any_needs())
def test_the_address_is_canonical(needs: Needs) -> None:
    assert Needs.from_query(f"?{needs.to_query()}").to_query() == needs.to_query()


@given(st.text(st.characters(), max_size=300))
def test_any_text_is_an_address(query: str) -> None:
    needs = Needs.from_query(query)
    assert Needs.from_query(needs.to_query()) == needs


@given(st.dictionaries(st.sampled_from([*NAMES, *(f"p_{name}" for name in CRITERIA)]), WORDS))
def test_any_value_of_a_known_name_is_read(values: dict[str, str]) -> None:
    needs = Needs.from_query("&".join(f"{name}={value}" for name, value in values.items()))
    assert Needs.from_query(needs.to_query()) == needs


@pytest.mark.parametrize(
    "query",
    [
        "surface_min=-5",
        "surface_min=1e9&gare_fret=nan&port=inf",
        "surface_min=" + "9" * 400,
        "surface_min=٣٤",
        "poids=port:9,gare_fret:-1,zzz:3,bassin:²",
        "p_port=55&p_bassin=&p_zzz=3",
        "liste=" + ",".join(f"s-{n}" for n in range(500)),
        "sites=<script>,../../x,a,b,c,d,e,f",
        "profil=__class__&tri=drop&vue=3d&rayon=9000&projets=9999999",
        "nomme=rail,avion&ti=peut-etre",
        "region=%00&region=é\ud800",
        ";;;&&&===",
    ],
)
def test_hostile_addresses_give_small_usable_needs(query: str) -> None:
    needs = Needs.from_query(query)
    assert Needs.from_query(needs.to_query()) == needs
    assert all(0 < value <= LIMITS[name].largest for name, value in needs.limits)
    assert set(needs.all_weights().values()) <= set(range(6))
    assert len(needs.shortlist) <= MAX_SHORTLIST
    assert len(needs.compared) <= MAX_COMPARED
    assert needs.sort in SORTS
    assert "<" not in needs.to_query()
    assert ".." not in needs.to_query()


def test_the_default_needs_have_no_query() -> None:
    assert Needs().to_query() == ""
    assert Needs.from_query("") == Needs()
    with pytest.raises(FrozenInstanceError):
        Needs().text = "other"  # type: ignore[misc]


def test_a_submitted_form_says_the_same_as_its_canonical_address() -> None:
    """A form repeats names and sends empty fields and every weight."""
    weights = "&".join(f"p_{name}={DEFAULT_WEIGHTS[name]}" for name in CRITERIA)
    form = f"region=44&region=32&surface_min=50%2C5&surface_max=&q=&projets=0&sites=b&sites=a&{weights}"
    needs = Needs.from_query(form)
    assert needs.to_query() == "region=32,44&surface_min=50.5&sites=b,a"


@pytest.mark.parametrize("name", PRESETS)
def test_a_profile_alone_starts_from_it_and_can_be_edited(name: str) -> None:
    needs = Needs.from_query(f"profil={name}&region=32")
    preset = PRESETS[name]
    assert needs.weights == preset.weights
    assert dict(needs.limits) == dict(preset.limits)
    assert not needs.is_preset_changed()
    edited = Needs.from_query(needs.to_query().replace("surface_", "zzz_"))
    assert not dict(edited.limits)
    assert edited.is_preset_changed()
    assert edited.values_of("region") == ("32",)


def test_another_profile_replaces_the_weights_and_keeps_the_place_and_the_shortlist() -> None:
    needs = Needs.from_query("profil=batterie&region=32&liste=a,b&q=port").started_from("atelier")
    assert needs.weights == PRESETS["atelier"].weights
    assert (needs.values_of("region"), needs.shortlist, needs.text) == (("32",), ("a", "b"), "port")
    assert needs.started_from("") == replace(needs, preset="", weights=(), limits=(), filiere="")


def test_low_confidence_is_left_out_unless_asked_for() -> None:
    assert Needs().values_of("confiance") == ("elevee", "moyenne")
    assert set(Needs().without("confiance").values_of("confiance")) == set(contract.codes("confiance"))


@given(any_needs())
def test_a_filter_taken_off_is_gone_and_nothing_else_is(needs: Needs) -> None:
    for name, _ in needs.limits:
        without = needs.without(name)
        assert without.limit_of(name) is None
        assert replace(without, limits=needs.limits) == needs
    for value in needs.values_of("nomme"):
        assert set(needs.without(f"nomme:{value}").values_of("nomme")) == set(needs.values_of("nomme")) - {value}


def test_a_star_is_put_on_and_off() -> None:
    starred = Needs().toggled("b").toggled("a")
    assert starred.shortlist == ("b", "a")
    assert starred.toggled("b").shortlist == ("a",)


@given(any_needs())
def test_the_question_forgets_the_display(needs: Needs) -> None:
    other = replace(needs, language="en", view="carte", sort="nom", shortlist=("x",), compared=("y",), preset="")
    assert other.question() == needs.question()
