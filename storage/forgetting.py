"""What was erased for good: only digests of it stay (in `decisions`), and they keep it from coming back."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from contextlib import closing
from dataclasses import dataclass
from hashlib import sha256
from typing import Any

from sqlalchemy import Connection, Engine, Table, delete, insert, or_, select, text, update

from storage import articles, decisions, raw, stories
from storage.rows import chunks, url_key
from storage.schema import (
    alert_events,
    article_subjects,
    article_versions,
    claims,
    pages,
    project_slugs,
    raw_pages,
    read_texts,
)
from storage.schema import articles as article_table
from storage.schema import decisions as decision_table
from storage.schema import stories as story_table

REASON = "erased by a decision (marsad curate forget)"


@dataclass(frozen=True, slots=True)
class Erased:
    """How much went, and the projects whose rows must follow."""

    articles: int
    pages: int
    projects: frozenset[int]


def digest(kind: str, value: str) -> str:
    """What stays of a forgotten thing. `kind`: url, source or author."""
    return "sha256:" + sha256(f"{kind}:{value}".encode(errors="replace")).hexdigest()


def barred(conn: Connection) -> frozenset[str]:
    """The digests of all that must not come back."""
    query = select(decision_table.c.target, decision_table.c.arguments).where(
        decision_table.c.action == "forget", decision_table.c.undone_at.is_(None))
    return frozenset(one for target, given in conn.execute(query) for one in (target, *given.get("also", ())))


def is_barred(held: frozenset[str], urls: Iterable[str | None], source_id: str | None = None) -> bool:
    """Whether one of these addresses, or this source, was forgotten."""
    return bool(held) and (any(url and digest("url", url) in held for url in urls)
                           or bool(source_id and digest("source", source_id) in held))


def erase(conn: Connection, *, urls: Iterable[str] = (), source_id: str | None = None) -> Erased:
    """Erase pages by address (canonical or as fetched), or all of a source, from every table."""
    scrub(conn)
    wanted = {url_key(url) for url in urls}
    ids, gone = _found(conn, wanted, source_id)
    touched = articles.delete(conn, ids)
    stories.refresh(conn, touched.stories)
    rows = 0
    for table in (raw_pages, read_texts, pages):
        rows = max(rows, _drop(conn, table, gone, source_id))
    for batch in chunks(sorted(gone)):
        conn.execute(update(article_table).where(article_table.c.origin_url.in_(batch)).values(origin_url=None))
        conn.execute(update(project_slugs).where(project_slugs.c.article_url.in_(batch)).values(article_url=None))
    _from_decisions(conn, gone)
    _from_alerts(conn, gone)
    _leave_digests(conn, wanted | gone if source_id is None else set())
    rebuild_search(conn)
    return Erased(len(ids), rows, touched.projects)


def scrub(conn: Connection) -> None:
    """What is deleted from here on is overwritten in the file (PostgreSQL leaves that to its vacuum)."""
    if conn.dialect.name == "sqlite":
        conn.exec_driver_sql("PRAGMA secure_delete = ON")


def checkpoint(engine: Engine) -> None:
    """Empty SQLite's write-ahead log, which still holds the pages as they were."""
    if engine.dialect.name == "sqlite":
        with closing(engine.raw_connection()) as conn:  # outside of any transaction
            conn.cursor().execute("PRAGMA wal_checkpoint(TRUNCATE)")


def rebuild_search(conn: Connection) -> None:
    """Merge the full-text index, so that no word of a deleted text stays in an old segment."""
    if conn.dialect.name == "sqlite":
        conn.execute(text("INSERT INTO articles_search(articles_search) VALUES ('optimize')"))


def _found(conn: Connection, urls: set[str], source_id: str | None) -> tuple[list[int], set[str]]:
    """Ids of articles, and every address under which any of it stands."""
    ids: set[int] = set()
    gone = set(urls)
    for table in (article_table, pages, read_texts):
        columns: Any = tuple(table.c[name] for name in ("url", "canonical_url", "declared_url") if name in table.c)
        tests = [column.in_(batch) for batch in chunks(sorted(urls)) for column in columns]
        if source_id is not None:
            tests.append(table.c.source_id == source_id)
        for test in tests:
            extra = (table.c.id,) if table is article_table else ()
            for row in conn.execute(select(*columns, *extra).where(test)):
                found = row._mapping
                gone |= {found[column] for column in columns if found[column]}
                if extra:
                    ids.add(row.id)
    return sorted(ids), gone


def _drop(conn: Connection, table: Table, urls: set[str], source_id: str | None) -> int:
    dropped = 0
    for batch in chunks(sorted(urls)):
        tests = [table.c.url.in_(batch)]
        if "canonical_url" in table.c:
            tests.append(table.c.canonical_url.in_(batch))
        dropped += conn.execute(delete(table).where(or_(*tests))).rowcount
    if source_id is not None and "source_id" in table.c:
        dropped += conn.execute(delete(table).where(table.c.source_id == source_id)).rowcount
    return dropped


def _leave_digests(conn: Connection, urls: set[str]) -> None:
    """A row of `pages` without the address, so that every page asked keeps its one outcome."""
    for url in sorted(urls):
        row = {"url": veiled(url), "outcome": "rejected", "reason": REASON}
        if conn.execute(select(pages.c.url).where(pages.c.url == row["url"])).first() is None:
            conn.execute(insert(pages), row)


def veiled(url: str) -> str:
    """What stands in `pages.url` in place of a forgotten address."""
    return f"forgotten:{digest('url', url)}"


def _from_decisions(conn: Connection, urls: set[str]) -> None:
    for row in decisions.every(conn):
        values = {"target": digest("url", row["target"]) if row["target"] in urls else row["target"],
                  "arguments": _without(row["arguments"], urls)}
        if row["target"] in urls:
            values["arguments"].pop("title", None)
        if (values["target"], values["arguments"]) != (row["target"], row["arguments"]):
            conn.execute(update(decision_table).where(decision_table.c.id == row["id"]).values(values))


def _without(value: Any, urls: set[str]) -> Any:
    if isinstance(value, dict):
        return {key: _without(item, urls) for key, item in value.items()}
    if isinstance(value, list):
        return [_without(item, urls) for item in value if item not in urls]
    return value


def _from_alerts(conn: Connection, urls: set[str]) -> None:
    for row in conn.execute(select(alert_events.c.id, alert_events.c.body)).all():
        if _names(row.body, urls):
            conn.execute(delete(alert_events).where(alert_events.c.id == row.id))


def _names(value: Any, urls: set[str]) -> bool:
    if isinstance(value, dict):
        return any(_names(item, urls) for item in value.values())
    if isinstance(value, list):
        return any(_names(item, urls) for item in value)
    return isinstance(value, str) and value in urls


# Where words of articles stand besides `articles` itself.
_WORDS: tuple[tuple[Table, tuple[str, ...]], ...] = (
    (claims, ("value_text", "value_printed", "quote", "value_key")),
    (article_subjects, ("body",)),
    (article_versions, ("title", "text", "claims")),
    (story_table, ("title",)),
    (alert_events, ("body",)),
)


def paint_rest(conn: Connection, paint: Callable[[Any], Any], word: str) -> None:
    """Paint what is quoted elsewhere; read texts and raw pages that hold the `word` are dropped."""
    for table, names in _WORDS:
        keys = list(table.primary_key.columns)
        for row in conn.execute(select(*keys, *(table.c[name] for name in names))).mappings().all():
            before = {name: row[name] for name in names}
            after = {name: paint(value) for name, value in before.items()}
            if after != before:
                conn.execute(update(table).where(*(key == row[key.name] for key in keys)).values(after))
    needle = word.casefold()
    for page in raw.iterate(conn):
        if needle in page.body.decode(errors="replace").casefold():
            raw.forget(conn, page.url)
    for kept in raw.iterate_texts(conn):
        whole = {name: kept[name] for name in ("title", "text")}
        if paint(whole) != whole:
            raw.forget_text(conn, kept["url"])
