from __future__ import annotations

from sqlalchemy import Engine

from storage import lines, runs, sources
from storage.engine import writing


def row(name: str, **columns: object) -> dict[str, object]:
    return {"id": name, "name": name.upper(), "kind": "tech", "country": "MA", "interval_seconds": 600, **columns}


def test_the_registry_is_followed_and_history_kept(database: Engine) -> None:
    with writing(database) as conn:
        sources.sync(conn, [row("a", languages=["fr", "ar"]), row("b", enabled=False)])
        sources.visited(conn, "a", "2026-01-01T00:00:00Z")
        sources.sync(conn, [row("b"), row("c")])
        listed = {source["id"]: source for source in sources.listed(conn)}
        assert {name: source["enabled"] for name, source in listed.items()} == {"a": False, "b": True, "c": True}
        assert (listed["a"]["languages"], listed["a"]["last_success_at"]) == ("fr,ar", "2026-01-01T00:00:00Z")


def test_what_is_due(database: Engine) -> None:
    with writing(database) as conn:
        assert sources.next_due(conn) is None
        sources.sync(conn, [row(name) for name in "abcd"] + [row("off", enabled=False)])
        sources.visited(conn, "a", "2026-01-01T00:00:00Z", next_due_at="2026-01-01T00:10:00Z")
        sources.visited(conn, "b", "2026-01-01T00:00:00Z", next_due_at="2026-01-01T00:05:00Z")
        sources.visited(conn, "c", "2026-01-01T00:00:00Z", next_due_at="2026-01-01T09:00:00Z")
        assert [source["id"] for source in sources.due(conn, "2026-01-01T00:10:00Z")] == ["d", "b", "a"]
        assert sources.next_due(conn) == ""
        sources.visited(conn, "d", "2026-01-01T00:00:00Z", next_due_at="2026-01-02T00:00:00Z")
        assert sources.next_due(conn) == "2026-01-01T00:05:00Z"


def test_failures_add_up_until_a_success(database: Engine) -> None:
    with writing(database) as conn:
        sources.sync(conn, [row("a")])
        for n in (1, 2):
            sources.visited(conn, "a", f"2026-01-0{n}T00:00:00Z", error="HTTP 503")
        assert [(source["consecutive_failures"], source["last_error"], source["last_success_at"])
                for source in sources.failing(conn)] == [(2, "HTTP 503", None)]
        sources.visited(conn, "a", "2026-01-03T00:00:00Z", article_at="2026-01-02T12:00:00Z")
        assert sources.failing(conn) == []
        source = sources.get(conn, "a")
        assert source is not None
        assert (source["last_article_at"], source["last_visit_at"]) == ("2026-01-02T12:00:00Z", "2026-01-03T00:00:00Z")
        sources.visited(conn, "unknown", "2026-01-03T00:00:00Z")
        assert sources.get(conn, "unknown") is None


def test_lines_that_a_source_prints_everywhere(database: Engine) -> None:
    menu, ticker, once = -(2 ** 63), 2 ** 63 - 1, 0
    with writing(database) as conn:
        for n in range(3):
            lines.bump(conn, "s", [menu, menu, ticker] if n else [menu, once], at=f"2026-01-0{n + 1}T00:00:00Z")
        lines.bump(conn, "t", [menu])
        lines.bump(conn, "t", [])
        assert lines.known(conn, "s", 3) == {menu}
        assert lines.known(conn, "s", 2) == {menu, ticker}
        assert lines.known(conn, "t", 2) == frozenset()
        assert lines.expire(conn, before="2026-01-02T00:00:00Z") == 1
        assert lines.known(conn, "s", 1) == {menu, ticker}
        lines.clear(conn, "s")
        assert (lines.known(conn, "s", 1), lines.known(conn, "t", 1)) == (frozenset(), {menu})
        lines.clear(conn)
        assert lines.known(conn, "t", 1) == frozenset()


def test_runs(database: Engine) -> None:
    with writing(database) as conn:
        first = runs.begin(conn, "crawl", "2026-01-01T00:00:00Z")
        second = runs.begin(conn, "ingest", "2026-01-01T01:00:00Z")
        runs.finish(conn, first, finished_at="2026-01-01T00:05:00Z", outcome="done",
                    counts={"pages_fetched": 7, "matched": 2}, outcomes={"matched": 2, "off_topic": 5})
        rows = runs.latest(conn)
        assert [run["id"] for run in rows] == [second, first]
        assert (rows[0]["finished_at"], rows[0]["outcome"]) == (None, None)
        assert (rows[1]["pages_fetched"], rows[1]["errors"]) == (7, 0)
        assert rows[1]["outcomes"] == {"matched": 2, "off_topic": 5}
        assert set(runs.COUNTS) <= set(rows[1])
        assert len(runs.latest(conn, 1)) == 1
