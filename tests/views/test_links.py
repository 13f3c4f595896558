from hypothesis import given

from state import Selection
from tests.strategies import any_selections
from views.links import link_to, link_to_object


@given(any_selections())
def test_a_link_keeps_everything_but_what_it_changes(selection: Selection) -> None:
    address = link_to(selection, "/sources", language="en")
    assert address.startswith("/sources?")
    assert Selection.from_query(address.partition("?")[2]).filters == selection.filters
    assert Selection.from_query(address.partition("?")[2]).language == "en"


def test_the_default_state_has_the_shortest_address() -> None:
    assert link_to(Selection()) == "/"
    assert link_to_object(Selection(), "site", "scm20a-01") == "/?sel=site:scm20a-01"
