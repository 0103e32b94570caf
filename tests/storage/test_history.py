"""How a project was told over time: changes of value, who was first, corrections, and weeks in which nobody looked."""

from __future__ import annotations

from typing import Any

import pytest
from sqlalchemy import Connection, Engine, text

from storage import articles, claims, projects, sources, stories, versions
from storage.engine import reading, writing
from storage.history import Gap, blind, corrections, gaps, monday
from storage.schema import source_weeks
from tests.storage.rows import claim, says


def mw(project: int, number: float, stage: str = "total", **columns: Any) -> dict[str, Any]:
    return claim(project, "capacity", number, unit="MW", stage=stage, **columns)


def history(conn: Connection, kind: str) -> list[tuple[Any, ...]]:
    query = """SELECT date, stage, value_before, value_text, outlet FROM project_history WHERE kind = :kind
               ORDER BY date, stage, value_text"""
    return [tuple(row) for row in conn.execute(text(query), {"kind": kind})]


def test_one_line_a_change_of_the_reported_value(database: Engine) -> None:
    with writing(database) as conn:
        p = projects.create(conn, "p", "P")
        says(conn, p, "a", mw(p, 386), mw(p, 40, "initial"), published_at="2024-05-08", outlet="A")
        says(conn, p, "b", mw(p, 386), mw(p, 120, "phase"), published_at="2024-06-01", outlet="B")
        says(conn, p, "c", mw(p, 388, "unspecified"), published_at="2024-06-02", outlet="C")
        says(conn, p, "d", mw(p, 100, "unspecified"), mw(p, 500), published_at="2025-07-09T08:00:00Z", outlet="Le360")
        says(conn, p, "e", mw(p, 386), published_at="2025-07-10", outlet="A")
        says(conn, p, "f", mw(p, 900), published_at="2025-07-11", outlet="F", role="mentioned")
        says(conn, p, "g", mw(p, 900, modality="denied"), published_at="2025-07-12", outlet="G")
        says(conn, p, "h", mw(p, 900), published_at=None, outlet="H")
        found = history(conn, "capacity")
    assert found == [("2024-05-08", "initial", None, "40 MW", "A"), ("2024-05-08", "total", None, "386 MW", "A"),
                     ("2025-07-09", "total", "388 MW", "500 MW", "Le360")]


def test_sums_change_within_one_currency(database: Engine) -> None:
    with writing(database) as conn:
        p = projects.create(conn, "p", "P")
        says(conn, p, "a", claim(p, "investment", 5e8, unit="USD"), claim(p, "investment", 5e9, unit="MAD"),
             published_at="2024-05-08")
        says(conn, p, "b", claim(p, "investment", 7e8, unit="USD"), published_at="2024-06-08")
        found = [row[2:4] for row in history(conn, "investment")]
    assert sorted(found, key=str) == [("500000000 USD", "700000000 USD"), (None, "500000000 USD"),
                                      (None, "5000000000 MAD")]


@pytest.mark.parametrize(("reports", "changes"), [
    (["announced", "agreement", "announced", "under_construction", "agreement"],
     [(None, "announced"), ("announced", "agreement"), ("agreement", "under_construction")]),
    (["under_construction", "suspended", "suspended", "announced", "agreement", "under_construction"],
     [(None, "under_construction"), ("under_construction", "suspended"), ("suspended", "agreement"),
      ("agreement", "under_construction")]),
    (["suspended", "cancelled"], [(None, "suspended"), ("suspended", "cancelled")]),
    (["operational"], [(None, "operational")]),
])
def test_each_step_of_the_status(reports: list[str], changes: list[tuple[str | None, str]], database: Engine) -> None:
    with writing(database) as conn:
        p = projects.create(conn, "p", "P")
        for day, status in enumerate(reports, 1):
            says(conn, p, f"a{day}", claim(p, "status", status), published_at=f"2025-01-{day:02}")
        assert [row[2:4] for row in history(conn, "status")] == changes


def test_who_was_first_and_how_far_behind_the_others_were(database: Engine) -> None:
    with writing(database) as conn:
        p = projects.create(conn, "p", "P")
        first = says(conn, p, "a", published_at="2024-02-28T23:00:00Z", outlet="Le360", language="fr")
        copy = says(conn, p, "b", published_at="2024-03-01", outlet="Kiosk", language="fr")
        says(conn, p, "c", published_at="2025-03-01", outlet="Le360", language="fr")
        says(conn, p, "d", published_at="2025-02-28", outlet="Le360", language="ar")
        says(conn, p, "e", published_at="2024-04", outlet="Monthly", language="en")
        says(conn, p, "f", published_at=None, outlet="Undated", language="en")
        stories.assign(conn, copy, stories.new_story(conn, first))
        rows = conn.execute(text("SELECT outlet, language, first_at, lag_days, article_id, copy_of "
                                 "FROM project_first_seen")).all()
    assert sorted(tuple(row)[:4] for row in rows) == [
        ("Kiosk", "fr", "2024-03-01", 2), ("Le360", "ar", "2025-02-28", 366),
        ("Le360", "fr", "2024-02-28T23:00:00Z", 0), ("Monthly", "en", "2024-04", None), ("Undated", "en", None, None)]
    assert {row.outlet: row.copy_of for row in rows if row.copy_of} == {"Kiosk": first}
    assert {row.outlet: row.article_id for row in rows}["Kiosk"] == copy


def test_a_correction_is_told_with_both_values(database: Engine) -> None:
    with writing(database) as conn:
        p = projects.create(conn, "p", "P")
        number = says(conn, p, "a", mw(p, 500, quote="500 MW"), outlet="A")
        row = articles.get(conn, number)
        assert row is not None
        versions.add(conn, row, "2026-02-01T00:00:00Z")
        claims.replace(conn, number, [mw(p, 50, quote="50 MW")])
        found = corrections(conn, p)
    assert len(found) == 1
    assert (found[0]["outlet"], found[0]["at"]) == ("A", "2026-02-01T00:00:00Z")
    assert [(one["kind"], one["before"], one["after"]) for one in found[0]["claims"]] == [("capacity", "500 MW", "50 MW")]


def week(start: str, **columns: Any) -> dict[str, Any]:
    return {"source_id": "le360", "week": start, "expected": None, "received": 9, "matched": 0, "visits": 3,
            "failures": 0, **columns}


@pytest.mark.parametrize(("row", "why"), [
    (week("2025-11-03"), None),
    (week("2025-11-03", visits=0), "not visited"),
    (week("2025-11-03", failures=3), "every visit failed"),
    (week("2025-11-03", expected=20.0, received=2), "2 new links of about 20 expected"),
    (week("2025-11-03", expected=20.0, received=5), None),
    (week("2025-11-03", expected=2.0, received=0), None),
])
def test_which_weeks_are_blind(row: dict[str, Any], why: str | None) -> None:
    assert blind(row) == why


def test_blind_weeks_in_a_row_are_one_gap(database: Engine) -> None:
    with writing(database) as conn:
        sources.sync(conn, [
            {"id": "le360", "name": "Le360", "kind": "general", "country": "MA"},
            {"id": "kenya", "name": "Kenya", "kind": "general", "country": "KE"}])
        conn.execute(source_weeks.insert(), [
            week("2025-10-27"), week("2025-11-03", failures=3), week("2025-11-17", expected=20.0, received=0),
            {**week("2025-11-03", failures=3), "source_id": "kenya"}])
        for country, others, expected in (
                ("MA", (), [Gap("le360", "Le360", "2025-11-03", "2025-11-23", "every visit failed")]),
                ("EG", ("kenya",), [Gap("kenya", "Kenya", "2025-11-03", "2025-11-23", "every visit failed")]),
                ("EG", (), [])):
            assert gaps(conn, country=country, first="2025-10", until="2025-11-26", outlets=others) == expected


@pytest.mark.parametrize(("day", "start"), [
    ("2025-11-05", "2025-11-03"), ("2025-11-03T01:00:00Z", "2025-11-03"), ("2025-11", "2025-10-27"),
    ("2025", "2024-12-30")])
def test_mondays(day: str, start: str) -> None:
    assert monday(day).isoformat() == start


def test_the_views_answer_where_there_is_nothing(database: Engine) -> None:
    with reading(database) as conn:
        assert conn.execute(text("SELECT count(*) FROM project_history")).scalar_one() == 0
        assert conn.execute(text("SELECT count(*) FROM project_first_seen")).scalar_one() == 0
