"""`marsad sources discover`: hosts that searches led to and the registry lacks, on both databases."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Engine
from typer.testing import CliRunner, Result

from crawler.commands import app
from crawler.configuration.locate import ConfigFolder
from crawler.configuration.sources import load_sources
from crawler.registry import sync_sources
from storage import pages, raw
from storage.engine import writing
from tests.storage.rows import add_article

REGISTRY = """\
- {id: seek, name: Seek, home: https://seek.example/news, country: INT, languages: [fr, ar], kind: search, discover: [{search: gdelt}]}
- {id: carrier, name: Carrier, home: https://carrier.example/, country: MA, languages: [fr], kind: aggregator,
   discover: [{section: https://carrier.example/}]}
- {id: le-phare, name: Le Phare, home: https://www.lephare.example/, country: MA, languages: [fr], kind: business,
   discover: [{feed: https://feeds.lephare.example/feed}]}
"""
# url, source, outcome, seen on, published (an article) or None
PAGES = [
    ("https://www.lequai.example/1", "seek", "matched", "2026-11-03", "2026-11-02"),
    ("https://lequai.example/2", "seek", "off_topic", "2026-11-20", None),
    ("https://m.lequai.example/3", "seek", "off_topic", "2026-11-10", None),
    ("https://lequai.example/1?utm_source=seek", "seek", "duplicate_url", "2026-11-04", None),
    ("https://almanara.example/a", "seek", "blocked", "2026-11-05", None),
    ("https://almanara.example/b", "carrier", "http_error", "2026-11-01", None),
    ("https://lephare.example/known", "seek", "matched", "2026-11-05", "2026-11-05"),
    ("https://eco.lephare.example/below", "seek", "off_topic", "2026-11-05", None),
    ("https://seek.example/api?q=x", "seek", "listing", "2026-11-05", None),
    ("https://api.elsewhere.example/?q=x", "seek", "listing", "2026-11-05", None),
    ("https://192.168.0.1/x", "seek", "refused_address", "2026-11-05", None),
    ("javascript:alert(1)", "seek", "refused_scheme", "2026-11-05", None),
    ("https://unrelated.example/x", "le-phare", "off_topic", "2026-11-05", None),
    ("https://carrier.example/9", "carrier", "matched", "2026-11-06", "2026-11-06"),
]


@pytest.fixture
def config(tmp_path: Path) -> Path:
    (tmp_path / "conf" / "sources").mkdir(parents=True)
    (tmp_path / "conf" / "sources" / "a.yml").write_text(REGISTRY, encoding="utf-8")
    return tmp_path / "conf"


@pytest.fixture
def crawled(config: Path, database: Engine, database_url: str) -> str:
    """A database after a crawl of searches; its URL."""
    from crawler.urls import canonical_url

    with writing(database) as conn:
        sync_sources(conn, load_sources(ConfigFolder(config)))
        for url, source_id, outcome, day, published in PAGES:
            pages.record(conn, [{"url": url, "source_id": source_id, "outcome": outcome, "fetched_at": f"{day}T08:00:00Z",
                                 "canonical_url": canonical_url(url)}])
            if published:
                add_article(conn, "x", url=url, canonical_url=canonical_url(url), source_id=source_id, language="fr",
                            outlet="Le Quai", published_at=published,
                            origin_url="https://origine.example/p/7" if source_id == "carrier" else None)
        raw.keep_text(conn, {"url": "https://lequai.example/2", "canonical_url": "https://lequai.example/2", "language": "fr",
                             "kept_at": "2026-11-20T08:00:00Z", "title": "Un data center de 40 MW à Larache"},
                      "Le groupe annonce la construction d'un data center de 40 MW à Larache pour 2 milliards de dirhams. "
                      "Les travaux du data center commencent en mars.")
    return database_url


def discover(config: Path, database: str, *arguments: str) -> Result:
    return CliRunner().invoke(app, ["sources", "discover", "--config", str(config), "--database", database, *arguments])


def found(config: Path, database: str, *arguments: str) -> list[dict[str, Any]]:
    ran = discover(config, database, "--json", *arguments)
    assert ran.exit_code == 0, ran.output
    rows: list[dict[str, Any]] = json.loads(ran.stdout)
    return rows


def test_unknown_hosts_are_counted(config: Path, crawled: str) -> None:
    assert found(config, crawled) == [
        {"host": "lequai.example", "name": "Le Quai", "seen": 3, "matched": 1, "newest": "2026-11-20",
         "example": "https://www.lequai.example/1", "languages": ["fr"], "via": ["seek"]},
        {"host": "origine.example", "name": "Le Quai", "seen": 1, "matched": 1, "newest": "2026-11-06",
         "example": "https://origine.example/p/7", "languages": ["fr"], "via": ["carrier"]},
        {"host": "almanara.example", "name": None, "seen": 2, "matched": 0, "newest": "2026-11-05",
         "example": "https://almanara.example/a", "languages": [], "via": ["carrier", "seek"]},
    ]


def test_only_what_matched_and_only_so_many(config: Path, crawled: str) -> None:
    assert [one["host"] for one in found(config, crawled, "--matched")] == ["lequai.example", "origine.example"]
    assert [one["host"] for one in found(config, crawled, "--limit", "1")] == ["lequai.example"]
    assert "2 more with --limit 3" in discover(config, crawled, "--limit", "1").stdout


def test_a_topic_is_matched_anew(config: Path, crawled: str) -> None:
    """The articles of these rows say nothing; the text that was kept of a page does."""
    by_host = {one["host"]: one for one in found(config, crawled, "data-center-projects")}
    assert {host: one["matched"] for host, one in by_host.items()} == {
        "lequai.example": 1, "origine.example": 0, "almanara.example": 0}
    assert by_host["lequai.example"]["example"] == "https://lequai.example/2"


def test_a_topic_that_is_not_there_is_named(config: Path, crawled: str) -> None:
    assert "hydrogenn.yml" in str(discover(config, crawled, "hydrogenn").exception)


def test_nothing_new(config: Path, database: Engine, database_url: str) -> None:
    assert "0 outlets" in discover(config, database_url).stdout
