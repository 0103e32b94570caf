"""What discovery sees: feeds, sitemaps, section pages."""

from __future__ import annotations

import gzip
import re
from collections.abc import Callable
from datetime import datetime
from urllib.parse import urlsplit

import feedparser
from lxml import etree, html

from crawler.newsroom import Newsroom
from tests.newsroom.conftest import Reply

Get = Callable[..., Reply]


def _feed(get: Get, url: str) -> feedparser.FeedParserDict:
    reply = get(url)
    if reply.status == 301:
        reply = get(reply.headers["location"])
    return feedparser.parse(reply.body, response_headers={"content-type": reply.headers["content-type"]})


def test_feeds_parse_and_name_their_own_articles_alone(room: Newsroom, get: Get) -> None:
    seen = 0
    for outlet in room.outlets:
        for way in outlet.discover:
            if "feed" not in way or outlet.habits.dead:
                continue
            parsed = _feed(get, way["feed"])
            assert not parsed.bozo, (way["feed"], parsed.get("bozo_exception"))
            assert parsed.entries
            for entry in parsed.entries:
                assert urlsplit(entry.link).netloc == outlet.host
                assert entry.title
                assert entry.published_parsed
                seen += 1
    assert seen > 70


def test_both_forms_of_feed_are_there(room: Newsroom, get: Get) -> None:
    versions = {_feed(get, way["feed"]).version for outlet in room.outlets if not outlet.habits.dead
                for way in outlet.discover if "feed" in way}
    assert versions == {"rss20", "atom10"}


def test_listings_hold_every_listed_story(room: Newsroom, get: Get) -> None:
    everything = b""
    for outlet in room.outlets:
        for routes in [room._sites.get(outlet.id, {})]:
            for listing in outlet.listings:
                body = routes[listing["path"]].body
                everything += gzip.decompress(body) if listing["path"].endswith(".gz") else body
    everything = everything.replace(b"&amp;", b"&")
    for label in room.labelled_stories():
        listed = label["url"].encode() in everything
        assert listed == (label["id"] != "fr-fes-annulation-chantiers"), label["id"]


def test_sitemap_index_to_gzipped_child_to_news(room: Newsroom, get: Get) -> None:
    names = {"s": "http://www.sitemaps.org/schemas/sitemap/0.9",
             "n": "http://www.google.com/schemas/sitemap-news/0.9"}
    for outlet_id in ("brujula-estrecho", "gulf-infrastructure"):
        outlet = room.outlet(outlet_id)
        index = etree.fromstring(get(outlet.discover[0]["sitemap"]).body)
        child = index.xpath("//s:loc/text()", namespaces=names)[0]
        assert child.endswith(".gz")
        reply = get(child)
        assert "content-encoding" not in reply.headers
        news = etree.fromstring(gzip.decompress(reply.body))
        assert len(news.xpath("//n:title", namespaces=names)) >= 8
        for when in news.xpath("//n:publication_date/text()", namespaces=names):
            assert datetime.fromisoformat(when).tzinfo is not None


def test_the_section_page_leads_to_articles_and_amp_twins(room: Newsroom, get: Get) -> None:
    way = room.outlet("chantiers-territoires").discover[0]
    page = html.fromstring(get(way["section"]).body)
    links = [link for link in page.xpath("//a/@href") if re.search(way["follow"], link)]
    assert len(links) >= 10
    twins = [link for link in links if link.endswith("/amp")]
    assert twins
    assert {twin.removesuffix("/amp") for twin in twins} <= set(links)
    assert any(link.startswith("http://10.") for link in links)
    assert not any("rubrique" in link for link in links)


def test_feed_and_sitemap_of_one_outlet_are_twins(room: Newsroom, get: Get) -> None:
    feed, sitemap = (way.get("feed") or way["sitemap"] for way in room.outlet("courrier-detroit").discover)
    tracked = [entry.link for entry in _feed(get, feed).entries]
    plain = re.findall(r"<loc>([^<]+)</loc>", get(sitemap).body.decode())
    assert all("utm_source=rss" in link for link in tracked)
    assert [link.split("?")[0] for link in tracked] == plain
