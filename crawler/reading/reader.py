"""A pool of long-lived reading processes that are killed when a page takes too long."""

from __future__ import annotations

import asyncio
import multiprocessing
import signal
import sys
from collections.abc import Callable
from concurrent.futures import Future
from concurrent.futures import TimeoutError as FutureTimeout
from pathlib import Path
from types import TracebackType
from typing import Any

from pebble import ProcessExpired, ProcessPool

from crawler.configuration.locate import ConfigFolder
from crawler.outcomes import Outcome
from crawler.reading.document import Document, Page, Unreadable
from crawler.reading.guards import check_bytes
from crawler.reading.page import read_page
from crawler.reading.warm import warm_up

if sys.platform != "win32":
    import resource

# Address space of one worker: a page that needs more is refused in that worker, the machine does not swap.
_MEMORY = 4 << 30
_PRELOAD = ["crawler.reading.preload"]


class Reader:
    """Reads pages in `processes` workers, each page at most `seconds` long.

    `read` waits, `read_async` does not block the event loop; both give a Document or an Unreadable and never raise for
    a page. Workers start with the first page. Close it, or use it as a context manager.
    """

    def __init__(self, processes: int = 1, seconds: float = 20.0, *, config: ConfigFolder | None = None) -> None:
        self.seconds = seconds
        method = "forkserver" if sys.platform.startswith("linux") else "spawn"
        context: Any = multiprocessing.get_context(method)
        if method == "forkserver":
            # a killed worker is replaced in milliseconds: the server holds the libraries already
            context.set_forkserver_preload(_PRELOAD)
        root = str(config.root) if config else None
        self._pool = ProcessPool(max_workers=processes, initializer=_start_worker, initargs=(root,), context=context)

    def read(self, page: Page) -> Document | Unreadable:
        """The document of a page; waits for it."""
        refused = _refused(page)
        return refused if refused else self._settle(page, self._schedule(page))

    async def read_async(self, page: Page) -> Document | Unreadable:
        """The document of a page, while the event loop goes on. Cancelling it kills the worker that reads the page."""
        refused = _refused(page)
        if refused:
            return refused
        future = self._schedule(page)
        try:
            return await asyncio.wrap_future(future)
        except asyncio.CancelledError:
            if not future.done() or future.cancelled():
                raise
            return self._settle(page, future)
        except Exception:  # what went wrong is told by the future, in one place
            return self._settle(page, future)

    def close(self) -> None:
        """Stop the workers; pages that are still being read are given up."""
        if self._pool.active:
            stop: Callable[[], None] = self._pool.stop
            stop()
        self._pool.join()

    def __enter__(self) -> Reader:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def _schedule(self, page: Page) -> Future[Document | Unreadable]:
        future: Future[Document | Unreadable] = self._pool.schedule(_work, args=(page,), timeout=self.seconds)
        return future

    def _settle(self, page: Page, future: Future[Document | Unreadable]) -> Document | Unreadable:
        try:
            return future.result()
        except FutureTimeout:
            return Unreadable(page.url, Outcome.READ_TIMEOUT, f"reading took longer than {self.seconds:g} s")
        except ProcessExpired as error:
            return Unreadable(page.url, Outcome.QUARANTINED, f"the reading process died (exit code {error.exitcode})")
        except MemoryError:
            return Unreadable(page.url, Outcome.TOO_LARGE, "reading it needs more memory than a worker has")


def _refused(page: Page) -> Unreadable | None:
    """What is refused by its size alone never travels to a worker."""
    refusal = check_bytes(page.body)
    return Unreadable(page.url, refusal.outcome, refusal.reason) if refusal else None


def _start_worker(config_root: str | None) -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is the parent's business, which stops its workers
    if sys.platform.startswith("linux"):
        _, hard = resource.getrlimit(resource.RLIMIT_AS)
        limit = _MEMORY if hard == resource.RLIM_INFINITY else min(_MEMORY, hard)
        resource.setrlimit(resource.RLIMIT_AS, (limit, hard))
    warm_up(ConfigFolder(Path(config_root)) if config_root else None)


def _work(page: Page) -> Document | Unreadable:
    return read_page(page)
