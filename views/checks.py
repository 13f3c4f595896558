"""The check of a file of sites: the form, and the report with line, column and reason."""

from collections.abc import Mapping
from typing import Any

from dash import html

from imports.problems import Problem, shorten
from imports.schemas import schema
from imports.sites import SCHEMAS, SitesReport
from views.elements import as_component, e
from views.markup import aria
from views.scrolled import scrolled
from views.text import number, text

ACTION = "/sources/verifier"
FIELD = "fichier"
_SCHEMAS = {"own_sites": "imports_check_own", "cnig_site_eco": "imports_check_cnig"}


def draw_check_form(language: str) -> html.Div:
    """A plain multipart form, complete without script; the browser's module adds the drop zone and answers in place."""
    query = "?lang=en" if language == "en" else ""
    form = e(
        "form",
        e("label", text("imports_check_file", language), for_="check-file"),
        e("input", type="file", id="check-file", name=FIELD, accept=".csv,.xlsx,.txt", required=True),
        e("span", text("imports_check_drop", language), class_="check-drop", hidden=True),
        e("button", text("imports_check_button", language), type="submit", class_="button button-strong"),
        action=ACTION + query,
        method="post",
        enctype="multipart/form-data",
        class_="check-form",
        id="check-form",
    )
    return html.Div(
        [
            html.P(text("imports_check_lead", language)),
            as_component(form),
            html.Div(id="check-answer", role="status", **aria(live="polite")),
            *(_columns(name, language) for name in SCHEMAS),
        ]
    )


def _columns(name: str, language: str) -> html.Details:
    columns = schema(name).columns.values()
    cells: list[Any] = []
    for column in columns:
        cells += [html.Dt(html.Code(column.name)), html.Dd(column.fr, lang="fr")]
    summary = html.Summary(f"{text('imports_check_columns', language)} · {text(_SCHEMAS[name], language)}")
    return html.Details([summary, html.Dl(cells, className="facts")], className="check-columns")


def draw_report(report: SitesReport, filename: str, language: str) -> html.Div:
    """The outcome in one sentence, then every fault and notice."""
    state = "good" if report.is_good else "bad"
    parts: list[Any] = [html.P(html.Strong(summarise(report, language)), className=f"check-{state}")]
    if report.schema:
        name = text(_SCHEMAS[report.schema], language)
        said = text("imports_check_schema", language, schema=name, name=shorten(filename))
        parts.append(html.P(said, className="source"))
    if report.problems:
        parts.append(_problems(report, language))
    if report.is_good:
        parts.append(html.P(text("imports_check_then", language)))
    return html.Div(parts, className="check-report")


def summarise(report: SitesReport, language: str) -> str:
    """How many rows are good, how many faults there are."""
    if report.schema is None:
        return text("imports_check_unread", language)
    n, faults = report.n_rows, len(report.faults)
    if report.is_good:
        return text("imports_check_good_one" if n == 1 else "imports_check_good", language, n=number(n, language))
    key = "imports_check_bad_one" if faults == 1 else "imports_check_bad"
    good = number(len(report.sites), language)
    return text(key, language, n=number(n, language), good=good, faults=number(faults, language))


def report_as_json(report: SitesReport, language: str) -> Mapping[str, Any]:
    """The same for a program."""
    return {
        "is_good": report.is_good,
        "summary": summarise(report, language),
        "columns": report.schema,
        "rows": report.n_rows,
        "good_rows": len(report.sites),
        "problems": [
            {
                "line": item.line,
                "column": item.column,
                "code": item.code,
                "is_fault": item.is_blocking,
                "reason": item.reason(language),
            }
            for item in report.problems
        ],
    }


def _problems(report: SitesReport, language: str) -> html.Div:
    title = text("imports_check_table", language)
    heads = ("imports_check_line", "imports_check_column", "imports_check_kind", "imports_check_reason")
    table = html.Table(
        [
            html.Caption(title),
            html.Thead(html.Tr([_head(key, language) for key in heads])),
            html.Tbody([_problem(item, language) for item in report.problems]),
        ],
        className="table",
    )
    return scrolled(table, title)


def _head(key: str, language: str) -> html.Th:
    return html.Th(text(key, language), scope="col", className="number" if key == "imports_check_line" else None)


def _problem(item: Problem, language: str) -> html.Tr:
    kind = "imports_check_fault" if item.is_blocking else "imports_check_notice"
    return html.Tr(
        [
            html.Td(str(item.line) if item.line else text("imports_check_whole", language), className="number"),
            html.Td(html.Code(shorten(item.column)) if item.column else ""),
            html.Td(text(kind, language), className="check-fault" if item.is_blocking else None),
            html.Td(item.reason(language)),
        ]
    )
