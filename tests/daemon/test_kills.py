"""kill -9 of the daemon and of its rounds at random moments: nothing lost, nothing double, no orphan, no cleaning."""

from __future__ import annotations

import os
import random
import re
import signal
import sqlite3
import time
from contextlib import closing, suppress
from pathlib import Path

import pytest

from crawler.newsroom import Newsroom
from tests.commands.conftest import run_marsad
from tests.daemon.running import Daemon, keep_quick, rounds_of, sound, urls, wait_gone

pytestmark = pytest.mark.skipif(not Path("/proc/self/task").exists(), reason="needs /proc to see processes")


def strike(daemon: Daemon, dice: random.Random, what: str, longest: float) -> None:
    """Kill the daemon, its round, or both, at some moment of a round."""
    daemon.wait_for(lambda: rounds_of(daemon.pid))
    time.sleep(dice.uniform(0, longest))
    children = rounds_of(daemon.pid)
    if what in {"round", "both"}:
        for child in children:
            with suppress(ProcessLookupError):
                os.kill(child, signal.SIGKILL)
    if what == "round":
        daemon.wait_for(lambda: not set(children) & set(rounds_of(daemon.pid)), 20)
        assert daemon.ask("/healthz")[0] == 200, "the daemon fell with its round"
    daemon.kill()


def kill_often(folder: Path, kills: list[str], dice: random.Random, longest: float = 8, *, whole: bool = True) -> None:
    with Newsroom(slow_seconds=0.1) as room:
        room.write_config(folder / "conf")
        keep_quick(folder / "conf", every="10s", settings="gather = 0\n")
        kept: list[str] = []
        for what in kills:
            daemon = Daemon(folder)
            try:
                strike(daemon, dice, what, longest)
                # Where both are killed at once nobody is left to end a worker: it ends by itself, with its page or,
                # while it is starting, with its imports.
                wait_gone(folder, 90 if what == "both" else 15)
            finally:
                daemon.kill()
            found = urls(folder / "d.db")
            assert set(kept) <= set(found), "an acknowledged article is gone"
            kept = found
            if found:
                sound(folder / "d.db")
        daemon = Daemon(folder)
        try:
            daemon.wait_for(lambda: re.search(r'outcome="done"\} [1-9]', daemon.ask("/metrics")[1]))
            assert daemon.stop() == 0
        finally:
            daemon.kill()
        if whole:
            (folder / "whole").mkdir()
            ran = run_marsad("crawl", "--config", str(folder / "conf"), "--database", "sqlite:///k.db", "--json", cwd=folder / "whole")
            assert ran.code == 0, ran.err
            assert urls(folder / "d.db") == urls(folder / "whole" / "k.db")
    wait_gone(folder, 1)
    sound(folder / "d.db")
    assert len(urls(folder / "d.db")) > 5
    with closing(sqlite3.connect(folder / "d.db")) as conn:
        outcomes = [outcome for (outcome,) in conn.execute("SELECT outcome FROM runs ORDER BY id")]
        assert conn.execute("SELECT source_id FROM source_visits GROUP BY source_id, visited_at HAVING count(*) > 1").fetchall() == []
    assert None not in outcomes, "a killed run is still said to be running"


def test_a_killed_daemon_leaves_nothing_to_clean(tmp_path: Path) -> None:
    kill_often(tmp_path, ["daemon"], random.Random(3), longest=4, whole=False)


@pytest.mark.soak
def test_fifty_kills(tmp_path: Path) -> None:
    dice = random.Random(int(os.environ.get("MARSAD_TEST_SEED", "11")))
    for number in range(int(os.environ.get("MARSAD_TEST_KILLS", "50")) // 5):
        (tmp_path / str(number)).mkdir()
        kill_often(tmp_path / str(number), [dice.choice(["daemon", "round", "both"]) for _ in range(5)], dice)
