import json
import logging
import sys

from serving.logs import EXTRA, JsonLines
from serving.metrics import kind_of


def test_a_line_is_one_object_whatever_is_in_it() -> None:
    try:
        raise ValueError("deux\nlignes « é »")
    except ValueError:
        record = logging.LogRecord("atlas", logging.ERROR, "x.py", 1, "dit %s", ("a\nb",), sys.exc_info())
    setattr(record, EXTRA, {"path": '/"\n', "odd": object()})
    line = JsonLines().format(record)
    assert "\n" not in line
    said = json.loads(line)
    assert (said["message"], said["level"], said["path"]) == ("dit a\nb", "error", '/"\n')
    assert "ValueError" in said["stack"]


def test_the_kinds_of_addresses_are_few_whatever_is_typed() -> None:
    typed = ["/", "/sites/abc", "/assets/../x", "/geodata/x", "/_dash-update-component", "/telecharger/é", "/metrics"]
    assert {kind_of(path) for path in typed} == {"page", "file", "callback", "download", "check"}
