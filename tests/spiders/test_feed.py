"""Feeds of every kind, whole, broken and hostile."""

from __future__ import annotations

import contextlib
import json
import time
from pathlib import Path

import pytest

from crawler.outcomes import Outcome
from crawler.spiders.entry import Entry, ListingError
from crawler.spiders.feed import read_feed

URL = "https://example.org/news/feed.xml"


def rss(items: str, head: str = "", version: str = "2.0") -> bytes:
    return (f'{head}<rss version="{version}" xmlns:dc="http://purl.org/dc/elements/1.1/" '
            'xmlns:feedburner="http://rssnamespace.org/feedburner/ext/1.0">'
            f"<channel><title>Wire</title>{items}</channel></rss>").encode()


def entries(body: bytes, content_type: str = "application/rss+xml") -> tuple[Entry, ...]:
    return read_feed(URL, body, content_type).entries


def test_rss() -> None:
    [entry] = entries(rss("""<item><title>Two halls &amp; a substation</title><link> /2026/05/halls.html?a=1&amp;b=2 </link>
        <pubDate>Thu, 07 May 2026 10:30:00 +0100</pubDate><dc:creator>Samira El Idrissi</dc:creator>
        <description>&lt;p&gt;Work   &lt;b&gt;begins&lt;/b&gt; in June.&lt;/p&gt;</description>
        <source url="https://origin.example/feed">Origin Daily</source></item>"""))
    assert entry == Entry(
        url="https://example.org/2026/05/halls.html?a=1&b=2", title="Two halls & a substation",
        published="2026-05-07T09:30:00Z", authors=("Samira El Idrissi",), summary="Work begins in June.",
        source_name="Origin Daily")


def test_atom_with_several_links_and_authors() -> None:
    [entry] = entries(b"""<?xml version="1.0"?><feed xmlns="http://www.w3.org/2005/Atom" xml:base="https://cdn.example/x/">
        <title>Wire</title><entry><id>urn:1</id><title type="html">Un &lt;em&gt;campus&lt;/em&gt;</title>
        <link rel="self" href="self.atom"/><link rel="alternate" href="campus.html"/>
        <author><name>A. Benali</name></author><author><name>B. Ruiz</name></author>
        <published>2026-05-07T08:00:00+02:00</published><updated>2026-05-08T08:00:00Z</updated>
        <summary>Lead.</summary></entry></feed>""", "application/atom+xml")
    assert entry.url == "https://cdn.example/x/campus.html"
    assert entry.authors == ("A. Benali", "B. Ruiz")
    assert (entry.title, entry.summary) == ("Un campus", "Lead.")
    assert (entry.published, entry.updated) == ("2026-05-07T06:00:00Z", "2026-05-08T08:00:00Z")


def test_rdf() -> None:
    [entry] = entries(b"""<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/"
        xmlns:dc="http://purl.org/dc/elements/1.1/"><channel rdf:about="x"><title>Wire</title></channel>
        <item rdf:about="a"><title>A</title><link>https://example.org/a</link><dc:date>2026-05-07</dc:date></item></rdf:RDF>""",
                      "application/rdf+xml")
    assert (entry.url, (entry.published or entry.updated or "")[:10]) == ("https://example.org/a", "2026-05-07")


def test_old_rss_with_an_external_doctype() -> None:
    doctype = ('<?xml version="1.0"?><!DOCTYPE rss PUBLIC "-//Netscape Communications//DTD RSS 0.91//EN" '
               '"http://my.netscape.com/publish/formats/rss-0.91.dtd">')
    assert len(entries(rss("<item><title>A</title><link>/a</link></item>", doctype, "0.91"))) == 1


def test_json_feed() -> None:
    body = json.dumps({"version": "https://jsonfeed.org/version/1.1", "items": [
        {"id": "1", "url": "/a", "title": "A", "date_published": "2026-05-07T08:00:00+02:00", "authors": [{"name": "N"}]},
        {"id": "2", "external_url": "https://other.org/b", "author": {"name": "M"}}, {"id": "3"}, "odd", {"url": 7}]})
    first, second = entries(body.encode(), "application/feed+json")
    assert (first.url, first.published, first.authors) == ("https://example.org/a", "2026-05-07T06:00:00Z", ("N",))
    assert (second.url, second.authors) == ("https://other.org/b", ("M",))


def test_the_original_behind_feedburner_and_the_guid() -> None:
    burnt, guid, none = (
        "<item><link>https://feeds.example/~r/1</link><feedburner:origLink>https://example.org/1</feedburner:origLink></item>",
        "<item><guid>https://example.org/2</guid></item>", "<item><guid isPermaLink='false'>tag:3</guid></item>")
    assert [entry.url for entry in entries(rss(burnt + guid + none))] == ["https://example.org/1", "https://example.org/2"]


@pytest.mark.parametrize("date", ["", "yesterday", "Thu, 07 May 1970 10:00:00 GMT", "Thu, 07 May 2099 10:00:00 GMT", "0"])
def test_dates_that_cannot_be_true_are_none(date: str) -> None:
    assert entries(rss(f"<item><link>/a</link><pubDate>{date}</pubDate></item>"))[0].published is None


@pytest.mark.parametrize(("encoding", "declared"), [
    ("utf-8", "utf-8"), ("windows-1256", "windows-1256"), ("utf-16", "utf-16"), ("utf-8-sig", "utf-8"), ("iso-8859-6", "iso-8859-6"),
    ("utf-16-le", "utf-16"),
])
def test_arabic_in_every_encoding(encoding: str, declared: str) -> None:
    head = f'<?xml version="1.0" encoding="{declared}"?>'
    body = rss("<item><title>مركز بيانات في طنجة</title><link>/a</link></item>", head).decode().encode(encoding)
    assert entries(body, "application/rss+xml")[0].title == "مركز بيانات في طنجة"


def test_the_header_names_the_charset_that_the_file_forgot() -> None:
    body = rss("<item><title>مركز بيانات</title><link>/a</link></item>").decode().encode("windows-1256")
    assert entries(body, "text/xml; charset=windows-1256")[0].title == "مركز بيانات"


@pytest.mark.parametrize("broken", [
    "<item><title>A & B</title><link>/a</link></item>",
    "<item><title>A</title><link>/a</link></item><item><title>cut",
    "<item><title>caf\x03e &nbsp; &eacute;</title><link>/a</link></item>",
    "<item><title><b>A</title><link>/a</link></item>",
])
def test_broken_xml_is_read_as_far_as_it_goes(broken: str) -> None:
    body = rss(broken) if "cut" not in broken else rss(broken).split(b"</channel>")[0]
    assert entries(body)[0].url == "https://example.org/a"


@pytest.mark.parametrize("body", [b"", b"  \n", b"<html><p>Not here any more</p></html>", b"plain words", b"{}", b'{"items": 3}',
                                  b"{broken", rss(""), b"[" * 10_000, b"{" + b'"a":{' * 5_000])
def test_what_is_no_feed_says_so(body: bytes) -> None:
    with pytest.raises(ListingError) as caught:
        entries(body)
    assert caught.value.outcome is Outcome.READ_EMPTY


LAUGHS = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10))
HOSTILE = {
    "laughs": f'<!DOCTYPE rss [<!ENTITY l0 "ha">{LAUGHS}]>',
    "quadratic": f'<!DOCTYPE rss [<!ENTITY a "{"a" * 50_000}">]>',
    "external": '<!DOCTYPE rss [<!ENTITY x SYSTEM "file:///etc/hostname">]>',
    "external-http": '<!DOCTYPE rss [<!ENTITY x SYSTEM "http://127.0.0.1:9/x">]>',
    "parameter": '<!DOCTYPE rss [<!ENTITY % p SYSTEM "http://127.0.0.1:9/p.dtd"> %p;]>',
    "case": '<!doctype rss [<!entity x "y">]>',
    "after a comment": '<!-- <![CDATA[ --><!DOCTYPE rss [<!ENTITY x "y">]>',
    "after an instruction": '<?php ?><!DOCTYPE rss [<!ENTITY x "y">]>',
    "unclosed comment": '<!-- <!DOCTYPE rss [<!ENTITY x "y">]>',
}


@pytest.mark.parametrize("name", HOSTILE)
@pytest.mark.parametrize("encoding", ["utf-8", "utf-16", "utf-32"])
def test_declared_entities_are_refused_at_once(name: str, encoding: str) -> None:
    body = rss("<item><title>&x;&l9;</title><link>/a</link></item>", HOSTILE[name]).decode().encode(encoding)
    start = time.process_time()
    with pytest.raises(ListingError) as caught:
        entries(body)
    assert caught.value.outcome is Outcome.HOSTILE_XML
    assert time.process_time() - start < 2  # expanded, it takes minutes


@pytest.mark.parametrize("encoding", ["utf-7", "utf_7", "cp037", "rot13", "punycode", "hz"])
def test_encodings_that_hide_declarations_are_refused(encoding: str) -> None:
    with pytest.raises(ListingError) as caught:
        entries(rss("<item><link>/a</link></item>", f'<?xml version="1.0" encoding="{encoding}"?>'))
    assert caught.value.outcome is Outcome.HOSTILE_XML


def test_a_declaration_that_is_only_told_about_harms_nobody() -> None:
    told = "<item><link>/a</link><title><![CDATA[How <!ENTITY works]]></title></item><!-- <!ENTITY x -->"
    assert entries(rss(told))[0].url == "https://example.org/a"


def test_no_file_is_ever_opened(tmp_path: Path) -> None:
    sentinel = tmp_path / "sentinel"
    sentinel.write_text("<rss version='2.0'><channel><item><link>http://leak.example</link></item></channel></rss>")
    for body in (str(sentinel).encode(), sentinel.as_uri().encode(),
                 rss("<item><link>/a</link><title>&x;</title></item>", f"<!DOCTYPE rss SYSTEM '{sentinel.as_uri()}'>")):
        with contextlib.suppress(ListingError):
            assert "leak" not in str(entries(body))


def test_too_large_a_feed_is_not_parsed() -> None:
    start = time.process_time()
    with pytest.raises(ListingError) as caught:
        entries(b"<rss>" + b"<item/>" * 1_000_000)
    assert caught.value.outcome is Outcome.TOO_LARGE
    assert time.process_time() - start < 1


def test_scripts_and_files_stay_strings() -> None:
    links = [entry.url for entry in entries(rss("<item><link>javascript:alert(1)</link></item><item><link>file:///x/y</link></item>"))]
    assert all(link.startswith(("javascript:", "file:")) for link in links)  # the address guard ends them, by name


ATOM = 'xmlns="http://www.w3.org/2005/Atom"'
A = Entry("https://example.org/a", title="A")


@pytest.mark.parametrize(("body", "entry"), [
    (("<br />\n<b>Warning</b>: x in y.php<br />\n<?xml version='1.0'?><rss version='2.0'><channel><item><title>A</title><link>/a</link>"
     "</item></channel></rss>"), A),
    ("<rss version='2.0'><channel><item><title>A</title><link>/a</link><media:content url='x'/></item></channel></rss>", A),
    ("<RSS version='2.0'><CHANNEL><ITEM><TITLE>A</TITLE><LINK>https://example.org/a</LINK></ITEM></CHANNEL></RSS>", A),
    ("<rss version='2.0'><channel><item><title>A</title><link><![CDATA[ https://example.org/a ]]></link></item></channel></rss>", A),
    (('<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://my.netscape.com/rdf/simple/0.9/"><channel/>'
     "<item><title>A</title><link>https://example.org/a</link></item></rdf:RDF>"), A),
    (('<feed version="0.3" xmlns="http://purl.org/atom/ns#"><entry><title>A</title><link rel="alternate" href="/a"/><id>x</id>'
     "<issued>2026-05-07T08:00:00Z</issued><modified>2026-05-08T08:00:00Z</modified></entry></feed>"),
     Entry("https://example.org/a", "A", "2026-05-07T08:00:00Z", "2026-05-08T08:00:00Z")),
    (f'<feed {ATOM}><entry><title>A</title><link href="/a"/><id>x</id><updated>2026-05-08T08:00:00Z</updated></entry></feed>',
     Entry("https://example.org/a", "A", updated="2026-05-08T08:00:00Z")),
    (f'<feed {ATOM} xml:base="https://example.org/"><entry xml:base="x/"><title>A</title><link href="../a"/><id>x</id></entry></feed>', A),
    ("<rss version='2.0' xml:base='https://example.org/'><channel><item><title>A</title><link>a</link></item></channel></rss>", A),
    (("<rss version='2.0' xmlns:d='http://purl.org/dc/terms/'><channel><item><title>A</title><link>/a</link><pubDate>Thu, 07 May 2026 "
     "10:30:00 +0100</pubDate><d:modified>2026-05-09T08:00:00Z</d:modified></item></channel></rss>"),
     Entry("https://example.org/a", "A", "2026-05-07T09:30:00Z", "2026-05-09T08:00:00Z")),
    ('\ufeff{"version":"https://jsonfeed.org/version/1","items":[{"id":"https://example.org/a","title":"A"}]}', A),
])
def test_every_age_and_make_of_feed(body: str, entry: Entry) -> None:
    assert entries(body.encode(), "text/xml") == (entry,)


@pytest.mark.parametrize(("date", "iso"), [
    ("jeu, 07 mai 2026 10:30:00 +0100", "2026-05-07"), ("الخميس 7 ماي 2026", "2026-05-07"), ("7 de mayo de 2026", "2026-05-07"),
])
def test_dates_in_other_languages_are_read(date: str, iso: str) -> None:
    assert (entries(rss(f"<item><link>/a</link><pubDate>{date}</pubDate></item>"))[0].published or "")[:10] == iso


def test_a_web_page_is_called_one() -> None:
    with pytest.raises(ListingError, match="a web page, not a feed"):
        entries(b"<!DOCTYPE html><html><body><a href='/feed'>RSS</a></body></html>", "text/html")


ITEM = "<item><title>A</title><link>/a</link></item>"
LINK = "<atom:link xmlns:atom='http://www.w3.org/2005/Atom' rel='{}' href='{}'/>"


@pytest.mark.parametrize(("body", "older"), [
    (f"<feed {ATOM}><link rel='self' href='feed.xml'/><link rel='next' href='feed.xml?p=2'/><entry><link href='/a'/></entry></feed>",
     f"{URL}?p=2"),
    (f"<feed {ATOM}><link rel='prev-archive' href='/2026/04'/><entry><link href='/a'/></entry></feed>", "https://example.org/2026/04"),
    (rss(LINK.format("next", "/feed/2") + ITEM).decode(), "https://example.org/feed/2"),
    (rss(LINK.format("next", "https://elsewhere.example/2") + ITEM).decode(), None),
    (rss(LINK.format("next", "file:///etc/passwd") + ITEM).decode(), None),
    (rss(LINK.format("next", "http://[") + ITEM).decode(), None),
    (rss(LINK.format("next", URL) + ITEM).decode(), None),
    (rss(LINK.format("previous", "/feed/0") + ITEM).decode(), None),
    (rss("<generator>https://wordpress.org/?v=6.8</generator>" + ITEM).decode(), f"{URL}?paged=2"),
    (rss("<generator>Another 1.0</generator>" + ITEM).decode(), None),
    ('{"version":"https://jsonfeed.org/version/1.1","next_url":"?page=2","items":[{"id":"https://example.org/a"}]}', f"{URL}?page=2"),
    ('{"version":"https://jsonfeed.org/version/1.1","next_url":7,"items":[{"id":"https://example.org/a"}]}', None),
])
def test_the_page_of_what_is_older(body: str, older: str | None) -> None:
    assert read_feed(URL, body.encode(), "application/xml" if body[0] == "<" else "application/json").more == older


@pytest.mark.parametrize(("url", "older"), [
    ("https://example.org/feed/", "https://example.org/feed/?paged=2"),
    ("https://example.org/?feed=rss2&paged=2", "https://example.org/?feed=rss2&paged=3"),
    ("https://example.org/feed/?paged=x", None),
])
def test_wordpress_counts_its_pages(url: str, older: str | None) -> None:
    assert read_feed(url, rss("<generator>https://wordpress.org/?v=6.8</generator>" + ITEM)).more == older
