from __future__ import annotations

from datetime import date

import pytest

from crawler.linking import LinkRules
from crawler.linking.facts import day_of, stories
from crawler.linking.status import aged_status, is_doubted, walk
from tests.linking.profiles import claim, facts

Report = tuple[str | None, str] | tuple[str | None, str, str]


def last(said: list, rules: LinkRules) -> str | None:  # type: ignore[type-arg]
    steps = walk(stories(said, rules))
    return steps[-1].status if steps else None


def state(rules: LinkRules, *reports: Report) -> str | None:
    said = [fact for number, report in enumerate(reports)
            for fact in facts(number, report[0], claim("status", value_text=report[1]),
                              source=report[2] if len(report) > 2 else "general")]
    return last(said, rules)


@pytest.mark.parametrize(("reports", "expected"), [
    ((("2024-01-01", "announced"), ("2025-01-01", "under_construction")), "under_construction"),
    ((("2024-01-01", "under_construction"), ("2025-01-01", "announced")), "under_construction"),  # an old plan retold
    ((("2024-01-01", "under_construction"), ("2025-01-01", "cancelled")), "cancelled"),
    ((("2024-01-01", "cancelled"), ("2025-01-01", "announced")), "cancelled"),
    ((("2024-01-01", "cancelled"), ("2025-01-01", "agreement")), "agreement"),
    ((("2024-01-01", "suspended"), ("2025-01-01", "under_construction")), "under_construction"),
    (((None, "suspended"), ("2024-01-01", "approved")), "approved"),
    ((("2024-01-01", "suspended"), ("2025-01-01", "cancelled")), "cancelled"),
    ((("2024-01-01", "operational"), ("2025-01-01", "suspended")), "suspended"),
    ((), None),
])
def test_the_ladder_goes_up_and_stops_until_undone(reports: tuple[Report, ...], expected: str | None,
                                                   rules: LinkRules) -> None:
    assert state(rules, *reports) == expected


@pytest.mark.parametrize(("reports", "expected"), [
    ([("operational", "aggregator", "A")], "announced"),
    ([("operational", "general", "A")], "operational"),
    ([("approved", "aggregator", "A"), ("approved", "search", "B")], "approved"),
    ([("approved", "aggregator", "A"), ("operational", "search", "B")], "approved"),
    ([("approved", "aggregator", "A")] * 10, "announced"),
    ([("approved", "aggregator", None)] * 10, "announced"),
    ([("agreement", "general", "A"), ("operational", "search", "B")], "agreement"),  # a press report lends it no weight
    ([("agreement", "general", "A"), ("cancelled", "search", "B")], "agreement"),
    ([("agreement", "general", "A"), ("cancelled", "search", "B"), ("cancelled", "official", "C")], "cancelled"),
])
def test_one_source_of_little_trust_lifts_and_stops_nothing(
        reports: list[tuple[str, str, str | None]], expected: str, rules: LinkRules) -> None:
    said = [fact for day, (status, source, outlet) in enumerate(reports, 1)
            for fact in facts(day, f"2025-01-{day:02}", claim("status", value_text=status), source=source, outlet=outlet)]
    assert last(said, rules) == expected


@pytest.mark.parametrize(("status", "last", "expected"), [
    ("announced", date(2024, 11, 23), ("announced", False)),
    ("announced", date(2024, 11, 22), ("suspended", True)),
    ("under_construction", date(2023, 1, 1), ("suspended", True)),
    ("under_construction", date(2022, 11, 22), ("cancelled", True)),
    ("suspended", date(2023, 1, 1), ("suspended", False)),
    ("suspended", date(2020, 1, 1), ("cancelled", True)),
    ("operational", date(2010, 1, 1), ("operational", False)),
    ("cancelled", date(2010, 1, 1), ("cancelled", False)),
    ("approved", None, ("approved", False)),
    (None, date(2026, 1, 1), ("announced", False)),
    ("announced", date(2020, 2, 29), ("cancelled", True)),
])
def test_silence_says_suspended_then_cancelled(status: str | None, last: date | None, expected: tuple[str, bool],
                                               rules: LinkRules) -> None:
    assert aged_status(status, last, date(2026, 11, 22), rules) == expected


def test_doubt_holds_until_a_later_story_reports_the_building(rules: LinkRules) -> None:
    doubt = facts(1, "2024-05-07", claim("doubt"))
    assert is_doubted(stories(doubt, rules))
    assert not is_doubted(stories([*doubt, *facts(2, "2025-05-07", claim("status", value_text="under_construction"))],
                                  rules))
    assert is_doubted(stories([*doubt, *facts(2, "2023-05-07", claim("status", value_text="under_construction"))],
                              rules))
    assert is_doubted(stories([*doubt, *facts(2, "2025-05-07", claim("status", value_text="announced"))], rules))
    assert not is_doubted(stories(facts(1, None, claim("doubt", modality="denied")), rules))


@pytest.mark.parametrize(("text", "day"), [
    ("2024-05-08", date(2024, 5, 8)), ("2024-05-08T10:00:00Z", date(2024, 5, 8)), ("2024-05", date(2024, 5, 31)),
    ("2024-12", date(2024, 12, 31)), ("2024", date(2024, 12, 31)), (None, None), ("", None), ("soon", None),
    ("2024-13-01", None),
])
def test_days_of_dates(text: str | None, day: date | None) -> None:
    assert day_of(text) == day
