from __future__ import annotations

from sqlalchemy import Engine, func, select, text

from storage import articles, claims, projects, signatures, stories, subjects
from storage.engine import writing
from storage.schema import article_projects, article_signatures, article_subjects, metadata, signature_bands
from storage.schema import claims as claims_table
from tests.storage.rows import add_article, claim


def test_an_article_read_again_keeps_its_id(database: Engine) -> None:
    with writing(database) as conn:
        first = add_article(conn, "a", authors=["Ada"], relevance=0.5)
        story = stories.new_story(conn, first)
        other = add_article(conn, "b")
        assert add_article(conn, "a", title="New", authors=[]) == first != other
        row = articles.get(conn, first)
        assert row is not None
        assert (row["title"], row["authors"], row["relevance"], row["story_id"], row["matched_terms"]) == (
            "New", [], 0.5, story, [])
        assert articles.count(conn) == 2


def test_ids_are_never_used_twice(database: Engine) -> None:
    with writing(database) as conn:
        first = add_article(conn, "a")
        articles.delete(conn, [first])
        assert add_article(conn, "b") > first


def test_an_article_is_found_by_either_address(database: Engine) -> None:
    with writing(database) as conn:
        article = add_article(conn, "a", url="https://example.org/a?utm_source=x")
        for address in ("https://example.org/a", "https://example.org/a?utm_source=x"):
            found = articles.find(conn, address)
            assert found is not None
            assert found["id"] == article
        assert articles.find(conn, "https://example.org/b") is None
        assert articles.get(conn, article + 1) is None
        known = articles.known(conn, ["https://example.org/a", "https://example.org/b"])
        assert known == {"https://example.org/a": article}


def test_an_address_of_any_length(database: Engine) -> None:
    with writing(database) as conn:
        name = "ع" * 5000
        article = add_article(conn, name)
        assert articles.known(conn, [f"https://example.org/{name}"]) == {f"https://example.org/{name}": article}
        found = articles.find(conn, f"https://example.org/{name}")
        assert found is not None
        assert found["url"] == f"https://example.org/{name}"


def test_deleting_takes_all_that_hangs_on_it(database: Engine) -> None:
    with writing(database) as conn:
        article, other = add_article(conn, "a"), add_article(conn, "b")
        story = stories.new_story(conn, article)
        project = projects.create(conn, "p", "P")
        projects.link(conn, article, project, role="main")
        claims.replace(conn, article, [claim(project, "capacity", 5.0)])
        signatures.save(conn, article, sig_version=1, signature=b"s", content_hash="h", band_keys=[1, 2])
        subjects.replace(conn, article, [{"subject": 0, "role": "main", "body": {}}])
        assert articles.delete(conn, [article, 999]) == articles.Touched(frozenset({story}), frozenset({project}))
        for table in (claims_table, article_projects, article_signatures, signature_bands, article_subjects):
            assert conn.execute(select(func.count()).select_from(table)).scalar_one() == 0, table.name
        assert conn.execute(text("SELECT article_id FROM articles_search")).scalars().all() == [other]
        assert conn.execute(select(metadata.tables["stories"].c.lead_article_id)).scalar_one() is None


def test_all_articles_in_the_order_of_publication(database: Engine) -> None:
    dates = {"d": None, "c": "2024-05-08T07:00:00Z", "b": "2024-05-08", "a": "2024-05-08", "e": "2023-11"}
    with writing(database) as conn:
        ids = {name: add_article(conn, name, published_at=date, source_id="s" if name == "e" else None,
                                 fetched_at="2026-02-01T00:00:00Z" if name in "ab" else "2026-01-01T00:00:00Z")
               for name, date in dates.items()}
        assert [row["id"] for row in articles.iterate(conn, batch=2)] == [ids[name] for name in "eabcd"]
        assert [row["id"] for row in articles.of_ids(conn, ids.values())] == [ids[name] for name in "eabcd"]
        assert [row["id"] for row in articles.iterate(conn, source_id="s")] == [ids["e"]]
        assert [row["id"] for row in articles.iterate(conn, since="2026-01-15")] == [ids["a"], ids["b"]]
        assert articles.urls(conn) == [f"https://example.org/{name}" for name in "abcde"]


def test_subjects_are_replaced_as_a_whole(database: Engine) -> None:
    with writing(database) as conn:
        article = add_article(conn, "a")
        rows = [{"subject": n, "role": role, "body": {"claims": [n]}} for n, role in enumerate(["main", "mentioned"])]
        subjects.replace(conn, article, rows)
        subjects.replace(conn, article, rows[:1])
        assert subjects.of_articles(conn, [article, 999]) == {article: [{**rows[0], "article_id": article}]}
        subjects.replace(conn, article, [])
        assert subjects.of_articles(conn, [article]) == {}
