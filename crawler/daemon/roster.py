"""The rounds in hand: which sources are in one, what the next takes, what becomes of each when it ends.

Knows no clock but the times it is given, and no threads but the lock around its state.
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from threading import RLock

from sqlalchemy import Engine

from crawler.daemon.counters import Counters
from crawler.daemon.planner import Planner
from crawler.daemon.rounds import Round, RoundResult, StartRound
from storage import maintenance
from storage.engine import reading, writing
from storage.errors import StorageError

log = logging.getLogger("marsad.daemon")

REST = timedelta(minutes=5)  # after a round whose end could not be stored


@dataclass(frozen=True, slots=True)
class Limits:
    """Rounds at the same time; bytes that must be free beside the database."""

    rounds: int
    free: int


class Roster:
    """Starts rounds, at most `limits.rounds` at a time, no source in two of them."""

    def __init__(self, engine: Engine, planner: Planner, limits: Limits, counters: Counters, start: StartRound) -> None:
        self._engine, self.planner, self.limits, self.counters, self._start = engine, planner, limits, counters, start
        self._rounds: list[Round] = []
        self._failed_at: datetime | None = None
        self._lock = RLock()

    def look(self, now: datetime) -> Round | None:
        """Start a round of all that is due, if anything is and nothing speaks against it."""
        with self._lock:
            busy = {name for each in self._rounds for name in each.source_ids}
            with reading(self._engine) as conn:
                crooked = self.planner.crooked(conn, now)
                found = self.planner.look(conn, now, busy)
            if crooked:  # what is due now is due all the same
                log.warning("the clock was set back: %d sources are planned anew", len(crooked))
                with writing(self._engine) as conn:
                    self.planner.write(conn, crooked)
            self.counters.sources_due = found.due
            if self._failed_at is not None and abs(now - self._failed_at) < REST:
                return None
            if not found.start or len(self._rounds) >= self.limits.rounds or self._cramped():
                return None
            self.counters.sources_missed += found.missed
            log.info("a round of %d sources begins%s", len(found.start),
                     f" ({found.missed} visits had fallen out)" if found.missed else "")
            begun = self._start(found.start, now)
            self._rounds.append(begun)
            self.counters.running, self.counters.last_round_at = len(self._rounds), now
            return begun

    def poll(self) -> list[tuple[Round, RoundResult]]:
        """The rounds that have ended since; each must be given to `finish`."""
        return [(each, result) for each in tuple(self._rounds) if (result := each.poll()) is not None]

    def finish(self, ended: Round, result: RoundResult, now: datetime) -> None:
        """Plan its sources anew and let go of them, once. What a stopped round did not reach is still due."""
        with self._lock:
            if not any(each is ended for each in self._rounds):
                return
        try:
            if result.outcome != "stopped":
                with writing(self._engine) as conn:
                    self.planner.settle(conn, ended.source_ids, ended.started_at, now)
        except StorageError as error:
            # Its sources are due still; beginning again at once would fail again, round after round.
            self._failed_at = now
            log.error("the round's sources could not be planned anew: %s", error)
        else:
            self._failed_at = None
        finally:
            with self._lock:
                self._rounds = [each for each in self._rounds if each is not ended]
                self.counters.running = len(self._rounds)
                self.counters.rounds[result.outcome] += 1
                self.counters.last_outcome = result.outcome
        log.info("the round ended: %s (exit code %s)", result.outcome, result.exit_code)

    def each(self, action: Callable[[Round], None]) -> int:
        """Do something to every round in hand; returns how many there are."""
        rounds = tuple(self._rounds)
        for each in rounds:
            action(each)
        return len(rounds)

    def _cramped(self) -> bool:
        """Whether the disk is too full to begin; said once, and once again when there is room."""
        free = maintenance.free_bytes(self._engine)
        cramped = free is not None and free < self.limits.free
        if cramped and not self.counters.paused:
            log.error("no round begins: only %d MB are free beside the database, daemon.free_mb asks for %d; free some "
                      "space, the daemon goes on by itself", (free or 0) // 1_000_000, self.limits.free // 1_000_000)
        elif self.counters.paused and not cramped:
            log.warning("there is space again: the daemon goes on")
        self.counters.paused = "disk full" if cramped else None
        return cramped
