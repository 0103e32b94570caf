"""Tables `project_profiles` and `project_keys`: what is known of a project for comparing, and how it is found again.

Look-ups take about the same time in a table of a hundred projects and of many thousands: a key that is in too many
projects is never read to its end.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from typing import Any

from sqlalchemy import CompoundSelect, Connection, and_, bindparam, delete, literal, select, union_all

from storage.rows import chunks, insert_for, storable, upsert_statement
from storage.schema import project_keys, project_profiles

Key = tuple[str, str]

_AMONG = select(project_profiles).where(project_profiles.c.project_id.in_(bindparam("ids", expanding=True)))
_OTHER = project_keys.alias()
_BOTH = (select(project_keys.c.project_id)
         .join(_OTHER, and_(_OTHER.c.project_id == project_keys.c.project_id, _OTHER.c.kind == bindparam("kind2"),
                            _OTHER.c.key == bindparam("key2")))
         .where(project_keys.c.kind == bindparam("kind"), project_keys.c.key == bindparam("key"))
         .order_by(project_keys.c.project_id.desc()).limit(bindparam("most")))
_DROP = delete(project_keys).where(project_keys.c.project_id == bindparam("of"))


def load(conn: Connection, project_ids: Iterable[int]) -> dict[int, dict[str, Any]]:
    """The stored profiles of projects, by id; those without one are missing."""
    return {row.project_id: row.body for batch in chunks(sorted(set(project_ids)))
            for row in conn.execute(_AMONG, {"ids": batch})}


def save(conn: Connection, project_id: int, body: Mapping[str, Any]) -> None:
    """Write or replace the profile of a project."""
    conn.execute(upsert_statement(conn.dialect.name, project_profiles, ("body", "project_id"), ("project_id",)),
                 [{"project_id": project_id, "body": storable(body)}])


def holders(conn: Connection, keys: Iterable[Key], *, most: int) -> dict[Key, list[int]]:
    """The newest projects of each key, at most `most`; a list as long as that may not be the whole."""
    found: dict[Key, list[int]] = {key: [] for key in keys}
    for batch in chunks(found, _AT_ONCE):
        filled = [*batch, *[("", "")] * (-len(batch) % 8)]  # few lengths, so that few statements are compiled
        values: dict[str, Any] = {"most": most}
        for number, (kind, key) in enumerate(filled):
            values |= {f"kind{number}": kind, f"key{number}": storable(key)}
        for number, project_id in conn.execute(_holders(len(filled)), values):
            found[batch[number]].append(project_id)
    return found


_AT_ONCE = 24  # one statement for so many keys costs a tenth of one each


@cache
def _holders(count: int) -> CompoundSelect[int, int]:
    parts = []
    for number in range(count):
        table = project_keys.alias(f"k{number}")
        newest = (select(table.c.project_id).where(table.c.kind == bindparam(f"kind{number}"),
                                                   table.c.key == bindparam(f"key{number}"))
                  .order_by(table.c.project_id.desc()).limit(bindparam("most")).subquery(f"s{number}"))
        parts.append(select(literal(number), newest.c.project_id))
    return union_all(*parts)


def holders_of_both(conn: Connection, one: Key, other: Key, *, most: int) -> list[int]:
    """The newest projects that have both keys; the rarer one should come first."""
    return list(conn.execute(_BOTH, {"kind": one[0], "key": storable(one[1]), "kind2": other[0],
                                     "key2": storable(other[1]), "most": most}).scalars())


def set_keys(conn: Connection, project_id: int, keys: Mapping[Key, int]) -> None:
    """Make `keys` (each with the number of articles that gave it) the keys of a project."""
    conn.execute(_DROP, {"of": project_id})
    add_keys(conn, project_id, keys)


def add_keys(conn: Connection, project_id: int, keys: Mapping[Key, int]) -> None:
    """So many more articles of a project give these keys."""
    rows: Sequence[dict[str, Any]] = [{"project_id": project_id, "kind": kind, "key": storable(key), "articles": number}
                                      for (kind, key), number in sorted(keys.items())]
    if not rows:
        return
    conn.execute(_add(conn.dialect.name), rows)


@cache
def _add(dialect: str) -> Any:
    statement = insert_for(dialect, project_keys)
    return statement.on_conflict_do_update(
        index_elements=["project_id", "kind", "key"],
        set_={"articles": project_keys.c.articles + statement.excluded.articles})
