"""Many who find the same pages at the same time (reliability, row 38)."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

from sqlalchemy import Engine

from storage import articles, pages
from storage.engine import reading, writing
from tests.storage.rows import add_article

URLS = [f"https://example.org/{number}" for number in range(200)]
BATCH = 20


def test_eight_threads_over_the_same_pages_store_each_once(database: Engine) -> None:
    def find_all(thread: int) -> int:
        seen = 0
        for start in range(0, len(URLS), BATCH):
            batch = URLS[start:start + BATCH]
            with writing(database) as conn:
                known = articles.known(conn, batch)
                seen += len(known)
                pages.record(conn, [{"url": url, "outcome": "matched", "source_id": f"s{thread}"} for url in batch])
                for url in batch:
                    if url not in known:
                        add_article(conn, url.rpartition("/")[2])
        return seen

    with ThreadPoolExecutor(8) as pool:
        seen = sum(pool.map(find_all, range(8)))
    with reading(database) as conn:
        assert (articles.count(conn), pages.outcomes(conn), seen) == (200, {"matched": 200}, 1_400)
