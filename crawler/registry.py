"""The registry of configuration as rows of `sources`."""

from __future__ import annotations

from collections.abc import Iterable

from sqlalchemy import Connection

from crawler.configuration.sources import Source
from storage import sources as table


def sync_sources(conn: Connection, sources: Iterable[Source]) -> None:
    """Bring `sources` up to the registry; what was learnt of each source's visits stays."""
    table.sync(conn, [
        {"id": source.id, "name": source.name, "kind": source.kind, "country": source.country,
         "languages": ",".join(source.languages), "home": source.home, "enabled": source.enabled,
         "interval_seconds": int(source.every.total_seconds())}
        for source in sources
    ])
