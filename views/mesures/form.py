"""The form of the page of measures: a firm for the finder, filters for the catalogue, a day for both. Sent by GET."""

from collections.abc import Sequence
from typing import Any

from dash import dcc, html

import contract
from state.enquiry import (
    APPLICANTS,
    AUDIENCES,
    INSIDE,
    NEEDS,
    NOT_STATED,
    PHASES,
    SECTORS,
    STATES,
    TYPES,
)
from views.mesures.words import PATH, Context, code_label

Options = Sequence[tuple[str, str]]
_FILTERS = ("region", "axe", "type", "porteur", "beneficiaire", "etat")


def draw_form(context: Context, operators: Sequence[str]) -> html.Form:
    """Both parts and one button; without script the page comes back with the answers."""
    return html.Form(
        [
            *_hidden(context),
            html.Fieldset(
                [html.Legend(context.say("mesures_form_firm")), html.Div(_firm(context), className="fields")]
            ),
            html.Fieldset(
                [
                    html.Legend(context.say("mesures_form_catalogue")),
                    html.Div(_filters(context, operators), className="fields"),
                ]
            ),
            html.P(
                [
                    html.Button(context.say("mesures_form_submit"), type="submit", className="button button-strong"),
                    " ",
                    html.A(context.say("mesures_form_reset"), href=_reset(context), className="button"),
                ],
                className="form-actions",
            ),
        ],
        method="get",
        action=f"{PATH}#reponse",
        className="enquiry",
    )


def _reset(context: Context) -> str:
    return PATH if context.language == contract.DEFAULT_LANGUAGE else f"{PATH}?lang={context.language}"


def _hidden(context: Context) -> list[Any]:
    """What the form does not ask and must keep."""
    kept = {"lang": context.language if context.language != contract.DEFAULT_LANGUAGE else ""}
    return [dcc.Input(type="hidden", name=name, value=value) for name, value in kept.items() if value]


def _firm(context: Context) -> list[Any]:
    asked = context.enquiry
    return [
        _number(context, "effectif", asked.headcount, unit="mesures_unit_salaries"),
        _select(context, "secteur", _coded(context, "secteur", SECTORS), asked.secteur),
        _select(context, "ma_region", _regions(context), asked.my_region),
        _select(context, "phase", _coded(context, "phase", PHASES), asked.phase),
        _select(context, "besoin", _coded(context, "besoin", NEEDS), asked.besoin),
        _number(context, "montant", asked.amount, unit="mesures_unit_eur"),
        _select(context, "ti", [(code, contract.label_of("ti", code, context.language)) for code in INSIDE], asked.ti),
        _select(context, "qui", _coded(context, "qui", APPLICANTS), asked.qui),
        _date(context),
    ]


def _filters(context: Context, operators: Sequence[str]) -> list[Any]:
    asked = context.enquiry
    return [
        _select(context, "region", _regions(context), (asked.region or ("",))[0]),
        _select(context, "axe", _coded(context, "axe", (*contract.codes("axe"), NOT_STATED)), (asked.axe or ("",))[0]),
        _select(context, "type", _coded(context, "type", (*TYPES, NOT_STATED)), (asked.type or ("",))[0]),
        _select(context, "porteur", [(name, name) for name in operators], asked.porteur),
        _select(
            context,
            "beneficiaire",
            _coded(context, "beneficiaire", (*AUDIENCES, NOT_STATED)),
            (asked.beneficiaire or ("",))[0],
        ),
        _select(context, "etat", _coded(context, "etat", STATES), (asked.etat or ("",))[0]),
    ]


def _coded(context: Context, code_list: str, codes: Sequence[str]) -> Options:
    return [(code, code_label(context, code_list, code)) for code in codes]


def _regions(context: Context) -> Options:
    return sorted(context.regions.items(), key=lambda pair: pair[1])


def _field(context: Context, name: str, control: Any, unit: str = "") -> html.P:
    label = html.Label(context.say(f"mesures_champ_{name}"), htmlFor=f"champ-{name}")
    return html.P([label, html.Span([control, html.Small(context.say(unit)) if unit else None])], className="field")


def _select(context: Context, name: str, options: Options, chosen: str) -> html.P:
    empty = "mesures_tout" if name in _FILTERS else "mesures_non_dit"
    choices = [html.Option(context.say(empty), value="")]
    choices += [html.Option(label, value=value, **_selected(value == chosen)) for value, label in options]
    return _field(context, name, html.Select(choices, id=f"champ-{name}", name=name))


def _selected(is_chosen: bool) -> dict[str, Any]:
    return {"selected": True} if is_chosen else {}


def _number(context: Context, name: str, value: int | None, unit: str) -> html.P:
    shown = {} if value is None else {"value": str(value)}
    return _field(
        context,
        name,
        dcc.Input(type="number", name=name, id=f"champ-{name}", min=0, step=1, inputMode="numeric", **shown),
        unit,
    )


def _date(context: Context) -> html.P:
    control = dcc.Input(type="date", name="date", id="champ-date", value=context.selection.date)
    return _field(context, "date", control)
