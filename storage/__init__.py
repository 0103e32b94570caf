"""Everything that lasts: engine, schema, migrations, writing, views, search.

One module a subject; each takes an open `Connection` and plain rows. Nothing here knows how a page is
fetched, read or understood: `storage` imports nothing from `crawler`.

    engine = open_database("sqlite:///marsad.db")
    with writing(engine) as conn:
        article_id = articles.upsert(conn, row)
"""

from __future__ import annotations

from storage.engine import open_database, reading, writing
from storage.errors import StorageError

__all__ = ["StorageError", "open_database", "reading", "writing"]
