"""The story out of a page's script data, for pages that a browser builds (Next.js, Arc): a rescue, never first."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any

from lxml import etree
from lxml.html import HtmlElement, fragments_fromstring

from crawler.reading.paragraphs import lines_of
from crawler.reading.structured import load_json

_FLIGHT = re.compile(r"self\.__next_f\.push\((\[.*\])\)\s*;?\s*$", re.DOTALL)
_STATE = re.compile(
    r"(?:window\.)?(?:__[A-Z_]{4,}__|Fusion\.globalContent)\s*=\s*(\{.*?\})\s*;?\s*(?:Fusion\.|window\.|$)", re.DOTALL
)
_PARAGRAPH = re.compile(r"</p>|<br\s*/?>\s*<br", re.IGNORECASE)
_MARKUP = re.compile(r"<p[\s>].*</p>", re.DOTALL | re.IGNORECASE)
_TEXT_KEYS = ("content", "text", "html", "value", "body", "paragraph")
_MIN = 200
_MAX_NODES = 60_000


def script_body(tree: HtmlElement) -> list[str]:
    """The paragraphs of the longest text in the page's scripts; empty where there is none of some length."""
    best: list[str] = []
    for element in tree.iter("script"):
        source = element.text or ""
        if len(source) < _MIN:
            continue
        for candidate in _candidates(source, (element.get("type") or "").lower()):
            lines = _paragraphs(candidate)
            if sum(map(len, lines)) > max(_MIN, sum(map(len, best))):
                best = lines
    return best


def _candidates(source: str, kind: str) -> Iterator[str]:
    flight = _FLIGHT.search(source)
    if flight:
        try:
            data = json.loads(flight.group(1))
        except ValueError:
            return
        if isinstance(data, list) and len(data) > 1 and isinstance(data[1], str):
            yield from (match.group() for match in [_MARKUP.search(data[1])] if match)
        return
    if kind.endswith("json") and "ld+json" not in kind:
        yield from _texts(load_json(source))
        return
    state = _STATE.search(source)
    if state:
        yield from _texts(load_json(state.group(1)))


def _texts(data: Any) -> Iterator[str]:
    """Strings that hold paragraphs, and lists of blocks whose texts together do."""
    stack, seen = [data], 0
    while stack and seen < _MAX_NODES:
        item = stack.pop()
        seen += 1
        if isinstance(item, str):
            if len(item) > _MIN and len(_PARAGRAPH.findall(item)) >= 2:
                yield item
        elif isinstance(item, dict):
            stack.extend(item.values())
        elif isinstance(item, list):
            stack.extend(item)
            parts = [text for block in item if isinstance(block, dict) and (text := _block_text(block))]
            if len(parts) >= 3:
                yield "".join(f"<p>{part}</p>" for part in parts)


def _block_text(block: dict[str, Any]) -> str | None:
    if str(block.get("type", "text")).lower() in {
        "image",
        "video",
        "ad",
        "link",
        "embed",
        "gallery",
        "raw_html",
        "oembed_response",
    }:
        return None
    return next((block[key] for key in _TEXT_KEYS if isinstance(block.get(key), str) and len(block[key]) > 20), None)


def _paragraphs(markup: str) -> list[str]:
    try:
        parts = fragments_fromstring(markup)
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
