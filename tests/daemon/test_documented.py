"""Every metric that the daemon shows is documented, and no other."""

from __future__ import annotations

import re
from pathlib import Path

from crawler.configuration.locate import PACKAGED, ConfigFolder
from crawler.configuration.settings import Settings
from crawler.daemon.scheduler import Scheduler
from storage.engine import open_database


def test_metrics_are_documented() -> None:
    scheduler = Scheduler(open_database("sqlite://"), ConfigFolder(PACKAGED), Settings(), "sqlite://")
    text = (Path(__file__).parents[2] / "docs" / "daemon.md").read_text(encoding="utf-8")
    assert set(scheduler.metrics()) == set(re.findall(r"^\| `(marsad_\w+)`", text, re.MULTILINE))
