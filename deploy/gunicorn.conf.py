"""gunicorn for the atlas: ``gunicorn -c deploy/gunicorn.conf.py app:server``. Two processes of four threads.

The app is loaded once, before the processes are forked, so that they share the tables in memory. SIGTERM: no new
connection is taken, what is being answered is finished within ``graceful_timeout`` seconds.
"""

import resource
from typing import Any

from serving.logs import log_config
from settings import load_settings

_SETTINGS = load_settings()

bind = f"{_SETTINGS.host}:{_SETTINGS.port}"
workers = _SETTINGS.workers
threads = _SETTINGS.threads
worker_class = "gthread"
# A hall of five hundred browsers opens six connections each, and keeps them. Files: as many as the system lets us have.
_FILES = 16_384
_SOFT, _HARD = resource.getrlimit(resource.RLIMIT_NOFILE)
if _SOFT != resource.RLIM_INFINITY and _SOFT < _FILES:
    _SOFT = _FILES if _HARD == resource.RLIM_INFINITY else min(_FILES, _HARD)
    resource.setrlimit(resource.RLIMIT_NOFILE, (_SOFT, _HARD))
worker_connections = max(200, min(4_000, _SOFT - 200)) if _SOFT != resource.RLIM_INFINITY else 4_000
backlog = 4_096
preload_app = True
control_socket_disable = True
keepalive = 75  # longer than a proxy keeps an idle connection: it is never the one that is surprised
timeout = 60
graceful_timeout = 30
loglevel = "info" if _SETTINGS.log_format == "json" else "warning"
logconfig_dict = log_config(_SETTINGS.log_format)

if _SETTINGS.is_metrics_served:
    # Where the processes' counts meet; counts of a former run are not this one's.
    _METRICS = _SETTINGS.metrics_folder / str(_SETTINGS.port)
    _METRICS.mkdir(parents=True, exist_ok=True)
    for _FORMER in _METRICS.glob("*.db"):
        _FORMER.unlink()
    raw_env = [f"PROMETHEUS_MULTIPROC_DIR={_METRICS}"]


_PAGES = ("sites", "suivi", "mesures", "chiffres", "chronologie", "presentation", "sources", "regions", "territoires")
_REGIONS = ("11", "24", "27", "28", "32", "44", "52", "53", "75", "76", "84", "93", "94", "01", "02", "03", "04", "06")
WARMED = (
    "/_dash-layout",
    "/_dash-dependencies",
    *(f"/{page}{query}" for query in ("", "?lang=en") for page in ("", *_PAGES)),
    *(f"/regions/{code}" for code in _REGIONS),
)
"""What visitors ask first, most asked first: some ten seconds of work, at half speed."""


def when_ready(server: Any) -> None:  # noqa: ARG001 - gunicorn's signature
    """Says where the atlas is, once it answers."""
    print(f"Atlas Industrie: http://{bind}  (Ctrl-C to stop)", flush=True)


def post_worker_init(worker: Any) -> None:
    """A worker watches for new publications even before its first request, and makes ahead what will be asked first."""
    worker.wsgi.watch()
    names = _SETTINGS.hosts.split()
    worker.wsgi.warm(WARMED, names[0] if names else bind)


def child_exit(server: Any, worker: Any) -> None:  # noqa: ARG001 - gunicorn's signature
    """A worker that ended no longer counts among the living."""
    if _SETTINGS.is_metrics_served:
        from prometheus_client.multiprocess import mark_process_dead  # noqa: PLC0415

        mark_process_dead(worker.pid)
