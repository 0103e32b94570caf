"""A dossier as text: reasons, contradictions with quotes, changes of value, who was first, corrections, blind weeks."""

from __future__ import annotations

import io
from typing import Any

import pytest
from rich.console import Console
from sqlalchemy import Engine, update

from crawler.commands.projects import show_dossier
from crawler.commands.projects.values import isolated, money, number, pretty
from storage import articles, claims, decisions, projects, sources, versions
from storage.dossier import dossier
from storage.engine import reading, writing
from storage.schema import articles as article_table
from storage.schema import source_weeks
from tests.storage.rows import claim, says


def mw(project: int, value: float, **columns: Any) -> dict[str, Any]:
    return claim(project, "capacity", value, unit="MW", stage="total", **columns)


@pytest.fixture
def told(database: Engine) -> Engine:
    """One project, told by three outlets, one of which corrected itself, in a month with a blind week."""
    with writing(database) as conn:
        p = projects.create(conn, "dakhla-ma", "مركز الداخلة")
        says(conn, p, "a", mw(p, 386, quote="of 386 MW"), published_at="2025-11-04", outlet="Le360", language="fr")
        arabic = says(conn, p, "b", mw(p, 500, quote="بقدرة 500 ميغاواط"), published_at="2025-11-09", outlet="العمق",
                      language="ar")
        row = articles.get(conn, arabic)
        assert row is not None
        versions.add(conn, {**row, "title": "Before"}, "2025-11-10T08:00:00Z")
        claims.replace(conn, arabic, [mw(p, 50, quote="بقدرة 50 ميغاواط")])
        sources.sync(conn, [{"id": "le360", "name": "Le360", "kind": "general", "country": "MA"}])
        conn.execute(source_weeks.insert(), [
            {"source_id": "le360", "week": "2025-11-03", "received": 5, "visits": 2, "failures": 0},
            {"source_id": "le360", "week": "2025-11-10", "received": 0, "visits": 4, "failures": 4}])
        conn.execute(update(article_table).where(article_table.c.outlet == "Le360").values(source_id="le360"))
        projects.update(conn, p, {"country": "MA", "capacity_mw": 386.0, "first_reported_at": "2025-11-04", "why": {
            "capacity_mw": {"text": "386 MW: Le360, 2025-11-04; 1 of 2 outlets"}}})
        decisions.add(conn, at="2025-11-12T00:00:00Z", who="ana", action="merge", target="dakhla-ma",
                      arguments={"other": "atlas-dakhla-ma"}, reason="one campus")
    return database


def printed(engine: Engine, slug: str = "dakhla-ma", *, terminal: bool = False) -> str:
    with reading(engine) as conn:
        found = dossier(conn, slug, until="2025-11-17")
    assert found is not None
    out = io.StringIO()
    show_dossier(Console(file=out, width=220, force_terminal=terminal, no_color=True), found)
    return out.getvalue()


def test_a_dossier_tells_all_of_it(told: Engine) -> None:
    text = printed(told)
    for line in ("386 MW: Le360, 2025-11-04; 1 of 2 outlets",       # why it is shown
                 "386 MW → 50 MW on 2025-11-09, العمق: بقدرة 50 ميغاواط",  # how the value went
                 "blind to Le360 from 2025-11-10 to 2025-11-16: every visit failed"):
        assert line in text
    rows = [[cell.strip() for cell in line.strip("│").split("│")] for line in text.splitlines() if line.startswith("│")]
    assert ["capacity", "50 MW (العمق)", "بقدرة 50 ميغاواط", "386 MW (Le360)", "of 386 MW"] in rows
    assert ["العمق", "ar", "2025-11-09", "5", ""] in rows
    assert ["2025-11-10", "العمق", "capacity 500 MW", "capacity 50 MW", "بقدرة 50 ميغاواط"] in rows
    assert ["2025-11-10", "العمق", "Before", "Title of b", "the headline"] in rows
    assert ["1", "2025-11-12", "ana", "merge", "one campus", ""] in rows


def test_a_merged_slug_leads_to_the_same_dossier(told: Engine) -> None:
    assert printed(told, "atlas-dakhla-ma") == printed(told)
    with reading(told) as conn:
        assert dossier(conn, "nowhere") is None


def test_right_to_left_is_set_apart_on_a_terminal_only(told: Engine) -> None:
    assert "\u2068" not in printed(told)
    assert "\u2068العمق\u2069" in printed(told, terminal=True)
    console = Console(file=io.StringIO(), force_terminal=True)
    assert isolated("Le360", console) == "Le360"
    assert isolated("\x1b[31mالعمق\u202e", console) == "\u2068[31mالعمق\u2069"


@pytest.mark.parametrize(("shown", "expected"), [
    (number(386.0), "386"), (number(1.5), "1.5"), (number(None), ""), (money(5e8, "USD"), "500 M USD"),
    (money(1.25e9, None), "1.25 bn"), (money(900.0, "MAD"), "900 MAD"), (money(None, "USD"), ""),
    (pretty("1200000000 USD"), "1.2 bn USD"), (pretty("386 MW"), "386 MW"), (pretty(None), ""),
])
def test_values_as_people_write_them(shown: str, expected: str) -> None:
    assert shown == expected
