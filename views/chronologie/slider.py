"""The day: a slider over everything dated, the steps before and after, a field for any other day. Forms sent by GET."""

from typing import Any

from dash import dcc, html

from views.chronologie.words import PATH, Context, day_link, hidden_language
from views.markup import aria


def draw_slider(context: Context, before: str | None, after: str | None) -> html.Section:
    """The controls; the page's module sends them without loading the page again, a form does without script.

    Args:
        before, after: the steps around the day; None at either end.
    """
    place = max((i for i, step in enumerate(context.steps) if step <= context.day), default=0)
    labels = "|".join(context.date(step) for step in context.steps)
    marks: dict[str, Any] = {"data-days": " ".join(context.steps), "data-labels": labels}
    shown = context.date(context.day)
    slider = dcc.Input(
        type="range", name="pas", id="curseur", min=0, max=len(context.steps) - 1, step=1, value=str(place)
    )
    return html.Section(
        [
            html.Form(
                [
                    *hidden_language(context),
                    html.Label(
                        [context.say("chronologie_curseur"), " ", html.Output(shown, id="curseur-jour")],
                        htmlFor="curseur",
                    ),
                    slider,
                    html.Button(context.say("chronologie_aller"), type="submit", className="button slider-go"),
                ],
                method="get",
                action=f"{PATH}#etat",
                className="slider-form",
                **marks,
            ),
            html.Div(
                [_step(context, before, "avant"), _any_day(context), _step(context, after, "apres")],
                className="slider-steps",
            ),
        ],
        className="slider",
        **aria(label=context.say("chronologie_curseur_titre")),
    )


def _step(context: Context, day: str | None, side: str) -> Any:
    if day is None:
        return html.Span(context.say(f"chronologie_{side}_aucun"), className="unknown")
    arrow = "←" if side == "avant" else "→"
    words = context.date(day)
    label = f"{arrow} {words}" if side == "avant" else f"{words} {arrow}"
    title = context.say(f"chronologie_{side}", day=words)
    events = [event for event in context.timeline.events if event.sure == day]
    name = events[0].title(context.language) if events else ""
    return html.A([label, html.Small(name)], href=day_link(context, day), className="slider-step", title=title)


def _any_day(context: Context) -> html.Form:
    return html.Form(
        [
            *hidden_language(context),
            html.Label(context.say("chronologie_jour"), htmlFor="jour"),
            " ",
            dcc.Input(type="date", name="date", id="jour", value=context.day),
            " ",
            html.Button(context.say("chronologie_aller"), type="submit", className="button"),
        ],
        method="get",
        action=f"{PATH}#etat",
        className="day-form",
    )
