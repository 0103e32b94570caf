"""What stands in a page's scripts, as plain data: JSON, Next.js streams, Nuxt payloads, states, quoted literals.

Nothing is executed. Each format gives values (dicts, lists, texts) in which scriptdata.py looks for the story.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any

from lxml.html import HtmlElement

from crawler.reading.structured import load_json

_FLIGHT = re.compile(r"self\.__next_f\.push\((\[.*\])\)\s*;?\s*$", re.DOTALL)
# a row of the stream: number, then either a text of so many bytes or data up to the end of the line
_ROW = re.compile(rb"([0-9a-f]+):(?:T([0-9a-f]+),|([A-Z]{0,2}))")
_STATE = re.compile(r"(?:(?<![A-Z_])__[A-Z_]{4,60}|Fusion\.globalContent)\s{0,9}=\s{0,9}(?=\{)")
# What is too short or has no end is passed over as a whole, so that no quote after quote reads the rest again.
_LITERAL = re.compile(r'"(?:((?:[^"\\\n]|\\.){200,400000})"|(?:[^"\\\n]|\\.)*)')
_MARKED = re.compile(r"<p|\\u003[cC]p|^\s*[{\[]|\\n\\n")
_MIN = 200
_MAX_SCRIPT = 3_000_000
_MAX_ROWS = 20_000
_MAX_DEPTH = 60


def script_values(tree: HtmlElement) -> Iterator[Any]:
    """The data of each script of some length, one value after another; a Next.js stream is put together first."""
    stream: list[str] = []
    for element in tree.iter("script"):
        source = element.text or ""
        kind = (element.get("type") or "").lower()
        if (not _MIN <= len(source) <= _MAX_SCRIPT and "__next_f" not in source) or "ld+json" in kind:
            continue
        if flight := _FLIGHT.search(source):
            pushed = load_json(flight[1])
            if isinstance(pushed, list) and len(pushed) > 1 and isinstance(pushed[1], str):
                stream.append(pushed[1])
        elif kind.endswith("json"):
            data = load_json(source)
            yield _hydrated(data) if (element.get("id") or "").upper() == "__NUXT_DATA__" else data
        elif state := _STATE.search(source):
            yield _object(source, state.end()) or list(_literals(source))
        else:
            yield list(_literals(source))
    if stream:
        yield list(_rows("".join(stream)))


def _object(source: str, start: int) -> Any:
    """The object that begins at `start`, whatever follows it; None where it is no JSON."""
    try:
        return json.JSONDecoder(strict=False).raw_decode(source, start)[0]
    except (ValueError, RecursionError):
        return None


def _rows(stream: str) -> Iterator[Any]:
    """The rows of a Next.js stream; what its elements `p`, `li` and headings print comes as texts of one list."""
    raw, place = stream.encode("utf-8", "surrogatepass"), 0
    for _ in range(_MAX_ROWS):
        place += len(raw[place : place + 8]) - len(raw[place : place + 8].lstrip(b"\n"))
        row = _ROW.match(raw, place)
        if row is None:
            return
        end = row.end() + int(row[2], 16) if row[2] else raw.find(b"\n", row.end())
        text = raw[row.end() : end if end >= 0 else len(raw)].decode("utf-8", "replace")
        place = end if end >= 0 else len(raw)
        if row[2]:
            yield text
        elif text[:1] in {"[", "{"} and (data := load_json(text)) is not None:
            yield data
            yield [{"text": printed} for printed in _printed(data)]


def _printed(data: Any) -> Iterator[str]:
    """The paragraphs of a tree of elements written as ["$", tag, key, {"children": ...}], in order."""
    stack, seen = [data], 0
    while stack and seen < _MAX_ROWS:
        item = stack.pop()
        seen += 1
        if isinstance(item, list):
            if len(item) == 4 and item[0] == "$" and item[1] in {"p", "li", "h2", "h3"} and isinstance(item[3], dict):
                yield "".join(_strings(item[3].get("children"), 0))
            else:
                stack.extend(reversed(item))
        elif isinstance(item, dict):
            stack.extend(reversed(list(item.values())))


def _strings(children: Any, depth: int) -> Iterator[str]:
    if isinstance(children, str):
        yield "" if children.startswith("$") else children
    elif isinstance(children, list) and depth < _MAX_DEPTH:
        if len(children) == 4 and children[0] == "$" and isinstance(children[3], dict):
            yield from _strings(children[3].get("children"), depth + 1)
        else:
            for child in children:
                yield from _strings(child, depth + 1)


def _hydrated(data: Any) -> Any:
    """Nuxt's payload put together again: one list, in which every object and list names its values by their place."""
    if not isinstance(data, list):
        return data
    budget = [_MAX_ROWS]

    def value(place: Any, depth: int) -> Any:
        budget[0] -= 1
        if not isinstance(place, int) or not 0 <= place < len(data) or depth > _MAX_DEPTH or budget[0] < 0:
            return None
        item = data[place]
        if isinstance(item, dict):
            return {key: value(inner, depth + 1) for key, inner in item.items()}
        if isinstance(item, list):
            inside = item[1:] if item and isinstance(item[0], str) else item  # ["Reactive", 1]
            return [value(inner, depth + 1) for inner in inside]
        return item

    return value(0, 0)


def _literals(source: str) -> Iterator[Any]:
    """Quoted texts of a script that hold paragraphs or JSON (Nuxt 2, `JSON.parse("...")`)."""
    for match in _LITERAL.finditer(source):
        if not (match[1] and _MARKED.search(match[1])):
            continue
        try:
            text = json.loads(f'"{match[1]}"', strict=False)
        except ValueError:
            continue
        inner = load_json(text) if text.lstrip()[:1] in {"{", "["} else None
        yield text if inner is None else inner
