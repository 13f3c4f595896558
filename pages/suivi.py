"""The page ``/suivi``: where each region stands against what was announced, what is late, what is not known."""

from typing import Any

from dash import html

from geodata.models.measures import FOLLOWED, MEASURES, SUM_RULES
from geodata.models.monitoring import RegionValues
from geodata.queries.completeness import field_label, list_completeness
from geodata.queries.filters import months_of, normalise
from geodata.queries.suivi import alerts as find
from geodata.queries.suivi import breakdown, funnel, indicators, inside, places, targets
from geodata.queries.suivi.indicators import NATION
from geodata.queries.suivi.regions import project_selection, region_values
from geodata.queries.totals import region_names
from geodata.repository import Tables
from geodata.shapes import load_shapes
from layouts import suivi as layout
from layouts.suivi import Block
from pages.visit import Document, Visit
from state.monitoring import Monitoring
from state.shown import Shown
from views.suivi import alerts, cards, compare, completeness, controls, maps, regions, series, splits, sums
from views.suivi import breakdown as details
from views.suivi import funnel as funnels
from views.suivi import places as places_drawn
from views.suivi.links import Context
from views.suivi.values import source_line
from views.text import day, number, text

_NATIONAL = ("entreprises", *FOLLOWED)


def show(tables: Tables, visit: Visit) -> Document:
    """The whole page, in the state that the query says."""
    context = Context(project_selection(visit.selection), Monitoring.from_query(visit.query))
    language = visit.language
    reading = "nombre" if context.state.view == "territoires" else context.state.view
    values = region_values(tables, context.selection, reading)
    whole = values if reading == "nombre" else region_values(tables, context.selection, "nombre")
    blocks = {
        "indicateurs": _indicators(tables, context),
        "alertes": _alerts(tables, context),
        "regions": _regions(tables, context, values),
        "comparer": _comparison(tables, context, values),
        "dispersion": _funnel(context, whole),
        "cartes": _maps(tables, context, values),
        "detail": _details(tables, context),
        "partage": _splits(tables, context),
        "series": _series(tables, context),
        "territoires": _places(tables, context),
        "completude": _completeness(tables, context),
        "sommes": _sums(context, whole),
    }
    months = sorted(months_of(tables["projets"]).unique())
    parts = [controls.draw_choices(context), controls.draw_filters(context, months), controls.draw_downloads(context)]
    page = layout.build(language, _lead(tables, context, whole), parts, blocks)
    return Document(
        text("title_suivi", language),
        page,
        text("suivi_description", language),
        styles=("suivi",),
        modules=("charts.mjs",),
        view=Shown(context.selection, chart="mesure").to_query(),
    )


def _lead(tables: Tables, context: Context, whole: RegionValues) -> str:
    language, dated = context.language, context.selection.date
    projects = int(whole.nation["projets"] or 0)
    published = str(tables.manifest.sources["plan-de-relance"]["date_published"])
    as_of = text("suivi_as_of", language, date=day(dated, language)) if dated else ""
    return as_of + text(
        "suivi_lead",
        language,
        projects=number(projects, language),
        date=day(published, language),
    )


def _names(tables: Tables) -> dict[str, str]:
    names = region_names(tables)[["code_region", "nom"]]
    return {NATION: "France", **dict(names.itertuples(index=False))}


def _regions_of(tables: Tables) -> list[tuple[str, str]]:
    rows = tables["regions"].assign(rang=tables["regions"]["nom"].map(normalise)).sort_values("rang")
    return list(rows[["code_region", "nom"]].itertuples(index=False, name=None))


def _indicators(tables: Tables, context: Context) -> Block:
    date, language = context.selection.date, context.language
    standings = [indicators.standing(tables, measure, NATION, date) for measure in _NATIONAL]
    due = [indicators.next_expected(MEASURES[item.measure], item.actual) for item in standings]
    announced = targets.announced_targets(tables, date)
    content = [
        cards.draw_cards(context, list(zip(standings, due, strict=True))),
        html.H3(text("suivi_targets", language)),
        cards.draw_targets(context, announced, _names(tables)),
    ]
    return Block(cards.finding(standings, announced, language), content, text("suivi_path_rule", language))


def _alerts(tables: Tables, context: Context) -> Block:
    found = find.find_alerts(tables, context.selection.date)
    return Block(alerts.finding(found, context.language), alerts.draw_alerts(context, found, _names(tables)))


def _regions(tables: Tables, context: Context, values: RegionValues) -> Block:
    language, measure = context.language, context.state.measure
    sources = html.P(source_line(context, measure, values.dates[measure]))
    notes = [sources, *(html.P(text(key, language)) for key in regions.cautions(values, measure))]
    finding = f"{regions.finding(context, values)} {regions.concentration_finding(values, language)}"
    if context.state.view != "territoires":
        return Block(finding, regions.draw_regions(context, values), notes)
    if measure not in inside.SPLIT:
        return Block(finding, html.P(text("suivi_no_split", language), className="warning"), notes)
    rows = regions.ordered(values, measure, context.state.sort)
    found = inside.region_splits(tables, context.selection, measure)
    return Block(finding, splits.draw_region_splits(context, rows, found, measure), notes)


def _comparison(tables: Tables, context: Context, values: RegionValues) -> Block:
    language = context.language
    hidden = controls.form_fields(context, "comparer", "avec")
    form = compare.draw_form(context, _regions_of(tables), hidden)
    known = [code for code in context.state.compared if code in set(tables["regions"]["code_region"])]
    if len(known) != 2:
        return Block(text("suivi_compare_invite", language), form)
    pair = (known[0], known[1])
    by_region = {
        code: [indicators.standing(tables, measure, code, context.selection.date) for measure in FOLLOWED]
        for code in pair
    }
    filieres = breakdown.projects_by(tables, context.selection, "filiere")
    drawn = compare.draw_comparison(context, values, by_region, filieres, pair)
    return Block(compare.finding(context, values, pair), [form, html.Div(drawn, className="comparison")])


def _funnel(context: Context, whole: RegionValues) -> Block:
    language, measure, view = context.language, context.state.measure, context.state.view
    found = funnel.funnel(whole, measure, view)
    if found is None:
        return Block("", html.P(text("suivi_no_funnel", language)))
    drawn = funnels.draw_funnel(context, found, measure, view, whole.dates[measure])
    return Block("", drawn, text(f"suivi_funnel_rule_{found.law}", language))


def _maps(tables: Tables, context: Context, values: RegionValues) -> Block:
    shapes = load_shapes(tables, "regions-apercu", "code_region")
    reading = text(f"suivi_view_{values.view}", context.language).lower()
    finding = text("suivi_maps_lead", context.language, n=len(maps.MAPPED), view=reading)
    return Block(finding, maps.draw_maps(context, values, shapes))


def _details(tables: Tables, context: Context) -> Block:
    language, detail = context.language, context.state.detail
    choice = controls.draw_details(context)
    if detail == "vagues":
        found = breakdown.sites_by_region(tables, context.selection.date)
        order = breakdown.waves(tables, context.selection.date)
        drawn: Any = details.draw_waves(context, _regions_of(tables), found, order)
        finding, source = details.waves_finding(found, order, language), "sites"
    else:
        counted = breakdown.projects_by(tables, context.selection, detail)
        drawn, finding, source = (
            details.draw_matrix(context, counted),
            details.matrix_finding(counted, language),
            "projets",
        )
    dated = str(tables.manifest.sources[MEASURES[source].source]["date_published"] or "")
    return Block(finding, [choice, drawn], html.P(source_line(context, source, dated)))


def _splits(tables: Tables, context: Context) -> Block:
    found = inside.national_splits(tables, context.selection)
    note = text("suivi_split_note", context.language)
    return Block(splits.finding(found, context.language), splits.draw_national_splits(context, found), note)


def _series(tables: Tables, context: Context) -> Block:
    language, date = context.language, context.selection.date
    rows = indicators.helped_series(tables, date)
    rows = rows[rows["code"] != NATION]
    if rows.empty:
        return Block("", html.P(text("suivi_series_none", language)))
    by_region = tables["regions"].set_index("code_region")
    if context.state.view == "habitants":
        rows = series.per_inhabitant(rows, by_region["population"].astype(float).to_dict())
    last = rows.sort_values("date").drop_duplicates("code", keep="last").sort_values("valeur", ascending=False)
    known = [code for code in context.state.compared if code in by_region.index]
    chosen = known if len(known) == 2 else list(last["code"].head(2))
    mainland = rows[rows["code"].map(by_region["zone"]) == "metropole"]
    median = mainland.groupby("date")["valeur"].median()
    names = _names(tables)
    content = [series.draw_multiples(context, rows, names), series.draw_series(context, rows, chosen, names, median)]
    unit = text("suivi_per_habitants" if context.state.view == "habitants" else "suivi_view_nombre", language).lower()
    return Block(text("suivi_multiples_lead", language, unit=unit), content, text("suivi_caution_barometre", language))


def _places(tables: Tables, context: Context) -> Block:
    state, selection = context.state, context.selection
    rows, _, _ = places.territoire_rows(tables, selection, state.view)
    page = places.territoire_page(tables, selection, state.view, state.words, state.place_sort, state.place_page)
    hidden = controls.form_fields(context, "cherche", "page_ti")
    largest = float(rows["ecart"].abs().max()) if len(rows) else 0.0
    content = [
        places_drawn.draw_search(context, hidden),
        places_drawn.draw_places(context, page, largest),
        places_drawn.draw_pager(context, page),
    ]
    silent = int((rows["projets"] == 0).sum())
    return Block(
        places_drawn.finding(page, silent, context.language), content, text("suivi_places_note", context.language)
    )


def _completeness(tables: Tables, context: Context) -> Block:
    """Of every project of the file, whatever the filters: how far a sum of a field can be trusted."""
    language = context.language
    rows = list_completeness(tables)
    labels = {row.field: field_label(row.field, language) for row in rows}
    drawn = completeness.draw_completeness(context, rows, _regions_of(tables), labels)
    return Block(completeness.finding(rows, language), drawn, text("suivi_completeness_note", language))


def _sums(context: Context, whole: RegionValues) -> Block:
    totals = {measure: float(whole.rows[measure].sum()) for measure in MEASURES if MEASURES[measure].is_divisible}
    drawn = sums.draw_sums(context, SUM_RULES, totals, whole.nation)
    return Block(sums.finding(totals, whole.nation, context.language), drawn)
