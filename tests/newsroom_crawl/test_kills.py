"""A crawl killed at any moment: nothing acknowledged is lost, nothing is double, the next run finishes the rest."""

from __future__ import annotations

import json
import os
import random
import signal
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from crawler.newsroom import Newsroom
from tests.commands.conftest import environment, run_marsad

CRAWL = ["crawl", "--config", "conf", "--database", "sqlite:///k.db", "--json"]


def start(folder: Path, *sources: str) -> subprocess.Popen[bytes]:
    return subprocess.Popen([sys.executable, "-m", "crawler", *CRAWL, *sources], cwd=folder, env=environment(),
                            stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, start_new_session=True)


def urls(folder: Path) -> list[str]:
    path = folder / "k.db"
    if not path.exists():
        return []
    with closing(sqlite3.connect(path)) as conn:
        try:
            return [url for (url,) in conn.execute("SELECT canonical_url FROM articles ORDER BY 1")]
        except sqlite3.OperationalError:
            return []  # killed before the tables were made


def sound(folder: Path) -> None:
    with closing(sqlite3.connect(folder / "k.db")) as conn:
        assert conn.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        assert conn.execute("PRAGMA foreign_key_check").fetchall() == []
        assert conn.execute("SELECT canonical_url FROM articles GROUP BY 1 HAVING count(*) > 1").fetchall() == []
        assert conn.execute("SELECT a.id FROM articles a LEFT JOIN stories s ON s.id = a.story_id WHERE s.id IS NULL").fetchall() == []


def kill_and_finish(folder: Path, times: int, wait: Callable[[], None], few: int | None = None) -> None:
    """`wait` passes the time until a kill; `few`: so many outlets alone."""
    with Newsroom(slow_seconds=0.1) as room:
        room.write_config(folder / "conf")
        names = [outlet.id for outlet in room.outlets if not outlet.habits.dead][:few] if few else []
        kept: list[str] = []
        for _ in range(times):
            process = start(folder, *names)
            wait()
            before = urls(folder)
            os.killpg(process.pid, signal.SIGKILL)
            process.communicate()
            after = urls(folder)
            assert set(kept) <= set(before) <= set(after), "an acknowledged article is gone"
            kept = after
            if after:
                sound(folder)
        last = run_marsad(*CRAWL, *names, cwd=folder)
        assert last.code == 0, last.err
        assert json.loads(last.out)["adds_up"] is True
        (folder / "whole").mkdir()
        whole = run_marsad(*CRAWL, *names, "--config", str(folder / "conf"), cwd=folder / "whole")
        assert whole.code == 0, whole.err
    sound(folder)
    assert set(urls(folder)) == set(urls(folder / "whole"))


def wait_for_an_article(folder: Path) -> None:
    end = time.monotonic() + 60
    while not urls(folder) and time.monotonic() < end:
        time.sleep(0.05)


def test_a_kill(tmp_path: Path) -> None:
    """In the middle, of a few outlets: some articles are stored, more are under way."""
    kill_and_finish(tmp_path, 1, lambda: wait_for_an_article(tmp_path), few=3)


@pytest.mark.soak
def test_fifty_kills(tmp_path: Path) -> None:
    for number in range(int(os.environ.get("MARSAD_TEST_KILLS", "50")) // 5):
        (tmp_path / str(number)).mkdir()
        dice = random.Random(number)
        kill_and_finish(tmp_path / str(number), 5, lambda dice=dice: time.sleep(dice.uniform(2.5, 16.0)))


def test_ctrl_c_keeps_what_was_fetched_and_says_so(tmp_path: Path) -> None:
    with Newsroom(slow_seconds=0.1) as room:
        room.write_config(tmp_path / "conf")
        process = start(tmp_path)
        wait_for_an_article(tmp_path)
        before = urls(tmp_path)
        began = time.monotonic()
        process.send_signal(signal.SIGINT)
        out, _ = process.communicate(timeout=60)
        assert time.monotonic() - began < 30
    assert process.returncode == 130
    summary = json.loads(out)
    assert summary["interrupted"] is True
    assert summary["adds_up"] is True
    assert set(before) <= set(urls(tmp_path))
    sound(tmp_path)
