"""Listings: RSS, Atom, a news sitemap behind an index, a section page. All of entries (title, absolute link, date)."""

from __future__ import annotations

import gzip
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from xml.sax.saxutils import escape, quoteattr

from crawler.newsroom.dates import printed_date, rfc822
from crawler.newsroom.outlets import Outlet
from crawler.newsroom.pages import furniture


@dataclass(frozen=True)
class Entry:
    """One line of a listing. `url` is absolute."""

    url: str
    title: str
    published: datetime
    language: str
    summary: str = ""
    author: str | None = None
    content: str = ""


def rss(outlet: Outlet, entries: Sequence[Entry], language: str) -> bytes:
    """RSS 2.0, in the outlet's own charset with an XML declaration that says so."""
    items = []
    for entry in entries:
        author = f"<dc:creator>{escape(entry.author)}</dc:creator>" if entry.author else ""
        content = f"<content:encoded><![CDATA[{entry.content}]]></content:encoded>" if entry.content else ""
        items.append(
            f"<item><title>{escape(entry.title)}</title><link>{escape(entry.url)}</link>{author}"
            f"<pubDate>{rfc822(entry.published)}</pubDate><guid isPermaLink=\"false\">{escape(entry.url)}</guid>"
            f"<description>{escape(entry.summary)}</description>{content}</item>")
    newest = f"<lastBuildDate>{rfc822(entries[0].published)}</lastBuildDate>" if entries else ""
    text = (f'<?xml version="1.0" encoding="{outlet.habits.charset.upper()}"?>\n'
            '<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/" '
            'xmlns:dc="http://purl.org/dc/elements/1.1/">'
            f"<channel><title>{escape(outlet.name)}</title><link>{escape(outlet.url)}</link>"
            f"<description>{escape(outlet.name)}</description><language>{language}</language>{newest}"
            f"{''.join(items)}</channel></rss>")
    return text.encode(outlet.habits.charset, errors="xmlcharrefreplace")


def atom(outlet: Outlet, entries: Sequence[Entry], language: str, address: str) -> bytes:
    """Atom 1.0."""
    items = []
    for entry in entries:
        author = f"<author><name>{escape(entry.author or outlet.name)}</name></author>"
        items.append(
            f"<entry><title type=\"text\">{escape(entry.title)}</title>"
            f"<link rel=\"alternate\" href={quoteattr(entry.url)}/>"
            f"<id>{escape(entry.url)}</id><published>{entry.published.isoformat()}</published>"
            f"<updated>{entry.published.isoformat()}</updated>{author}"
            f"<summary type=\"text\">{escape(entry.summary)}</summary></entry>")
    updated = entries[0].published.isoformat() if entries else "2020-01-01T00:00:00Z"
    return (f'<?xml version="1.0" encoding="UTF-8"?>\n<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="{language}">'
            f"<title>{escape(outlet.name)}</title><id>{escape(outlet.url)}</id><updated>{updated}</updated>"
            f'<link rel="self" href={quoteattr(address)}/>{"".join(items)}</feed>').encode()


def sitemap_index(children: Sequence[str]) -> bytes:
    """An index of sitemaps; `children` are absolute."""
    inner = "".join(f"<sitemap><loc>{escape(url)}</loc></sitemap>" for url in children)
    return ('<?xml version="1.0" encoding="UTF-8"?>\n'
            f'<sitemapindex xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">{inner}</sitemapindex>').encode()


def news_sitemap(outlet: Outlet, entries: Sequence[Entry], *, zipped: bool) -> bytes:
    """A Google-News sitemap; gzipped as a file (not as a content encoding) where `zipped`."""
    inner = "".join(
        f"<url><loc>{escape(entry.url)}</loc><news:news><news:publication><news:name>{escape(outlet.name)}</news:name>"
        f"<news:language>{entry.language}</news:language></news:publication>"
        f"<news:publication_date>{entry.published.isoformat()}</news:publication_date>"
        f"<news:title>{escape(entry.title)}</news:title></news:news></url>" for entry in entries)
    body = ('<?xml version="1.0" encoding="UTF-8"?>\n<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" '
            f'xmlns:news="http://www.google.com/schemas/sitemap-news/0.9">{inner}</urlset>').encode()
    return gzip.compress(body, mtime=0) if zipped else body


def section_page(outlet: Outlet, entries: Sequence[Entry], language: str) -> bytes:
    """A listing page of teasers, between a menu and a sidebar whose links are no articles."""
    words = furniture()[language]
    cards = "".join(
        f'<div class="card"><h3><a href={quoteattr(entry.url)}>{escape(entry.title)}</a></h3>'
        f'<span class="date">{escape(printed_date(entry.published, outlet.habits.date))}</span>'
        f"<p>{escape(entry.summary)}</p></div>" for entry in entries)
    menu = "".join(f'<li><a href="/rubrique/{n}">{escape(word)}</a></li>' for n, word in enumerate(words["menu"]))
    side = "".join(f"<li>{escape(line)}</li>" for line in words["data_center"])
    feeds = "".join(f'<link rel="alternate" type="application/rss+xml" href={quoteattr(item["feed"])}>'
                    for item in outlet.discover if "feed" in item)
    return (f'<!DOCTYPE html><html lang="{language}" dir="{"rtl" if language == "ar" else "ltr"}"><head>'
            f'<meta charset="{outlet.habits.charset}"><title>{escape(outlet.name)}</title>{feeds}</head><body>'
            f'<ul id="menu">{menu}</ul><main>{cards}</main><aside><ul>{side}</ul></aside>'
            f"<footer>{escape(words['footer'])}</footer></body></html>"
            ).encode(outlet.habits.charset, errors="xmlcharrefreplace")
