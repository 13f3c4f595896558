"""What stands between the network and the app: headers on every answer, limits before anything is read or made.

``guard`` puts it all around one app; ``docs/security.md`` says against whom, and what is not done.
"""

from dash import Dash
from werkzeug.middleware.proxy_fix import ProxyFix

from security import bodies, limits
from security.headers import Headers
from security.policy import Policies
from settings import Settings

MAX_BODY = 2_100_000
"""Bytes: a file to check is the longest thing that a visitor sends; each address has its own, lower limit."""


def guard(app: Dash, settings: Settings) -> None:
    """The last thing done to an app: what is registered before is in its reach, static files included."""
    server = app.server
    server.config["MAX_CONTENT_LENGTH"] = MAX_BODY
    if settings.hosts:
        # An atlas tries itself, as localhost, before it shows a publication.
        server.config["TRUSTED_HOSTS"] = [*settings.hosts.split(), "localhost"]
    first = [limits.register(server, settings.expensive_per_minute, settings.threads), bodies.checker(app)]
    # Before Dash's own, which would read the body.
    server.before_request_funcs.setdefault(None, [])[:0] = first
    tiles = settings.ign_tiles_url if settings.is_ign_offered else ""
    policies = Policies(tuple(app.csp_hashes()), tiles, tuple(settings.embedded_by.split()))
    guarded = Headers(server.wsgi_app, policies)
    # Host comes as the visitor wrote it; a proxy would pass an X-Forwarded-Host of theirs on.
    n = settings.proxies
    server.wsgi_app = ProxyFix(guarded, x_for=n, x_proto=n) if n else guarded
