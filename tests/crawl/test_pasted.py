"""Pasted links and sources that are looked at keep the one gap of a host: with the crawls of the database, and from
one small crawl to the next where there is none."""

from __future__ import annotations

import time
from pathlib import Path

import pytest
from sqlalchemy import Engine

from crawler.crawl.basket import Basket, ShortMemory
from crawler.crawl.desk import Answer
from crawler.crawl.job import Job
from crawler.crawl.seam import HostMemory
from crawler.manners import Manners, turns_at
from crawler.middlewares.verdicts import Verdict
from storage import hosts
from storage.engine import writing
from tests.crawl.fakes import QUICK, FakeWeb, crawl, source, with_

HOST, LEASE, DELAY = "example.org", 0.3, 0.2
ROBOTS, PAGE = f"https://{HOST}/robots.txt", f"https://{HOST}/a"


class Timed(FakeWeb):
    """Knows when it was asked."""

    def __init__(self, robots: bytes) -> None:
        super().__init__()
        self.at: list[float] = []
        self[ROBOTS] = Answer(robots, "text/plain")

    def answer(self, job: Job) -> Answer | Verdict:
        self.at.append(time.time())
        return super().answer(job)


def pasted(memory: HostMemory, robots: bytes = b"") -> Timed:
    web, basket = Timed(robots), Basket(hosts=memory)
    crawl(web, basket, source("link-0", {"page": PAGE}), settings=with_(QUICK, delay=DELAY))
    assert list(basket.pages) == ["link-0"]
    return web


def test_it_waits_for_the_crawl_that_asks_the_host_and_is_waited_for(database: Engine) -> None:
    with writing(database) as conn:
        assert hosts.turn(conn, HOST, "daemon", LEASE).wait == 0.0
        taken = hosts.clock(conn)
    web = pasted(Manners(database))
    assert web.asked == [ROBOTS, PAGE]
    assert web.at[0] >= taken + LEASE - 0.02
    with writing(database) as conn:
        assert hosts.turn(conn, HOST, "daemon", LEASE, at=web.at[-1]).wait >= DELAY - 0.02
    # and what the host has said stays: its robots.txt is of today
    assert pasted(Manners(database)).asked == [PAGE]


@pytest.mark.parametrize(("robots", "pause"), [(b"", DELAY), (b"User-agent: *\nCrawl-delay: 0.4\n", 0.4)])
def test_without_a_database_the_pause_lasts_from_one_crawl_to_the_next(robots: bytes, pause: float) -> None:
    memory = ShortMemory()
    first, second = pasted(memory, robots), pasted(memory, robots)
    assert (first.asked, second.asked) == ([ROBOTS, PAGE], [PAGE])
    assert second.at[0] - first.at[-1] >= pause - 0.02


def test_a_clock_that_was_set_back_holds_nobody_up() -> None:
    memory = ShortMemory(free={HOST: (time.time() + 7_200, 3.0)})
    assert (memory.turn(HOST, 30.0, busy=False).wait, memory.turn(HOST, 30.0, busy=False).delay) == (0.0, 3.0)


def test_no_database_is_made_for_it(tmp_path: Path) -> None:
    assert turns_at(f"sqlite:///{tmp_path}/none.db") is None
    assert list(tmp_path.iterdir()) == []
