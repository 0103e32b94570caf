"""The story out of a page's script data, for pages that a browser builds (Next.js, Nuxt, Arc): a rescue only."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from lxml import etree
from lxml.html import HtmlElement, fragments_fromstring

from crawler.reading.paragraphs import key_of, lines_of
from crawler.reading.scriptsources import script_values

_PARAGRAPH = re.compile(r"</p>|<br\s*/?>\s*<br|\n\s*\n", re.IGNORECASE)
_TEXT_KEYS = ("content", "text", "html", "value", "body", "paragraph", "children")
_TITLE_KEYS = ("headline", "title", "headlines", "name")
_NO_TEXT = frozenset(["image", "video", "ad", "link", "embed", "gallery", "raw_html", "oembed_response"])
_MIN = 200
_MAX_NODES = 60_000


def script_body(tree: HtmlElement, headings: frozenset[str] = frozenset()) -> list[str]:
    """The paragraphs of the story in the page's scripts; empty where there is none of some length.

    A text beside one of the page's headlines (as keys) goes before any other, then the longest: a related story may be
    longer than the page's own.
    """
    best: tuple[bool, int, list[str]] = (False, _MIN, [])
    for value in script_values(tree):
        for candidate, own in _texts(value, headings):
            lines = _paragraphs(candidate)
            length = sum(map(len, lines))
            if length > _MIN and (own, length) > best[:2]:
                best = (own, length, lines)
    return best[2]


def _texts(data: Any, headings: frozenset[str]) -> Iterator[tuple[str, bool]]:
    """Texts of several paragraphs and lists of blocks that are one together; each with whether it is the page's own."""
    stack, seen = [(data, False)], 0
    while stack and seen < _MAX_NODES:
        item, own = stack.pop()
        seen += 1
        if isinstance(item, str):
            if len(item) > _MIN and len(_PARAGRAPH.findall(item)) >= 2:
                yield item, own
        elif isinstance(item, dict):
            named = _named(item, headings)
            stack.extend((value, own if named is None else named) for value in item.values())
        elif isinstance(item, list):
            stack.extend((value, own) for value in item)
            parts = [text for block in item if isinstance(block, dict) and (text := _block_text(block))]
            if len(parts) >= 3:
                yield "".join(part if "<p" in part else f"<p>{part}</p>" for part in parts), own


def _named(item: dict[str, Any], headings: frozenset[str]) -> bool | None:
    """Whether an object carries one of the page's headlines; None where it carries none at all."""
    values = [item.get(name) for name in _TITLE_KEYS]
    values += [inner for value in values if isinstance(value, dict) for inner in value.values()]
    keys = {key_of(value) for value in values if isinstance(value, str) and 15 < len(value) < 300}
    return bool(keys & headings) if keys else None


def _block_text(block: dict[str, Any]) -> str | None:
    """The text of one block; of a rich text the texts of its parts, which are written in many ways."""
    if str(block.get("type", "text")).lower() in _NO_TEXT:
        return None
    for key in _TEXT_KEYS:
        value = block.get(key)
        if isinstance(value, str) and len(value) > 20:
            return value
        if isinstance(value, list) and all(isinstance(part, dict) for part in value):
            text = "".join(part["text"] for part in value if isinstance(part.get("text"), str))
            if len(text) > 20:
                return text
    return None


def _paragraphs(markup: str) -> list[str]:
    if "<" not in markup or not re.search(r"<(?:p|br)\b", markup):
        return lines_of(markup)
    try:
        parts = fragments_fromstring(re.sub(r"<br\s*/?>\s*<br\s*/?>", "</p><p>", markup))
    except (etree.LxmlError, ValueError, AssertionError):
        return []
    lines: list[str] = []
    for part in parts:
        if isinstance(part, str):
            continue
        for element in part.iter("p", "h2", "h3", "li"):
            if next(element.iterancestors("figure", "figcaption"), None) is not None or _in_caption(element):
                continue
            lines.extend(lines_of(" ".join(element.text_content().split())))
    return lines


def _in_caption(element: HtmlElement) -> bool:
    return any("caption" in (ancestor.get("class") or "") for ancestor in element.iterancestors("div", "span"))
