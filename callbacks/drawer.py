"""The details drawer: opened by ``sel`` in the URL, closed when it is gone."""

from dash import Dash, Input, Output

from callbacks.cache import Answers
from geodata.queries.objects import describe
from geodata.repository import Tables
from ids import Carte, State
from state import Selection
from views.drawer import draw_drawer, draw_gone
from views.markup import MARKUP, to_html


def register(app: Dash, answers: Answers) -> None:
    """Binds the drawer to the selected object."""

    def update_drawer(query: str | None) -> tuple[str, bool]:
        return open_drawer(answers, query)

    app.callback(Output(Carte.drawer, MARKUP), Output(Carte.drawer, "hidden"), Input(State.selected, "data"))(
        update_drawer
    )


def open_drawer(answers: Answers, query: str | None) -> tuple[str, bool]:
    """The drawer's content, as HTML, and whether it is hidden."""
    selection = Selection.from_query(query or "")
    if not selection.selected:
        return "", True
    return answers.of(drawer_content, selection), False


def drawer_content(tables: Tables, selection: Selection) -> str:
    """The question behind the drawer, answered as HTML; cached."""
    found = describe(tables, selection)
    if found is None:
        return to_html(draw_gone(selection))
    return to_html(draw_drawer(found.kind, found.row, found.related, selection))
