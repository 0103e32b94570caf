"""Blocks that no reader sees or that are no part of the story: hidden ones, captions, newsletter and consent boxes.

Few class words, and only on small blocks: a long list, or any size, takes whole bodies away (a list of 39 words lost
.005 of body F1, `paywall` and `subscribe` name the story itself on paid sites). The words are in the configuration.
"""

from __future__ import annotations

import re

from lxml.html import HtmlElement

from crawler.reading.vocabulary import Vocabulary

_HIDDEN = frozenset(
    {"hidden", "is-hidden", "u-hidden", "d-none", "hide", "visually-hidden", "visuallyhidden", "sr-only", "show-for-sr"}
    | {"screenreader", "screen-reader-text", "element-invisible"}
)
_NO_DISPLAY = re.compile(r"display\s*:\s*none", re.IGNORECASE)
_BLOCKS = ("div", "section", "aside", "p", "span", "ul", "li", "h2", "h3", "small", "em", "a")
# classes that say what a story is about, not what a block is: WordPress puts them on every post
_TOPICS = ("tag-", "category-", "post-", "type-")
_HIDDEN_MAX = 500
_CAPTION_MAX = 300
_BOX_MAX = 1200
_BOX_SHARE = 0.2


def prune_boxes(tree: HtmlElement, words: Vocabulary) -> None:
    """Drop small blocks that are hidden, captions, or boxes by their class; never one that holds the headline."""
    whole = len(tree.text_content())
    for element in list(tree.iter(*_BLOCKS)):
        limit = _limit(element, words, whole)
        if not limit or element.getparent() is None or element.find(".//h1") is not None:
            continue
        if 0 < len(" ".join(element.text_content().split())) < limit:
            element.drop_tree()


def _limit(element: HtmlElement, words: Vocabulary, whole: int) -> float:
    """The length up to which a block like this goes; 0 where nothing speaks against it."""
    attributes = element.attrib
    tokens = (attributes.get("class") or "").lower().split()
    # "hidden md:block" is hidden on one kind of screen only
    gone = not _HIDDEN.isdisjoint(tokens) and not any(":" in token for token in tokens)
    if gone or "hidden" in attributes or _NO_DISPLAY.search(attributes.get("style") or ""):
        return _HIDDEN_MAX
    names = " ".join(token for token in tokens if not token.startswith(_TOPICS))
    if names and words.caption_classes.search(names):
        return _CAPTION_MAX
    names += " " + (attributes.get("id") or "").lower()
    if element.tag in {"div", "section", "aside", "p", "ul"} and words.box_classes.search(names):
        return min(_BOX_MAX, _BOX_SHARE * whole)
    return 0
