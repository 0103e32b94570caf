"""When a message goes out."""

from __future__ import annotations

from datetime import datetime, timedelta, timezone
from itertools import pairwise
from typing import Any

import pytest

from crawler.alerts.rules import Rule
from crawler.alerts.schedule import due_at, iso, retries


def made(**more: Any) -> Rule:
    return Rule.model_validate({"name": "r", "when": ["doubt"], **more})


def utc(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=timezone.utc)


@pytest.mark.parametrize(("more", "now", "due"), [
    ({}, "2026-11-22T09:00", "2026-11-22T09:00:00Z"),
    ({"send": "daily"}, "2026-11-22T07:59", "2026-11-22T08:00:00Z"),
    ({"send": "daily"}, "2026-11-22T08:00", "2026-11-23T08:00:00Z"),
    ({"send": "daily", "at": "08:00", "timezone": "Africa/Casablanca"}, "2026-11-22T06:59", "2026-11-22T07:00:00Z"),
    # Ramadan 2026: Casablanca is at UTC from 15 February to 22 March
    ({"send": "daily", "at": "08:00", "timezone": "Africa/Casablanca"}, "2026-03-01T07:30", "2026-03-01T08:00:00Z"),
    ({"send": "weekly", "day": "monday"}, "2026-11-22T09:00", "2026-11-23T08:00:00Z"),
    ({"send": "weekly", "day": "sunday"}, "2026-11-22T09:00", "2026-11-29T08:00:00Z"),
    ({"send": "daily", "at": 510}, "2026-11-22T07:59", "2026-11-22T08:30:00Z"),
])
def test_due(more: dict[str, Any], now: str, due: str) -> None:
    assert iso(due_at(made(**more), utc(now))) == due


@pytest.mark.parametrize("zone", ["Africa/Casablanca", "Europe/Paris", "America/New_York"])
@pytest.mark.parametrize("at", ["02:30", "03:00", "23:59"])
def test_a_year_has_one_digest_a_day(zone: str, at: str) -> None:
    daily = made(send="daily", at=at, timezone=zone)
    moment, found = utc("2026-01-01T00:00"), []
    while moment < utc("2027-01-01T00:00"):
        moment = due_at(daily, moment)
        found.append(moment)
    assert len(found) in {365, 366}
    assert all(timedelta(hours=22) < later - earlier < timedelta(hours=26)
               for earlier, later in pairwise(found))


def test_retries_grow_and_end() -> None:
    times = retries(utc("2026-11-22T09:00"), 8)
    assert times == sorted(times)
    assert len(times) == 7
    assert times[0] == "2026-11-22T09:05:00Z"
