"""Whatever order the articles arrive in, the same stories, projects and rows come out."""

from __future__ import annotations

import random
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import text

from crawler.configuration.locate import PACKAGED, ConfigFolder
from crawler.configuration.settings import load_settings
from crawler.newsroom import labelled_stories
from crawler.pipeline import Record, Understood, load_rules, read, understand
from crawler.reading.document import Unreadable
from crawler.run import running
from storage.engine import open_database, reading
from tests.quality.measure import TODAY

# Enough to have several projects, copies and mentions; all 80 take a minute a shuffle.
_STORIES = 24
_SHUFFLES = 3


@pytest.fixture(scope="module")
def answers() -> list[tuple[Record, Understood]]:
    folder = ConfigFolder(PACKAGED)
    rules = load_rules(folder, load_settings(folder, {}).topic)
    found = []
    for story in sorted(labelled_stories(TODAY), key=lambda s: s["projects"][0]["key"] if s["projects"] else "~")[:_STORIES]:
        fields = {name: story[name] for name in ("title", "text", "published", "outlet") if story.get(name)}
        work = Record(story["url"], fields)
        document = read(work)
        assert not isinstance(document, Unreadable)
        found.append((work, understand(document, rules)))
    return found


def rows_after(answers: list[tuple[Record, Understood]], database: str, *, runs: int = 1) -> dict[str, Any]:
    """What a user can see, by canonical URL and slug, after storing the answers in `runs` runs."""
    folder = ConfigFolder(PACKAGED)
    engine = open_database(database)
    size = -(-len(answers) // runs)
    for start in range(0, len(answers), size):
        with running(engine, folder, load_settings(folder, {}), "ingest") as run:
            for work, answer in answers[start:start + size]:
                run.count(run.keeper.keep(work, answer))
    with reading(engine) as conn:
        def ask(sql: str) -> list[tuple[Any, ...]]:
            return sorted(tuple(row) for row in conn.execute(text(sql)))

        return {
            "stories": ask("SELECT a.canonical_url, l.canonical_url FROM articles a JOIN stories s ON s.id = a.story_id "
                           "JOIN articles l ON l.id = s.lead_article_id"),
            "links": ask("SELECT a.canonical_url, ap.role, p.name, coalesce(p.city, ''), p.country FROM article_projects ap "
                         "JOIN articles a ON a.id = ap.article_id JOIN projects p ON p.id = ap.project_id"),
            "projects": ask("SELECT name, coalesce(city, ''), coalesce(capacity_mw, 0), coalesce(investment_usd, 0), status, "
                            "doubted, article_count, story_count, languages FROM projects"),
        }


def test_the_order_of_arrival_makes_no_difference(answers: list[tuple[Record, Understood]], tmp_path: Path) -> None:
    expected = rows_after(answers, f"sqlite:///{tmp_path / 'first.db'}")
    assert len(expected["projects"]) >= 3
    shuffled = list(answers)
    dice = random.Random(7)
    for number in range(_SHUFFLES):
        dice.shuffle(shuffled)
        assert rows_after(shuffled, f"sqlite:///{tmp_path / f'{number}.db'}") == expected


def test_an_established_project_keeps_its_slug_over_runs(answers: list[tuple[Record, Understood]], tmp_path: Path) -> None:
    database = f"sqlite:///{tmp_path / 'runs.db'}"
    rows_after(answers, database, runs=3)
    with reading(open_database(database)) as conn:
        before = dict(tuple(row) for row in conn.execute(text("SELECT id, slug FROM projects")))
    rows_after(answers, database)
    with reading(open_database(database)) as conn:
        after = dict(tuple(row) for row in conn.execute(text("SELECT id, slug FROM projects")))
    assert after == before
