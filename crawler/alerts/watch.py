"""The end of a run: what changed since the last look becomes events and deliveries, in one transaction.

What was last looked at stands in the database (`alert_states`), so nothing depends on the run that made a change
coming to its end: after a kill the next look finds it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timezone
from typing import Any

from sqlalchemy import Connection, Engine

from crawler.alerts.changes import (
    Facts,
    differs,
    project_events,
    snapshot,
    source_events,
    source_snapshot,
    threshold_events,
)
from crawler.alerts.event import Event, stable_id
from crawler.alerts.rules import AlertRules
from crawler.alerts.schedule import due_at, iso
from storage import alerts, claims
from storage.engine import writing

# Runs that read again what is stored: what they change is our understanding, not the world.
QUIET = frozenset({"reprocess", "audit", "rebuild"})
FIRST_RUN, OLD = "first_run", "old"
# More projects than this at once become one message.
_STORM = 10

Clock = Callable[[], datetime]


@dataclass(frozen=True, slots=True)
class Watched:
    """What a look found: new events, and deliveries put into the outbox."""

    events: int = 0
    deliveries: int = 0


def utc_now() -> datetime:
    return datetime.now(timezone.utc)


def watch(engine: Engine, rules: AlertRules, *, quiet: bool = False, clock: Clock = utc_now) -> Watched:
    """Look, record what happened, queue what the rules want. `quiet` only remembers how things stand."""
    with writing(engine) as conn:
        # the clock is read under the write lock: whoever sends a digest later sees what this look queues for it
        return look(conn, rules, now=clock(), quiet=quiet)


def look(conn: Connection, rules: AlertRules, *, now: datetime, quiet: bool = False) -> Watched:
    """`watch` within the caller's transaction."""
    marks = alerts.states(conn, "mark")
    first = "articles" not in marks
    mark = int(marks["articles"]["id"]) if not first else 0
    events = _projects(conn, rules, mark) + _sources(conn)
    alerts.save_states(conn, "mark", {"articles": {"id": max(mark, alerts.newest_article(conn))}})
    if quiet:
        return Watched()
    oldest = now - rules.max_age
    held = {event.id: FIRST_RUN if first else OLD if _is_old(event, oldest) else None for event in events}
    fresh = alerts.add_events(conn, [
        {"id": event.id, "kind": event.kind, "subject": event.subject, "happened_at": iso(now),
         "body": dict(event.body), "held": held[event.id]} for event in events])
    queued = queue(conn, rules, [e for e in events if e.id in fresh and held[e.id] is None], now=now)
    return Watched(len(fresh), queued)


def queue(conn: Connection, rules: AlertRules, events: Iterable[Event], *, now: datetime,
          only: frozenset[str] | None = None) -> int:
    """Put `events` into the outbox for the rules that want them (`only`: of these names)."""
    followed = alerts.followed(conn)
    wanted = list(events)
    rows: list[dict[str, Any]] = []
    for rule in rules.rules:
        if only is not None and rule.name not in only:
            continue
        mine = [event for event in wanted if rule.wants(event, followed)]
        due = iso(due_at(rule, now))
        for message, group in _messages(rule.name, rule.send, due, mine).items():
            rows += [{"event_id": event.id, "rule": rule.name, "channel": channel, "message_id": message,
                      "due_at": due} for event in group for channel in rule.channels]
    return alerts.add_deliveries(conn, rows)


def stored(row: Mapping[str, Any]) -> Event:
    """A row of `alert_events` as an event; its id is the row's."""
    body = row["body"]
    return _Stored(row["kind"], row["subject"], row["id"], body, body.get("published"), body.get("rule"))


class _Stored(Event):
    """An event read back: what made its id is known no more, the id is."""

    @property
    def id(self) -> str:
        return self.value


def _messages(rule: str, send: str, due: str, events: list[Event]) -> dict[str, list[Event]]:
    """Which events go out together: of a digest all, at once those of one project; a storm becomes one message."""
    if not events:
        return {}
    if send != "immediately":
        return {stable_id("digest", rule, due): events}
    groups: dict[str, list[Event]] = defaultdict(list)
    for event in events:
        groups["" if event.kind.startswith("source_") else event.subject].append(event)
    bundles = [events] if len(groups) > _STORM else list(groups.values())
    return {stable_id("message", rule, *sorted(event.id for event in group)): group for group in bundles}


def _projects(conn: Connection, rules: AlertRules, mark: int) -> list[Event]:
    known = alerts.states(conn, "project")
    rows = alerts.project_rows(conn)
    changed = [row for row in rows if differs(known.get(row["slug"]), row)]
    ids = [row["id"] for row in changed]
    articles, conflicts = alerts.main_articles(conn, ids), alerts.conflicts(conn, ids)
    said: dict[int, list[dict[str, Any]]] = defaultdict(list)
    for claim in claims.of_projects(conn, ids):
        said[claim["project_id"]].append(claim)
    events: list[Event] = []
    now: dict[str, dict[str, Any]] = {}
    for row in changed:
        facts = Facts(articles.get(row["id"], ()), said.get(row["id"], ()), conflicts.get(row["id"], ()))
        before = known.get(row["slug"])
        events += project_events(row, before, facts, mark=mark, same_news=rules.same_news)
        events += threshold_events(row, before, rules.rules)
        now[row["slug"]] = snapshot(row, facts, before)
    alerts.save_states(conn, "project", now)
    alerts.drop_states(conn, "project", set(known) - {row["slug"] for row in rows})
    return events


def _sources(conn: Connection) -> list[Event]:
    known = alerts.states(conn, "source")
    rows = alerts.source_rows(conn)
    events = [event for row in rows for event in source_events(row, known.get(row["id"]))]
    alerts.save_states(conn, "source", {row["id"]: source_snapshot(row) for row in rows
                                        if known.get(row["id"]) != source_snapshot(row)})
    return events


def _is_old(event: Event, oldest: datetime) -> bool:
    # a month only (`2024-05`) is compared as a month: the benefit of the doubt
    limit = iso(oldest)
    return event.published is not None and event.published < limit[:len(event.published)]
