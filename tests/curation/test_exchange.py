"""Decisions as a file: what the next analyst gets back after a rebuild from zero."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from sqlalchemy import Engine

from crawler.curation.exchange import read_decisions, write_decisions
from crawler.errors import UsageError
from storage import decisions
from storage.engine import open_database, reading
from tests.curation.room import Answers, curator, fill, members, seen
from tests.curation.test_actions import ISLY, MRX2, MRX3, TAFUKT


def decide(engine: Engine) -> None:
    """One of each, and one that is taken back."""
    by = curator(engine)
    by.merge(MRX2, MRX3, "one campus")
    by.split(TAFUKT, members(engine, TAFUKT)[:1], "another site", name="Tafukt II")
    by.rename(ISLY, "مركز إسلي")
    by.set(MRX2, "capacity_mw", "30", "both together")
    by.reject(members(engine, ISLY)[-1], "about a fibre ring")
    by.follow(TAFUKT)
    by.merge(ISLY, TAFUKT, "a slip")
    by.undo()


@pytest.mark.parametrize("decisions_first", [False, True])
def test_the_same_rows_after_a_rebuild_from_zero(decisions_first: bool, stock: Engine, answers: Answers,
                                                 tmp_path: Path) -> None:
    decide(stock)
    file = tmp_path / "decisions.jsonl"
    assert write_decisions(stock, file) == 8
    new = open_database(f"sqlite:///{tmp_path / 'new.db'}")
    if decisions_first:
        told = read_decisions(curator(new), file)
        assert set(told.unmet) >= {MRX2, TAFUKT, ISLY}
    fill(new, list(reversed(answers)))
    if not decisions_first:
        told = read_decisions(curator(new), file)
        assert (told.taken, told.known, told.unmet) == (8, 0, ())
    assert seen(new) == seen(stock)
    again = read_decisions(curator(new), file)
    assert (again.taken, again.known) == (0, 8)
    assert seen(new) == seen(stock)
    with reading(new) as conn:
        assert decisions.followed(conn) == {TAFUKT}


def test_a_decision_taken_back_elsewhere_is_taken_back_here(stock: Engine, tmp_path: Path) -> None:
    file = tmp_path / "decisions.jsonl"
    before = seen(stock)
    curator(stock).merge(MRX2, MRX3, "one campus")
    write_decisions(stock, file)
    line = {**json.loads(file.read_text(encoding="utf-8")), "undone_at": "2026-11-22T10:00:00Z"}
    file.write_text(json.dumps(line), encoding="utf-8")
    read_decisions(curator(stock), file)
    assert seen(stock) == before


@pytest.mark.parametrize(("line", "message"), [
    ("merge a b", "line 2: Invalid JSON"),
    ('{"made_at": "today", "who": "a", "action": "follow", "target": "x"}', "line 2: made_at: String should match"),
    ('{"made_at": "2026-01-01T00:00:00Z", "who": "a", "action": "burn", "target": "x"}', "no such action 'burn'"),
    ('{"made_at": "2026-01-01T00:00:00Z", "who": "a", "action": "merge", "target": "x"}', "arguments.other is missing"),
    (('{"made_at": "2026-01-01T00:00:00Z", "who": "a", "action": "follow", "target": "x", '
      '"arguments": {"articles": {"x": "y"}}}'), "expected slugs, each with a list of URLs"),
])
def test_a_bad_line_is_named_and_nothing_is_taken(line: str, message: str, stock: Engine, tmp_path: Path) -> None:
    file = tmp_path / "decisions.jsonl"
    good = '{"made_at": "2026-01-01T00:00:00Z", "who": "a", "action": "follow", "target": "isly-oujda-ma"}'
    file.write_text(f"{good}\n{line}\n", encoding="utf-8")
    with pytest.raises(UsageError) as caught:
        read_decisions(curator(stock), file)
    assert message in str(caught.value)
    assert str(file) in str(caught.value)
    with reading(stock) as conn:
        assert decisions.every(conn) == []
