"""What is due goes out: taken from the outbox, sent, marked. At least once; a double carries the same id."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from sqlalchemy import Engine

from crawler.alerts.channels import Secrets, SendError, load_secrets, send
from crawler.alerts.message import Message, compose
from crawler.alerts.rules import AlertRules
from crawler.alerts.schedule import iso, retries
from crawler.alerts.watch import Clock, utc_now
from storage import alerts
from storage.alerts import Due
from storage.engine import reading, writing

Transport = Callable[[str, Message, Secrets], None]
Stopped = Callable[[], bool]


@dataclass(slots=True)
class Delivered:
    """What one call sent, and what went wrong: sentences with rule and channel, without secrets."""

    sent: int = 0
    failed: int = 0
    problems: list[str] = field(default_factory=list)


def deliver(engine: Engine, rules: AlertRules, *, transport: Transport = send, clock: Clock = utc_now,
            secrets: Secrets | None = None, stopped: Stopped = lambda: False) -> Delivered:
    """Send all that is due now.

    A message is counted as tried before it is sent, and held for nobody else for some minutes: a process that dies
    in between sends it again later, two processes never send it at once.
    """
    done = Delivered()
    hidden = load_secrets(rules) if secrets is None else secrets
    while not stopped():
        now = clock()
        with writing(engine) as conn:
            due = alerts.take(conn, iso(now), retries(now, rules.attempts))
        if due is None:
            return done
        _send(engine, rules, due, hidden, transport, done, iso(now))
    return done


def is_due(engine: Engine, clock: Clock = utc_now) -> bool:
    """Whether anything waits to be sent now: one cheap question for the daemon."""
    with reading(engine) as conn:
        return alerts.waiting(conn, iso(clock()))


def _send(engine: Engine, rules: AlertRules, due: Due, secrets: Secrets, transport: Transport, done: Delivered,
          at: str) -> None:
    rule, address = rules.rule(due.rule), rules.channels.get(due.channel)
    try:
        if rule is None or address is None:
            raise SendError(f"there is no {'rule' if rule is None else 'channel'} of this name any more", final=True)
        transport(address, compose(due.message_id, due.rule, rule.language, due.events), secrets)
    except SendError as error:
        done.failed += 1
        last = error.final or due.attempts >= rules.attempts
        done.problems.append(f"rule {due.rule}, channel {due.channel}, try {due.attempts}: {error}"
                             + (" (given up)" if last else ""))
        with writing(engine) as conn:
            alerts.failed(conn, due, str(error), final=error.final)
        return
    with writing(engine) as conn:
        alerts.sent(conn, due, at)
    done.sent += 1
