"""Whatever the bytes: a document or a named reason, never an exception, never a silent nothing."""

from __future__ import annotations

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from crawler.reading import Document, Page, Unreadable, read_page, read_record, read_text_file
from tests.reading.samples import ARABIC, FRENCH, NOW, article, page

BASES = [
    page(article(FRENCH), head='<script type="application/ld+json">{"@type": "NewsArticle", "headline": "Un titre", "author": {"name": "x"}}</script>'),
    page(article(ARABIC, heading="عنوان"), lang="ar"),
    page(f"<table><tr><td>{article(FRENCH)}</td></tr></table><a href='//x'><div>y</div></a>"),
]
PIECES = st.sampled_from([
    b"<div>", b"</div>", b"<p>", b"</p></p>", b"<table>", b"<a href='http://[", b"'>", b"<script>", b"</script>", b"<!--", b"-->", b"<h1>", b"&#x110000;",
    b"&amp;", b"\x00", b"\xff\xfe", b"<![CDATA[", b"<title>", b"<time datetime='9999-99-99T99:99:99Z'>", b"<svg><p>", b"<html lang='\xff'>", b"]]>", b"<meta charset=utf-7>",
    b"<meta property='og:title' content='", b"<link rel=canonical href='http://[::1'>", b"<base href='x:y'>", b"{\"@type\":[null]}", b"\xe2\x80\xae",
    b"<script type='application/ld+json'>{\"@type\":\"NewsArticle\",\"author\":[[{}]],\"headline\":{\"@value\":[]},\"datePublished\":[1],\"image\":[[]]}</script>",
])


def check(found: Document | Unreadable) -> None:
    if isinstance(found, Unreadable):
        assert found.reason
        assert not found.reason.startswith("could not be read"), found.reason
    else:
        assert found.text.strip() == found.text != ""
        assert "\n\n\n" not in found.text
        assert "\x00" not in found.text


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.binary(max_size=400), st.sampled_from(["", "text/html", "text/html; charset=utf-16", "text/html; charset=x", "text/html; charset=idna"]))
def test_random_bytes(body: bytes, content_type: str) -> None:
    check(read_page(Page("https://example.ma/a", body, content_type), now=NOW))
    check(read_text_file("file:///a.txt", body, now=NOW))


@settings(max_examples=200, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.sampled_from(BASES), st.lists(st.tuples(st.floats(0, 1), PIECES), min_size=1, max_size=8), st.integers(0, 60))
def test_mutated_pages(base: bytes, inserts: list[tuple[float, bytes]], cut: int) -> None:
    body = base
    for share, piece in inserts:
        at = int(share * len(body))
        body = body[:at] + piece + body[at + cut:]
    check(read_page(Page("https://example.ma/a", body, "text/html"), now=NOW))


@settings(max_examples=60, deadline=None)
@given(st.sampled_from(["", "x", "http://[", "file:///a b.html", "javascript:alert(1)", "https://exämple.ma/ü", "//", "https://", "mailto:a@b"]), st.sampled_from(BASES))
def test_odd_addresses(url: str, body: bytes) -> None:
    check(read_page(Page(url, body, "text/html"), now=NOW))


@settings(max_examples=100, deadline=None)
@given(st.dictionaries(st.sampled_from(["url", "title", "text", "html", "published", "authors", "language", "outlet"]),
                       st.one_of(st.none(), st.integers(), st.text(max_size=80), st.lists(st.text(max_size=20), max_size=3)), max_size=6))
def test_random_records(record: dict[str, object]) -> None:
    check(read_record(record, now=NOW))
