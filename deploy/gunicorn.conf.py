"""gunicorn for the atlas: ``gunicorn -c deploy/gunicorn.conf.py app:server``. Two processes of four threads.

The app is loaded once, before the processes are forked, so that they share the tables in memory.
"""

from typing import Any

from settings import load_settings

_SETTINGS = load_settings()

bind = f"{_SETTINGS.host}:{_SETTINGS.port}"
workers = 2
threads = 4
worker_class = "gthread"
preload_app = True
control_socket_disable = True
keepalive = 5
timeout = 60
loglevel = "warning"


def when_ready(server: Any) -> None:  # noqa: ARG001 - gunicorn's signature
    """Says where the atlas is, once it answers."""
    print(f"Atlas Industrie: http://{bind}  (Ctrl-C to stop)", flush=True)
