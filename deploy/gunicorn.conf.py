"""gunicorn for the atlas: ``gunicorn -c deploy/gunicorn.conf.py app:server``. Two processes of four threads.

The app is loaded once, before the processes are forked, so that they share the tables in memory.
"""

import gc
from typing import Any

from settings import load_settings

# Nothing is garbage while modules are loaded: a quarter of a second of the start. What was loaded is then kept for good,
# so that collections in the workers neither look at it nor copy its memory.
gc.disable()

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
    gc.freeze()
    gc.enable()
    print(f"Atlas Industrie: http://{bind}  (Ctrl-C to stop)", flush=True)
