"""What a crawl knows of each origin and host: robots rules, who waits for them, and which hosts are left alone."""

from __future__ import annotations

from datetime import datetime

from crawler.crawl.job import Job, JobKind
from crawler.crawl.pace import Pace
from crawler.crawl.seam import CrawlSettings, Ledger, StoredRobots
from crawler.middlewares.robots_rules import KEPT, Rules, rules_from, rules_without_answer
from crawler.middlewares.verdicts import Refused

TROUBLE = 5  # failures in a row after which a host is left alone until the next run


class Hosts:
    """One for each crawl."""

    def __init__(self, settings: CrawlSettings, ledger: Ledger) -> None:
        self._settings, self._ledger = settings, ledger
        self._rules: dict[str, Rules] = {}
        self._parked: dict[str, list[Job]] = {}
        self._closed: dict[str, str] = {}
        self._trouble: dict[str, int] = {}
        self._looked_up: set[str] = set()
        self._paces: dict[str, Pace] = {}

    def rules(self, origin: str, now: datetime) -> Rules | None:
        """The rules of an origin, from this crawl or kept for less than a day; None where robots.txt must be asked."""
        if origin not in self._rules:
            kept = self._ledger.robots(origin)
            if kept is None or not now - KEPT < kept.fetched_at <= now:
                return None
            self._rules[origin] = rules_from(kept.status, kept.body, self._settings.robots_name)
        return self._rules[origin]

    def park(self, job: Job) -> Job | None:
        """Let `job` wait for its robots.txt; the job that asks for it, or None where that is under way."""
        waiting = self._parked.get(job.origin)
        if waiting is not None:
            waiting.append(job)
            return None
        self._parked[job.origin] = [job]
        return Job(f"{job.origin}/robots.txt", JobKind.ROBOTS, job.source)

    def robots_answered(self, origin: str, status: int, body: bytes, now: datetime) -> list[Job]:
        """Its robots.txt came; those that waited for it."""
        self._rules[origin] = rules_from(status, body, self._settings.robots_name)
        if status < 500 and status != 429:
            self._ledger.keep_robots(origin, StoredRobots(status, body if status < 300 else b"", now))
        return self._parked.pop(origin, [])

    def robots_failed(self, origin: str, failure: Refused) -> list[Job]:
        """It did not come: for this crawl everything there is forbidden; those that waited for it."""
        self._rules[origin] = rules_without_answer(failure)
        return self._parked.pop(origin, [])

    def pace(self, host: str) -> Pace:
        """What its answers have taught."""
        if host not in self._paces:
            settings = self._settings
            self._paces[host] = Pace(settings.delay, max(settings.delay, settings.delay_most), settings.slow_answer)
        return self._paces[host]

    def delay(self, job: Job) -> float:
        """The pause between two requests to its host: configured, learnt, or asked for by its robots.txt (to a cap)."""
        rules = self._rules.get(job.origin)
        asked = min(rules.crawl_delay, self._settings.crawl_delay_cap) if rules and rules.crawl_delay else 0.0
        return max(self.pace(job.host).delay, asked, job.gap)

    def answered(self, host: str, *, well: bool) -> bool:
        """The host answered, or failed once more; whether it has failed too often in a row now."""
        self._trouble[host] = 0 if well else self._trouble.get(host, 0) + 1
        return self._trouble[host] >= TROUBLE

    def close(self, host: str, reason: str) -> None:
        """Nothing more to this host in this crawl."""
        self._closed.setdefault(host, reason)

    def closed(self, host: str) -> str | None:
        """Why nothing more goes to this host, or None."""
        return self._closed.get(host)

    def held_for(self, host: str, now: datetime) -> float:
        """Seconds for which it asked to be left alone, in an earlier run; looked up once a crawl."""
        if host in self._looked_up:
            return 0.0
        self._looked_up.add(host)
        until = self._ledger.held_until(host)
        return max(0.0, (until - now).total_seconds()) if until else 0.0
