"""What a visitor is told when a callback fails: what happened, what to do, and the number to report."""

import logging
import uuid

from dash import ctx, set_props
from flask import Response, after_this_request, has_request_context

from ids import Page
from state import Selection
from views.markup import MARKUP, to_html
from views.notices import draw_failure

LOGGER = logging.getLogger(__name__)


def explain(error: Exception) -> None:
    """Logs the error under a short number and shows that number; the part that failed keeps what it shows."""
    number = uuid.uuid4().hex[:8]
    LOGGER.error("callback failed, number %s", number, exc_info=error)
    query = next((str(value) for value in ctx.inputs.values() if value), "")
    notice = draw_failure(number, Selection.from_query(query).language)
    set_props(Page.notice, {MARKUP: to_html(notice)})
    if has_request_context():
        after_this_request(_unkept)


def _unkept(response: Response) -> Response:
    """A failure is told to the one whom it befell: the next visitor may have better luck."""
    response.headers["Cache-Control"] = "no-store"
    return response
