"""The Carte page apart from its charts and drawer: list twin, notice about old links, the URL split in parts."""

from dash import ClientsideFunction, Dash, Input, Output

from callbacks.cache import Answers
from geodata.queries.filters import unknown_codes
from geodata.queries.listing import COLUMNS, IDS, list_objects
from geodata.queries.totals import region_names
from geodata.repository import Tables
from ids import Carte, Page, State
from state import Selection
from views.lists import ListPage, draw_list
from views.markup import MARKUP, to_html
from views.notices import draw_notice


def register(app: Dash, answers: Answers) -> None:
    """Binds the list and the notice; the browser splits the URL so that each runs only for its own part."""

    def update_list(query: str | None) -> str:
        return show_list(answers, query)

    def update_notice(query: str | None) -> str:
        return show_notice(answers, query)

    app.clientside_callback(
        ClientsideFunction("atlas", "split"),
        Output(State.filters, "data"),
        Output(State.selected, "data"),
        Output(State.list, "data"),
        Input(Page.url, "search"),
    )
    app.callback(Output(Carte.list, MARKUP), Input(State.list, "data"))(update_list)
    app.callback(Output(Page.notice, MARKUP), Input(State.filters, "data"))(update_notice)


def show_list(answers: Answers, query: str | None) -> str:
    """The list of the selection, or nothing while the map is shown."""
    selection = Selection.from_query(query or "")
    return answers.of(list_content, selection) if selection.view == "liste" else ""


def list_content(tables: Tables, selection: Selection) -> str:
    """The question behind the list; its answer is cached."""
    found = list_objects(tables, selection)
    names = dict(region_names(tables)[["code_region", "nom"]].itertuples(index=False))
    columns, key = COLUMNS[found.tab], IDS[found.tab]
    listed = ListPage(found.rows, columns, key, found.total, found.page, found.pages, found.sort, names)
    return to_html(draw_list(listed, selection))


def show_notice(answers: Answers, query: str | None) -> str:
    """What an old link names that the atlas does not know; nothing when all is known."""
    return answers.of(notice_content, Selection.from_query(query or "").only_filters())


def notice_content(tables: Tables, selection: Selection) -> str:
    """The question behind the notice; its answer is cached."""
    return to_html(draw_notice(unknown_codes(tables, selection), selection.language))
