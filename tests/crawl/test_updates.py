"""Articles whose listing says that they were changed are asked again, and listings that ended are not."""

from __future__ import annotations

import hashlib
from datetime import datetime, timedelta, timezone

import pytest

from crawler.crawl.choose import changed, lasting
from crawler.crawl.desk import Answer
from crawler.crawl.seam import CrawlSummary, Handled, Known
from crawler.middlewares.verdicts import NotModified, Redirected, Refused, Verdict
from crawler.outcomes import Outcome
from crawler.spiders.entry import Entry
from tests.crawl.fakes import HTML, NOT_FOUND, QUICK, FakeWeb, MemoryLedger, at, crawl, source, with_

B = "https://example.org"
MAP = f"{B}/map"
WIRE = source("wire", {"sitemap": MAP})
UPDATING = with_(QUICK, updates=timedelta(days=14))
NEWER = Answer(b"<html><p>Another article.</p></html>", "text/html", etag='"2"')


def sitemap(lastmod: str, *more: str) -> Answer:
    return Answer(f"<urlset><url><loc>{B}/a</loc><lastmod>{lastmod}</lastmod></url>{''.join(more)}</urlset>".encode(), "text/xml")


def first(outcome: Outcome = Outcome.MATCHED) -> tuple[FakeWeb, MemoryLedger]:
    """A crawl of 7 May that has read /a."""
    web, ledger = FakeWeb(), MemoryLedger(lambda page: outcome)
    web[MAP] = sitemap("2026-05-07T08:00:00Z")
    web[f"{B}/a"] = Answer(HTML.body, "text/html", etag='"1"')
    crawl(web, ledger, WIRE, now=at(2026, 5, 7), settings=UPDATING)
    assert ledger.rows[f"{B}/a"].content_hash == hashlib.sha256(HTML.body).hexdigest()
    web.asked.clear()
    ledger.pages.clear()
    ledger.recorded.clear()
    return web, ledger


def again(web: FakeWeb, ledger: MemoryLedger, day: int, answer: Answer | Verdict = NEWER, lastmod: str = "2026-05-09T08:00:00Z",
          **options: object) -> CrawlSummary:
    web[MAP], web[f"{B}/a"] = sitemap(lastmod), answer
    return crawl(web, ledger, WIRE, now=at(2026, 5, day), settings=options.get("settings", UPDATING))  # type: ignore[arg-type]


def test_a_changed_article_is_asked_conditionally_and_read() -> None:
    web, ledger = first()
    summary = again(web, ledger, 10)
    assert web.asked[-1] == f"{B}/a"
    sent = web.ask_with[f"{B}/a"]
    assert sent is not None
    assert sent.etag == '"1"'
    assert [page.body for page in ledger.pages] == [NEWER.body]
    assert ledger.rows[f"{B}/a"].etag == '"2"'
    assert summary.outcomes == {Outcome.LISTING: 1, Outcome.MATCHED: 1, Outcome.HTTP_ERROR: 1}
    web.asked.clear()
    again(web, ledger, 11)
    assert f"{B}/a" not in web.asked


@pytest.mark.parametrize("answer", [NotModified(), Answer(HTML.body, "text/html", etag='"9"')], ids=["304", "the same bytes"])
def test_where_nothing_changed_nothing_is_read_and_it_is_not_asked_once_more(answer: Answer | Verdict) -> None:
    web, ledger = first()
    summary = again(web, ledger, 10, answer)
    assert summary.outcomes[Outcome.MATCHED] == 1
    assert ledger.pages == []
    assert f"{B}/a" not in ledger.recorded
    assert ledger.touched[f"{B}/a"] == at(2026, 5, 10)()
    web.asked.clear()
    again(web, ledger, 11, answer)
    assert f"{B}/a" not in web.asked


@pytest.mark.parametrize(("answer", "judged", "outcome"), [
    (NOT_FOUND, None, Outcome.HTTP_ERROR), (Redirected("/elsewhere", status=302), None, Outcome.DUPLICATE_URL),
    (Refused(Outcome.TIMEOUT, "no answer"), None, Outcome.TIMEOUT), (NEWER, Outcome.OFF_TOPIC, Outcome.OFF_TOPIC),
    (NEWER, Outcome.READ_EMPTY, Outcome.READ_EMPTY),
])
def test_what_cannot_take_its_place_leaves_the_article_as_it_was(answer: Answer | Verdict, judged: Outcome | None,
                                                                 outcome: Outcome) -> None:
    web, ledger = first()
    ledger.judge = lambda page: Handled(judged or Outcome.MATCHED)
    summary = again(web, ledger, 10, answer)
    assert summary.outcomes[outcome] >= 1
    assert ledger.rows[f"{B}/a"].outcome is Outcome.MATCHED
    assert f"{B}/elsewhere" not in web.asked


@pytest.mark.parametrize(("day", "lastmod", "settings", "outcome"), [
    (10, "2026-05-07T08:00:00Z", UPDATING, Outcome.MATCHED),   # what we have is newer
    (10, "2026-05-07", UPDATING, Outcome.MATCHED),             # the day of our look
    (10, "2026-05-09T08:00:00Z", QUICK, Outcome.MATCHED),      # switched off
    (25, "2026-05-24T08:00:00Z", UPDATING, Outcome.MATCHED),   # fetched too long ago
    (10, "2026-05-09T08:00:00Z", UPDATING, Outcome.OFF_TOPIC),
])
def test_what_is_not_asked_again(day: int, lastmod: str, settings: object, outcome: Outcome) -> None:
    web, ledger = first(outcome)
    again(web, ledger, day, NEWER, lastmod, settings=settings)
    assert f"{B}/a" not in web.asked


def test_a_new_date_of_publication_alone_asks_nothing() -> None:
    web, ledger = FakeWeb(), MemoryLedger()
    wire = source("wire", {"feed": f"{B}/feed"})
    for day in (7, 9):
        web[f"{B}/feed"] = Answer(f"<rss version='2.0'><channel><item><link>{B}/a</link><pubDate>{day:02} May 2026 08:00:00 GMT"
                                  "</pubDate></item></channel></rss>".encode(), "text/xml")
        crawl(web, ledger, wire, now=at(2026, 5, day + 1), settings=UPDATING)
    assert web.asked.count(f"{B}/a") == 1


def test_the_known_address_is_asked_whatever_the_listing_calls_it() -> None:
    web, ledger = first()
    web[MAP] = Answer(sitemap("2026-05-09T08:00:00Z").body.replace(b"/a<", b"/a?utm_source=x<"), "text/xml")
    web[f"{B}/a"] = NEWER
    crawl(web, ledger, WIRE, now=at(2026, 5, 10), settings=UPDATING)
    assert web.asked[-1] == f"{B}/a"


@pytest.mark.parametrize(("updated", "fetched", "checked", "told"), [
    ("2026-05-09T08:00:00Z", 8, None, True), ("2026-05-09", 8, None, True), ("2026-05-08", 8, None, False),
    ("2026-05-09T08:00:00Z", 8, 10, False), (None, 8, None, False), ("2026-05-09T08:00:00+00:00", 8, 8, True),
])
def test_changed(updated: str | None, fetched: int, checked: int | None, told: bool) -> None:
    known = Known(Outcome.MATCHED, True, 200, "u", at(2026, 5, fetched)(), at(2026, 5, checked)() if checked else None)
    now = datetime(2026, 5, 12, tzinfo=timezone.utc)
    assert changed(Entry("u", updated=updated), known, now, timedelta(days=14)) is told
    assert not changed(Entry("u", updated=updated), known, now, None)


def test_a_listing_that_is_gone_for_good_is_left_alone_for_a_month() -> None:
    web, ledger = FakeWeb(), MemoryLedger()
    web[MAP] = Refused(Outcome.HTTP_ERROR, "HTTP 410", status=410)
    crawl(web, ledger, WIRE, now=at(2026, 5, 7))
    web.asked.clear()
    summary = crawl(web, ledger, WIRE, now=at(2026, 5, 20))
    assert web.asked == []
    assert "410, gone for good, on 2026-05-07" in summary.sources["wire"].failures[0]
    crawl(web, ledger, WIRE, now=at(2026, 6, 8))
    assert MAP in web.asked


def test_permanent_hops_are_learnt() -> None:
    web, ledger = FakeWeb(), MemoryLedger()
    web[MAP] = sitemap("2026-05-07")
    web[f"{B}/a"], web[f"{B}/b"], web[f"{B}/c"] = (
        Redirected("/b", status=308), Redirected("/c", status=302), Redirected("/d", status=301))
    crawl(web, ledger, WIRE, now=at(2026, 5, 7))
    assert [ledger.rows[f"{B}/{name}"].moved_to for name in "abcd"] == [f"{B}/b", None, f"{B}/d", None]


def test_a_page_that_reserves_its_rights_is_not_asked_again() -> None:
    assert lasting(Outcome.REFUSED_ROBOTS, 200)
    assert not lasting(Outcome.REFUSED_ROBOTS)
