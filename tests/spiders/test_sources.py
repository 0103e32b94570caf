"""The spider between the desk and Scrapy."""

from __future__ import annotations

import asyncio
from types import SimpleNamespace
from typing import Any

import pytest
import scrapy
from scrapy.exceptions import DownloadTimeoutError
from scrapy.http import Response

from crawler.crawl.desk import Desk
from crawler.crawl.runner import scrapy_settings
from crawler.crawl.seam import CrawlOptions, CrawlSettings, NoProgress, Validators
from crawler.errors import NothingDoneError
from crawler.spiders.sources import SourcesSpider
from tests.crawl.fakes import NOT_FOUND, QUICK, MemoryLedger, rss, source

FEED = "https://example.org:8443/feed"


def spider(ledger: MemoryLedger) -> SourcesSpider:
    desk = Desk([source("wire", {"feed": FEED})], CrawlOptions(), QUICK, ledger, NoProgress())
    return SourcesSpider(desk=desk)


async def answered(made: SourcesSpider, request: scrapy.Request, **answer: Any) -> None:
    request.meta["job"].sent = True
    await made.answered(Response(request.url, request=request, **answer))


def test_requests_carry_what_the_middlewares_judge() -> None:
    ledger = MemoryLedger()
    ledger.kept[FEED] = Validators(etag='"1"')
    made = spider(ledger)

    async def run() -> list[scrapy.Request]:
        requests = []
        async for request in made.start():
            requests.append(request)
            request.meta["job"].sent = True
            if request.url.endswith("robots.txt"):
                await made.failed(SimpleNamespace(request=request, value=NOT_FOUND))
            elif request.url == FEED:
                await answered(made, request, body=rss("https://example.org:8443/a").body,
                               headers={"Content-Type": "text/xml", "ETag": '"2"'})
            else:
                await made.failed(SimpleNamespace(request=request, value=DownloadTimeoutError("late")))
        return requests

    robots, feed, page, again = asyncio.run(run())
    assert {request.meta["download_slot"] for request in (robots, feed, page)} == {"example.org:8443"}
    assert (robots.meta["rules"], robots.meta["validators"]) == (None, None)
    assert feed.meta["rules"].check(FEED, "marsad") is None
    assert feed.meta["validators"].etag == '"1"'
    assert page.meta["validators"] is None
    assert (again.url, again.dont_filter) == (page.url, True)
    assert ledger.outcomes() == {FEED: "listing", page.url: "timeout"}


def test_a_ledger_that_fails_at_the_start_comes_out(monkeypatch: pytest.MonkeyPatch) -> None:
    ledger = MemoryLedger()
    made = spider(ledger)

    def robots(origin: str) -> None:
        raise NothingDoneError("gone")

    monkeypatch.setattr(ledger, "robots", robots)

    async def run() -> int:
        return len([request async for request in made.start()])

    assert asyncio.run(run()) == 0
    assert isinstance(made.desk.error, NothingDoneError)
    assert made.desk.close().stopped == "error"


def test_without_a_desk_it_says_who_starts_it() -> None:
    with pytest.raises(ValueError, match="marsad crawl"):
        SourcesSpider()


def test_settings_of_the_user_are_laid_over_the_fixed_ones() -> None:
    settings = scrapy_settings(CrawlSettings(user_agent="marsad/1", timeout=7, max_bytes=99), frozenset({"a:80"}), [])
    assert settings["USER_AGENT"] == "marsad/1"
    assert (settings.getfloat("DOWNLOAD_TIMEOUT"), settings.getint("DOWNLOAD_MAXSIZE")) == (7, 99)
    assert settings.getlist("MARSAD_ALLOWED_HOSTS") == ["a:80"]
    for name in ("REMOTE_CONTROL_ENABLED", "TELNETCONSOLE_ENABLED", "COOKIES_ENABLED", "HTTPPROXY_ENABLED", "RETRY_ENABLED"):
        assert settings.getbool(name) is False, name
    assert settings.getbool("DOWNLOAD_VERIFY_CERTIFICATES") is True
    handlers = settings.getwithbase("DOWNLOAD_HANDLERS")
    assert {scheme for scheme, handler in handlers.items() if handler} == {"http", "https"}


