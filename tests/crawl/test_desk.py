"""The desk over a web that needs no network: every URL ends once, and listings are asked again for what is left."""

from __future__ import annotations

import asyncio
import time
from datetime import timedelta

import pytest

from crawler.crawl.desk import Answer, Desk
from crawler.crawl.seam import CrawlOptions, Handled, StoredRobots, Validators
from crawler.errors import NothingDoneError
from crawler.middlewares.verdicts import ComeBack, NotModified, Redirected, Refused
from crawler.outcomes import Outcome
from crawler.reading.document import Page
from tests.crawl.fakes import HTML, NOT_FOUND, QUICK, FakeWeb, MemoryLedger, at, crawl, rss, source, with_

B = "https://example.org"
FEED = f"{B}/feed"
WIRE = source("wire", {"feed": FEED})
NOW = at(2026, 5, 7)
DEAD = Refused(Outcome.NETWORK_ERROR, "connection refused", temporary=True)
SLOW = Refused(Outcome.TIMEOUT, "no answer", temporary=True)


def redirect(to: str, status: int = 302) -> Redirected:
    return Redirected(to, status=status)


def test_a_feed_and_its_articles() -> None:
    web, ledger = FakeWeb(), MemoryLedger()
    web[FEED] = rss(f"{B}/a", (f"{B}/b", "Wed, 06 May 2026 08:00:00 GMT"))
    summary = crawl(web, ledger, WIRE, now=NOW)
    assert web.asked == [f"{B}/robots.txt", FEED, f"{B}/a", f"{B}/b"]
    assert ledger.outcomes() == {FEED: "listing", f"{B}/a": "matched", f"{B}/b": "matched"}
    assert ledger.rows[f"{B}/robots.txt"].outcome is Outcome.HTTP_ERROR
    assert (summary.asked, summary.exchanges, summary.withdrawn, summary.stopped) == (4, 4, 0, None)
    assert summary.sources["wire"].worked == f"feed {FEED}"
    hints = ledger.pages[1].hints
    assert (hints.title, hints.published, hints.outlet, hints.languages, hints.source_id, hints.aggregator) == (
        f"About {B}/b", "2026-05-06T08:00:00Z", "Wire", ("fr",), "wire", False)


def test_an_aggregator_names_who_was_first() -> None:
    web, ledger = FakeWeb(), MemoryLedger()
    web[FEED] = Answer(b"<rss version='2.0'><channel><item><link>https://example.org/a</link>"
                       b"<source url='https://o.org'>Origin Daily</source></item></channel></rss>", "text/xml")
    crawl(web, ledger, source("kiosk", {"feed": FEED}, kind="aggregator"))
    assert (ledger.pages[0].hints.outlet, ledger.pages[0].hints.aggregator) == ("Origin Daily", True)


def test_nothing_is_asked_twice() -> None:
    web, ledger = FakeWeb(), MemoryLedger(lambda page: Outcome.OFF_TOPIC)
    web[FEED] = rss(f"{B}/a", f"{B}/a", f"{B}/a?utm_source=x", f"{B}/b/amp", f"{B}/b", "javascript:alert(1)", "http://10.0.0.1/x",
                    (f"{B}/old", "Wed, 06 Jan 2021 08:00:00 GMT"))
    first = crawl(web, ledger, WIRE, now=NOW)
    assert ledger.outcomes() == {
        FEED: "listing", f"{B}/a": "off_topic", f"{B}/a?utm_source=x": "duplicate_url", f"{B}/b/amp": "off_topic",
        f"{B}/b": "duplicate_url", "javascript:alert(1)": "refused_scheme", "http://10.0.0.1/x": "refused_address",
        f"{B}/old": "too_old"}
    assert first.asked == 9
    web.asked.clear()
    web[FEED] = rss(f"{B}/c", f"{B}/a", f"{B}/a?utm_source=x", f"{B}/b", "javascript:alert(1)", f"{B}/b?utm_medium=y",
                    (f"{B}/old", "Wed, 06 Jan 2021 08:00:00 GMT"))
    second = crawl(web, ledger, WIRE, now=NOW)
    assert web.asked == [FEED, f"{B}/c"]
    assert second.outcomes == {Outcome.LISTING: 1, Outcome.OFF_TOPIC: 1, Outcome.DUPLICATE_URL: 1}


def test_two_sources_of_one_host_share_robots_and_pages() -> None:
    web, ledger = FakeWeb(), MemoryLedger()
    web[FEED], web[f"{B}/tech"] = rss(f"{B}/a", f"{B}/b"), rss(f"{B}/b", f"{B}/c")
    summary = crawl(web, ledger, WIRE, source("tech", {"feed": f"{B}/tech"}))
    assert sorted(web.asked) == sorted([f"{B}/robots.txt", FEED, f"{B}/tech", f"{B}/a", f"{B}/b", f"{B}/c"])
    assert summary.asked == 6


def test_a_wider_window_asks_what_was_too_old() -> None:
    web, ledger = FakeWeb(), MemoryLedger()
    web[FEED] = rss((f"{B}/old", "Mon, 05 Jan 2026 08:00:00 GMT"))
    crawl(web, ledger, WIRE, now=NOW)
    assert ledger.outcomes()[f"{B}/old"] == "too_old"
    crawl(web, ledger, WIRE, now=NOW, options=CrawlOptions(since=timedelta(days=365), conditional=False))
    assert ledger.outcomes()[f"{B}/old"] == "matched"


# Redirects

def test_a_redirect_that_leads_to_a_page_is_its_other_address() -> None:
    web, ledger = FakeWeb(), MemoryLedger()
    web[FEED] = rss(f"{B}/r/1")
    web[f"{B}/r/1"], web[f"{B}/r/2"] = redirect("/r/2"), redirect("https://other.org/page")
    summary = crawl(web, ledger, WIRE)
    assert ledger.outcomes() == {FEED: "listing", f"{B}/r/1": "duplicate_url", f"{B}/r/2": "duplicate_url",
                                 "https://other.org/page": "matched"}
    assert ledger.pages[0].url == "https://other.org/page"
    assert "https://other.org/robots.txt" in web.asked
    assert summary.asked == summary.exchanges == len(web.asked)


def test_a_twin_of_a_known_redirect_is_not_asked() -> None:
    web, ledger = FakeWeb(), MemoryLedger()
    web[FEED], web[f"{B}/r/1"] = rss(f"{B}/r/1"), redirect("/a")
    crawl(web, ledger, WIRE)
    web[FEED] = rss(f"{B}/r/1?utm_source=x", f"{B}/a?utm_source=x")
    web.asked.clear()
    crawl(web, ledger, WIRE)
    assert web.asked == [FEED]
    assert set(ledger.outcomes().values()) == {"listing", "matched", "duplicate_url"}


def test_a_day_of_the_last_change_is_no_day_of_publication() -> None:
    web, ledger = FakeWeb(), MemoryLedger()
    web[f"{B}/map"] = Answer(f"<urlset><url><loc>{B}/a</loc><lastmod>2026-05-07</lastmod></url>"
                             f"<url><loc>{B}/2026/05/06/b</loc></url></urlset>".encode())
    crawl(web, ledger, source("wire", {"sitemap": f"{B}/map"}), now=NOW)
    assert [page.hints.published for page in ledger.pages] == [None, "2026-05-06"]


def test_a_redirect_to_a_known_page_is_not_followed() -> None:
    web, ledger = FakeWeb(), MemoryLedger()
    web[FEED] = rss(f"{B}/a", f"{B}/r/1", f"{B}/r/2")
    web[f"{B}/r/1"] = web[f"{B}/r/2"] = redirect("/a?utm_source=r")
    crawl(web, ledger, WIRE)
    assert ledger.outcomes() == {FEED: "listing", f"{B}/a": "matched", f"{B}/r/1": "duplicate_url", f"{B}/r/2": "duplicate_url"}
    web.asked.clear()
    web[FEED] = rss(f"{B}/r/3")
    web[f"{B}/r/3"] = redirect("/a")
    crawl(web, ledger, WIRE)
    assert web.asked == [FEED, f"{B}/r/3"]


@pytest.mark.parametrize(("to", "end", "outcome"), [
    ("http://169.254.169.254/latest", None, "refused_address"), ("file:///etc/passwd", None, "refused_scheme"),
    (f"{B}/gone", NOT_FOUND, "http_error"), (f"{B}/slow", SLOW, "timeout"), ("http://[broken", None, "refused_address"),
])
def test_a_redirect_that_leads_nowhere_shares_its_end(to: str, end: Refused | None, outcome: str) -> None:
    web, ledger = FakeWeb(), MemoryLedger()
    web[FEED], web[f"{B}/r"], web[to] = rss(f"{B}/r"), redirect(to), end
    crawl(web, ledger, WIRE)
    assert {url: made for url, made in ledger.outcomes().items() if url != FEED} == (
        {f"{B}/r": outcome} if "broken" in to else {f"{B}/r": outcome, to: outcome})
    assert to not in web.asked or end is not None


def test_loops_and_chains_end_after_eight_hops() -> None:
    web, ledger = FakeWeb(), MemoryLedger()
    web[FEED] = rss(f"{B}/x", f"{B}/0")
    web[f"{B}/x"], web[f"{B}/y"] = redirect("/y"), redirect("/x")
    for number in range(25):
        web[f"{B}/{number}"] = redirect(f"/{number + 1}")
    crawl(web, ledger, WIRE)
    assert ledger.outcomes()[f"{B}/x"] == ledger.outcomes()[f"{B}/0"] == "redirect_loop"
    assert f"{B}/8" in web.asked
    assert f"{B}/9" not in web.asked


def test_a_feed_that_moved_is_read_and_shown() -> None:
    web, ledger = FakeWeb(), MemoryLedger()
    web[FEED], web[f"{B}/rss"] = redirect("/rss", 301), rss(f"{B}/a")
    summary = crawl(web, ledger, WIRE)
    assert ledger.outcomes() == {FEED: "listing", f"{B}/rss": "listing", f"{B}/a": "matched"}
    assert summary.sources["wire"].notes == [f"{FEED} moved for good to {B}/rss"]
    assert f"{B}/rss" in ledger.kept


# Ways of discovery

def test_the_next_way_is_tried_when_one_fails() -> None:
    web, ledger = FakeWeb(), MemoryLedger()
    web[FEED], web[f"{B}/empty"] = NOT_FOUND, rss()
    web[f"{B}/sitemap.xml"] = Answer(f"<urlset><url><loc>{B}/a</loc></url></urlset>".encode(), "text/xml")
    several = source("wire", {"search": "gdelt"}, {"feed": FEED}, {"feed": f"{B}/empty"}, {"sitemap": f"{B}/sitemap.xml"},
                     {"section": f"{B}/never", "follow": "x"})
    summary = crawl(web, ledger, several).sources["wire"]
    assert summary.worked == f"sitemap {B}/sitemap.xml"
    assert summary.failures == ["search gdelt: no such service in config/search.yml (known: none)",
                                f"feed {FEED}: HTTP 404", f"feed {B}/empty: a feed without entries"]
    assert f"{B}/never" not in web.asked
    assert ledger.outcomes()[f"{B}/empty"] == "read_empty"


def test_where_all_ways_fail_nothing_worked() -> None:
    web, ledger = FakeWeb(), MemoryLedger()
    web[f"{B}/robots.txt"] = DEAD
    summary = crawl(web, ledger, WIRE).sources["wire"]
    assert (summary.worked, summary.failures) == (None, [f"feed {FEED}: robots.txt: connection refused"])
    assert ledger.outcomes() == {FEED: "network_error"}


def test_indexes_are_read_once_though_they_name_each_other() -> None:
    def index(*names: str) -> Answer:
        return Answer(f"<sitemapindex>{''.join(f'<sitemap><loc>{B}/{name}</loc></sitemap>' for name in names)}</sitemapindex>".encode())
    web, ledger = FakeWeb(), MemoryLedger()
    web[f"{B}/1"], web[f"{B}/2"], web[f"{B}/3"] = index("2", "3", "1"), index("3", "1"), index("1", "4")
    web[f"{B}/4"] = Answer(f"<urlset><url><loc>{B}/a</loc></url></urlset>".encode())
    summary = crawl(web, ledger, source("wire", {"sitemap": f"{B}/1"}))
    assert sorted(web.asked) == sorted([f"{B}/robots.txt", *(f"{B}/{n}" for n in (1, 2, 3, 4, "a"))])
    assert summary.sources["wire"].worked == f"sitemap {B}/1"
    assert set(ledger.kept) == {f"{B}/4"}


def test_old_children_of_an_index_are_not_asked_and_old_entries_are_counted() -> None:
    web, ledger = FakeWeb(), MemoryLedger()
    web[f"{B}/1"] = Answer(f"<sitemapindex><sitemap><loc>{B}/2019</loc><lastmod>2019-12-31</lastmod></sitemap>"
                           f"<sitemap><loc>{B}/2026</loc><lastmod>2026-05-07</lastmod></sitemap></sitemapindex>".encode())
    web[f"{B}/2026"] = Answer("<urlset>{}</urlset>".format("".join(
        f"<url><loc>{B}/old/{n}</loc><lastmod>2020-01-01</lastmod></url>" for n in range(1_200))).encode())
    summary = crawl(web, ledger, source("wire", {"sitemap": f"{B}/1"}), now=NOW)
    assert f"{B}/2019" not in web.asked
    assert summary.outcomes[Outcome.TOO_OLD] == 1_000
    assert summary.sources["wire"].notes == [f"{B}/2026: 200 more entries older than the window"]


def test_a_single_page_is_asked_though_it_is_known() -> None:
    web, ledger = FakeWeb(), MemoryLedger()
    page = source("pasted", {"page": f"{B}/a"})
    for _ in range(2):
        summary = crawl(web, ledger, page)
        assert summary.outcomes[Outcome.MATCHED] == 1
        assert summary.sources["pasted"].worked == f"page {B}/a"
    web[f"{B}/a"] = NOT_FOUND
    assert crawl(web, ledger, page).sources["pasted"].failures == [f"page {B}/a: HTTP 404"]


# robots.txt

def test_robots_is_obeyed_and_kept_for_a_day() -> None:
    web, ledger = FakeWeb(), MemoryLedger()
    web[f"{B}/robots.txt"] = Answer(b"User-agent: *\nDisallow: /private", "text/plain")
    web[FEED] = rss(f"{B}/private/a", f"{B}/b")
    crawl(web, ledger, WIRE, now=NOW)
    assert ledger.outcomes() == {FEED: "listing", f"{B}/private/a": "refused_robots", f"{B}/b": "matched"}
    assert ledger.rows[f"{B}/robots.txt"].outcome is Outcome.LISTING
    web.asked.clear()
    crawl(web, ledger, WIRE, now=NOW)
    assert f"{B}/robots.txt" not in web.asked
    crawl(web, ledger, WIRE, now=at(2026, 5, 9))
    assert f"{B}/robots.txt" in web.asked


@pytest.mark.parametrize(("answer", "asked", "outcome"), [
    (Refused(Outcome.HTTP_ERROR, "HTTP 500", status=500, temporary=True), False, "refused_robots"),
    (SLOW, False, "refused_robots"), (DEAD, False, "network_error"), (NOT_FOUND, True, "listing"),
    (Refused(Outcome.HTTP_ERROR, "HTTP 403", status=403), True, "listing"), (ComeBack(7200, status=503), False, None),
    (Answer(b"<html>nothing here</html>", "text/html"), True, "listing"), (redirect("https://cdn.org/robots.txt"), True, "listing"),
    (redirect("http://127.0.0.1/robots.txt"), False, "refused_address"), (redirect("/robots.txt"), True, "listing"),
    (Refused(Outcome.TOO_LARGE, "larger"), False, "refused_robots"),
])
def test_what_robots_answers_decides(answer: object, asked: bool, outcome: str | None) -> None:
    web, ledger = FakeWeb(), MemoryLedger()
    web[f"{B}/robots.txt"], web[FEED] = answer, rss(f"{B}/a")
    crawl(web, ledger, WIRE)
    assert (FEED in web.asked) is asked
    assert ledger.outcomes().get(FEED) == outcome


def test_a_robots_file_behind_a_redirect_counts_for_who_was_asked() -> None:
    web, ledger = FakeWeb(), MemoryLedger()
    web[f"{B}/robots.txt"] = redirect("https://cdn.org/robots.txt")
    web["https://cdn.org/robots.txt"] = Answer(b"User-agent: *\nDisallow: /", "text/plain")
    web[FEED] = rss(f"{B}/a")
    crawl(web, ledger, WIRE)
    assert ledger.outcomes() == {FEED: "refused_robots"}


def test_forbidding_silence_is_not_kept() -> None:
    web, ledger = FakeWeb(), MemoryLedger()
    web[f"{B}/robots.txt"], web[FEED] = [DEAD, DEAD, NOT_FOUND], rss(f"{B}/a")
    crawl(web, ledger, WIRE)
    assert ledger.robots_files == {}
    crawl(web, ledger, WIRE)
    assert ledger.outcomes() == {FEED: "listing", f"{B}/a": "matched"}


# Validators

def test_a_listing_is_conditional_once_all_of_it_was_dealt_with() -> None:
    web, ledger = FakeWeb(), MemoryLedger()
    feed = Answer(rss(f"{B}/a", f"{B}/b").body, "text/xml", etag='"1"', last_modified="Thu, 07 May 2026 08:00:00 GMT")
    web[FEED], web[f"{B}/b"] = feed, [SLOW, SLOW, HTML]
    crawl(web, ledger, WIRE, now=NOW)
    assert ledger.outcomes()[f"{B}/b"] == "timeout"
    assert ledger.kept == {}
    crawl(web, ledger, WIRE, now=NOW)
    assert ledger.outcomes()[f"{B}/b"] == "matched"
    assert ledger.kept[FEED].etag == '"1"'
    web[FEED] = NotModified()
    before = dict(ledger.rows)
    summary = crawl(web, ledger, WIRE, now=at(2026, 5, 8))
    assert web.ask_with[FEED] == ledger.kept[FEED]
    assert ledger.touched == {FEED: at(2026, 5, 8)()}
    assert {url: row for url, row in ledger.rows.items() if url == FEED} == {FEED: before[FEED]}
    assert summary.outcomes[Outcome.LISTING] == 1
    assert summary.sources["wire"].worked == f"feed {FEED}"


def test_the_same_bytes_are_not_read_again(monkeypatch: pytest.MonkeyPatch) -> None:
    web, ledger = FakeWeb(), MemoryLedger()
    web[FEED] = rss(f"{B}/a")
    crawl(web, ledger, WIRE, now=NOW)
    monkeypatch.setattr("crawler.crawl.discovering.read_listing", lambda *_, **__: pytest.fail("read again"))
    summary = crawl(web, ledger, WIRE, now=NOW)
    assert summary.outcomes[Outcome.LISTING] == 1
    assert ledger.rows[FEED].reason == "unchanged"


def test_a_fresh_look_asks_without_validators() -> None:
    web, ledger = FakeWeb(), MemoryLedger()
    ledger.kept[FEED] = Validators('"1"', None, "hash", NOW())
    web[FEED] = rss(f"{B}/a")
    crawl(web, ledger, WIRE, options=CrawlOptions(conditional=False))
    assert web.ask_with[FEED] is None


# Waiting and giving up

def test_a_short_wait_is_waited_and_a_long_one_ends_the_host() -> None:
    web, ledger = FakeWeb(), MemoryLedger()
    web[FEED], web["https://other.org/feed"] = rss(f"{B}/a", f"{B}/b", f"{B}/c"), rss("https://other.org/x")
    web[f"{B}/a"] = [ComeBack(0.05, status=429), HTML]
    web[f"{B}/b"] = ComeBack(7_200, status=503)
    summary = crawl(web, ledger, WIRE, source("other", {"feed": "https://other.org/feed"}), now=NOW)
    assert ledger.outcomes() == {FEED: "listing", f"{B}/a": "matched", f"{B}/b": "http_error", "https://other.org/feed": "listing",
                                 "https://other.org/x": "matched"}
    assert ledger.rows[f"{B}/b"].reason == "HTTP 503, asked to come back in 7200 s"
    assert f"{B}/c" not in web.asked
    assert ledger.holds == {"example.org": NOW() + timedelta(hours=2)}
    assert FEED not in ledger.kept
    assert "left alone until 2026-05-07 14:00 UTC" in summary.sources["wire"].notes[0]


def test_a_host_that_is_held_is_not_asked_in_the_next_run() -> None:
    web, ledger = FakeWeb(), MemoryLedger()
    ledger.holds["example.org"] = NOW() + timedelta(hours=2)
    summary = crawl(web, ledger, WIRE, now=NOW)
    assert (web.asked, summary.asked) == ([], 0)
    assert "left alone until" in summary.sources["wire"].failures[0]
    crawl(web, ledger, WIRE, now=at(2026, 5, 8))
    assert FEED in web.asked


def test_a_page_that_asks_to_wait_for_ever_ends() -> None:
    web, ledger = FakeWeb(), MemoryLedger()
    web[FEED], web[f"{B}/a"] = rss(f"{B}/a"), ComeBack(0.001, status=429)
    crawl(web, ledger, WIRE)
    assert web.asked.count(f"{B}/a") == 4
    assert ledger.outcomes()[f"{B}/a"] == "http_error"


def test_a_failing_host_is_left_alone_and_its_pages_wait_for_the_next_run() -> None:
    web, ledger = FakeWeb(), MemoryLedger()
    pages = [f"{B}/{number}" for number in range(20)]
    web[FEED] = rss(*pages)
    for page in pages:
        web[page] = DEAD
    summary = crawl(web, ledger, WIRE)
    assert len(web.asked) == 7
    assert summary.outcomes[Outcome.NETWORK_ERROR] == len(ledger.outcomes()) - 1
    assert "several times in a row" in summary.sources["wire"].notes[0]
    assert ledger.kept == {}
    for page in pages:
        web[page] = HTML
    crawl(web, ledger, WIRE)
    assert set(ledger.outcomes().values()) == {"listing", "matched"}


# Handling

def test_an_exception_quarantines_one_page_and_a_hanging_one_ends() -> None:
    async def judge(page: Page) -> Handled:
        if page.url.endswith("/a"):
            raise RuntimeError("odd page")
        if page.url.endswith("/b"):
            await asyncio.sleep(60)
        return Handled(Outcome.MATCHED)

    web, ledger = FakeWeb(), MemoryLedger(judge)
    web[FEED] = rss(f"{B}/a", f"{B}/b", f"{B}/c")
    crawl(web, ledger, WIRE, settings=with_(QUICK, handle_seconds=0.2))
    assert ledger.outcomes() == {FEED: "listing", f"{B}/a": "quarantined", f"{B}/b": "read_timeout", f"{B}/c": "matched"}
    assert ledger.rows[f"{B}/a"].reason == "RuntimeError: odd page"


def test_a_broken_ledger_ends_the_crawl() -> None:
    def judge(page: Page) -> Outcome:
        raise NothingDoneError("disk full")

    web, ledger = FakeWeb(), MemoryLedger(judge)
    web[FEED] = rss(*(f"{B}/{n}" for n in range(9)))
    with pytest.raises(NothingDoneError, match="disk full"):
        crawl(web, ledger, WIRE)
    assert len(web.asked) < 6


def test_a_ledger_that_fails_to_record_ends_it_too(monkeypatch: pytest.MonkeyPatch) -> None:
    web, ledger = FakeWeb(), MemoryLedger()
    web[FEED] = rss(f"{B}/a")

    def record(result: object) -> None:
        raise OSError("disk full")

    monkeypatch.setattr(ledger, "record", record)
    with pytest.raises(OSError, match="disk full"):
        crawl(web, ledger, WIRE)


@pytest.mark.parametrize("limit", [1, 3, 7])
def test_a_limit_is_kept_to_the_article(limit: int) -> None:
    async def judge(page: Page) -> Outcome:
        await asyncio.sleep(0.002)
        return Outcome.OFF_TOPIC if page.url.endswith(("1", "4")) else Outcome.MATCHED

    sources, web, ledger = [], FakeWeb(), MemoryLedger(judge)
    for host in range(5):
        base = f"https://h{host}.org"
        web[f"{base}/feed"] = rss(*(f"{base}/{n}" for n in range(6)))
        sources.append(source(f"h{host}", {"feed": f"{base}/feed"}, home=base))
    summary = crawl(web, ledger, *sources, options=CrawlOptions(limit=limit))
    assert summary.outcomes[Outcome.MATCHED] == limit
    assert summary.stopped == "limit"
    crawl(web, ledger, *sources)
    assert sum(value == "matched" for value in ledger.outcomes().values()) == 20


def test_a_stop_hands_out_nothing_more_and_the_next_run_asks_the_rest() -> None:
    desks: list[Desk] = []

    def judge(page: Page) -> Outcome:
        if page.url.endswith("/2"):
            desks[-1].stop("SIGINT")
        return Outcome.MATCHED

    web, ledger = FakeWeb(), MemoryLedger(judge)
    web[FEED] = rss(*(f"{B}/{n}" for n in range(9)))
    summary = crawl(web, ledger, WIRE, stop=desks.append)
    assert summary.stopped == "SIGINT"
    assert sum(value == "matched" for value in ledger.outcomes().values()) <= 4  # one was under way
    crawl(web, ledger, WIRE, stop=desks.append)
    assert sum(value == "matched" for value in ledger.outcomes().values()) == 9
    assert len(ledger.pages) == 9


def test_a_crawl_delay_slows_its_host_up_to_the_cap() -> None:
    web, ledger = FakeWeb(), MemoryLedger()
    ledger.robots_files[B] = StoredRobots(200, b"User-agent: *\nCrawl-delay: 600", NOW())
    web[FEED] = rss(f"{B}/a", f"{B}/b")
    start = time.monotonic()
    crawl(web, ledger, WIRE, settings=with_(QUICK, crawl_delay_cap=0.1), now=NOW)
    assert time.monotonic() - start >= 0.2
