"""Waits in a real browser that the pages' own Content-Security-Policy does not stop."""

import time
from typing import Any


def wait_until(page: Any, expression: str, timeout_s: float = 30.0) -> None:
    """Returns once the expression is true in ``page``, which is Playwright's.

    Playwright's own wait evaluates text inside the page, and a policy without ``unsafe-eval`` refuses that.

    Raises:
        TimeoutError: naming the expression.
    """
    deadline = time.monotonic() + timeout_s
    while not page.evaluate(f"Boolean({expression})"):
        if time.monotonic() > deadline:
            raise TimeoutError(f"after {timeout_s} s still not true: {expression}")
        page.wait_for_timeout(50)
