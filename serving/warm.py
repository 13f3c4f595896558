"""What visitors ask for first is made before they come: in the background of each process, once it answers.

The pages go where all answers go, so that processes with a common cache make each of them once.
"""

import logging
import threading
import time
from collections.abc import Callable, Iterable, Sequence
from http import HTTPStatus
from wsgiref.types import WSGIApplication

from werkzeug.test import Client

LOGGER = logging.getLogger(__name__)
BROWSER_ENCODINGS = "gzip, deflate, br, zstd"
_SHARE = 0.5
"""Of the time, at most: a visitor who comes meanwhile is answered first."""


def warm(
    application: WSGIApplication, addresses: Iterable[str], host: str, rest: Callable[[float], object] = time.sleep
) -> list[str]:
    """Asks for each address as a browser would; gives those that were not answered by a 200.

    Args:
        host: what visitors write; answers are kept by it.
        rest: what is done after each, for the seconds that it took.
    """
    failed = []
    for address in addresses:
        began = time.monotonic()
        try:
            is_answered = _ask(application, address, host)
        except Exception:  # nobody asked for it yet: whoever does will be told
            LOGGER.exception("%s: cannot be made ahead", address)
            is_answered = False
        failed += [] if is_answered else [address]
        rest((time.monotonic() - began) * (1 / _SHARE - 1))
    return failed


def warm_behind(application: WSGIApplication, addresses: Sequence[str], host: str) -> threading.Thread:
    """The same in a thread that ends with the process."""
    thread = threading.Thread(target=warm, args=(application, addresses, host), name="warm", daemon=True)
    thread.start()
    return thread


def _ask(application: WSGIApplication, address: str, host: str) -> bool:
    headers = {"Host": host, "Accept-Encoding": BROWSER_ENCODINGS}
    answer = Client(application).get(address, headers=headers)
    answer.close()
    return answer.status_code == HTTPStatus.OK
