"""A disk that runs full in the middle of a crawl: one sentence, exit code 1, and the next crawl goes on without repair.

The disk is a small tmpfs, so this needs the right to mount one.
"""

from __future__ import annotations

import json
import shutil
import subprocess
from collections.abc import Iterator
from datetime import datetime, timezone
from pathlib import Path

import pytest
from sqlalchemy import Engine

from crawler.newsroom import Newsroom
from storage import backups
from storage.engine import open_database, writing
from storage.errors import BackupError, DiskFullError
from tests.commands.conftest import run_marsad
from tests.daemon.running import keep_quick, sound, urls
from tests.storage.rows import add_article

NOW = datetime(2026, 11, 22, 8, 30, tzinfo=timezone.utc)


class Disk:
    """A file system of its own."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def leave(self, free: int) -> None:
        """Make it so small, or so large, that so many bytes are free."""
        usage = shutil.disk_usage(self.folder)
        subprocess.run(["mount", "-o", f"remount,size={usage.used + free}", str(self.folder)], check=True)


@pytest.fixture
def disk(tmp_path: Path) -> Iterator[Disk]:
    folder = tmp_path / "disk"
    folder.mkdir()
    done = subprocess.run(["mount", "-t", "tmpfs", "-o", "size=64m", "tmpfs", str(folder)], capture_output=True, check=False)
    if done.returncode:
        pytest.skip("no right to mount a small file system")
    yield Disk(folder)
    subprocess.run(["umount", str(folder)], check=True)


def test_a_crawl_stops_with_one_sentence_and_goes_on_later(disk: Disk, tmp_path: Path) -> None:
    call = ["crawl", "--config", "conf", "--database", "sqlite:///disk/d.db", "--json"]
    open_database(f"sqlite:///{disk.folder / 'd.db'}").dispose()
    disk.leave(400_000)
    with Newsroom() as room:
        room.write_config(tmp_path / "conf")
        keep_quick(tmp_path / "conf")
        full = run_marsad(*call, cwd=tmp_path)
        assert full.code == 1, full.err
        assert full.err.count("no space left on the disk") == 1
        assert "Traceback" not in full.err
        assert "quarantined" not in full.err
        kept = urls(disk.folder / "d.db")
        disk.leave(40_000_000)
        again = run_marsad(*call, cwd=tmp_path)
    assert again.code == 0, again.err
    assert json.loads(again.out)["adds_up"] is True
    assert set(kept) < set(urls(disk.folder / "d.db"))
    sound(disk.folder / "d.db")


def _fill(engine: Engine) -> None:
    for n in range(100):
        with writing(engine) as conn:
            add_article(conn, f"a{n}", text="y" * 50_000)


def test_writing_and_backing_up(disk: Disk) -> None:
    engine = open_database(f"sqlite:///{disk.folder / 'd.db'}")
    with writing(engine) as conn:
        add_article(conn, "first", text="x" * 500_000)
    disk.leave(300_000)
    with pytest.raises((DiskFullError, BackupError), match=r"no space left|No space left"):
        backups.make(engine, disk.folder / "b", now=NOW)
    assert list((disk.folder / "b").iterdir()) == []
    with pytest.raises(DiskFullError, match="free some space"):
        _fill(engine)
    disk.leave(20_000_000)
    with writing(engine) as conn:
        add_article(conn, "last")
    assert backups.make(engine, disk.folder / "b", now=NOW).size_bytes > 500_000
    engine.dispose()
    sound(disk.folder / "d.db")
