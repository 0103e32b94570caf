"""What is judged, and the judgement."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import Enum

DAY = 86_400.0


class State(str, Enum):
    """Column `sources.state`."""

    UNVISITED = "unvisited"
    OK = "ok"
    QUIET = "quiet"      # answers, but brings less than its history lets expect, or nothing
    FAILING = "failing"  # no way of discovery works, or its articles can no longer be read
    BLOCKED = "blocked"  # a wall, or it forbids us
    MOVED = "moved"      # a permanent redirect; read at its new address
    DEAD = "dead"        # 410
    LYING = "lying"      # said 304 while it published

    def __str__(self) -> str:
        return self.value


@dataclass(frozen=True, slots=True)
class Visit:
    """One visit. `at` and `newest` (date of the newest entry) in seconds since 1970, UTC.

    `listed` entries were shown, `fresh` of these were links never seen before; `outcomes` counts its pages by
    outcome. `failure` is the outcome of the first way that failed where none worked, `status` its HTTP status, and
    `error` says in words what went wrong, with one way or with all. `unchanged` listings answered 304.
    """

    at: float
    listed: int = 0
    fresh: int = 0
    newest: float | None = None
    outcomes: Mapping[str, int] = field(default_factory=dict)
    error: str | None = None
    failure: str | None = None
    status: int | None = None
    unchanged: int = 0
    moved_to: str | None = None


@dataclass(frozen=True, slots=True)
class Health:
    """The judgement. `since` in seconds since 1970; `expected_weekly` new links a week, `interval` the seconds within
    which its own history lets expect news; both None while too little is known.

    `ask_anew`: it says 304 for longer than it usually is silent, so the next visit should not be conditional.
    """

    state: State
    reason: str | None
    since: float | None
    expected_weekly: float | None = None
    interval: float | None = None
    ask_anew: bool = False
    moved_to: str | None = None
