from __future__ import annotations

from sqlalchemy import Engine, select

from storage import stories
from storage.engine import writing
from storage.schema import articles
from storage.schema import stories as table
from tests.storage.rows import add_article


def test_the_lead_is_the_first_published(database: Engine) -> None:
    with writing(database) as conn:
        undated = add_article(conn, "a")
        day = add_article(conn, "b", published_at="2024-05-08", language="fr", title="Le jour")
        hour = add_article(conn, "c", published_at="2024-05-08T09:00:00Z", language="fr", title=None)
        story = stories.new_story(conn, undated)
        for article in (day, hour):
            other = stories.new_story(conn, article)
            stories.assign(conn, article, story)
            stories.refresh(conn, [story, other])
        # an exact time stands before the day alone: who is known to have been first leads
        row = conn.execute(select(table)).one()
        assert tuple(row) == (story, hour, None, "fr", "2024-05-08T09:00:00Z", 3)
        assert stories.members(conn, story) == [hour, day, undated]
        assert stories.all_ids(conn) == [story]


def test_a_story_without_articles_goes(database: Engine) -> None:
    with writing(database) as conn:
        story = stories.new_story(conn, add_article(conn, "a"))
        conn.execute(articles.delete())
        stories.refresh(conn, [story, story + 1])
        assert stories.all_ids(conn) == []
