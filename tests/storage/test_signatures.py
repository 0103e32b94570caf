from __future__ import annotations

from sqlalchemy import Connection, Engine

from storage import signatures
from storage.engine import writing
from tests.storage.rows import add_article

LOW, HIGH = -(2 ** 63), 2 ** 63 - 1


def signed(conn: Connection, name: str, bands: list[int], content: str = "", **columns: object) -> int:
    article = add_article(conn, name, **columns)
    signatures.save(conn, article, sig_version=1, signature=name.encode(), content_hash=content or name,
                    band_keys=bands, fresh=True)
    return article


def found(conn: Connection, bands: list[int], content: str = "", most: int = 9) -> list[int]:
    return sorted(row.article_id for row in signatures.neighbours(conn, bands, content, most=most))


def test_neighbours_share_a_band_or_the_whole_text(database: Engine) -> None:
    with writing(database) as conn:
        one, two = signed(conn, "one", [LOW, 5, 5]), signed(conn, "two", [LOW, HIGH])
        same = signed(conn, "same", [7], "text")
        signed(conn, "far", [8])
        assert found(conn, [LOW, HIGH], "text") == sorted([one, two, same])
        assert found(conn, [LOW, HIGH], most=1) == [two]
        assert found(conn, [], "text") == []
        row = next(row for row in signatures.neighbours(conn, [5], "", most=9))
        assert row._asdict() == {"article_id": one, "sig_version": 1, "signature": b"one", "content_hash": "one"}


def test_a_new_signature_takes_the_old_ones_place(database: Engine) -> None:
    with writing(database) as conn:
        article = signed(conn, "a", [1, 2])
        signatures.save(conn, article, sig_version=2, signature=b"new", content_hash="n", band_keys=[3])
        assert found(conn, [1, 2]) == []
        assert [row["sig_version"] for row in signatures.of_articles(conn, [article, 99])] == [2]


def test_what_joining_must_know_without_the_text(database: Engine) -> None:
    with writing(database) as conn:
        article = add_article(conn, "a", source_id="s", outlet="O", published_at="2024-05-02", text="Long text")
        assert signatures.light(conn, [article, 99]) == {article: {
            "id": article, "story_id": None, "source_id": "s", "language": "en", "outlet": "O",
            "published_at": "2024-05-02", "canonical_url": "https://example.org/a", "title": "Title of a"}}
        assert signatures.text_of(conn, article) == ("Long text", "s")
        assert signatures.text_of(conn, 99) == ("", None)


def test_relations_are_made_anew_for_the_articles_that_were_asked(database: Engine) -> None:
    with writing(database) as conn:
        a, b, c = (add_article(conn, name) for name in "abc")
        follows = {"article_id": b, "other_id": a, "kind": "follow_up", "score": 0.5}
        holds = {"article_id": c, "other_id": b, "kind": "contains", "score": 0.9}
        signatures.relate(conn, [a, b], [follows, follows, holds])
        assert signatures.relations(conn, b) == [follows, holds]
        signatures.relate(conn, [c], [])
        assert signatures.relations(conn, b) == [follows]
        signatures.relate(conn, [b], [{**follows, "score": 0.6}])
        assert signatures.relations(conn, a) == [{**follows, "score": 0.6}]
