"""What owners reserve beyond robots.txt, read from headers, heads and tdmrep.json."""

from __future__ import annotations

import json
import time

import pytest

from crawler.middlewares.rights import is_reserved, reserved_paths, rights_of


@pytest.mark.parametrize(("headers", "tdm", "head", "rights"), [
    ([], None, "", ()),
    (["noindex"], None, "", ("noindex",)),
    (["noarchive, nofollow"], None, "", ("noarchive",)),
    (["NOINDEX", "noarchive"], None, "", ("noarchive", "noindex")),
    (["none"], None, "", ("noindex",)),
    (["googlebot: noindex"], None, "", ()),
    (["marsad: noindex"], None, "", ("noindex",)),
    (["googlebot: noindex, Marsad: noarchive"], None, "", ("noarchive",)),
    (["unavailable_after: 25 Jun 2030 15:00:00 GMT, noarchive"], None, "", ("noarchive",)),
    (["max-snippet:50, noindex"], None, "", ("noindex",)),
    (["index, follow, all"], None, "", ()),
    ([], None, '<meta name="robots" content="noindex,follow">', ("noindex",)),
    ([], None, "<META CONTENT='NOARCHIVE' NAME=Robots />", ("noarchive",)),
    ([], None, '<meta name="marsad" content="none">', ("noindex",)),
    ([], None, '<meta name="googlebot" content="noindex">', ()),
    ([], None, '<meta name="robots" content="max-image-preview:large, index">', ()),
    ([], None, '<!-- <meta name="robots" content="noindex"> -->', ()),
    ([], None, '<script>x = \'<meta name="robots" content="noindex">\'</script>', ()),
    ([], None, '</head><body class="x"><meta name="robots" content="noindex">', ()),
    ([], None, '<meta property="og:title" content="robots noindex">', ()),
    ([], "1", "", ("tdm-reservation",)),
    ([], "0", "", ()),
    ([], None, '<meta name="tdm-reservation" content="1">', ("tdm-reservation",)),
    ([], "1", '<meta name="tdm-reservation" content="0">', ()),
    ([], "0", '<meta name="TDM-Reservation" content=" 1 ">', ("tdm-reservation",)),
    (["noarchive"], "1", '<meta name="robots" content="no&#105;ndex">', ("noarchive", "noindex", "tdm-reservation")),
])
def test_what_a_page_reserves(headers: list[str], tdm: str | None, head: str, rights: tuple[str, ...]) -> None:
    page = f"<!doctype html><html><head><title>noindex</title>{head}</head><body><p>Text</p>"
    assert rights_of(headers, tdm, page.encode(), "marsad") == rights
    assert rights_of(headers, tdm, b"\xff\xfe" + page.encode("utf-16-le"), "marsad") == rights


FILE = json.dumps([
    {"location": "/press/*", "tdm-reservation": 0}, {"location": "*.pdf$", "tdm-reservation": 1},
    {"location": "/news/", "tdm-reservation": 1, "tdm-policy": "https://example.org/policy"},
    {"location": "/old*archive/*x", "tdm-reservation": 1}, {"location": "/exact$", "tdm-reservation": 1},
    {"location": 7, "tdm-reservation": 1}, "no rule", {"tdm-reservation": 1}]).encode()


@pytest.mark.parametrize(("path", "reserved"), [
    ("/news/1", True), ("/press/1.pdf", False), ("/a.pdf", True), ("/a.pdf?x=1", False), ("/a.pdfx", False), ("/", False),
    ("", False), ("/new", False), ("/old-archive/2x9", True), ("/oldarchive/", False), ("/exact", True), ("/exactly", False),
])
def test_the_first_rule_that_fits_counts(path: str, reserved: bool) -> None:
    assert is_reserved(reserved_paths(FILE), f"https://example.org{path}") is reserved


@pytest.mark.parametrize("body", [b"", b"<html>404</html>", b"{}", b'{"location": "/"}', b"[" * 100_000, b"\xff\xfe", b"null"])
def test_a_broken_file_reserves_nothing(body: bytes) -> None:
    assert reserved_paths(body) == ()


@pytest.mark.parametrize("piece", [b"<script>", b"<!--", b"<meta ", b"<meta name=", b"<", b"<meta a='", b"<noscript></noscript>"])
def test_heads_and_patterns_are_read_in_linear_time(piece: bytes) -> None:
    start = time.process_time()
    rights_of([], None, piece * (400_000 // len(piece)), "marsad")
    assert is_reserved((("/" + "*a" * 900 + "$", True),), "https://example.org/" + "a" * 2_000 + "b") is False
    assert time.process_time() - start < 2
