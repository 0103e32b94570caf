"""Two crawls that meet at one host, over one database: one gap, nothing asked twice, and both come to their turn."""

from __future__ import annotations

import asyncio
import time
from itertools import pairwise
from typing import Any

import pytest
from sqlalchemy import Engine

from crawler.configuration.sources import Source
from crawler.crawl import turns
from crawler.crawl.desk import Answer, Desk
from crawler.crawl.job import Job
from crawler.crawl.seam import CrawlOptions, Handled, NoProgress
from crawler.ledger import StoreLedger
from crawler.middlewares.verdicts import Verdict
from crawler.outcomes import Outcome
from crawler.reading.document import Page
from storage import hosts
from tests.crawl.fakes import QUICK, FakeWeb, rss, run_desk, source, with_

B, DELAY = "https://example.org", 0.05


class Ledger(StoreLedger):
    """Remembers in the database and reads nothing."""

    def __init__(self, engine: Engine) -> None:
        nothing: Any = None
        super().__init__(engine, nothing, nothing, nothing, [])

    async def handle(self, page: Page, source: Source) -> Handled:
        return Handled(Outcome.OFF_TOPIC)


class Shared(FakeWeb):
    """Knows who asked when."""

    def __init__(self) -> None:
        super().__init__()
        self.log: list[tuple[float, str, str]] = []

    def answer(self, job: Job) -> Answer | Verdict:
        self.log.append((time.monotonic(), job.source.id, job.url))
        return super().answer(job)


def test_they_keep_one_gap_and_take_turns(database: Engine, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(turns, "STRETCH", 0.15)
    monkeypatch.setattr(hosts, "POLL", 0.1)
    web = Shared()
    web[f"{B}/feed"] = rss(*(f"{B}/{number}" for number in range(12)))
    desks = [Desk([source(name, {"feed": f"{B}/feed"})], CrawlOptions(), with_(QUICK, delay=DELAY, timeout=0.5),
                  Ledger(database), NoProgress()) for name in ("one", "two")]

    async def both() -> None:
        await asyncio.gather(*(run_desk(desk, web) for desk in desks))

    asyncio.run(asyncio.wait_for(both(), 30))
    summaries = [desk.close() for desk in desks]
    assert all(summary.adds_up for summary in summaries)
    assert min(after - before for (before, *_), (after, *_) in pairwise(web.log)) >= DELAY - 0.005
    asked = [url for *_, url in web.log if url.rpartition("/")[2].isdigit()]
    assert sorted(asked) == sorted(f"{B}/{number}" for number in range(12))
    assert {name for _, name, url in web.log if url in asked} == {"one", "two"}
