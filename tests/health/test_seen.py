"""What a crawl sees of a listing, over a web without a network: the figures that health is judged by."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import pytest

from crawler.crawl.desk import Desk
from crawler.crawl.seam import CrawlOptions, Handled, NoProgress, Validators
from crawler.ledger import StoreLedger
from crawler.middlewares.verdicts import NotModified, Redirected, Refused
from crawler.outcomes import Outcome
from crawler.reading.document import Page, Unreadable
from tests.crawl.fakes import QUICK, FakeWeb, MemoryLedger, at, crawl, rss, source

B = "https://example.org"
FEED, NEW = f"{B}/feed", f"{B}/rss/all"
WIRE = source("wire", {"feed": FEED})
NOW = at(2026, 5, 7)
OLD = (f"{B}/old", "Wed, 06 Jan 2021 08:00:00 GMT")


def test_entries_are_listed_and_links_never_seen_before_are_fresh_once() -> None:
    web, ledger = FakeWeb(), MemoryLedger()
    web[FEED] = rss(f"{B}/a", (f"{B}/b", "Wed, 06 May 2026 08:00:00 GMT"), OLD)
    seen = crawl(web, ledger, WIRE, now=NOW).sources["wire"].seen
    assert (seen.listed, seen.kept, seen.newest, seen.unchanged, seen.failed) == (3, 2, "2026-05-06T08:00:00Z", 0, None)
    web[FEED] = rss(f"{B}/a", f"{B}/c", OLD)
    seen = crawl(web, ledger, WIRE, now=NOW, options=CrawlOptions(conditional=False)).sources["wire"].seen
    assert (seen.listed, seen.kept) == (3, 1)


def test_what_a_stopped_crawl_did_not_ask_is_fresh_in_the_next() -> None:
    web, ledger = FakeWeb(), MemoryLedger()
    web[FEED] = rss(*(f"{B}/{n}" for n in range(5)))
    first = crawl(web, ledger, WIRE, now=NOW, options=CrawlOptions(limit=2)).sources["wire"].seen.kept
    second = crawl(web, ledger, WIRE, now=NOW).sources["wire"].seen.kept
    assert (first >= 2, first + second) == (True, 5)


def test_a_304_is_unchanged_and_a_failure_keeps_its_status() -> None:
    web, ledger = FakeWeb(), MemoryLedger()
    web[FEED] = NotModified()
    seen = crawl(web, ledger, WIRE, now=NOW).sources["wire"].seen
    assert (seen.listed, seen.unchanged, seen.failed) == (0, 1, None)
    web[FEED] = Refused(Outcome.HTTP_ERROR, "HTTP 410", status=410)
    seen = crawl(web, ledger, WIRE, now=NOW).sources["wire"].seen
    assert (seen.failed, seen.missed) == ((Outcome.HTTP_ERROR, 410), {FEED})


@pytest.mark.parametrize(("statuses", "moved"), [((301,), True), ((308,), True), ((302,), False), ((302, 301), False)])
def test_only_permanent_redirects_move_a_listing(statuses: tuple[int, ...], moved: bool) -> None:
    web, ledger = FakeWeb(), MemoryLedger()
    stops = [FEED, *(f"{B}/hop{n}" for n in range(1, len(statuses))), NEW]
    for place, status in enumerate(statuses):
        web[stops[place]] = Redirected(stops[place + 1], status=status)
    web[NEW] = rss(f"{B}/a")
    seen = crawl(web, ledger, WIRE, now=NOW).sources["wire"].seen
    assert seen.moved == ({FEED: NEW} if moved else {})
    assert NEW in seen.read


def test_a_listing_is_read_where_it_moved_to() -> None:
    web = FakeWeb()
    web[NEW] = rss(f"{B}/a")
    crawl(web, MemoryLedger(), WIRE, now=NOW, options=CrawlOptions(moved={FEED: NEW}))
    assert web.asked == [f"{B}/robots.txt", NEW, f"{B}/a"]


def test_a_source_under_doubt_is_asked_without_conditions() -> None:
    known = Validators("etag", None, "hash", NOW())
    for options, sent in ((CrawlOptions(), known), (CrawlOptions(anew=frozenset({"wire"})), None)):
        web, ledger = FakeWeb(), MemoryLedger(kept={FEED: known})
        web[FEED] = rss(f"{B}/a")
        crawl(web, ledger, WIRE, now=NOW, options=options)
        assert web.ask_with[FEED] == sent


def test_hosts_that_a_stranger_named_are_not_free_to_be_private() -> None:
    near = source("near", {"feed": "http://127.0.0.1:81/feed"}, home="http://127.0.0.1:81/")
    for own_hosts in (True, False):
        desk = Desk([near], CrawlOptions(own_hosts=own_hosts), QUICK, MemoryLedger(), NoProgress())
        assert ("127.0.0.1:81" in desk.allowed) is own_hosts


async def read_by(answer: Any, pages: int) -> tuple[list[Handled], int]:
    """`pages` pages without a topic word through the ledger; what became of them, and how many were read."""
    read: list[Page] = []

    async def work(page: Page) -> Any:
        read.append(page)
        return answer

    topic = SimpleNamespace(prefilter=lambda *_: False)
    ledger = StoreLedger(None, SimpleNamespace(work=work), topic, None, [])  # type: ignore[arg-type]
    page = Page(f"{B}/a", b"<html></html>", "text/html")
    return [await ledger.handle(page, WIRE) for _ in range(pages)], len(read)


async def _told(answer: Any) -> tuple[list[Outcome], int]:
    handled, read = await read_by(answer, 3)
    return [one.outcome for one in handled], read


def test_one_page_a_source_without_a_topic_word_is_read_to_see_whether_it_has_text() -> None:
    import asyncio

    empty = Unreadable(f"{B}/a", Outcome.READ_EMPTY, "no text")
    assert asyncio.run(_told(empty)) == ([Outcome.READ_EMPTY, Outcome.OFF_TOPIC, Outcome.OFF_TOPIC], 1)
    assert asyncio.run(_told(SimpleNamespace())) == ([Outcome.OFF_TOPIC] * 3, 1)
