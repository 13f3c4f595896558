"""A view in words: what it shows, which filters narrow it; and the « Exporter » menu that takes it away."""

from collections.abc import Mapping, Sequence
from typing import Any

from dash import html

from state import Selection
from state.shown import Shown
from views.markup import aria
from views.sheet.grammar import form_of
from views.text import day, month, number, text

_NAMED = 3  # values written out: beyond twice that, they are counted
Facets = Sequence[tuple[str, Sequence[str]]]

# (format, further parameters, message key)
_FILES = (
    ("png", "", "vue_png"),
    ("png", "echelle=2", "vue_png_2"),
    ("pdf", "", "vue_pdf"),
    ("pptx", "", "vue_pptx"),
    ("html", "", "vue_html"),
)


def title_of(shown: Shown, places: Sequence[str]) -> str:
    """« Projets, sites clés en main, territoires d’industrie · Hauts-de-France », or the title of the chart."""
    language = shown.selection.language
    layers = shown.selection.layers
    kinds = [text(f"vue_kind_{kind}", language) for kind in ("projets", "sites", "territoires") if kind in layers]
    what = text(f"hall_chart_{shown.chart}", language) if shown.chart else ", ".join(kinds)
    where = _list(places, language) or text("vue_part" if shown.is_part else "vue_france", language)
    what = what or text("vue_kind_regions", language)
    return f"{what[0].upper()}{what[1:]} · {where}"


def filters_in_words(selection: Selection, facets: Facets) -> str:
    """« Filtres : Mesure : nucléaire ; Recherche : « acier » », or that there is none; always the perimeter's date."""
    language = selection.language
    pairs = [
        text("vue_filter", language, name=text(f"facet_{name}", language), values=_values(name, values, language))
        for name, values in facets
    ]
    if selection.text:
        quoted = text("vue_quoted", language, words=selection.text)
        pairs.append(text("vue_filter", language, name=text("js_search", language), values=quoted))
    if selection.date:
        pairs.append(
            text("vue_filter", language, name=text("etat_date", language), values=day(selection.date, language))
        )
    stated = (
        text("vue_filters", language, filters=(" ; " if language == "fr" else "; ").join(pairs))
        if pairs
        else text("vue_no_filter", language)
    )
    return f"{stated} {text('vue_perimeter', language, date=day(selection.millesime, language))}"


def counts_in_words(counts: Mapping[str, int], language: str) -> str:
    """How many objects the view leaves: « 3 080 projets, 81 sites documentés, 148 territoires d’industrie »."""
    words = {
        kind: f"{number(n, language)} {text(f'hall_legend_{kind}_{form_of(n, language)}', language)}"
        for kind, n in counts.items()
    }
    return text("vue_counts", language, **words)


def _values(name: str, values: Sequence[str], language: str) -> str:
    return _list([month(value, language) for value in values] if name == "mois" else values, language)


def _list(values: Sequence[str], language: str) -> str:
    """A few values by name; of many, the first ones and how many more."""
    if len(values) <= 2 * _NAMED:
        return ", ".join(values)
    return text("vue_more", language, names=", ".join(values[:_NAMED]), n=len(values) - _NAMED)


def draw_share(language: str, query: str | None, file: str = "vue", *, is_live: bool = False) -> html.Details:
    """The menu of the header: the view as files, and the page inside another site.

    Args:
        query: of the view; None when the page shows nothing to draw: it can be printed and embedded.
        file: what the files' names start with: ``vue`` with a query of ``Shown``, ``vue-sites`` with one of ``Needs``.
        is_live: Carte, whose view changes in the browser, which then completes the links.
    """
    own: Any = _files(query, file, language, is_live=is_live) if query is not None else [_print(language)]
    embed: dict[str, Any] = {"data-embed-open": "true"}
    return html.Details(
        [
            html.Summary(text("vue_share", language), className="button"),
            html.Div(
                [
                    *own,
                    html.Button(text("vue_embed", language), type="button", className="button share-embed", **embed),
                ],
                className="share-menu",
            ),
            _dialog(language),
        ],
        className="share" if query is not None else "share needs-script",
    )


def _files(query: str, file: str, language: str, *, is_live: bool) -> list[Any]:
    links = [html.Li(_file(file, *item, query, language, is_live=is_live)) for item in _FILES]
    return [
        html.P(text("vue_shown", language), className="share-title"),
        html.Ul(links),
        html.P(text("vue_note", language), className="share-note"),
    ]


def _print(language: str) -> html.Button:
    attributes: dict[str, Any] = {"data-print": "true"}
    return html.Button(text("vue_print", language), type="button", className="button", **attributes)


def _file(file: str, ending: str, extra: str, key: str, query: str, language: str, *, is_live: bool) -> html.A:
    """A link that the browser completes: ``data-own`` with the address of the page, ``data-download`` as Carte does."""
    address = f"/telecharger/{file}.{ending}"
    asked = "&".join(part for part in (query, extra) if part)
    live: dict[str, Any] = {"data-download": address, "data-picture": extra} if is_live else {}
    live |= {"data-own": address, "data-extra": extra} if file != "vue" else {}
    return html.A(text(key, language), href=f"{address}?{asked}" if asked else address, **live)


def draw_chart_files(kind: str, language: str) -> html.P:
    """Links under a chart of Carte, completed by the browser: its figures, its picture."""
    name = text(f"hall_chart_{kind}", language)
    files = (("CSV", f"/telecharger/graphique/{kind}.csv", None), ("PNG", "/telecharger/vue.png", f"graphique={kind}"))
    links: list[Any] = []
    for label, address, extra in files:
        live: dict[str, Any] = {"data-download": address}
        live |= {"data-picture": extra} if extra else {}
        href = f"{address}?{extra}" if extra else address
        links += [" ", html.A(label, href=href, className="button", **live, **aria(label=f"{label} : {name}"))]
    return html.P(links, className="downloads chart-files")


def _dialog(language: str) -> html.Dialog:
    """Filled and opened by ``assets/js/pages/share.mjs``."""
    title = text("vue_embed_title", language)
    part: Mapping[str, str] = {"data-embed-part": "true"}
    code: Mapping[str, str] = {"data-embed-code": "true"}
    copy: dict[str, Any] = {"data-embed-copy": text("vue_copied", language), "data-failed": text("vue_copy", language)}
    whole: dict[str, Any] = {"data-whole": text("vue_embed_whole", language)}
    return html.Dialog(
        [
            html.H2(title),
            html.P(text("vue_embed_text", language)),
            html.Label([text("vue_embed_part", language), " ", html.Select([], **part, **whole)], hidden=True),
            html.Textarea(readOnly="readonly", rows="5", **code, **aria(label=text("vue_embed_code", language))),
            html.P(
                [
                    html.Button(
                        text("vue_embed_copy", language), type="button", className="button button-strong", **copy
                    ),
                    " ",
                    html.Button(
                        text("vue_close", language), type="button", className="button", **{"data-embed-close": "true"}
                    ),
                    " ",
                    html.Span(role="status", className="share-said"),
                ]
            ),
        ],
        className="share-dialog",
        **aria(label=title),
    )
