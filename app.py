"""Atlas Industrie: wires settings, data, pages and callbacks into one Dash app; ``server`` is for a WSGI server."""

from dash import Dash
from flask import Flask
from flask_compress import Compress

from callbacks import register
from callbacks.cache import Answers, make_cache
from callbacks.errors import explain
from delivery import Delivery
from geodata.repository import load_tables
from layouts import shell
from pages import routing
from pages.document import Pages
from pages.pictures import pictures
from settings import Settings, load_settings
from views.text import text

COMPRESSED = (
    *("text/html", "text/css", "text/csv", "application/json", "application/geo+json"),
    *("text/javascript", "application/javascript"),
)


def create_app(settings: Settings) -> Dash:
    """One atlas on one published folder: as many as needed in a process, none shares a state with another.

    Raises:
        PublishedDataError: the published folder is not what its manifest says.
    """
    tables = load_tables(settings.data_folder, settings.local_folder, settings.archive_folder)
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
    delivery.serve(server)
    # Dash builds its callback map on the first request; two at once would race, so the first one is ours.
    server.test_client().get("/_dash-dependencies")
    return app


def main() -> None:
    """Serves the atlas on this machine and prints its address."""
    settings = load_settings()
    create_app(settings).run(host=settings.host, port=settings.port, debug=False)


def __getattr__(name: str) -> Flask:
    """``app:server`` for a WSGI server: made when asked for, so that importing this module loads nothing."""
    if name != "server":
        raise AttributeError(name)
    return create_app(load_settings()).server


if __name__ == "__main__":
    main()
