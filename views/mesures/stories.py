"""Two readers of the plan of Hauts-de-France asked: what the page answers to each."""

from typing import Any

from dash import html

from state.enquiry import Enquiry
from views.mesures.words import Context, address, facts, page_link, quote_of, source_line

QUESTION = "comment la région peut elle m’aider"
_LIMIT = "demander moins de 50 000 € à la BPI reçoivent de sa part une fin de non-recevoir"


def draw_stories(context: Context) -> html.Section:
    """The comments left under the plan, and the enquiries that they become; comments are quotes, not facts."""
    here = Enquiry(my_region="32")
    return html.Section(
        [
            html.H2(context.say("mesures_histoires"), id="questions"),
            html.P(context.say("mesures_histoires_lead")),
            _story(context, "H14", QUESTION, context.say("mesures_histoire_aide"), here),
            _story(context, "H15", _LIMIT, context.say("mesures_histoire_ticket"), here.having(amount=40_000)),
            source_line(context, "seed-hdf"),
        ]
    )


def _story(context: Context, fact: str, words: str, answer: str, enquiry: Enquiry) -> html.Div:
    links: list[Any] = [
        html.A(context.say("mesures_histoire_lien"), href=address(context, enquiry, "reponse"), className="button")
    ]
    for claim, statement in context.claims.get(fact, ()):
        links += [" ", html.A(statement, href=page_link(context, "/chiffres", claim))]
    return html.Div([quote_of(words), html.P(answer), html.P(links)], className="story", **facts([fact]))
