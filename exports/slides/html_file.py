"""The scenes as one HTML file that opens from a disk: the hall's own page with everything in it; no request at all."""

from html import escape
from string import Template

from exports.slides.deck import Deck
from exports.slides.kit import Kit
from views.hall.page import draw_hall
from views.markup import to_html
from views.text import text

MIMETYPE = "text/html; charset=utf-8"


def export_html(deck: Deck, kit: Kit) -> bytes:
    """The hall with its keys; ``?mode=kiosk&loop=45`` after the name of the file makes it turn by itself."""
    title = f"{deck.title} · {text('app_name', deck.language)}"
    hall = to_html(draw_hall(deck.slides, deck.shapes, deck.title, deck.language))
    return whole_page(deck, kit, title, f"<style>{kit.hall_css}</style>", f"{hall}\n<script>{kit.hall_js}</script>")


def whole_page(deck: Deck, kit: Kit, title: str, head: str, body: str) -> bytes:
    """The document: ``head`` and ``body`` are HTML already, ``title`` is a text."""
    written = Template(kit.parts["page.html"]).substitute(
        language=deck.language, title=escape(title), publication=escape(deck.publication), head=head, body=body
    )
    return written.encode()
