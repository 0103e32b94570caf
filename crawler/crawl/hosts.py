"""What a crawl knows of each origin and host: robots rules, who waits for them, and which hosts are left alone."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from crawler.crawl.job import Job, JobKind
from crawler.crawl.pace import Pace
from crawler.crawl.seam import CrawlSettings, Ledger, StoredRobots
from crawler.middlewares.rights import TDM, WELL_KNOWN, reserved_paths
from crawler.middlewares.robots_rules import KEPT, Rules, beginning, rules_from, rules_without_answer
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

    def ready(self, job: Job, now: datetime) -> Job | None:
        """`job` itself where all that must be known before it is; else the job that asks for that, or None where it is
        under way. Then `job` waits for it."""
        if job.kind is JobKind.ROBOTS:
            return job
        rules = self.rules(job.origin, now)
        if rules is None:
            return self._park(job, job.origin, f"{job.origin}/robots.txt")
        if job.kind is JobKind.ARTICLE and self._must_know_reserved(job, rules, now):
            return self._park(job, job.origin + WELL_KNOWN, job.origin + WELL_KNOWN)
        return job

    def _park(self, job: Job, key: str, url: str) -> Job | None:
        waiting = self._parked.get(key)
        if waiting is not None:
            waiting.append(job)
            return None
        self._parked[key] = [job]
        return Job(url, JobKind.ROBOTS, job.source)

    def _must_know_reserved(self, job: Job, rules: Rules, now: datetime) -> bool:
        """Whether the tdmrep.json of the job's origin is to be asked; one of less than a day counts."""
        url = job.origin + WELL_KNOWN
        name = self._settings.robots_name
        if rules.reserved is not None or TDM not in self._settings.rights or rules.check(url, name):
            return False
        kept = self._ledger.robots(url)
        if kept is None or not now - KEPT < kept.fetched_at <= now:
            return True
        self._rules[job.origin] = replace(rules, reserved=reserved_paths(kept.body))
        return False

    def robots_answered(self, origin: str, status: int, body: bytes, now: datetime) -> list[Job]:
        """Its robots.txt (or tdmrep.json, whose address then stands for the origin) came; those that waited for it."""
        if not origin.endswith(WELL_KNOWN):
            body = beginning(body)
        if status < 500 and status != 429:
            self._ledger.keep_robots(origin, StoredRobots(status, body if status < 300 else b"", now))
        if origin.endswith(WELL_KNOWN):
            self._reserve(origin, body if status < 300 else b"")
        else:
            self._rules[origin] = rules_from(status, body, self._settings.robots_name)
        return self._parked.pop(origin, [])

    def robots_failed(self, origin: str, failure: Refused) -> list[Job]:
        """It did not come: for this crawl everything there is forbidden, or nothing reserved; those that waited."""
        if origin.endswith(WELL_KNOWN):
            self._reserve(origin, b"")
        else:
            self._rules[origin] = rules_without_answer(failure)
        return self._parked.pop(origin, [])

    def _reserve(self, url: str, body: bytes) -> None:
        origin = url.removesuffix(WELL_KNOWN)
        self._rules[origin] = replace(self._rules.get(origin, Rules()), reserved=reserved_paths(body))

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
