"""Many rounds of one daemon: memory, descriptors, threads and the database's log stay as they were."""

from __future__ import annotations

import os
import sqlite3
import sys
from contextlib import closing
from pathlib import Path

import pytest

from crawler.newsroom import Newsroom
from tests.daemon.running import Daemon, keep_quick, sound, urls, usage

pytestmark = pytest.mark.skipif(not Path("/proc/self/status").exists(), reason="needs /proc to measure a process")
MB = 1 << 20
# The first rounds fill pools and caches: a thread and a connection (three descriptors) for each kind of work that may
# meet another, the database's pages, compiled statements.
WARM = 15


# A daemon whose rounds are processes that do nothing, and come as fast as they end: 0.1 s instead of 7.
IDLE = """
import sys
from datetime import timedelta
from crawler.daemon import pace, rounds
pace.Pace.interval = lambda *given: timedelta(milliseconds=50)
rounds.CHILD = (sys.executable, "-S", "-c", "pass")
from crawler.commands import main
main()
"""


def live(folder: Path, cycles: int, *, idle: bool = False) -> dict[str, tuple[int, int]]:
    """Let a daemon live through so many rounds, with a reader that never lets go of the log. First and last figures."""
    program = ("-c", IDLE) if idle else ("-m", "crawler")
    with Newsroom() as room:
        room.write_config(folder / "conf")
        keep_quick(folder / "conf", sources=1, every="1s", tick=0.1 if idle else 0.3,
                   settings='gather = 0\njitter = 0\nhousekeeping = "2s"\n')
        daemon = Daemon(folder, program=program)
        try:
            for number in range(1, WARM + 1):
                daemon.wait_for(lambda number=number: daemon.rounds() >= number, 180)
                assert daemon.ask("/metrics")[0] == 200
            before, articles = usage(daemon.pid), urls(folder / "d.db")
            with closing(sqlite3.connect(folder / "d.db", isolation_level=None)) as reader:
                reader.execute("BEGIN")
                reader.execute("SELECT count(*) FROM articles").fetchone()
                largest = 0
                for number in range(WARM + 1, cycles + 1):
                    daemon.wait_for(lambda number=number: daemon.rounds() >= number, 180)
                    largest = max(largest, (folder / "d.db-wal").stat().st_size)
                    assert daemon.ask("/metrics")[0] == 200
            after = usage(daemon.pid)
            assert largest < 64 * MB
            assert daemon.stop() == 0
        finally:
            daemon.kill()
    assert urls(folder / "d.db") == articles
    sound(folder / "d.db")
    return {name: (before[name], after[name]) for name in before} | {"log": (0, largest)}


def holds(figures: dict[str, tuple[int, int]]) -> None:
    first, last = figures["memory"]
    assert last < first * 1.05, figures
    assert figures["descriptors"][1] <= figures["descriptors"][0] + 2, figures
    assert figures["threads"][1] <= figures["threads"][0] + 1, figures


def test_rounds_leave_no_trace_in_the_daemon(tmp_path: Path) -> None:
    holds(live(tmp_path, WARM + 12, idle=True))


@pytest.mark.soak
@pytest.mark.parametrize("idle", [True, False])
def test_three_hundred_rounds(tmp_path: Path, idle: bool, capsys: pytest.CaptureFixture[str]) -> None:
    figures = live(tmp_path, int(os.environ.get("MARSAD_TEST_CYCLES", "300")), idle=idle)
    with capsys.disabled():
        sys.stdout.write(f"{figures}\n")
    holds(figures)
