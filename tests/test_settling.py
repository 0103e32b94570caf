"""Whatever order the articles arrive in, the same stories, projects and rows come out."""

from __future__ import annotations

import random
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Engine, text

from crawler import settling
from crawler.configuration.locate import PACKAGED, ConfigFolder
from crawler.configuration.settings import load_settings
from crawler.keeping import Keeper
from crawler.newsroom import labelled_stories
from crawler.pipeline import Record, Understood, load_rules, read, understand
from crawler.reading.document import Unreadable
from crawler.run import make_joiner, running
from storage import unsettled
from storage.engine import open_database, reading
from tests.quality.measure import TODAY

# Enough to have several projects, copies and mentions; all 80 take a minute a shuffle.
_STORIES = 24
_SHUFFLES = 2


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
    return seen(engine)


def seen(engine: Engine) -> dict[str, Any]:
    """Stories, links, relations and rows, by canonical URL."""
    with reading(engine) as conn:
        def ask(sql: str) -> list[tuple[Any, ...]]:
            return sorted(tuple(row) for row in conn.execute(text(sql)))

        return {
            "stories": ask("SELECT a.canonical_url, l.canonical_url FROM articles a JOIN stories s ON s.id = a.story_id "
                           "JOIN articles l ON l.id = s.lead_article_id"),
            "links": ask("SELECT a.canonical_url, ap.role, p.name, coalesce(p.city, ''), p.country FROM article_projects ap "
                         "JOIN articles a ON a.id = ap.article_id JOIN projects p ON p.id = ap.project_id"),
            "relations": ask("SELECT a.canonical_url, b.canonical_url, r.kind FROM article_relations r JOIN articles a "
                             "ON a.id = r.article_id JOIN articles b ON b.id = r.other_id"),
            "projects": ask("SELECT name, coalesce(city, ''), coalesce(capacity_mw, 0), coalesce(investment_usd, 0), status, "
                            "doubted, article_count, story_count, languages FROM projects"),
        }


@pytest.fixture(scope="module")
def expected(answers: list[tuple[Record, Understood]], tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    return rows_after(answers, f"sqlite:///{tmp_path_factory.mktemp('settled') / 'whole.db'}")


def test_the_order_of_arrival_makes_no_difference(answers: list[tuple[Record, Understood]], expected: dict[str, Any],
                                                  tmp_path: Path) -> None:
    assert len(expected["projects"]) >= 3
    shuffled = list(answers)
    dice = random.Random(7)
    for number in range(_SHUFFLES):
        dice.shuffle(shuffled)
        assert rows_after(shuffled, f"sqlite:///{tmp_path / f'{number}.db'}") == expected


@pytest.mark.soak
def test_twenty_orders_of_arrival_make_no_difference(
        answers: list[tuple[Record, Understood]], expected: dict[str, Any], tmp_path: Path) -> None:
    shuffled = list(answers)
    dice = random.Random(8)
    for number in range(20):
        dice.shuffle(shuffled)
        assert rows_after(shuffled, f"sqlite:///{tmp_path / f'{number}.db'}") == expected


def test_settling_only_what_is_near_comes_to_the_same(
        answers: list[tuple[Record, Understood]], expected: dict[str, Any], tmp_path: Path,
        monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(settling, "_SETTLE_ALL", 0)
    shuffled = list(answers)
    random.Random(9).shuffle(shuffled)
    assert rows_after(shuffled, f"sqlite:///{tmp_path / 'near.db'}") == expected


def test_what_a_killed_run_left_the_next_one_settles(
        answers: list[tuple[Record, Understood]], expected: dict[str, Any], tmp_path: Path) -> None:
    folder = ConfigFolder(PACKAGED)
    engine = open_database(f"sqlite:///{tmp_path / 'killed.db'}")
    keeper = Keeper(engine, make_joiner(folder))
    for work, answer in reversed(answers):  # and then nobody settled them
        keeper.keep(work, answer)
    with running(engine, folder, load_settings(folder, {}), "ingest"):
        pass
    assert seen(engine) == expected
    with reading(engine) as conn:
        assert unsettled.waiting(conn) == set()


def test_an_established_project_keeps_its_slug_over_runs(answers: list[tuple[Record, Understood]], tmp_path: Path) -> None:
    database = f"sqlite:///{tmp_path / 'runs.db'}"
    rows_after(answers, database, runs=3)
    with reading(open_database(database)) as conn:
        before = dict(tuple(row) for row in conn.execute(text("SELECT id, slug FROM projects")))
    rows_after(answers, database)
    with reading(open_database(database)) as conn:
        after = dict(tuple(row) for row in conn.execute(text("SELECT id, slug FROM projects")))
    assert after == before
