from __future__ import annotations

from sqlalchemy import Engine

from storage import claims, projects, sources
from storage.engine import writing
from tests.storage.rows import add_article, claim, says


def test_one_row_an_article_project_kind_value_and_stage(database: Engine) -> None:
    with writing(database) as conn:
        project, other = projects.create(conn, "p", "P"), projects.create(conn, "q", "Q")
        article = add_article(conn, "a")
        rows = [
            claim(project, "capacity", 386.0, unit="MW", quote="second", quote_start=50, quote_end=56),
            claim(project, "capacity", 386, unit="MW", quote="first", quote_start=10, quote_end=15),
            claim(project, "capacity", 386.0, unit="MW", stage="total"),
            claim(project, "investment", 500e6, unit="USD"), claim(project, "investment", 500e6, unit="EUR"),
            claim(project, "organization", "Pegatron"), claim(project, "organization", "Pegatron"),
            claim(other, "organization", "Pegatron"), claim(project, "doubt", "scale\0", modality="questioned"),
        ]
        assert claims.replace(conn, article, rows) == 7
        stored = claims.of_article(conn, article)
        assert [row["quote"] for row in stored if row["kind"] == "capacity" and row["stage"] != "total"] == ["first"]
        assert {row["modality"] for row in stored} == {"stated", "questioned"}
        assert claims.replace(conn, article, rows[:1]) == 1
        assert len(claims.of_article(conn, article)) == 1
        assert claims.replace(conn, article, []) == 0


def test_claims_come_with_what_weighs_them(database: Engine) -> None:
    with writing(database) as conn:
        sources.sync(conn, [{"id": "s", "name": "S", "kind": "official", "country": "MA"}])
        project = projects.create(conn, "p", "P")
        late = says(conn, project, "late", claim(project, "city", "Dakhla"), role="mentioned")
        early = says(conn, project, "early", claim(project, "city", "Dakhla"), published_at="2024-05-07", source_id="s",
                     outlet="Ministry", language="fr")
        rows = claims.of_projects(conn, [project, 999])
        assert [(row["article_id"], row["role"], row["source_kind"]) for row in rows] == [
            (early, "main", "official"), (late, "mentioned", None)]
        known = {"outlet": "Ministry", "source_id": "s", "language": "fr", "published_at": "2024-05-07",
                 "canonical_url": "https://example.org/early", "title": "Title of early", "story_id": None}
        assert {name: rows[0][name] for name in known} == known


def test_what_makes_values_the_same() -> None:
    same = {claims.value_key({"value_number": number, "unit": "MW"}) for number in (386, 386.0, 386.00000000000001)}
    assert same == {"386|MW|"}
    assert claims.value_key({"value_text": "signing"}) == "||signing"
