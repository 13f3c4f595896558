"""The pages of the site finder: the needs at the left, the list, the map; and the comparison."""

from typing import Any

from dash import html

from views.elements import Html, as_component, e
from views.text import text

PAGE = "sites-page"


def build(language: str, view: str, form: Html, results: Html, ground: Html, marks: Html) -> html.Div:
    """The finder: three columns on a wide screen, one on a phone.

    Args:
        view: ``deux``, ``liste`` or ``carte``: what stands beside the form.
    """
    method = e("a", text("finder_method", language), href="/sites/methode" + _query(language))
    head = e(
        "header",
        e("h1", text("title_sites", language)),
        e("p", text("finder_lead", language), " ", method, class_="lead"),
        class_="sites-head",
    )
    map_part = e(
        "aside",
        e("div", ground, marks, class_="sites-plan"),
        class_="sites-map",
        aria_label=text("finder_map_title", language),
    )
    toggle = e(
        "details",
        e("summary", text("finder_form_toggle", language), class_="button"),
        form,
        open=True,
        class_="sites-needs",
        id="sites-needs",
    )
    columns = e("div", toggle, results, map_part, class_="sites-columns")
    parts: dict[str, Any] = {"id": PAGE, "className": "page is-wide sites-page", "data-view": view}
    return as_component(Html(head + columns), **parts)


def build_part(results: Html, marks: Html) -> html.Div:
    """The two parts that a change of the needs replaces."""
    return as_component(Html(results + marks), className="page")


def build_comparison(language: str, comparison: Html) -> html.Div:
    """The comparison page."""
    head = e("h1", text("title_sites_comparer", language))
    return as_component(Html(head + comparison), className="page is-wide sites-comparison")


def _query(language: str) -> str:
    return "?lang=en" if language == "en" else ""
