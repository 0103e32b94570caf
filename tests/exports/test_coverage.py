"""To what an export is blind."""

from __future__ import annotations

from typing import Any

import pytest

from crawler.exports.coverage import gaps

TODAY = "2026-11-22"  # a Sunday: its week began on the 16th


def source(**more: Any) -> dict[str, Any]:
    return {"id": "s", "name": "S", "state": "ok", "state_since": None, "state_reason": None, "last_error": None,
            "last_success_at": None, **more}


def week(monday: str, received: int = 10, expected: float | None = 10.0, visits: int = 7, failures: int = 0) -> dict[str, Any]:
    return {"week": monday, "received": received, "expected": expected, "visits": visits, "failures": failures}


@pytest.mark.parametrize(("state", "weeks", "found"), [
    ({}, [week("2026-11-02"), week("2026-11-09")], []),
    ({}, [week("2026-11-02", received=0)], [("2026-11-02", "2026-11-08")]),
    ({}, [week("2026-11-02", received=1)], [("2026-11-02", "2026-11-08")]),
    ({}, [week("2026-11-02", received=2)], []),
    ({}, [week("2026-11-02", received=0, expected=2.0)], []),
    ({}, [week("2026-11-02", received=0, expected=None)], []),
    ({}, [week("2026-11-02", expected=None, failures=7)], [("2026-11-02", "2026-11-08")]),
    ({}, [week("2026-10-26", received=0), week("2026-11-02", failures=7)], [("2026-10-26", "2026-11-08")]),
    ({}, [week("2026-10-19"), week("2026-11-09")], [("2026-10-26", "2026-11-08")]),
    ({}, [week("2026-11-16", received=0)], []),
    ({"state": "dead", "state_since": "2026-11-10T08:00:00Z"}, [week("2026-11-02")], [("2026-11-10", None)]),
    ({"state": "failing", "state_since": "2020-01-01T08:00:00Z"}, [], [("2026-01-01", None)]),
    ({"state": "quiet"}, [], []),
], ids=["good", "nothing", "a-tenth", "a-fifth", "too-little-known", "unknown", "all-failed", "joined", "away", "not-over", "dead",
        "since-long", "quiet"])
def test_gaps(state: dict[str, Any], weeks: list[dict[str, Any]], found: list[tuple[str, str | None]]) -> None:
    assert [(gap.start, gap.end) for gap in gaps([source(**state)], {"s": weeks}, since="2026-01-01", today=TODAY)] == found


def test_a_gap_is_a_sentence() -> None:
    (gap,) = gaps([source(state="blocked", state_since="2026-11-03T00:00:00Z", state_reason="403 on every visit")], {},
                  since="2026-01-01", today=TODAY)
    assert gap.sentence() == "blind to S (s) from 2026-11-03 to now: 403 on every visit"
