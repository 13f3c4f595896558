"""What several tests share: settings that leave the machine alone, the published tables, one app, hostile words."""

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from dash import Dash
from flask.testing import FlaskClient
from hypothesis import settings as profiles

from geodata.repository import Tables, load_tables
from settings import ROOT, Settings

if TYPE_CHECKING:
    from callbacks.cache import Answers

# The machine may be slow or shared: no deadline, and enough examples to find what they find.
profiles.register_profile("atlas", max_examples=50, deadline=None)
profiles.load_profile("atlas")

PUBLISHED = ROOT / "geodata" / "published"


@pytest.fixture(scope="session")
def published() -> Path:
    return PUBLISHED


@pytest.fixture(scope="session")
def settings(tmp_path_factory: pytest.TempPathFactory) -> Settings:
    """Without what this machine may have imported."""
    folder = tmp_path_factory.mktemp("local")
    return Settings(local_folder=folder, relay_file=folder / "relais.sqlite")


@pytest.fixture(scope="session")
def tables() -> Tables:
    return load_tables(PUBLISHED)


@pytest.fixture(scope="session")
def app(settings: Settings) -> Dash:
    from app import create_app  # here, so that a test of one view does not load the whole app

    return create_app(settings)


@pytest.fixture(scope="session")
def answers(app: Dash, tables: Tables) -> "Answers":
    from callbacks.cache import Answers, make_cache

    return Answers(tables, make_cache(app, "memory://", 60))


@pytest.fixture
def client(app: Dash) -> Iterator[FlaskClient]:
    with app.server.test_client() as client:
        yield client
