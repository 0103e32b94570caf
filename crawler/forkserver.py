"""The process that all workers are forked from. Started first thing by a command, so that it loads the libraries and
compiles the rules while the command itself still does the same (2.5 s less before the first page, 2026-11-22)."""

from __future__ import annotations

import multiprocessing
import os
import sys
from multiprocessing import forkserver
from pathlib import Path
from typing import Any

# For commands that crawl in children: each of them would load these by itself (1.5 s of CPU, 2026-11-22).
CRAWL = ("crawler.crawl.runner", "crawler.crawl.handler")
METHOD = "forkserver" if sys.platform.startswith("linux") else "spawn"


def start(config: Path | None = None, *also: str) -> Any:
    """Start it (once a process) and return the context that workers are made with. `also`: modules that these need.

    Never a plain fork: a child would inherit the reactor, its sockets and the database's connections.
    """
    context: Any = multiprocessing.get_context(METHOD)
    if METHOD == "forkserver":
        if config is not None:
            os.environ["MARSAD_CONFIG"] = str(config.absolute())  # how the server learns whose rules to compile
        context.set_forkserver_preload(["crawler.preload", *also])
        forkserver.ensure_running()
    return context
