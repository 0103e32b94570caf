"""Two daemons never work on one database, and a killed one leaves no lock behind."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest
from sqlalchemy import Engine

from storage import lock
from storage.engine import open_database
from storage.errors import DaemonRunsError

TOP = Path(__file__).parents[2]
HOLDS = """
import sys, time
from storage import lock, open_database
held = lock.take(open_database(sys.argv[1]), "2026-11-22T08:30:00Z")
print("held", flush=True)
time.sleep(600)
"""


def test_the_second_is_refused_with_the_pid_of_the_first_until_it_is_killed(database: Engine, database_url: str) -> None:
    assert lock.holder(database) is None
    with subprocess.Popen([sys.executable, "-c", HOLDS, database_url], cwd=TOP, text=True, stdout=subprocess.PIPE) as other:
        try:
            assert other.stdout is not None
            assert other.stdout.readline() == "held\n"
            found = lock.holder(database)
            assert found is not None
            assert (found.pid, found.since) == (other.pid, "2026-11-22T08:30:00Z")
            with pytest.raises(DaemonRunsError, match=f"process {other.pid} .*; stop it first"):
                lock.take(database, "2026-11-22T09:00:00Z")
        finally:
            other.send_signal(signal.SIGKILL)
    mine = lock.take(database, "2026-11-22T09:00:00Z")
    assert mine.held()
    found = lock.holder(database)
    assert found is not None
    assert found.pid == os.getpid()
    mine.release()
    assert not mine.held()
    assert lock.holder(database) is None


def test_a_child_does_not_inherit_it(tmp_path: Path) -> None:
    engine = open_database(f"sqlite:///{tmp_path / 'a.db'}")
    mine = lock.take(engine, "2026-11-22T09:00:00Z")
    with subprocess.Popen([sys.executable, "-c", "import time; time.sleep(600)"]) as child:
        mine.release()
        lock.take(engine, "2026-11-22T09:00:01Z").release()
        child.kill()
    engine.dispose()


def test_two_databases_have_two_locks(database: Engine, tmp_path: Path) -> None:
    other = open_database(f"sqlite:///{tmp_path / 'other.db'}")
    first, second = lock.take(database, "2026"), lock.take(other, "2026")
    assert first.held()
    assert second.held()
    first.release()
    second.release()
    other.dispose()


def test_memory_is_nobody_elses() -> None:
    engine = open_database("sqlite://")
    held = lock.take(engine, "2026")
    assert held.held()
    assert lock.holder(engine) is None
    held.release()
    engine.dispose()
