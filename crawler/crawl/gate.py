"""May this host be asked now? Its pause, its turn between processes, and what its answers teach of both."""

from __future__ import annotations

from collections.abc import Callable

from crawler.crawl.choose import lasting
from crawler.crawl.endings import Endings
from crawler.crawl.frontier import Frontier
from crawler.crawl.hosts import Hosts
from crawler.crawl.job import Job, JobKind
from crawler.crawl.seam import CrawlSettings, Ledger
from crawler.crawl.turns import Turns
from crawler.middlewares.verdicts import ComeBack, Refused, Verdict
from crawler.outcomes import Outcome


class Gate:
    """One for each crawl, between the frontier and the wire."""

    def __init__(self, frontier: Frontier, hosts: Hosts, endings: Endings, ledger: Ledger, settings: CrawlSettings,
                 clock: Callable[[], float]) -> None:
        self._frontier, self._hosts, self._endings, self._ledger = frontier, hosts, endings, ledger
        self._turns = Turns(ledger, settings.timeout, clock)

    def wait(self, job: Job) -> float:
        """Seconds until the job's host may be asked, 0.0 for now; where it must wait, it is queued again."""
        host = job.host
        wait = self._turns.wait(host, self._hosts.delay(job), self._hosts.pace(host).remember, busy=self._busy(host))
        if wait:
            self._frontier.add(job, front=True)
            self._frontier.release(host, asked=False)
            self._frontier.hold(host, wait)
        return wait

    def asked_elsewhere(self, job: Job) -> bool:
        """Whether another process has asked this page since it was queued; then it is no job any more."""
        known_by_now = job.attempts or job.forced or job.hops
        if known_by_now or job.kind is not JobKind.ARTICLE or not self._turns.shared(job.host):
            return False
        known = self._ledger.known([job.url]).get(job.url)
        if known is None or not known.exact or not lasting(known.outcome, known.http_status):
            return False
        self._frontier.release(job.host, asked=False)
        self._endings.drop(job)
        return True

    def let_go(self, job: Job, verdict: Verdict | None) -> None:
        """The request is over; how it went sets the pause."""
        host = job.host
        if job.sent:
            self._hosts.pace(host).answered(self._frontier.taken(host), pushed_back=_pushed_back(verdict))
        self._frontier.slow(host, self._hosts.delay(job))
        self._frontier.release(host, asked=job.sent)

    def leave(self, host: str) -> None:
        """Let other processes have a host of which nothing is wanted any more."""
        if not self._frontier.waiting(host) and not self._busy(host):
            self._turns.leave(host, self._frontier.pause(host), self._learnt(host))

    def close(self) -> None:
        """The end of the crawl: nothing is held any more."""
        self._turns.close(self._frontier.pause, self._learnt)

    def _busy(self, host: str) -> bool:
        """Whether a page of this host is under way: asked, being read, or being stored."""
        return any(job.host == host for job in self._endings.under_way)

    def _learnt(self, host: str) -> float | None:
        return self._hosts.pace(host).learnt or None


def _pushed_back(verdict: Verdict | None) -> bool:
    """Whether the answer asks for a slower pace: 429, 503, or none in time."""
    if isinstance(verdict, Refused):
        return verdict.outcome is Outcome.TIMEOUT or verdict.status in (429, 503)
    return isinstance(verdict, ComeBack)
