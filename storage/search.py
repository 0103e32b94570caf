"""Full-text search over folded titles and texts: FTS5 in SQLite, tsvector in PostgreSQL, one answer.

The caller folds (accents, Arabic letter forms); this module only knows words. Whatever stands in the
search text, it is data: words are taken out of it and quoted, so no query can fail.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Sequence
from typing import Any

from sqlalchemy import Connection, text

WORD = re.compile(r"\w+")
LONGEST_TEXT = 250_000  # characters indexed; a tsvector holds at most 1 MB
LONGEST_QUERY = 20  # words
PREFIX_FROM = 4  # letters: from here on `data` also finds `datacenter`
SNIPPET = 240  # characters


def put(conn: Connection, article_id: int, title: str, body: str) -> None:
    """Write the full-text entry of an article; `title` and `body` are folded. Deleting the article deletes it."""
    row = {"id": article_id, "title": _words(title), "text": _words(body)}
    if conn.dialect.name == "postgresql":
        conn.execute(_PUT_POSTGRESQL, row)
    else:
        conn.execute(_DROP_SQLITE, {"id": article_id})
        conn.execute(_PUT_SQLITE, row)


def search(conn: Connection, words: Sequence[str], limit: int = 20, *,
           fold: Callable[[str], str] | None = None) -> list[dict[str, Any]]:
    """The articles that hold all of `words` (folded), best first.

    Rows: id, title, url, outlet, published_at, language, snippet (printed text around the first hits).
    `fold` is the folding that the words went through; it finds them in the printed text.
    """
    wanted = [word.lower() for part in words for word in WORD.findall(part.replace("\0", " "))][:LONGEST_QUERY]
    if not wanted or limit < 1:
        return []
    if conn.dialect.name == "postgresql":
        statement = _FIND_POSTGRESQL
        query = " & ".join(f"'{word}'" + (":*" if len(word) >= PREFIX_FROM else "") for word in wanted)
    else:
        statement = _FIND_SQLITE
        query = " ".join(f'"{word}"' + (" *" if len(word) >= PREFIX_FROM else "") for word in wanted)
    rows = conn.execute(statement, {"query": query, "limit": limit})
    return [{"id": row.id, "title": row.title, "url": row.url, "outlet": row.outlet,
             "published_at": row.published_at, "language": row.language,
             "snippet": snippet(row.text, wanted, fold or _plain)} for row in rows]


def snippet(printed: str, words: Sequence[str], fold: Callable[[str], str]) -> str:
    """The first SNIPPET characters or so of `printed` that hold most of the folded `words`."""
    hits = [(match.start(), word) for match in re.finditer(r"[\w\u064b-\u065f\u0670]+", printed)
            for folded in (fold(match.group()),) for word in words if _hit(folded, word)]
    start = 0
    if hits:
        best = max(hits, key=lambda hit: (len({w for at, w in hits if hit[0] <= at < hit[0] + SNIPPET}), -hit[0]))[0]
        start = max(0, best - SNIPPET // 4)
    end = min(len(printed), start + SNIPPET)
    if start > 0:
        start = printed.find(" ", start, end) + 1 or start
    if end < len(printed):
        end = max(printed.rfind(" ", start + 1, end), start + SNIPPET // 2)
    body = " ".join(printed[start:end].split())
    return ("… " if start > 0 else "") + body + (" …" if end < len(printed) else "")


def _hit(folded: str, word: str) -> bool:
    return folded == word or (len(word) >= PREFIX_FROM and folded.startswith(word))


def _words(folded: str) -> str:
    # what is left after this both tokenizers divide in the same way
    return " ".join(WORD.findall(folded[:LONGEST_TEXT].replace("\0", " "))).encode(errors="ignore").decode()


def _plain(word: str) -> str:
    return "".join(c for c in unicodedata.normalize("NFKD", word.casefold()) if not unicodedata.combining(c))


_DROP_SQLITE = text("DELETE FROM articles_search WHERE rowid = :id")
_PUT_SQLITE = text("INSERT INTO articles_search (rowid, article_id, title, text) VALUES (:id, :id, :title, :text)")
_PUT_POSTGRESQL = text("""
    INSERT INTO articles_search (article_id, title, text, document)
    VALUES (:id, :title, :text,
            setweight(to_tsvector('simple', :title), 'A') || setweight(to_tsvector('simple', :text), 'B'))
    ON CONFLICT (article_id) DO UPDATE
    SET title = excluded.title, text = excluded.text, document = excluded.document
""")
_COLUMNS = "a.id, a.title, a.url, a.outlet, a.published_at, a.language, a.text"
_FIND_SQLITE = text(f"""
    SELECT {_COLUMNS} FROM articles_search s JOIN articles a ON a.id = s.rowid
    WHERE articles_search MATCH :query
    ORDER BY bm25(articles_search, 5.0, 1.0), a.published_at DESC, a.canonical_url LIMIT :limit
""")  # noqa: S608
_FIND_POSTGRESQL = text(f"""
    SELECT {_COLUMNS} FROM articles_search s JOIN articles a ON a.id = s.article_id,
         to_tsquery('simple', :query) AS query
    WHERE s.document @@ query
    ORDER BY ts_rank(s.document, query, 1) DESC, a.published_at DESC NULLS LAST, a.canonical_url LIMIT :limit
""")  # noqa: S608
