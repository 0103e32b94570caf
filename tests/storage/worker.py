"""A process of its own for tests: `python worker.py open URL` or `python worker.py write URL NAME COUNT`.

`write` stores COUNT articles, each in a transaction that first reads, and prints each name once it is committed.
"""

from __future__ import annotations

import sys
from itertools import count
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[2]))

from storage import articles, open_database, pages, writing
from tests.storage.rows import add_article


def main(mode: str, url: str, name: str = "", number: str = "0") -> None:
    engine = open_database(url)
    if mode == "write":
        for n in range(int(number)) if int(number) else count():
            with writing(engine) as conn:
                before = articles.count(conn)
                address = f"https://example.org/{name}-{n}"
                if articles.find(conn, address) is None:
                    add_article(conn, f"{name}-{n}", relevance=before)
                pages.record(conn, [{"url": address, "outcome": "matched"}])
            sys.stdout.write(f"{name}-{n}\n")
            sys.stdout.flush()
    engine.dispose()


if __name__ == "__main__":
    main(*sys.argv[1:])
