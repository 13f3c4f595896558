"""One row a region and one column a measure, in the view asked for; the median of mainland regions; the nation."""

from dataclasses import replace

import pandas as pd

import contract
from geodata.models.measures import MEASURES, PER
from geodata.models.monitoring import RegionValues
from geodata.queries.filters import projects_of, territoires_of
from geodata.queries.suivi.concentration import concentration_by
from geodata.queries.suivi.indicators import NATION, latest_values, standing
from geodata.queries.totals import region_names
from geodata.repository import Tables
from state import Selection
from state.dates import waves_at

PROJECT_FACETS = ("mesure", "filiere", "mois")
MAX_ROUNDING = 0.1  # a denominator known less well than that gives no ratio


def project_selection(selection: Selection) -> Selection:
    """What of a selection the monitoring page follows: language, date, millesime, and scheme, filière and month."""
    kept = tuple(pair for pair in selection.filters if pair[0] in PROJECT_FACETS)
    return replace(selection.only_filters(), filters=kept, text="")


def region_values(tables: Tables, selection: Selection, view: str) -> RegionValues:
    """Every measure of every region. ``view``: ``nombre``, ``habitants`` (per 100,000), ``emplois`` (per 10,000 jobs).

    Projects follow the filters (scheme, filière, month of update); the other measures know none of these.
    """
    asked = project_selection(selection)
    projects = projects_of(tables, asked)
    rows = _base(tables, asked.date)
    counts = _projects(rows, projects, asked.millesime)
    published = {code: _published(tables, rows, code, asked.date) for code, item in MEASURES.items() if item.indicator}
    native = rows.assign(
        **counts, **published, **_territoires(tables, rows, asked), sites=_documented(tables, rows, asked.date)
    )
    is_collectivity = native["zone"] == "collectivite"
    local = ["projets", "dans", "concentration"]
    others = [code for code in MEASURES if code not in local]
    native[others] = native[others].where(~is_collectivity)
    nation = _nation(tables, native, projects, asked)
    shown = in_view(native, view)
    return RegionValues(
        shown, _medians(shown), _nation_in_view(nation, native, tables, view, asked.date), _dates(tables, asked), view
    )


def in_view(rows: pd.DataFrame, view: str) -> pd.DataFrame:
    """The rows with every divisible measure per inhabitant or per job; a share or a mean stays what it is."""
    if view not in PER:
        return rows
    base = rows["population"] if view == "habitants" else rows["emplois_base"]
    codes = [code for code in MEASURES if is_divided(code, view)]
    return rows.assign(**{code: rows[code] / base * PER[view] for code in codes})


def is_divided(measure: str, view: str) -> bool:
    """True when the measure is shown per inhabitant or per job in that view."""
    is_itself = measure == "emplois" and view == "emplois"
    return view in PER and MEASURES[measure].is_divisible and not is_itself


def _base(tables: Tables, day: str) -> pd.DataFrame:
    rows = region_names(tables).merge(tables["regions"][["code_region", "population"]], on="code_region", how="left")
    jobs = latest_values(tables, "emplois", day)
    half = MEASURES["emplois"].rounding
    known = {code: value.value for code, value in jobs.items() if value.value * MAX_ROUNDING >= half}
    return rows.assign(population=rows["population"].astype(float), emplois_base=rows["code_region"].map(known))


def _projects(rows: pd.DataFrame, projects: pd.DataFrame, millesime: str) -> dict[str, pd.Series]:
    column = contract.column_for("ti", millesime)
    total = rows["code_region"].map(projects["code_region"].value_counts()).fillna(0.0)
    inside = rows["code_region"].map(projects.loc[projects[column] == "dans", "code_region"].value_counts()).fillna(0.0)
    found = concentration_by(projects, "code_region").set_index("key")
    return {
        "projets": total.astype(float),
        "dans": (inside / total).where(total > 0),
        "concentration": rows["code_region"].map(found["share"]),
        "premiere_filiere": rows["code_region"].map(found["filiere"]),
        "n_premiere": rows["code_region"].map(found["n_first"]),
        "n_filiere": rows["code_region"].map(found["n"]),
        "hhi": rows["code_region"].map(found["hhi"]),
    }


def _published(tables: Tables, rows: pd.DataFrame, measure: str, day: str) -> pd.Series:
    latest = {code: value.value for code, value in latest_values(tables, measure, day).items()}
    return rows["code_region"].map(latest).astype(float)


def _territoires(tables: Tables, rows: pd.DataFrame, asked: Selection) -> dict[str, pd.Series]:
    found = territoires_of(tables, asked)
    led = found["code_region"].value_counts()
    touched = found["codes_region"].explode().value_counts()
    return {
        "territoires": rows["code_region"].map(led).fillna(0.0),
        "touches": rows["code_region"].map(touched).fillna(0.0),
    }


def _documented(tables: Tables, rows: pd.DataFrame, day: str) -> pd.Series:
    """Labels documented, all waves: a region without a row has none in the list, which is complete as a list."""
    coverage = _coverage(tables, day)
    return rows["code_region"].map(coverage.groupby("code_region")["documentes"].sum()).fillna(0.0)


def _dates(tables: Tables, asked: Selection) -> dict[str, str]:
    """The date of the latest value of each measure: of the indicator, of the file, of the list, of the last wave."""
    projects = asked.date or str(tables.manifest.sources["plan-de-relance"]["date_published"])
    announced = [code for code in waves_at(asked.date) if "|" not in code]
    listed = contract.codes("millesime")[asked.millesime].date or asked.millesime
    found = dict.fromkeys(("projets", "dans", "concentration"), projects)
    found |= {"territoires": listed, "touches": listed, "sites": announced[-1] if announced else ""}
    for code, item in MEASURES.items():
        if item.indicator:
            days = [str(value.day) for value in latest_values(tables, code, asked.date).values()]
            found[code] = max(days, default="")
    return found


def _coverage(tables: Tables, day: str) -> pd.DataFrame:
    rows = tables["sites-couverture"]
    return rows[rows["vague"].isin(waves_at(day))]


def _nation(tables: Tables, native: pd.DataFrame, projects: pd.DataFrame, asked: Selection) -> dict[str, float | None]:
    """The national values in their own unit: a territoire of several regions counts once."""
    whole = concentration_by(projects.assign(tout=NATION), "tout")
    inside = (projects[contract.column_for("ti", asked.millesime)] == "dans").sum()
    coverage = _coverage(tables, asked.date)
    found: dict[str, float | None] = {
        "sites": float(coverage.loc[coverage["code_region"] == NATION, "documentes"].sum()),
        "territoires": float(len(territoires_of(tables, asked))),
        "touches": float(len(territoires_of(tables, asked))),
        "projets": float(native["projets"].sum()),
        "dans": float(inside / len(projects)) if len(projects) else None,
        "concentration": float(whole["share"].iloc[0]) if len(whole) else None,
    }
    for code, item in MEASURES.items():
        if item.indicator:
            actual = standing(tables, code, NATION, asked.date).actual
            found[code] = actual.value if actual else None
    return found


def _nation_in_view(
    nation: dict[str, float | None], native: pd.DataFrame, tables: Tables, view: str, day: str
) -> dict[str, float | None]:
    if view not in PER:
        return nation
    jobs = standing(tables, "emplois", NATION, day).actual
    base = native["population"].sum() if view == "habitants" else (jobs.value if jobs else None)

    def divide(code: str, value: float | None) -> float | None:
        if not is_divided(code, view):
            return value
        return None if value is None or not base else value / base * PER[view]

    return {code: divide(code, value) for code, value in nation.items()}


def _medians(rows: pd.DataFrame) -> dict[str, float | None]:
    mainland = rows[rows["zone"] == "metropole"]
    medians = mainland[list(MEASURES)].median()
    return {code: None if pd.isna(value) else float(value) for code, value in medians.items()}
