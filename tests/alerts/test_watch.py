"""What becomes an event, what becomes a delivery, and what stays quiet. On both databases."""

from __future__ import annotations

from typing import Any

import pytest
from sqlalchemy import Engine, text

from storage import alerts, projects
from storage.engine import reading, writing
from tests.alerts.world import begun, capacity, look, rule, rules, shown, status, tell

ALL = rules(rules=[rule("new_project", "new_story", "status_changed", "capacity_changed", "investment_changed",
                        "contradiction", "doubt", "source_broken", "source_recovered")])


def kinds(engine: Engine) -> list[str]:
    """The events that somebody is told of, in order of their kinds."""
    with reading(engine) as conn:
        return sorted(row["kind"] for row in alerts.deliveries(conn, limit=1000))


def messages(engine: Engine) -> int:
    with reading(engine) as conn:
        return len({row["message_id"] for row in alerts.deliveries(conn, limit=1000)})


def held(engine: Engine) -> list[Any]:
    with reading(engine) as conn:
        return [row["held"] for row in alerts.events(conn)]


def test_the_first_look_records_everything_and_tells_nobody(database: Engine) -> None:
    with writing(database) as conn:
        for number in range(5):
            tell(conn, f"p{number}", f"a{number}")
    assert look(database, ALL).events == 5
    assert set(held(database)) == {"first_run"}
    assert kinds(database) == []


def test_a_new_project_is_told_once_whatever_looks_follow(database: Engine) -> None:
    begun(database, ALL)
    with writing(database) as conn:
        tell(conn, "dakhla", "one", capacity(500))
    assert look(database, ALL).deliveries == 1
    for minutes in (1, 2):
        assert look(database, ALL, later=minutes).events == 0
    assert kinds(database) == ["new_project"]


@pytest.mark.parametrize("together", [True, False], ids=["one-run", "a-run-each"])
def test_thirty_copies_and_three_translations_are_one_alert(database: Engine, together: bool) -> None:
    begun(database, ALL)
    said = capacity(386, "386 MW"), status("agreement", "signed")
    copies = None
    for number in range(30):
        with writing(database) as conn:
            copies = tell(conn, "dakhla", f"copy{number}", *said, story=copies, outlet=f"Outlet {number}")
            # the first copies are briefs: the figure comes with a later one and completes the announcement
            shown(conn, "dakhla", capacity_mw=386.0 if number > 4 else None, status="agreement")
        if not together:
            look(database, ALL, later=number)
    for number, language in enumerate(("ar", "en", "es")):
        with writing(database) as conn:
            tell(conn, "dakhla", f"in-{language}", *said, language=language, published=f"2026-11-2{3 + number % 2}")
        if not together:
            look(database, ALL, later=40 + number)
    look(database, ALL, later=60)
    assert kinds(database) == ["new_project"]
    assert messages(database) == 1


def test_a_story_weeks_later_is_news_and_its_copies_are_not(database: Engine) -> None:
    begun(database, ALL)
    with writing(database) as conn:
        story = tell(conn, "old", "sequel")
    look(database, ALL, later=1)
    with writing(database) as conn:
        tell(conn, "old", "sequel-copy", story=story)
        tell(conn, "old", "sequel-translated", language="ar", published="2026-11-23")
    look(database, ALL, later=2)
    assert kinds(database) == ["new_story"]


@pytest.mark.parametrize(("before", "after", "said", "kind"), [
    ({"status": "announced"}, {"status": "agreement"}, status("agreement"), "status_changed"),
    ({"capacity_mw": 40.0}, {"capacity_mw": 500.0}, capacity(500), "capacity_changed"),
    ({"investment_amount": 1e9, "investment_currency": "USD"}, {"investment_amount": 5e8, "investment_currency": "USD"},
     {"kind": "investment", "value_number": 5e8, "unit": "USD"}, "investment_changed"),
    ({"doubted": False}, {"doubted": True}, {"kind": "doubt", "value_text": "doubt"}, "doubt"),
], ids=["status", "capacity", "investment", "doubt"])
def test_a_changed_value_is_told_with_its_words(database: Engine, before: dict[str, Any], after: dict[str, Any],
                                                said: dict[str, Any], kind: str) -> None:
    begun(database, ALL)
    with writing(database) as conn:
        shown(conn, "old", **before)
    look(database, ALL, later=1, quiet=True)
    with writing(database) as conn:
        tell(conn, "old", "sequel", {**said, "quote": "The words that say it"}, outlet="Tribune")
        shown(conn, "old", **after)
    look(database, ALL, later=2)
    with reading(database) as conn:
        told = [row for row in alerts.events(conn) if row["kind"] == kind]
    assert [row["body"]["quotes"][0]["quote"] for row in told] == ["The words that say it"]
    assert told[0]["body"]["quotes"][0]["url"] == "https://news.example/sequel"
    assert kind in kinds(database)
    assert messages(database) == 1, "what one run finds of one project is one message"


def test_a_value_that_swings_back_and_forth_without_new_words_is_told_once(database: Engine) -> None:
    begun(database, ALL)
    with writing(database) as conn:
        shown(conn, "old", capacity_mw=40.0)
        tell(conn, "old", "one", capacity(40), published="2026-11-20")
        tell(conn, "old", "two", capacity(500), published="2026-11-21")
    look(database, ALL, later=1, quiet=True)
    for minute, value in enumerate((500.0, 40.0, 500.0, 40.0, 500.0)):
        with writing(database) as conn:
            shown(conn, "old", capacity_mw=value)
        look(database, ALL, later=2 + minute)
    assert kinds(database) == ["capacity_changed", "capacity_changed"]


def test_contradictions_are_told_once_with_both_values(database: Engine) -> None:
    begun(database, ALL)
    with writing(database) as conn:
        tell(conn, "old", "minister", capacity(500, "500 MW says the minister"), outlet="A")
        tell(conn, "old", "operator", capacity(386, "386 MW says the operator"), outlet="B")
    look(database, ALL, later=1)
    look(database, ALL, later=2)
    with reading(database) as conn:
        (told,) = (row for row in alerts.events(conn) if row["kind"] == "contradiction")
    assert told["body"]["values"] == [{"a": "386 MW", "b": "500 MW"}]
    assert {quote["quote"] for quote in told["body"]["quotes"]} == {"500 MW says the minister", "386 MW says the operator"}
    assert kinds(database).count("contradiction") == 1


def test_news_published_long_ago_is_recorded_and_not_sent(database: Engine) -> None:
    begun(database, ALL)
    with writing(database) as conn:
        tell(conn, "archive", "archive", published="2024-05-07")
        tell(conn, "monthly", "monthly", published="2026-11")
    look(database, ALL, later=1)
    with reading(database) as conn:
        assert {row["subject"]: row["held"] for row in alerts.events(conn) if row["held"] != "first_run"} == {
            "archive": "old", "monthly": None}


@pytest.mark.parametrize("trigger", ["reprocess", "audit"])
def test_reading_again_what_is_stored_makes_no_alert(database: Engine, trigger: str) -> None:
    from crawler.alerts.watch import QUIET

    assert trigger in QUIET
    begun(database, ALL)
    with writing(database) as conn:
        shown(conn, "old", capacity_mw=900.0, status="cancelled")
        tell(conn, "found-again", "found-again")
    assert look(database, ALL, later=1, quiet=True).events == 0
    assert look(database, ALL, later=2).events == 0


def test_old_articles_that_move_to_another_project_are_no_new_project(database: Engine) -> None:
    begun(database, ALL)
    with writing(database) as conn:
        tell(conn, "dakhla", "one")
    look(database, ALL, later=1)
    with writing(database) as conn:
        found = projects.get(conn, "dakhla")
        assert found is not None
        (article,) = projects.articles_of(conn, int(found["id"]))
        projects.unlink(conn, article)
        projects.link(conn, article, projects.create(conn, "split", "Split"), role="main")
        projects.delete_unlinked(conn)
    look(database, ALL, later=2)
    assert kinds(database) == ["new_project"]
    with reading(database) as conn:
        assert set(alerts.states(conn, "project")) == {"old", "split"}


def test_what_a_killed_run_left_untold_is_found_by_the_next(database: Engine) -> None:
    begun(database, ALL)
    with writing(database) as conn:  # stored, then the process dies before its look
        tell(conn, "dakhla", "one")
    with writing(database) as conn:
        tell(conn, "tanger", "two")
    look(database, ALL, later=5)
    assert kinds(database) == ["new_project", "new_project"]
    assert messages(database) == 2


def test_many_projects_at_once_are_one_message(database: Engine) -> None:
    begun(database, ALL)
    with writing(database) as conn:
        for number in range(25):
            tell(conn, f"p{number}", f"a{number}")
    look(database, ALL, later=1)
    assert len(kinds(database)) == 25
    assert messages(database) == 1


@pytest.mark.parametrize(("filters", "told"), [
    ({}, True), ({"countries": ["MA"]}, True), ({"countries": ["EG"]}, False), ({"min_mw": 50}, True),
    ({"min_mw": 501}, False), ({"languages": ["fr"]}, True), ({"languages": ["ar"]}, False),
    ({"projects": ["dakhla"]}, True), ({"projects": ["other"]}, False), ({"statuses": ["agreement"]}, True),
    ({"statuses": ["cancelled"]}, False), ({"followed": True}, False), ({"min_usd": 1}, False),
])
def test_filters(database: Engine, filters: dict[str, Any], told: bool) -> None:
    own = rules(rules=[rule("new_project", **filters)])
    begun(database, own)
    with writing(database) as conn:
        tell(conn, "dakhla", "one")
        shown(conn, "dakhla", country="MA", capacity_mw=500.0, status="agreement")
    look(database, own, later=1)
    assert bool(kinds(database)) is told


def test_followed_projects(database: Engine) -> None:
    own = rules(rules=[rule("new_story", followed=True)])
    begun(database, own)
    with writing(database) as conn:
        for action, target, undone in (("follow", "old", None), ("follow", "b", None), ("unfollow", "b", None),
                                       ("follow", "c", "2026-01-01")):
            conn.execute(text("INSERT INTO decisions (made_at, who, action, target, undone_at) "
                              "VALUES ('2026-01-01', 'me', :action, :target, :undone)"),
                         {"action": action, "target": target, "undone": undone})
        assert alerts.followed(conn) == {"old"}
        tell(conn, "old", "sequel")
    look(database, own, later=1)
    assert kinds(database) == ["new_story"]


def test_a_threshold_is_told_when_it_is_passed_and_never_again(database: Engine) -> None:
    own = rules(rules=[rule("threshold", countries=["MA"], min_mw=50)])
    begun(database, own)
    with writing(database) as conn:
        tell(conn, "dakhla", "one")
        shown(conn, "dakhla", country="MA", capacity_mw=40.0)
    look(database, own, later=1)
    assert kinds(database) == []
    for minute, value in enumerate((60.0, 30.0, 80.0)):
        with writing(database) as conn:
            shown(conn, "dakhla", capacity_mw=value)
        look(database, own, later=2 + minute)
    assert kinds(database) == ["threshold"]


def test_a_broken_source_is_told_once_and_so_is_its_recovery(database: Engine) -> None:
    begun(database, ALL)

    def state(word: str, since: str, minute: int, *, enabled: bool = True) -> None:
        with writing(database) as conn:
            conn.execute(text("DELETE FROM sources"))
            conn.execute(text("INSERT INTO sources (id, name, kind, country, languages, state, state_since, enabled) "
                              "VALUES ('s', 'S', 'general', 'MA', 'fr', :word, :since, :enabled)"),
                         {"word": word, "since": since, "enabled": enabled})
        look(database, ALL, later=minute)

    for minute, word in enumerate(("ok", "failing", "failing", "dead", "quiet", "ok", "quiet"), 1):
        state(word, f"2026-11-22T10:0{minute}:00Z", minute)
    assert kinds(database) == ["source_broken", "source_recovered"]
    state("dead", "2026-11-23T10:00:00Z", 20)
    state("dead", "2026-11-23T10:00:00Z", 21, enabled=False)
    assert kinds(database) == ["source_broken", "source_broken", "source_recovered"]


def test_contradictions_of_some_projects_are_those_of_the_view(database: Engine) -> None:
    with writing(database) as conn:
        for number in range(45):
            tell(conn, f"p{number}", f"a{number}", capacity(100 + number), outlet="A")
            tell(conn, f"p{number}", f"b{number}", capacity(200 + number), outlet="B")
    with reading(database) as conn:
        rows = [tuple(row) for row in conn.execute(text("SELECT project_id, value_a, value_b FROM project_conflicts"))]
        found = alerts.conflicts(conn, projects.all_ids(conn))
    assert len(rows) == 45
    assert sorted((n, r["value_a"], r["value_b"]) for n, group in found.items() for r in group) == sorted(rows)
    with reading(database) as conn:
        assert list(alerts.conflicts(conn, [rows[0][0]])) == [rows[0][0]]
