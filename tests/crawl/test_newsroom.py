"""The embedded newsroom, crawled whole: what its servers saw is what the summary says."""

from __future__ import annotations

from pathlib import Path

from crawler.configuration.locate import ConfigFolder
from crawler.configuration.sources import load_sources
from crawler.newsroom import Newsroom
from tests.crawl.conftest import Crawler


def test_the_newsroom_is_crawled_politely_and_to_the_last_url(crawl: Crawler, tmp_path: Path) -> None:
    with Newsroom(slow_seconds=0.1) as room:
        room.write_config(tmp_path / "config")
        registry = load_sources(ConfigFolder(tmp_path / "config"))
        sources = [one.model_dump(mode="json", exclude_none=True, exclude={"every"}) for one in registry]
        first = crawl(*sources, config=str(tmp_path / "config"))
        seen = list(room.log)
        second = crawl(*sources, config=str(tmp_path / "config"))
        later = room.log[len(seen):]
    dead = [url for url, row in first.rows.items() if row["outcome"] == "network_error" and url.endswith("/robots.txt")]
    assert len(seen) == first.summary["exchanges"] - 2 * len(dead)
    assert first.summary["withdrawn"] == 0
    assert sum(bool(one["worked"]) for one in first.summary["sources"].values()) == len(registry) - len(dead)
    articles = {url for url, outcome in first.outcomes.items() if outcome == "matched"}
    assert len(articles) > 50
    again = {f"http://{hit.host}{hit.path}" for hit in later if hit.status == 200}
    assert not again & articles
    assert "matched" not in second.summary["outcomes"]
