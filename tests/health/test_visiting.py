"""Visits in the database: what a crawl saw becomes rows and a state, on both databases."""

from __future__ import annotations

from datetime import datetime, timedelta, timezone

import pytest
from sqlalchemy import Engine

import crawler.visiting as module
from crawler.configuration.sources import Discovery, Source
from crawler.crawl.seam import CrawlSummary, Seen, SourceSummary
from crawler.outcomes import Outcome
from crawler.registry import sync_sources
from crawler.visiting import plan_visits, record_visits
from storage import pages, sources, visits
from storage.engine import reading, writing

FEED = "https://outlet.example/feed"
SOURCE = Source(id="outlet", name="Outlet", home="https://outlet.example/", country="MA", languages=("fr",),
                kind="general", discover=(Discovery(feed=FEED),))


class Clock(datetime):
    moment = datetime(2026, 11, 16, 8, tzinfo=timezone.utc)

    @classmethod
    def now(cls, tz: object = None) -> datetime:  # type: ignore[override]
        return cls.moment


@pytest.fixture(autouse=True)
def clock(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "datetime", Clock)
    monkeypatch.setattr(Clock, "moment", Clock.moment)


@pytest.fixture
def engine(database: Engine) -> Engine:
    with writing(database) as conn:
        sync_sources(conn, [SOURCE])
        pages.record(conn, [{"url": FEED, "outcome": "listing"}])
    return database


def visit(engine: Engine, summary: SourceSummary, hours: float = 6) -> dict[str, object]:
    known = plan_visits(engine, [SOURCE]).moved
    record_visits(engine, [SOURCE], CrawlSummary({SOURCE.id: summary}), {}, known)
    Clock.moment += timedelta(hours=hours)
    with reading(engine) as conn:
        return sources.get(conn, SOURCE.id) or {}


def good(kept: int = 3, **seen: object) -> SourceSummary:
    return SourceSummary(SOURCE.id, outcomes={Outcome.LISTING: 1, Outcome.MATCHED: kept}, worked=f"feed {FEED}",
                         seen=Seen(**{"listed": 20, "kept": kept, "newest": "2026-11-16", "read": {FEED}, **seen}))  # type: ignore[arg-type]


def bad(outcome: Outcome, status: int | None) -> SourceSummary:
    return SourceSummary(SOURCE.id, outcomes={outcome: 1}, failures=[f"feed {FEED}: {outcome} {status}"],
                         seen=Seen(failed=(outcome, status), missed={FEED}))


def test_a_visit_is_a_row_and_adds_to_its_week(engine: Engine) -> None:
    visit(engine, good())
    row = visit(engine, bad(Outcome.HTTP_ERROR, 404), hours=7 * 24)
    assert (row["state"], row["last_error"]) == ("ok", f"feed {FEED}: http_error 404")
    visit(engine, good(5))
    with reading(engine) as conn:
        first, second, third = visits.of(conn, SOURCE.id)
        assert (first["listed"], first["fresh"], first["newest_at"], first["failure"]) == (20, 3, "2026-11-16", None)
        assert (second["failure"], second["status"], second["outcomes"]) == ("http_error", 404, {"http_error": 1})
        assert third["error"] is None
        weeks = [(week["week"], week["received"], week["matched"], week["visits"], week["failures"], week["outcomes"])
                 for week in visits.weeks(conn, SOURCE.id)]
    assert weeks == [("2026-11-16", 3, 3, 2, 1, {"listing": 1, "matched": 3, "http_error": 1}),
                     ("2026-11-23", 5, 5, 1, 0, {"listing": 1, "matched": 5})]


def test_a_source_that_stays_away_is_failing_since_its_first_failure_and_well_again_at_once(engine: Engine) -> None:
    for _ in range(20):
        visit(engine, good())
    since = Clock.moment.strftime("%Y-%m-%dT%H:%M:%SZ")
    rows = [visit(engine, bad(Outcome.HTTP_ERROR, 404)) for _ in range(8)]
    assert rows[0]["state"] == "ok"
    assert (rows[-1]["state"], rows[-1]["state_since"]) == ("failing", since)
    assert "http_error 404" in str(rows[-1]["state_reason"])
    row = visit(engine, good())
    assert (row["state"], row["state_reason"]) == ("ok", None)


def test_a_dead_source_is_looked_at_once_a_month(engine: Engine) -> None:
    for _ in range(8):
        visit(engine, good())
    for _ in range(8):
        at = Clock.moment
        row = visit(engine, bad(Outcome.HTTP_ERROR, 410))
    assert row["state"] == "dead"
    assert row["next_due_at"] == (at + timedelta(days=30)).strftime("%Y-%m-%dT%H:%M:%SZ")


def test_a_move_is_learnt_used_and_forgotten_where_it_fails(engine: Engine) -> None:
    new = "https://outlet.example/rss/all.xml"
    row = visit(engine, good(moved={FEED: new}, read={FEED, new}))
    assert (row["state"], row["moved_to"]) == ("moved", new)
    assert plan_visits(engine, [SOURCE]).moved == {FEED: new}
    row = visit(engine, good(read={new}))
    assert (row["state"], row["moved_to"]) == ("moved", new)
    visit(engine, SourceSummary(SOURCE.id, outcomes={Outcome.HTTP_ERROR: 1}, failures=["feed: HTTP 404"],
                                seen=Seen(failed=(Outcome.HTTP_ERROR, 404), missed={new})))
    assert plan_visits(engine, [SOURCE]).moved == {}


def test_https_in_place_of_http_is_no_news(engine: Engine) -> None:
    row = visit(engine, good(moved={FEED: FEED + "/"}, read={FEED, FEED + "/"}))
    assert (row["state"], row["moved_to"]) == ("ok", None)
    assert plan_visits(engine, [SOURCE]).moved == {FEED: FEED + "/"}


def test_a_source_that_says_304_for_too_long_is_asked_anew(engine: Engine) -> None:
    visit(engine, good(), hours=24)
    silent = SourceSummary(SOURCE.id, outcomes={Outcome.LISTING: 1}, worked=f"feed {FEED}", seen=Seen(unchanged=1))
    for _ in range(6):
        visit(engine, silent, hours=24)
        assert plan_visits(engine, [SOURCE]).anew == frozenset()
    visit(engine, silent, hours=24)
    visit(engine, silent, hours=24)
    assert plan_visits(engine, [SOURCE]).anew == {"outlet"}


def test_visits_are_forgotten_after_90_days_and_a_state_is_not(engine: Engine) -> None:
    first = Clock.moment.strftime("%Y-%m-%dT%H:%M:%SZ")
    for _ in range(95):
        row = visit(engine, bad(Outcome.HTTP_ERROR, 404), hours=24)
    assert (row["state"], row["state_since"]) == ("failing", first)
    with reading(engine) as conn:
        assert len(visits.of(conn, SOURCE.id)) == 91
