"""The alerts, one sentence each: the rule, the figures that it read, their dates."""

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
    """A column a kind of alert, each with its rule."""
    groups = [(kind, list(found)) for kind, found in groupby(alerts, key=lambda alert: alert.kind)]
    return html.Div([_group(context, kind, found, names) for kind, found in groups], className="alerts")


def _group(context: Context, kind: str, alerts: list[Alert], names: Names) -> html.Section:
    language = context.language
    title = text(f"suivi_alert_{kind}", language)
    return html.Section(
        [
            html.H3([title, " ", html.Span(number(len(alerts), language), className="count")]),
            html.P(text(f"suivi_alert_{kind}_rule", language), className="rule"),
            html.Ul([html.Li(_item(context, alert, names)) for alert in alerts]),
        ],
        className=f"alert-group alert-{kind}",
    )


def _item(context: Context, alert: Alert, names: Names) -> list[Any]:
    language = context.language
    source = html.A(
        text(f"suivi_source_{MEASURES[alert.measure].source}", language),
        href=context.source(MEASURES[alert.measure].source),
    )
    return [html.Strong(_who(context, alert, names)), " · ", sentence(alert, language), " ", html.Small(source)]


def _who(context: Context, alert: Alert, names: Names) -> list[Any]:
    """The areas, each linked to its sheet; a source is itself."""
    language = context.language
    if alert.kind == "frozen":
        return [text(f"suivi_source_{alert.cause}", language)]
    found: list[Any] = []
    for code in alert.codes:
        found += [names[code] if code == "FR" else html.A(names[code], href=context.region(code)), ", "]
    return found[:-1]


def sentence(alert: Alert, language: str) -> str:
    """The alert in words, without its area."""
    measure = alert.measure
    name = label(measure, language).lower()
    dated = day(str(alert.day), language) if alert.day else contract.unknown(language)
    item = alert.standing
    if alert.kind in ("late", "falling") and item and item.actual:
        return _moved(alert, name, dated, language)
    if alert.kind == "overdue":
        last = day(str(item.actual.day), language) if item and item.actual else contract.unknown(language)
        due = month_of(alert.month, language)
        return text("suivi_said_overdue", language, measure=name, last=last, due=due, file=dated)
    if alert.cause == "unplaced":
        total, placed, documented = (number(value, language) for value in alert.values)
        wave = contract.label_of("vague", alert.wave, language).lower()
        return text("suivi_said_unplaced", language, wave=wave, total=total, placed=placed, documented=documented)
    key = "suivi_said_frozen" if alert.kind == "frozen" else f"suivi_said_{alert.cause}"
    return text(key, language, measure=name, date=dated)


def _moved(alert: Alert, name: str, dated: str, language: str) -> str:
    """Late: against the path; falling: against the value before."""
    item, measure = alert.standing, alert.measure
    assert item is not None
    assert item.actual is not None
    value = show(measure, item.actual.value, "nombre", language)
    if alert.kind == "late":
        target = item.target
        assert target is not None
        return text(
            "suivi_said_late",
            language,
            measure=name,
            value=value,
            date=dated,
            path=show(measure, item.path, "nombre", language),
            gap=show_gap(measure, item.actual.value - (item.path or 0.0), "nombre", language),
            target=show(measure, target.value, "nombre", language),
            target_date=day(str(target.day), language),
        )
    before = item.previous
    assert before is not None
    return text(
        "suivi_said_falling",
        language,
        measure=name,
        before=show(measure, before.value, "nombre", language),
        before_date=day(str(before.day), language),
        value=value,
        date=dated,
    )


def finding(alerts: Sequence[Alert], language: str) -> str:
    """How many of each kind."""
    counts = {kind: sum(alert.kind == kind for alert in alerts) for kind in dict.fromkeys(a.kind for a in alerts)}
    words = [f"{text(f'suivi_alert_{kind}', language).lower()} : {n}" for kind, n in counts.items()]
    if language == "en":
        words = [word.replace(" :", ":") for word in words]
    return text("suivi_finding_alerts", language, n=len(alerts), kinds=", ".join(words))
