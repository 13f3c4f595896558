"""The answers of the finder: eligible, not, unknown, each because of its rules, with the words of the source."""

from collections.abc import Sequence
from typing import Any

from dash import html

from geodata.models.measure import Finding, Outcome, Reason
from views.mesures.words import Context, address, code_label, facts, quote_of, region_label, source_line
from views.text import day, number

_ORDER: tuple[Outcome, ...] = ("oui", "inconnu", "non")
_LIST_OF = {"sectors": "secteur", "phases": "phase"}
_CODES_OF = {"secteur": "secteur", "phase": "phase", "region": "region"}


def draw_answers(context: Context, findings: Sequence[Finding]) -> html.Section:
    """Every measure that the filters keep, in three groups, and what is absent from the firm's region."""
    groups = {outcome: [item for item in findings if item.outcome == outcome] for outcome in _ORDER}
    counts = {outcome: number(len(items), context.language) for outcome, items in groups.items()}
    content: list[Any] = [
        html.H2(context.say("mesures_reponse"), id="reponse"),
        html.P(context.say("mesures_reponse_bilan", day=day(context.day, context.language), **counts), role="status"),
    ]
    for outcome, items in groups.items():
        if items:
            content += _group(context, outcome, items)
    return html.Section([*content, _absent(context, findings)], className="answers")


def _group(context: Context, outcome: Outcome, items: Sequence[Finding]) -> list[Any]:
    title = context.say(f"mesures_groupe_{outcome}", n=number(len(items), context.language))
    lead = context.say(f"mesures_groupe_{outcome}_sens")
    return [
        html.H3([html.Span(_mark(outcome), className=f"mark is-{outcome}"), " ", title]),
        html.P(lead, className="source"),
        html.Ul([_finding(context, item) for item in items], className="findings"),
    ]


def _mark(outcome: Outcome) -> str:
    return {"oui": "✓", "non": "✕", "inconnu": "?"}[outcome]


def _finding(context: Context, found: Finding) -> html.Li:
    """The measure, what decides, and every rule behind a fold; those of an eligible firm are open."""
    item = found.measure
    deciding = sorted(
        (reason for reason in found.reasons if reason.outcome == found.outcome),
        key=lambda reason: reason.case.endswith("_muet"),  # what the visitor can answer comes first
    )
    link = html.A(f"{item.id} · {item.name(context.language)}", href=address(context, anchor=item.id))
    rules = html.Details(
        [
            html.Summary(context.say("mesures_regles", n=number(len(found.reasons), context.language))),
            _reasons(context, found, found.reasons),
            quote_of(item.quote),
            source_line(context, item.source),
        ],
        **({"open": True} if found.outcome == "oui" else {}),
    )
    brief = None if found.outcome == "oui" else _brief(context, deciding, found)
    absent = html.Span(context.say("mesures_absente"), className="badge") if found.is_absent_from_region else None
    return html.Li([html.P([link, " ", absent]), brief, rules], className=f"finding is-{found.outcome}")


def _brief(context: Context, deciding: Sequence[Reason], found: Finding) -> html.P:
    """What decides, in one line: each « non », or what remains to be known."""
    sentences = " ".join(_sentence(context, reason, found) for reason in deciding[:3])
    more = len(deciding) - 3
    rest = f" {context.say('mesures_et_autres', n=number(more, context.language))}" if more > 0 else ""
    return html.P([html.Strong(context.say("mesures_parce_que")), " ", sentences, rest])


def _reasons(context: Context, found: Finding, reasons: Sequence[Reason]) -> html.Ul:
    rows = []
    for reason in reasons:
        quote = reason.quote if reason.quote and reason.quote != found.measure.quote else None
        rows.append(
            html.Li(
                [
                    html.Span(_mark(reason.outcome), className=f"mark is-{reason.outcome}"),
                    " ",
                    html.Span(context.say(f"mesures_issue_{reason.outcome}"), className="visually-hidden"),
                    html.Strong(context.say(f"mesures_regle_{reason.rule}")),
                    " ",
                    _sentence(context, reason, found),
                    [" ", html.Q(quote, lang="fr")] if quote else None,
                ]
            )
        )
    return html.Ul(rows, className="reasons")


def _sentence(context: Context, reason: Reason, found: Finding) -> str:
    """The sentence of a case, its values in words."""
    who = found.measure.beneficiaries(context.language) or ""
    return context.say(f"mesures_parce_{reason.case}", who=who, **_values(context, reason))


def _values(context: Context, reason: Reason) -> dict[str, str]:
    found = {}
    for name, value in reason.values.items():
        if isinstance(value, (int, float)):
            found[name] = number(value, context.language)
        elif name in ("day", "opens", "closes", "deadline"):
            found[name] = day(value, context.language)
        elif name in _LIST_OF:
            found[name] = ", ".join(code_label(context, _LIST_OF[name], code) for code in value.split(","))
        else:
            found[name] = _code(context, reason.rule, name, value)
    return found


def _code(context: Context, rule: str, name: str, value: str) -> str:
    if not value:
        return ""
    if rule == "region":
        return region_label(context, value)
    return code_label(context, "beneficiaire" if name == "size" else rule, value)


def _absent(context: Context, findings: Sequence[Finding]) -> Any:
    """« Mesure absente dans cette région »: what other regions have and this one has not, as far as the sources say."""
    absent = [found.measure for found in findings if found.is_absent_from_region]
    if not absent:
        return None
    mine = region_label(context, context.enquiry.my_region)
    rows = [
        html.Li(
            [
                html.A(f"{item.id} · {item.name(context.language)}", href=address(context, anchor=item.id)),
                f" ({region_label(context, item.region)})",
            ]
        )
        for item in absent
    ]
    title = context.say("mesures_absentes", region=mine, n=number(len(absent), context.language))
    return html.Details(
        [html.Summary(title), html.P(context.say("mesures_absentes_sens"), className="source"), html.Ul(rows)],
        className="absent",
        **facts(["H15"]),
    )
