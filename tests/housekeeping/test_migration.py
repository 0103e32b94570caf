"""An older database is copied first, then migrated; a kill in between changes nothing."""

from __future__ import annotations

import hashlib
import signal
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest

from storage import backups
from storage.engine import open_database, writing
from storage.errors import StorageError
from storage.migrations import HEAD
from storage.migrations.run import downgrade
from tests.storage.rows import add_article

TOP = Path(__file__).parents[2]
# Stops for ever inside the migration, after its first statement: the parent kills it there.
HANGS = """
import sys, time
from alembic import op
from storage import open_database
was = op.create_table
def hang(*args, **options):
    was(*args, **options)
    print("inside", flush=True)
    time.sleep(600)
op.create_table = hang
open_database(sys.argv[1])
"""


@pytest.fixture
def old(tmp_path: Path) -> Path:
    """A database of revision 0001 with rows in it."""
    path = tmp_path / "marsad.db"
    engine = open_database(f"sqlite:///{path}")
    with writing(engine) as conn:
        for n in range(200):
            add_article(conn, f"a{n}")
        conn.exec_driver_sql("INSERT INTO sources (id, name, kind, country) VALUES ('s', 'S', 'tech', 'MA')")
        conn.exec_driver_sql("INSERT INTO pages (url, outcome) VALUES ('u', 'matched')")
        downgrade(conn, "0001")
    engine.dispose()
    return path


def digests(path: Path) -> dict[str, str]:
    """A checksum of each table's rows, over the columns of revision 0001."""
    found = {}
    with closing(sqlite3.connect(path)) as conn:
        old_columns = {table: [column for _, column, *_ in conn.execute(f"PRAGMA table_info({table})")]
                       for (table,) in conn.execute("SELECT name FROM sqlite_master WHERE type = 'table'")
                       if not table.startswith(("sqlite_", "articles_search", "marsad_version"))}
        for table, columns in old_columns.items():
            rows = conn.execute(f"SELECT {', '.join(columns)} FROM {table} ORDER BY 1, 2").fetchall()
            found[table] = f"{len(rows)} {hashlib.sha256(repr(rows).encode()).hexdigest()}"
    return found


def same_rows(path: Path, before: dict[str, str], columns: dict[str, list[str]]) -> None:
    with closing(sqlite3.connect(path)) as conn:
        for table, digest in before.items():
            rows = conn.execute(f"SELECT {', '.join(columns[table])} FROM {table} ORDER BY 1, 2").fetchall()
            assert f"{len(rows)} {hashlib.sha256(repr(rows).encode()).hexdigest()}" == digest, table
        assert conn.execute("SELECT version_num FROM marsad_version").fetchall() == [(HEAD,)]


def columns_of(path: Path) -> dict[str, list[str]]:
    with closing(sqlite3.connect(path)) as conn:
        return {table: [column for _, column, *_ in conn.execute(f"PRAGMA table_info({table})")]
                for (table,) in conn.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}


def test_a_backup_first_then_every_row_is_there(old: Path) -> None:
    before, columns = digests(old), columns_of(old)
    assert len(before) > 15
    open_database(f"sqlite:///{old}").dispose()
    copy = old.with_name(f"marsad-before-{HEAD}.db")
    assert backups.check(copy) == "0001"
    assert digests(copy) == before
    same_rows(old, before, columns)


def test_opening_again_makes_no_backup(old: Path) -> None:
    open_database(f"sqlite:///{old}").dispose()
    copy = old.with_name(f"marsad-before-{HEAD}.db")
    copy.unlink()
    open_database(f"sqlite:///{old}").dispose()
    assert not copy.exists()


def test_killed_inside_the_migration_the_next_start_does_it(old: Path) -> None:
    before, columns = digests(old), columns_of(old)
    with subprocess.Popen([sys.executable, "-c", HANGS, f"sqlite:///{old}"], cwd=TOP, text=True,
                          stdout=subprocess.PIPE) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == "inside\n"
        process.send_signal(signal.SIGKILL)
    assert process.returncode == -signal.SIGKILL
    assert digests(old) == before, "the half of a migration is to be seen"
    open_database(f"sqlite:///{old}").dispose()
    same_rows(old, before, columns)


def test_without_a_backup_no_migration(old: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    before = digests(old)
    blocked = old.with_name(f"marsad-before-{HEAD}.db.partial")
    blocked.mkdir()
    with pytest.raises(StorageError, match="no backup could be written"):
        open_database(f"sqlite:///{old}")
    assert digests(old) == before
    blocked.rmdir()
    open_database(f"sqlite:///{old}").dispose()
