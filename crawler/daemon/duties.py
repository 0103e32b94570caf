"""What the daemon does beside crawling.

The hook for other parts: append to AFTER_ROUND (runs when a round has ended, with how it ended) or to TIMED (runs by
the clock). A duty runs in a thread of the daemon, one at a time of its kind; what it raises is logged in one sentence
and counted, and stops nothing. Heavy imports stand inside the function.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from threading import Event

from sqlalchemy import Engine

from crawler.configuration.durations import parse_duration
from crawler.configuration.locate import ConfigFolder
from crawler.configuration.settings import Settings
from crawler.daemon.counters import Counters
from crawler.daemon.rounds import RoundResult


@dataclass(frozen=True, slots=True)
class Context:
    """What a duty is given. `folder`: the accepted configuration; `stop` is set when the daemon is to end."""

    engine: Engine
    folder: ConfigFolder
    settings: Settings
    now: datetime
    stop: Event
    counters: Counters
    ended: RoundResult | None = None
    source_ids: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Duty:
    """Something to do after each round; its name stands in the log and in /metrics."""

    name: str
    run: Callable[[Context], object]


@dataclass(frozen=True, slots=True)
class Timed:
    """Something to do every so often; `every` reads the settings."""

    name: str
    every: Callable[[Settings], timedelta]
    run: Callable[[Context], object]


def _housekeeping(context: Context) -> None:
    from crawler.housekeeping import back_up_when_due, tidy  # noqa: PLC0415

    done = tidy(context.engine, context.settings, context.now)
    context.counters.log_held = done.log_held
    back_up_when_due(context.engine, context.settings, context.now, context.stop.is_set)


def _alerts(context: Context) -> None:
    from crawler.alerts.duty import send_due  # noqa: PLC0415

    send_due(context.engine, context.folder.root, context.stop)


AFTER_ROUND: list[Duty] = [Duty("alerts", _alerts)]
TIMED: list[Timed] = [
    Timed("housekeeping", lambda settings: parse_duration(settings.daemon.housekeeping), _housekeeping),
    # digests at their hour, and what could not be sent before
    Timed("alerts-due", lambda _: timedelta(minutes=1), _alerts),
]
