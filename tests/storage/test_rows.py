from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import Engine, insert, select, text

from storage.engine import reading, writing
from storage.rows import LONGEST_URL, chunks, storable, upsert, url_key
from storage.schema import article_subjects, pages, runs, sources
from tests.storage.rows import add_article


def test_chunks_keep_the_order() -> None:
    assert list(chunks(range(5), 2)) == [[0, 1], [2, 3], [4]]
    assert list(chunks([])) == []


@given(st.text())
def test_what_is_stored_is_as_long_as_what_was_given(given_text: str) -> None:
    stored = storable(given_text)
    assert len(stored) == len(given_text)
    stored.encode()
    assert "\0" not in stored


def test_text_that_no_database_takes(database: Engine) -> None:
    with writing(database) as conn:
        article = add_article(conn, "a", title="a\0b \ud800", authors=["x\0"])
        row = {"article_id": article, "subject": 0, "role": "main", "body": {"a\0": ["\udfff"]}}
        upsert(conn, article_subjects, [row], ["article_id", "subject"])
    with reading(database) as conn:
        assert conn.execute(text("SELECT title, authors FROM articles")).one() == ("a\ufffdb \ufffd", '["x\ufffd"]')
        assert conn.execute(select(article_subjects.c.body)).scalar_one() == {"a\ufffd": ["\ufffd"]}


def test_an_upsert_writes_only_what_a_row_names(database: Engine) -> None:
    with writing(database) as conn:
        upsert(conn, pages, [{"url": "u", "outcome": "listing", "etag": "x"}, {"url": "v", "outcome": "timeout"}],
               ["url"])
        assert upsert(conn, pages, [{"url": "u", "outcome": "matched"}, {"url": "u", "outcome": "off_topic"},
                                    {"url": "v", "outcome": "timeout", "etag": None}], ["url"]) == 2
        rows = conn.execute(select(pages.c.url, pages.c.outcome, pages.c.etag).order_by(pages.c.url)).all()
    assert rows == [("u", "off_topic", "x"), ("v", "timeout", None)]


def test_a_column_that_is_not_there_is_an_error(database: Engine) -> None:
    with pytest.raises(Exception, match="colour"), writing(database) as conn:
        upsert(conn, pages, [{"url": "u", "outcome": "matched", "colour": "red"}], ["url"])


@given(st.text(max_size=3000))
def test_a_url_key_fits_into_an_index(url: str) -> None:
    assert len(url_key(url).encode()) <= LONGEST_URL
    assert url_key(url_key(url)) == url_key(url)


def test_long_urls_stay_apart() -> None:
    long = "https://example.org/" + "é" * 3000
    assert url_key(long) != url_key(long + "x")
    assert url_key(long).startswith("https://example.org/éé")


def test_json_and_truth_look_the_same_in_both(database: Engine) -> None:
    with writing(database) as conn:
        conn.execute(insert(runs), {"trigger": "crawl", "started_at": "x", "outcomes": {"matched": 1, "é": 2}})
        upsert(conn, sources, [{"id": "b", "name": "b", "kind": "tech", "country": "MA", "enabled": False}], ["id"])
    with reading(database) as conn:
        assert conn.execute(text("SELECT outcomes FROM runs")).scalar_one() == '{"matched":1,"é":2}'
        assert conn.execute(text("SELECT id FROM sources WHERE NOT enabled")).scalar_one() == "b"


def test_text_sorts_by_code_point_in_both(database: Engine) -> None:
    with writing(database) as conn:
        upsert(conn, pages, [{"url": url, "outcome": "matched"} for url in ("é", "z", "Z", "a-b", "ab", "ا")], ["url"])
        assert conn.execute(text("SELECT url FROM pages ORDER BY url")).scalars().all() == [
            "Z", "a-b", "ab", "z", "é", "ا"]
