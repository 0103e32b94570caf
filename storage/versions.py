"""Table `article_versions`: what an article said before it was changed, and which of its claims changed with it.

`changes` gives for each claim that is no longer what it was: before, after, and when the new one was seen.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, func, insert, select

from storage import claims as claim_table
from storage.rows import as_dict, chunks, storable
from storage.schema import article_versions as table

# Of a row of `claims` a version keeps what it says, not its number.
KEPT = ("project_id", "kind", "value_number", "value_text", "value_printed", "unit", "stage", "date", "modality",
        "part", "quote", "quote_start", "quote_end")
# What is told as a change; a name or a doubt that is worded anew is none.
TOLD = ("capacity", "investment", "status", "milestone", "energy", "area", "city", "country")


@dataclass(frozen=True, slots=True)
class ClaimChange:
    """One kind of claim of one article before and after it was changed; None where it said nothing.

    Several values of a kind and stage are joined by commas. `at`: when the change was seen; `project_id` of the
    version where the newer one has no claim of this kind. The quotes are the words of the first value.
    """

    article_id: int
    project_id: int
    kind: str
    stage: str
    before: str | None
    after: str | None
    at: str
    quote_before: str | None = None
    quote_after: str | None = None


def add(conn: Connection, article: Mapping[str, Any], replaced_at: str) -> int:
    """Keep a row of `articles` with its claims of today, before it is overwritten; the number of the version."""
    said = [{name: row[name] for name in KEPT} for row in claim_table.of_article(conn, article["id"])]
    row = {"article_id": article["id"], "fetched_at": article["fetched_at"], "replaced_at": replaced_at,
           "modified_at": article["modified_at"], "title": article["title"], "text": article["text"],
           "claims": said}
    version: int = conn.execute(insert(table).returning(table.c.id),
                                {name: storable(value) for name, value in row.items()}).scalar_one()
    return version


def of_article(conn: Connection, article_id: int) -> list[dict[str, Any]]:
    """The versions of an article, oldest first: columns of `article_versions`, `claims` as a list."""
    query = select(table).where(table.c.article_id == article_id).order_by(table.c.id)
    return [as_dict(row) for row in conn.execute(query)]


def count(conn: Connection, article_id: int | None = None) -> int:
    """How many versions are kept, of one article or of all."""
    query = select(func.count()).select_from(table)
    return conn.execute(query if article_id is None else query.where(table.c.article_id == article_id)).scalar_one()


def changed_articles(conn: Connection, *, since: str | None = None) -> list[int]:
    """The articles that have versions, replaced at or after `since`, in order of their numbers."""
    query = select(table.c.article_id).distinct().order_by(table.c.article_id)
    return list(conn.execute(query if since is None else query.where(table.c.replaced_at >= since)).scalars())


def changes(conn: Connection, article_ids: Iterable[int]) -> list[ClaimChange]:
    """The claims of these articles that changed from version to version and to today, oldest first."""
    found: list[ClaimChange] = []
    for batch in chunks(sorted(set(article_ids))):
        versions: dict[int, list[dict[str, Any]]] = defaultdict(list)
        query = select(table).where(table.c.article_id.in_(batch)).order_by(table.c.article_id, table.c.id)
        for row in conn.execute(query):
            versions[row.article_id].append(as_dict(row))
        for article_id, own in versions.items():
            states = [*(version["claims"] for version in own), claim_table.of_article(conn, article_id)]
            for version, before, after in zip(own, states, states[1:], strict=False):
                found += compared(article_id, before, after, version["replaced_at"])
    return sorted(found, key=lambda change: (change.at, change.article_id, change.kind, change.stage))


def compared(article_id: int, before: Sequence[Mapping[str, Any]], after: Sequence[Mapping[str, Any]],
             at: str) -> list[ClaimChange]:
    """What changed between two lists of claims of one article. Pure.

    Claims are told apart by project, kind and stage (and a milestone by its word). Where no project is in both, as
    when a rewritten article came to another one, the project makes no difference.
    """
    common = {row["project_id"] for row in before} & {row["project_id"] for row in after}
    old, new = _grouped(before, by_project=bool(common)), _grouped(after, by_project=bool(common))
    made = []
    for key in sorted(old.keys() | new.keys()):
        was, now = old.get(key, []), new.get(key, [])
        if {_value(row) for row in was} != {_value(row) for row in now}:
            first = (now or was)[0]
            made.append(ClaimChange(
                article_id, first["project_id"], first["kind"], first["stage"], _printed(was), _printed(now), at,
                was[0]["quote"] if was else None, now[0]["quote"] if now else None))
    return made


def _grouped(rows: Sequence[Mapping[str, Any]], *, by_project: bool) -> dict[tuple[Any, ...], list[Mapping[str, Any]]]:
    groups: defaultdict[tuple[Any, ...], list[Mapping[str, Any]]] = defaultdict(list)
    for row in rows:
        if row["kind"] in TOLD:
            word = row["value_text"] or "" if row["kind"] == "milestone" else ""
            groups[row["project_id"] if by_project else 0, row["kind"], row["stage"], word].append(row)
    return dict(groups)


def _value(row: Mapping[str, Any]) -> tuple[Any, ...]:
    date = row["date"] if row["kind"] == "milestone" else None
    return claim_table.value_key(row), date, row["modality"] == "denied"


def _printed(rows: Sequence[Mapping[str, Any]]) -> str | None:
    """`500 MW`, `agreement`, `operational 2027`; several joined by commas, in the order of the article."""
    said = []
    for row in rows:
        number = row["value_number"]
        value = row["value_text"] or "" if number is None else f"{number:.12g} {row['unit'] or ''}"
        words = [value.strip(), (row["date"] or "") if row["kind"] == "milestone" else "",
                 "(denied)" if row["modality"] == "denied" else ""]
        said.append(" ".join(filter(None, words)))
    return ", ".join(dict.fromkeys(said)) or None
