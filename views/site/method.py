"""The page of the method: how a site is scored, with the figures of the code and of the data."""

from collections.abc import Sequence
from typing import Any

from dash import html

import contract
from geodata.models.ranking import Criterion
from geodata.models.site_method import Method, WeighedCriterion
from state import Selection
from views.links import link_to
from views.scrolled import scrolled
from views.site.page import finder_link
from views.site.values import SPACE
from views.text import number, percent, text

_CRITERIA = ("criterion", "weight", "worst", "best", "scale", "known")


def draw_method(method: Method, selection: Selection) -> html.Div:
    """The whole page."""
    language = selection.language
    parts = [
        *_part("criteria", _criteria(method, language), language),
        *_part("unknown", [_say("unknown", language)], language),
        *_part("interval", _interval(method, selection), language),
        *_part("coverage", [_say("coverage", language)], language),
        *_part("rank", [_say("rank", language, swing=percent(method.swing, language))], language),
        *_part("trust", [_say("trust", language)], language),
        *_part("distances", [_distances(method, language)], language),
        *_part("limits", _limits(method, language), language),
        *_part("fields", _fields(method, language), language),
    ]
    return html.Div(
        [
            html.H1(text("site_method_title", language)),
            html.P(text("site_method_lead", language), className="lead"),
            html.P(html.A(text("site_method_link", language), href=finder_link(selection), className="button")),
            *parts,
        ],
        className="page site-method",
    )


def _part(name: str, content: Sequence[Any], language: str) -> list[Any]:
    return [html.H2(text(f"site_method_{name}", language), id=name), *content]


def _say(name: str, language: str, **values: object) -> html.P:
    return html.P(text(f"site_method_{name}_text", language, **values))


def _table(caption: str, heads: Sequence[str], rows: Sequence[html.Tr], language: str) -> html.Div:
    columns = [html.Th(text(f"site_method_col_{name}", language), scope="col") for name in heads]
    table = html.Table(
        [
            html.Caption(text(caption, language), className="visually-hidden"),
            html.Thead(html.Tr(columns)),
            html.Tbody(list(rows)),
        ],
        className="table",
    )
    return scrolled(table, text(caption, language))


def _criteria(method: Method, language: str) -> list[Any]:
    rows = [_criterion(item, method.n_sites, language) for item in method.criteria]
    said = _say("criteria", language, n=len(method.criteria), max=method.max_weight)
    return [said, _table("site_method_criteria", _CRITERIA, rows, language)]


def _criterion(item: WeighedCriterion, n_sites: int, language: str) -> html.Tr:
    criterion = item.criterion
    label = [
        text(f"finder_critere_{criterion.name}", language),
        html.Small([" ", contract.label_of("groupe_fiche", item.group, language)]),
    ]
    cells = [
        number(item.weight, language),
        _bound(criterion, criterion.worst, language),
        _bound(criterion, criterion.best, language),
        text("site_method_log" if criterion.is_log else "site_method_linear", language),
        _known(item.n_known, n_sites, language),
    ]
    return html.Tr([html.Th(label, scope="row"), *[html.Td(cell) for cell in cells]])


def _known(n: int, total: int, language: str) -> html.Span:
    """A count of sites, with its bar."""
    share: dict[str, Any] = {"style": {"--share": f"{n / total if total else 0:.4f}"}}
    shown = text("site_method_of_sites", language, n=number(n, language), total=number(total, language))
    return html.Span(shown, className="cell-bar", **share)


def _bound(criterion: Criterion, value: float, language: str) -> str:
    """A bound in its unit, which the name of a count says; a year has no thousands separator."""
    if criterion.kind == "yes_no":
        return text("site_yes" if value else "site_no", language)
    if criterion.kind == "year":
        return str(int(value))
    if criterion.kind in ("km", "ha"):
        return f"{number(value, language, 1)}{SPACE}{criterion.kind}"
    return number(value, language)


def _interval(method: Method, selection: Selection) -> list[Any]:
    language = selection.language
    rules = [html.Li(text(f"site_method_{name}", language)) for name in ("share", "low", "high", "score")]
    found: list[Any] = [html.Ol(rules)]
    site = method.example
    if site is not None:
        values = {"low": site.low, "high": site.high, "score": site.score}
        shown = {name: number(value, language, 1) for name, value in values.items()}
        said = text(
            "site_method_example",
            language,
            kept=number(method.n_kept, language),
            name=method.example_name,
            coverage=percent(site.coverage, language),
            best=number(site.rank_low, language),
            worst=number(site.rank_high, language),
            **shown,
        )
        address = link_to(Selection(language=language), f"/sites/{site.site_id}")
        found.append(html.P([said, " ", html.A(site.site_id, href=address)]))
    return found


def _distances(method: Method, language: str) -> html.P:
    return _say(
        "distances",
        language,
        commune=number(method.n_commune, language),
        total=number(method.n_sites, language),
        unlocated=number(method.n_unlocated, language),
        km=number(method.withheld_km, language),
        projects=method.projects_km,
        filiere=method.filiere_km,
        labour=method.labour_km,
        near=method.radii[0],
        far=method.radii[1],
    )


def _limits(method: Method, language: str) -> list[Any]:
    rows = []
    for item in method.waves:
        label = contract.label_of("vague", item.wave, language)
        announced, documented = number(item.announced, language), number(item.documented, language)
        rows.append(html.Tr([html.Th(label, scope="row"), html.Td(announced), html.Td(documented)]))
    heads = ("wave", "announced", "documented")
    return [_say("limits", language), _table("site_method_limits", heads, rows, language)]


def _fields(method: Method, language: str) -> list[Any]:
    rows = []
    for item in method.fields:
        field = item.field
        label = [field.label(language), html.Small([" ", contract.label_of("groupe_fiche", field.group, language)])]
        standard: Any = html.Code(field.code) if field.is_cnig else "–"
        known = _known(item.known, item.total, language)
        rows.append(html.Tr([html.Th(label, scope="row"), html.Td(standard), html.Td(known)]))
    counts = {
        "n": len(method.fields),
        "total": number(method.n_sites, language),
        "cnig": sum(item.field.is_cnig for item in method.fields),
    }
    heads = ("field", "standard", "known")
    return [_say("fields", language, **counts), _table("site_method_fields", heads, rows, language)]
