"""Two crawls at once over one database: one gap for each host, nothing asked or stored twice. SQLite alone, because two
whole crawls take their time; tests/crawl/test_meeting.py has the same without processes on both databases."""

from __future__ import annotations

import json
import subprocess
import sys
from collections import Counter, defaultdict
from itertools import pairwise
from pathlib import Path

from crawler.newsroom import Newsroom
from storage import articles
from storage.engine import open_database, reading
from tests.commands.conftest import environment

DELAY = 0.1


def crawl(folder: Path, database: str, *sources: str) -> subprocess.Popen[bytes]:
    return subprocess.Popen([sys.executable, "-m", "crawler", "crawl", *sources, "--config", "conf", "--database", database,
                             "--json"], cwd=folder, env=environment(), stdout=subprocess.PIPE, stderr=subprocess.PIPE)


def test_two_crawls_keep_one_gap(tmp_path: Path) -> None:
    database_url = f"sqlite:///{tmp_path}/two.db"
    with Newsroom(slow_seconds=0.1) as room:
        room.write_config(tmp_path / "conf")
        settings = tmp_path / "conf" / "marsad.toml"
        settings.write_text(settings.read_text().replace("delay = 0.05", f"delay = {DELAY}"))
        busy = [outlet for outlet in room.outlets if not outlet.habits.dead][:3]
        names = [outlet.id for outlet in busy]
        both = [crawl(tmp_path, database_url, *names) for _ in range(2)]
        ends = [process.communicate(timeout=120) for process in both]
    assert [process.returncode for process in both] == [0, 0], ends
    summaries = [json.loads(out) for out, _ in ends]
    assert all(summary["adds_up"] for summary in summaries)
    moments: dict[str, list[float]] = defaultdict(list)
    for hit in room.log:
        moments[hit.host].append(hit.at)
    assert set(moments) == {outlet.host for outlet in busy}
    for host, times in moments.items():
        gaps = [after - before for before, after in pairwise(sorted(times))]
        assert min(gaps) >= DELAY, (host, min(gaps))
    asked = Counter((hit.host, hit.path) for hit in room.log if hit.status == 200 and hit.path != "/robots.txt")
    pages = {key: count for key, count in asked.items() if count > 1}
    listings = {(outlet.host, listing["path"]) for outlet in busy for listing in outlet.listings}
    assert set(pages) <= listings, pages
    engine = open_database(database_url)
    with reading(engine) as conn:
        assert articles.count(conn) == sum(summary["articles_new"] for summary in summaries) > 5
    engine.dispose()
