from __future__ import annotations

from sqlalchemy import Connection, Engine, select

from storage import stories
from storage.engine import writing
from storage.schema import articles
from storage.schema import stories as table
from tests.storage.rows import add_article


def signed(conn: Connection, name: str, bands: list[int], content: str = "", **columns: object) -> int:
    article = add_article(conn, name, **columns)
    stories.save_signature(conn, article, sig_version=1, signature=name.encode(), content_hash=content or name,
                           band_keys=bands)
    return article


def test_candidates_share_a_band_or_the_whole_text(database: Engine) -> None:
    low, high = -(2 ** 63), 2 ** 63 - 1
    with writing(database) as conn:
        ids = {
            "one": signed(conn, "one", [low, 5, 5], published_at="2024-05-02", source_id="s", outlet="O"),
            "two": signed(conn, "two", [low, high], published_at="2024-05-03"),
            "same": signed(conn, "same", [7], "text"), "far": signed(conn, "far", [8]),
        }
        found = stories.candidates(conn, [low, high], content_hash="text")
        assert [(row["article_id"], row["shared"]) for row in found] == [
            (ids["two"], 2), (ids["one"], 1), (ids["same"], -1)]
        assert found[1] == {
            "article_id": ids["one"], "story_id": None, "language": "en", "source_id": "s", "outlet": "O",
            "published_at": "2024-05-02", "canonical_url": "https://example.org/one", "signature": b"one",
            "sig_version": 1, "content_hash": "one", "shared": 1}
        assert [row["article_id"] for row in stories.candidates(conn, [low, high], limit=1)] == [ids["two"]]
        assert stories.candidates(conn, []) == []


def test_a_new_signature_takes_the_old_ones_place(database: Engine) -> None:
    with writing(database) as conn:
        article = signed(conn, "a", [1, 2])
        stories.save_signature(conn, article, sig_version=2, signature=b"new", content_hash="n", band_keys=[3])
        assert stories.candidates(conn, [1, 2]) == []
        assert [row["sig_version"] for row in stories.candidates(conn, [3])] == [2]


def test_the_lead_is_the_first_published(database: Engine) -> None:
    with writing(database) as conn:
        undated = add_article(conn, "a")
        day = add_article(conn, "b", published_at="2024-05-08", language="fr", title="Le jour")
        hour = add_article(conn, "c", published_at="2024-05-08T09:00:00Z", language="fr", title=None)
        story = stories.new_story(conn, undated)
        for article in (day, hour):
            other = stories.new_story(conn, article)
            assert stories.assign(conn, article, story) == other
            assert stories.assign(conn, article, story) is None
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
