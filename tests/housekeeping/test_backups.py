"""Backups: whole, private, remembered, few; made while somebody writes; brought back by `cp`."""

from __future__ import annotations

import shutil
import sqlite3
import stat
import subprocess
import sys
from contextlib import closing
from datetime import datetime, timezone
from pathlib import Path

import pytest
from sqlalchemy import Engine, select
from sqlalchemy.engine import URL

from storage import articles, backups, postgres_dump
from storage.engine import open_database, reading, writing
from storage.errors import BackupError
from storage.maintenance import Stopped
from storage.migrations import HEAD
from storage.schema import backups as table
from tests.databases import UTF8, run_sql
from tests.storage.rows import add_article

NOW = datetime(2026, 11, 22, 8, 30, tzinfo=timezone.utc)
WRITER = Path(__file__).parents[1] / "storage" / "worker.py"


@pytest.fixture
def filled(tmp_path: Path) -> Engine:
    engine = open_database(f"sqlite:///{tmp_path / 'marsad.db'}")
    with writing(engine) as conn:
        for n in range(20):
            add_article(conn, f"a{n}")
    return engine


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def test_a_backup_is_whole_private_remembered_and_alone(filled: Engine, tmp_path: Path) -> None:
    made = backups.make(filled, tmp_path / "b", now=NOW)
    assert names(tmp_path / "b") == ["marsad-20261122T083000Z.db"]
    assert (made.path, made.revision) == (tmp_path / "b" / "marsad-20261122T083000Z.db", HEAD)
    assert stat.S_IMODE(made.path.stat().st_mode) == 0o600
    assert backups.check(made.path) == HEAD
    with reading(filled) as conn:
        row = backups.latest(conn)
    assert row == {"id": 1, "made_at": "2026-11-22T08:30:00Z", "path": str(made.path),
                   "size_bytes": made.path.stat().st_size, "revision": HEAD}
    filled.dispose()


def test_a_backup_comes_back_by_copying_it(filled: Engine, tmp_path: Path) -> None:
    made = backups.make(filled, tmp_path / "b", now=NOW)
    filled.dispose()
    shutil.copyfile(made.path, tmp_path / "again.db")
    again = open_database(f"sqlite:///{tmp_path / 'again.db'}")
    with writing(again) as conn:
        assert articles.count(conn) == 20
        add_article(conn, "more")
        assert articles.count(conn) == 21
        assert conn.exec_driver_sql("PRAGMA journal_mode").scalar() == "wal"
    again.dispose()


def test_two_of_one_second_and_only_the_newest_stay(filled: Engine, tmp_path: Path) -> None:
    (tmp_path / "b").mkdir()
    for name in ("marsad-old.db", "other-20200101T000000Z.db", "notes.txt"):
        (tmp_path / "b" / name).touch()
    for second in (0, 0, 1, 2):
        backups.make(filled, tmp_path / "b", now=NOW.replace(second=second), keep=2)
    assert names(tmp_path / "b") == ["marsad-20261122T083001Z.db", "marsad-20261122T083002Z.db", "marsad-old.db",
                                     "notes.txt", "other-20200101T000000Z.db"]
    filled.dispose()


def test_what_is_stopped_or_fails_leaves_nothing(filled: Engine, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(Stopped):
        backups.make(filled, tmp_path / "b", now=NOW, stop=lambda: True)
    assert names(tmp_path / "b") == []
    (tmp_path / "file").touch()
    with pytest.raises(BackupError, match="--to"):
        backups.make(filled, tmp_path / "file" / "b", now=NOW)
    with pytest.raises(BackupError, match="memory"):
        backups.make(open_database("sqlite://"), tmp_path / "b", now=NOW)
    with closing(sqlite3.connect(tmp_path / "marsad.db")) as conn:
        conn.execute("INSERT INTO article_subjects (article_id, subject, role, body) VALUES (999, 0, 'main', '{}')")
        conn.commit()
    with pytest.raises(BackupError, match="point to nothing"):
        backups.make(filled, tmp_path / "b", now=NOW)
    assert names(tmp_path / "b") == []
    with reading(filled) as conn:
        assert conn.execute(select(table)).all() == []
    filled.dispose()


def test_a_broken_copy_is_found(filled: Engine, tmp_path: Path) -> None:
    made = backups.make(filled, tmp_path / "b", now=NOW)
    data = bytearray(made.path.read_bytes())
    data[4096 * 3:4096 * 6] = b"\xff" * 4096 * 3
    made.path.write_bytes(data)
    with pytest.raises((BackupError, sqlite3.DatabaseError)):
        backups.check(made.path)
    filled.dispose()


def while_writing(folder: Path, times: int) -> None:
    """Backups while another process writes: each whole, each with all that was acknowledged before it began."""
    url = f"sqlite:///{folder / 'marsad.db'}"
    engine = open_database(url)
    with subprocess.Popen([sys.executable, str(WRITER), "write", url, "w", "0"], text=True, stdout=subprocess.PIPE) as writer:
        assert writer.stdout is not None
        for number in range(times):
            acknowledged = int(writer.stdout.readline().rpartition("-")[2]) + 1
            made = backups.make(engine, folder / "b", now=NOW)
            with closing(sqlite3.connect(made.path)) as conn:
                assert conn.execute("PRAGMA integrity_check").fetchone() == ("ok",)
                (count,) = conn.execute("SELECT count(*) FROM articles").fetchone()
            assert count >= acknowledged > number
        writer.kill()
    assert len(names(folder / "b")) == times
    engine.dispose()


def test_five_backups_while_somebody_writes(tmp_path: Path) -> None:
    while_writing(tmp_path, 5)


@pytest.mark.soak
def test_fifty_backups_while_somebody_writes(tmp_path: Path) -> None:
    while_writing(tmp_path, 50)


@pytest.mark.postgres
def test_a_postgresql_backup_comes_back_by_pg_restore(postgres: URL, tmp_path: Path) -> None:
    source, target = (postgres.set(database=f"{postgres.database}_{name}") for name in ("source", "target"))
    if not postgres_dump.available():
        pytest.skip("pg_dump and pg_restore left out: install PostgreSQL's client programs")
    for url in (source, target):
        run_sql(postgres, f"CREATE DATABASE {url.database} {UTF8}")
    try:
        engine = open_database(source.render_as_string(hide_password=False))
        with writing(engine) as conn:
            for n in range(3):
                add_article(conn, f"a{n}", title="مركز بيانات")
        try:
            made = backups.make(engine, tmp_path / "b", now=NOW)
        except BackupError as error:
            pytest.skip(f"pg_dump left out: {error}")  # a client that is older than the server refuses
        assert made.path.suffix == ".dump"
        # as docs/operations.md says it
        subprocess.run(["pg_restore", "--no-owner", "--schema=public", "--exit-on-error",
                        f"--dbname={target.set(drivername='postgresql').render_as_string(hide_password=False)}",
                        str(made.path)], check=True)
        again = open_database(target.render_as_string(hide_password=False))
        with writing(again) as conn:
            assert articles.count(conn) == 3
            number = add_article(conn, "more")
            row = articles.get(conn, number - 1)
            assert row is not None
            assert row["title"] == "مركز بيانات"
        for one in (engine, again):
            one.dispose()
    finally:
        for url in (source, target):
            run_sql(postgres, f"DROP DATABASE {url.database} WITH (FORCE)")


@pytest.mark.postgres
@pytest.mark.parametrize("database_url", ["postgresql"], indirect=True)
def test_postgresql_without_its_own_program(database: Engine, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(BackupError, match="pg_dump and pg_restore are not installed; install"):
        backups.make(database, tmp_path / "c", now=NOW)
    assert names(tmp_path / "c") == []
