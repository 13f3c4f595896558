"""What the consultancy of the call of Centre-Val de Loire costs a firm: shares and days; euros at its own price."""

from typing import Any

from dash import dcc, html

import contract
from geodata.models.measure import Measure
from state.enquiry import MAX_PRICE
from views.mesures.words import PATH, Context, facts, page_link, quote_of
from views.scrolled import scrolled
from views.text import euros, number, percent

FEWEST_DAYS, MOST_DAYS = 6, 12
"""« d’une durée de 6 à 12 jours »: claims ``aap-cvl-jours-min`` and ``aap-cvl-jours-max``."""


def draw_simulator(context: Context, call: Measure) -> html.Section:
    """One row a number of days; the visitor's own price of a day turns shares into euros, none is supposed."""
    share = (call.rate_pct or 0) / 100
    return html.Section(
        [
            html.H2(context.say("mesures_simulateur"), id="simulateur"),
            html.P(
                context.say(
                    "mesures_simulateur_lead",
                    paid=percent(share, context.language),
                    rest=percent(1 - share, context.language),
                    budget=euros(call.envelope_eur, context.language),
                )
            ),
            _form(context),
            scrolled(_table(context, share), context.say("mesures_simulateur")),
            quote_of(call.quote),
            html.P(_claims(context), className="source"),
        ],
        className="simulator",
        **facts(["V06"]),
    )


def _form(context: Context) -> html.Form:
    """A small form of its own: the firm described above is kept."""
    shared = dict(pair.split("=", 1) for pair in context.enquiry.having(day_price=None).to_query().split("&") if pair)
    shared |= {"lang": context.language} if context.language != contract.DEFAULT_LANGUAGE else {}
    shared |= {"date": context.selection.date} if context.selection.date else {}
    price = {} if context.enquiry.day_price is None else {"value": str(context.enquiry.day_price)}
    hidden: list[Any] = [dcc.Input(type="hidden", name=name, value=value) for name, value in shared.items()]
    return html.Form(
        [
            *hidden,
            html.Label(context.say("mesures_prix_jour"), htmlFor="champ-prix"),
            " ",
            dcc.Input(type="number", name="prix_jour", id="champ-prix", min=0, max=MAX_PRICE, step=1, **price),
            " ",
            html.Button(context.say("mesures_calculer"), type="submit", className="button"),
        ],
        method="get",
        action=f"{PATH}#simulateur",
        className="simulator-form",
    )


def _table(context: Context, share: float) -> html.Table:
    language, price = context.language, context.enquiry.day_price
    heads = ["mesures_jours", "mesures_jours_payes", "mesures_jours_reste"]
    heads += ["mesures_eur_total", "mesures_eur_paye", "mesures_eur_reste"] if price else []
    rows = []
    for days in range(FEWEST_DAYS, MOST_DAYS + 1):
        cells = [number(days * share, language, 1), number(days * (1 - share), language, 1)]
        if price:
            whole = days * price
            cells += [_amount(part, language) for part in (whole, whole * share, whole * (1 - share))]
        row = [html.Th(number(days, language), scope="row")]
        rows.append(html.Tr([*row, *(html.Td(cell, className="number") for cell in cells)]))
    head = [
        html.Th(context.say(key), scope="col", className="number" if place else None) for place, key in enumerate(heads)
    ]
    caption = context.say("mesures_simulateur_titre_prix" if price else "mesures_simulateur_titre")
    return html.Table([html.Caption(caption), html.Thead(html.Tr(head)), html.Tbody(rows)], className="table")


def _amount(value: float, language: str) -> str:
    """Euros to the euro: a bill is not rounded to thousands."""
    amount = number(value, language)
    return f"€{amount}" if language == "en" else f"{amount}\u202f€"


def _claims(context: Context) -> list[Any]:
    links: list[Any] = []
    for claim, statement in context.claims.get("V06", ()):
        links += [" · " if links else "", html.A(statement, href=page_link(context, "/chiffres", claim))]
    return links
