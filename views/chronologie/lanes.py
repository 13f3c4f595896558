"""The lanes: programme, sites, plans, measures, projects a month, baromètre, on one scale of time. SVG, no script."""

from collections.abc import Sequence
from datetime import date
from html import escape

from dash import html

from geodata.models.measure import Measure
from geodata.models.timeline import LANES, MonthCount, TimelineEvent
from state.dates import sure_from
from views.chronologie.words import Context
from views.markup import MARKUP
from views.scrolled import scrolled

START, END = date(2018, 10, 1), date(2025, 1, 1)
LEFT, RIGHT, TOP = 120, 16, 40
WIDTH = 1120
ROW, LABEL, MARK = 12, 16, 5  # height of a row of marks and of the labels above, half size of a mark
BARS = 56
# Milestones named on the drawing: the others are in the list, and in their mark's title.
_LABELLED = {
    *("lancement", "pack-rebond", "perimetre-148", "perimetre-149", "perimetre-183"),
    *("choose-france", "sites-66", "sites-49", "sites-55", "plan-hdf", "france-relance", "fonds-300", "ami-rebond"),
}
_LEFTWARDS = {"plan-hdf", "pack-rebond", "choose-france"}


def draw_lanes(context: Context) -> html.Figure:
    """The drawing with its one-sentence finding; the list below is its twin in words."""
    lanes = {lane: [event for event in context.timeline.events if event.lane == lane] for lane in LANES}
    drawn: list[str] = []
    y = TOP
    for lane, events in lanes.items():
        calls = context.timeline.calls if lane == "mesures" else ()
        part, height = _lane(context, lane, events, calls, y)
        drawn.append(part)
        y += height
    drawn.append(_bars(context, context.timeline.months, y))
    y += BARS + 14
    drawn.append(_line(context, context.timeline.months, y))
    y += BARS + 14
    label = escape(context.say("chronologie_frise_titre"))
    svg = (
        f'<svg viewBox="0 0 {WIDTH} {y + 4}" class="lanes" role="img" aria-label="{label}">'
        f'<defs><pattern id="futur" width="6" height="6" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">'
        f'<line x1="0" y1="0" x2="0" y2="6" class="lane-future"/></pattern></defs>'
        f"{_years(y)}{''.join(drawn)}{_now(context, y)}</svg>"
    )
    return html.Figure(
        [
            html.Figcaption([html.H2(context.say("chronologie_frise_titre"), id="frise"), html.P(finding(context))]),
            scrolled(html.Div(**{MARKUP: svg}), named_by="frise"),
            html.P(context.say("chronologie_frise_legende"), className="source"),
        ],
        className="lanes-figure",
    )


def finding(context: Context) -> str:
    """The busiest year and the busiest month, computed."""
    years = [event.sure[:4] for event in context.timeline.events]
    year = max(sorted(set(years)), key=years.count)
    month = max(context.timeline.months, key=lambda item: item.projects)
    return context.say(
        "chronologie_frise_constat",
        total=context.n(len(years)),
        year=year,
        n=context.n(years.count(year)),
        month=context.date(month.month),
        projects=context.n(month.projects),
    )


def position(day: str) -> float:
    """The abscissa of a day, in units of the drawing."""
    share = (date.fromisoformat(day) - START).days / (END - START).days
    return round(LEFT + share * (WIDTH - LEFT - RIGHT), 1)


def _years(height: int) -> str:
    parts = []
    for year in range(START.year + 1, END.year):
        x = position(f"{year}-01-01")
        parts.append(f'<line x1="{x}" y1="{TOP - 8}" x2="{x}" y2="{height}" class="lane-year"/>')
        parts.append(f'<text x="{x + 4}" y="{TOP - 12}" class="lane-tick">{year}</text>')
    return "".join(parts)


def _lane(
    context: Context, lane: str, events: Sequence[TimelineEvent], calls: Sequence[Measure], top: int
) -> tuple[str, int]:
    """One lane and its height: labels above, marks below, each on the first row where it does not touch another."""
    rows: list[float] = []
    parts: list[str] = []
    first = top + LABEL + ROW
    for event in events:
        x = position(event.sure)
        row = next((i for i, last in enumerate(rows) if x - last > 2 * MARK + 2), len(rows))
        rows[row : row + 1] = [x]
        parts.append(_mark(context, event, x, first + row * ROW))
        if event.id in _LABELLED:
            parts.append(_label(context, event, x, top + LABEL))
    bottom = first + max(len(rows), 1) * ROW
    for call in calls:
        parts.append(_call(context, call, bottom))
        bottom += ROW + 2
    name = escape(context.say(f"chronologie_voie_{lane}"))
    frame = f'<text x="0" y="{first + 4}" class="lane-name">{name}</text>'
    frame += f'<line x1="0" y1="{bottom}" x2="{WIDTH}" y2="{bottom}" class="lane-rule"/>'
    return frame + "".join(parts), bottom - top + 2


def _mark(context: Context, event: TimelineEvent, x: float, y: float) -> str:
    """A disc for a day, a hollow diamond for a month or a year (drawn at its end), hollow when the date is derived."""
    words = escape(f"{context.date(event.written)} : {event.title(context.language)}")
    is_day = len(event.written) == len("2020-07-20")
    css = f"lane-mark is-{event.lane}{' is-derived' if event.is_derived or not is_day else ''}"
    if is_day:
        shape = f'<circle cx="{x}" cy="{y}" r="{MARK}" class="{css}"/>'
    else:
        shape = f'<path d="M{x - MARK} {y}l{MARK} -{MARK}l{MARK} {MARK}l-{MARK} {MARK}z" class="{css}"/>'
    return f"<g><title>{words}</title>{shape}</g>"


def _label(context: Context, event: TimelineEvent, x: float, y: float) -> str:
    words = escape(context.say(f"chronologie_court_{event.id}"))
    is_left = event.id in _LEFTWARDS
    anchor = ' text-anchor="end"' if is_left else ""
    return f'<text x="{x + (MARK if is_left else -MARK)}" y="{y}" class="lane-label"{anchor}>{words}</text>'


def _call(context: Context, call: Measure, y: float) -> str:
    """A bar from opening to closing; an arrow when the closing is not stated."""
    begin = position(call.opens or "")
    end = position(call.closes) if call.closes else WIDTH - RIGHT
    css = "lane-call" if call.closes else "lane-call is-open"
    name = escape(f"{call.id} · {context.say(f'chronologie_appel_{call.id}')}")
    bar = f'<rect x="{begin}" y="{y - 4}" width="{round(end - begin, 1)}" height="8" class="{css}"/>'
    return f'{bar}<text x="{begin - 4}" y="{y + 4}" text-anchor="end" class="lane-label">{name}</text>'


def _bars(context: Context, months: Sequence[MonthCount], top: int) -> str:
    most = max(month.projects for month in months)
    parts = [_heading(context, "projets", top)]
    for month in months:
        if month.projects:
            x = position(f"{month.month}-01")
            height = round(BARS * month.projects / most, 1)
            words = escape(f"{context.date(month.month)} : {context.n(month.projects)}")
            box = f'<rect x="{x}" y="{top + BARS - height}" width="12" height="{height}" class="lane-bar"/>'
            parts.append(f"<g><title>{words}</title>{box}</g>")
    peak = max(months, key=lambda item: item.projects)
    x = position(f"{peak.month}-01") - 4
    parts.append(f'<text x="{x}" y="{top + 10}" text-anchor="end" class="lane-label">{context.n(most)}</text>')
    return "".join(parts) + _rule(top + BARS)


def _line(context: Context, months: Sequence[MonthCount], top: int) -> str:
    known = [(month, month.barometer) for month in months if month.barometer is not None]
    most = max(value for _, value in known)
    points = [
        f"{position(sure_from(month.month))},{round(top + BARS - 4 - (BARS - 14) * value / most, 1)}"
        for month, value in known
    ]
    end = points[-1].split(",")
    words = f"{context.n(known[-1][1])} ({context.date(known[-1][0].month)})"
    label = f'<text x="{float(end[0]) + 6}" y="{float(end[1]) + 4}" class="lane-label">{escape(words)}</text>'
    return (
        _heading(context, "barometre", top)
        + f'<polyline points="{" ".join(points)}" class="lane-line"/>{label}'
        + _rule(top + BARS)
    )


def _heading(context: Context, name: str, top: int) -> str:
    return (
        f'<text x="0" y="{top + BARS // 2}" class="lane-name">{escape(context.say(f"chronologie_voie_{name}"))}</text>'
    )


def _rule(y: int) -> str:
    return f'<line x1="0" y1="{y}" x2="{WIDTH}" y2="{y}" class="lane-rule"/>'


def _now(context: Context, height: int) -> str:
    """The day asked for, and what was not known yet under a hatching."""
    if not context.is_asked or not START.isoformat() <= context.day < END.isoformat():
        return ""
    x = position(context.day)
    side = ' text-anchor="end"' if x > WIDTH * 0.75 else ""
    words = escape(context.date(context.day))
    return (
        f'<rect x="{x}" y="{TOP - 6}" width="{round(WIDTH - x, 1)}" height="{height - TOP}" fill="url(#futur)"/>'
        f'<line x1="{x}" y1="12" x2="{x}" y2="{height}" class="lane-now"/>'
        f'<text x="{x + (-5 if side else 5)}" y="10" class="lane-now-label"{side}>{words}</text>'
    )
