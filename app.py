"""Atlas Industrie: wires settings, data, pages and callbacks into one Dash app; ``server`` is for a WSGI server."""

from pathlib import Path

from dash import Dash
from flask import Flask
from flask_compress import Compress
from werkzeug.serving import run_simple
from werkzeug.test import Client

from callbacks import register
from callbacks.cache import Answers, make_cache
from callbacks.cache_memory import MemoryCache
from callbacks.errors import explain
from delivery import Delivery
from geodata.errors import PublishedDataError
from geodata.remote import Remote
from geodata.repository import load_tables
from layouts import shell
from pages import routing
from pages.document import Pages
from pages.pictures import pictures
from security import guard
from serving.atlas import Atlas
from serving.feed import Feed
from serving.kept import Kept
from serving.metrics import Metrics
from serving.site import Site, make_site
from settings import Settings, load_settings
from views.text import text

COMPRESSED = (
    *("text/html", "text/css", "text/csv", "application/json", "application/geo+json"),
    *("text/javascript", "application/javascript"),
)


KEPT_BYTES = 64_000_000
"""Compressed answers of one process: some thousands of pages and filters."""

TRIED = ("/", "/sites", "/suivi", "/chiffres", "/regions", "/sources")
"""What a received publication must answer before it is shown."""


def create_app(settings: Settings) -> Dash:
    """One atlas on the published folder, as a Dash app."""
    return _wire(settings, settings.data_folder)[0]


def create_site(settings: Settings) -> Site:
    """The atlas as a server runs it: on the published folder, or on the publications of ``DATA_URL``.

    Raises:
        PublishedDataError: there is no publication that can be shown.
    """
    feed = _feed(settings) if settings.data_url else None
    first = feed.first(settings.data_folder) if feed else _wire(settings, settings.data_folder)[1]
    metrics = Metrics() if settings.is_metrics_served else None
    return make_site(first, feed, settings.keep_minutes * 60, metrics, is_logged=settings.log_format == "json")


def _feed(settings: Settings) -> Feed:
    def make(folder: Path) -> Atlas:
        atlas = _wire(settings, folder)[1]
        for path in TRIED:
            status = Client(atlas.answer).get(path).status_code
            if status != 200:
                raise PublishedDataError(f"{folder}: {path} answers {status} with this publication. Publish again.")
        return atlas

    remote, others = Remote(settings.data_url), (settings.data_folder,)
    return Feed(remote, make, settings.received_folder, others, settings.poll_seconds, settings.swap_seconds)


def _wire(settings: Settings, folder: Path) -> tuple[Dash, Atlas]:
    """As many as needed in a process, none shares a state with another.

    Raises:
        PublishedDataError: the published folder is not what its manifest says.
    """
    tables = load_tables(folder, settings.local_folder, settings.archive_folder)
    delivery = Delivery(settings.assets_folder, tables, settings.static_cache_folder, pictures(tables))
    delivery.prepare()
    server = Flask("atlas")
    server.config.update(COMPRESS_ALGORITHM=["zstd", "br", "gzip"], COMPRESS_BR_LEVEL=4, COMPRESS_MIN_SIZE=600)
    server.config["COMPRESS_MIMETYPES"] = COMPRESSED
    app = Dash(
        "atlas",
        server=server,
        title=text("app_name", "fr"),
        update_title=None,
        assets_ignore=".*",
        assets_folder=str(settings.assets_folder),
        compress=False,
        include_assets_files=False,
        on_error=explain,
    )
    Compress(server)
    app.layout = shell.build()
    app.validation_layout = routing.every_page()
    answers = Answers(tables, make_cache(app, settings.cache_url, settings.cache_seconds))
    Pages(tables, delivery, settings, answers.kept).register(app)
    routing.register(app, tables)
    register(app, tables, answers)
    server.wsgi_app = Kept(server.wsgi_app, MemoryCache(settings.cache_seconds, KEPT_BYTES))  # type: ignore[method-assign]
    delivery.serve(server)
    guard(app, settings)
    # Dash builds its callback map on the first request; two at once would race, so the first one is ours.
    Client(server).get("/_dash-dependencies")
    state = answers.cache.state
    return app, Atlas(tables.manifest.hash, tables.short_version, server, delivery.addresses, state)


def main() -> None:
    """Serves the atlas on this machine and prints its address."""
    settings = load_settings()
    run_simple(settings.host, settings.port, create_site(settings), threaded=True)


def __getattr__(name: str) -> Site:
    """``app:server`` for a WSGI server: made when asked for, so that importing this module loads nothing."""
    if name != "server":
        raise AttributeError(name)
    return create_site(load_settings())


if __name__ == "__main__":
    main()
