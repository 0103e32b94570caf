"""What is refused by name, and what is read in spite of its build."""

from __future__ import annotations

import time

import pytest

from crawler.outcomes import Outcome
from crawler.reading import Document, Page, Unreadable, read_page
from crawler.reading.guards import MAX_BYTES, Refusal, parse
from tests.reading.samples import FRENCH, NOW, article, page


def read(body: bytes) -> Document | Unreadable:
    return read_page(Page("https://example.ma/a", body, "text/html; charset=utf-8"), now=NOW)


@pytest.mark.parametrize("levels", [100, 240, 300, 1000, 1900])
def test_nested_wrappers_do_not_lose_the_body(levels: int) -> None:
    found = read(page("<div>" * levels + article(FRENCH) + "</div>" * levels))
    assert isinstance(found, Document)
    assert found.text == "\n\n".join(FRENCH)


@pytest.mark.parametrize("body", [
    "<div>" * 5_000 + article(FRENCH),
    "".join(f"<div>texte {number}" for number in range(3_000)),
    "<table><tr><td>" * 5_000,
    "<b>" * 15_000 + "texte",
])
def test_deeper_than_a_parser_goes(body: str) -> None:
    found = read(page(body))
    assert isinstance(found, Unreadable)
    assert found.outcome is Outcome.TOO_LARGE
    assert "deep" in found.reason or "tags" in found.reason


def test_too_many_bytes_and_elements() -> None:
    for body in (b"<p>" + b"x" * MAX_BYTES, page("<p>court</p>" * 60_000), page("<i></i>" * 500_000)):
        begun = time.process_time()
        found = read(body)
        assert isinstance(found, Unreadable)
        assert found.outcome is Outcome.TOO_LARGE
        assert time.process_time() - begun < 2


def test_too_much_text() -> None:
    found = read(page(f"<article><p>{'Le chantier avance. ' * 100_000}</p></article>"))
    assert isinstance(found, Unreadable)
    assert found.outcome is Outcome.TOO_LARGE


def test_a_megabyte_of_scripts_around_an_article() -> None:
    script = f"<script>var data = '{'x' * 1_200_000}';</script>"
    found = read(page(script + article(FRENCH) + f"<style>{'.a{}' * 50_000}</style>"))
    assert isinstance(found, Document)
    assert found.text == "\n\n".join(FRENCH)


@pytest.mark.parametrize("body", [b"\x89PNG\r\n\x1a\n" + b"\x00" * 50, b'{"json": [1, 2]}', b"PK\x03\x04zip", b"GIF89a..."])
def test_what_is_no_page(body: bytes) -> None:
    found = read(body)
    assert isinstance(found, Unreadable)
    assert found.outcome is Outcome.REFUSED_TYPE


def test_xml_heads_and_control_characters_do_not_stop_the_parser() -> None:
    tree = parse('<?xml version="1.0" encoding="iso-8859-1"?><html><body><p>été\x00\x08 à \ud800Nador</p></body></html>')
    assert not isinstance(tree, Refusal)
    assert tree.text_content() == "été à Nador"
