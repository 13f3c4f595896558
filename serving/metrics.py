"""Prometheus metrics, loaded only when asked for (``ATLAS_IS_METRICS_SERVED=1``); one answer for every process.

With several processes ``PROMETHEUS_MULTIPROC_DIR`` names the folder where they meet: deploy/gunicorn.conf.py sets it.
"""

from typing import Any

PATH = "/metrics"
_SECONDS = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 10.0)


class Metrics:
    """Counts requests by kind and status, times them, and says what is shown and from which cache."""

    def __init__(self) -> None:
        import prometheus_client as prometheus  # noqa: PLC0415 - an atlas without metrics does not load it

        self._prometheus = prometheus
        self._registry = prometheus.CollectorRegistry()
        own: Any = {"registry": self._registry}
        self._requests = prometheus.Counter("atlas_requests", "Requests answered.", ["kind", "status"], **own)
        self._seconds = prometheus.Histogram(
            "atlas_request_seconds", "Seconds until the answer was sent.", ["kind"], buckets=_SECONDS, **own
        )
        live: Any = {"multiprocess_mode": "livemax", **own}
        self._shown = prometheus.Gauge("atlas_publication", "1 for the publication shown.", ["hash"], **live)
        self._refused = prometheus.Gauge("atlas_publications_refused", "Publications refused since the start.", **live)
        cache: Any = {"multiprocess_mode": "livemostrecent", **own}
        self._cache = prometheus.Gauge("atlas_cache_available", "1 when the cache answers.", **cache)
        self._last_shown = ""

    def count(self, kind: str, status: int, seconds: float) -> None:
        self._requests.labels(kind, f"{status // 100}xx").inc()
        self._seconds.labels(kind).observe(seconds)

    def page(self, publication: str, cache: str, n_refused: int) -> tuple[str, bytes]:
        """The content type and the text of the metrics, all processes together."""
        if self._last_shown and self._last_shown != publication:
            self._shown.labels(self._last_shown[:12]).set(0)
        self._last_shown = publication
        self._shown.labels(publication[:12]).set(1)
        self._refused.set(n_refused)
        self._cache.set(0 if cache == "unavailable" else 1)
        return self._prometheus.CONTENT_TYPE_LATEST, self._prometheus.generate_latest(self._everyone())

    def _everyone(self) -> Any:
        from prometheus_client.multiprocess import MultiProcessCollector  # noqa: PLC0415

        everyone = self._prometheus.CollectorRegistry()
        try:
            MultiProcessCollector(everyone)
        except ValueError:  # one process: no folder to meet in
            return self._registry
        return everyone


def kind_of(path: str) -> str:
    """The kind of an address, one of few: a label must not grow with what people type."""
    if path.endswith("/_dash-update-component"):
        return "callback"
    for start, kind in (("/assets/", "file"), ("/geodata/", "file"), ("/_dash", "file"), ("/telecharger/", "download")):
        if path.startswith(start):
            return kind
    return "check" if path in ("/health", "/ready", PATH) else "page"
