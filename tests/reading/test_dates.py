"""Dates in four languages, with the precision that is printed."""

from __future__ import annotations

import pytest

from crawler.reading.dates import find_date, from_machine, from_url, parse_date, sane
from tests.reading.samples import NOW


@pytest.mark.parametrize(("printed", "read"), [
    # French
    ("7 mai 2024", "2024-05-07"),
    ("Publié le mardi 7 mai 2024 à 18h30", "2024-05-07"),
    ("1er août 2025", "2025-08-01"),
    ("Le 07 - 05 - 2024", "2024-05-07"),
    ("le 08/05/2024 à 10:15", "2024-05-08"),
    ("12 déc. 2025", "2025-12-12"),
    ("14 FÉVRIER 2026", "2026-02-14"),
    ("3 sept 2024 - 08:12", "2024-09-03"),
    ("mai 2024", "2024-05"),
    # Arabic: Moroccan, Algerian and Tunisian, Gulf and Egyptian, Levantine
    ("الثلاثاء 7 ماي 2024", "2024-05-07"),
    ("نشر في 16 نونبر 2025", "2025-11-16"),
    ("3 شتنبر 2024 - 11:20", "2024-09-03"),
    ("الجمعة 2 غشت 2024", "2024-08-02"),
    ("12 دجنبر 2025", "2025-12-12"),
    ("5 يوليوز 2025", "2025-07-05"),
    ("21 جانفي 2025", "2025-01-21"),
    ("9 جويلية 2024", "2024-07-09"),
    ("17 أوت 2023", "2023-08-17"),
    ("٧ مايو ٢٠٢٤", "2024-05-07"),
    ("8 سبتمبر 2024", "2024-09-08"),
    ("18 كانون الثاني 2026", "2026-01-18"),
    ("7 أيار/مايو 2024", "2024-05-07"),
    ("4 تشرين الأول 2025", "2025-10-04"),
    ("٢٠٢٤/٠٥/٠٧", "2024-05-07"),
    ("7 ذو القعدة 1445 هـ الموافق 15 ماي 2024", "2024-05-15"),
    # Spanish
    ("7 de mayo de 2024", "2024-05-07"),
    ("martes, 16 de septiembre de 2025", "2025-09-16"),
    ("Actualizado: 03.02.2026", "2026-02-03"),
    ("1 ene 2025", "2025-01-01"),
    # English
    ("May 7, 2024", "2024-05-07"),
    ("Published on Tuesday, 7th May 2024", "2024-05-07"),
    ("Sept. 3, 2024 at 4:05 p.m.", "2024-09-03"),
    ("16 November 2025 14:30 GMT", "2025-11-16T14:30:00Z"),
    ("June 30, 2025 9:05 pm GMT+1", "2025-06-30T20:05:00Z"),
    # others
    ("7. März 2024", "2024-03-07"),
    ("2024年5月7日", "2024-05-07"),
    ("13/25/2024", None),
    ("31 février 2024", "2024-02"),
    ("386 MW et 500 millions", None),
    ("version 1.2.2024.3", None),
])
def test_printed_dates(printed: str, read: str | None) -> None:
    assert find_date(printed) == read


def test_month_first_where_the_page_is_american() -> None:
    assert find_date("05/07/2024") == "2024-07-05"
    assert find_date("05/07/2024", day_first=False) == "2024-05-07"
    assert find_date("25/07/2024", day_first=False) == "2024-07-25"


@pytest.mark.parametrize(("given", "read"), [
    ("2024-05-07", "2024-05-07"),
    ("2024-05", "2024-05"),
    ("20240507", "2024-05-07"),
    ("2024-05-07T08:30:00Z", "2024-05-07T08:30:00Z"),
    ("2024-05-07T09:30:00+01:00", "2024-05-07T08:30:00Z"),
    ("2024-05-07 09:30:00 +0100", "2024-05-07T08:30:00Z"),
    ("2024-05-07T09:30:00.123+01", "2024-05-07T08:30:00Z"),
    # without a zone nobody knows the hour; over midnight the page's own day is what people mean
    ("2024-05-07T09:30:00", "2024-05-07"),
    ("2024-05-07T00:20:00+01:00", "2024-05-07"),
    ("1715070600", "2024-05-07T08:30:00Z"),
    ("1715070600000", "2024-05-07T08:30:00Z"),
    ("2024-13-07", None),
    ("0001-01-01T00:00:00Z", None),
    ("hier", None),
])
def test_dates_for_machines(given: str, read: str | None) -> None:
    assert from_machine(given) == read


def test_feed_dates() -> None:
    assert parse_date("Tue, 07 May 2024 09:30:00 +0100") == "2024-05-07T08:30:00Z"
    assert parse_date("Tue, 07 May 2024 08:30:00 GMT") == "2024-05-07T08:30:00Z"
    assert parse_date(None) is None


@pytest.mark.parametrize(("url", "read"), [
    ("https://example.ma/2024/05/07/un-titre", "2024-05-07"),
    ("https://example.ma/eco/2024-05-07-un-titre.html", "2024-05-07"),
    ("https://example.ma/20240507/titre", "2024-05-07"),
    ("https://example.com/2024/may/07/a-title", "2024-05-07"),
    ("https://example.ma/07-05-2024/titre", "2024-05-07"),
    ("https://example.ma/2024/05/titre", "2024-05"),
    ("https://example.ma/articles/20249907", None),
    ("https://example.ma/a/149375?date=2024-05-07", None),
])
def test_dates_of_addresses(url: str, read: str | None) -> None:
    assert from_url(url) == read


def test_the_future_is_never_taken() -> None:
    assert sane("2026-11-24", NOW) == "2026-11-24"
    assert sane("2026-11-25", NOW) is None
    assert sane("2026-11-24T11:59:00Z", NOW) == "2026-11-24T11:59:00Z"
    assert sane("2026-11-24T12:01:00Z", NOW) is None
    assert sane("2027-01", NOW) is None
    assert sane("1970-01-01", NOW) is None
    assert sane(None, NOW) is None
