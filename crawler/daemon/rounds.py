"""One round: a child process that crawls all sources that are due, in a process group of its own.

The child is a fresh process because Twisted's reactor cannot start twice in one (reliability.md M6); its group
is killed as a whole, so that no reading worker outlives it.
"""

from __future__ import annotations

import contextlib
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Protocol

CHILD = (sys.executable, "-m", "crawler.daemon.child")


@dataclass(frozen=True, slots=True)
class RoundResult:
    """How a round ended. `outcome` is done, failed, killed (over its time) or stopped (by a person)."""

    outcome: str
    exit_code: int | None


class Round(Protocol):
    """A round in hand."""

    @property
    def source_ids(self) -> tuple[str, ...]:
        """The sources in it."""

    @property
    def started_at(self) -> datetime:
        """When it began."""

    def poll(self) -> RoundResult | None:
        """How it ended, None while it runs; ends it when its time is over."""

    def end(self) -> None:
        """Ask it to store what it has and end; after the time of grace it is killed."""

    def kill(self) -> None:
        """End it at once."""


StartRound = Callable[[Sequence[str], datetime], Round]


@dataclass(frozen=True, slots=True)
class RoundPlan:
    """What a child process is started with: the database's URL, the folder of the accepted configuration, seconds."""

    database: str
    config: Path
    seconds: float
    grace: float


class ChildRound:
    """A child process crawling `source_ids`."""

    def __init__(self, source_ids: Sequence[str], started_at: datetime, plan: RoundPlan) -> None:
        self._source_ids, self._started_at, self._grace = tuple(source_ids), started_at, plan.grace
        command = [*CHILD, "crawl", *source_ids, "--config", str(plan.config), "--trigger", "daemon", "--json"]
        # The URL may hold a password, which a command line would show to every user of the machine.
        environment = {**os.environ, "MARSAD_DATABASE": plan.database}
        # A session of its own: a signal to the daemon's terminal reaches the child only through us.
        self._process = subprocess.Popen(command, stdin=subprocess.PIPE,  # noqa: S603 - our own program
                                         stdout=subprocess.DEVNULL, env=environment, start_new_session=True)
        self._deadline = time.monotonic() + plan.seconds
        self._ending: str | None = None
        self._result: RoundResult | None = None

    @property
    def source_ids(self) -> tuple[str, ...]:
        return self._source_ids

    @property
    def started_at(self) -> datetime:
        return self._started_at

    @property
    def pid(self) -> int:
        return self._process.pid

    def poll(self) -> RoundResult | None:
        if self._result is not None:
            return self._result
        if self._ended():
            # The child is not reaped yet, so its number is still its group's and nobody else's.
            self._kill_group()
            code = self._process.wait()
            self._close()
            self._result = RoundResult(self._ending or ("done" if code == 0 else "failed"), code)
            return self._result
        if time.monotonic() >= self._deadline:
            if self._ending is None:
                self._ask("killed")
            else:
                self._kill_group()
        return None

    def end(self) -> None:
        if self._ending is None and self._result is None:
            self._ask("stopped")

    def kill(self) -> None:
        if self._result is not None:
            return
        self._ending = self._ending or "stopped"
        self._deadline = time.monotonic()
        self._kill_group()

    def _ask(self, outcome: str) -> None:
        self._ending, self._deadline = outcome, time.monotonic() + self._grace
        with contextlib.suppress(ProcessLookupError):
            self._process.send_signal(signal.SIGTERM)

    def _ended(self) -> bool:
        try:
            return os.waitid(os.P_PID, self._process.pid, os.WEXITED | os.WNOHANG | os.WNOWAIT) is not None
        except ChildProcessError:
            return True

    def _kill_group(self) -> None:
        with contextlib.suppress(ProcessLookupError, PermissionError):
            os.killpg(self._process.pid, signal.SIGKILL)

    def _close(self) -> None:
        if self._process.stdin is not None:
            self._process.stdin.close()
