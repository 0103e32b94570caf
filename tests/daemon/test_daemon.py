"""The daemon as it runs: a process of its own over the embedded newsroom."""

from __future__ import annotations

import json
import signal
import socket
import sqlite3
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
import yaml

from crawler.newsroom import Newsroom
from tests.commands.conftest import environment, run_marsad
from tests.daemon.running import QUICK, Daemon, keep_quick, rounds_of, sound, wait_gone
from tests.daemon.test_endurance import IDLE

needs_proc = pytest.mark.skipif(not Path("/proc/self/task").exists(), reason="needs /proc to see processes")


@pytest.fixture
def room(tmp_path: Path) -> Iterator[Newsroom]:
    with Newsroom() as newsroom:
        newsroom.write_config(tmp_path / "conf")
        keep_quick(tmp_path / "conf")
        yield newsroom


@pytest.fixture
def daemon(room: Newsroom, tmp_path: Path) -> Iterator[Daemon]:
    running = Daemon(tmp_path)
    yield running
    running.kill()


def test_a_life(daemon: Daemon, room: Newsroom, tmp_path: Path) -> None:
    """A round comes at once, then nothing is due; a second daemon is refused; it ends when it is asked to."""
    daemon.wait_for(lambda: daemon.rounds() >= 1)
    assert daemon.ask("/healthz") == (200, '{"status": "ok"}')
    status, body = daemon.ask("/metrics")
    assert status == 200
    assert 'marsad_rounds_total{outcome="done"} 1' in body
    assert all(line.startswith(("marsad_", "# TYPE marsad_", "# HELP marsad_")) for line in body.splitlines())
    assert daemon.ask("/anything")[0] == 404
    with closing(sqlite3.connect(tmp_path / "d.db")) as conn:
        (articles,) = conn.execute("SELECT count(*) FROM articles").fetchone()
        due = [when for (when,) in conn.execute("SELECT next_due_at FROM sources WHERE enabled")]
        runs = conn.execute("SELECT trigger, outcome FROM runs").fetchall()
    assert articles > 5
    assert len(due) == QUICK == len(set(due)), "the sources march in step"
    assert runs == [("daemon", "done")]

    second = run_marsad("daemon", "--config", "conf", "--database", "sqlite:///d.db", "--http", "127.0.0.1:0", cwd=tmp_path)
    assert second.code == 1
    assert f"process {daemon.pid}" in second.err
    assert "Traceback" not in second.err
    told = json.loads(run_marsad("status", "--config", "conf", "--database", "sqlite:///d.db", "--json", cwd=tmp_path).out)
    assert told["daemon"]["pid"] == daemon.pid
    assert told["sources"]["switched_on"] == QUICK
    with closing(sqlite3.connect(tmp_path / "d.db")) as conn:
        visits = [visited for (visited,) in conn.execute("SELECT source_id FROM source_visits")]
    assert len(visits) == len(set(visits)) == QUICK, "a source was visited twice"
    assert daemon.stop(signal.SIGINT) == 0


def test_a_changed_configuration_is_taken_and_a_broken_one_refused(room: Newsroom, tmp_path: Path) -> None:
    daemon = Daemon(tmp_path, program=["-c", IDLE])
    registry = tmp_path / "conf" / "sources" / "newsroom.yml"
    sources = yaml.safe_load(registry.read_text(encoding="utf-8"))
    try:
        daemon.wait_for(lambda: daemon.rounds() >= 1)
        registry.write_text("- id: [", encoding="utf-8")
        daemon.wait_for(lambda: "marsad_configuration_refused 1.0" in daemon.ask("/metrics")[1], 60)
        assert "conf/sources/newsroom.yml" in daemon.log()
        before = daemon.rounds()
        daemon.wait_for(lambda: daemon.rounds() > before)  # with the old one
        registry.write_text(yaml.safe_dump([*sources[1:], {**sources[0], "id": "another"}], allow_unicode=True), encoding="utf-8")
        daemon.process.send_signal(signal.SIGHUP)
        daemon.wait_for(lambda: "marsad_configuration_refused 0.0" in daemon.ask("/metrics")[1])
        with closing(sqlite3.connect(tmp_path / "d.db")) as conn:
            assert conn.execute("SELECT enabled FROM sources WHERE id IN (?, 'another') ORDER BY id = 'another'", (sources[0]["id"],)).fetchall() == [(0,), (1,)]
        assert daemon.stop() == 0
    finally:
        daemon.kill()


@needs_proc
def test_a_stop_in_the_middle_of_a_round_leaves_no_process_and_no_broken_database(daemon: Daemon, tmp_path: Path) -> None:
    daemon.wait_for(lambda: rounds_of(daemon.pid))
    time.sleep(1)
    began = time.monotonic()
    assert daemon.stop() == 0
    assert time.monotonic() - began < 30
    wait_gone(tmp_path, 1)
    sound(tmp_path / "d.db")


# A daemon whose rounds do not listen to SIGTERM.
DEAF = """
import sys
from crawler.daemon import rounds
code = "import signal, time; signal.signal(signal.SIGTERM, signal.SIG_IGN); open('deaf', 'w').close(); time.sleep(600)"
rounds.CHILD = (sys.executable, "-S", "-c", f"{code}  # crawler.daemon.child")
from crawler.commands import main
main()
"""


@needs_proc
def test_a_second_signal_ends_it_at_once(room: Newsroom, tmp_path: Path) -> None:
    daemon = Daemon(tmp_path, program=["-c", DEAF])
    try:
        daemon.wait_for((tmp_path / "deaf").exists)
        daemon.process.send_signal(signal.SIGTERM)
        time.sleep(0.5)
        assert len(rounds_of(daemon.pid)) == 1, daemon.log()
        began = time.monotonic()
        assert daemon.stop() == 0
        assert time.monotonic() - began < 5  # two seconds on a machine that has nothing else to do
    finally:
        daemon.kill()
    wait_gone(tmp_path, 1)


def test_a_port_in_use_is_wrong_usage(tmp_path: Path) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        done = subprocess.run([sys.executable, "-m", "crawler", "daemon", "--http", f"127.0.0.1:{taken.getsockname()[1]}"],
                              cwd=tmp_path, env=environment(), capture_output=True, text=True, timeout=60, check=False)
    assert done.returncode == 2
    assert "choose another port" in done.stderr
