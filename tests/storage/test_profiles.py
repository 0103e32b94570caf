from __future__ import annotations

from sqlalchemy import Engine, select

from storage import lines, profiles, projects, unsettled
from storage.engine import writing
from storage.schema import project_keys
from tests.storage.rows import add_article


def test_keys_find_their_projects_newest_first_and_stop(database: Engine) -> None:
    with writing(database) as conn:
        one, two, three = (projects.create(conn, slug, slug) for slug in "pqr")
        profiles.set_keys(conn, one, {("city", "dakhla"): 3, ("name", "old"): 1})
        profiles.set_keys(conn, one, {("city", "dakhla"): 3, ("name", "igoudar"): 2})
        profiles.set_keys(conn, two, {("city", "dakhla"): 1, ("org", "soluna"): 1})
        profiles.set_keys(conn, three, {("name", "dakhla"): 1, ("org", "soluna"): 1})
        wanted = [("city", "dakhla"), ("name", "igoudar"), ("name", "old")]
        assert profiles.holders(conn, wanted, most=9) == {
            wanted[0]: [two, one], wanted[1]: [one], wanted[2]: []}
        assert profiles.holders(conn, wanted[:1], most=1) == {wanted[0]: [two]}
        assert profiles.holders_of_both(conn, ("city", "dakhla"), ("org", "soluna"), most=9) == [two]


def test_an_article_more_gives_keys(database: Engine) -> None:
    with writing(database) as conn:
        one = projects.create(conn, "p", "P")
        for _ in range(2):
            profiles.add_keys(conn, one, {("city", "dakhla"): 1})
        profiles.add_keys(conn, one, {})
        assert conn.execute(select(project_keys)).all() == [(one, "city", "dakhla", 2)]


def test_profiles_are_kept_and_replaced(database: Engine) -> None:
    with writing(database) as conn:
        one = projects.create(conn, "p", "P")
        for articles in (1, 2):
            profiles.save(conn, one, {"articles": articles, "cities": [["dakhla", 1]]})
        assert profiles.load(conn, [one, 99]) == {one: {"articles": 2, "cities": [["dakhla", 1]]}}


def test_what_waits_to_be_settled(database: Engine) -> None:
    with writing(database) as conn:
        a, b = add_article(conn, "a"), add_article(conn, "b")
        for article in (a, b, a):
            unsettled.add(conn, article)
        unsettled.settled(conn, [b, 99])
        assert unsettled.waiting(conn) == {a}


def test_known_lines_among_those_of_a_page(database: Engine) -> None:
    with writing(database) as conn:
        for _ in range(3):
            lines.bump(conn, "s", [1, 2])
        lines.bump(conn, "s", [3])
        assert lines.known_among(conn, "s", [1, 3, 4], 3) == {1}
        assert lines.known_among(conn, "t", [1], 3) == frozenset()
