"""Tables `article_signatures`, `signature_bands`, `article_relations`: how near copies are found, and what else is
shared. Every statement is compiled once: making one costs more than running it."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from typing import Any

from sqlalchemy import BindParameter, Connection, bindparam, delete, func, or_, select, union

from storage.rows import Row, as_dict, chunks, upsert, upsert_statement
from storage.schema import article_relations, article_signatures, articles, signature_bands

_IDS: BindParameter[int] = bindparam("ids", expanding=True)
_DROP_BANDS = delete(signature_bands).where(signature_bands.c.article_id == bindparam("gone"))
_ADD_BANDS = "INSERT INTO signature_bands (key, article_id) VALUES ({0}, {0})"
# So many binds that stay the same: a list that is spelt out anew takes longer than the search itself.
_BANDS = [f"key{number}" for number in range(64)]
_SHARED = (select(signature_bands.c.article_id, func.count().label("shared"))
           .where(signature_bands.c.key.in_([bindparam(name) for name in _BANDS]))
           .group_by(signature_bands.c.article_id)
           .order_by(func.count().desc(), signature_bands.c.article_id.desc()).limit(bindparam("most")))
_SAME = (select(article_signatures.c.article_id).where(article_signatures.c.content_hash == bindparam("hash"))
         .order_by(article_signatures.c.article_id).limit(bindparam("most")))
_NEAR = union(select(_SHARED.subquery().c.article_id), select(_SAME.subquery().c.article_id))
_NEIGHBOURS = select(article_signatures).where(article_signatures.c.article_id.in_(_NEAR))
_SIGNATURES = select(article_signatures).where(article_signatures.c.article_id.in_(_IDS))
_LIGHT = select(articles.c.id, articles.c.story_id, articles.c.source_id, articles.c.language, articles.c.outlet,
                articles.c.published_at, articles.c.canonical_url, articles.c.title).where(articles.c.id.in_(_IDS))
_TEXT = select(articles.c.text, articles.c.source_id).where(articles.c.id == bindparam("of"))
_COLUMNS = ("article_id", "content_hash", "sig_version", "signature")


def save(conn: Connection, article_id: int, *, sig_version: int, signature: bytes, content_hash: str,
         band_keys: Iterable[int], fresh: bool = False) -> None:
    """Write or replace the signature of an article and its bands. Band keys are signed 64-bit integers. `fresh`: the
    article had none before."""
    conn.execute(upsert_statement(conn.dialect.name, article_signatures, _COLUMNS, ("article_id",)), [{
        "article_id": article_id, "sig_version": sig_version, "signature": signature, "content_hash": content_hash}])
    if not fresh:
        conn.execute(_DROP_BANDS, {"gone": article_id})
    rows = [(key, article_id) for key in sorted(set(band_keys))]
    if rows:
        conn.exec_driver_sql(_ADD_BANDS.format("?" if conn.dialect.paramstyle == "qmark" else "%s"), rows)


def neighbours(conn: Connection, band_keys: Collection[int], content_hash: str, *, most: int) -> Sequence[Any]:
    """The signatures of at most `most` articles that share bands (at most 64 are asked for), most shared first, and of
    as many that have the same text. Rows of `article_signatures` (by attribute), in no order."""
    keys = sorted(set(band_keys))
    if not keys:
        return []
    keys += keys[:1] * (len(_BANDS) - len(keys))
    return conn.execute(_NEIGHBOURS, {**dict(zip(_BANDS, keys, strict=True)), "hash": content_hash, "most": most}).all()


def of_articles(conn: Connection, article_ids: Iterable[int]) -> list[dict[str, Any]]:
    """The stored signatures of articles."""
    return [as_dict(row) for batch in chunks(sorted(set(article_ids)))
            for row in conn.execute(_SIGNATURES, {"ids": batch})]


def light(conn: Connection, article_ids: Iterable[int]) -> dict[int, dict[str, Any]]:
    """What joining must know of articles, without their texts, by id."""
    return {row.id: as_dict(row) for batch in chunks(sorted(set(article_ids)))
            for row in conn.execute(_LIGHT, {"ids": batch})}


def text_of(conn: Connection, article_id: int) -> tuple[str, str | None]:
    """Text and source of an article; empty where there is none."""
    row = conn.execute(_TEXT, {"of": article_id}).first()
    return (row.text, row.source_id) if row else ("", None)


def relate(conn: Connection, article_ids: Collection[int], rows: Iterable[Row]) -> None:
    """Make `rows` (article_id, other_id, kind, score) all relations that these articles have on either side."""
    table = article_relations.c
    for batch in chunks(sorted(set(article_ids))):
        conn.execute(_DROP_RELATIONS, {"ids": batch})
    upsert(conn, article_relations, rows, [table.article_id.name, table.other_id.name, table.kind.name])


_DROP_RELATIONS = delete(article_relations).where(or_(article_relations.c.article_id.in_(_IDS),
                                                      article_relations.c.other_id.in_(_IDS)))


def relations(conn: Connection, article_id: int) -> list[dict[str, Any]]:
    """The relations of an article, on either side."""
    query = select(article_relations).where(or_(article_relations.c.article_id == article_id,
                                                article_relations.c.other_id == article_id))
    return [as_dict(row) for row in conn.execute(query.order_by(*article_relations.c))]
