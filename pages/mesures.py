"""The page ``/mesures``: which measures exist, which one a firm may ask for and why, and when."""

from typing import Any

from dash import html

from geodata.queries.claims_by_fact import claims_by_fact
from geodata.queries.measures import (
    all_measures,
    events_of,
    measures_of,
    operators_of,
    reference_day,
    state_on,
)
from geodata.queries.measures_finder import find
from geodata.repository import Tables
from pages.visit import Document, Visit
from state.enquiry import Enquiry
from views.mesures.calendar import draw_calendar
from views.mesures.catalogue import draw_catalogue
from views.mesures.finder import draw_answers
from views.mesures.form import draw_form
from views.mesures.simulator import draw_simulator
from views.mesures.stories import draw_stories
from views.mesures.words import Context
from views.text import day, number

SIMULATED = "M25"


def show(tables: Tables, visit: Visit) -> Document:
    """The whole page; the answers of the finder come first once a firm is described."""
    context = context_of(tables, visit)
    language = visit.language
    items = measures_of(tables, context.enquiry, context.day)
    total = len(all_measures(tables))
    events = events_of(items)
    dated = {event.measure.id for event in events}
    lead_key = "mesures_lead" if visit.selection.date else "mesures_lead_sans_date"
    found = find(tables, items, context.enquiry, context.day) if context.enquiry.is_firm_described else ()
    call = next(item for item in all_measures(tables) if item.id == SIMULATED)
    content: list[Any] = [
        html.H1(context.say("mesures_titre")),
        html.P(context.say(lead_key, n=number(total, language), day=day(context.day, language)), className="lead"),
        draw_form(context, operators_of(tables)),
        draw_answers(context, found) if found else None,
        draw_calendar(context, events, len(items) - len(dated)),
        draw_catalogue(context, items, total, lambda item: state_on(item, context.day)),
        draw_simulator(context, call),
        draw_stories(context),
    ]
    page = html.Div(content, className="page measures-page")
    return Document(context.say("mesures_titre"), page, context.say("mesures_description"), styles=("mesures",))


def context_of(tables: Tables, visit: Visit) -> Context:
    """What the parts of the page are told."""
    return Context(
        selection=visit.selection,
        enquiry=Enquiry.from_query(visit.query),
        day=visit.selection.date or reference_day(tables),
        regions=dict(tables["regions"][["code_region", "nom"]].itertuples(index=False)),
        titles={name: str(source["title"]) for name, source in tables.manifest.sources.items()},
        claims=claims_by_fact(tables, visit.language),
    )
