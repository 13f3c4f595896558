"""Logs: lines to read, or one JSON object a line (``ATLAS_LOG_FORMAT=json``) for a machine to read.

No address of a visitor and no query string is ever written: what people look for is theirs.
"""

import json
import logging
from datetime import UTC, datetime
from typing import Any

ACCESS = "atlas.access"
EXTRA = "said"
"""The attribute of a record that holds its own fields: ``logger.info("…", extra={"said": {…}})``."""


class JsonLines(logging.Formatter):
    """One object a line: time (UTC, ISO 8601), level, logger, message, the record's own fields, the stack if any."""

    def format(self, record: logging.LogRecord) -> str:
        line: dict[str, Any] = {
            "time": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "logger": record.name,
            "message": record.getMessage(),
            "process": record.process,
            **getattr(record, EXTRA, {}),
        }
        if record.exc_info:
            line["stack"] = self.formatException(record.exc_info)
        return json.dumps(line, ensure_ascii=False, default=str)


def log_config(log_format: str) -> dict[str, Any]:
    """What ``logging.config.dictConfig`` wants; requests are logged in JSON only."""
    is_json = log_format == "json"
    lines = (
        {"()": "serving.logs.JsonLines"} if is_json else {"format": "%(asctime)s %(levelname)s %(name)s: %(message)s"}
    )
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "formatters": {"lines": lines},
        "handlers": {"out": {"class": "logging.StreamHandler", "formatter": "lines", "stream": "ext://sys.stderr"}},
        "root": {"level": "WARNING", "handlers": ["out"]},
        "loggers": {
            ACCESS: {"level": "INFO" if is_json else "WARNING"},
            "gunicorn.error": {"level": "INFO" if is_json else "WARNING", "handlers": [], "propagate": True},
            "gunicorn.access": {"level": "WARNING", "handlers": [], "propagate": True},
        },
    }
