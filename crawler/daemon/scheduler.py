"""The daemon's heart: APScheduler looks every few seconds what is due in the database and starts one round for it.

What is due stands in the database alone (`sources.next_due_at`), so a restart needs no cleaning and a long sleep
becomes one catch-up round, not many.
"""

from __future__ import annotations

import logging
import threading
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timezone
from typing import Any

from apscheduler.schedulers.background import BackgroundScheduler
from apscheduler.triggers.interval import IntervalTrigger
from sqlalchemy import Engine

from crawler.configuration.locate import ConfigFolder
from crawler.configuration.settings import Settings
from crawler.configuration.sources import load_sources
from crawler.daemon.rounds import Round
from crawler.errors import MarsadError
from crawler.registry import sync_sources
from storage.engine import reading, writing
from storage.sources import due, postpone

log = logging.getLogger("marsad.daemon")


@dataclass(slots=True)
class Counters:
    """What /metrics shows of this process."""

    rounds: int = 0
    rounds_failed: int = 0
    sources_due: int = 0
    last_round_at: datetime | None = None
    last_outcome: str | None = None
    refused_configuration: str | None = None
    lock: threading.Lock = field(default_factory=threading.Lock)


class Scheduler:
    """Starts rounds until it is stopped. One round at a time, all due sources in it."""

    def __init__(self, engine: Engine, folder: ConfigFolder, settings: Settings, database: str) -> None:
        self._engine, self._folder, self._settings, self._database = engine, folder, settings, database
        self._stop = threading.Event()
        self.counters = Counters()
        self._scheduler = BackgroundScheduler(timezone=timezone.utc)

    def start(self) -> None:
        self.reload(first=True)
        # coalesce, no misfire limit, one instance: after sleep or a long round exactly one look follows (M7)
        self._scheduler.add_job(self._tick, IntervalTrigger(seconds=self._settings.daemon.tick),
                                next_run_time=datetime.now(timezone.utc), coalesce=True, misfire_grace_time=None,
                                max_instances=1, id="tick")
        logging.getLogger("apscheduler").setLevel(logging.ERROR)
        self._scheduler.start()

    def stop(self) -> None:
        """Let the round in hand store what it fetched, then end."""
        self._stop.set()
        self._scheduler.shutdown(wait=True)

    def reload(self, *, first: bool = False) -> None:
        """Take the registry as it is now; a mistake in it is refused and the old one stays."""
        try:
            sources = load_sources(self._folder)
        except MarsadError as error:
            if first:
                raise
            self.counters.refused_configuration = str(error)
            log.error("the configuration is refused, the old one stays: %s", error)
            return
        self.counters.refused_configuration = None
        with writing(self._engine) as conn:
            sync_sources(conn, sources)
        log.info("%d sources, %d switched on", len(sources), sum(source.enabled for source in sources))

    def _tick(self) -> None:
        now = datetime.now(timezone.utc)
        with reading(self._engine) as conn:
            ids = [row["id"] for row in due(conn, _iso(now))]
        self.counters.sources_due = len(ids)
        if not ids or self._stop.is_set():
            return
        log.info("a round of %d sources begins", len(ids))
        daemon = self._settings.daemon
        result = Round(ids, database=self._database, config=str(self._folder.root.absolute())).wait(
            daemon.round_seconds, self._stop, daemon.grace_seconds)
        with self.counters.lock:
            self.counters.rounds += 1
            self.counters.rounds_failed += result.outcome in {"failed", "killed"}
            self.counters.last_round_at, self.counters.last_outcome = now, result.outcome
        if result.outcome != "stopped":
            with writing(self._engine) as conn:
                # A round that died before it could say so must not be due again at once, for ever.
                postpone(conn, ids, _iso(now), _iso(datetime.now(timezone.utc)))
        log.info("the round ended: %s (exit code %s)", result.outcome, result.exit_code)

    def report(self) -> Mapping[str, Any]:
        """What /readyz shows; raises where the database does not answer."""
        with reading(self._engine) as conn:
            waiting = due(conn, _iso(datetime.now(timezone.utc)))
        counters = self.counters
        return {"status": "ready", "sources_due": len(waiting), "rounds": counters.rounds,
                "last_round_at": counters.last_round_at, "last_outcome": counters.last_outcome,
                "refused_configuration": counters.refused_configuration}

    def metrics(self) -> Mapping[str, float]:
        """Prometheus names and values (docs/daemon.md)."""
        counters = self.counters
        last = counters.last_round_at
        return {"marsad_up": 1, "marsad_rounds_total": counters.rounds,
                "marsad_rounds_failed_total": counters.rounds_failed, "marsad_sources_due": counters.sources_due,
                "marsad_last_round_timestamp_seconds": last.timestamp() if last else 0,
                "marsad_configuration_refused": float(counters.refused_configuration is not None)}


def _iso(moment: datetime) -> str:
    return moment.strftime("%Y-%m-%dT%H:%M:%SZ")
