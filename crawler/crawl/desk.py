"""The desk: hands out the next URL, takes in what came of it, and sees each one to its outcome.

It knows no Scrapy engine and no SQL, so all of it runs in tests without a network. `next` is awaited by the spider's
start(); `answered` and `failed` are its callback and errback.
"""

from __future__ import annotations

import asyncio
import contextlib
import hashlib
import logging
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta, timezone

from crawler.configuration.sources import Source
from crawler.crawl import browser
from crawler.crawl.choose import changed, gone
from crawler.crawl.discovering import Discovering
from crawler.crawl.endings import Endings
from crawler.crawl.frontier import Frontier
from crawler.crawl.gate import Gate
from crawler.crawl.hosts import Hosts
from crawler.crawl.job import Job, JobKind
from crawler.crawl.limit import Limit
from crawler.crawl.seam import CrawlOptions, CrawlSettings, CrawlSummary, Handled, Ledger, Progress, Validators
from crawler.crawl.tally import Tally
from crawler.errors import is_told
from crawler.middlewares.addresses import allowed_keys, check_address
from crawler.middlewares.redirects import next_hop
from crawler.middlewares.rights import NOARCHIVE
from crawler.middlewares.robots_rules import REDIRECTS, Rules
from crawler.middlewares.verdicts import ComeBack, NotModified, Redirected, Refused, Verdict
from crawler.outcomes import Outcome
from crawler.reading.document import Page
from crawler.spiders.entry import ListingError
from crawler.urls import canonical_url

log = logging.getLogger(__name__)

_COME_BACKS = 3  # short waits granted to one URL


@dataclass(frozen=True, slots=True)
class Answer:
    """A page that passed every middleware."""

    body: bytes
    content_type: str = ""
    status: int = 200
    etag: str | None = None
    last_modified: str | None = None
    rights: tuple[str, ...] = ()  # what its owner reserves (middlewares/rights.py)
    headers: Mapping[str, str] = field(default_factory=dict)  # of a listing's own kind, lower case


class Desk:
    """One for each crawl. `error` is what ended it, if the ledger failed."""

    def __init__(self, sources: Sequence[Source], options: CrawlOptions, settings: CrawlSettings, ledger: Ledger,
                 progress: Progress, *, clock: Callable[[], float] = time.monotonic,
                 now: Callable[[], datetime] = lambda: datetime.now(timezone.utc)) -> None:
        self._options, self._settings, self._ledger, self._now = options, settings, ledger, now
        self._sources = sources
        self.allowed = allowed_keys(
            [*settings.allowed_hosts, *(host for source in sources for host in source.hosts if options.own_hosts)])
        self._frontier = Frontier(settings.delay, settings.concurrency, clock)
        self._hosts = Hosts(settings, ledger)
        self._tally = Tally(sources, progress, now())
        self._endings = Endings(ledger, self._tally, now)
        self._gate = Gate(self._frontier, self._hosts, self._endings, ledger, settings, clock)
        self._discovering = Discovering(
            ledger, self._tally, self._endings, self._queue, allowed=self.allowed, window=options.since,
            cutoff=now() - options.since if options.since is not None else None, plan=settings.search,
            read_given=self._given, moved=options.moved,
            changed=lambda entry, known: changed(entry, known, now(), settings.updates))
        self._limit = Limit(options.limit)
        self._woken = asyncio.Event()
        self._stopped: str | None = None
        self.error: Exception | None = None

    def open(self) -> None:
        """Queue the first way of each source."""
        for source in self._sources:
            if source.browser and (lacking := browser.missing()):
                self._tally.note(source.id, f"its pages need a browser: {lacking}")
            self._discovering.try_ways(source)

    async def next(self) -> Job | None:
        """The next URL that may be asked now, once there is one; None when the crawl is through or stopped."""
        while self._stopped is None:
            job = self._frontier.pop()
            if job is None:
                if not self._endings.under_way and not len(self._frontier):
                    return None
                await self._wake(self._frontier.wait())
                continue
            if not self._may_ask(job):
                continue
            ready = self._hosts.ready(job, self._now())
            if ready is None:
                self._frontier.release(job.host, asked=False)
                continue
            if ready.listing is not None and ready.listing.robots and (rules := self.rules(ready)) is not None:
                self._frontier.release(job.host, asked=False)
                self._discovering.take_robots(ready.listing, rules)
                continue
            self._endings.begin(ready)
            return ready
        return None

    def rules(self, job: Job) -> Rules | None:
        """What robots.txt lets us ask at the job's origin; None for robots.txt itself, and while it is unknown."""
        return None if job.kind is JobKind.ROBOTS else self._hosts.rules(job.origin, self._now())

    def validators(self, job: Job) -> Validators | None:
        """What makes a listing's request conditional."""
        conditional = job.again or (job.kind is JobKind.LISTING and self._options.conditional
                                    and job.source.id not in self._options.anew)
        return self._ledger.validators(job.url) if conditional else None

    async def answered(self, job: Job, answer: Answer) -> None:
        """A page came."""
        try:
            self._let_go(job)
            if job.kind is JobKind.ROBOTS:
                self._robots_came(job, answer.status, answer.body)
                self._endings.settle(job, Outcome.LISTING, status=answer.status)
            elif job.kind is JobKind.LISTING:
                await self._listing_came(job, answer)
            else:
                await self._article_came(job, answer)
            self._gate.leave(job.host)
        except Exception as error:
            self.broken(error)
        self._woken.set()

    async def failed(self, job: Job, verdict: Verdict) -> None:
        """No page came, and why."""
        try:
            troubled = self._let_go(job, verdict)
            if isinstance(verdict, Redirected):
                self._redirected(job, verdict)
            elif isinstance(verdict, NotModified):
                self._not_modified(job)
            elif isinstance(verdict, ComeBack):
                self._come_back(job, verdict)
            elif isinstance(verdict, Refused):
                self._refused(job, verdict)
            if troubled:
                self._close_host(job.host, "gave no good answer several times in a row")
            self._gate.leave(job.host)
        except Exception as error:
            self.broken(error)
        self._woken.set()

    def stop(self, reason: str) -> None:
        """Hand out nothing more."""
        if self._stopped is None:
            self._stopped = reason
            self._woken.set()
            self._discovering.stop()

    def broken(self, error: Exception) -> None:
        """The ledger, or we ourselves, failed: the crawl ends, and `error` comes out of it."""
        if not is_told(error):
            log.exception("the crawl ends")
        self.error = self.error or error
        self.stop("error")

    def close(self) -> CrawlSummary:
        """The end: what is still under way is withdrawn."""
        for job in list(self._endings.under_way):
            self._endings.withdraw(job)
        for job in self._frontier.clear():  # redirects and retries that no longer came to be asked
            self._endings.withdraw(job)
        if self.error is None:
            self._gate.close()
        summary = self._tally.summary
        summary.finished_at, summary.stopped = self._now(), self._stopped
        return summary

    def _queue(self, job: Job, *, front: bool = False) -> None:
        """Into the frontier, unless the job's host is to be left alone, or the listing has said that it is no more."""
        if job.kind is JobKind.LISTING and not job.hops and not job.attempts:
            ended = gone(self._ledger.known([job.url]).get(job.url), self._now())
            if ended:
                self._endings.withdraw(job)
                self._discovering.failed(job.from_listing, job.url, ended)
                return
        held = self._hosts.held_for(job.host, self._now())
        if held > self._settings.retry_after_wait:
            self._hosts.close(job.host, _left_alone(self._now() + timedelta(seconds=held)))
        elif held:
            self._frontier.hold(job.host, held)
        closed = self._hosts.closed(job.host)
        if closed:
            self._not_asked(job, closed)
            return
        self._frontier.add(job, front=front)
        self._woken.set()

    def _may_ask(self, job: Job) -> bool:
        """Whether the job may go out now."""
        wait = self._gate.wait(job)
        if wait > self._settings.retry_after_wait:  # asked of another process, since this one looked
            self._close_host(job.host, _left_alone(self._now() + timedelta(seconds=wait)))
        return not wait and not self._gate.asked_elsewhere(job)

    def _let_go(self, job: Job, verdict: Verdict | None = None) -> bool:
        """The host is free again; whether it has failed too often."""
        self._gate.let_go(job, verdict)
        self._woken.set()
        if not job.sent:
            return False
        self._tally.summary.exchanges += 1
        bad = isinstance(verdict, ComeBack) or (isinstance(verdict, Refused) and verdict.temporary)
        return self._hosts.answered(job.host, well=not bad)

    async def _wake(self, seconds: float | None) -> None:
        self._woken.clear()
        with contextlib.suppress(asyncio.TimeoutError):
            await asyncio.wait_for(self._woken.wait(), seconds)

    def _robots_came(self, job: Job, status: int, body: bytes) -> None:
        self._back(self._hosts.robots_answered(job.asked_origin, status, body, self._now()))

    def _back(self, waiting: list[Job]) -> None:
        for job in reversed(waiting):
            self._queue(job, front=True)

    async def _listing_came(self, job: Job, answer: Answer) -> None:
        listing = job.from_listing
        listing.url = job.url
        fresh = Validators(answer.etag, answer.last_modified, hashlib.sha256(answer.body).hexdigest(), self._now())
        kept = self.validators(job)
        if kept is not None and kept.content_hash == fresh.content_hash:
            self._unchanged(job)
            self._endings.settle(job, Outcome.LISTING, "unchanged", status=answer.status, validators=fresh)
            return
        try:
            found = await asyncio.to_thread(self._discovering.read, listing, job.url, answer.body, answer.content_type,
                                            answer.headers, self._settings.max_bytes)
        except ListingError as error:
            self._end(job, Refused(error.outcome, error.reason, status=answer.status))
            return
        except Exception as error:
            log.exception("%s is quarantined", job.url)
            self._end(job, Refused(Outcome.QUARANTINED, f"{type(error).__name__}: {error}", status=answer.status))
            return
        # An index stays without validators: its children change though it does not.
        listing.validators = None if found.children else fresh
        await self._discovering.take(listing, found)
        self._endings.settle(job, Outcome.LISTING, status=answer.status)

    async def _given(self, job: Job, content: bytes) -> None:
        """A page that its listing brought along is read without being asked for."""
        if self._stopped is not None:
            self._endings.withdraw(job)
            return
        self._endings.begin(job)
        await self._article_came(job, Answer(content, "text/html; charset=utf-8"))

    async def _article_came(self, job: Job, answer: Answer) -> None:
        if not await self._limit.enter():
            self._endings.withdraw(job)
            return
        fresh = Validators(answer.etag, answer.last_modified, hashlib.sha256(answer.body).hexdigest())
        kept = self.validators(job)
        if kept is not None and kept.content_hash == fresh.content_hash:
            self._limit.leave(matched=False)
            self._endings.as_it_was(job, Outcome.MATCHED, "unchanged", answer.status)
            return
        page = Page(job.url, answer.body, answer.content_type, job.hints,
                    archive=not {NOARCHIVE} & self._settings.rights & set(answer.rights))
        handled = None
        try:
            handled = await asyncio.wait_for(self._ledger.handle(page, job.source), self._settings.handle_seconds)
        except asyncio.TimeoutError:
            handled = Handled(Outcome.READ_TIMEOUT, f"not read within {self._settings.handle_seconds:g} s")
        except Exception as error:
            if is_told(error):  # no fault of this page: the disk is full, the database is gone
                raise
            log.exception("%s is quarantined", job.url)
            handled = Handled(Outcome.QUARANTINED, f"{type(error).__name__}: {error}")
        finally:
            self._limit.leave(matched=not job.again and handled is not None and handled.outcome is Outcome.MATCHED)
        if job.again and handled.outcome is not Outcome.MATCHED:
            self._endings.as_it_was(job, handled.outcome, handled.reason, answer.status)
            return
        self._endings.settle(job, handled.outcome, handled.reason, status=answer.status, validators=fresh,
                             declared=handled.declared_url, rights=",".join(answer.rights) or None)
        if job.forced:
            self._discovering.worked(job.from_listing)
        if self._limit.reached:
            self.stop("limit")

    def _redirected(self, job: Job, verdict: Redirected) -> None:
        most = REDIRECTS if job.kind is JobKind.ROBOTS else self._settings.redirects
        target = next_hop(job.hops, job.url, verdict.location, most)
        if isinstance(target, Refused) or job.again:
            self._end(job, target if isinstance(target, Refused) else Refused(
                Outcome.DUPLICATE_URL, f"redirects to {target}", status=verdict.status))
            return
        if job.kind is JobKind.LISTING and verdict.status in (301, 308):
            self._tally.note(job.source.id, f"{job.url} moved for good to {target}")
            if job.from_listing.parent is None:
                self._tally.moved(job.source.id, (*job.hops, job.url)[0], job.url, target)
        refused = check_address(target, self.allowed)
        if job.kind is JobKind.ARTICLE and refused is None:
            first = job.hops[0] if job.hops else job.url
            if self._discovering.known_elsewhere(target, first) and not job.forced:
                self._endings.settle(job, Outcome.DUPLICATE_URL, f"redirects to {target}", status=verdict.status)
                return
            self._discovering.met.setdefault(canonical_url(target), first)
        permanent = job.permanent | {job.url} if verdict.status in (301, 308) else job.permanent
        onward = replace(job, url=target, hops=(*job.hops, job.url), permanent=permanent, attempts=0, counted=False,
                         sent=False, last=None)
        self._endings.under_way.discard(job)
        if refused:
            self._end(onward, refused)
        else:
            self._queue(onward, front=True)

    def _not_modified(self, job: Job) -> None:
        if job.again:
            self._endings.as_it_was(job, Outcome.MATCHED, "not modified", 304)
            return
        self._unchanged(job)
        self._ledger.touch(job.url, self._now())
        self._endings.settle(job, Outcome.LISTING, "not modified", untouched=True)

    def _unchanged(self, job: Job) -> None:
        self._discovering.unchanged(job.from_listing)

    def _come_back(self, job: Job, verdict: ComeBack) -> None:
        reason = f"HTTP {verdict.status}, asked to come back in {verdict.seconds:.0f} s"
        job.last = Refused(Outcome.HTTP_ERROR, reason, status=verdict.status, temporary=True)
        if verdict.seconds <= self._settings.retry_after_wait:
            self._frontier.hold(job.host, verdict.seconds)
            if job.attempts <= _COME_BACKS and self._stopped is None:
                self._once_more(job, front=True)
            else:
                self._end(job, job.last)
            return
        until = self._now() + timedelta(seconds=min(verdict.seconds, self._settings.retry_after_cap))
        self._ledger.hold(job.host, until)
        self._end(job, job.last)
        self._close_host(job.host, _left_alone(until))

    def _refused(self, job: Job, refused: Refused) -> None:
        again = refused.temporary and job.sent and job.attempts <= self._settings.retries
        if again and self._stopped is None and self._hosts.closed(job.host) is None:
            job.last = refused
            self._frontier.hold(job.host, self._settings.backoff)
            self._once_more(job, front=job.kind is not JobKind.ARTICLE)
        else:
            self._end(job, refused)

    def _once_more(self, job: Job, *, front: bool) -> None:
        self._endings.under_way.discard(job)
        self._queue(job, front=front)

    def _end(self, job: Job, refused: Refused) -> None:
        """`job` ends without a page."""
        if job.again:
            self._endings.as_it_was(job, refused.outcome, refused.reason, refused.status)
            return
        self._endings.settle(job, refused.outcome, refused.reason, status=refused.status,
                             rights=",".join(refused.rights) or None)
        if job.kind is JobKind.ROBOTS:
            if refused.outcome is Outcome.HTTP_ERROR and refused.status is not None:
                self._robots_came(job, refused.status, b"")
            else:
                self._back(self._hosts.robots_failed(job.asked_origin, refused))
        elif job.kind is JobKind.LISTING or job.forced:
            self._discovering.failed(job.from_listing, job.url, refused)

    def _not_asked(self, job: Job, reason: str) -> None:
        """The job's host is left alone, so it is not asked in this run."""
        self._tally.note(job.source.id, f"{job.host} {reason}; what is left there waits for the next run")
        if job.hops or job.last:  # asked already, though not to the end
            self._end(job, job.last or Refused(Outcome.HTTP_ERROR, f"its host {reason}", temporary=True))
            return
        self._endings.withdraw(job)
        if job.kind is JobKind.ROBOTS:
            self._back(self._hosts.robots_failed(job.asked_origin, Refused(Outcome.REFUSED_ROBOTS, reason)))
        elif job.kind is JobKind.LISTING or job.forced:
            self._discovering.failed(job.from_listing, job.url, Refused(Outcome.HTTP_ERROR, f"its host {reason}"))

    def _close_host(self, host: str, reason: str) -> None:
        self._hosts.close(host, reason)
        for job in self._frontier.drop(host):
            self._not_asked(job, reason)


def _left_alone(until: datetime) -> str:
    return f"asked to be left alone until {until:%Y-%m-%d %H:%M} UTC"
