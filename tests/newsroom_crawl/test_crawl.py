"""One crawl of the embedded newsroom from end to end: every outlet, every habit, every outcome."""

from __future__ import annotations

import json
import re
import sqlite3
from collections import Counter, defaultdict
from collections.abc import Iterator
from contextlib import closing
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest

from crawler.newsroom import Newsroom
from crawler.outcomes import Outcome
from crawler.urls import canonical_url
from tests.commands.conftest import Ran, run_marsad


class Crawled:
    """The newsroom, the folder with its configuration and database, and what the crawl said."""

    def __init__(self, room: Newsroom, folder: Path, ran: Ran) -> None:
        self.room, self.folder, self.ran = room, folder, ran
        self.summary: dict[str, Any] = json.loads(ran.out)

    def rows(self, sql: str) -> list[dict[str, Any]]:
        with closing(sqlite3.connect(self.folder / "n.db")) as conn:
            conn.row_factory = sqlite3.Row
            return [dict(row) for row in conn.execute(sql)]

    def crawl(self) -> Ran:
        return run_marsad("crawl", "--config", "conf", "--database", "sqlite:///n.db", "--json", cwd=self.folder)


@pytest.fixture(scope="module")
def crawled(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Crawled]:
    folder = tmp_path_factory.mktemp("newsroom")
    with Newsroom(slow_seconds=0.5) as room:
        room.write_config(folder / "conf")
        ran = run_marsad("crawl", "--config", "conf", "--database", "sqlite:///n.db", "--json", cwd=folder)
        assert ran.code == 0, ran.err
        yield Crawled(room, folder, ran)


def test_the_outcomes_add_up_in_the_summary_and_in_the_database(crawled: Crawled) -> None:
    summary = crawled.summary
    assert summary["adds_up"] is True
    assert summary["asked"] == sum(summary["outcomes"].values())
    stored = Counter(row["outcome"] for row in crawled.rows("SELECT outcome FROM pages"))
    assert stored == Counter(summary["outcomes"])
    assert set(stored) <= {str(outcome) for outcome in Outcome}
    assert set(stored) >= {"matched", "off_topic", "listing", "too_old", "duplicate_url", "refused_robots", "http_error",
                           "network_error", "blocked", "redirect_loop", "refused_address", "refused_type"}


def test_every_matched_page_is_an_article_with_its_raw_page(crawled: Crawled) -> None:
    (counts,) = crawled.rows("SELECT (SELECT count(*) FROM articles) AS articles, (SELECT count(*) FROM raw_pages) AS raw, "
                             "(SELECT count(*) FROM pages WHERE outcome = 'matched') AS matched")
    assert counts["articles"] == counts["matched"] == counts["raw"] == crawled.summary["matched"]


def test_four_languages_and_nearly_all_projects_are_found(crawled: Crawled) -> None:
    found = {row["language"] for row in crawled.rows("SELECT DISTINCT language FROM articles")}
    assert found == {"ar", "en", "es", "fr"}
    labels = {canonical_url(row["url"]): row for row in crawled.room.labelled_stories()}
    matched = {row["canonical_url"] for row in crawled.rows("SELECT canonical_url FROM articles")}
    wanted = [url for url, row in labels.items() if row["about_project"]]
    # Served to a crawl and asked for: walls, robots and age take some away.
    assert len([url for url in wanted if url in matched]) >= 0.75 * len(wanted)
    false = [url for url in matched if url in labels and not labels[url]["about_project"]]
    assert len(false) <= 0.12 * len(matched), false


def test_agency_copies_are_one_story(crawled: Crawled) -> None:
    assert crawled.summary["copies"] >= 8
    sizes = [row["article_count"] for row in crawled.rows("SELECT article_count FROM stories")]
    assert sum(sizes) == crawled.summary["matched"]
    assert max(sizes) >= 3


def test_doubts_contradictions_and_a_cancelled_project_are_visible(crawled: Crawled) -> None:
    assert crawled.rows("SELECT 1 FROM projects WHERE doubted")
    assert crawled.rows("SELECT 1 FROM projects WHERE status = 'cancelled'")
    assert crawled.rows("SELECT 1 FROM project_conflicts WHERE kind = 'capacity'")


def test_every_quote_stands_in_its_article(crawled: Crawled) -> None:
    assert crawled.rows("SELECT c.id FROM claims c JOIN articles a ON a.id = c.article_id "
                        "WHERE substr(a.text, c.quote_start + 1, c.quote_end - c.quote_start) <> c.quote") == []


def test_one_request_at_a_time_for_each_host(crawled: Crawled) -> None:
    moments: dict[str, list[float]] = defaultdict(list)
    for hit in crawled.room.log:
        moments[hit.host].append(hit.at)
    assert len(moments) >= 10
    for host, times in moments.items():
        gaps = [b - a for a, b in pairwise(times)]
        assert all(gap >= 0.04 for gap in gaps), (host, min(gaps))


def test_the_dead_host_is_named_and_costs_nobody_else(crawled: Crawled) -> None:
    assert any("refused" in problem for problem in crawled.summary["problems"])
    failing = crawled.rows("SELECT id, last_error FROM sources WHERE consecutive_failures > 0")
    assert len(failing) == 1
    assert len(crawled.rows("SELECT id FROM sources WHERE last_success_at IS NOT NULL")) >= 10


def test_a_second_crawl_asks_for_nothing_twice(crawled: Crawled) -> None:
    before = len(crawled.room.log)
    articles = crawled.rows("SELECT count(*) AS n FROM articles")
    again = crawled.crawl()
    assert again.code == 0, again.err
    summary = json.loads(again.out)
    assert summary["articles_new"] == 0
    assert summary["adds_up"] is True
    assert crawled.rows("SELECT count(*) AS n FROM articles") == articles
    asked = [hit for hit in crawled.room.log[before:] if hit.path != "/robots.txt"]
    assert len(asked) <= 45, [hit.path for hit in asked]
    assert any(hit.status == 304 for hit in asked)


def test_an_unknown_host_of_the_private_network_is_refused(crawled: Crawled) -> None:
    (refused,) = crawled.rows("SELECT url, reason FROM pages WHERE outcome = 'refused_address'")
    assert "10.0.0.7" in refused["url"]
    pasted = run_marsad("ingest", crawled.room.outlets[0].url, cwd=crawled.folder)
    assert "refused_address" in pasted.err


def readme_queries() -> list[str]:
    text = (Path(__file__).parents[2] / "README.md").read_text(encoding="utf-8")
    return re.findall(r'marsad sql "([^"]+)"', text)


@pytest.mark.parametrize("number", range(4))
def test_the_questions_of_the_readme_have_answers(crawled: Crawled, number: int) -> None:
    queries = readme_queries()
    assert len(queries) == 4
    ran = run_marsad("sql", queries[number], "--database", "sqlite:///n.db", "--format", "jsonl", cwd=crawled.folder)
    assert ran.code == 0, ran.err
    rows = [json.loads(line) for line in ran.out.splitlines()]
    assert rows, queries[number]


def test_sources_tell_their_state(crawled: Crawled) -> None:
    ran = run_marsad("sources", "list", "--config", "conf", "--database", "sqlite:///n.db", "--json", cwd=crawled.folder)
    states = Counter(row["state"] for row in json.loads(ran.out))
    assert states["failing"] == 1
    assert states["ok"] >= 10


def test_csv_runs_nothing_in_a_spreadsheet(crawled: Crawled) -> None:
    ran = run_marsad("sql", "SELECT '=1+1' AS a, '@SUM(1)' AS b, -5 AS c, 'plain' AS d", "--database", "sqlite:///n.db",
                     "--format", "csv", cwd=crawled.folder)
    assert ran.out.splitlines() == ["a,b,c,d", "'=1+1,'@SUM(1),-5,plain"]


def test_a_wordpress_site_is_read_from_its_rest_interface(crawled: Crawled) -> None:
    outlet = crawled.room.outlet("mesa-infraestructura")
    asked = [hit.path for hit in crawled.room.log if hit.host == outlet.host]
    assert any(path.startswith("/wp-json/wp/v2/posts?") for path in asked)
    assert not any(path.startswith("/rss/") for path in asked)
    articles = [row["url"] for row in crawled.rows("SELECT url FROM articles WHERE source_id = 'mesa-infraestructura'")]
    unasked = [url for url in articles if url.removeprefix(outlet.url.rstrip("/")) not in asked]
    assert unasked, "whole posts are read without asking for their pages"
    rows = crawled.rows("SELECT title, published_at FROM articles WHERE source_id = 'mesa-infraestructura'")
    assert all(row["title"] and row["published_at"] for row in rows)


def test_a_search_service_finds_what_the_outlets_have_and_gives_it_to_them(crawled: Crawled) -> None:
    service = crawled.room.outlet("indice-mondial")
    asked = [hit for hit in crawled.room.log if hit.host == service.host and "/doc/doc?" in hit.path]
    assert 3 <= len({hit.path for hit in asked}) <= 12
    assert all("sourcecountry%3AMO" in hit.path or "Morocco" in hit.path for hit in asked)
    assert all(b.at - a.at >= 0.19 for a, b in pairwise(asked)), "the service's own gap"
    (visited,) = crawled.rows("SELECT last_success_at, last_error FROM sources WHERE id = 'indice-mondial'")
    assert visited["last_success_at"]
    assert visited["last_error"] is None
    assert crawled.rows("SELECT url FROM articles WHERE source_id = 'indice-mondial'") == []
