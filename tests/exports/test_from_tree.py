"""From the components of a page to the blocks of a PDF."""

from dash import html

from exports.sheets.from_tree import Pictures, blocks_of
from exports.sheets.tree import words

SVG = '<svg xmlns="http://www.w3.org/2000/svg" aria-label="Une carte" width="9" height="9"></svg>'


def test_a_table_keeps_caption_heads_notes_bars_and_unknowns() -> None:
    bar = html.Span("12", className="cell-bar", style={"--share": "0.5000"})
    rows = [
        html.Tr([html.Th(["Nord", html.Small("59")], scope="row"), html.Td(bar, className="number")]),
        html.Tr([html.Th("Aisne"), html.Td(html.Span("non renseigné", className="unknown"))]),
    ]
    head = html.Thead(html.Tr([html.Th("Lieu"), html.Th("Projets", className="number")]))
    table = html.Div(html.Table([html.Caption("Projets (12)"), head, html.Tbody(rows)]), className="table-scroll")
    (found,) = blocks_of(table, Pictures())
    assert (found["kind"], found["caption"]) == ("table", "Projets (12)")
    assert [column["align"] for column in found["columns"]] == ["left", "right"]
    first, second = found["rows"]
    assert (first[0]["text"], first[0]["note"]) == ("Nord", "59")
    assert (first[1]["text"], first[1]["bar"]) == ("12", 0.5)
    assert second[1]["unknown"]
    assert not first[1]["unknown"]


def test_what_serves_a_screen_is_left_out() -> None:
    page = html.Div([html.Nav(html.A("menu")), html.Form(html.Button("Chercher")), html.P("Lu.")])
    assert [item["text"] for item in blocks_of(page, Pictures())] == ["Lu."]


def test_headings_lists_facts_and_drawings_keep_their_order() -> None:
    drawn = html.Div(**{"data-html": SVG})
    listed = html.Ul([html.Li(["Un", html.Small("note")]), html.Li("")])
    page = [html.H3("Titre"), listed, html.Dl([html.Dt("Élu"), html.Dd("non renseigné")]), drawn, "mots"]
    pictures = Pictures()
    found = blocks_of(page, pictures)
    assert [item["kind"] for item in found] == ["heading", "list", "facts", "picture", "paragraph"]
    assert found[1]["items"][0]["note"] == "note"
    assert len(found[1]["items"]) == 1
    assert found[3]["alt"] == "Une carte"
    assert pictures.files == {found[3]["name"]: SVG.encode()}


def test_a_folded_part_is_printed_and_an_empty_table_is_not() -> None:
    folded = html.Details([html.Summary("Suite"), html.P("Caché.")])
    empty = html.Table([html.Thead(html.Tr(html.Th("A"))), html.Tbody([])])
    assert [item["text"] for item in blocks_of([folded, empty], Pictures())] == ["Suite", "Caché."]


def test_words_are_apart_where_the_page_has_them_apart() -> None:
    line = html.Li([html.Span("2020", className="fiche-when"), html.Span(["Titre", html.Small("note")])])
    assert words(line) == "2020 · Titre note"
    assert words(["De ", html.A("12"), " sites"]) == "De 12 sites"
