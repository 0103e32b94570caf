"""Facts about a page from its own head: canonical address, image, the site's names, section, tags."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any
from urllib.parse import urljoin, urlsplit

from lxml.html import HtmlElement

from crawler.reading.paragraphs import clean_line, key_of
from crawler.reading.structured import Structured, text_of, types_of
from crawler.reading.vocabulary import Vocabulary, outlet_key
from crawler.urls import canonical_url

_PUBLISHERS = {"organization", "newsmediaorganization", "website", "corporation"}
_NAME_MAX = 40
_SECOND_LEVEL = {"co", "com", "org", "net", "gov", "gouv", "ac", "edu", "info", "press"}


@dataclass(frozen=True, slots=True)
class Site:
    """The site a page stands on: the name to show and every name it goes by."""

    name: str | None
    names: tuple[str, ...]


def site_of(
    data: Structured, url: str, words: Vocabulary, hint: str | None = None, home_names: tuple[str, ...] = ()
) -> Site:
    """The site by hint (the source registry), og:site_name, publisher, host; named as config/outlets.yml has it."""
    label, host = host_label(url)
    publisher = data.article.get("publisher")
    candidates = [
        hint,
        data.first("og:site_name"),
        text_of(publisher),
        data.first("application-name", "publisher", "dc.publisher"),
    ]
    candidates += [text_of(node.get("name")) for node in data.nodes if types_of(node) & _PUBLISHERS][:3]
    names = [clean_line(name) for name in candidates if name and len(name) < 80 and not name.startswith("http")]
    known = next((words.outlets[key] for key in map(outlet_key, [*names, host]) if key in words.outlets), None)
    twitter = (data.first("twitter:site") or "").lstrip("@")
    every = tuple(dict.fromkeys(name for name in [*names, *home_names, label, host, twitter] if name))
    named = names or list(home_names) or ([host] if host and not host[-1].isdigit() else [])
    return Site(known or (named[0] if named else None), every)


def home_names(tree: HtmlElement, url: str, words: Vocabulary) -> tuple[str, ...]:
    """What the page's links to its own home page call the site (a menu's "Home" aside)."""
    root = "{0.scheme}://{0.netloc}".format(urlsplit(url)) if "://" in url and "[" not in url else ""
    homes = {"/", root, root + "/"} - {""}
    found: list[str] = []
    for element in tree.iter("a"):
        if element.get("href") in homes and 3 <= len(text := clean_line(element.text_content())) <= _NAME_MAX:
            found.append(text)
    return tuple(name for name in dict.fromkeys(found[:6]) if outlet_key(name) not in words.whole_lines)[:2]


def host_label(url: str) -> tuple[str, str]:
    """`https://fr.hespress.com/x` → ("hespress", "hespress.com"): what a site is called when nothing else says it."""
    try:
        host = (urlsplit(url).hostname or "").removeprefix("www.")
    except ValueError:
        return "", ""
    parts = host.split(".")
    if len(parts) < 2 or parts[-1].isdigit():
        return host, host
    keep = 3 if len(parts) > 2 and parts[-2] in _SECOND_LEVEL and len(parts[-1]) == 2 else 2
    return parts[-keep] if len(parts) >= keep else parts[0], ".".join(parts[-keep:])


def canonical_of(data: Structured, url: str) -> str:
    """rel=canonical or og:url where it is of the same site and leads to a page, else the page's own address."""
    own = canonical_url(url)
    for given in (data.canonical, data.first("og:url")):
        if not given:
            continue
        try:
            target = canonical_url(urljoin(url, given))
            parts = urlsplit(target)
        except ValueError:
            continue
        if parts.scheme not in {"http", "https"} or host_label(target)[1] != host_label(url)[1]:
            continue
        if parts.path in {"", "/"} and urlsplit(own).path not in {"", "/"} and not parts.query:
            continue  # a template that calls every page its home page
        return target
    return own


def image_of(data: Structured, url: str) -> str | None:
    """The address of the page's picture."""
    value: Any = data.first(
        "og:image", "og:image:secure_url", "twitter:image", "twitter:image:src"
    ) or data.article.get("image")
    while isinstance(value, list) and value:
        value = value[0]
    if isinstance(value, dict):
        value = value.get("url") or value.get("contentUrl")
    if not isinstance(value, str) or not value.strip():
        return None
    try:
        target = urljoin(url, value.strip())
    except ValueError:
        return None
    return target if target.startswith(("http://", "https://")) and len(target) < 2000 else None


def section_of(data: Structured) -> str | None:
    """The section the site files the article under."""
    value = data.article.get("articleSection") or data.first("article:section", "section")
    text = text_of(value)
    return text if text and len(text) < 80 else None


def tags_of(data: Structured) -> tuple[str, ...]:
    """Keywords of the article, at most 30."""
    value = data.article.get("keywords") or data.all("article:tag") or data.first("news_keywords", "keywords")
    items = value if isinstance(value, list) else re.split(r"[,;،؛]", value) if isinstance(value, str) else []
    tags = {key_of(text): text for item in items if (text := text_of(item)) and len(text) < 60}
    return tuple(tags.values())[:30]
