"""Everything dated as a list by year, each with its words, source, actors and figures; and the months as a table."""

from itertools import groupby
from typing import Any

from dash import html

from geodata.models.timeline import TimelineEvent
from views.chronologie.words import Context, claim_link, facts, page_link, region_words, source_link
from views.scrolled import scrolled

PACK = "pack-rebond"
_SEAT = "71076"  # Chalon-sur-Saône, where the Pack Rebond was unveiled


def draw_events(context: Context, pack_measures: tuple[tuple[str, str], ...]) -> html.Section:
    """The list; what was not known on the day asked for is marked, never hidden.

    Args:
        pack_measures: (id, name) of the measures of the Pack Rebond, for its sheet.
    """
    content: list[Any] = [html.H2(context.say("chronologie_liste"), id="liste")]
    for year, events in groupby(context.timeline.events, key=lambda event: event.sure[:4]):
        items = [_event(context, event, pack_measures) for event in events]
        content += [html.H3(year), html.Ol(items, className="events")]
    undated = [_event(context, event, ()) for event in context.timeline.undated]
    content += [
        html.H3(context.say("chronologie_sans_date")),
        html.P(context.say("chronologie_sans_date_sens"), className="source"),
    ]
    content += [html.Ol(undated, className="events")]
    return html.Section(content)


def _event(context: Context, event: TimelineEvent, pack: tuple[tuple[str, str], ...]) -> html.Li:
    is_future = context.is_asked and event.sure > context.day
    when = context.date(event.written) if event.written else context.say("chronologie_date_inconnue")
    derived = context.say("chronologie_deduite") if event.is_derived else ""
    moment: Any = html.Time(when, dateTime=event.written) if event.written else when
    lane = html.Span(context.say(f"chronologie_voie_{event.lane}"), className=f"event-lane is-{event.lane}")
    head = html.P(
        [
            html.Span([moment, html.Small(derived)], className="event-when"),
            lane,
            html.Strong(event.title(context.language)),
        ]
    )
    future = html.Small(context.say("chronologie_pas_encore"), className="event-future") if is_future else None
    return html.Li(
        [head, future, _details(context, event, pack)],
        id=event.id,
        className="event is-future" if is_future else "event",
        **facts(event.facts),
    )


def _details(context: Context, event: TimelineEvent, pack: tuple[tuple[str, str], ...]) -> Any:
    parts = [*_claims(context, event), *_links(context, event), *_origin(context, event)]
    if event.id == PACK:
        parts = [*parts, *_sheet(context, pack)]
    if not parts:
        return None
    key = "chronologie_fiche" if event.id == PACK else "chronologie_detail"
    return html.Details([html.Summary(context.say(key)), html.Div(parts, className="event-body")])


def _claims(context: Context, event: TimelineEvent) -> list[Any]:
    if not event.claims:
        return []
    rows = [html.Li(claim_link(context, claim)) for claim in event.claims]
    return [html.P(context.say("chronologie_chiffres")), html.Ul(rows)]


def _links(context: Context, event: TimelineEvent) -> list[Any]:
    if event.measure:
        href = page_link(context, "/mesures", event.measure)
        return [html.P(html.A(context.say("chronologie_voir_mesure", id=event.measure), href=href))]
    if not event.wave:
        return []
    query = f"vue=liste&onglet=sites&vague={event.wave}&confiance=elevee,faible,moyenne"
    return [html.P(html.A(context.say("chronologie_voir_sites"), href=page_link(context, "/", query=query, on="")))]


def _origin(context: Context, event: TimelineEvent) -> list[Any]:
    parts: list[Any] = []
    if event.actors and event.id != PACK:
        parts.append(html.P([context.say("chronologie_acteurs"), " ", ", ".join(name for name, _, _ in event.actors)]))
    place = " · ".join(filter(None, (event.place, region_words(context, event.region))))
    if place and event.id != PACK:
        parts.append(html.P([context.say("chronologie_lieu"), " ", place]))
    if event.quote:
        parts.append(html.Blockquote(event.quote, lang="fr", className="quote"))
    if event.source:
        parts.append(
            html.P([context.say("chronologie_source"), " ", source_link(context, event.source)], className="source")
        )
    return parts


def _sheet(context: Context, measures: tuple[tuple[str, str], ...]) -> list[Any]:
    """The sheet of the Pack Rebond: actors and what they did, place on the map, what came with it, documents."""
    event = next(item for item in context.timeline.events if item.id == PACK)
    is_english = context.language == "en"
    actors = [
        html.Li([html.Strong(name), " — ", english if is_english else french]) for name, french, english in event.actors
    ]
    links = [html.Li(html.A(f"{code} · {name}", href=page_link(context, "/mesures", code))) for code, name in measures]
    place = html.A(event.place or "", href=page_link(context, "/", query=f"sel=commune:{_SEAT}", on=""))
    around = [
        html.Li(html.A(context.say(f"chronologie_fiche_{name}"), href=f"#{name}"))
        for name in ("senat", "adcf-salue", "sites-66")
    ]
    documents = [html.Li(context.say(f"chronologie_document_{name}")) for name in ("dossier", "communique")]
    return [
        html.H4(context.say("chronologie_fiche_acteurs")),
        html.Ul(actors, **facts(["P01"])),
        html.H4(context.say("chronologie_fiche_lieu")),
        html.P([place, context.say("chronologie_fiche_hote")]),
        html.H4(context.say("chronologie_fiche_autour")),
        html.Ul(around, **facts(["P12"])),
        html.H4(context.say("chronologie_fiche_mesures", n=context.n(len(links)))),
        html.Ul(links),
        html.H4(context.say("chronologie_fiche_documents")),
        html.Ul(documents, **facts(["P13"])),
    ]


def draw_months(context: Context) -> html.Details:
    """Projects and baromètre month by month: the twin in words of the last two lanes."""
    keys = ("mois", "projets", "cumul", "barometre")
    head = [
        html.Th(context.say(f"chronologie_col_{key}"), scope="col", className="number" if i else None)
        for i, key in enumerate(keys)
    ]
    rows = []
    for month in context.timeline.months:
        words = context.date(month.month)
        query = f"vue=liste&mois={month.month}"
        shown = (
            html.A(context.n(month.projects), href=page_link(context, "/", query=query, on=""))
            if month.projects
            else "0"
        )
        helped = context.say("chronologie_inconnu") if month.barometer is None else context.n(month.barometer)
        cells = (shown, context.n(month.total), helped)
        rows.append(html.Tr([html.Th(words, scope="row"), *(html.Td(cell, className="number") for cell in cells)]))
    table = html.Table(
        [html.Caption(context.say("chronologie_mois_titre")), html.Thead(html.Tr(head)), html.Tbody(rows)],
        className="table",
    )
    return html.Details(
        [html.Summary(context.say("chronologie_mois")), scrolled(table, context.say("chronologie_mois_titre"))],
        id="mois",
    )
