"""Every metric that the daemon shows is documented, and no other; every name begins with marsad_."""

from __future__ import annotations

import re
from datetime import datetime, timezone
from pathlib import Path

from sqlalchemy import Engine

from crawler.daemon.counters import Counters
from crawler.daemon.metrics import exposition
from storage.engine import open_database

PAGE = Path(__file__).parents[2] / "docs" / "daemon.md"


def names(text: str) -> dict[str, str]:
    """Metric names and their types."""
    return dict(re.findall(r"^# TYPE (\w+) (\w+)$", text, re.MULTILINE))


def shown(engine: Engine) -> str:
    return exposition(engine, Counters(datetime(2026, 11, 22, tzinfo=timezone.utc))).decode()


def test_metrics_are_documented(tmp_path: Path) -> None:
    engine = open_database(f"sqlite:///{tmp_path / 'a.db'}")
    real = names(shown(engine))
    engine.dispose()
    told = dict(re.findall(r"^\| `(marsad_\w+)` \| (\w+) \|", PAGE.read_text(encoding="utf-8"), re.MULTILINE))
    assert told == real
    assert all(name.startswith("marsad_") for name in real)


def test_both_databases_are_measured(database: Engine) -> None:
    text = shown(database)
    assert "marsad_database_up 1.0" in text
    assert float(re.findall(r"^marsad_database_bytes (\S+)$", text, re.MULTILINE)[0]) > 100_000


def test_without_a_database_the_process_still_answers(tmp_path: Path) -> None:
    engine = open_database(f"sqlite:///{tmp_path / 'a.db'}")
    engine.dispose()
    (tmp_path / "a.db").write_bytes(b"rubbish" * 1000)
    text = shown(engine)
    assert "marsad_up 1.0" in text
    assert "marsad_database_up 0.0" in text
    engine.dispose()
