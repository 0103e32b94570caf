"""Blocks that no reader sees or that are no part of the story: hidden ones, captions, newsletter and consent boxes.

Few class words, and only on small blocks: a long list, or any size, takes whole bodies away (a list of 39 words lost
.005 of body F1, `paywall` and `subscribe` name the story itself on paid sites). The words are in the configuration.
"""

from __future__ import annotations

import re
from functools import lru_cache

from lxml.html import HtmlElement

from crawler.reading.structured import short_text
from crawler.reading.vocabulary import Vocabulary

_HIDDEN = frozenset(
    {"hidden", "is-hidden", "u-hidden", "d-none", "hide", "visually-hidden", "visuallyhidden", "sr-only", "show-for-sr"}
    | {"screenreader", "screen-reader-text", "element-invisible"}
)
_NO_DISPLAY = re.compile(r"display\s*:\s*none", re.IGNORECASE)
_BLOCKS = ("div", "section", "aside", "p", "span", "ul", "li", "h2", "h3", "small", "em", "a")
_BOXES = frozenset({"div", "section", "aside", "p", "ul"})
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
        if limit and element.getparent() is not None and short_text(element, limit) and element.find(".//h1") is None:
            element.drop_tree()


def _limit(element: HtmlElement, words: Vocabulary, whole: int) -> int:
    """The length up to which a block like this goes; 0 where nothing speaks against it."""
    classes, style = element.get("class"), element.get("style")
    limit = _by_class(classes, words.caption_classes, words.box_classes) if classes else 0
    if element.get("hidden") is not None or (style and _NO_DISPLAY.search(style)):
        limit = _HIDDEN_MAX
    elif not limit and (name := element.get("id")) and words.box_classes.search(name.lower()):
        limit = _BOX_MAX
    if limit == _BOX_MAX:
        return min(_BOX_MAX, int(_BOX_SHARE * whole)) if element.tag in _BOXES else 0
    return limit


@lru_cache(maxsize=20_000)
def _by_class(classes: str, captions: re.Pattern[str], boxes: re.Pattern[str]) -> int:
    tokens = classes.lower().split()
    # "hidden md:block" is hidden on one kind of screen only
    if not _HIDDEN.isdisjoint(tokens) and not any(":" in token for token in tokens):
        return _HIDDEN_MAX
    names = " ".join(token for token in tokens if not token.startswith(_TOPICS))
    if captions.search(names):
        return _CAPTION_MAX
    return _BOX_MAX if boxes.search(names) else 0
