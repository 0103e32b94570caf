"""`marsad sources list`: the registry, what the database knows of it, and the filters."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Engine, update
from typer.testing import CliRunner, Result

from crawler.commands import app
from crawler.configuration.locate import ConfigFolder
from crawler.configuration.sources import load_sources
from crawler.registry import sync_sources
from storage.engine import writing
from storage.schema import sources as table

REGISTRY = """\
- {id: le-phare, name: Le Phare, home: https://lephare.example/, country: MA, languages: [fr, ar], kind: business,
   discover: [{feed: https://lephare.example/feed}, {feed: https://lephare.example/eco/feed}, {sitemap: https://lephare.example/map.xml}]}
- {id: al-manar, name: المنار, home: https://almanar.example/, country: MA, languages: [ar], kind: general,
   discover: [{section: https://almanar.example/}]}
- {id: grid, name: Grid Weekly, home: https://grid.example/, country: GB, languages: [en], kind: energy,
   discover: [{feed: https://grid.example/feed}]}
- {id: walled, name: Walled, home: https://walled.example/, country: GB, languages: [en], kind: energy,
   discover: [{feed: https://walled.example/feed}], enabled: false, reason: answers 403}
"""


@pytest.fixture
def config(tmp_path: Path) -> Path:
    (tmp_path / "conf" / "sources").mkdir(parents=True)
    (tmp_path / "conf" / "sources" / "a.yml").write_text(REGISTRY, encoding="utf-8")
    return tmp_path / "conf"


def listing(config: Path, *arguments: str, database: str | None = None) -> Result:
    url = database or f"sqlite:///{config.parent}/none.db"
    return CliRunner().invoke(app, ["sources", "list", "--config", str(config), "--database", url, *arguments])


def rows(config: Path, *arguments: str, database: str | None = None) -> list[dict[str, Any]]:
    ran = listing(config, "--json", *arguments, database=database)
    assert ran.exit_code == 0, ran.output
    answer: list[dict[str, Any]] = json.loads(ran.stdout)
    return answer


@pytest.mark.parametrize(
    ("arguments", "ids"),
    [
        ([], ["le-phare", "al-manar", "grid", "walled"]),
        (["--country", "ma"], ["le-phare", "al-manar"]),
        (["--country", "MA", "--country", "GB"], ["le-phare", "al-manar", "grid", "walled"]),
        (["--language", "ar"], ["le-phare", "al-manar"]),
        (["--language", "fr"], ["le-phare"]),
        (["--kind", "energy"], ["grid", "walled"]),
        (["--state", "off"], ["walled"]),
        (["--state", "unvisited", "--kind", "energy"], ["grid"]),
        (["--country", "ES"], []),
    ],
)
def test_filters(config: Path, arguments: list[str], ids: list[str]) -> None:
    assert [row["id"] for row in rows(config, *arguments)] == ids


@pytest.mark.parametrize(("option", "value"), [("--kind", "blog"), ("--state", "fine")])
def test_a_filter_that_can_match_nothing_is_refused(config: Path, option: str, value: str) -> None:
    ran = listing(config, option, value)
    assert ran.exit_code == 2
    assert value in ran.stderr


def test_health_comes_from_the_database(config: Path, database: Engine, database_url: str) -> None:
    with writing(database) as conn:
        sync_sources(conn, load_sources(ConfigFolder(config)))
        conn.execute(update(table).where(table.c.id == "grid").values(
            state="moved", state_reason="its feed moved for good", state_since="2026-11-02T08:00:00Z",
            last_visit_at="2026-11-20T08:00:00Z", moved_to="https://grid.example/rss", expected_weekly=4.2))
        conn.execute(update(table).where(table.c.id == "le-phare").values(
            last_visit_at="2026-11-20T08:00:00Z", consecutive_failures=2, last_error="403 from its feed"))
        conn.execute(update(table).where(table.c.id == "al-manar").values(
            last_visit_at="2026-11-20T08:00:00Z", last_success_at="2026-11-20T08:00:00Z"))
    by_id = {row["id"]: row for row in rows(config, database=database_url)}
    assert {name: row["state"] for name, row in by_id.items()} == {
        "le-phare": "failing", "al-manar": "ok", "grid": "moved", "walled": "off"}
    assert by_id["grid"]["reason"] == "its feed moved for good"
    assert by_id["grid"]["moved_to"] == "https://grid.example/rss"
    assert by_id["grid"]["expected_weekly"] == 4.2
    assert by_id["grid"]["state_since"] == "2026-11-02T08:00:00Z"
    assert by_id["le-phare"]["reason"] == "403 from its feed"
    assert by_id["walled"]["reason"] == "answers 403"
    assert [row["id"] for row in rows(config, "--state", "failing", database=database_url)] == ["le-phare"]


def test_the_table_counts_ways_and_states(config: Path) -> None:
    ran = listing(config)
    assert "2 feeds, sitemap" in ran.stdout
    assert "4 sources, 3 unvisited, 1 off" in ran.stdout
    assert "answers 403" in ran.stdout


def test_a_missing_database_is_not_made(config: Path) -> None:
    assert listing(config).exit_code == 0
    assert not (config.parent / "none.db").exists()
