"""The pool: killable, asynchronous, without anything left behind."""

from __future__ import annotations

import asyncio
import multiprocessing
import os
import shutil
import signal
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from crawler.configuration.locate import PACKAGED, ConfigFolder
from crawler.errors import UsageError
from crawler.outcomes import Outcome
from crawler.reading import Document, Page, Unreadable
from crawler.worker import Workers, WorkersLostError, readers
from tests.reading.samples import FRENCH, article, page

GOOD = Page("https://example.ma/a", page(article(FRENCH)), "text/html; charset=utf-8")
# within every guard, but too slow for the limit of this test
SLOW = Page("https://example.ma/b", page("<p>Un paragraphe de plus, avec <a href='/x'>un lien</a>.</p>" * 9_000), "text/html")


def pool_of(count: int, seconds: float) -> Workers[Document]:
    return readers(ConfigFolder(PACKAGED), count=count, seconds=seconds)


def read(pool: Workers[Document], page: Page) -> Document | Unreadable:
    return pool.result(page, pool.submit(page))


def read_within_a_loop(pool: Workers[Document], page: Page) -> Document | Unreadable:
    return asyncio.run(pool.work(page))


@pytest.fixture(scope="module")
def reader() -> Iterator[Workers[Document]]:
    with pool_of(2, 60) as pool:
        yield pool


def test_pages_are_read_in_workers(reader: Workers[Document]) -> None:
    found = read(reader, GOOD)
    assert isinstance(found, Document)
    assert found.text == "\n\n".join(FRENCH)


def test_many_at_once_without_blocking_the_loop(reader: Workers[Document]) -> None:
    async def run() -> tuple[list[Document | Unreadable], int]:
        ticks = 0

        async def tick() -> None:
            nonlocal ticks
            while True:
                await asyncio.sleep(0.005)
                ticks += 1

        ticker = asyncio.create_task(tick())
        found = await asyncio.gather(*(reader.work(GOOD) for _ in range(20)))
        ticker.cancel()
        return found, ticks

    found, ticks = asyncio.run(run())
    assert all(isinstance(one, Document) for one in found)
    assert ticks > 1


def test_refused_at_once_by_size(reader: Workers[Document]) -> None:
    found = read(reader, Page("https://example.ma/c", b"x" * 7_000_000))
    assert isinstance(found, Unreadable)
    assert found.outcome is Outcome.TOO_LARGE


def test_a_slow_page_is_given_up_and_the_pool_goes_on() -> None:
    with pool_of(1, 0.3) as pool:
        read(pool, GOOD)
        begun = time.perf_counter()
        found = read(pool, SLOW)
        assert isinstance(found, Unreadable)
        assert found.outcome is Outcome.READ_TIMEOUT
        assert time.perf_counter() - begun < 5
        found = asyncio.run(pool.work(SLOW))
        assert isinstance(found, Unreadable)
        assert found.outcome is Outcome.READ_TIMEOUT


def workers_of(pool: Workers[Document]) -> list[int]:
    return list(pool._pool._pool_manager.worker_manager.workers)


def test_a_worker_that_is_killed_while_it_has_nothing_to_do_costs_no_page() -> None:
    with pool_of(1, 60) as pool:
        read(pool, GOOD)
        before = len(multiprocessing.active_children())
        for number, ask in enumerate((read, read_within_a_loop)):
            (worker,) = workers_of(pool)
            os.kill(worker, signal.SIGKILL)
            patience = time.monotonic() + 10
            # pebble has seen it: 5.2 takes no work any more, 5.1 has made another one
            while number == 0 and pool._pool.active and worker in workers_of(pool) and time.monotonic() < patience:
                time.sleep(0.01)
            assert isinstance(ask(pool, GOOD), Document)
        assert len(multiprocessing.active_children()) == before


def test_workers_that_never_stay_alive_end_the_run_with_a_sentence(monkeypatch: pytest.MonkeyPatch) -> None:
    class Broken:
        def schedule(self, *_: object, **__: object) -> None:
            raise RuntimeError("Unexpected error within the Pool")

        def stop(self) -> None: ...

        def join(self) -> None: ...

    monkeypatch.setattr(Workers, "_make", lambda self: Broken())
    with pool_of(1, 60) as pool, pytest.raises(WorkersLostError, match=r"limits\.readers"):
        asyncio.run(pool.work(GOOD))


def test_closing_leaves_no_process_and_no_descriptor() -> None:
    with pool_of(1, 30) as pool:
        read(pool, GOOD)  # the fork server starts once and stays
    children = len(multiprocessing.active_children())
    before = len(os.listdir("/proc/self/fd")) if os.path.isdir("/proc/self/fd") else 0  # noqa: PTH112, PTH208
    for _ in range(3):
        with pool_of(1, 30) as pool:
            assert isinstance(read(pool, GOOD), Document)
        pool.close()
    assert len(multiprocessing.active_children()) == children
    if before:
        assert len(os.listdir("/proc/self/fd")) <= before + 4  # noqa: PTH208 -- the fork server's own pair stays


def test_a_configuration_that_broke_since_it_was_checked_is_no_fault_of_a_page(tmp_path: Path) -> None:
    folder = Path(shutil.copytree(PACKAGED, tmp_path / "config"))
    (folder / "lexicon" / "reading.yml").write_text("titles: [", encoding="utf-8")
    with readers(ConfigFolder(folder), count=1, seconds=60) as pool:  # pages waited for a worker that never came
        for ask in (read, read_within_a_loop):
            # as `quarantined` it would never be asked again
            with pytest.raises(UsageError, match=r"changed while it was in use.*reading\.yml"):
                ask(pool, GOOD)
