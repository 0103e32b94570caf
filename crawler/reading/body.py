"""The body of a page: trafilatura at the centre, and around it only steps that were measured to help."""

from __future__ import annotations

import logging
from collections import defaultdict
from typing import Any

import trafilatura
from lxml.html import HtmlElement

from crawler.reading.furniture import without_furniture, without_title
from crawler.reading.guards import MANY_ELEMENTS
from crawler.reading.paragraphs import key_of, lines_of
from crawler.reading.structured import Structured
from crawler.reading.vocabulary import Vocabulary

logging.getLogger("trafilatura").setLevel(logging.CRITICAL)  # every refusal here has a name; its warnings are noise

_LINK_SHARE = 0.85
_LINK_WORDS = 4
_LINK_LENGTH = 300
_RESCUE = 1.4
_BLOCKS = frozenset({"p", "div", "ul", "ol", "table", "section", "article", "blockquote", "h1", "h2", "h3", "h4", "figure"})
_PRUNED = ("p", "li", "h2", "h3", "h4", "div")
_BODY_LIKE = ("body", "content", "article", "text", "story")


def extract_body(tree: HtmlElement, data: Structured, title: str | None, words: Vocabulary) -> tuple[list[str], str]:
    """The paragraphs of the article and the name of the reader that found them. Changes the tree."""
    join_bodies(tree)
    prune_links(tree)
    large = sum(1 for _ in tree.iter()) > MANY_ELEMENTS
    found = trafilatura.bare_extraction(tree, fast=large, include_comments=False, with_metadata=False)
    text = (found.text if found is not None else "") or ""
    lines, method = lines_of(text), "trafilatura"
    told = lines_of(articles_body(data.article))
    if _length(told) > _RESCUE * max(_length(lines), 1) and _length(told) > 200:
        lines, method = told, "json-ld"
    lines = without_furniture(without_title(lines, title), words)
    return without_title(lines, title), method


def articles_body(article: dict[str, Any]) -> str:
    """The text that JSON-LD carries along, tags and entities undone."""
    body = article.get("articleBody")
    if isinstance(body, list):
        body = "\n".join(part for part in body if isinstance(part, str))
    if not isinstance(body, str):
        return ""
    if "<" in body and "</" in body:
        tree = trafilatura.load_html(f"<html><body><div>{body}</div></body></html>")
        body = "\n".join(tree.itertext()) if tree is not None else body
    if "&" in body:
        from html import unescape

        body = unescape(unescape(body))
    return body


def prune_links(tree: HtmlElement) -> None:
    """Drop blocks that are only links of several words: pointers to other stories between paragraphs."""
    for element in list(tree.iter(*_PRUNED)):
        anchors = element.findall(".//a")
        if not anchors or (element.tag == "div" and any(child.tag in _BLOCKS for child in element)):
            continue
        text = " ".join(element.text_content().split())
        if not text or len(text) >= _LINK_LENGTH:
            continue
        linked = " ".join(" ".join(anchor.text_content().split()) for anchor in anchors)
        if len(linked) >= _LINK_SHARE * len(text) and len(linked.split()) >= _LINK_WORDS:
            parent = element.getparent()
            if parent is not None and not any(True for _ in element.iter("h1")):
                element.drop_tree()


def join_bodies(tree: HtmlElement) -> None:
    """Put bodies that are cut into several containers of one class (by adverts) into the first of them."""
    groups: dict[tuple[str, str], list[HtmlElement]] = defaultdict(list)
    for element in tree.iter("div", "section"):
        name = element.get("class") or ""
        low = name.lower()
        if not name or not any(word in low for word in _BODY_LIKE):
            continue
        paragraphs = sum(1 for child in element if child.tag == "p" and len(child.text_content()) > 80)
        if paragraphs:
            groups[(str(element.tag), name)].append(element)
    for elements in groups.values():
        if not 2 <= len(elements) <= 30:
            continue
        first = elements[0]
        article = next(first.iterancestors("article", "main"), None)
        if article is None:
            continue
        for other in elements[1:]:
            same = next(other.iterancestors("article", "main"), None) is article
            if same and not any(ancestor in elements for ancestor in other.iterancestors()):
                first.extend(list(other))


def _length(lines: list[str]) -> int:
    return sum(map(len, lines))


def same_text(first: list[str], second: list[str]) -> bool:
    """Whether two bodies say the same, line breaks aside."""
    return key_of(" ".join(first)) == key_of(" ".join(second))
