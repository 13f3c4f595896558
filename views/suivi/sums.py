"""What may be added and what may not: the rule, the reason, and both figures where they differ."""

from collections.abc import Mapping, Sequence

from dash import html

from geodata.models.measures import SumRule
from views.suivi import tables
from views.suivi.links import Context
from views.suivi.values import label, show
from views.text import text


def draw_sums(
    context: Context, rules: Sequence[SumRule], sums: Mapping[str, float], nation: Mapping[str, float | None]
) -> html.Div:
    """One row a rule.

    Args:
        sums: the sum of the regions by measure, computed to be compared, not to be used.
        nation: the value that may be written for France.
    """
    language = context.language
    keys = ("measure", "across", "allowed", "why", "sum_regions", "nation_value")
    head = html.Tr(
        [
            html.Th(text(f"suivi_{key}", language), scope="col", className="number" if position > 3 else None)
            for position, key in enumerate(keys)
        ]
    )
    body = [_row(rule, sums, nation, language) for rule in rules]
    caption = text("suivi_sums_caption", language)
    return tables.frame(tables.build(caption, [head], body, kind="sums-table"), caption)


def _row(rule: SumRule, sums: Mapping[str, float], nation: Mapping[str, float | None], language: str) -> html.Tr:
    figures = [html.Td(className="number"), html.Td(className="number")]
    if rule.across == "regions" and rule.measure in sums:
        pair = (sums[rule.measure], nation[rule.measure])
        figures = [html.Td(show(rule.measure, value, "nombre", language), className="number") for value in pair]
    answer = text("suivi_yes" if rule.is_allowed else "suivi_no", language)
    return html.Tr(
        [
            html.Th(label(rule.measure, language), scope="row"),
            html.Td(text(f"suivi_across_{rule.across}", language)),
            html.Td(html.Strong(answer)),
            html.Td(text(f"suivi_why_{rule.reason}", language)),
            *figures,
        ],
        **{"data-rule": f"{rule.measure}-{rule.across}"},
    )


def finding(sums: Mapping[str, float], nation: Mapping[str, float | None], language: str) -> str:
    """The difference that surprises most: companies helped."""
    return text(
        "suivi_finding_sums",
        language,
        nation=show("entreprises", nation["entreprises"], "nombre", language),
        sum=show("entreprises", sums["entreprises"], "nombre", language),
    )
