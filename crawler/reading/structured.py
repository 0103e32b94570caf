"""What a page says about itself to machines: JSON-LD, meta tags, links, collected once for all who ask."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from html import unescape
from typing import Any

from lxml import etree
from lxml.html import HtmlElement

from crawler.reading.paragraphs import clean_line

_ARTICLE_TYPES_WORDS = """
    article newsarticle reportagenewsarticle analysisnewsarticle backgroundnewsarticle opinionnewsarticle
    reviewnewsarticle askpublicnewsarticle advertisercontentarticle satiricalarticle blogposting
    liveblogposting techarticle report scholarlyarticle socialmediaposting pressrelease newspaperarticle
"""
ARTICLE_TYPES = frozenset(_ARTICLE_TYPES_WORDS.split())
_MAX_JSON = 600_000
_JSON_WRAP = re.compile(
    r"^\s*(?:<!--|//\s*<!\[CDATA\[|/\*\s*<!\[CDATA\[\s*\*/|<!\[CDATA\[)|(?:-->|//\s*\]\]>|/\*\s*\]\]>\s*\*/|\]\]>)\s*;?\s*$"
)
_VARIANTS = {
    "articlepublishedtime": "article:published_time",
    "articlemodifiedtime": "article:modified_time",
    "ogsitename": "og:site_name",
    "articlepublished": "article:published_time",
    "ogpublishedtime": "article:published_time",
}
_TRAILING_COMMA = re.compile(r",(\s*[}\]])")
_TAGS = re.compile(r"<[^<>]{1,300}>")


@dataclass(slots=True)
class Structured:
    """Meta tags by lower-case name (every value, in order), JSON-LD nodes, and the article among them."""

    meta: dict[str, list[str]] = field(default_factory=dict)
    nodes: list[dict[str, Any]] = field(default_factory=list)
    article: dict[str, Any] = field(default_factory=dict)
    canonical: str | None = None
    language: str | None = None

    def first(self, *names: str) -> str | None:
        """The first value of the first of these meta names that has one."""
        for name in names:
            for value in self.meta.get(name, ()):
                if value:
                    return value
        return None

    def labelled(self, labels: tuple[str, ...]) -> list[str]:
        """Values of `twitter:data1` and the like whose `twitter:label1` is one of these (lower case)."""
        found = []
        for number in ("1", "2"):
            label, value = self.first(f"twitter:label{number}"), self.first(f"twitter:data{number}")
            if label and value and label.strip(" :").lower() in labels:
                found.append(value)
        return found

    def all(self, *names: str) -> list[str]:
        """Every value of these meta names, without repeats."""
        return list(dict.fromkeys(value for name in names for value in self.meta.get(name, ())))


def collect(tree: HtmlElement) -> Structured:
    """Read the head once. Broken JSON is mended where that is plain, else passed over."""
    found = Structured()
    for element in tree.iter("meta"):
        name = element.get("property") or element.get("name") or element.get("itemprop") or element.get("http-equiv")
        value = element.get("content")
        if name and value:
            found.meta.setdefault(_meta_name(name), []).append(clean_line(unescape(value)))
    for element in tree.iter("link"):
        if "canonical" in (element.get("rel") or "").lower().split() and element.get("href"):
            found.canonical = element.get("href").strip()
            break
    found.language = tree.get("lang") or tree.get("{http://www.w3.org/XML/1998/namespace}lang")
    for element in tree.iter("script"):
        if "ld+json" in (element.get("type") or "").lower():
            found.nodes.extend(_nodes(load_json(element.text or "")))
    found.article = _article_of(found.nodes)
    return found


def _meta_name(name: str) -> str:
    """`article:published:time` and `Article:Published_Time` are one name; so are all ways to write any other."""
    name = name.strip().lower()
    return _VARIANTS.get(re.sub(r"[^a-z]", "", name), name)


def load_json(source: str) -> Any:
    """JSON as sites write it (comment wrappers, raw line breaks, trailing commas); None where it cannot be read."""
    if len(source) > _MAX_JSON:
        return None
    source = _JSON_WRAP.sub("", source).strip()
    for attempt in (source, _TRAILING_COMMA.sub(r"\1", source)):
        try:
            return json.loads(attempt, strict=False)
        except ValueError:
            continue
        except RecursionError:
            return None
    return None


def _nodes(data: Any) -> Iterator[dict[str, Any]]:
    """Every object of a JSON-LD block that has a type, the graph and the main entity opened."""
    queue, seen = [data], 0
    while queue and seen < 500:
        item = queue.pop(0)
        seen += 1
        if isinstance(item, list):
            queue.extend(item)
        elif isinstance(item, dict):
            if "@type" in item:
                yield item
            for key in ("@graph", "mainEntity", "mainEntityOfPage", "hasPart"):
                inner = item.get(key)
                if isinstance(inner, (dict, list)):
                    queue.append(inner)


def types_of(node: dict[str, Any]) -> set[str]:
    """The lower-case types of a node, without a namespace."""
    value = node.get("@type")
    values = value if isinstance(value, list) else [value]
    return {item.rsplit("/", 1)[-1].rsplit(":", 1)[-1].lower() for item in values if isinstance(item, str)}


def _article_of(nodes: list[dict[str, Any]]) -> dict[str, Any]:
    """The node that describes the page's own article: the first article with a headline, filled up from its twins."""
    articles = [node for node in nodes if types_of(node) & ARTICLE_TYPES]
    if not articles:
        return {}
    best = next((node for node in articles if node.get("headline")), articles[0])
    merged = dict(best)
    for node in articles:
        if node is not best and node.get("headline") in (None, best.get("headline")):
            for key, value in node.items():
                merged.setdefault(key, value)
    return merged


def text_of(value: Any) -> str | None:
    """A JSON-LD value (of a list the first) as one clean line without tags; None for anything but a text."""
    if isinstance(value, list) and value:
        value = value[0]
    if isinstance(value, dict):
        value = value.get("@value") or value.get("name")
    if not isinstance(value, str):
        return None
    text = unescape(unescape(value)) if "&" in value else value
    return clean_line(_TAGS.sub(" ", text) if "<" in text else text) or None


def element_text(element: etree._Element) -> str:
    """The visible text of an element in one line; scripts and styles aside."""
    parts: list[str] = []
    skip = {"script", "style", "noscript", "template", "svg", "time"} - {str(element.tag)}
    stack: list[etree._Element] = [element]
    while stack:
        current = stack.pop()
        if isinstance(current, str):
            parts.append(current)
            continue
        if current is not element and current.tail:
            stack.append(current.tail)
        if current.tag in skip or not isinstance(current.tag, str):
            continue
        stack.extend(reversed(list(current)))
        if current.text:
            stack.append(current.text)
    return clean_line("".join(parts))


def short_text(element: etree._Element, limit: int) -> str | None:
    """All text of an element in one line; None where it is `limit` long or longer, found out without reading on.

    A chain of nested blocks around a long text would else be read once for each of them.
    """
    parts: list[str] = []
    left = limit
    for part in element.itertext():
        left -= len(" ".join(part.split()))
        if left <= 0:
            return None
        parts.append(str(part))
    text = " ".join("".join(parts).split())
    return text if len(text) < limit else None
