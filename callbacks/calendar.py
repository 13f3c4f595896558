"""The route ``/mesures.ics``: the days of the measures that the filters of ``/mesures`` keep."""

from dash import Dash
from flask import Response, request

from exports.calendar_file import MIMETYPE, DayEvent, export_calendar
from geodata.models.measure import MeasureEvent
from geodata.queries.measures import events_of, measures_of, reference_day
from geodata.repository import Tables
from state import Selection
from state.enquiry import Enquiry
from views.text import text

DOMAIN = "atlas-industrie"


def register(app: Dash, tables: Tables) -> None:
    """Adds the route (GET) to the app's server."""

    def download_calendar() -> Response:
        return send_calendar(tables, request.query_string.decode(errors="replace"), request.host_url)

    app.server.add_url_rule("/mesures.ics", "mesures_ics", download_calendar)


def send_calendar(tables: Tables, query: str, host: str) -> Response:
    """The file for an address; ``host`` ends with a slash and makes the links of the events absolute."""
    selection, enquiry = Selection.from_query(query), Enquiry.from_query(query)
    language = selection.language
    kept = measures_of(tables, enquiry, selection.date or reference_day(tables))
    events = [_event(event, language, host) for event in events_of(kept)]
    content = export_calendar(events, text("mesures_ics_nom", language), reference_day(tables))
    response = Response(content, content_type=MIMETYPE)
    response.headers["Content-Disposition"] = 'attachment; filename="atlas-industrie-mesures.ics"'
    response.headers["Cache-Control"] = "private, max-age=0"
    response.headers["X-Content-Type-Options"] = "nosniff"
    return response


def _event(event: MeasureEvent, language: str, host: str) -> DayEvent:
    item = event.measure
    derived = f" {text('mesures_deduite', language)}" if event.is_derived else ""
    query = "?lang=en" if language == "en" else ""
    return DayEvent(
        uid=f"{item.id}-{event.kind}-{event.day}@{DOMAIN}".lower(),
        day=event.day,
        title=f"{item.name(language)} : {text(f'mesures_{event.kind}', language)}{derived}",
        description=f"{item.summary(language)}\n\n« {item.quote} »",
        url=f"{host}mesures{query}#{item.id}",
    )
