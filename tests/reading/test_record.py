"""JSON lines: with HTML, with text, with hints that may be wrong."""

from __future__ import annotations

from typing import Any

import pytest

from crawler.outcomes import Outcome
from crawler.reading import Document, Hints, Unreadable, read_record
from tests.reading.samples import ARABIC, FRENCH, NOW, article, page


def read(record: dict[str, Any], hints: Hints | None = None) -> Document:
    found = read_record(record, hints, now=NOW)
    assert isinstance(found, Document), found
    return found


def test_title_and_text() -> None:
    found = read({"url": "https://example.ma/a?utm_source=x", "title": "Un titre", "text": "\n\n".join(FRENCH), "published": "2024-05-07",
                  "outlet": "Le Courrier du Rif", "authors": ["Salma Idrissi"]})
    assert found.title == "Un titre"
    assert found.text == "\n\n".join(FRENCH)
    assert (found.published, found.outlet, found.authors) == ("2024-05-07", "Le Courrier du Rif", ("Salma Idrissi",))
    assert (found.url, found.canonical_url) == ("https://example.ma/a?utm_source=x", "https://example.ma/a")


def test_the_first_line_of_a_text_with_a_title_is_text() -> None:
    found = read({"url": "u:1", "title": "Un titre", "text": "Le chantier avance\n\n" + "\n\n".join(FRENCH)})
    assert found.text.startswith("Le chantier avance\n\n")


def test_a_repeated_title_goes() -> None:
    assert read({"url": "u:1", "title": "Un titre assez long", "text": f"Un titre assez long\n\n{FRENCH[0]}"}).text == FRENCH[0]


def test_the_language_is_a_hint() -> None:
    assert read({"url": "u:1", "text": "\n\n".join(ARABIC), "language": "fr"}).language == "ar"


def test_html_goes_the_way_of_pages() -> None:
    html = page(article(ARABIC, heading="أطلس تقدم مخططات"), lang="ar").decode().replace("utf-8", "windows-1256")
    found = read({"url": "file:///data/a.html", "html": html, "published": "2025-11-16T10:00:00Z"})
    assert (found.url, found.canonical_url) == ("file:///data/a.html", "file:///data/a.html")
    assert (found.text, found.language, found.published) == ("\n\n".join(ARABIC), "ar", "2025-11-16T10:00:00Z")


@pytest.mark.parametrize("record", [
    {}, {"url": "u:1"}, {"url": "u:1", "text": ""}, {"url": None, "text": None, "html": 3}, {"url": ["x"], "text": "   "},
])
def test_records_without_a_story(record: dict[str, Any]) -> None:
    found = read_record(record)
    assert isinstance(found, Unreadable)
    assert found.outcome is Outcome.READ_EMPTY


@pytest.mark.parametrize("wrong", [
    {"title": 3}, {"published": "bald"}, {"published": 20240507}, {"authors": {"name": "x"}}, {"authors": [None, 4]}, {"outlet": []},
    {"language": "klingon"}, {"language": 7}, {"published": "2031-01-01"},
])
def test_wrong_hints_do_no_harm(wrong: dict[str, Any]) -> None:
    found = read({"url": "u:1", "text": "\n\n".join(FRENCH), **wrong})
    assert (found.language, found.published, found.authors) == ("fr", None, ())
