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
import threading
from collections.abc import Sequence
from dataclasses import dataclass

# How often a waiting round looks whether the daemon has been stopped, seconds.
_LOOK = 0.1


@dataclass(frozen=True, slots=True)
class RoundResult:
    """How a round ended. `outcome` is done, failed, killed (over its time) or stopped (by a person)."""

    outcome: str
    exit_code: int | None


class Round:
    """A child process crawling `source_ids`."""

    def __init__(self, source_ids: Sequence[str], *, database: str, config: str, log: int | None = None) -> None:
        command = [sys.executable, "-m", "crawler", "crawl", *source_ids, "--database", database, "--config", config,
                   "--trigger", "daemon", "--json"]
        # A session of its own: a signal to the daemon's terminal reaches the child only through us.
        self._process = subprocess.Popen(command, stdin=subprocess.DEVNULL,  # noqa: S603 - our own program
                                         stdout=subprocess.DEVNULL, stderr=log, start_new_session=True)

    def wait(self, seconds: float, stop: threading.Event, grace: float) -> RoundResult:
        """Wait until it ends, is over its time, or `stop` is set (then it has `grace` seconds to store and end)."""
        waited = 0.0
        while not stop.wait(_LOOK):
            code = self._process.poll()
            if code is not None:
                self._kill_group()
                return RoundResult("done" if code == 0 else "failed", code)
            waited += _LOOK
            if waited >= seconds:
                self._end(grace)
                return RoundResult("killed", self._process.returncode)
        self._end(grace)
        return RoundResult("stopped", self._process.returncode)

    def _end(self, grace: float) -> None:
        with contextlib.suppress(ProcessLookupError):
            self._process.send_signal(signal.SIGTERM)
        with contextlib.suppress(subprocess.TimeoutExpired):
            self._process.wait(grace)
        self._kill_group()
        self._process.wait()

    def _kill_group(self) -> None:
        # The group's number is the child's id; it stays valid while any worker of it lives.
        with contextlib.suppress(ProcessLookupError, PermissionError):
            os.killpg(self._process.pid, signal.SIGKILL)
