from __future__ import annotations

import time
from typing import Any

import pytest
from sqlalchemy import Connection, Engine, text

from storage import claims, projects
from storage.dossier import dossier, project_list, slugs
from storage.engine import reading, writing
from tests.storage.rows import add_article, claim, says


def conflicts(conn: Connection) -> list[tuple[Any, ...]]:
    query = """SELECT v.kind, v.value_a, v.value_b, a.url, b.url FROM project_conflicts v
               JOIN articles a ON a.id = v.article_a JOIN articles b ON b.id = v.article_b ORDER BY 1, 2, 3"""
    return [(kind, one, other, first.rsplit("/", 1)[1], second.rsplit("/", 1)[1])
            for kind, one, other, first, second in conn.execute(text(query))]


def mw(project: int, number: float, stage: str = "total", **columns: Any) -> dict[str, Any]:
    return claim(project, "capacity", number, unit="MW", stage=stage, **columns)


def test_organizations_by_articles_that_name_them(database: Engine) -> None:
    with writing(database) as conn:
        project = projects.create(conn, "p", "P")
        says(conn, project, "a", claim(project, "organization", "Pegatron"), claim(project, "organization", "AMDIE"))
        says(conn, project, "b", claim(project, "organization", "Pegatron"), role="mentioned")
        says(conn, project, "c", claim(project, "organization", "Foxconn", modality="denied"))
        rows = conn.execute(text("SELECT * FROM project_organizations ORDER BY article_count DESC")).all()
    assert rows == [(project, "Pegatron", 2), (project, "AMDIE", 1)]


def test_the_timeline_puts_milestones_at_their_own_dates(database: Engine) -> None:
    with writing(database) as conn:
        project = projects.create(conn, "p", "P")
        article = says(
            conn, project, "a", claim(project, "milestone", "signing", date="2024-05-08", quote="signed"),
            claim(project, "milestone", "operational", date="2026"), claim(project, "milestone", "construction_start"),
            mw(project, 386.0), claim(project, "investment", 500e6, unit="USD"), claim(project, "status", "agreement"),
            claim(project, "doubt", "scale", modality="questioned"), claim(project, "city", "Tétouan"),
            mw(project, 40.5, "initial", modality="denied"), published_at="2024-05-09T08:30:00Z", outlet="Le Journal",
            language="fr")
        rows = conn.execute(text("SELECT * FROM project_timeline ORDER BY date, event")).mappings().all()
    assert [(row["date"], row["event"], row["value_text"]) for row in rows] == [
        ("2024-05-08", "signing", "signing"), ("2024-05-09", "capacity", "386 MW"), ("2024-05-09", "doubt", "scale"),
        ("2024-05-09", "investment", "500000000 USD"), ("2024-05-09", "status", "agreement"),
        ("2026", "operational", "operational")]
    assert list(rows[0])[:8] == [
        "project_id", "date", "event", "value_text", "article_id", "outlet", "language", "quote"]
    assert tuple(rows[0].values())[4:8] == (article, "Le Journal", "fr", "signed")


@pytest.mark.parametrize(("number", "printed"), [
    (386.0, "386 MW"), (38.5, "38.5 MW"), (0.1, "0.1 MW"), (0.0, "0 MW"), (123456789012.0, "123456789012 MW")])
def test_numbers_are_written_as_people_write_them(database: Engine, number: float, printed: str) -> None:
    with writing(database) as conn:
        project = projects.create(conn, "p", "P")
        says(conn, project, "a", mw(project, number))
        assert conn.execute(text("SELECT value_text FROM project_timeline")).scalar_one() == printed


def test_numbers_beyond_all_measure_break_no_view(database: Engine) -> None:
    with writing(database) as conn:
        project = projects.create(conn, "p", "P")
        says(conn, project, "a", mw(project, 1e300))
        assert conn.execute(text("SELECT value_text FROM project_timeline")).scalar_one().startswith("1")


def test_values_of_one_thing_that_differ_are_a_conflict(database: Engine) -> None:
    with writing(database) as conn:
        project = projects.create(conn, "p", "P")
        says(conn, project, "minister", mw(project, 500), published_at="2024-05-08")
        says(conn, project, "operator", mw(project, 386, "unspecified"), published_at="2024-05-07")
        says(conn, project, "copy", mw(project, 386), published_at="2024-05-09")
        says(conn, project, "rounded", mw(project, 497), published_at="2024-05-09")
        says(conn, project, "first-stage", mw(project, 40, "initial"), published_at="2024-05-09")
        says(conn, project, "phase", mw(project, 41, "phase"), published_at="2024-05-09")
        says(conn, project, "denied", mw(project, 900, modality="denied"), published_at="2024-05-09")
        says(conn, project, "passing", mw(project, 700), role="mentioned", published_at="2024-05-09")
        assert conflicts(conn) == [("capacity", "386 MW", "497 MW", "operator", "rounded"),
                                   ("capacity", "386 MW", "500 MW", "operator", "minister")]
        says(conn, project, "other-stage", mw(project, 50, "initial"), published_at="2024-05-10")
        assert ("capacity", "40 MW", "50 MW", "first-stage", "other-stage") in conflicts(conn)


def test_sums_are_compared_in_one_currency(database: Engine) -> None:
    with writing(database) as conn:
        project = projects.create(conn, "p", "P")
        for name, amount, unit in (("a", 500e6, "USD"), ("b", 460e6, "EUR"), ("c", 600e6, "USD"), ("d", 600e6, None)):
            says(conn, project, name, claim(project, "investment", amount, unit=unit))
        assert conflicts(conn) == [("investment", "500000000 USD", "600000000 USD", "a", "c")]


def test_one_article_contradicts_nobody(database: Engine) -> None:
    with writing(database) as conn:
        project = projects.create(conn, "p", "P")
        says(conn, project, "both", mw(project, 386), mw(project, 500), published_at="2024-01-01")
        assert conflicts(conn) == []
        # the earliest example of either value is one and the same article: the next one stands in
        says(conn, project, "late", mw(project, 500), published_at="2024-02-01")
        assert conflicts(conn) == [("capacity", "386 MW", "500 MW", "both", "late")]


def test_cities_conflict_unless_an_article_names_both(database: Engine) -> None:
    with writing(database) as conn:
        one, two = projects.create(conn, "p", "P"), projects.create(conn, "q", "Q")
        says(conn, one, "a", claim(one, "city", "Dakhla"))
        says(conn, one, "b", claim(one, "city", "Dakhla"), claim(one, "city", "El Argoub"))
        assert conflicts(conn) == []
        says(conn, one, "c", claim(one, "city", "Tétouan"))
        says(conn, two, "d", claim(two, "city", "Casablanca"))
        assert conflicts(conn) == [("city", "Dakhla", "Tétouan", "a", "c"), ("city", "El Argoub", "Tétouan", "b", "c")]


def test_the_example_does_not_depend_on_the_order_of_arrival(database: Engine) -> None:
    names = ["a", "b", "c", "d"]
    with writing(database) as conn:
        for slug, order in (("p", names), ("q", names[::-1])):
            project = projects.create(conn, slug, slug)
            for name in order:
                says(conn, project, f"{slug}-{name}", mw(project, 100 if name in "ab" else 200), published_at="2024-05")
        examples = [row[3:] for row in conflicts(conn)]
    assert sorted(examples) == [("p-a", "p-c"), ("q-a", "q-c")]


def test_the_list_and_the_dossier(database: Engine) -> None:
    with writing(database) as conn:
        project, small = projects.create(conn, "p", "P"), projects.create(conn, "q", "Q")
        says(conn, project, "a", mw(project, 386), claim(project, "doubt", "scale"), outlet="One")
        says(conn, project, "b", mw(project, 500), claim(project, "organization", "Pegatron"), outlet="Two")
        projects.update(conn, project, {"country": "MA", "status": "agreement", "capacity_mw": 500})
        article = add_article(conn, "c")
        projects.link(conn, article, small, role="mentioned")
        claims.replace(conn, article, [claim(small, "city", "Dakhla")])
        projects.refresh_counts(conn, [project, small])
    with reading(database) as conn:
        listed = project_list(conn)
        assert [(row["slug"], row["doubts"], row["outlets"]) for row in listed] == [("p", 1, 2)]
        assert [row["slug"] for row in project_list(conn, mentioned=True)] == ["p", "q"]
        assert project_list(conn, country="FR") == project_list(conn, status="cancelled") == []
        assert project_list(conn, min_mw=501) == []
        assert len(project_list(conn, country="MA", status="agreement", min_mw=500)) == 1
        found = dossier(conn, "p")
        assert found is not None
        assert (len(found.claims), len(found.articles), len(found.conflicts), len(found.timeline)) == (4, 2, 1, 3)
        assert dossier(conn, "r") is None
        assert slugs(conn) == ["p", "q"]


def test_a_project_of_hundreds_of_articles_is_no_burden(database: Engine) -> None:
    with writing(database) as conn:
        project = projects.create(conn, "p", "P")
        for n in range(300):
            says(conn, project, f"a{n}", claim(project, "city", "ABC"[n % 3]), mw(project, 100.0 + n % 5))
    started = time.monotonic()
    with reading(database) as conn:
        assert len(conflicts(conn)) == 3 + 6  # neighbours are not 1 % apart
    assert time.monotonic() - started < 2
