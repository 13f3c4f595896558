"""The calendar of the measures: openings, deadlines, closings, as a list and as a file for one's own calendar."""

from collections.abc import Sequence
from typing import Any

from dash import html

from geodata.models.measure import MeasureEvent
from views.mesures.words import Context, address, facts
from views.scrolled import scrolled
from views.text import day, number


def draw_calendar(context: Context, events: Sequence[MeasureEvent], n_undated: int) -> html.Section:
    """Every dated day of the measures that the filters keep; those to come first marked.

    Args:
        n_undated: measures kept whose source gives no date at all.
    """
    upcoming = next((event for event in events if event.day >= context.day), None)
    title = html.H2(context.say("mesures_calendrier"), id="calendrier")
    if not events:
        return html.Section([title, html.P(context.say("mesures_calendrier_vide"))], className="calendar")
    return html.Section(
        [
            title,
            html.P(_next(context, upcoming), className="calendar-next"),
            scrolled(_table(context, events, upcoming), context.say("mesures_calendrier")),
            html.P(context.say("mesures_sans_date_n", n=number(n_undated, context.language)), className="source"),
            html.P(
                [
                    html.A(context.say("mesures_ics"), href=address(context, path="/mesures.ics"), className="button"),
                    " ",
                    html.Small(context.say("mesures_ics_sens")),
                ]
            ),
        ],
        className="calendar",
    )


def _next(context: Context, event: MeasureEvent | None) -> str:
    asked = day(context.day, context.language)
    if event is None:
        return context.say("mesures_prochaine_aucune", day=asked)
    name = event.measure.name(context.language)
    what = context.say(f"mesures_{event.kind}")
    return context.say("mesures_prochaine", day=asked, what=what, when=day(event.day, context.language), name=name)


def _table(context: Context, events: Sequence[MeasureEvent], upcoming: MeasureEvent | None) -> html.Table:
    head = [html.Th(context.say(f"mesures_col_{name}"), scope="col") for name in ("date", "quoi", "mesure")]
    rows = [_row(context, event, event is upcoming) for event in events]
    caption = context.say("mesures_calendrier_titre", n=number(len(events), context.language))
    return html.Table([html.Caption(caption), html.Thead(html.Tr(head)), html.Tbody(rows)], className="table")


def _row(context: Context, event: MeasureEvent, is_next: bool) -> html.Tr:
    item = event.measure
    classes = ["is-past" if event.day < context.day else "", "is-next" if is_next else ""]
    rounds: Any = None
    if item.n_rounds and event.kind == "ouverture":
        rounds = context.say("mesures_vagues_n", n=number(item.n_rounds, context.language))
    derived = html.Small(context.say("mesures_deduite")) if event.is_derived else None
    link = html.A(f"{item.id} · {item.name(context.language)}", href=address(context, anchor=item.id))
    return html.Tr(
        [
            html.Th([html.Time(day(event.day, context.language), dateTime=event.day), " ", derived], scope="row"),
            html.Td(context.say(f"mesures_{event.kind}")),
            html.Td([link, " ", html.Small(rounds) if rounds else None]),
        ],
        className=" ".join(filter(None, classes)) or None,
        **facts(item.facts),
    )
