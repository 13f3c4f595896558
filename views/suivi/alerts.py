"""The alerts by kind and measure: the rule once, the dates once, then the figures that it read for each area."""

from collections.abc import Mapping, Sequence
from itertools import groupby
from typing import Any

from dash import html

import contract
from geodata.models.measures import MEASURES
from geodata.models.monitoring import Alert
from views.suivi.links import Context
from views.suivi.values import label, month_of, show, show_gap
from views.text import day, number, text

Names = Mapping[str, str]


def draw_alerts(context: Context, alerts: Sequence[Alert], names: Names) -> html.Div:
    """A group a kind of alert, under its rule."""
    groups = [(kind, list(found)) for kind, found in groupby(alerts, key=lambda alert: alert.kind)]
    return html.Div([_group(context, kind, found, names) for kind, found in groups], className="alerts")


def _group(context: Context, kind: str, alerts: list[Alert], names: Names) -> html.Section:
    language = context.language
    by_subject: dict[tuple[str, str], list[Alert]] = {}
    for alert in alerts:
        by_subject.setdefault((alert.measure, subject(alert, language)), []).append(alert)
    parts = [_subject(context, measure, shown, found, names) for (measure, shown), found in by_subject.items()]
    title = html.H3(
        [text(f"suivi_alert_{kind}", language), " ", html.Span(number(len(alerts), language), className="count")]
    )
    rule = html.P(text(f"suivi_alert_{kind}_rule", language), className="rule")
    return html.Section([html.Div([title, rule]), html.Div(parts)], className=f"alert-group alert-{kind}")


def _subject(context: Context, measure: str, shown: str, alerts: list[Alert], names: Names) -> html.Div:
    """A measure and its dates, its source, then one item an area."""
    source = MEASURES[measure].source
    link = html.A(text(f"suivi_source_{source}", context.language), href=context.source(source))
    items = [html.Li(_item(context, alert, names), **_marks(alert)) for alert in alerts]
    return html.Div([html.H4([shown, " ", html.Small(link)]), html.Ul(items)], className="alert-subject")


def _marks(alert: Alert) -> dict[str, Any]:
    return {"data-kind": alert.kind, "data-measure": alert.measure, "data-codes": ",".join(alert.codes)}


def _item(context: Context, alert: Alert, names: Names) -> list[Any]:
    """The areas, each linked to its sheet, and the figures."""
    areas: list[Any] = []
    for code in alert.codes:
        areas += [names[code] if code == "FR" else html.A(names[code], href=context.region(code)), ", "]
    said = sentence(alert, context.language)
    return [html.Strong(areas[:-1]), f", {said}" if said else ""]


def subject(alert: Alert, language: str) -> str:
    """What a group of alerts is about: the measure, with the dates that its figures share."""
    name, item = label(alert.measure, language), alert.standing
    dated = day(str(alert.day), language) if alert.day else ""
    if alert.kind == "late" and item and item.target:
        until = day(str(item.target.day), language)
        return text("suivi_subject_late", language, measure=name, date=dated, target_date=until)
    if alert.kind == "falling" and item and item.previous:
        before = day(str(item.previous.day), language)
        return text("suivi_subject_falling", language, measure=name, before=before, date=dated)
    if alert.cause in ("no_value", "older"):
        return text(f"suivi_subject_{alert.cause}", language, measure=name, date=dated)
    return text(f"suivi_source_{alert.cause}", language) if alert.kind == "frozen" else name


def sentence(alert: Alert, language: str) -> str:
    """The figures of an alert in words, without its area; empty when the subject says it all."""
    item, measure = alert.standing, alert.measure
    dated = day(str(alert.day), language) if alert.day else contract.unknown(language)
    if alert.kind == "late" and item and item.actual and item.path is not None and item.target:
        return text(
            "suivi_said_late",
            language,
            value=show(measure, item.actual.value, "nombre", language),
            path=show(measure, item.path, "nombre", language),
            gap=show_gap(measure, item.actual.value - item.path, "nombre", language),
            target=show(measure, item.target.value, "nombre", language),
        )
    if alert.kind == "falling" and item and item.actual and item.previous:
        before, value = (show(measure, known.value, "nombre", language) for known in (item.previous, item.actual))
        return text("suivi_said_falling", language, before=before, value=value)
    if alert.kind == "overdue":
        last = day(str(item.actual.day), language) if item and item.actual else contract.unknown(language)
        return text("suivi_said_overdue", language, last=last, due=month_of(alert.month, language), file=dated)
    if alert.cause == "unplaced":
        total, placed, documented = (number(value, language) for value in alert.values)
        wave = contract.label_of("vague", alert.wave, language).lower()
        return text("suivi_said_unplaced", language, wave=wave, total=total, placed=placed, documented=documented)
    return text("suivi_said_frozen", language, date=dated) if alert.kind == "frozen" else ""


def finding(alerts: Sequence[Alert], language: str) -> str:
    """How many of each kind."""
    counts = {kind: sum(alert.kind == kind for alert in alerts) for kind in dict.fromkeys(a.kind for a in alerts)}
    words = [f"{text(f'suivi_alert_{kind}', language).lower()} ({n})" for kind, n in counts.items()]
    if not alerts:
        return text("suivi_finding_no_alert", language)
    return text(
        "suivi_finding_alerts",
        language,
        n=len(alerts),
        kinds="\u202f; ".join(words) if language == "fr" else "; ".join(words),
    )
