from __future__ import annotations

import pytest
from sqlalchemy import Engine
from sqlalchemy.exc import IntegrityError

from storage import projects, stories
from storage.engine import writing
from tests.storage.rows import add_article, says


def test_a_slug_is_unique_and_kept(database: Engine) -> None:
    with writing(database) as conn:
        ids = [projects.create(conn, slug, "Iozera") for slug in ("iozera", "iozera", "", "iozera")]
        rows = [projects.get(conn, number) for number in ids]
        assert [row["slug"] for row in rows if row] == ["iozera", "iozera-2", "project", "iozera-3"]
        projects.update(conn, ids[0], {"name": "Iozera Tétouan", "capacity_mw": 386, "doubted": True})
        row = projects.get(conn, "iozera")
        assert row is not None
        assert (row["id"], row["name"], row["capacity_mw"], row["doubted"], row["status_inferred"]) == (
            ids[0], "Iozera Tétouan", 386.0, True, False)
        projects.update(conn, ids[0], {})
        assert projects.get(conn, "nothing") is None
        with pytest.raises(ValueError, match="never change"):
            projects.update(conn, ids[0], {"slug": "other"})


def test_links_have_a_role_a_score_and_reasons(database: Engine) -> None:
    with writing(database) as conn:
        article = add_article(conn, "a")
        main, other = projects.create(conn, "p", "P"), projects.create(conn, "q", "Q")
        projects.link(conn, article, other, role="main", score=0.4)
        projects.link(conn, article, other, role="mentioned", score=0.5, reasons=["same city"])
        projects.link(conn, article, main, role="main", score=0.9, reasons=["name"], runner_up=other, decision="review",
                      subject=1)
        assert projects.links(conn, article) == [
            {"article_id": article, "project_id": main, "role": "main", "score": 0.9, "reasons": ["name"],
             "runner_up": other, "decision": "review", "subject": 1},
            {"article_id": article, "project_id": other, "role": "mentioned", "score": 0.5, "reasons": ["same city"],
             "runner_up": None, "decision": "linked", "subject": None}]
        assert projects.articles_of(conn, other) == [article]
        assert projects.articles_of(conn, other, role="main") == []
        assert projects.unlink(conn, article, other) == {other}
        assert projects.unlink(conn, article) == {main}
        assert projects.unlink(conn, article) == set()


@pytest.mark.parametrize("roles", [("main", "main"), ("main", "other")])
def test_an_article_has_one_main_project(database: Engine, roles: tuple[str, str]) -> None:
    with writing(database) as conn:
        article = add_article(conn, "a")
        ids = [projects.create(conn, slug, slug) for slug in "pq"]
        projects.link(conn, article, ids[0], role=roles[0])
    with pytest.raises(IntegrityError), writing(database) as conn:
        projects.link(conn, article, ids[1], role=roles[1])


def test_told_by_enough_stories_that_are_older_than_the_run(database: Engine) -> None:
    with writing(database) as conn:
        project = projects.create(conn, "p", "P")
        ids = [says(conn, project, name) for name in "abc"]
        for article in ids:
            stories.new_story(conn, article)
        stories.assign(conn, ids[2], stories.new_story(conn, ids[1]))
        assert projects.is_told_by(conn, project, 2, ())
        assert not projects.is_told_by(conn, project, 3, ())
        assert projects.is_told_by(conn, project, 2, {ids[2]})
        assert not projects.is_told_by(conn, project, 2, {ids[0]})
        assert projects.linked_to(conn, [project, project + 1]) == set(ids)
        assert {number: len(links) for number, links in projects.links_of(conn, [*ids, 99]).items()} == dict.fromkeys(
            ids, 1)


def test_the_project_of_a_story_is_that_of_its_first_article_that_has_one(database: Engine) -> None:
    with writing(database) as conn:
        first, second = projects.create(conn, "p", "P"), projects.create(conn, "q", "Q")
        lead, early, late = (add_article(conn, name, published_at=f"2024-05-0{day}") for name, day in (
            ("lead", 1), ("early", 2), ("late", 3)))
        story = stories.new_story(conn, lead)
        for article, project, role in ((lead, second, "mentioned"), (early, first, "main"), (late, second, "main")):
            stories.assign(conn, article, story)
            projects.link(conn, article, project, role=role)
        assert projects.main_of_story(conn, story, without=lead) == first
        assert projects.main_of_story(conn, story, without=early) == second
        assert projects.main_of_story(conn, story + 1, without=0) is None


def test_counts_are_of_articles_whose_main_project_it_is(database: Engine) -> None:
    with writing(database) as conn:
        project, empty = projects.create(conn, "p", "P"), projects.create(conn, "q", "Q")
        dates = ["2024-05", "2024-05-07", "2024-05-07T08:00:00Z", None, "2020-01-01"]
        ids = [add_article(conn, f"a{n}", published_at=date, language="fr" if n % 2 else "en")
               for n, date in enumerate(dates)]
        story = stories.new_story(conn, ids[0])
        stories.assign(conn, ids[1], story)
        for article in ids[:4]:
            projects.link(conn, article, project, role="main")
        projects.link(conn, ids[4], project, role="mentioned")
        projects.refresh_counts(conn, [project, empty])
        row, other = projects.get(conn, project), projects.get(conn, empty)
        assert row is not None
        assert other is not None
        names = ("article_count", "story_count", "first_reported_at", "last_reported_at", "languages")
        assert [row[name] for name in names] == [4, 3, "2024-05-07T08:00:00Z", "2024-05-07T08:00:00Z", "en,fr"]
        assert [other[name] for name in names] == [0, 0, None, None, ""]


def test_projects_that_nothing_links_to_go(database: Engine) -> None:
    with writing(database) as conn:
        linked, left, other = (projects.create(conn, slug, slug) for slug in "pqr")
        projects.link(conn, add_article(conn, "a"), linked, role="mentioned")
        assert projects.delete_unlinked(conn, [linked, left]) == [left]
        assert projects.all_ids(conn) == [linked, other]
        assert projects.delete_unlinked(conn) == [other]
