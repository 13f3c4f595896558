import pytest
from hypothesis import given
from hypothesis import strategies as st

from state.enquiry import AUDIENCES, NEEDS, SECTORS, STATES, TYPES, Enquiry
from tests.strategies import WORDS

NAMES = (
    "region",
    "axe",
    "type",
    "beneficiaire",
    "etat",
    "porteur",
    "effectif",
    "ma_region",
    "secteur",
    "montant",
    "ti",
)


@st.composite
def enquiries(draw: st.DrawFn) -> Enquiry:
    several = {"type": TYPES, "beneficiaire": AUDIENCES, "etat": STATES}
    query = [f"{name}={','.join(draw(st.lists(st.sampled_from(values))))}" for name, values in several.items()]
    query += [f"effectif={draw(st.integers(0, 99_999))}", f"secteur={draw(st.sampled_from(SECTORS))}"]
    query += [f"besoin={draw(st.sampled_from(NEEDS))}", f"ma_region={draw(st.sampled_from(['24', '2A', '']))}"]
    return Enquiry.from_query("&".join(query))


@given(enquiries())
def test_an_enquiry_survives_its_address(enquiry: Enquiry) -> None:
    assert Enquiry.from_query(enquiry.to_query()) == enquiry


@given(st.dictionaries(st.sampled_from(NAMES), WORDS))
def test_any_value_is_read(values: dict[str, str]) -> None:
    enquiry = Enquiry.from_query("&".join(f"{name}={value}" for name, value in values.items()))
    assert Enquiry.from_query(enquiry.to_query()) == enquiry


@given(st.text(st.characters(), max_size=300))
def test_any_text_is_an_address(query: str) -> None:
    enquiry = Enquiry.from_query(query)
    assert Enquiry.from_query(enquiry.to_query()) == enquiry


@pytest.mark.parametrize(
    "query",
    ["effectif=-1", "effectif=1e9", "effectif=²", "montant=abc", "secteur=<b>", "ma_region=../x", "axe=zzz", "%ff"],
)
def test_what_cannot_be_read_is_not_said(query: str) -> None:
    assert Enquiry.from_query(query) == Enquiry()


def test_repeated_fields_of_a_form_are_one_list() -> None:
    assert Enquiry.from_query("type=ami&type=aap&region=32&region=24").to_query() == "region=24,32&type=aap,ami"
    assert Enquiry.from_query("montant=50 000").amount == 50_000


def test_a_firm_is_what_the_finder_reads() -> None:
    assert not Enquiry.from_query("axe=innovation&region=32").is_firm_described
    assert Enquiry.from_query("effectif=0").is_firm_described
