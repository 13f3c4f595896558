"""The page ``/chiffres``: the claims ledger."""

from geodata.queries.claims import all_claims, choices_of, claims_of, contradictions_of
from geodata.repository import Tables
from pages.visit import Document, Visit
from state.ledger import Ledger
from views.chiffres.page import draw_page
from views.text import text


def show(tables: Tables, visit: Visit) -> Document:
    """Every announced figure, what the data give, the gap and why; contradictions first."""
    ledger, manifest = Ledger.from_query(visit.query), tables.manifest
    content = draw_page(
        claims_of(tables, ledger),
        all_claims(tables),
        contradictions_of(tables),
        choices_of(tables),
        ledger,
        titles_of(tables),
        manifest.hash,
    )
    language = ledger.language
    words = {name: text(f"chiffres_{name}", language) for name in ("copy", "copied", "copy_failed")}
    return Document(
        text("chiffres_title", language),
        content,
        description=text("chiffres_description", language),
        styles=("chiffres",),
        modules=("copy.mjs",),
        data={"messages": words},
    )


def titles_of(tables: Tables) -> dict[str, str]:
    """The title of each source by short name."""
    return {name: str(entry["title"]) for name, entry in tables.manifest.sources.items()}
