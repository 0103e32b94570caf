"""Killable worker processes that read and understand pages, so that no page can stop a crawl.

Each worker compiles the rules once and lives long; one that is over its time is killed and replaced in
milliseconds, and its page ends as `read_timeout` (a 1.1 MB page of short paragraphs took 26 s, design.md).
"""

from __future__ import annotations

import asyncio
import signal
import sys
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future
from concurrent.futures import TimeoutError as FutureTimeoutError
from concurrent.futures.process import BrokenProcessPool
from pathlib import Path
from types import TracebackType
from typing import Any, Generic, TypeVar

from pebble import ProcessExpired, ProcessPool

from crawler import forkserver
from crawler.configuration.locate import ConfigFolder
from crawler.errors import MarsadError, UsageError, is_told
from crawler.inputs import Item
from crawler.outcomes import Outcome
from crawler.pipeline import Rules, Understood, Work, load_rules, read, understand
from crawler.reading.document import Document, Unreadable
from crawler.reading.warm import warm_up

if sys.platform.startswith("linux"):
    import resource

# Filled once in each worker process, never in the parent.
_rules: Rules | None = None
_broken: str | None = None  # why it could not be filled

Answer = TypeVar("Answer")


# Address space of one worker: a page that needs more is refused in that worker, the machine does not swap.
_MEMORY = 4 << 30
_RENEWALS = 3


class WorkersLostError(MarsadError):
    """No process that reads pages stays alive."""


def _start(root: str, topic: str | None) -> None:
    global _rules, _broken  # noqa: PLW0603 - the only state of a worker process
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # ctrl-C is the parent's business, which stops its workers
    if sys.platform.startswith("linux"):
        _, hard = resource.getrlimit(resource.RLIMIT_AS)
        limit = _MEMORY if hard == resource.RLIM_INFINITY else min(_MEMORY, hard)
        resource.setrlimit(resource.RLIMIT_AS, (limit, hard))
    folder = ConfigFolder(Path(root))
    try:
        warm_up(folder)
        if topic is not None:
            _rules = load_rules(folder, topic)
    except Exception as error:  # edited since the command checked it; a worker that died here would be made for ever
        _broken = str(error) if is_told(error) else f"{type(error).__name__}: {error}"


def _read(work: Work) -> Document | Unreadable:
    if _broken is not None:
        raise UsageError(f"the configuration was changed while it was in use, and is wrong now: {_broken}")
    return read(work)


def _understand(work: Work) -> Understood | Unreadable:
    document = _read(work)
    if isinstance(document, Unreadable):
        return document
    assert _rules is not None
    return understand(document, _rules)


class Workers(Generic[Answer]):
    """A pool of `count` processes for one task; `seconds` is what one page may take.

    `readers` gives Document | Unreadable, `understanders` Understood | Unreadable.
    """

    def __init__(self, task: Callable[[Work], Answer | Unreadable], folder: ConfigFolder, topic: str | None, *,
                 count: int, seconds: float) -> None:
        self.count, self.seconds, self._task = count, seconds, task
        self._folder, self._topic = folder, topic
        self._pool = self._make()
        self._renewed = 0  # times since the last answer
        self._closed = False

    def submit(self, work: Work) -> Future[Any]:
        """Begin; hand the future to `result` for the answer. Raises WorkersLostError."""
        while True:
            try:
                future: Future[Any] = self._pool.schedule(self._task, args=(work,), timeout=self.seconds)
            except RuntimeError:
                if self._closed:
                    raise
                self._renew()
            else:
                return future

    def result(self, work: Work, future: Future[Any]) -> Answer | Unreadable:
        """Wait for one answer. A page that is over its time or kills its worker is named, never lost.

        Raises what is no page's fault, since as `quarantined` each would be left for good: UsageError where a worker
        cannot read the rules, WorkersLostError where workers end as soon as they begin.
        """
        try:
            answer: Answer | Unreadable = future.result()
        except BrokenProcessPool:  # it was only waiting for its turn
            return self.result(work, self.submit(work))
        except (FutureTimeoutError, asyncio.TimeoutError):
            return Unreadable(work.url, Outcome.READ_TIMEOUT, f"reading took more than {self.seconds:g} s")
        except ProcessExpired as error:
            return Unreadable(work.url, Outcome.QUARANTINED, f"the reading process died (exit code {error.exitcode})")
        except MemoryError:
            return Unreadable(work.url, Outcome.TOO_LARGE, "reading it needs more memory than a worker has")
        except UsageError:
            raise
        except Exception as error:  # a fault in a rule must cost one page, not the run
            return Unreadable(work.url, Outcome.QUARANTINED, f"{type(error).__name__}: {error}")
        self._renewed = 0
        return answer

    async def work(self, work: Work) -> Answer | Unreadable:
        """The same without holding up the event loop."""
        while True:
            future = self.submit(work)
            try:
                await asyncio.wrap_future(future)
            except BrokenProcessPool:
                continue
            except Exception:  # noqa: S110 - named by `result`
                pass
            return self.result(work, future)

    def in_order(self, items: Iterable[Item]) -> Iterator[tuple[Item, Answer | Unreadable | None]]:
        """Answers in the order of the items (None for an item without work), a few under way at a time."""
        waiting: deque[tuple[Item, Future[Any] | None]] = deque()
        for item in items:
            waiting.append((item, self.submit(item.work) if item.work else None))
            while len(waiting) > 2 * self.count:
                yield self._settled(*waiting.popleft())
        while waiting:
            yield self._settled(*waiting.popleft())

    def _settled(self, item: Item, future: Future[Any] | None) -> tuple[Item, Answer | Unreadable | None]:
        return item, self.result(item.work, future) if item.work and future else None

    def close(self) -> None:
        """End the workers at once; what they were reading is given up."""
        self._closed = True
        self._pool.stop()
        self._pool.join()

    def _make(self) -> Any:  # pebble has no types
        return ProcessPool(max_workers=self.count, initializer=_start, context=forkserver.start(self._folder.root),
                           initargs=(str(self._folder.root.absolute()), self._topic))

    def _renew(self) -> None:
        """Pebble gives the whole pool up when a worker dies that had nothing to do: the system wanted its memory."""
        if self._renewed == _RENEWALS:
            raise WorkersLostError(f"the processes that read pages ended {_RENEWALS} times as soon as they began; "
                                   "is there too little memory for `limits.readers` of them?")
        self._renewed += 1
        self._pool.stop()
        self._pool.join()
        self._pool = self._make()

    def __enter__(self) -> Workers[Answer]:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None,
                 trace: TracebackType | None) -> None:
        self.close()


def readers(folder: ConfigFolder, *, count: int, seconds: float) -> Workers[Document]:
    """Processes that only read, with the words of `folder`: Page, TextFile or Record to Document."""
    return Workers(_read, folder, None, count=count, seconds=seconds)


def understanders(folder: ConfigFolder, topic: str, *, count: int, seconds: float) -> Workers[Understood]:
    """Processes that read, match and claim by the rules of `folder` (ConfigError where these are wrong)."""
    load_rules(folder, topic)  # what is wrong is said once, here, and not by every worker that dies of it
    return Workers(_understand, folder, topic, count=count, seconds=seconds)
