"""What the daemon knows of itself since its start; the rest of its health stands in the database."""

from __future__ import annotations

import time
from collections import Counter
from dataclasses import dataclass, field
from datetime import datetime


@dataclass(slots=True)
class Counters:
    """Figures of this process. Each is written in one thread and read in others; whole values only."""

    started_at: datetime
    rounds: Counter[str] = field(default_factory=Counter)
    running: int = 0
    sources_due: int = 0
    sources_missed: int = 0
    last_round_at: datetime | None = None
    last_outcome: str | None = None
    refused_configuration: str | None = None
    reloads: int = 0
    paused: str | None = None
    log_held: bool = False
    duty_failures: Counter[str] = field(default_factory=Counter)
    clock_jumps: int = 0
    beat: float = field(default_factory=time.monotonic)

    @property
    def finished(self) -> int:
        """Rounds that ended."""
        return sum(self.rounds.values())

    def silent_for(self) -> float:
        """Seconds since the last look at what is due; a sleeping machine does not count."""
        return time.monotonic() - self.beat
