from __future__ import annotations

import os
import shutil
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from sqlalchemy import Connection, Engine, create_engine, func, select, text
from sqlalchemy.engine import URL
from sqlalchemy.exc import IntegrityError
from sqlalchemy.pool import NullPool, QueuePool

from storage import addresses, errors, failures, projects, sqlite
from storage.engine import open_database, reading, writing
from storage.migrations import VERSION_TABLE
from storage.schema import articles
from tests.databases import run_sql
from tests.storage.rows import add_article


def test_a_fresh_file_is_marked_and_logs_ahead(tmp_path: Path) -> None:
    path = tmp_path / "a b%20c?#.db"
    engine = open_database(f"sqlite:///{path}".replace("?", "%3F"))
    with writing(engine) as conn:
        settings = {name: conn.exec_driver_sql(f"PRAGMA {name}").scalar_one() for name in (
            "application_id", "journal_mode", "foreign_keys", "synchronous", "busy_timeout", "query_only")}
    engine.dispose()
    assert settings == {"application_id": sqlite.APPLICATION_ID, "journal_mode": "wal", "foreign_keys": 1,
                        "synchronous": 1, "busy_timeout": 30000, "query_only": 0}


def test_what_a_third_use_at_once_opens_is_closed_again(tmp_path: Path) -> None:
    engine = open_database(f"sqlite:///{tmp_path}/d.db")
    with reading(engine) as first, reading(engine) as second, reading(engine) as third:
        for conn in (first, second, third):
            conn.exec_driver_sql("SELECT count(*) FROM articles")
    assert isinstance(engine.pool, QueuePool)
    assert engine.pool.checkedin() == sqlite.KEPT_OPEN
    engine.dispose()


def test_memory_is_a_database_for_a_dry_run() -> None:
    engine = open_database("sqlite://")
    with writing(engine) as conn:
        add_article(conn, "a")
    with reading(engine) as conn:
        assert conn.execute(select(func.count()).select_from(articles)).scalar_one() == 1
    engine.dispose()


def test_an_exception_rolls_back(database: Engine) -> None:
    def fail(conn: Connection) -> None:
        add_article(conn, "a")
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError), writing(database) as conn:
        fail(conn)
    with reading(database) as conn:
        assert conn.execute(select(func.count()).select_from(articles)).scalar_one() == 0


def test_a_reader_sees_one_state_and_cannot_write(database: Engine) -> None:
    counted = select(func.count()).select_from(articles)
    with reading(database) as reader:
        assert reader.execute(counted).scalar_one() == 0
        with writing(database) as writer:
            add_article(writer, "a")
        assert reader.execute(counted).scalar_one() == 0
    with pytest.raises(errors.NotWritableError, match="must not be written"), reading(database) as reader:
        add_article(reader, "b")
    with writing(database) as writer:  # the connection of the reader has gone back to the pool
        add_article(writer, "c")
        assert writer.execute(counted).scalar_one() == 2


def test_read_only_cannot_write(database: Engine, database_url: str) -> None:
    twin = open_database(database_url, read_only=True)
    with pytest.raises(errors.NotWritableError), writing(twin) as conn:
        add_article(conn, "a")
    with reading(twin) as conn:
        assert conn.execute(select(func.count()).select_from(articles)).scalar_one() == 0
    twin.dispose()


def test_foreign_keys_hold(database: Engine) -> None:
    with pytest.raises(IntegrityError), writing(database) as conn:
        projects.link(conn, 1, 1, role="main")


def test_read_only_makes_nothing(database_url: str, tmp_path: Path) -> None:
    with pytest.raises(errors.NoDatabaseError, match="marsad crawl"):
        open_database(database_url, read_only=True)
    assert list(tmp_path.iterdir()) == []


def test_a_database_of_another_program(database_url: str) -> None:
    engine = create_engine(database_url, poolclass=NullPool)
    with engine.begin() as conn:
        conn.execute(text("CREATE TABLE bookmarks (id INTEGER)"))
    for read_only in (False, True):
        with pytest.raises(errors.ForeignDatabaseError, match="another program"):
            open_database(database_url, read_only=read_only)
    with engine.begin() as conn:
        assert conn.execute(text("SELECT count(*) FROM bookmarks")).scalar_one() == 0


def test_a_file_with_another_programs_mark(tmp_path: Path) -> None:
    path = tmp_path / "other.db"
    with closing(sqlite3.connect(path)) as conn:
        conn.execute("PRAGMA application_id = 7")
    before = path.read_bytes()
    with pytest.raises(errors.ForeignDatabaseError):
        open_database(f"sqlite:///{path}")
    assert path.read_bytes() == before


def test_a_database_of_a_newer_marsad(database: Engine, database_url: str) -> None:
    with writing(database) as conn:
        conn.execute(text(f"UPDATE {VERSION_TABLE} SET version_num = '9999'"))
    for read_only in (False, True):
        with pytest.raises(errors.NewerDatabaseError, match="9999"):
            open_database(database_url, read_only=read_only)


def test_a_database_of_an_older_marsad(database: Engine, database_url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("storage.engine.HEAD", "0099")
    with pytest.raises(errors.OlderDatabaseError, match="0002, here 0099"):
        open_database(database_url, read_only=True)


@pytest.mark.parametrize("content", [b"no database at all, just text", b"SQLite format 3\0" + b"\xff" * 200])
def test_a_file_that_is_no_database(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "notes.txt"
    path.write_bytes(content)
    for read_only in (False, True):
        with pytest.raises(errors.NotADatabaseError, match=r"notes\.txt is not a database"):
            open_database(f"sqlite:///{path}", read_only=read_only)
    assert path.read_bytes() == content


def test_an_empty_file_becomes_a_database(tmp_path: Path) -> None:
    (tmp_path / "a.db").touch()
    open_database(f"sqlite:///{tmp_path / 'a.db'}").dispose()


def test_a_missing_folder(tmp_path: Path) -> None:
    with pytest.raises(errors.NoFolderError, match="mkdir -p"):
        open_database(f"sqlite:///{tmp_path / 'nowhere' / 'marsad.db'}")
    with pytest.raises(errors.NotADatabaseError, match="is a folder"):
        open_database(f"sqlite:///{tmp_path}")


@pytest.mark.skipif(not Path("/proc/self").exists(), reason="needs a folder that even root cannot write")
def test_a_folder_without_permission() -> None:
    with pytest.raises(errors.NotWritableError, match="must not be written"):
        open_database("sqlite:////proc/self/marsad.db")


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read and write everything")
def test_a_folder_that_is_read_only(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'marsad.db'}"
    open_database(url).dispose()
    tmp_path.chmod(0o500)
    try:
        open_database(url, read_only=True).dispose()
        with pytest.raises(errors.NotWritableError, match="the folder"):
            open_database(f"sqlite:///{tmp_path / 'other.db'}")
    finally:
        tmp_path.chmod(0o700)
    (tmp_path / "marsad.db").chmod(0o400)
    with pytest.raises(errors.NotWritableError, match="the file"):
        open_database(url)


def test_a_damaged_file(tmp_path: Path) -> None:
    path = tmp_path / "marsad.db"
    engine = open_database(f"sqlite:///{path}")
    with writing(engine) as conn:
        for n in range(50):
            add_article(conn, f"a{n}", text="word " * 500)
    engine.dispose()
    data = bytearray(path.read_bytes())
    data[4096 * 2:] = b"\x5a" * (len(data) - 4096 * 2)
    path.write_bytes(data)

    def read_all() -> None:
        engine = open_database(f"sqlite:///{path}")
        with reading(engine) as conn:
            conn.execute(select(articles)).all()

    with pytest.raises(errors.DamagedDatabaseError, match="backup"):
        read_all()


def test_a_full_disk(tmp_path: Path) -> None:
    engine = open_database(f"sqlite:///{tmp_path / 'marsad.db'}")
    with writing(engine) as conn:
        add_article(conn, "kept")
        pages = conn.exec_driver_sql("PRAGMA page_count").scalar_one()
        conn.exec_driver_sql(f"PRAGMA max_page_count = {pages + 2}")
    with pytest.raises(errors.DiskFullError, match="no space left"), writing(engine) as conn:
        add_article(conn, "too-much", text="word " * 100_000)
    with reading(engine) as conn:
        assert conn.execute(select(articles.c.url)).scalars().all() == ["https://example.org/kept"]
    engine.dispose()


def test_an_error_of_the_disk_is_a_full_one_when_nothing_is_left(
        tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    url, error = addresses.parse(f"sqlite:///{tmp_path / 'a.db'}"), sqlite3.OperationalError("disk I/O error")
    assert isinstance(failures.explain(url, error), errors.DamagedDatabaseError)
    monkeypatch.setattr(shutil, "disk_usage", lambda _: shutil._ntuple_diskusage(100, 100, 0))
    assert isinstance(failures.explain(url, error), errors.DiskFullError)


def test_a_writer_that_never_ends(database: Engine, database_url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("storage.sqlite.WAIT", 0.1)
    monkeypatch.setattr("storage.postgres.WAIT", 0.1)
    other = open_database(database_url)
    with writing(database), pytest.raises(errors.LockedError, match="locked by another program"), writing(other):
        pass
    other.dispose()


@pytest.mark.parametrize("url", ["", "marsad.db", "mysql://root:secret@localhost/x", "sqlite://host/marsad.db",
                                 "postgresql://localhost", "sqlite:///a.db?mode=memory", "postgresql+asyncpg://h/d"])
def test_urls_that_are_none_of_ours(url: str) -> None:
    with pytest.raises(errors.DatabaseUrlError) as caught:
        open_database(url)
    assert caught.value.exit_code == 2
    assert "secret" not in str(caught.value)


def test_an_unreachable_server_is_named_without_its_password() -> None:
    with pytest.raises(errors.UnreachableError) as caught:
        open_database("postgresql://reader:topsecret@127.0.0.1:1/news?password=topsecret")
    assert "127.0.0.1:1/news" in str(caught.value)
    assert "topsecret" not in str(caught.value)


@pytest.mark.postgres
def test_a_missing_database_on_a_server(postgres: URL) -> None:
    with pytest.raises(errors.UnreachableError, match="does not exist"):
        open_database(postgres.set(database="marsad_nothing").render_as_string(hide_password=False))


@pytest.mark.postgres
def test_a_database_that_is_not_unicode(postgres: URL) -> None:
    name = f"{postgres.database}_latin"
    run_sql(postgres, f"CREATE DATABASE {name} ENCODING 'LATIN1' TEMPLATE template0 LC_COLLATE 'C' LC_CTYPE 'C'")
    try:
        with pytest.raises(errors.DatabaseUrlError, match="--encoding=UTF8"):
            open_database(postgres.set(database=name).render_as_string(hide_password=False))
    finally:
        run_sql(postgres, f"DROP DATABASE {name} WITH (FORCE)")
