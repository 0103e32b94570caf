"""XML from strangers: size and entity checks before any parser sees it.

A document that declares entities has no business being a feed or a sitemap; it is refused whole, not repaired.
Parsers of ours resolve no entities and load nothing, this is the wall before them: a nested-entity bomb of 1 KB
costs feedparser 3 s although expat stops it.
"""

from __future__ import annotations

import codecs
import re

from crawler.outcomes import Outcome
from crawler.spiders.entry import ListingError

_DECLARED = re.compile(rb"""^\s*<\?xml[^>]{0,200}?encoding\s*=\s*["']([A-Za-z0-9._-]{1,40})["']""")
# Encodings in which "<" is not the byte 3C hide declarations from a look at the bytes; no feed needs them.
_PLAIN = re.compile(r"^(utf-?8|us-ascii|ascii|iso-?8859-?\d+|windows-?12\d\d|cp12\d\d|latin-?\d|koi8-[ru]|mac-?\w*|"
                    r"gb2312|gbk|gb18030|big5|euc-(jp|kr)|shift_?jis|utf-?16(-?[lb]e)?|utf-?32(-?[lb]e)?)$",
                    re.IGNORECASE)
_BOMS = ((codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF32_LE, "utf-32"), (codecs.BOM_UTF32_BE, "utf-32"),
         (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))
# Read from left to right as a parser would: what stands inside a comment, CDATA or an instruction declares nothing.
_CONSTRUCT = re.compile(rb"<!--|<!\[CDATA\[|<\?|<!ENTITY", re.IGNORECASE)
_ENDS = {b"<!--": b"-->", b"<![CDATA[": b"]]>", b"<?": b"?>"}


def checked_xml(body: bytes, *, limit: int) -> bytes:
    """`body` as bytes in which `<` is one byte (UTF-16 and UTF-32 become UTF-8), without a leading BOM or blanks.

    Raises ListingError: TOO_LARGE over `limit` bytes, HOSTILE_XML where it declares entities or uses an
    encoding that hides them, READ_EMPTY where nothing is there.
    """
    if len(body) > limit:
        raise ListingError(Outcome.TOO_LARGE, f"{len(body)} bytes of XML, more than {limit}")
    body = _single_byte_markup(body).lstrip()
    if not body:
        raise ListingError(Outcome.READ_EMPTY, "empty answer")
    declared = _DECLARED.match(body[:300])
    if declared and not _PLAIN.match(declared[1].decode("ascii")):
        raise ListingError(Outcome.HOSTILE_XML, f"encoding {declared[1].decode('ascii')} is not taken in XML")
    if declares_entities(body):
        raise ListingError(Outcome.HOSTILE_XML, "declares entities")
    return body


def declares_entities(body: bytes) -> bool:
    """Whether an entity declaration stands outside of comments, CDATA and processing instructions."""
    position = 0
    while match := _CONSTRUCT.search(body, position):
        opened = match[0].upper()
        if opened == b"<!ENTITY":
            return True
        end = body.find(_ENDS[opened], match.end())
        if end < 0:
            # Never closed: parsers differ in what they make of it, so look at all of the rest.
            return b"<!ENTITY" in body[match.end():].upper()
        position = end
    return False


def _single_byte_markup(body: bytes) -> bytes:
    for bom, encoding in _BOMS:
        if body.startswith(bom):
            return body[3:] if encoding == "utf-8" else _recoded(body, encoding)
    head = body[:4]
    if head[:2] == b"<\0" or head[:2] == b"\0<":
        wide = head in (b"<\0\0\0", b"\0\0\0<") or head[:3] == b"\0\0\0"
        little = head[:1] == b"<"
        return _recoded(body, f"utf-{32 if wide else 16}-{'le' if little else 'be'}")
    return body


def _recoded(body: bytes, encoding: str) -> bytes:
    text = body.decode(encoding, "replace")
    text = re.sub(r"""(<\?xml[^>]{0,200}?encoding\s*=\s*["'])[^"']+""", r"\g<1>utf-8", text, count=1)
    return text.encode("utf-8", "replace")
