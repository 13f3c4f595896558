"""Selection → one query → one view. Each callback is a named function; ``register`` binds them to one app."""

from dash import Dash

from callbacks import (
    calendar,
    carte,
    changes,
    charts,
    documents,
    downloads,
    drawer,
    ledger,
    monitoring,
    presentation_files,
    view,
)
from callbacks.cache import Answers
from geodata.repository import Tables


def register(app: Dash, tables: Tables, answers: Answers) -> None:
    """Binds every callback and download route to ``app``."""
    charts.register(app, answers)
    drawer.register(app, answers)
    carte.register(app, answers)
    downloads.register(app, tables)
    changes.register(app, tables)
    documents.register(app, tables)
    calendar.register(app, tables)
    ledger.register(app, tables)
    monitoring.register(app, tables)
    presentation_files.register(app, tables)
    view.register(app, tables)
