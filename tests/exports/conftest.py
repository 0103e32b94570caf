"""A database with hostile articles, and one that is well behaved."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from sqlalchemy import Engine, text

from storage.engine import open_database, writing
from tests.alerts.world import capacity, look, rules, shown, status, tell
from tests.exports.hostile import PAYLOADS


@pytest.fixture
def small(database: Engine) -> Engine:
    """Two projects, three articles, a gap in the coverage, a change."""
    with writing(database) as conn:
        tell(conn, "dakhla", "one", capacity(500, "500 MW says the minister"), status("agreement"), title="المشروع", language="ar")
        shown(conn, "dakhla", country="MA", city="Dakhla", latitude=23.7, longitude=-15.9, capacity_mw=500.0, status="agreement")
    look(database, rules())
    with writing(database) as conn:
        tell(conn, "dakhla", "two", capacity(386, "386 MW says the operator"), published="2026-11-21")
        tell(conn, "cairo", "three", capacity(20, "-20 MW"), published="2024-05", language="en")
        shown(conn, "cairo", country="EG", capacity_mw=20.0)
        conn.execute(text("INSERT INTO sources (id, name, kind, country, state, state_since, state_reason, last_visit_at) VALUES "
                          "('s', 'Le Matin', 'general', 'MA', 'dead', '2026-11-03T00:00:00Z', '404', '2026-11-03T00:00:00Z')"))
    look(database, rules(), later=1)
    return database


@pytest.fixture(scope="module")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Engine]:
    """An article, project and change for each payload, with the payload wherever a page may put it (SQLite: what is
    looked at is what leaves, and both databases give back the same text)."""
    database = open_database(f"sqlite:///{tmp_path_factory.mktemp('hostile') / 'hostile.db'}")
    with writing(database) as conn:
        tell(conn, "old", "old", published="2026-01-01")
    look(database, rules())
    with writing(database) as conn:
        for number, payload in enumerate(PAYLOADS):
            tell(conn, f"p{number}", f"a{number}", capacity(5, payload or "x", value_printed=payload),
                 {"kind": "organization", "value_text": payload, "quote": payload}, title=payload, outlet=payload)
            shown(conn, f"p{number}", name=payload, city=payload, country="MA", capacity_mw=float(number))
            conn.execute(text("UPDATE articles SET url = :url WHERE canonical_url = :canonical"),
                         {"url": payload.replace("\0", "\ufffd").encode("utf-8", "replace").decode(),
                          "canonical": f"https://news.example/a{number}"})
        conn.execute(text("INSERT INTO sources (id, name, kind, country, state, state_reason) VALUES "
                          "('s', :name, 'general', 'MA', 'dead', :name)"), {"name": "<script>alert(1)</script>\r\nx"})
    look(database, rules(), later=1)
    yield database
    database.dispose()
