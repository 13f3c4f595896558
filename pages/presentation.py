"""The page ``/presentation``: choose, edit, play (``?mode=salle``, ``console``, ``kiosk``)."""

from urllib.parse import parse_qs

import presentations
from geodata.queries.claims import all_claims
from geodata.repository import Tables
from pages.hall import MODES, presentation_named, show_console, show_hall, show_mine
from pages.visit import Document, Visit
from views.hall.address import is_mine
from views.hall.chooser import Shown, draw_chooser
from views.hall.editor import draw_editor
from views.text import text

_DEFAULT = presentations.SHIPPED[0]


def show(tables: Tables, visit: Visit) -> Document | None:
    """What the query names (``p=assemblee-3``, ``region-32``, ``moi-…``) in a mode, or the choice; None for another."""
    asked = {key: values[-1] for key, values in parse_qs(visit.query).items()}
    name, mode = asked.get("p", ""), asked.get("mode", "")
    if not mode:
        return _editor(tables, visit.language) if is_mine(name) else _chooser(tables, name, visit.language)
    if mode not in MODES:
        return None
    if is_mine(name):
        return show_mine(mode, visit.language)
    presentation = presentation_named(tables, name or _DEFAULT)
    if presentation is None:
        return None
    if mode == "console":
        return show_console(tables, presentation, name or _DEFAULT, visit.language)
    return show_hall(tables, presentation, visit.language)


def _chooser(tables: Tables, name: str, language: str) -> Document | None:
    """The shipped presentations, and that of one region."""
    regions = tables["regions"][["code_region", "nom"]].sort_values("nom")
    names = {f"region-{code}": nom for code, nom in regions.itertuples(index=False)}
    if name and name not in names and name not in presentations.SHIPPED:
        return None
    chosen = name if name in names else next(iter(names))
    shown = [Shown(one, found) for one in presentations.SHIPPED if (found := presentation_named(tables, one))]
    region = presentation_named(tables, chosen)
    title = text("presentation_title", language)
    return Document(
        title,
        draw_chooser(shown, Shown(chosen, region) if region else None, names, language),
        description=text("presentation_description", language),
        styles=("presentation",),
        is_tool=True,
        modules=("presentation.mjs",),
    )


def _editor(tables: Tables, language: str) -> Document:
    regions = tables["regions"][["code_region", "nom"]].sort_values("nom")
    frames = {f"region:{code}": nom for code, nom in regions.itertuples(index=False)}
    claims = [(claim.claim_id, claim.statement.read(language)) for claim in all_claims(tables)]
    return Document(
        text("presentation_edit_title", language),
        draw_editor(frames, claims, language),
        styles=("presentation",),
        is_tool=True,
        modules=("editor.mjs",),
    )
