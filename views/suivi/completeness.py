"""How complete the facts on the projects are: a field a row, a region a column, what is missing in the sentence."""

from collections.abc import Mapping, Sequence

from dash import html

from geodata.models.completeness import Completeness
from views.suivi import tables
from views.suivi.links import Context
from views.text import percent, text

NATIONAL = "FR"


def draw_completeness(
    context: Context, rows: Sequence[Completeness], regions: Sequence[tuple[str, str]], labels: Mapping[str, str]
) -> html.Div:
    """One row a field, the whole country first, then each region.

    Args:
        regions: code and name, in reading order.
        labels: the name of each field.
    """
    language = context.language
    known = {(row.field, row.code_region): row for row in rows}
    fields = list(dict.fromkeys(row.field for row in rows))
    places = [(NATIONAL, "France"), *regions]
    head = [html.Th(text("suivi_field", language), scope="col")]
    head += [html.Th(name, scope="col", className="number") for _, name in places]
    body = [
        html.Tr(
            [
                html.Th(labels[field], scope="row"),
                *(html.Td(_share(known.get((field, code)), language), className="number") for code, _ in places),
            ],
            **{"data-field": field},
        )
        for field in fields
    ]
    caption = text("suivi_completeness_caption", language)
    return tables.frame(tables.build(caption, [html.Tr(head)], body, kind="completeness"), caption)


def _share(row: Completeness | None, language: str) -> str:
    return "–" if row is None or row.share is None else percent(row.share, language)


def finding(rows: Sequence[Completeness], language: str) -> str:
    """How many fields every project states, and how many none does."""
    nation = [row for row in rows if row.code_region == NATIONAL]
    whole = sum(row.share == 1 for row in nation)
    none = sum(row.share == 0 for row in nation)
    return text("suivi_finding_completeness", language, whole=whole, none=none, n=len(nation))
