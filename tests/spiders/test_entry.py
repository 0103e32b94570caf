"""Dates of entries, and what is too old."""

from __future__ import annotations

from datetime import datetime, timezone

import pytest

from crawler.spiders.entry import Entry, iso_date, older_than

NOW = datetime(2026, 5, 7, 12, tzinfo=timezone.utc)


@pytest.mark.parametrize(("text", "iso"), [
    ("2026-05-07", "2026-05-07"), ("2026-05-07T10:30Z", "2026-05-07T10:30:00Z"), ("2026-05-07T10:30:15.123Z", "2026-05-07T10:30:15Z"),
    ("2026-05-07 10:30:00", "2026-05-07T10:30:00Z"), ("2026-05-07T10:30:00+01:00", "2026-05-07T09:30:00Z"),
    ("2026-05-07T00:30:00+0100", "2026-05-06T23:30:00Z"), ("2026-05-06T23:00:00-05:30", "2026-05-07T04:30:00Z"),
    ("2026-05", None), ("2026-13-01", None), ("2026-02-30", None), ("yesterday", None), ("", None), (None, None),
    ("1980-01-01", None), ("2026-05-12", None), ("2026-05-09T11:00:00Z", "2026-05-09T11:00:00Z"),
])
def test_w3c_dates(text: str | None, iso: str | None) -> None:
    assert iso_date(text, NOW) == iso


@pytest.mark.parametrize(("published", "updated", "old"), [
    (None, None, False), ("2026-05-07T11:59:59Z", None, True), ("2026-05-07T12:00:00Z", None, False), ("2026-05-07", None, False),
    ("2026-05-06", None, True), (None, "2026-05-01", True), ("2026-05-08", "2026-01-01", False),
])
def test_what_is_too_old(published: str | None, updated: str | None, old: bool) -> None:
    assert older_than(Entry("https://example.org", published=published, updated=updated), NOW) is old
