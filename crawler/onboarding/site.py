"""What a front page tells of its site: name, language, feeds, software. Pure."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any
from urllib.parse import urljoin, urlsplit

from lxml import etree, html

_FEED_TYPES = frozenset({"application/rss+xml", "application/atom+xml", "application/feed+json", "application/rdf+xml"})
_OTHER_FEED = re.compile(r"comment|commentaire|comentario|تعليق|wp-json/oembed", re.IGNORECASE)
_BETWEEN = re.compile(r"(?<!\s)\s+[|–—·:-]\s+|(?<!\s)\s*[|•»]\s*")
_NAMES = ("og:site_name", "application-name", "apple-mobile-web-app-title", "twitter:site")
_FRONT = frozenset({"home", "homepage", "accueil", "page d'accueil", "inicio", "portada", "الرئيسية",
                    "الصفحة الرئيسية"})
_LONGEST = 60  # letters of a name
# Where a software keeps its feed, by what gives it away (docs/sources.md).
_HABITS = (
    ("wp-content/", "/feed/"), ("wp-json", "/feed/"), ("spip.php", "/spip.php?page=backend"), ("/pf/resources/",
    "/arc/outboundfeeds/rss/"), ("blogger.com", "/feeds/posts/default"), ("com_content", "/?format=feed&type=rss"),
    ("wmaker", "/xml/syndication.rss"), ("drupal", "/rss.xml"), ("ghost", "/rss/"),
)
COMMON = ("/feed/", "/rss.xml", "/rss", "/feed.xml", "/atom.xml", "/index.xml")

SITEMAPS = ("/news-sitemap.xml", "/sitemap_index.xml", "/sitemap-news.xml")


@dataclass(frozen=True, slots=True)
class Site:
    """`language` and `region` as the page declares them (fr, MA); `feeds` in its order; `habits`: where its software
    keeps a feed; `wordpress`: its home, where it is one; `text`: its visible words."""

    name: str | None = None
    language: str | None = None
    region: str | None = None
    feeds: tuple[str, ...] = ()
    habits: tuple[str, ...] = ()
    wordpress: str | None = None
    text: str = ""


def read_site(url: str, body: bytes) -> Site:
    """What the page at `url` says; an empty Site where it is no HTML."""
    try:
        tree = html.document_fromstring(body, parser=html.HTMLParser(no_network=True))
    except (etree.ParserError, etree.XMLSyntaxError, ValueError):
        return Site()
    metas = {(meta.get("property") or meta.get("name") or "").lower(): (meta.get("content") or "").strip()
             for meta in reversed(list(tree.iter("meta")))}
    said = next((value for value in (tree.get("lang"), metas.get("og:locale"), metas.get("language")) if value), "")
    region = next((found[1].upper() for value in (metas.get("og:locale"), tree.get("lang")) if value
                   and (found := re.fullmatch(r"[a-zA-Z]{2,3}[-_]([a-zA-Z]{2})", value))), None)
    language = re.match(r"[a-zA-Z]{2}(?![a-zA-Z])", said)
    markup = body[:400_000].decode("utf-8", "replace").lower()
    api = next((link.get("href") for link in tree.iter("link") if "api.w.org" in (link.get("rel") or "")), None)
    wordpress = urljoin(url, "/") if api is not None or "wp-content/" in markup else None
    if api is not None and "/wp-json" in api:
        wordpress = urljoin(url, api.split("wp-json", 1)[0])
    name = _name(tree, metas, url)  # before the scripts go: some tell it
    for hidden in list(tree.iter("script", "style", "noscript")):
        hidden.drop_tree()
    return Site(name, language[0].lower() if language else None, region, tuple(_feeds(tree, url)),
                tuple(dict.fromkeys(urljoin(url, path) for mark, path in _HABITS if mark in markup)), wordpress,
                " ".join(tree.text_content().split())[:100_000])


def _feeds(tree: html.HtmlElement, url: str) -> Iterator[str]:
    base = next((urljoin(url, given.get("href", "").strip()) for given in tree.iterfind(".//base[@href]")), url)
    seen = set()
    for link in tree.iter("link"):
        if "alternate" not in (link.get("rel") or "").lower() or not link.get("href"):
            continue
        if (link.get("type") or "").split(";")[0].strip().lower() not in _FEED_TYPES:
            continue
        try:
            address = urljoin(base, link.get("href").strip())
        except ValueError:
            continue
        if address not in seen and not _OTHER_FEED.search(f"{link.get('title') or ''} {address}") \
                and urlsplit(address).scheme in {"http", "https"}:
            seen.add(address)
            yield address


def _name(tree: html.HtmlElement, metas: dict[str, str], url: str) -> str | None:
    candidates = [metas.get(key, "") for key in _NAMES] + list(_publishers(tree))
    title = " ".join((tree.findtext(".//title") or "").split())
    host = (urlsplit(url).hostname or "").removeprefix("www.").split(".")[0]
    parts = [part.strip() for part in _BETWEEN.split(title) if part.strip()]
    # A title is "Name - what it is" or the other way round: the part that looks like the host, else the shortest.
    parts = [part for part in parts if part.casefold() not in _FRONT]
    candidates += sorted(parts, key=lambda part: (host not in re.sub(r"\W", "", part.lower()), len(part)))
    return next((name for name in candidates if 1 < len(name) <= _LONGEST and not name.startswith("@")), None)


def _publishers(tree: html.HtmlElement) -> Iterator[str]:
    for script in tree.iter("script"):
        if script.get("type") != "application/ld+json" or len(script.text or "") > 200_000:
            continue
        try:
            yield from _named(json.loads(script.text or ""), 0)
        except (ValueError, RecursionError):
            continue


def _named(value: Any, depth: int) -> Iterator[str]:
    if depth > 4:
        return
    if isinstance(value, list):
        for item in value[:50]:
            yield from _named(item, depth + 1)
    elif isinstance(value, dict):
        kinds = value.get("@type")
        kinds = kinds if isinstance(kinds, list) else [kinds]
        if {"NewsMediaOrganization", "Organization", "WebSite"} & set(map(str, kinds)) and isinstance(
                value.get("name"), str):
            yield value["name"].strip()
        for key in ("@graph", "publisher"):
            yield from _named(value.get(key), depth + 1)
