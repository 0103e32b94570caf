"""The end of a visit: what it brought goes into the database, and the source is judged anew, in one transaction."""

from __future__ import annotations

import json
from calendar import timegm
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta, timezone
from functools import lru_cache
from typing import Any

from sqlalchemy import Connection, Engine

from crawler.configuration.sources import Source
from crawler.crawl.seam import CrawlSummary, SourceSummary
from crawler.health import Health, State, Visit, judge
from crawler.outcomes import Outcome
from crawler.urls import canonical_url
from storage import sources as table
from storage import visits
from storage.engine import reading, writing

KEPT = timedelta(days=90)
# A source that says it is gone for good is looked at so often, in case that was a mistake.
DEAD_EVERY = timedelta(days=30)


@dataclass(frozen=True, slots=True)
class Plan:
    """What earlier visits taught about the next: listings that moved, sources to ask without conditions."""

    moved: Mapping[str, str] = field(default_factory=dict)
    anew: frozenset[str] = frozenset()


def plan_visits(engine: Engine, chosen: Sequence[Source]) -> Plan:
    """For a crawl of `chosen`."""
    at = datetime.now(timezone.utc)
    with reading(engine) as conn:
        moved = visits.moved(conn, [way.url for source in chosen for way in source.discover if way.kind != "search"])
        anew = frozenset(source.id for source in chosen if _doubtful(conn, source.id)
                         and _health(conn, source.id, at).ask_anew)
    return Plan(moved, anew)


def record_visits(engine: Engine, chosen: Sequence[Source], crawled: CrawlSummary, new: Mapping[str, int],
                  moved: Mapping[str, str]) -> None:
    """Rows of `source_visits` and `source_weeks`, the state in `sources`, and when each is due again.

    `new` counts the new articles by source, `moved` is what the crawl was given by `plan_visits`.
    """
    at = datetime.now(timezone.utc)
    with writing(engine) as conn:
        for source in chosen:
            seen = crawled.sources.get(source.id)
            if seen is None or (crawled.stopped and not seen.worked and not seen.failures):
                continue  # not reached before the crawl was stopped: still due
            _record(conn, source, seen, at, articles=new.get(source.id, 0), known=moved, stopped=bool(crawled.stopped))


def _record(conn: Connection, source: Source, seen: SourceSummary, at: datetime, *, articles: int,
            known: Mapping[str, str], stopped: bool) -> None:
    error = "; ".join(seen.failures) or (None if seen.worked else "no way of discovery worked")
    outcomes = {str(outcome): count for outcome, count in seen.outcomes.items() if count}
    failure = None if seen.worked else seen.seen.failed or (Outcome.HTTP_ERROR, None)
    visits.add(conn, [{
        "source_id": source.id, "visited_at": _iso(at), "listed": seen.seen.listed, "fresh": seen.seen.kept,
        "newest_at": seen.seen.newest, "outcomes": outcomes, "error": error, "unchanged": seen.seen.unchanged,
        "failure": str(failure[0]) if failure else None, "status": failure[1] if failure else None,
        "moved_to": _learn_moves(conn, source, seen, known)}])
    visits.expire(conn, source.id, _iso(at - KEPT))
    health = _health(conn, source.id, at)
    visits.add_to_week(conn, source.id, f"{at.date() - timedelta(days=at.weekday())}", received=seen.seen.kept,
                       matched=outcomes.get(str(Outcome.MATCHED), 0), failed=failure is not None, outcomes=outcomes,
                       expected=health.expected_weekly)
    # A crawl that was stopped has left pages behind: the source is due at once.
    due = at if stopped else at + (DEAD_EVERY if health.state is State.DEAD else source.every)
    table.visited(conn, source.id, _iso(at), error=error if failure else None, next_due_at=_iso(due),
                  article_at=_iso(at) if articles else None)
    table.judged(conn, source.id, state=str(health.state), reason=health.reason, expected_weekly=health.expected_weekly,
                 since=_iso(datetime.fromtimestamp(health.since, timezone.utc)) if health.since else None,
                 moved_to=health.moved_to)


def _learn_moves(conn: Connection, source: Source, seen: SourceSummary, known: Mapping[str, str]) -> str | None:
    """Remember for each listing where it moved, as long as it is read there; the first address that is another one.

    http and https, or a slash at the end, are no other address: used, but nothing to tell anybody.
    """
    told = None
    for way in source.discover:
        target = seen.seen.moved.get(way.url) or known.get(way.url)
        if target is None:
            continue
        target = seen.seen.moved.get(target) or target
        if target in seen.seen.read and known.get(way.url) != target:
            visits.move(conn, way.url, target)
        elif target in seen.seen.missed:
            visits.move(conn, way.url, None)
            continue
        if told is None and canonical_url(target) != canonical_url(way.url):
            told = target
    return told


def _doubtful(conn: Connection, source_id: str) -> bool:
    """Whether its last visit was a 304, or it once lied; all others are spared the look at 90 days."""
    last = visits.last(conn, source_id)
    known = table.get(conn, source_id)
    return bool(last and last["unchanged"]) or bool(known and known["state"] == str(State.LYING))


def _health(conn: Connection, source_id: str, at: datetime) -> Health:
    return judge([_visit(*row) for row in visits.history(conn, source_id, _iso(at - KEPT))], at.timestamp())


def _visit(at: str, listed: int, fresh: int, newest: str | None, outcomes: str | None, *rest: Any) -> Visit:
    return Visit(_seconds(at) or 0.0, listed, fresh, _seconds(newest), _outcomes(outcomes or "{}"), *rest)


@lru_cache(maxsize=4096)  # most visits are alike; nothing changes the dicts
def _outcomes(text: str) -> dict[str, int]:
    counts: dict[str, int] = json.loads(text)
    return counts


@lru_cache(maxsize=4096)
def _seconds(text: str | None) -> float | None:
    """Seconds since 1970 of a stored time or day; by hand, because there are thousands of them."""
    if not text:
        return None
    day = (int(text[:4]), int(text[5:7]), int(text[8:10]))
    clock = (int(text[11:13]), int(text[14:16]), int(text[17:19])) if len(text) > 10 else (0, 0, 0)
    return float(timegm((*day, *clock)))


def _iso(moment: datetime) -> str:
    return moment.strftime("%Y-%m-%dT%H:%M:%SZ")
