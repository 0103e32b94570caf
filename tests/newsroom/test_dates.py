from __future__ import annotations

from datetime import date, datetime, timedelta, timezone

import pytest

from crawler.newsroom.dates import fill, long_date, printed_date, rfc822

TODAY = date(2026, 11, 20)
WHEN = datetime(2026, 7, 1, 9, 5, tzinfo=timezone(timedelta(hours=1)))


@pytest.mark.parametrize(("marker", "language", "printed", "iso"), [
    ("<year+1>", "fr", "2027", "2027"),
    ("<year-1:indic>", "ar", "٢٠٢٥", "2025"),
    ("<day-12>", "fr", "8 novembre 2026", "2026-11-08"),
    ("<day-19>", "fr", "1er novembre 2026", "2026-11-01"),
    ("<day-12>", "es", "8 de noviembre de 2026", "2026-11-08"),
    ("<day-12>", "ar", "8 نونبر 2026", "2026-11-08"),
    ("<day-12:mashriq:indic>", "ar", "٨ نوفمبر ٢٠٢٦", "2026-11-08"),
    ("<day-12:us>", "en", "November 8, 2026", "2026-11-08"),
    ("<dm-12>", "fr", "8 novembre", "2026-11-08"),
    ("<month-11>", "fr", "décembre 2025", "2025-12"),
    ("<month+2>", "es", "enero de 2027", "2027-01"),
])
def test_markers_print_in_the_language_and_label_in_iso(marker: str, language: str, printed: str, iso: str) -> None:
    assert fill(f"a {marker} b", TODAY, language) == f"a {printed} b"
    assert fill(marker, TODAY, language, iso=True) == iso


def test_weekdays_follow_the_calendar() -> None:
    assert fill("<wd-1>", TODAY, "fr") == "jeudi"
    assert fill("<wd-1>", TODAY, "ar") == "الخميس"


def test_a_quarter_after_a_marker_stays() -> None:
    assert fill("<year+1>-Q4", TODAY, "en", iso=True) == "2027-Q4"


@pytest.mark.parametrize(("habit", "printed"), [
    ("fr-long", "Publié le mercredi 1er juillet 2026 à 09h05"),
    ("fr-short", "Publié le 01/07/2026 à 09:05"),
    ("ar-maroc", "الأربعاء 1 يوليوز 2026 - 09:05"),
    ("ar-indic", "نُشر في ١ يوليو ٢٠٢٦ ٠٩:٠٥"),
    ("es-long", "1 de julio de 2026 09:05"),
    ("en-us", "July 1, 2026 09:05 AM"),
    ("en-gb", "1 July 2026"),
    ("aggregator", "01 - 07 - 2026"),
])
def test_each_outlet_prints_dates_in_its_own_way(habit: str, printed: str) -> None:
    assert printed_date(WHEN, habit) == printed


def test_an_unknown_habit_is_an_error() -> None:
    with pytest.raises(ValueError, match="no such date habit"):
        printed_date(WHEN, "klingon")


def test_dates_of_feeds() -> None:
    assert rfc822(WHEN) == "Wed, 01 Jul 2026 09:05:00 +0100"
    assert long_date(WHEN.date(), "en") == "1 July 2026"
