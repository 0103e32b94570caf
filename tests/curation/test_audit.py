"""The audit rebuilds the same rows from stored pages, and names what differs where somebody changed a row."""

from __future__ import annotations

from pathlib import Path

from sqlalchemy import Engine, text

from crawler.auditing import Audit, audit
from crawler.configuration.setup import set_up
from crawler.outcomes import Outcome
from storage.comparing import Difference, Rows, differences
from storage.engine import writing
from tests.curation.room import PACKAGED, curator, members
from tests.curation.test_actions import ISLY, MRX2, TAFUKT
from tests.curation.test_exchange import decide


class Silent:
    def page(self, source_id: str, outcome: Outcome) -> None:
        pass


def audited(engine: Engine, folder: Path, name: str = "second.db") -> Audit:
    return audit(engine, set_up(PACKAGED), f"sqlite:///{folder / name}", Silent(), stopped=lambda: False)


def test_decisions_and_dropped_pages_make_no_difference(stock: Engine, tmp_path: Path) -> None:
    decide(stock)
    gone = members(stock, TAFUKT)
    with writing(stock) as conn:
        for url in gone:
            conn.execute(text("DELETE FROM raw_pages WHERE url = (SELECT url FROM articles WHERE canonical_url = :url)"),
                         {"url": url})
    curator(stock).undo()  # also a decision taken back
    found = audited(stock, tmp_path)
    assert found.differences == []
    assert found.equal
    assert found.from_text == len(gone) > 0
    assert found.rows["projects"] >= 4


def test_planted_changes_are_named(stock: Engine, tmp_path: Path) -> None:
    with writing(stock) as conn:
        conn.execute(text("UPDATE projects SET capacity_mw = 999 WHERE slug = :slug"), {"slug": MRX2})
        conn.execute(text("DELETE FROM claims WHERE id = (SELECT min(id) FROM claims)"))
        conn.execute(text("UPDATE articles SET title = 'x' WHERE id = (SELECT min(id) FROM articles)"))
    found = audited(stock, tmp_path)
    assert not found.equal
    assert {(one.table, one.column) for one in found.differences} >= {
        ("projects", "capacity_mw"), ("claims", ""), ("articles", "title")}


def test_differences_of_two_pictures() -> None:
    here: dict[str, Rows] = {"projects": {("a",): {"name": "A", "city": "X"}, ("b",): {"name": "B"}}}
    there: dict[str, Rows] = {"projects": {("a",): {"name": "A", "city": "Y"}, ("c",): {"name": "C"}}}
    assert differences(here, there) == [
        Difference("projects", ("a",), "city", "X", "Y"), Difference("projects", ("b",), "", "is there", "is missing"),
        Difference("projects", ("c",), "", "is missing", "is there")]
    assert differences(here, here) == []


def test_an_audit_that_is_stopped_says_nothing_of_rows(stock: Engine, tmp_path: Path) -> None:
    found = audit(stock, set_up(PACKAGED), f"sqlite:///{tmp_path / 'second.db'}", Silent(), stopped=lambda: True)
    assert found.interrupted
    assert not found.equal
    assert found.rows == {}
    assert members(stock, ISLY)
