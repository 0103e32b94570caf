"""The body of a page: trafilatura at the centre, and around it only steps that were measured to help."""

from __future__ import annotations

import logging
from collections.abc import Iterable
from html import unescape
from typing import Any

import trafilatura
from lxml.html import HtmlElement

from crawler.reading.boxes import prune_boxes
from crawler.reading.furniture import without_furniture, without_head, without_headings, without_tail, without_title
from crawler.reading.guards import MANY_ELEMENTS
from crawler.reading.lead import find_lead, with_lead
from crawler.reading.paragraphs import key_of, lines_of, mend
from crawler.reading.pruning import (
    join_bodies,
    make_paragraphs,
    pointers,
    prune_cards,
    prune_links,
    unwrap_layout_tables,
)
from crawler.reading.scriptdata import script_body
from crawler.reading.stories import prune_next_stories
from crawler.reading.structured import Structured
from crawler.reading.titles import printed_headings, told_headings
from crawler.reading.vocabulary import Vocabulary

logging.getLogger("trafilatura").setLevel(logging.CRITICAL)  # every refusal here has a name; its warnings are noise

_RESCUE = 1.4
_LITTLE = 300


def extract_body(
    tree: HtmlElement, data: Structured, title: str | None, words: Vocabulary, sites: Iterable[str] = ()
) -> tuple[list[str], str]:
    """The paragraphs of the article and the name of the reader that found them. Changes the tree."""
    lead, told, elsewhere = find_lead(tree, data), told_headings(data, title), pointers(tree, words)
    unwrap_layout_tables(tree)
    make_paragraphs(tree)
    prune_next_stories(tree, told)
    headings = told | printed_headings(tree)
    join_bodies(tree)
    prune_boxes(tree, words)
    prune_links(tree)
    prune_cards(tree)
    large = tree.xpath("count(//*)") > MANY_ELEMENTS
    found: Any = trafilatura.bare_extraction(tree, fast=large, include_comments=False, with_metadata=False)
    lines, method = mend(lines_of((found.text if found is not None else "") or "")), "trafilatura"
    other = lines_of(articles_body(data.article))
    if _length(other) > max(_RESCUE * _length(lines), _LITTLE):
        lines, method = other, "json-ld"
    if _length(lines) < _LITTLE:
        other = script_body(tree, told)
        if _length(other) > max(_RESCUE * _length(lines), _LITTLE):
            lines, method = other, "script"
    lines = [line for line in lines if key_of(line) not in elsewhere]
    lines = without_headings(without_title(lines, title), headings)
    lines = without_tail(without_furniture(without_head(lines, words, sites), words), words)
    return without_title(with_lead(without_title(lines, title), lead), title), method


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
        body = unescape(unescape(body))
    return body


def _length(lines: list[str]) -> int:
    return sum(map(len, lines))
