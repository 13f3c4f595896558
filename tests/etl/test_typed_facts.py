"""The facts typed by hand in ``etl/tables``: complete, sourced, in both languages, true to their documents."""

import re
from collections.abc import Iterator
from pathlib import Path

import pandas as pd
import pytest

import contract

ROOT = Path(__file__).resolve().parents[2]
TABLES = ("mesures", "jalons", "chiffres", "chiffres-ecarts", "contradictions", "faits", "acteurs")
SEEDS = {
    "seed-hdf": "000_*.txt",
    "seed-cvl": "001_*.txt",
    "seed-economie-gouv": "002_*.txt",
    "seed-adcf": "003_*.txt",
    "seed-dge": "004_*.txt",
}
SOURCES = {
    *SEEDS,
    *("totaux-publies", "territoires", "sites-annonces", "pages-publiques"),
    *("barometre", "barometre-anterieurs", "plan-de-relance"),
}
COMPARED = {"territoires-membres", "sites-cles-en-main"}
FACTS = {"T": 15, "R": 9, "K": 9, "P": 13, "H": 15, "V": 9}
ISO_DATE = re.compile(r"\d{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12]\d|3[01]))?)?")


def read(name: str) -> pd.DataFrame:
    """A typed table as text: an empty string is null."""
    return pd.read_csv(ROOT / "etl" / "tables" / f"{name}.csv", dtype=str, keep_default_na=False)


def items(value: str) -> list[str]:
    return value.split("|") if value else []


def cells(kind: str) -> Iterator[tuple[str, str, str, contract.Field]]:
    """Every filled cell of a kind: table, key, text, field."""
    for name in TABLES:
        table = contract.table(name)
        for row in read(name).to_dict("records"):
            for field in table.fields.values():
                if field.kind == kind and row[field.name]:
                    yield name, row[table.key[0]], row[field.name], field


def known_facts() -> set[str]:
    return {f"{letter}{number:02d}" for letter, count in FACTS.items() for number in range(1, count + 1)}


@pytest.mark.parametrize("name", TABLES)
def test_columns_are_those_of_the_contract(name: str) -> None:
    assert list(read(name).columns) == list(contract.table(name).fields)


@pytest.mark.parametrize("name", TABLES)
def test_keys_are_unique(name: str) -> None:
    keys = read(name)[contract.table(name).key[0]]
    assert not keys[keys.duplicated()].tolist()


@pytest.mark.parametrize("name", TABLES)
def test_required_fields_are_filled(name: str) -> None:
    table = read(name)
    fields = contract.table(name).fields.values()
    required = [field.name for field in fields if not field.is_nullable and field.kind != "list"]
    assert {
        column: table.index[table[column] == ""].tolist() for column in required if (table[column] == "").any()
    } == {}


@pytest.mark.parametrize("name", TABLES)
def test_both_languages_are_filled_together(name: str) -> None:
    table = read(name)
    for french in [column for column in table if column.endswith("_fr")]:
        english = french.removesuffix("_fr") + "_en"
        assert ((table[french] == "") == (table[english] == "")).all(), french


@pytest.mark.parametrize("name", TABLES)
def test_no_cell_has_stray_spaces_or_line_ends(name: str) -> None:
    for column, values in read(name).items():
        assert not values[(values != values.str.strip()) | values.str.contains(r"[\n\r]|  ")].tolist(), column


def test_there_are_37_measures() -> None:
    assert read("mesures")["mesure_id"].tolist() == [f"M{number:02d}" for number in range(1, 38)]


def test_every_founding_fact_is_typed_somewhere_and_no_other() -> None:
    lists = [*read("mesures")["faits"], *read("jalons")["faits"], *read("chiffres")["fait"]]
    assert {fact for value in lists for fact in items(value)} == known_facts()
    assert set(read("faits")["fait"]) == known_facts()


def test_codes_and_values_are_allowed() -> None:
    wrong = []
    for kind in ("string", "list"):
        for name, key, text, field in cells(kind):
            found = items(text) if kind == "list" else [text]
            wrong += [(name, key, field.name, one) for one in found if field.allowed() and one not in field.allowed()]
    assert wrong == []


def test_numbers_are_positive_and_booleans_are_oui_or_non() -> None:
    for kind in ("int", "float"):
        assert [cell[:3] for cell in cells(kind) if float(cell[2]) <= 0] == []
    assert {text for _, _, text, _ in cells("bool")} <= {"oui", "non"}


def test_dates_are_iso() -> None:
    texts = [*read("jalons")["date"], *read("chiffres")["date"]]
    texts += [one for value in read("mesures")["echeances"] for one in items(value)]
    assert [text for text in texts if text and not ISO_DATE.fullmatch(text)] == []
    for _, key, text, _ in cells("date"):
        assert pd.Timestamp(text).strftime("%Y-%m-%d") == text, key


@pytest.mark.parametrize("name", TABLES)
def test_every_source_is_of_the_catalogue(name: str) -> None:
    known = SOURCES | COMPARED | {""} if name in ("chiffres-ecarts", "contradictions") else SOURCES
    assert set(read(name)["source"]) <= known


def test_gaps_name_empty_fields_of_the_contract() -> None:
    wrong = [
        (row["mesure_id"], gap)
        for row in read("mesures").to_dict("records")
        for gap in items(row["lacunes"])
        if row.get(gap) != ""
    ]
    assert wrong == []


def test_bodies_of_measures_and_milestones_are_in_the_actors() -> None:
    actors, measures, milestones = read("acteurs"), read("mesures"), read("jalons")
    bodies = {body for value in [*measures["porteur"], *measures["cofinanceurs"]] for body in items(value)}
    assert bodies <= set(actors["nom"])
    assert {one for value in milestones["acteurs"] for one in items(value)} <= set(actors["acteur_id"])
    assert {one for value in actors["mesures"] for one in items(value)} <= set(measures["mesure_id"])


def test_a_published_total_gives_its_address() -> None:
    figures = read("chiffres").query("source == 'totaux-publies' and chiffre_id != 'pack-rebond-500m'")
    assert len(figures) == 28
    assert figures["source_url"].str.startswith("https://").all()


def test_a_figure_of_a_public_page_gives_its_address_and_quotes_it() -> None:
    figures = read("chiffres").query("source == 'pages-publiques'")
    assert figures["source_url"].str.startswith(("https://", "http://")).all()
    assert (figures["citation"] != "").all()


def test_a_fact_from_a_document_quotes_it() -> None:
    for name in ("mesures", "jalons", "chiffres", "faits"):
        table = read(name)
        assert (table.loc[table["source"].isin(SEEDS), "citation"] != "").all(), name


def test_every_figure_has_its_comparison_and_every_group_its_figures() -> None:
    figures, gaps = read("chiffres")["chiffre_id"], read("chiffres-ecarts").set_index("chiffre_id")
    assert set(gaps.index) == set(figures)
    for value in read("contradictions")["chiffres"]:
        assert len(items(value)) >= 2
        assert set(items(value)) <= set(figures)
    for claim_id, formula in gaps["formule"].items():
        words = [word for word in formula.split(" ")[::2] if word and not word.isdigit()]
        assert set(words) <= set(figures), claim_id
        assert set(formula.split(" ")[1::2]) <= {"+", "−", "×", "÷"}, claim_id


def test_a_figure_that_is_not_computed_says_why() -> None:
    gaps = read("chiffres-ecarts")
    silent = gaps[(gaps["calcul"] == "") & (gaps["formule"] == "") & (gaps["motif"] == "")]
    assert silent["chiffre_id"].tolist() == []


@pytest.mark.parametrize(
    ("total", "parts"),
    [
        ("sites-78", ("sites-12", "sites-66")),
        ("reboost-30m", ("reboost-region-5m", "reboost-autres-25m")),
        ("booster-cible", ("booster-base", "booster-hausse")),
    ],
)
def test_derived_sums_are_right(total: str, parts: tuple[str, ...]) -> None:
    values = read("chiffres").set_index("chiffre_id")["valeur"].astype(float)
    assert values[total] == sum(values[part] for part in parts)


def test_derived_ratios_are_right() -> None:
    values = read("chiffres").set_index("chiffre_id")["valeur"].astype(float)
    assert values["investissement-moyen"] == round(values["investissements-1400m"] / values["projets-253"])
    assert values["booster-hausse-pct"] == round(100 * values["booster-hausse"] / values["booster-base"], 1)
    assert values["accelerateurs-cout-max"] == values["accelerateurs-300"] * values["accelerateurs-subvention-max"]
    assert values["accelerateurs-cout-min"] == values["accelerateurs-300"] * values["accelerateurs-subvention-min"]


def test_quotes_are_verbatim() -> None:
    folder = ROOT.parent / "shared" / "seeds"
    if not folder.is_dir():
        pytest.skip("the founding documents (../shared/seeds) are not on this machine: quotes cannot be compared")
    documents = {source: squeeze(next(folder.glob(name)).read_text("utf-8")) for source, name in SEEDS.items()}
    wrong = [
        (name, row[contract.table(name).key[0]])
        for name in ("mesures", "jalons", "chiffres", "faits")
        for row in read(name).to_dict("records")
        if row["source"] in SEEDS and row["citation"] and squeeze(row["citation"]) not in documents[row["source"]]
    ]
    assert wrong == []


def squeeze(text: str) -> str:
    """The text with every run of white space, no-break spaces included, made one space."""
    return re.sub(r"\s+", " ", text)
