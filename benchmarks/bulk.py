"""Fill a SQLite database with made-up press at once, as if it had been crawled: minutes for 100,000 articles."""

from __future__ import annotations

from collections import Counter, defaultdict
from typing import Any

from sqlalchemy import Connection, Engine, insert, text

from benchmarks.made import MadeArticle, Press
from crawler.joining import Joiner
from crawler.linking import VERSION, Profile, combine, keys, sign, slug_of
from crawler.linking.kept import pack
from crawler.records import article_row, claim_row, subject_rows
from crawler.refreshing import profile_of
from storage import schema
from storage.claims import value_key
from storage.engine import writing

_BATCH = 2000
_AT = "2026-11-22T00:00:00Z"


def fill(engine: Engine, press: Press, articles: int, joiner: Joiner) -> None:
    """Store `articles` of a press under the projects and stories that they are of."""
    known: dict[int, list[Profile]] = defaultdict(list)
    told: dict[int, set[int]] = defaultdict(set)
    with writing(engine) as conn:
        conn.execute(insert(schema.projects), [
            {"id": number + 1, "slug": f"{slug_of(one.operator, one.city, one.country)}-{number}",
             "name": one.name or f"{one.operator} {one.city}", "country": one.country, "city": one.city}
            for number, one in enumerate(press.projects)])
    for start in range(0, articles, _BATCH):
        made = [press.article() for _ in range(min(_BATCH, articles - start))]
        with writing(engine) as conn:
            _store(conn, made, start, joiner, known, told)
    with writing(engine) as conn:
        for number, profiles in known.items():
            conn.execute(insert(schema.project_profiles), [{"project_id": number + 1, "body": pack(combine(profiles))}])
            counted = Counter(key for one in profiles for key in keys(one, joiner.rules))
            conn.execute(insert(schema.project_keys), [
                {"project_id": number + 1, "kind": kind, "key": key, "articles": count}
                for (kind, key), count in counted.items()])
            conn.execute(schema.projects.update().where(schema.projects.c.id == number + 1).values(
                article_count=len(profiles), story_count=len(told[number])))
        conn.execute(text("DELETE FROM projects WHERE article_count = 0"))
        conn.execute(text("ANALYZE"))


def _store(conn: Connection, made: list[MadeArticle], start: int, joiner: Joiner, known: dict[int, list[Profile]],
           told: dict[int, set[int]]) -> None:
    rows: dict[str, list[dict[str, Any]]] = defaultdict(list)
    bands: list[tuple[int, int]] = []
    for number, one in enumerate(made, start=start + 1):
        said, title = one.answer.claims, one.answer.document.title
        known[one.project].append(profile_of(said, 0, title, joiner.rules))
        if one.story not in told[one.project]:
            told[one.project].add(one.story)
            rows["stories"].append({"id": one.story, "language": one.answer.document.language, "title": title,
                                    "article_count": 1})
        rows["articles"].append({"id": number, "story_id": one.story,
                                 **article_row(one.answer, one.answer.document.url, one.source_id, _AT)})
        signature = sign(one.answer.document.text)
        rows["article_signatures"].append({"article_id": number, "sig_version": VERSION, "signature": signature.digest,
                                           "content_hash": signature.content_hash})
        bands += [(key, number) for key in set(signature.bands)]
        rows["article_subjects"] += [{"article_id": number, **row} for row in subject_rows(said)]
        rows["article_projects"].append({"article_id": number, "project_id": one.project + 1, "role": "main",
                                         "score": 1.0, "reasons": [], "subject": 0})
        values = [claim_row(claim, one.project + 1) for claim in said.claims]
        rows["claims"] += [{"article_id": number, "value_key": value_key(row), **row} for row in values]
    for table in ("stories", "articles", "article_signatures", "article_subjects", "article_projects", "claims"):
        if rows[table]:
            conn.execute(insert(schema.metadata.tables[table]), rows[table])
    conn.connection.cursor().executemany("INSERT INTO signature_bands (key, article_id) VALUES (?, ?)", sorted(bands))
