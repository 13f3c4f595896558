"""The page ``/chronologie``: everything dated, what was known on a day, what changed between two."""

from dash import html

from geodata.queries.as_of import change_between, neighbours, standing_on
from geodata.queries.measures import all_measures, reference_day
from geodata.queries.timeline import timeline_of
from geodata.repository import Tables
from pages.visit import Document, Visit
from state.period import Period
from views.chronologie.changes import draw_changes
from views.chronologie.events import draw_events, draw_months
from views.chronologie.lanes import draw_lanes
from views.chronologie.slider import draw_slider
from views.chronologie.standing import draw_standing
from views.chronologie.words import Context

BEFORE = "2018-11-01"
"""The first stop of the slider: before the programme was launched."""


def show(tables: Tables, visit: Visit) -> Document:
    """The whole page; without a day asked for, the latest that the publication knows of."""
    context = context_of(tables, visit)
    before, after = neighbours(context.steps, context.day)
    period = context.period
    change = change_between(tables, period.start, period.end) if period.start and period.end else None
    pack = tuple(
        (item.id, item.name(visit.language))
        for item in all_measures(tables)
        if any(fact.startswith("P") for fact in item.facts)
    )
    state_title = context.say("chronologie_etat", day=context.date(context.day))
    page = html.Div(
        [
            html.H1(context.say("chronologie_titre")),
            html.P(context.say("chronologie_lead"), className="lead"),
            html.Section(
                [
                    html.H2(state_title, id="etat"),
                    draw_slider(context, before, after),
                    draw_standing(context, standing_on(tables, context.day)),
                ],
                id="etat-section",
            ),
            draw_lanes(context),
            draw_months(context),
            draw_changes(context, change),
            draw_events(context, pack),
        ],
        className="page chronology-page",
    )
    title, description = context.say("chronologie_titre"), context.say("chronologie_description")
    return Document(
        title,
        page,
        description,
        styles=("chronologie",),
        modules=("chronologie.mjs",),
        view=context.selection.to_query(),
    )


def context_of(tables: Tables, visit: Visit) -> Context:
    """What the parts of the page are told. A stop of the slider counts when no date is asked for."""
    timeline, period = timeline_of(tables), Period.from_query(visit.query)
    steps = (BEFORE, *timeline.steps)
    stop = steps[min(period.step, len(steps) - 1)] if period.step is not None else ""
    asked = visit.selection.date or stop
    return Context(
        selection=visit.selection.at(asked),
        period=period,
        day=asked or reference_day(tables),
        is_asked=bool(asked),
        timeline=timeline,
        steps=steps,
        regions=dict(tables["regions"][["code_region", "nom"]].itertuples(index=False)),
        titles={name: str(source["title"]) for name, source in tables.manifest.sources.items()},
    )
