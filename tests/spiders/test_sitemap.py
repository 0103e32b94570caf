"""Sitemaps: what they name, what they hide, what they cost."""

from __future__ import annotations

import gzip
import time
import tracemalloc
from datetime import datetime, timezone
from pathlib import Path

import pytest

from crawler.outcomes import Outcome
from crawler.spiders.entry import Entry, ListingError
from crawler.spiders.sitemap import MAX_CHILDREN, MAX_OLD, read_sitemap, unpack

URL = "https://example.org/sitemap.xml"
NS = ('xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" xmlns:news="http://www.google.com/schemas/sitemap-news/0.9"'
      ' xmlns:image="http://www.google.com/schemas/sitemap-image/1.1"')


def urlset(inner: str, head: str = '<?xml version="1.0" encoding="UTF-8"?>') -> bytes:
    return f"{head}<urlset {NS}>{inner}</urlset>".encode()


def test_a_plain_urlset() -> None:
    found = read_sitemap(URL, urlset("<url><loc> https://example.org/a?x=1&amp;y=2 </loc><lastmod>2026-05-07T10:00:00+01:00</lastmod></url>"
                                     "<url><loc>/b</loc><lastmod>2026-05-07</lastmod></url><url><priority>1</priority></url>"))
    assert found.entries == (Entry("https://example.org/a?x=1&y=2", updated="2026-05-07T09:00:00Z"),
                             Entry("https://example.org/b", updated="2026-05-07"))


def test_a_news_sitemap_with_pictures() -> None:
    [entry] = read_sitemap(URL, urlset(
        "<url><loc>https://example.org/a</loc><image:image><image:loc>https://example.org/a.jpg</image:loc>"
        "<image:title>A crane</image:title></image:image><news:news><news:publication><news:name>Wire</news:name>"
        "<news:language>fr</news:language></news:publication><news:publication_date>2026-05-07T08:30Z</news:publication_date>"
        "<news:title>Un campus à Nador</news:title></news:news></url>")).entries
    assert entry == Entry("https://example.org/a", title="Un campus à Nador", published="2026-05-07T08:30:00Z", source_name="Wire")


def test_an_index() -> None:
    found = read_sitemap(URL, f"<sitemapindex {NS}><sitemap><loc>https://example.org/1.xml.gz</loc><lastmod>2026-05-07</lastmod>"
                              "</sitemap><sitemap><loc>2.xml</loc></sitemap></sitemapindex>".encode())
    assert found.children == (Entry("https://example.org/2.xml"), Entry("https://example.org/1.xml.gz", updated="2026-05-07"))
    assert found.entries == ()


def test_a_day_in_the_address_dates_what_has_no_lastmod() -> None:
    found = read_sitemap(URL, urlset("".join(f"<url><loc>https://example.org{path}</loc></url>" for path in (
        "/2024/05/07/a", "/2024-05-07-b/", "/news/2024/13/41/c", "/2024/05/d"))))
    assert [entry.published for entry in found.entries] == ["2024-05-07", "2024-05-07", None, None]


@pytest.mark.parametrize("body", [
    gzip.compress(urlset("<url><loc>/a</loc></url>"), mtime=0),
    gzip.compress(urlset("<url><loc>/a</loc>"), mtime=0) + gzip.compress(b"</url></urlset>", mtime=0),
    urlset("<url><loc>/a</loc></url>").decode().replace("UTF-8", "utf-16").encode("utf-16"),
    urlset("<url><loc>/a</loc></url>").replace(NS.encode(), b""),
    urlset("<url><loc>/a</loc><x>R & D</x></url>"),
    urlset("<url><loc>/a</loc></url>")[:-12],
    b"\n\n" + urlset("<url><loc>/a</loc></url>"),
    b"https://example.org/a\nnothing\n",
])
def test_gzip_encodings_and_broken_files(body: bytes) -> None:
    assert [entry.url for entry in read_sitemap(URL, body).entries] == ["https://example.org/a"]


@pytest.mark.parametrize("body", [b"", b"<html></html>", urlset(""), b"words", b"\x1f\x8bno gzip", b"<a" * 1_000])
def test_what_is_no_sitemap_says_so(body: bytes) -> None:
    with pytest.raises(ListingError) as caught:
        read_sitemap(URL, body)
    assert caught.value.outcome is Outcome.READ_EMPTY


@pytest.mark.parametrize("doctype", ['<!DOCTYPE urlset [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]>',
                                     '<!DOCTYPE urlset [<!ENTITY x SYSTEM "file:///etc/hostname">]>'])
def test_entities_are_refused(doctype: str) -> None:
    with pytest.raises(ListingError) as caught:
        read_sitemap(URL, gzip.compress(urlset("<url><loc>/&b;&x;</loc></url>", doctype)))
    assert caught.value.outcome is Outcome.HOSTILE_XML


def test_an_external_doctype_loads_nothing(tmp_path: Path) -> None:
    secret = tmp_path / "secret.dtd"
    secret.write_text('<!ENTITY x "leak">')
    body = urlset("<url><loc>/a&x;</loc></url>", f'<!DOCTYPE urlset SYSTEM "{secret.as_uri()}">')
    assert "leak" not in str(read_sitemap(URL, body))


def test_a_gzip_bomb_is_stopped_early() -> None:
    bomb = gzip.compress(b"\0" * 200_000_000)
    tracemalloc.start()
    with pytest.raises(ListingError) as caught:
        unpack(bomb, 10_000_000)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert caught.value.outcome is Outcome.TOO_LARGE
    assert peak < 40_000_000


def test_the_largest_sitemap_of_the_protocol_is_read_in_little_memory() -> None:
    rows = "".join(f"<url><loc>https://example.org/news/{n}-a-headline-in-the-address</loc><lastmod>2026-05-07</lastmod></url>"
                   for n in range(50_010))
    body = urlset(rows)
    start = time.process_time()
    found = read_sitemap(URL, body)
    assert time.process_time() - start < 8
    assert len(found.entries) == 50_000
    assert found.notes


def test_an_index_without_end_is_cut() -> None:
    found = read_sitemap(URL, f"<sitemapindex {NS}>{'<sitemap><loc>/x.xml</loc></sitemap>' * 2_000}</sitemapindex>".encode())
    assert len(found.children) == MAX_CHILDREN
    assert "left out" in found.notes[0]


def test_what_is_older_than_the_window_is_counted_not_kept() -> None:
    old = "".join(f"<url><loc>/old/{n}</loc><lastmod>2026-03-0{1 + n % 9}</lastmod></url>" for n in range(MAX_OLD + 250))
    body = urlset(f"{old}<url><loc>/new</loc><lastmod>2026-05-06</lastmod></url><url><loc>/undated</loc></url>"
                  "<url><loc>/2026/03/01/dated-path</loc></url>")
    found = read_sitemap(URL, body, cutoff=datetime(2026, 4, 7, 12, tzinfo=timezone.utc))
    assert len(found.entries) == MAX_OLD + 2
    assert [entry.url.rsplit("/", 1)[1] for entry in found.entries[-2:]] == ["new", "undated"]
    assert found.older == 251


def test_a_day_before_the_window_is_still_within_its_last_hours() -> None:
    cutoff = datetime(2026, 4, 7, 12, tzinfo=timezone.utc)
    body = urlset("<url><loc>/a</loc><lastmod>2026-01-01</lastmod></url>" * (MAX_OLD + 5)
                  + "<url><loc>/edge</loc><lastmod>2026-04-07</lastmod></url><url><loc>/zone</loc><lastmod>2026-04-07T02:00:00-12:00</lastmod></url>")
    assert [entry.url.rsplit("/", 1)[1] for entry in read_sitemap(URL, body, cutoff=cutoff).entries[MAX_OLD:]] == ["edge", "zone"]


@pytest.mark.parametrize(("name", "kept"), [
    ("post-2019-05.xml", False), ("post-2026-03.xml", False), ("post-2026-04.xml", True), ("sitemap-202603.xml.gz", False),
    ("2026/03/28/sitemap.xml", False), ("2026/04/28/sitemap.xml", True), ("post-sitemap12.xml", True), ("post-2026-13.xml", True),
    ("post-2199-01.xml", True),
])
def test_children_that_name_their_month(name: str, kept: bool) -> None:
    body = f"<sitemapindex {NS}><sitemap><loc>https://example.org/{name}</loc></sitemap></sitemapindex>".encode()
    found = read_sitemap(URL, body, cutoff=datetime(2026, 4, 7, 12, tzinfo=timezone.utc))
    assert [child.url for child in found.children] == ([f"https://example.org/{name}"] if kept else [])


def test_the_newest_children_come_first() -> None:
    body = "".join(f"<sitemap><loc>/{day}.xml</loc><lastmod>2026-05-0{day}</lastmod></sitemap>" for day in (2, 6, 4))
    found = read_sitemap(URL, f"<sitemapindex {NS}>{body}</sitemapindex>".encode())
    assert [child.url[-5:] for child in found.children] == ["6.xml", "4.xml", "2.xml"]


def test_a_list_of_lines() -> None:
    found = read_sitemap(URL, b"https://example.org/2026/05/06/a\r\nhttps://example.org/b\n# no address\n")
    assert [(entry.url, entry.published) for entry in found.entries] == [
        ("https://example.org/2026/05/06/a", "2026-05-06"), ("https://example.org/b", None)]
