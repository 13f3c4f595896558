"""Every number of ``/suivi``, read in its HTML, against pandas on the published files and formats of its own."""

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from decimal import ROUND_HALF_EVEN, Decimal
from functools import cache
from html.parser import HTMLParser
from itertools import pairwise
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from flask.testing import FlaskClient

from geodata.repository import Tables
from pages import suivi
from pages.visit import Visit
from state import Selection
from views.markup import to_html

LANGUAGES = ("fr", "en")
UNKNOWN = {"fr": "non renseigné", "en": "not stated"}
COLLECTIVITIES = {"987": "Polynésie française", "988": "Nouvelle-Calédonie"}
Row = dict[str, Any]


@dataclass
class Tag:
    """An element: its attributes, its children."""

    name: str
    attributes: dict[str, str]
    children: list["Tag | str"] = field(default_factory=list)

    def text(self, *, small: bool = True) -> str:
        parts = [
            child if isinstance(child, str) else child.text(small=small)
            for child in self.children
            if isinstance(child, str) or small or child.name != "small"
        ]
        return "".join(parts)

    def all(self, name: str, **where: str) -> list["Tag"]:
        found = []
        for child in self.children:
            if isinstance(child, Tag):
                is_it = child.name == name and all(
                    value in child.attributes.get(key.replace("_", "-").strip("-"), "").split()
                    for key, value in where.items()
                )
                found += [child] if is_it else []
                found += child.all(name, **where)
        return found


class Tree(HTMLParser):
    VOID = frozenset({"br", "hr", "img", "input", "path", "rect", "circle", "polyline"})

    def __init__(self) -> None:
        super().__init__()
        self.stack = [Tag("root", {})]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        made = Tag(tag, {key: value or "" for key, value in attrs})
        self.stack[-1].children.append(made)
        if tag not in self.VOID:
            self.stack.append(made)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.stack[-1].children.append(Tag(tag, {key: value or "" for key, value in attrs}))

    def handle_endtag(self, tag: str) -> None:
        if tag not in self.VOID:
            assert self.stack[-1].name == tag, f"</{tag}> closes <{self.stack[-1].name}>"
            self.stack.pop()

    def handle_data(self, data: str) -> None:
        self.stack[-1].children.append(data)


@cache
def page(tables: Tables, query: str) -> Tag:
    document = suivi.show(tables, Visit("/suivi", query, Selection.from_query(query)))
    tree = Tree()
    tree.feed(to_html(document.content))
    assert len(tree.stack) == 1
    return tree.stack[0]


def section(root: Tag, name: str) -> Tag:
    return next(tag for tag in root.all("section") if tag.attributes.get("id") == name)


def bare(written: str) -> str:
    """Without any space, and with an ASCII minus."""
    return re.sub(r"\s", "", written).replace("\u2212", "-")


def cells(row: Tag) -> list[str]:
    return [bare(cell.text(small=False)) for cell in row.all("td")]


class Format:
    """Numbers as each language writes them, independent of the page's own way; spaces left out."""

    def __init__(self, language: str) -> None:
        self.language = language

    def number(self, value: float | None, decimals: int = 0) -> str:
        if value is None or pd.isna(value):
            return bare(UNKNOWN[self.language])
        rounded = Decimal(str(float(value))).quantize(Decimal(1).scaleb(-decimals), ROUND_HALF_EVEN)
        written = f"{rounded:,.{decimals}f}"
        return written.replace(",", "").replace(".", ",") if self.language == "fr" else written

    def one(self, value: float | None) -> str:
        return self.number(value, 1)

    def two(self, value: float | None) -> str:
        return self.number(value, 2)

    def share(self, value: float | None) -> str:
        missing = value is None or pd.isna(value)
        return self.number(value) if missing else f"{self.number((value or 0) * 100, 1)}%"

    def euros(self, value: float | None) -> str:
        if value is None or pd.isna(value):
            return self.number(value)
        scales = ((1e9, ("Md€", "bn")), (1e6, ("M€", "m")), (1e3, ("k€", "k")))
        size, names = next((item for item in scales if value >= item[0]), (1.0, ("€", "")))
        amount = self.one(value / size).removesuffix(",0").removesuffix(".0")
        return f"{amount}{names[0]}" if self.language == "fr" else f"€{amount}{names[1]}"


@dataclass
class Facts:
    """The published files, read again."""

    folder: Path

    def read(self, name: str) -> pd.DataFrame:
        return pd.read_parquet(self.folder / f"{name}.parquet")

    def regions(self) -> pd.DataFrame:
        """One row a region, every measure of the table, computed with other means than the page."""
        rows = self.read("regions").set_index("code_region")[["nom", "population", "zone"]]
        projects = self.read("projets")
        rows["projets"] = projects.groupby("code_region").size().reindex(rows.index, fill_value=0)
        inside = projects[projects["ti_2020_10"] == "dans"].groupby("code_region").size()
        rows["dans"] = inside.reindex(rows.index, fill_value=0) / rows["projets"].where(rows["projets"] > 0)
        shares = projects.dropna(subset=["filiere"]).groupby("code_region")["filiere"].value_counts(normalize=True)
        rows["concentration"] = shares.groupby("code_region").max()
        rows["hhi"] = shares.pow(2).groupby("code_region").sum()
        places = self.read("territoires").query("millesime == '2020-10'")
        rows["territoires"] = places.groupby("code_region").size().reindex(rows.index, fill_value=0)
        touched = [code for codes in places["codes_region"] for code in codes]
        rows["touches"] = [touched.count(code) for code in rows.index]
        coverage = self.read("sites-couverture")
        rows["sites"] = coverage.groupby("code_region")["documentes"].sum().reindex(rows.index, fill_value=0)
        for name in ("nb-entreprises-industrielles-agricoles", "IND-334", "IND-335", "IND-337", "IND-905"):
            rows[name] = self.latest(name, "region")
        rows["IND-337"] *= 1_000_000
        return rows

    def latest(self, indicator: str, level: str) -> pd.Series:
        rows = self.read("indicateurs")
        kept = rows[
            (rows["indicateur_id"] == indicator)
            & (rows["niveau"] == level)
            & (rows["nature"] == "atteinte")
            & rows["source"].isin(["ditp", "barometre"])
        ]
        return kept.sort_values("date").groupby("code")["valeur"].last()


@pytest.fixture(scope="module")
def facts(published: Path) -> Facts:
    return Facts(published)


# The columns after the measure looked at and its gap, in the order of the page.
COLUMNS = (
    "sites",
    "territoires",
    "touches",
    "projets",
    "dans",
    "concentration",
    "hhi",
    *("nb", "IND-334", "IND-335", "IND-337", "IND-905"),
)
NAMES = {"nb": "nb-entreprises-industrielles-agricoles"}


def formats(style: Format, view: str) -> dict[str, Callable[[Any], str]]:
    count = style.number if view == "nombre" else style.one
    rare = style.number if view == "nombre" else style.two
    return {
        **dict.fromkeys(("sites", "territoires", "touches", "IND-334"), rare),
        **dict.fromkeys(("projets", "nb"), count),
        "IND-337": style.number,
        **dict.fromkeys(("dans", "concentration"), style.share),
        "hhi": style.two,
        "IND-335": style.one,
        "IND-905": style.euros,
    }


def expected_row(row: pd.Series, style: Format, view: str, measure: str, median: float) -> list[str]:
    show = formats(style, view)
    values = {name: row[NAMES.get(name, name)] for name in COLUMNS}
    if view != "nombre":
        base = row["population"] / 100_000 if view == "habitants" else row["IND-337"] / 10_000
        base = base if view == "habitants" or row["IND-337"] > 10_000 else float("nan")
        divided = (
            set(COLUMNS) - {"dans", "concentration", "hhi", "IND-335"} - ({"IND-337"} if view == "emplois" else set())
        )
        values |= {name: values[name] / base for name in divided}
        if view == "emplois":
            show = show | {"IND-337": style.number}
    gap = values[measure] - median
    is_none = not re.search("[1-9]", show[measure](abs(gap)))
    sign = "" if pd.isna(gap) else "±" if is_none else "+" if gap > 0 else "-"
    return [
        show[measure](values[measure]),
        sign + show[measure](abs(gap)),
        *(show[name](values[name]) for name in COLUMNS if name != measure),
    ]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("view", ["nombre", "habitants", "emplois"])
def test_every_number_of_the_eighteen_regions(tables: Tables, facts: Facts, language: str, view: str) -> None:
    root = page(tables, f"lang={language}&lecture={view}")
    (table,) = section(root, "regions").all("table", _class="regions-table")
    rows = facts.regions()
    base = {
        "nombre": 1,
        "habitants": rows["population"] / 1e5,
        "emplois": rows["IND-337"].where(rows["IND-337"] > 1e4) / 1e4,
    }
    median = (rows["projets"] / base[view])[rows["zone"] == "metropole"].median()
    shown = {row.attributes["data-code"]: cells(row) for row in table.all("tr") if "data-code" in row.attributes}
    assert set(shown) == set(rows.index) | set(COLLECTIVITIES)
    for code, row in rows.iterrows():
        assert shown[str(code)] == expected_row(row, Format(language), view, "projets", median), code


@pytest.mark.parametrize("language", LANGUAGES)
def test_collectivities_have_their_projects_and_nothing_else(tables: Tables, facts: Facts, language: str) -> None:
    root = page(tables, f"lang={language}")
    counts = facts.read("projets")["code_region"].value_counts()
    rows = {row.attributes.get("data-code"): row for row in section(root, "regions").all("tr")}
    for code, name in COLLECTIVITIES.items():
        row = rows[code]
        assert row.all("th")[0].text() == name
        assert cells(row)[0] == str(counts[code])
        assert cells(row).count(bare(UNKNOWN[language])) == 9


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_median_and_the_nation(tables: Tables, facts: Facts, language: str) -> None:
    root = page(tables, f"lang={language}")
    style, rows = Format(language), facts.regions()
    median, nation = (cells(row) for row in section(root, "regions").all("tfoot")[0].all("tr"))
    show = formats(style, "nombre")
    order = ["projets", *(name for name in COLUMNS if name != "projets")]
    mainland = rows[rows["zone"] == "metropole"]
    expected = [show[name](mainland[NAMES.get(name, name)].median()) if name != "hhi" else "" for name in order]
    assert median == [expected[0], "", *expected[1:]]
    projects = facts.read("projets")
    values = {
        "projets": len(projects),
        "sites": facts.read("sites-couverture").query("code_region == 'FR'")["documentes"].sum(),
        **dict.fromkeys(("territoires", "touches"), 148),
        "dans": (projects["ti_2020_10"] == "dans").mean(),
        "concentration": projects["filiere"].value_counts(normalize=True).max(),
        "nb": facts.latest(NAMES["nb"], "pays")["FR"],
        "IND-334": facts.latest("IND-334", "pays")["FR"],
        "IND-335": facts.latest("IND-335", "pays")["FR"],
        "IND-337": facts.latest("IND-337", "pays")["FR"] * 1e6,
        "IND-905": facts.latest("IND-905", "pays")["FR"] * 1e9,
    }
    written = [show[name](values[name]) if name != "hhi" else "" for name in order]
    assert nation == [written[0], "", *written[1:]]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(("detail", "column"), [("mesure", "mesure"), ("filiere", "filiere"), ("mois", "mois")])
def test_every_number_of_the_breakdowns(tables: Tables, facts: Facts, language: str, detail: str, column: str) -> None:
    projects = facts.read("projets")
    projects["mois"] = projects["date_mise_a_jour"].astype(str).str[:7]
    counts = pd.crosstab(projects["code_region"], projects[column].fillna("?"))
    root = page(tables, f"detail={detail}&lang={language}")
    (table,) = section(root, "detail").all("table")
    style = Format(language)
    shown = {row.attributes["data-code"]: cells(row) for row in table.all("tr") if "data-code" in row.attributes}
    assert len(shown) == 20  # Mayotte, without a project, is there
    for code, found in counts.iterrows():
        assert sorted(shown[str(code)][:-1]) == sorted(style.number(value) for value in found)
        assert shown[str(code)][-1] == style.number(found.sum())
    assert cells(table.all("tfoot")[0])[-1] == style.number(len(projects))


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_number_of_the_waves(tables: Tables, facts: Facts, language: str) -> None:
    coverage = facts.read("sites-couverture")
    root = page(tables, f"lang={language}")
    (table,) = section(root, "detail").all("table")
    waves = ["2020-01", "2020-07", "2021-09", "2024-04"]
    rows = [row for row in table.all("tr") if "data-code" in row.attributes]
    assert len(rows) == 19
    for row in rows:
        code = row.attributes["data-code"]
        mine = coverage[coverage["code_region"] == code].set_index("vague")
        for wave, shown in zip(waves, cells(row), strict=False):
            documented, announced = shown.split("/")
            assert documented == str(mine["documentes"].get(wave, 0))
            stated = mine["annonces"].get(wave)
            if stated is not None and not pd.isna(stated):
                assert announced == str(int(stated))
            else:
                assert announced == ("0" if wave == "2021-09" else "?")
        assert cells(row)[-1] == str(mine["documentes"].sum())


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("millesime", ["2020-10", "2022-12", "2024-07"])
def test_every_number_inside_and_outside(tables: Tables, facts: Facts, language: str, millesime: str) -> None:
    root = page(tables, f"lang={language}&millesime={millesime}&lecture=territoires")
    style, projects = Format(language), facts.read("projets")
    column = f"ti_{millesime.replace('-', '_')}"
    for row in section(root, "regions").all("tr"):
        code = row.attributes.get("data-code")
        if code:
            mine = projects[projects["code_region"] == code][column].value_counts()
            parts = [mine.get(part, 0) for part in ("dans", "hors", "inconnu")]
            assert cells(row)[:4] == [style.number(value) for value in (sum(parts), *parts)]
    national = {row.attributes.get("data-measure"): row for row in section(root, "partage").all("tr")}
    for measure, field_name in (("emplois_crees", "emplois_crees"), ("investissement", "investissement_eur")):
        stated = projects.groupby(column)[field_name].sum(min_count=1)
        parts = [stated.get(part) for part in ("dans", "hors", "inconnu")]
        show = style.euros if measure == "investissement" else style.number
        total = projects[field_name].sum()
        assert cells(national[measure])[:4] == [show(value) for value in (total, *parts)]
    companies = facts.latest(NAMES["nb"], "pays")["FR"]
    unknown = bare(UNKNOWN[language])
    assert cells(national["entreprises"])[:4] == [style.number(companies), unknown, unknown, style.number(companies)]


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_card_is_the_source_value_with_its_date_and_target(tables: Tables, facts: Facts, language: str) -> None:
    root = page(tables, f"lang={language}")
    style, rows = Format(language), facts.read("indicateurs")
    cards = {card.attributes["data-measure"]: card for card in root.all("article", _class="kpi")}
    scale: dict[str, tuple[str, float, Callable[[Any], str]]] = {
        "nouveaux_sites": ("IND-334", 1.0, style.number),
        "delai": ("IND-335", 1.0, style.one),
        "emplois": ("IND-337", 1e6, style.number),
        "engagements": ("IND-905", 1e9, style.euros),
    }
    for measure, (indicator, factor, show) in scale.items():
        mine = rows[(rows["indicateur_id"] == indicator) & (rows["niveau"] == "pays")].sort_values("date")
        actual, target, initial = (mine[mine["nature"] == kind].iloc[-1] for kind in ("atteinte", "cible", "initiale"))
        card = cards[measure]
        assert bare(card.all("span", _class="kpi-value")[0].text()) == show(actual["valeur"] * factor)
        assert str(actual["date"].year) in card.all("span", _class="kpi-date")[0].text()
        facts_shown = [bare(item.text()) for item in card.all("dd")]
        assert facts_shown[0].startswith(show(initial["valeur"] * factor) + "(")
        assert facts_shown[1].startswith(show(target["valeur"] * factor) + "(")
        days = (actual["date"] - initial["date"]).days / (target["date"] - initial["date"]).days
        path = (initial["valeur"] + (target["valeur"] - initial["valeur"]) * days) * factor
        shown = show(round(path, -3) if measure == "emplois" else path)
        assert facts_shown[2].startswith(shown + "(")
    helped = cards["entreprises"]
    assert bare(helped.all("span", _class="kpi-value")[0].text()) == style.number(8972)
    assert [bare(item.text()) for item in helped.all("dd")][:3] == [bare(UNKNOWN[language])] * 3
    next_values = [bare(cards[name].all("dd")[3].text()) for name in ("nouveaux_sites", "delai", "engagements")]
    assert next_values == [bare(UNKNOWN[language])] * 3  # no source says when


def test_every_announced_target_leads_to_its_claim_and_source(tables: Tables) -> None:
    rows = [row for row in section(page(tables, ""), "indicateurs").all("tr") if "data-claim" in row.attributes]
    assert len(rows) == 18
    ledger = tables["chiffres"].set_index("chiffre_id")
    for row in rows:
        claim = row.attributes["data-claim"]
        links = [link.attributes["href"] for link in row.all("a")]
        assert links == [f"/chiffres#{claim}", f"/sources#{ledger.loc[claim, 'source']}"]
    silent = [row for row in rows if bare(UNKNOWN["fr"]) in cells(row)[3]]
    assert len(silent) == 16  # nothing published says what was reached


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_territoires_are_counted_as_in_the_files(tables: Tables, facts: Facts, language: str) -> None:
    root = page(tables, f"lang={language}&ordre_ti=-projets")
    style, counts = Format(language), facts.read("projets")["territoire_2020_10"].value_counts()
    places = facts.read("territoires").query("millesime == '2020-10'").set_index("territoire_id")
    median = places.index.map(counts).to_series().fillna(0).median()
    rows = [row for row in section(root, "territoires").all("tr") if "data-code" in row.attributes]
    assert len(rows) == 20
    for row in rows:
        code = row.attributes["data-code"]
        population, n = places.loc[code, "population"], counts[code]
        _, people, projects, rate, gap, *_ = cells(row)
        assert (people, projects) == (style.number(population), style.number(n))
        assert rate == style.one(n / population * 100_000)
        assert gap == ("+" if n > median else "") + style.number(n - median)


def test_two_regions_side_by_side_say_what_the_table_says(tables: Tables, facts: Facts) -> None:
    rows = facts.regions()
    root = page(tables, "comparer=84,32")
    compared = section(root, "comparer")
    first = {
        row.attributes["data-measure"]: cells(row) for row in compared.all("tr") if "data-measure" in row.attributes
    }
    style = Format("fr")
    for measure, column in (
        ("projets", "projets"),
        ("sites", "sites"),
        ("touches", "touches"),
        ("entreprises", NAMES["nb"]),
    ):
        assert (first[measure][0], first[measure][2]) == tuple(
            style.number(rows.loc[code, column]) for code in ("84", "32")
        )
    assert "Choisissez" in section(page(tables, "comparer=84"), "comparer").text()
    assert "Choisissez" in section(page(tables, "comparer=84,zz"), "comparer").text()


def test_the_sentence_names_the_region_most_concentrated_in_one_filiere(tables: Tables, facts: Facts) -> None:
    rows = facts.regions()
    said = section(page(tables, ""), "regions").all("p", _class="finding")[0].text()
    assert rows["concentration"].idxmax() == "94"
    assert "Corse (agroalimentaire, 64,3" in said
    assert rows.loc[rows["projets"] >= 30, "concentration"].idxmax() == "76"
    assert "Occitanie (aéronautique, 32,6" in said


def test_the_order_asked_for_is_the_order_shown_and_missing_is_last(tables: Tables) -> None:
    def order(query: str) -> list[str]:
        table = section(page(tables, query), "regions").all("table")[0]
        return [row.attributes["data-code"] for row in table.all("tbody")[0].all("tr")]

    assert order("ordre=-concentration")[0] == "94"
    assert order("ordre=nom")[:2] == ["84", "27"]
    assert order("ordre=nom").index("11") < order("ordre=nom").index("04")  # Île-de-France before La Réunion
    for sort in ("emplois", "-emplois"):
        assert set(order(f"ordre={sort}")[-5:]) == {"01", "02", "03", "04", "06"}


@pytest.mark.parametrize(
    "query",
    [
        "date=2018-01-01",
        "date=2020-07-20&lang=en",
        "mesure=covid&filiere=petrochimie",
        "lecture=territoires&indicateur=delai",
        "indicateur=concentration&lecture=emplois",
        "comparer=06,94&lecture=emplois&detail=mois",
        "cherche=%3Cscript%3Ealert(1)%3C/script%3E&page_ti=99&millesime=2024-07",
        "region=%00&mois=2099-01&comparer=..,%3C&q=%27",
    ],
)
def test_any_state_is_a_page_and_nothing_of_it_is_code(tables: Tables, query: str) -> None:
    root = page(tables, query)
    assert len(root.all("h1")) == 1
    assert not root.all("script")
    levels = [int(tag.name[1]) for tag in _headings(root)]
    assert all(after - before <= 1 for before, after in pairwise(levels))
    ids = [tag.attributes["id"] for tag in _everything(root) if "id" in tag.attributes]
    assert len(ids) == len(set(ids))


def _everything(root: Tag) -> list[Tag]:
    found = []
    for child in root.children:
        if isinstance(child, Tag):
            found += [child, *_everything(child)]
    return found


def _headings(root: Tag) -> list[Tag]:
    return [tag for tag in _everything(root) if re.fullmatch(r"h[1-6]", tag.name)]


def test_every_link_within_the_page_has_a_target_and_keeps_the_state(tables: Tables) -> None:
    root = page(tables, "lang=en&lecture=habitants&mesure=covid&comparer=84,32")
    ids = {tag.attributes.get("id") for tag in _everything(root)}
    links = [tag.attributes["href"] for tag in root.all("a")]
    assert all(link[1:] in ids for link in links if link.startswith("#"))
    own = [link for link in links if link.startswith("/suivi?") and "lecture=" in link]
    assert all("lang=en" in link for link in own)
    assert all(link.rpartition("#")[2] in ids for link in own if "#" in link)
    assert all("lang=en" in link for link in links if link.startswith(("/regions/", "/territoires/", "/sources")))


@pytest.mark.parametrize("language", ["fr", "en"])
def test_completeness_is_the_share_of_projects_that_state_a_field(
    client: FlaskClient, tables: Tables, language: str
) -> None:
    written = client.get(f"/suivi?lang={language}").get_data(as_text=True)
    row = written.split('data-field="investissement_eur"')[1].split("</tr>")[0]
    cells = re.findall(r"<td[^>]*>([^<]*)</td>", row)
    share = tables["projets"]["investissement_eur"].notna().mean()
    shown = re.sub("[\u202f\xa0 %]", "", cells[0]).replace(",", ".")
    assert shown == f"{share * 100:.1f}"
    assert len(cells) == 19
