"""The daemon as it runs: a process of its own over the embedded newsroom."""

from __future__ import annotations

import json
import os
import signal
import socket
import sqlite3
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

import pytest

from crawler.newsroom import Newsroom
from tests.commands.conftest import environment

# The demo's outlets that answer at once; a round over them takes seconds.
_QUICK = 3


@pytest.fixture
def room(tmp_path: Path) -> Iterator[Newsroom]:
    with Newsroom() as newsroom:
        newsroom.write_config(tmp_path / "conf")
        _keep_quick(tmp_path / "conf")
        yield newsroom


def _keep_quick(folder: Path) -> None:
    import yaml

    path = folder / "sources" / "newsroom.yml"
    sources = [s for s in yaml.safe_load(path.read_text(encoding="utf-8"))
               if "feed" in s["discover"][0] and s["kind"] != "aggregator"][:_QUICK]
    for source in sources:
        source["every"] = "1h"
    path.write_text(yaml.safe_dump(sources, allow_unicode=True), encoding="utf-8")
    settings = folder / "marsad.toml"
    settings.write_text(settings.read_text(encoding="utf-8") + "\n[daemon]\ntick = 0.5\ngrace_seconds = 20\n", encoding="utf-8")


def free_port() -> int:
    with socket.socket() as sock:
        sock.bind(("127.0.0.1", 0))
        return int(sock.getsockname()[1])


class Daemon:
    """A running `marsad daemon`."""

    def __init__(self, folder: Path) -> None:
        self.port = free_port()
        self.folder = folder
        self.log = (folder / "daemon.log").open("wb")
        self.process = subprocess.Popen(
            [sys.executable, "-m", "crawler", "daemon", "--config", "conf", "--database", "sqlite:///d.db",
             "--http", f"127.0.0.1:{self.port}"], cwd=folder, env=environment(), stderr=self.log, stdout=subprocess.DEVNULL)

    def ask(self, path: str) -> tuple[int, str]:
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{self.port}{path}", timeout=5) as answer:
                return answer.status, answer.read().decode()
        except urllib.error.HTTPError as error:
            return error.code, error.read().decode()
        except OSError:
            return 0, ""

    def wait_for(self, what: Callable[[], bool], seconds: float = 90) -> None:
        end = time.monotonic() + seconds
        while time.monotonic() < end:
            assert self.process.poll() is None, (self.folder / "daemon.log").read_text()
            if what():
                return
            time.sleep(0.2)
        raise AssertionError((self.folder / "daemon.log").read_text())

    def rounds(self) -> int:
        status, body = self.ask("/readyz")
        return int(json.loads(body)["rounds"]) if status == 200 else 0

    def stop(self, number: int = signal.SIGTERM) -> int:
        self.process.send_signal(number)
        code = self.process.wait(40)
        self.log.close()
        return code


@pytest.fixture
def daemon(room: Newsroom, tmp_path: Path) -> Iterator[Daemon]:
    running = Daemon(tmp_path)
    yield running
    if running.process.poll() is None:
        running.process.kill()
        running.process.wait()
    running.log.close()


def children_of(pid: int) -> list[int]:
    return [int(child) for task in Path(f"/proc/{pid}/task").iterdir()
            for child in (task / "children").read_text().split()]


@pytest.mark.skipif(not Path("/proc/self/task").exists(), reason="needs /proc to see child processes")
def test_a_round_comes_at_once_then_nothing_is_due(daemon: Daemon, room: Newsroom, tmp_path: Path) -> None:
    daemon.wait_for(lambda: daemon.rounds() >= 1)
    assert daemon.ask("/healthz")[0] == 200
    status, body = daemon.ask("/metrics")
    assert status == 200
    assert 'marsad_rounds_total{outcome="done"} 1' in body
    assert all(line.startswith(("marsad_", "# TYPE marsad_", "# HELP marsad_")) for line in body.splitlines())
    with closing(sqlite3.connect(tmp_path / "d.db")) as conn:
        (articles,) = conn.execute("SELECT count(*) FROM articles").fetchone()
        due = conn.execute("SELECT next_due_at FROM sources WHERE enabled").fetchall()
        runs = conn.execute("SELECT trigger, outcome FROM runs").fetchall()
    assert articles > 5
    assert len(due) == _QUICK
    assert all(when > "2026" for (when,) in due)
    assert runs == [("daemon", "done")]
    hits = len(room.log)
    time.sleep(2)
    assert len(room.log) == hits, "a source was asked again before its interval was over"
    assert daemon.stop() == 0


@pytest.mark.skipif(not Path("/proc/self/task").exists(), reason="needs /proc to see child processes")
def test_a_stop_in_the_middle_of_a_round_leaves_no_process_and_no_broken_database(daemon: Daemon, tmp_path: Path) -> None:
    daemon.wait_for(lambda: bool(children_of(daemon.process.pid)))
    child = children_of(daemon.process.pid)[0]
    daemon.wait_for((tmp_path / "d.db").exists)
    began = time.monotonic()
    assert daemon.stop() == 0
    assert time.monotonic() - began < 30
    with pytest.raises(ProcessLookupError):
        os.killpg(child, 0)
    with closing(sqlite3.connect(tmp_path / "d.db")) as conn:
        assert conn.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        assert conn.execute("PRAGMA foreign_key_check").fetchall() == []


def test_a_broken_registry_is_refused_at_a_reload_and_the_old_one_stays(daemon: Daemon, tmp_path: Path) -> None:
    daemon.wait_for(lambda: daemon.rounds() >= 1)
    (tmp_path / "conf" / "sources" / "newsroom.yml").write_text("- id: [", encoding="utf-8")
    daemon.process.send_signal(signal.SIGHUP)
    daemon.wait_for(lambda: "marsad_configuration_refused 1.0" in daemon.ask("/metrics")[1], 20)
    assert daemon.ask("/healthz")[0] == 200
    assert daemon.stop(signal.SIGINT) == 0
    assert "newsroom.yml" in (tmp_path / "daemon.log").read_text()


def test_a_port_in_use_is_wrong_usage(tmp_path: Path) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        done = subprocess.run([sys.executable, "-m", "crawler", "daemon", "--http", f"127.0.0.1:{taken.getsockname()[1]}"],
                              cwd=tmp_path, env=environment(), capture_output=True, text=True, timeout=60, check=False)
    assert done.returncode == 2
    assert "choose another port" in done.stderr
