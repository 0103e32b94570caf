"""Table `decisions`: what people decided. Rows are added and taken back, never changed or deleted.

Projects are named by slug and articles by canonical URL, because both survive a rebuild. Beside a slug,
`arguments["articles"]` holds the canonical URLs of the articles whose main project it was: {slug: [url, ...]}.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any

from sqlalchemy import Connection, insert, select, update

from storage.rows import as_dict, storable
from storage.schema import decisions

ACTIONS = ("merge", "split", "rename", "set", "reject", "unlink", "follow", "unfollow", "forget", "same", "different",
           "later")


def add(conn: Connection, *, at: str, who: str, action: str, target: str,
        arguments: Mapping[str, Any] | None = None, reason: str | None = None, undone_at: str | None = None) -> int:
    """Store a decision; returns its id."""
    if action not in ACTIONS:
        raise ValueError(f"no such action: {action}")
    row = {"made_at": at, "who": who, "action": action, "target": target, "arguments": dict(arguments or {}),
           "reason": reason, "undone_at": undone_at}
    number: int = conn.execute(insert(decisions).returning(decisions.c.id), storable(row)).scalar_one()
    return number


def undo(conn: Connection, number: int, *, at: str) -> None:
    """Take a decision back; it stays in the table."""
    conn.execute(update(decisions).where(decisions.c.id == number).values(undone_at=at))


def get(conn: Connection, number: int) -> dict[str, Any] | None:
    """The decision with this id."""
    row = conn.execute(select(decisions).where(decisions.c.id == number)).first()
    return None if row is None else as_dict(row)


def every(conn: Connection) -> list[dict[str, Any]]:
    """All decisions, those taken back too, in the order in which they were made."""
    return [as_dict(row) for row in conn.execute(select(decisions).order_by(decisions.c.made_at, decisions.c.id))]


def active(conn: Connection, actions: Collection[str] = ACTIONS) -> list[dict[str, Any]]:
    """The decisions of these kinds that hold, in the order in which they were made."""
    query = (select(decisions).where(decisions.c.undone_at.is_(None), decisions.c.action.in_(sorted(actions)))
             .order_by(decisions.c.made_at, decisions.c.id))
    return [as_dict(row) for row in conn.execute(query)]


def anchors(conn: Connection) -> dict[str, list[str]]:
    """Slug to the articles that it stood for when it was last decided about, of all decisions."""
    found: dict[str, list[str]] = {}
    for row in every(conn):
        found.update(row["arguments"].get("articles") or {})
    return found


def followed(conn: Connection) -> set[str]:
    """The slugs that are followed, as they were when that was decided (`storage.slugs.resolve` knows merged ones)."""
    slugs: set[str] = set()
    for row in active(conn, ("follow", "unfollow")):
        (slugs.add if row["action"] == "follow" else slugs.discard)(row["target"])
    return slugs
