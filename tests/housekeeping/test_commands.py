"""`marsad status`, `backup` and `housekeeping` as a user calls them."""

from __future__ import annotations

import json
import shutil
import sqlite3
from contextlib import closing
from datetime import datetime, timedelta, timezone
from pathlib import Path

import pytest
from sqlalchemy import Engine, insert, update

from crawler.commands.status import gather
from crawler.configuration.settings import Settings
from crawler.housekeeping import back_up_when_due, tidy
from storage import lock, runs, schema, sources
from storage.engine import open_database, writing
from storage.maintenance import LARGE_WAL, Sizes
from tests.commands.conftest import Marsad, marsad
from tests.storage.rows import add_article

__all__ = ["marsad"]

NOW = datetime(2026, 11, 22, 8, 30, tzinfo=timezone.utc)


def fill(engine: Engine) -> None:
    with writing(engine) as conn:
        sources.sync(conn, [{"id": name, "name": name, "kind": "tech", "country": "MA", "interval_seconds": 3600}
                            for name in ("new", "well", "ill")])
        sources.visited(conn, "well", "2026-11-22T08:00:00Z", next_due_at="2026-11-22T09:00:00Z")
        sources.visited(conn, "ill", "2026-11-22T04:00:00Z", error="HTTP 503", next_due_at="2026-11-22T05:00:00Z")
        conn.execute(update(schema.sources).where(schema.sources.c.id == "well").values(state="ok"))
        conn.execute(update(schema.sources).where(schema.sources.c.id == "ill").values(
            state="failing", state_reason="HTTP 503 three times", state_since="2026-11-20T00:00:00Z"))
        number = runs.begin(conn, "daemon", "2026-11-22T08:00:00Z")
        runs.finish(conn, number, finished_at="2026-11-22T08:01:00Z", outcome="done", counts={"pages_fetched": 7})
        add_article(conn, "a")


def test_status_tells_all_of_it(database: Engine) -> None:
    fill(database)
    told = gather(database, Settings(), NOW)
    assert told["sources"] == {"states": {"failing": 1, "ok": 1, "unvisited": 1}, "switched_on": 3, "switched_off": 0}
    assert told["due"] == {"sources": 2, "since": "2026-11-22T05:00:00Z", "next_at": "2026-11-22T09:00:00Z"}
    assert [row["id"] for row in told["troubled"]] == ["ill"]
    assert told["runs"][0]["pages_fetched"] == 7
    assert told["stored"] == {"articles": 1, "stories": 0, "projects": 0}
    assert told["sizes"]["database"] > 100_000
    assert told["daemon"]["running"] is False
    assert told["last_backup"] is None
    assert [words in " ".join(told["warnings"]) for words in ("1 failing", "no backup yet", "although")] == [True, True, False]


@pytest.mark.parametrize(("change", "words"), [
    ({"wal": LARGE_WAL + 1}, "write-ahead log has 67 MB"), ({"free": 1_000_000}, "only 1 MB are free"), ({}, "")])
def test_status_warns(database: Engine, monkeypatch: pytest.MonkeyPatch, change: dict[str, int], words: str) -> None:
    sizes = {"database": 1, "wal": 0, "free": 10 ** 12, **change}
    monkeypatch.setattr("storage.status.sizes", lambda _engine: Sizes(**sizes))
    found = " ".join(gather(database, Settings(), NOW)["warnings"])
    assert words in found
    assert bool(found) == bool(words)


def test_status_warns_of_an_old_backup_and_of_a_backlog(database: Engine) -> None:
    fill(database)
    with writing(database) as conn:
        conn.execute(insert(schema.backups), {"made_at": "2026-11-12T00:00:00Z", "path": "/b", "size_bytes": 1, "revision": "0002"})
    held = lock.take(database, "2026-11-01T00:00:00Z")
    told = gather(database, Settings(), NOW)
    held.release()
    assert told["daemon"]["running"] is True
    assert told["daemon"]["since"] == "2026-11-01T00:00:00Z"
    assert [words in " ".join(told["warnings"]) for words in ("10 days old", "due for 4 hours")] == [True, True]


def test_the_commands(marsad: Marsad, tmp_path: Path) -> None:
    assert marsad("backup").code == 1
    assert not (tmp_path / "marsad.db").exists()
    engine = open_database(f"sqlite:///{tmp_path / 'marsad.db'}")
    fill(engine)
    engine.dispose()
    made = json.loads(marsad("backup", "--json").out)
    assert Path(made["path"]).parent == tmp_path / "backups"
    assert "checked" in marsad("backup", "--to", "elsewhere", "--keep", "1").out
    told = json.loads(marsad("status", "--json").out)
    assert Path(told["last_backup"]["path"]).parent == tmp_path / "elsewhere"
    # what operations.md says: stop what runs, copy the backup over the database, remove its log, start
    with closing(sqlite3.connect(tmp_path / "marsad.db")) as conn:
        conn.execute("DELETE FROM articles")
        conn.commit()
    for name in ("marsad.db-wal", "marsad.db-shm"):
        (tmp_path / name).unlink(missing_ok=True)
    shutil.copyfile(made["path"], tmp_path / "marsad.db")
    shown = marsad("status").out
    assert "1 articles" in shown
    assert "HTTP 503 three times" in shown
    assert json.loads(marsad("housekeeping", "--json").out)["log_held"] is False


def test_the_daemons_backups_come_when_they_are_due(database: Engine, tmp_path: Path) -> None:
    settings = Settings.model_validate({"backup": {"folder": str(tmp_path / "b"), "keep": 2}})
    if database.dialect.name != "sqlite":
        assert back_up_when_due(database, settings.model_copy(update={"backup": settings.backup.model_copy(update={"keep": 0})}), NOW, lambda: False) is None
        return
    made = [back_up_when_due(database, settings, NOW + timedelta(hours=hour), lambda: False) is not None for hour in range(60)]
    assert [hour for hour, done in enumerate(made) if done] == [0, 24, 48]
    assert len(list((tmp_path / "b").iterdir())) == 2
    assert back_up_when_due(database, settings, NOW - timedelta(days=400), lambda: False) is not None, "the clock was set back"
    assert back_up_when_due(database, settings, NOW + timedelta(days=9), lambda: True) is None


def test_a_reader_holds_the_log_and_it_recovers_by_itself(tmp_path: Path) -> None:
    engine = open_database(f"sqlite:///{tmp_path / 'marsad.db'}")
    with writing(engine) as conn:
        add_article(conn, "first")
    with closing(sqlite3.connect(tmp_path / "marsad.db", isolation_level=None)) as reader:
        reader.execute("BEGIN")
        reader.execute("SELECT count(*) FROM articles").fetchone()
        for n in range(50):
            with writing(engine) as conn:
                add_article(conn, f"a{n}", text="x" * 20_000)
        held = tidy(engine, Settings(), NOW)
        reader.execute("ROLLBACK")
    assert held.log_held
    assert (held.wal_bytes or 0) > 1_000_000
    free = tidy(engine, Settings(), NOW)
    assert (free.log_held, free.wal_bytes) == (False, 0)
    engine.dispose()
