"""Tables `alert_events`, `alert_deliveries`, `alert_states`: what happened, who is told, what was last looked at."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, delete, func, select, update

from storage import decisions, slugs
from storage import projects as projects_store
from storage.rows import Row, as_dict, chunks, insert_for, storable, upsert
from storage.schema import (
    alert_deliveries,
    alert_events,
    alert_states,
    article_projects,
    articles,
    projects,
    sources,
)
from storage.views import PROJECT_CONFLICTS

# The place in the view at which its claims are chosen.
_ALL = "WHERE c.modality <> 'denied'"
_CONFLICTS_AT_ONCE = 20


def states(conn: Connection, kind: str) -> dict[str, dict[str, Any]]:
    """What was last looked at: subject to values."""
    query = select(alert_states.c.subject, alert_states.c.body).where(alert_states.c.kind == kind)
    return {row.subject: row.body for row in conn.execute(query)}


def save_states(conn: Connection, kind: str, values: Mapping[str, Row]) -> None:
    """Remember what was looked at."""
    upsert(conn, alert_states, [{"kind": kind, "subject": subject, "body": dict(body)}
                                for subject, body in values.items()], ["kind", "subject"])


def drop_states(conn: Connection, kind: str, subjects: Iterable[str]) -> None:
    """Forget subjects that are no more."""
    for batch in chunks(sorted(subjects)):
        conn.execute(delete(alert_states).where(alert_states.c.kind == kind, alert_states.c.subject.in_(batch)))


def project_rows(conn: Connection) -> list[dict[str, Any]]:
    """Every project that is some article's main one, with `newest` (highest id of these articles) and `read_at`
    (the last of their fetching times): enough to see which projects may have changed."""
    query = (select(projects, func.max(articles.c.id).label("newest"), func.max(articles.c.fetched_at).label("read_at"))
             .join(article_projects, article_projects.c.project_id == projects.c.id)
             .join(articles, articles.c.id == article_projects.c.article_id)
             .where(article_projects.c.role == "main").group_by(projects.c.id).order_by(projects.c.slug))
    return [as_dict(row) for row in conn.execute(query)]


def main_articles(conn: Connection, project_ids: Iterable[int]) -> dict[int, list[dict[str, Any]]]:
    """The articles whose main project it is, by project, in the order in which they were stored: id, url, title,
    outlet, language, published_at, fetched_at, story_id."""
    found: dict[int, list[dict[str, Any]]] = {}
    for batch in chunks(sorted(set(project_ids))):
        query = (select(article_projects.c.project_id, articles.c.id, articles.c.url, articles.c.title,
                        articles.c.outlet, articles.c.language, articles.c.published_at, articles.c.fetched_at,
                        articles.c.story_id)
                 .join(articles, articles.c.id == article_projects.c.article_id)
                 .where(article_projects.c.project_id.in_(batch), article_projects.c.role == "main")
                 .order_by(articles.c.id))
        for row in conn.execute(query):
            found.setdefault(row.project_id, []).append(as_dict(row))
    return found


def conflicts(conn: Connection, project_ids: Iterable[int]) -> dict[int, list[dict[str, Any]]]:
    """Rows of `project_conflicts` by project, for a few projects at a time: the view itself compares the claims of
    all projects (1,000 projects: 22 s; in twenties: 3 ms each)."""
    found: dict[int, list[dict[str, Any]]] = {}
    for batch in chunks(sorted(set(project_ids)), _CONFLICTS_AT_ONCE):
        chosen = f"{_ALL} AND c.project_id IN ({','.join(str(int(number)) for number in batch)})"
        query = PROJECT_CONFLICTS.replace(_ALL, chosen, 1)
        rows = sorted((as_dict(row) for row in conn.exec_driver_sql(query)),
                      key=lambda row: (row["project_id"], row["kind"], row["value_a"], row["value_b"], row["stage"]))
        for row in rows:
            found.setdefault(row["project_id"], []).append(row)
    return found


def source_rows(conn: Connection) -> list[dict[str, Any]]:
    """Every source with its state."""
    return [as_dict(row) for row in conn.execute(select(sources).order_by(sources.c.id))]


def followed(conn: Connection) -> frozenset[str]:
    """Slugs of the projects that somebody follows, as they are called now (one may have been merged since)."""
    rows = (projects_store.get(conn, number) for number in (
        slugs.resolve(conn, slug) for slug in sorted(decisions.followed(conn))) if number is not None)
    return frozenset(str(row["slug"]) for row in rows if row is not None)


def newest_article(conn: Connection) -> int:
    """The highest id that an article has; 0 without articles."""
    return int(conn.execute(select(func.max(articles.c.id))).scalar() or 0)


def add_events(conn: Connection, rows: Sequence[Row]) -> frozenset[str]:
    """Write events; the ids of those that were not there before."""
    fresh = set()
    for row in rows:
        clean = {name: storable(value) for name, value in row.items()}
        statement = insert_for(conn.dialect.name, alert_events).values(clean).on_conflict_do_nothing(
            index_elements=["id"])
        if conn.execute(statement.returning(alert_events.c.id)).scalar() is not None:
            fresh.add(row["id"])
    return frozenset(fresh)


def add_deliveries(conn: Connection, rows: Sequence[Row]) -> int:
    """Put deliveries into the outbox: event_id, rule, channel, message_id, due_at. What is there already stays."""
    if not rows:
        return 0
    statement = insert_for(conn.dialect.name, alert_deliveries).on_conflict_do_nothing(
        index_elements=["event_id", "rule", "channel"])
    conn.execute(statement, [{**row, "next_try_at": row["due_at"]} for row in rows])
    return len(rows)


@dataclass(frozen=True, slots=True)
class Due:
    """One message to be sent on one channel: its events, oldest first, and how often it was tried, this time
    included."""

    message_id: str
    rule: str
    channel: str
    attempts: int
    events: tuple[dict[str, Any], ...]


def _of(due: Due) -> tuple[Any, ...]:
    return (alert_deliveries.c.message_id == due.message_id, alert_deliveries.c.rule == due.rule,
            alert_deliveries.c.channel == due.channel, alert_deliveries.c.sent_at.is_(None))


def take(conn: Connection, now: str, retry_at: Sequence[str]) -> Due | None:
    """The message that is due longest, counted as tried: until `retry_at[attempts before]` nobody else takes it.

    So a process that dies in between loses nothing: the message is taken again. After the last of `retry_at` it is
    given up: its `next_try_at` becomes NULL with this try.
    """
    first = conn.execute(select(alert_deliveries).where(
        alert_deliveries.c.next_try_at <= now, alert_deliveries.c.sent_at.is_(None))
        .order_by(alert_deliveries.c.next_try_at, alert_deliveries.c.due_at, alert_deliveries.c.message_id,
                  alert_deliveries.c.rule, alert_deliveries.c.channel).limit(1)).first()
    if first is None:
        return None
    due = Due(first.message_id, first.rule, first.channel, first.attempts + 1, ())
    query = (select(alert_events).join(alert_deliveries, alert_deliveries.c.event_id == alert_events.c.id)
             .where(*_of(due)).order_by(alert_events.c.happened_at, alert_events.c.subject, alert_events.c.id))
    events = tuple(as_dict(row) for row in conn.execute(query))
    again = retry_at[first.attempts] if first.attempts < len(retry_at) else None
    conn.execute(update(alert_deliveries).where(*_of(due)).values(attempts=due.attempts, next_try_at=again))
    return Due(due.message_id, due.rule, due.channel, due.attempts, events)


def waiting(conn: Connection, now: str) -> bool:
    """Whether anything is to be sent at `now`."""
    query = select(alert_deliveries.c.event_id).where(alert_deliveries.c.next_try_at <= now).limit(1)
    return conn.execute(query).first() is not None


def sent(conn: Connection, due: Due, at: str) -> None:
    """It was handed over."""
    conn.execute(update(alert_deliveries).where(*_of(due)).values(sent_at=at, next_try_at=None, last_error=None))


def failed(conn: Connection, due: Due, error: str, *, final: bool = False) -> None:
    """It was not; `error` holds no secrets. `final`: not to be tried again."""
    values: dict[str, Any] = {"last_error": storable(error)}
    if final:
        values["next_try_at"] = None
    conn.execute(update(alert_deliveries).where(*_of(due)).values(values))


def events(conn: Connection, *, kinds: Iterable[str] | None = None, since: str | None = None,
           ids: Iterable[str] | None = None, limit: int | None = None) -> list[dict[str, Any]]:
    """Events, newest first."""
    query = select(alert_events).order_by(alert_events.c.happened_at.desc(), alert_events.c.subject, alert_events.c.id)
    if kinds is not None:
        query = query.where(alert_events.c.kind.in_(sorted(kinds)))
    if since is not None:
        query = query.where(alert_events.c.happened_at >= since)
    if ids is not None:
        query = query.where(alert_events.c.id.in_(sorted(ids)))
    return [as_dict(row) for row in conn.execute(query.limit(limit) if limit else query)]


def deliveries(conn: Connection, *, limit: int = 50) -> list[dict[str, Any]]:
    """The outbox with the events' kind, subject and time, what waits or failed first, then the newest."""
    query = (select(alert_deliveries, alert_events.c.kind, alert_events.c.subject, alert_events.c.happened_at)
             .join(alert_events, alert_events.c.id == alert_deliveries.c.event_id)
             .order_by(alert_deliveries.c.sent_at.is_not(None), alert_deliveries.c.due_at.desc(),
                       alert_deliveries.c.rule, alert_deliveries.c.channel, alert_deliveries.c.event_id).limit(limit))
    return [as_dict(row) for row in conn.execute(query)]


def counts(conn: Connection) -> dict[str, int]:
    """How many deliveries are sent, waiting or given_up; all three are named."""
    waiting = func.count().filter(alert_deliveries.c.next_try_at.is_not(None))
    done = func.count().filter(alert_deliveries.c.sent_at.is_not(None))
    row = conn.execute(select(func.count(), waiting, done).select_from(alert_deliveries)).one()
    return {"sent": row[2], "waiting": row[1], "given_up": row[0] - row[1] - row[2]}
