"""The daemon's heart: APScheduler looks every few seconds what is due in the database and starts a round for it.

What is due stands in the database alone (`sources.next_due_at`), so a restart needs no cleaning and a long sleep
becomes one catch-up round, not many. Every job is coalesced, never misfires and never runs twice at once.
"""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Callable, Mapping
from datetime import datetime, timedelta, timezone
from typing import Any

from apscheduler.executors.pool import ThreadPoolExecutor
from apscheduler.schedulers.background import BackgroundScheduler
from apscheduler.triggers.interval import IntervalTrigger
from sqlalchemy import Engine

from crawler.configuration.durations import parse_duration
from crawler.configuration.locate import ConfigFolder
from crawler.configuration.settings import Settings
from crawler.daemon import duties
from crawler.daemon.accepted import Accepted
from crawler.daemon.counters import Counters
from crawler.daemon.pace import Pace
from crawler.daemon.planner import Planner
from crawler.daemon.quiet import quiet_hours
from crawler.daemon.roster import Limits, Roster
from crawler.daemon.rounds import ChildRound, Round, RoundPlan, RoundResult
from crawler.daemon.times import iso, utc_now
from crawler.errors import UsageError
from crawler.registry import sync_sources
from storage import lock, schedule
from storage.engine import reading, writing
from storage.errors import DaemonRunsError, StorageError

log = logging.getLogger("marsad.daemon")

_THREADS = 3  # the look, duties by the clock, what follows a round
_JUMP = 5.0   # seconds between wall clock and steady clock that are a jump, not a correction
_SETTLE = timedelta(minutes=2)  # the first duty by the clock leaves the first round alone


class Scheduler:
    """Starts rounds until it is stopped. `database` is the URL that children are given."""

    def __init__(self, engine: Engine, folder: ConfigFolder, settings: Settings, database: str, *,
                 clock: Callable[[], datetime] = utc_now) -> None:
        self._engine, self._settings, self._database, self._clock = engine, settings, database, clock
        self._stop = threading.Event()
        self.counters = Counters(clock())
        self._accepted: Accepted | None = None
        self._folder = folder
        self._lock: lock.Lock | None = None
        self.roster = Roster(engine, planner(settings), _limits(settings), self.counters, self._start_round)
        self._finishing: list[Round] = []
        self._busy = 0
        self._drift = time.time() - time.monotonic()
        self._scheduler = BackgroundScheduler(
            timezone=timezone.utc, executors={"default": ThreadPoolExecutor(_THREADS)},
            job_defaults={"coalesce": True, "misfire_grace_time": None, "max_instances": 1})

    def start(self) -> None:
        """Take the lock and the configuration, then begin. Raises DaemonRunsError, UsageError, StorageError."""
        logging.getLogger("apscheduler").setLevel(logging.ERROR)
        self._lock = lock.take(self._engine, iso(self.counters.started_at))
        self._accepted = Accepted(self._folder)
        self._take_configuration()
        with writing(self._engine) as conn:
            left = schedule.close_runs(conn, "daemon", iso(self._clock()))
        if left:
            log.warning("%d rounds of a daemon that was killed are closed as failed", left)
        self._schedule()
        self._scheduler.start()

    def reload(self) -> None:
        """Take the configuration as it is now; a mistake in it is refused and the old one stays."""
        try:
            self._take_configuration()
        except UsageError as error:
            self.counters.refused_configuration = str(error)
            log.error("the configuration is refused, the old one stays: %s", error)
            return
        self.counters.refused_configuration = None
        self.counters.reloads += 1
        self._schedule()

    def tend(self) -> None:
        """To be called several times a second: rounds that ended, a clock that was set."""
        drift = time.time() - time.monotonic()
        if abs(drift - self._drift) > _JUMP:
            log.warning("the clock has jumped by %.0f s (or the machine slept)", drift - self._drift)
            self._drift = drift
            self.counters.clock_jumps += 1
            # APScheduler waits for a time on the wall clock, which may now be hours away.
            for job in self._scheduler.get_jobs():
                job.modify(next_run_time=datetime.now(timezone.utc))
        for ended, result in self.roster.poll():
            if ended not in self._finishing:
                self._finishing.append(ended)
                self._scheduler.add_job(self._finish, args=[ended, result], coalesce=False, max_instances=8)

    def stop(self, hurried: Callable[[], bool] = lambda: False) -> bool:
        """Let rounds store what they fetched, then end; at once when `hurried`. False where a duty would not end."""
        self._stop.set()
        if self._scheduler.running:
            self._scheduler.pause()
            self.roster.each(lambda each: each.end())
            while self.roster.each(lambda each: each.kill() if hurried() else None):
                for ended, result in self.roster.poll():
                    self.roster.finish(ended, result, self._clock())
                time.sleep(0.05)
            self._scheduler.shutdown(wait=False)
        patience = time.monotonic() + (0.5 if hurried() else 3.0)
        while self._busy and time.monotonic() < patience:
            time.sleep(0.05)
        if self._accepted is not None:
            self._accepted.close()
        if self._lock is not None:
            self._lock.release()
        return not self._busy

    @property
    def lost(self) -> str | None:
        """Why this daemon must not go on, if it must not: another one holds the database."""
        return self._lost

    _lost: str | None = None

    def _take_configuration(self) -> None:
        if self._accepted is None:
            return
        settings, sources = self._accepted.take()
        with writing(self._engine) as conn:
            sync_sources(conn, sources)
        self._settings = settings
        self.roster.planner, self.roster.limits = planner(settings), _limits(settings)
        log.info("%d sources, %d switched on", len(sources), sum(source.enabled for source in sources))

    def _schedule(self) -> None:
        """APScheduler's jobs by the settings of now; the old ones of the same name give way."""
        now = datetime.now(timezone.utc)
        self._scheduler.add_job(self._look, IntervalTrigger(seconds=self._settings.daemon.tick), next_run_time=now,
                                id="look", replace_existing=True)
        for duty in duties.TIMED:
            every = duty.every(self._settings)
            self._scheduler.add_job(self._do, IntervalTrigger(seconds=every.total_seconds()), args=[duty],
                                    next_run_time=now + min(every, _SETTLE), id=f"duty {duty.name}",
                                    replace_existing=True)

    def _look(self) -> None:
        try:
            if self._stop.is_set() or not self._still_ours():
                return
            if self._accepted is not None and self._accepted.changed():
                log.info("the configuration has changed")
                self.reload()
            self.roster.look(self._clock())
        except StorageError as error:
            log.error("%s", error)
        finally:
            self.counters.beat = time.monotonic()

    def _still_ours(self) -> bool:
        """A server that was restarted has forgotten our lock: take it again, or end where another was faster."""
        if self._lock is None or self._lock.held():
            return True
        self._lock.release()
        try:
            self._lock = lock.take(self._engine, iso(self.counters.started_at))
        except DaemonRunsError as error:
            self._lost = str(error)
            return False
        return True

    def _start_round(self, source_ids: Any, now: datetime) -> Round:
        daemon, root = self._settings.daemon, self._folder.root
        return ChildRound(source_ids, now, RoundPlan(self._database, self._accepted.root if self._accepted else root,
                                                     daemon.round_seconds, daemon.grace_seconds))

    def _finish(self, ended: Round, result: RoundResult) -> None:
        self.roster.finish(ended, result, self._clock())
        self._finishing.remove(ended)
        for duty in duties.AFTER_ROUND:
            self._do(duty, result, tuple(ended.source_ids))

    def _do(self, duty: duties.Duty | duties.Timed, result: RoundResult | None = None,
            source_ids: tuple[str, ...] = ()) -> None:
        if self._stop.is_set():
            return
        self._busy += 1
        folder = ConfigFolder(self._accepted.root) if self._accepted else self._folder
        try:
            duty.run(duties.Context(self._engine, folder, self._settings, self._clock(), self._stop, self.counters,
                                    result, source_ids))
        except Exception as error:  # a duty is the work of another part: whatever it is, crawling goes on
            self.counters.duty_failures[duty.name] += 1
            if isinstance(error, (StorageError, UsageError)):
                log.error("%s failed: %s", duty.name, error)
            else:
                log.exception("%s failed", duty.name)
        finally:
            self._busy -= 1

    def report(self) -> Mapping[str, Any]:
        """What /readyz shows; raises where the database does not answer."""
        with reading(self._engine) as conn:
            waiting = schedule.due(conn, iso(self._clock()))
        counters = self.counters
        return {"status": "ready", "since": iso(counters.started_at), "sources_due": len(waiting),
                "rounds": counters.finished, "rounds_running": counters.running,
                "last_round_at": iso(counters.last_round_at) if counters.last_round_at else None,
                "last_outcome": counters.last_outcome, "visits_missed": counters.sources_missed,
                "refused_configuration": counters.refused_configuration, "paused": counters.paused}

    @property
    def patience(self) -> float:
        """Seconds without a look after which the daemon does not count as working."""
        return 120 + 10 * self._settings.daemon.tick


def planner(settings: Settings) -> Planner:
    """The rule of pace that the settings ask for."""
    daemon = settings.daemon
    pace = Pace(parse_duration(daemon.shortest), parse_duration(daemon.longest), daemon.jitter, daemon.learn,
                quiet_hours(daemon.quiet, daemon.timezone))
    return Planner(pace, timedelta(seconds=daemon.gather))


def _limits(settings: Settings) -> Limits:
    return Limits(settings.daemon.rounds, settings.daemon.free_mb * 1_000_000)
