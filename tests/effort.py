"""Whether something ends within so much CPU time, told apart from what the machine does beside it."""

from __future__ import annotations

import gc
import time
from collections.abc import Callable


def within(seconds: float, run: Callable[[], object], tries: int = 3) -> bool:
    """One of a few tries stays below `seconds` of CPU. Without the garbage collector: a sweep over all that a long
    test run has loaded takes up to a second, wherever it falls."""
    gc.disable()
    try:
        for _ in range(tries):
            begun = time.process_time()
            run()
            if time.process_time() - begun < seconds:
                return True
    finally:
        gc.enable()
    return False
