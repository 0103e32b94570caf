"""A running `marsad daemon` over the embedded newsroom, and what can be seen of it from outside."""

from __future__ import annotations

import json
import signal
import socket
import sqlite3
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Mapping, Sequence
from contextlib import closing
from pathlib import Path

import yaml

from tests.commands.conftest import environment

# Outlets of the newsroom that answer at once and print few pages (5, 6 and 5; others up to 19): a round takes seconds.
_FEW = ("mizan-aamal", "tribune-atlantique", "portail-chantiers")
QUICK = len(_FEW)


def keep_quick(folder: Path, *, sources: int = QUICK, every: str = "1h", settings: str = "",
               tick: float = 0.3) -> None:
    """Leave only a few quick sources in the newsroom's configuration, and set the daemon to a quick step."""
    path = folder / "sources" / "newsroom.yml"
    chosen = [s for s in yaml.safe_load(path.read_text(encoding="utf-8")) if s["id"] in _FEW[:sources]]
    for source in chosen:
        source["every"] = every
    path.write_text(yaml.safe_dump(chosen, allow_unicode=True), encoding="utf-8")
    toml = folder / "marsad.toml"
    toml.write_text(f"{toml.read_text(encoding='utf-8')}\n[daemon]\ntick = {tick}\ngrace_seconds = 20\n{settings}\n", encoding="utf-8")


def free_port() -> int:
    with socket.socket() as sock:
        sock.bind(("127.0.0.1", 0))
        return int(sock.getsockname()[1])


class Daemon:
    """A process in `folder`, with its configuration in `conf` and its database in `d.db`."""

    def __init__(self, folder: Path, *, database: str = "sqlite:///d.db", extra: Mapping[str, str] | None = None,
                 program: Sequence[str] = ("-m", "crawler")) -> None:
        self.port, self.folder = free_port(), folder
        with (folder / "daemon.log").open("ab") as log:
            self.process = subprocess.Popen(
                [sys.executable, *program, "daemon", "--config", "conf", "--http", f"127.0.0.1:{self.port}"],
                cwd=folder, env={**environment(), "MARSAD_DATABASE": database, **(extra or {})}, stderr=log,
                stdout=subprocess.DEVNULL)

    @property
    def pid(self) -> int:
        return self.process.pid

    def log(self) -> str:
        return (self.folder / "daemon.log").read_text()

    def ask(self, path: str) -> tuple[int, str]:
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{self.port}{path}", timeout=5) as answer:
                return answer.status, answer.read().decode()
        except urllib.error.HTTPError as error:
            return error.code, error.read().decode()
        except OSError:
            return 0, ""

    def wait_for(self, what: Callable[[], object], seconds: float = 120) -> None:
        end = time.monotonic() + seconds
        while time.monotonic() < end:
            assert self.process.poll() is None, self.log()
            if what():
                return
            time.sleep(0.1)
        raise AssertionError(self.log())

    def rounds(self) -> int:
        status, body = self.ask("/readyz")
        return int(json.loads(body)["rounds"]) if status == 200 else 0

    def stop(self, number: int = signal.SIGTERM) -> int:
        self.process.send_signal(number)
        return self.process.wait(60)

    def kill(self) -> None:
        if self.process.poll() is None:
            self.process.kill()
        self.process.wait()


def children_of(pid: int) -> list[int]:
    """Direct children; none once the process is gone."""
    try:
        return [int(child) for task in Path(f"/proc/{pid}/task").iterdir()
                for child in (task / "children").read_text().split()]
    except (FileNotFoundError, ProcessLookupError):
        return []


def rounds_of(pid: int) -> list[int]:
    """Children that are rounds, and not the check of a configuration."""
    return [child for child in children_of(pid) if "crawler.daemon.child" in _command(child)]


def strays(folder: Path) -> list[str]:
    """Commands of all processes that work in `folder`: what a dead daemon left behind."""
    found = []
    for entry in Path("/proc").iterdir():
        if entry.name.isdigit():
            try:
                if (entry / "cwd").resolve() == folder.resolve():
                    state = (entry / "stat").read_text().rpartition(")")[2].split()[0]
                    found += [] if state == "Z" else [_command(int(entry.name))]
            except OSError:
                continue
    return found


def wait_gone(folder: Path, seconds: float = 10) -> None:
    """Until nothing works in `folder` any more."""
    end = time.monotonic() + seconds
    while strays(folder):
        assert time.monotonic() < end, strays(folder)
        time.sleep(0.05)


def _command(pid: int) -> str:
    try:
        return Path(f"/proc/{pid}/cmdline").read_bytes().replace(b"\0", b" ").decode(errors="replace")
    except OSError:
        return ""


def usage(pid: int) -> dict[str, int]:
    """Resident memory in kB, open descriptors, threads."""
    lines = dict(line.split(":", 1) for line in Path(f"/proc/{pid}/status").read_text().splitlines())
    return {"memory": int(lines["VmRSS"].split()[0]), "threads": int(lines["Threads"]),
            "descriptors": len(list(Path(f"/proc/{pid}/fd").iterdir()))}


def urls(path: Path) -> list[str]:
    """All articles of a database, none before it has tables."""
    if not path.exists():
        return []
    with closing(sqlite3.connect(path)) as conn:
        try:
            return [url for (url,) in conn.execute("SELECT canonical_url FROM articles ORDER BY 1")]
        except sqlite3.OperationalError:
            return []


def sound(path: Path) -> None:
    """Whole, consistent, nothing double."""
    with closing(sqlite3.connect(path)) as conn:
        assert conn.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        assert conn.execute("PRAGMA foreign_key_check").fetchall() == []
        assert conn.execute("SELECT canonical_url FROM articles GROUP BY 1 HAVING count(*) > 1").fetchall() == []
