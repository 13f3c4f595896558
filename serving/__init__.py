"""What stands between a WSGI server and the atlas: the publication shown now, its successor, health, logs, metrics."""
