"""A page's texts squeezed to folded letters and digits, as UTF-8 bytes: no tags, entities, escapes, spaces, accents.

Bytes, because ASCII is then folded by one table at a nanosecond a letter, and what is not ASCII comes in few words
that are remembered. Everything is linear in the size of the page.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import unescape

from crawler.text.folding import fold

_OPENING = re.compile(rb"<(?:!--|[sS][cC][rR][iI][pP][tT]|[sS][tT][yY][lL][eE]|!\[[cC][dD][aA][tT][aA]\[)")
# spelled out: with re.IGNORECASE nothing is known of how a match begins, and the search is three times slower
_CLOSING = {b"script": re.compile(rb"</[sS][cC][rR][iI][pP][tT]"), b"style": re.compile(rb"</[sS][tT][yY][lL][eE]")}
_COMMENT_END = re.compile(rb"--!?>")
_META = re.compile(rb"<[mM][eE][tT][aA]\b[^<>]*(?:>|(?=<))")
_TAG = re.compile(rb"<[a-zA-Z/!?][^<>]*>")
# the same and more (a < inside), at a third of the cost: one character that ends it is searched for quicker than two
_QUICK_TAG = re.compile(rb"<[a-zA-Z/!?][^>]*>")
# with quoted values, in which > ends no tag; atomic by look-ahead, values of bounded length: linear
_QUOTED_TAG = re.compile(rb"<[a-zA-Z/!?](?=((?:[^<>\"']+|\"[^\"]{0,500}\"|'[^']{0,500}')*))\1>")
_ENTITY = re.compile(rb"&(?:#[0-9]+;?|#[xX][0-9a-fA-F]+;?|[^\t\n\f <&#;]{1,32};?)")
_ESCAPE = re.compile(rb"\\u(d[89ab][0-9a-f]{2})\\u(d[c-f][0-9a-f]{2})|\\u([0-9a-f]{4})|\\([^\x80-\xff])",
                     re.DOTALL | re.IGNORECASE)
_BEYOND = re.compile(rb"[\x80-\xff]+")
_LOWER = bytes(ord(chr(byte).lower()) if byte < 128 else byte for byte in range(256))
_DROPPED = bytes(byte for byte in range(128) if not chr(byte).isalnum())
_REMEMBERED = 50_000


class _Memory(dict[bytes, bytes]):
    """Results by input, computed once; emptied where it grows too large."""

    def __missing__(self, given: bytes) -> bytes:
        if len(self) > _REMEMBERED:
            self.clear()
        value = self[given] = self.compute(given)
        return value

    def compute(self, given: bytes) -> bytes:
        raise NotImplementedError

    def of(self, match: re.Match[bytes]) -> bytes:
        return self[match.group()]


class _Letters(_Memory):
    def compute(self, given: bytes) -> bytes:
        folded = fold(given.decode("utf-8", "replace"))
        return "".join(char for char in folded if char.isalnum()).encode("utf-8", "replace")


class _Entities(_Memory):
    def compute(self, given: bytes) -> bytes:
        return unescape(given.decode("utf-8", "replace")).encode("utf-8", "replace")


_LETTERS, _ENTITIES = _Letters(), _Entities()


def squeeze(text: bytes) -> bytes:
    """Only the folded letters and digits of UTF-8 `text`."""
    if not text.isascii():
        text = _BEYOND.sub(_LETTERS.of, text)
    return text.translate(_LOWER, _DROPPED)


def squeezed_streams(page: bytes) -> Iterator[bytes]:
    """The texts of a UTF-8 page (HTML or plain), squeezed: what is printed, its meta tags, its JSON data."""
    for stream in _streams(page) if b"<" in page else [page]:
        text = _without_entities(stream)
        yield squeeze(text)
        if b"<" in text:  # an entity may have brought in a tag
            yield squeeze(without_tags(text))


def _without_entities(text: bytes) -> bytes:
    for _ in range(2):  # some write their entities twice, and readers undo both
        if b"&" not in text:
            break
        text = _ENTITY.sub(_ENTITIES.of, text)
    return text


def without_tags(text: bytes) -> bytes:
    """The text without tags; where each quick match took one < with it, it took what a strict one takes."""
    end = text.rfind(b">") + 1  # behind it nothing is a tag, and to search there for an end would be quadratic
    head = text[:end]
    stripped, tags = _QUICK_TAG.subn(b"", head)
    if head.count(b"<") - stripped.count(b"<") != tags:
        stripped = _TAG.sub(b"", head)
    return stripped + text[end:]


def _streams(page: bytes) -> Iterator[bytes]:
    printed, data = [], []
    at = 0
    closes = True  # whether a comment may still be closed
    while opening := _OPENING.search(page, at):
        start = opening.start()
        printed.append(page[at:start])
        mark = opening.group().lower()
        if mark == b"<!--":
            at = opening.end()
            if closes and not page.startswith((b">", b"->"), at):  # these two close a comment at once
                end = _COMMENT_END.search(page, at)
                closes = end is not None
                at = end.end() if end else at
        elif mark == b"<![cdata[":
            at = opening.end()
        else:
            inside = page.find(b">", opening.end())
            end = _CLOSING[mark[1:]].search(page, opening.end())
            if inside < 0 or end is None:
                at = opening.end()  # never closed: the rest is read as text
                break
            at = end.start()
            if mark == b"<script" and b"json" in page[start:inside].lower():
                data.append(page[inside + 1:at])
    printed.append(page[at:])
    text = b"".join(printed)
    stripped = without_tags(text)
    yield stripped
    if b">" in stripped:
        yield _QUOTED_TAG.sub(b"", text)
    yield b" ".join(_META.findall(text))
    for block in data:
        yield _without_escapes(block)


def _without_escapes(block: bytes) -> bytes:
    r"""JSON text with its \uXXXX and \n undone, and without the tags it carries."""
    if b"\\" in block:
        block = _ESCAPE.sub(_character, block)
    return without_tags(_without_entities(block))


def _character(match: re.Match[bytes]) -> bytes:
    high, low, code, other = match.groups()
    if high:
        return chr(0x10000 + ((int(high, 16) - 0xD800) << 10) + int(low, 16) - 0xDC00).encode()
    if code:
        return chr(int(code, 16)).encode("utf-8", "replace")
    return b" " if other in b"ntrbf" else bytes(other)
