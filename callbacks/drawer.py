"""The details drawer: opened by ``sel`` in the URL, closed when it is gone."""

from typing import Any

from dash import Dash, Input, Output

from callbacks.cache import Answers
from geodata.queries.objects import describe
from geodata.repository import Tables
from ids import Carte, State
from state import Selection
from views.drawer import draw_drawer, draw_gone


def register(app: Dash, answers: Answers) -> None:
    """Binds the drawer to the selected object."""

    def update_drawer(query: str | None) -> tuple[Any, bool]:
        return open_drawer(answers, query)

    app.callback(Output(Carte.drawer, "children"), Output(Carte.drawer, "hidden"), Input(State.selected, "data"))(
        update_drawer
    )


def open_drawer(answers: Answers, query: str | None) -> tuple[Any, bool]:
    """The drawer's content and whether it is hidden."""
    selection = Selection.from_query(query or "")
    if not selection.selected:
        return None, True
    return answers.of(drawer_content, selection), False


def drawer_content(tables: Tables, selection: Selection) -> list[Any]:
    """The question behind the drawer; its answer is cached."""
    found = describe(tables, selection)
    if found is None:
        return draw_gone(selection)
    return draw_drawer(found.kind, found.row, found.related, selection)
