"""A ledger in memory, sources for tests, and a web that answers a desk without a network."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timezone
from typing import Any

from crawler.configuration.sources import Source
from crawler.crawl.desk import Answer, Desk
from crawler.crawl.job import Job
from crawler.crawl.seam import (
    CrawlOptions,
    CrawlSettings,
    CrawlSummary,
    Handled,
    Known,
    Ledger,
    NoProgress,
    PageResult,
    StoredRobots,
    Turn,
    Validators,
)
from crawler.middlewares.verdicts import Refused, Verdict
from crawler.outcomes import Outcome
from crawler.reading.document import Page
from crawler.urls import canonical_url

QUICK = CrawlSettings(delay=0.0, backoff=0.0, timeout=5.0, handle_seconds=5.0)


@dataclass
class MemoryLedger:
    """Keeps all that it is told; `judge` decides what becomes of a page."""

    judge: Callable[[Page], Any] = lambda page: Outcome.MATCHED
    rows: dict[str, PageResult] = field(default_factory=dict)
    kept: dict[str, Validators] = field(default_factory=dict)
    of_pages: dict[str, Validators] = field(default_factory=dict)
    touched: dict[str, datetime] = field(default_factory=dict)
    robots_files: dict[str, StoredRobots] = field(default_factory=dict)
    holds: dict[str, datetime] = field(default_factory=dict)
    pages: list[Page] = field(default_factory=list)
    recorded: list[str] = field(default_factory=list)
    turns: dict[str, list[Turn]] = field(default_factory=dict)
    left: dict[str, tuple[float, float | None]] = field(default_factory=dict)

    def known(self, urls: Sequence[str]) -> Mapping[str, Known]:
        rows = sorted(self.rows.items(), key=lambda item: item[1].outcome is not Outcome.DUPLICATE_URL)
        twins = {canonical_url(url): row for url, row in rows}
        found = {}
        for url in urls:
            row, exact = (self.rows[url], True) if url in self.rows else (twins.get(canonical_url(url)), False)
            if row is not None:
                found[url] = Known(row.outcome, exact, row.http_status, row.url, row.fetched_at,
                                   max(filter(None, (row.fetched_at, self.touched.get(row.url))), default=None))
        return found

    def record(self, result: PageResult) -> None:
        self.rows[result.url] = result
        if result.outcome is not Outcome.LISTING and result.content_hash:
            self.of_pages[result.url] = Validators(result.etag, result.last_modified, result.content_hash, result.fetched_at)
        self.recorded.append(result.url)

    def touch(self, url: str, checked_at: datetime) -> None:
        self.touched[url] = checked_at

    def validators(self, url: str) -> Validators | None:
        return self.kept.get(url) or self.of_pages.get(url)

    def keep_validators(self, url: str, validators: Validators) -> None:
        self.kept[url] = validators

    def robots(self, origin: str) -> StoredRobots | None:
        return self.robots_files.get(origin)

    def keep_robots(self, origin: str, robots: StoredRobots) -> None:
        self.robots_files[origin] = robots

    def held_until(self, host: str) -> datetime | None:
        return self.holds.get(host)

    def hold(self, host: str, until: datetime) -> None:
        self.holds[host] = until

    def turn(self, host: str, lease: float, *, busy: bool) -> Turn:
        waiting = self.turns.get(host)
        return waiting.pop(0) if waiting else Turn(0.0, self.left.get(host, (0.0, None))[1])

    def leave(self, hosts: Mapping[str, tuple[float, float | None]]) -> None:
        self.left.update(hosts)

    async def handle(self, page: Page, source: Source) -> Handled:
        self.pages.append(page)
        made = self.judge(page)
        if asyncio.iscoroutine(made):
            made = await made
        return made if isinstance(made, Handled) else Handled(made)

    def outcomes(self) -> dict[str, str]:
        """Outcome by URL, robots.txt left out."""
        return {url: row.outcome.value for url, row in self.rows.items() if not url.endswith("/robots.txt")}


def source(identifier: str = "wire", *ways: dict[str, Any], home: str = "https://example.org/", kind: str = "general") -> Source:
    """A source with these ways of discovery."""
    return Source.model_validate({"id": identifier, "name": identifier.title(), "home": home, "country": "MA",
                                  "languages": ["fr"], "kind": kind, "discover": ways})


def rss(*links: str | tuple[str, str]) -> Answer:
    """A feed of these links, each with its date where it has one."""
    items = "".join(
        f"<item><title>About {link if isinstance(link, str) else link[0]}</title><link>{_link(link)}</link>"
        + ("" if isinstance(link, str) else f"<pubDate>{link[1]}</pubDate>") + "</item>" for link in links)
    return Answer(f"<rss version='2.0'><channel><title>Wire</title>{items}</channel></rss>".encode(), "application/rss+xml")


def _link(link: str | tuple[str, str]) -> str:
    return (link if isinstance(link, str) else link[0]).replace("&", "&amp;")


HTML = Answer(b"<html><body><p>An article.</p></body></html>", "text/html")
NOT_FOUND = Refused(Outcome.HTTP_ERROR, "HTTP 404", status=404)


class FakeWeb:
    """Answers by URL: an Answer, a Verdict, a list of them in turn, or a function of the job. Else 404 for robots.txt,
    an article for the rest. What robots.txt forbids is refused before it is asked, as the middleware does."""

    def __init__(self, **answers: Any) -> None:
        self.answers: dict[str, Any] = {}
        self.asked: list[str] = []
        self.ask_with: dict[str, Validators | None] = {}

    def __setitem__(self, url: str, answer: Any) -> None:
        self.answers[url] = list(answer) if isinstance(answer, list) else answer

    def answer(self, job: Job) -> Answer | Verdict:
        self.asked.append(job.url)
        found = self.answers.get(job.url, NOT_FOUND if job.url.endswith("/robots.txt") else HTML)
        if isinstance(found, list):
            found = found.pop(0) if len(found) > 1 else found[0]
        return found(job) if callable(found) else found


async def run_desk(desk: Desk, web: FakeWeb) -> None:
    """The spider's part."""
    tasks: set[asyncio.Task[None]] = set()
    desk.open()
    while (job := await desk.next()) is not None:
        rules = desk.rules(job)
        refused = rules.check(job.url, "marsad") if rules else None
        web.ask_with[job.url] = desk.validators(job)
        if refused is None:
            job.sent = True
            answer = web.answer(job)
        else:
            answer = refused
        called = desk.failed(job, answer) if isinstance(answer, Verdict) else desk.answered(job, answer)
        task = asyncio.get_running_loop().create_task(called)
        tasks.add(task)
        task.add_done_callback(tasks.discard)
    if tasks:
        await asyncio.wait(tasks, timeout=10)


def crawl(web: FakeWeb, ledger: Ledger, *sources: Source, options: CrawlOptions | None = None,
          settings: CrawlSettings = QUICK, stop: Callable[[Desk], None] | None = None, **desk_options: Any) -> CrawlSummary:
    """A whole crawl over `web`; its sums are checked."""
    desk = Desk(sources, options or CrawlOptions(), settings, ledger, NoProgress(), **desk_options)
    if stop:
        stop(desk)
    asyncio.run(asyncio.wait_for(run_desk(desk, web), 20))
    summary = desk.close()
    if desk.error:
        raise desk.error
    assert summary.adds_up, summary
    return summary


def at(year: int, month: int, day: int) -> Callable[[], datetime]:
    """A clock that stands still."""
    moment = datetime(year, month, day, 12, tzinfo=timezone.utc)
    return lambda: moment


def with_(settings: CrawlSettings, **changes: Any) -> CrawlSettings:
    """Settings with some of them changed."""
    return replace(settings, **changes)
