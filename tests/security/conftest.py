"""An atlas whose every free text is hostile."""

from collections.abc import Iterator

import pytest
from dash import Dash
from flask.testing import FlaskClient

from geodata.repository import Tables
from settings import Settings
from tests.security.hostile import hostile_tables


@pytest.fixture(scope="session")
def hostile(tables: Tables) -> Tables:
    return hostile_tables(tables)


@pytest.fixture(scope="session")
def hostile_app(hostile: Tables, settings: Settings) -> Dash:
    """Its static files are neither drawn nor served: a cache that others share must not hold them."""
    import app

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(app, "load_tables", lambda *_: hostile)
        patch.setattr("delivery.Delivery.prepare", lambda _: None)
        patch.setattr("delivery.Delivery.serve", lambda *_: None)
        # Patched while it is made, no longer: other tests make an app too, in any order.
        return app.create_app(settings.model_copy(update={"expensive_per_minute": 0}))


@pytest.fixture
def hostile_client(hostile_app: Dash) -> Iterator[FlaskClient]:
    with hostile_app.server.test_client() as client:
        yield client
