"""Several processes at once, and processes that die."""

from __future__ import annotations

import subprocess
import sys
import time
from pathlib import Path

import pytest
from sqlalchemy import Engine, func, select, text

from storage.engine import open_database, reading
from storage.migrations import HEAD, VERSION_TABLE
from storage.schema import articles

WORKER = Path(__file__).with_name("worker.py")


def start(*arguments: str) -> subprocess.Popen[str]:
    return subprocess.Popen([sys.executable, "-W", "error", str(WORKER), *arguments], text=True,
                            stdout=subprocess.PIPE, stderr=subprocess.PIPE)


def test_four_processes_make_one_database_at_the_same_time(database_url: str) -> None:
    workers = [start("open", database_url) for _ in range(4)]
    assert [(worker.communicate(timeout=60)[1], worker.returncode) for worker in workers] == [("", 0)] * 4
    engine = open_database(database_url, read_only=True)
    with reading(engine) as conn:
        assert conn.execute(text(f"SELECT version_num FROM {VERSION_TABLE}")).scalars().all() == [HEAD]
    engine.dispose()


def test_four_writers_wait_for_each_other(database: Engine, database_url: str) -> None:
    workers = [start("write", database_url, f"w{n}", "100") for n in range(4)]
    assert [(worker.communicate(timeout=120)[1], worker.returncode) for worker in workers] == [("", 0)] * 4
    with reading(database) as conn:
        # each counted what was there before it wrote: with turns taken, no two saw the same
        seen = conn.execute(select(articles.c.relevance).order_by(articles.c.relevance)).scalars().all()
    assert seen == list(range(400))


def kill_often(database: Engine, url: str, times: int) -> None:
    acknowledged: list[str] = []
    for n in range(times):
        worker = start("write", url, f"k{n}", "0")
        assert worker.stdout is not None
        acknowledged.append(worker.stdout.readline().strip())
        time.sleep(0.03 + 0.011 * (n % 7))
        worker.kill()
        # a line cut by the kill is no acknowledgement
        rest = worker.communicate()[0]
        acknowledged += rest[:rest.rfind("\n") + 1].split()
    with reading(database) as conn:
        stored = conn.execute(select(articles.c.url)).scalars().all()
        assert {f"https://example.org/{name}" for name in acknowledged} <= set(stored)
        assert conn.execute(select(func.count()).select_from(articles)).scalar_one() == len(set(stored))
        if database.dialect.name == "sqlite":
            assert conn.execute(text("PRAGMA integrity_check")).scalars().all() == ["ok"]
            assert conn.execute(text("PRAGMA foreign_key_check")).all() == []
        missing = text("SELECT count(*) FROM articles a LEFT JOIN pages p ON p.url = a.url WHERE p.url IS NULL")
        assert conn.execute(missing).scalar_one() == 0
    assert len(acknowledged) > times


def test_a_killed_writer_loses_nothing_acknowledged(database: Engine, database_url: str) -> None:
    kill_often(database, database_url, 3)


@pytest.mark.soak
def test_fifty_killed_writers_lose_nothing_acknowledged(database: Engine, database_url: str) -> None:
    kill_often(database, database_url, 50)


def test_a_killed_migration_leaves_a_file_that_opens(tmp_path: Path) -> None:
    for n in range(3):
        url = f"sqlite:///{tmp_path / f'{n}.db'}"
        worker = start("open", url)
        deadline = time.monotonic() + 30
        while not (tmp_path / f"{n}.db").exists() and time.monotonic() < deadline:
            time.sleep(0.002)
        time.sleep(0.02 * n)
        worker.kill()
        worker.communicate()
        open_database(url).dispose()
