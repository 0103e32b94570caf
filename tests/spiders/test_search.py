"""Answers of search services: real addresses, no copies, no staging hosts, and words where there is no answer."""

from __future__ import annotations

import base64
import json
from typing import Any
from urllib.parse import quote

import pytest

from crawler.configuration.locate import find_config
from crawler.configuration.search import load_search
from crawler.outcomes import Outcome
from crawler.spiders.entry import Entry, ListingError
from crawler.spiders.search import read_search, unwrapped

SERVICES = load_search(find_config(None), {}).services
GDELT, BING, GOOGLE = SERVICES["gdelt"], SERVICES["bing"], SERVICES["google"]


def articles(*items: Any) -> bytes:
    return json.dumps({"articles": items}).encode()


def test_gdelt() -> None:
    found = read_search(GDELT, GDELT.endpoint, articles(
        {"url": "https://example.org/a", "url_mobile": "", "title": "Two halls , one site : 40 MW", "seendate": "20261121T101500Z",
         "domain": "example.org", "language": "French", "sourcecountry": "Morocco"},
        {"url": " https://example.org/b "}, {"url": 7}, "odd", {"title": "no address"},
        {"url": "https://preprod.industries.example/c"}, {"url": "https://www.example.org/preprod.html"}))
    assert found.entries == (
        Entry("https://example.org/a", title="Two halls, one site: 40 MW", updated="2026-11-21T10:15:00Z"),
        Entry("https://example.org/b"), Entry("https://www.example.org/preprod.html"))


def test_the_day_it_was_seen_is_no_day_of_publication() -> None:
    assert read_search(GDELT, GDELT.endpoint, articles({"url": "https://a.example/", "seendate": "20261121T101500Z"})).entries[0].published is None


@pytest.mark.parametrize("body", [b"{}", b'{"articles": []}', b'{"articles": null}', b'{"other": 1}'])
def test_nothing_found_is_no_error(body: bytes) -> None:
    assert read_search(GDELT, GDELT.endpoint, body).entries == ()


@pytest.mark.parametrize(("body", "words"), [
    (b"Your query was too short or too long.\n", "the service says: Your query was too short or too long."),
    (b"", "the service says: nothing"), (b"{broken", "broken JSON"), (b"<html>Please limit requests</html>", "the service says: <html>"),
])
def test_gdelt_says_what_is_wrong_with_status_200(body: bytes, words: str) -> None:
    with pytest.raises(ListingError) as caught:
        read_search(GDELT, GDELT.endpoint, body)
    assert caught.value.outcome is Outcome.READ_EMPTY
    assert caught.value.reason.startswith(words)


def rss(*items: str) -> bytes:
    return ('<rss version="2.0" xmlns:News="https://www.bing.com/news/search?q=x&amp;format=rss"><channel><title>x</title>'
            f'{"".join(f"<item>{item}</item>" for item in items)}</channel></rss>').encode()


def click(url: str) -> str:
    return f"http://www.bing.com/news/apiclick.aspx?ref=FexRss&amp;aid=&amp;tid=66f1&amp;url={quote(url, safe='')}&amp;c=1&amp;mkt=fr-fr"


def test_bing_links_are_decoded_and_msn_copies_dropped() -> None:
    body = rss(
        f"<title>Un campus à Nador</title><link>{click('https://example.org/a?x=1&y=é')}</link>"
        "<pubDate>Thu, 07 May 2026 10:30:00 GMT</pubDate><News:Source>Exemple</News:Source>",
        f"<title>Copy</title><link>{click('https://www.msn.com/fr-fr/a')}</link>",
        "<title>Direct</title><link>https://example.org/b</link>",
        "<title>Odd</title><link>http://www.bing.com/news/apiclick.aspx?url=javascript:alert(1)</link>")
    found = read_search(BING, BING.endpoint, body, "text/xml")
    assert [entry.url for entry in found.entries] == ["https://example.org/a?x=1&y=é", "https://example.org/b"]
    assert (found.entries[0].title, found.entries[0].published) == ("Un campus à Nador", "2026-05-07T10:30:00Z")
    assert found.entries[0].source_name == "Exemple"
    assert found.notes == ("1 results lead over Bing News itself and were left out",)


def test_an_empty_feed_of_results_is_no_error_and_a_page_is_one() -> None:
    assert read_search(BING, BING.endpoint, rss(), "text/xml").entries == ()
    with pytest.raises(ListingError, match="not a feed"):
        read_search(BING, BING.endpoint, b"<html><body>Robot?</body></html>", "text/html")


def packed(data: bytes) -> str:
    return f"https://news.google.com/rss/articles/{base64.urlsafe_b64encode(data).decode().rstrip('=')}?oc=5"


def test_google_links_that_hold_their_address_are_decoded_and_others_left_out() -> None:
    old = packed(b"\x08\x13\x22\x20https://example.org/2023/campus.html\xd2\x01\x00")
    new = packed(b"\x08\x13\x22\x40AU_yqLMkZ8x7abcdefgh")
    body = rss(f"<title>Un campus - Exemple</title><link>{old}</link><source url='https://example.org'>Exemple</source>",
               f"<title>Autre - Exemple</title><link>{new}</link><source url='https://example.org'>Exemple</source>")
    found = read_search(GOOGLE, GOOGLE.endpoint, body, "application/xml")
    assert [(entry.url, entry.title, entry.source_name) for entry in found.entries] == [
        ("https://example.org/2023/campus.html", "Un campus", "Exemple")]
    assert found.notes == ("1 results lead over Google News itself and were left out",)


@pytest.mark.parametrize("token", ["", "%%%", "CBMi", "\u0639"])
def test_tokens_that_are_none(token: str) -> None:
    assert unwrapped(f"https://news.google.com/rss/articles/{token}", GOOGLE) is None
