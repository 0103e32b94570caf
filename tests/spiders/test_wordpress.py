"""WordPress by its REST interface: addresses, whole texts and teasers, pages, and why there is none."""

from __future__ import annotations

import json
from datetime import datetime, timezone
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest

from crawler.outcomes import Outcome
from crawler.spiders.entry import ListingError
from crawler.spiders.wordpress import PER_PAGE, explained, first_page, is_full, next_page, read_wordpress

CUTOFF = datetime(2026, 10, 23, 12, tzinfo=timezone.utc)
API = "https://example.org/wp-json/wp/v2/posts?per_page=50"
LONG = "<p>" + "Le campus de 120 MW sortira de terre à Nador. " * 15 + "</p>"


def post(**given: Any) -> dict[str, Any]:
    return {"id": 7, "link": "https://example.org/2026/campus/", "date_gmt": "2026-11-20T09:30:00",
            "modified_gmt": "2026-11-21T10:00:00", "title": {"rendered": "Un campus &#8211; à Nador"},
            "excerpt": {"rendered": "<p>Le campus.</p>"}, "content": {"rendered": LONG, "protected": False}, **given}


@pytest.mark.parametrize(("site", "path"), [
    ("https://example.org/", "/wp-json/wp/v2/posts"), ("https://example.org", "/wp-json/wp/v2/posts"),
    ("https://example.org/fr/", "/fr/wp-json/wp/v2/posts"), ("https://example.org/fr", "/fr/wp-json/wp/v2/posts"),
])
def test_the_first_page(site: str, path: str) -> None:
    parts = urlsplit(first_page(site, CUTOFF, "centre de données"))
    given = {key: values[0] for key, values in parse_qs(parts.query).items()}
    assert parts.path == path
    assert (given["per_page"], given["after"], given["search"]) == (str(PER_PAGE), "2026-10-01T00:00:00", "centre de données")
    assert "content" in given["_fields"]


def test_without_window_and_without_rewritten_addresses() -> None:
    url = first_page("https://example.org/blog/", None, plain=True)
    assert url.startswith("https://example.org/blog/?rest_route=%2Fwp%2Fv2%2Fposts&")
    assert "after=" not in url
    assert "search=" not in url


def test_the_address_is_the_same_all_month() -> None:
    assert first_page("https://example.org/", CUTOFF) == first_page("https://example.org/", CUTOFF.replace(day=2))


def test_a_whole_post_is_a_page() -> None:
    [entry] = read_wordpress(API, json.dumps([post(yoast_head_json={"author": "S. Alami"})]).encode()).entries
    assert (entry.url, entry.title) == ("https://example.org/2026/campus/", "Un campus – à Nador")
    assert (entry.published, entry.updated) == ("2026-11-20T09:30:00Z", "2026-11-21T10:00:00Z")
    assert (entry.summary, entry.authors) == ("Le campus.", ("S. Alami",))
    assert entry.content is not None
    page = entry.content.decode()
    assert LONG in page
    assert '<link rel="canonical" href="https://example.org/2026/campus/">' in page
    assert '<meta property="article:published_time" content="2026-11-20T09:30:00Z">' in page


@pytest.mark.parametrize("given", [
    {"content": {"rendered": "<p>Le campus.</p>"}}, {"content": {"rendered": LONG, "protected": True}}, {"content": None},
    {"content": {"rendered": LONG + "<p>La suite est […]</p>"}}, {"content": {"rendered": LONG + "&hellip; <a>Lire</a>"}},
    {"excerpt": {"rendered": LONG + LONG}},
])
def test_a_teaser_is_a_link(given: dict[str, Any]) -> None:
    [entry] = read_wordpress(API, json.dumps([post(**given)]).encode()).entries
    assert entry.content is None


def test_posts_without_a_link_are_none_and_odd_ones_are_survived() -> None:
    body = json.dumps([post(link=None), post(link=""), "x", None, {"link": "/p/7", "title": "plain", "date_gmt": "soon"}])
    [entry] = read_wordpress(API, body.encode()).entries
    assert (entry.url, entry.title, entry.published) == ("https://example.org/p/7", "plain", None)


def test_warnings_before_the_json_are_skipped() -> None:
    body = "\ufeff<br />\n<b>Warning</b>: something in plugin.php<br />\n" + json.dumps([post()])
    assert len(read_wordpress(API, body.encode()).entries) == 1


def test_no_posts_are_no_error() -> None:
    found = read_wordpress(API, b"[]", {"x-wp-totalpages": "0"})
    assert (found.entries, found.more) == ((), None)


@pytest.mark.parametrize("body", [b"", b"<html></html>", b"{", b"7", b'{"a": 1}', b"[" * 20_000])
def test_no_interface_says_so(body: bytes) -> None:
    with pytest.raises(ListingError) as caught:
        read_wordpress(API, body)
    assert caught.value.outcome is Outcome.READ_EMPTY
    assert "no WordPress REST interface" in caught.value.reason


def test_what_wordpress_says_is_told() -> None:
    with pytest.raises(ListingError, match="WordPress says rest_no_route"):
        read_wordpress(API, b'{"code": "rest_no_route", "message": "x"}')


@pytest.mark.parametrize(("url", "total", "entries", "page"), [
    (API, "3", 50, "2"), (f"{API}&page=2", "3", 50, "3"), (f"{API}&page=3", "3", 50, None), (API, "1", 50, None), (API, "0", 0, None),
    (API, "", 50, "2"), (API, "", 49, None), (f"{API}&page=x", "3", 50, "2"),
])
def test_pages(url: str, total: str, entries: int, page: str | None) -> None:
    onward = next_page(url, {"x-wp-totalpages": total} if total else {}, entries)
    assert (parse_qs(urlsplit(onward).query)["page"][0] if onward else None) == page


@pytest.mark.parametrize(("status", "words"), [(401, "closed to the public"), (403, "closed to us"), (404, "no WordPress REST"),
                                               (500, "HTTP 500"), (None, "HTTP 500")])
def test_reasons(status: int | None, words: str) -> None:
    assert words in explained("HTTP 500", status)


def test_what_counts_as_whole() -> None:
    assert is_full(LONG, None)
    assert not is_full("<p>brief</p>", None)
