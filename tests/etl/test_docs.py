"""The documents about data are generated: the committed ones are those of today's contract and catalogue."""

import contract
from etl.catalog import catalog
from etl.docs import DATA_PATH, LICENCES_PATH, render_data, render_licences

HINT = "run `python -m etl docs` and commit"


def test_the_committed_documents_are_up_to_date() -> None:
    assert DATA_PATH.read_text(encoding="utf-8") == render_data(), HINT
    assert LICENCES_PATH.read_text(encoding="utf-8") == render_licences(), HINT


def test_every_table_field_and_source_is_described() -> None:
    text = render_data()
    assert all(f"### {name}\n" in text for name in (*contract.tables(), *catalog()))
    assert all(f"| `{field}` |" in text for table in contract.tables().values() for field in table.fields)


def test_every_source_stands_under_its_licence() -> None:
    text = render_licences()
    assert all(f"(`{name}`)" in text for name in catalog())
    assert all(source.licence_url in text for source in catalog().values())
