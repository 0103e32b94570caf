from __future__ import annotations

import hashlib
import sqlite3
import time
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import Engine

from storage import errors, projects
from storage.engine import open_database, reading, writing
from storage.query import run_query
from storage.schema import metadata
from tests.storage.rows import add_article

ENDLESS = "WITH RECURSIVE c(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM c) SELECT {} FROM c"


def ask(url: str, sql: str, **limits: Any) -> tuple[tuple[str, ...], list[tuple[Any, ...]]]:
    columns, rows = run_query(url, sql, **limits)
    return columns, list(rows)


@pytest.fixture
def url(database: Engine, database_url: str) -> str:
    with writing(database) as conn:
        project = projects.create(conn, "dakhla", "Igoudar Dakhla")
        projects.update(conn, project, {"capacity_mw": 500, "country": "MA"})
        projects.link(conn, add_article(conn, "a", text="Un campus à Dakhla", authors=["Ada"]), project, role="main")
    return database_url


@pytest.fixture
def file(tmp_path: Path) -> Path:
    engine = open_database(f"sqlite:///{tmp_path / 'marsad.db'}")
    with writing(engine) as conn:
        add_article(conn, "a")
    engine.dispose()
    return tmp_path / "marsad.db"


@pytest.mark.parametrize("sql", [
    "SELECT name, capacity_mw FROM projects", "select name, capacity_mw from projects;",
    "-- all\nSELECT name, capacity_mw FROM projects",
    "/* a; b */ WITH p AS (SELECT * FROM projects) SELECT name, capacity_mw FROM p -- ; DROP",
    "SELECT name, capacity_mw FROM projects WHERE name LIKE '%;%' OR capacity_mw > 100"])
def test_what_reads_is_answered(url: str, sql: str) -> None:
    assert ask(url, sql) == (("name", "capacity_mw"), [("Igoudar Dakhla", 500.0)])


def test_no_rows_have_columns_too(url: str) -> None:
    assert ask(url, "SELECT slug AS a, id AS b FROM projects WHERE 1 = 0") == (("a", "b"), [])


def test_every_table_and_view_can_be_asked(url: str) -> None:
    for name in (*metadata.tables, "articles_search", "project_organizations", "project_timeline", "project_conflicts"):
        ask(url, f"SELECT * FROM {name}")


def test_rows_beyond_the_limit_are_cut_and_said_so(url: str) -> None:
    columns, rows = run_query(url, ENDLESS.format("n") + " LIMIT 5", max_rows=3)
    assert (columns, list(rows), rows.cut) == (("n",), [(1,), (2,), (3,)], True)
    _, rows = run_query(url, ENDLESS.format("n") + " LIMIT 3", max_rows=3)
    assert (list(rows), rows.cut) == ([(1,), (2,), (3,)], False)
    with run_query(url, ENDLESS.format("n") + " LIMIT 2000")[1] as rows:
        assert next(iter(rows)) == (1,)


@pytest.mark.parametrize("what", ["count(*)", "n"])
def test_an_endless_query_is_stopped(url: str, what: str) -> None:
    started = time.monotonic()
    with pytest.raises(errors.QueryTimeoutError, match="took too long"):
        ask(url, ENDLESS.format(what), seconds=0.3)
    assert time.monotonic() - started < 30  # it would run for ever


def test_printing_slowly_is_not_the_querys_fault(file: Path) -> None:
    _, rows = run_query(f"sqlite:///{file}", ENDLESS.format("n") + " LIMIT 1000", seconds=0.3)
    seen = 0
    for seen, _ in enumerate(rows, start=1):
        if seen % 400 == 0:
            time.sleep(0.2)
    assert seen == 1000


WRITES = [
    "DELETE FROM articles", "UPDATE projects SET name = 'x'", "INSERT INTO sources VALUES (1)", "DROP TABLE claims",
    "CREATE TABLE x (a)", "CREATE TEMP TABLE x AS SELECT 1", "ALTER TABLE projects RENAME TO p",
    "REPLACE INTO runs VALUES (1)", "VACUUM", "REINDEX", "ANALYZE", "BEGIN", "BEGIN IMMEDIATE", "COMMIT", "ROLLBACK", "SAVEPOINT s",
    "/* SELECT */ DELETE FROM articles", "-- SELECT\nDELETE FROM articles", ";;DELETE FROM articles",
    "WITH x AS (SELECT 1) DELETE FROM articles", "WITH x AS (SELECT 1) INSERT INTO runs (trigger) SELECT 'x'",
    "SELECT 1; DELETE FROM articles", "SELECT 1; COMMIT; DELETE FROM articles", "SELECT name FROM projects; SELECT 2",
]
SQLITE_WRITES = [
    "ATTACH DATABASE 'stolen.db' AS x", "DETACH DATABASE main", "VACUUM INTO 'stolen.db'",
    "PRAGMA writable_schema = ON",
    "PRAGMA journal_mode = DELETE", "PRAGMA query_only = OFF", "PRAGMA user_version = 7", "PRAGMA application_id = 1",
    "PRAGMA wal_checkpoint(TRUNCATE)", "PRAGMA optimize", "SELECT load_extension('x')",
    "SELECT writefile('stolen.db', 'x')",
    "SELECT readfile('/etc/passwd')", "SELECT fts3_tokenizer('simple')", "EXPLAIN DELETE FROM articles",
    "INSERT INTO articles_search (articles_search) VALUES ('rebuild')", "SELECT hex(zeroblob(1000000000))",
    "CREATE VIRTUAL TABLE temp.x USING fts5(a)", "SELECT * FROM nowhere", "SELECT", "SELEC name", "SELECT '", "SELECT \0",
    "", "   -- nothing", "SELECT * FROM articles_search WHERE articles_search MATCH '\"'",
    "SELECT abs(-9223372036854775808)",
    "SELECT \ud800", "VALUES (1), (2, 3)",
]
POSTGRES_WRITES = [
    "COPY articles TO '/tmp/stolen'", "COPY (SELECT 1) TO PROGRAM 'id'", "SELECT nextval('runs_id_seq')",
    "WITH gone AS (DELETE FROM articles RETURNING *) SELECT * FROM gone", "EXPLAIN ANALYZE DELETE FROM articles",
    "SELECT set_config('transaction_read_only', 'off', false)", "SELECT setval('runs_id_seq', 7)", "SET ROLE postgres",
    "SELECT * INTO copied FROM articles", "SELECT * FROM articles FOR UPDATE",
    "DO $$ BEGIN DELETE FROM articles; END $$",
    "SELECT query_to_xml('DELETE FROM articles', true, false, '')", "SELECT 1 / 0", "SELECT \0", "LOCK TABLE articles",
]


@pytest.mark.parametrize("sql", WRITES)
def test_what_would_write_is_refused(url: str, sql: str) -> None:
    with pytest.raises(errors.QueryError) as caught:
        ask(url, sql)
    assert caught.value.hint
    assert ask(url, "SELECT count(*) FROM articles")[1] == [(1,)]


@pytest.mark.parametrize("sql", WRITES + SQLITE_WRITES)
def test_no_statement_changes_a_byte_of_the_file(
        file: Path, sql: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(file.parent)
    before = hashlib.sha256(file.read_bytes()).digest()
    with pytest.raises(errors.QueryError):
        ask(f"sqlite:///{file}", sql, seconds=2)
    assert hashlib.sha256(file.read_bytes()).digest() == before
    assert {path.name for path in file.parent.iterdir()} <= {"marsad.db", "marsad.db-wal", "marsad.db-shm"}


@pytest.mark.postgres
@pytest.mark.parametrize("sql", POSTGRES_WRITES)
@pytest.mark.parametrize("database_url", ["postgresql"], indirect=True)
def test_what_would_write_is_refused_by_the_server(database: Engine, url: str, sql: str) -> None:
    with pytest.raises(errors.QueryError):
        ask(url, sql, seconds=2)
    with reading(database) as conn:
        assert conn.exec_driver_sql("SELECT count(*) FROM articles").scalar_one() == 1


def test_functions_that_users_need_are_there(file: Path) -> None:
    for sql in ("SELECT value FROM articles, json_each(matched_terms)", "SELECT * FROM pragma_table_info('articles')",
                "PRAGMA table_info(articles)", "EXPLAIN QUERY PLAN SELECT * FROM articles",
                "SELECT snippet(articles_search, 1, '[', ']', '', 5) FROM articles_search WHERE text MATCH 'text'",
                "SELECT date('now'), 'a' || x'ff'",
                "SELECT row_number() OVER (ORDER BY id) FROM articles", "SELECT name FROM sqlite_master"):
        ask(f"sqlite:///{file}", sql)


def test_only_a_database_of_ours_is_asked(tmp_path: Path) -> None:
    with pytest.raises(errors.NoDatabaseError):
        run_query(f"sqlite:///{tmp_path / 'none.db'}", "SELECT 1")
    with sqlite3.connect(tmp_path / "other.db") as conn:
        conn.execute("CREATE TABLE passwords (a)")
    conn.close()
    with pytest.raises(errors.ForeignDatabaseError):
        run_query(f"sqlite:///{tmp_path / 'other.db'}", "SELECT * FROM passwords")
    with pytest.raises(errors.DatabaseUrlError):
        run_query("sqlite://", "SELECT 1")
    with pytest.raises(errors.UnreachableError):
        run_query("postgresql://127.0.0.1:1/none", "SELECT 1")
    (tmp_path / "notes.txt").write_text("only notes")
    with pytest.raises(errors.NotADatabaseError):
        run_query(f"sqlite:///{tmp_path / 'notes.txt'}", "SELECT 1")


@pytest.fixture(scope="module")
def lasting(tmp_path_factory: pytest.TempPathFactory) -> str:
    url = f"sqlite:///{tmp_path_factory.mktemp('query') / 'marsad.db'}"
    open_database(url).dispose()
    return url


@given(st.one_of(st.text(), st.text(st.sampled_from("SELECT FROM projects()'\";-*/,1= \0\n")).map("SELECT {}".format)))
def test_every_text_is_answered_or_refused(lasting: str, sql: str) -> None:
    with suppress(errors.QueryError):
        ask(lasting, sql, seconds=1)
