"""What is refused, by name, before a parser of others sees it: too many bytes, too many elements, too deep.

Measured (extraction.md, 5): trafilatura needs 1.7 s a megabyte of paragraphs and 0.1 ms a `p`, and below 255 levels of
nesting it loses the body without a word. Of 337 real news pages the largest has 2.2 MB, 4,634 elements, 51 levels.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from lxml import etree
from lxml.html import HtmlElement, HTMLParser, document_fromstring

from crawler.outcomes import Outcome

MAX_BYTES = 6_000_000
MAX_ELEMENTS = 20_000
# Above this the quick extraction mode is used: a page so long needs no second opinion.
MANY_ELEMENTS = 8_000
# trafilatura walks siblings anew for each of them: 6,000 spans in one paragraph took 5 s, 15,000 took 34 s.
_SIBLINGS = 800
DEEP = 150
MAX_DEPTH = 240
PARSER_DEPTH = 2040  # libxml2 stops at 2,048 whatever it is told, and what lies below is lost
MAX_VISIBLE = 1_500_000
_WRAPPERS = ("div", "span", "section", "article", "main", "font", "center", "b", "i", "u", "strong", "em", "blockquote")
_INLINE = ("span", "b", "i", "u", "em", "strong", "font", "small", "sup", "sub", "mark", "abbr", "code")
_NO_TEXT = re.compile(
    rb"\x89PNG|GIF8[79]a|PK\x03\x04|\xff\xd8\xff|RIFF....WEBP|\x1f\x8b\x08|\x00\x00\x00.ftyp|ID3", re.DOTALL
)
_JSON = re.compile(r"\s*(?:\{\s*[\"}]|\[\s*[\[{\"])")
_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_XML_HEAD = re.compile(r"^\s*<\?xml[^>]*\?>")
_TAG_START = re.compile(r"<[a-zA-Z]")
_CROWDED = etree.XPath(f"//*[*[{_SIBLINGS + 1}]]")
_LEVEL = etree.XPath("boolean(" + "/*" * DEEP + ")")


@dataclass(frozen=True, slots=True)
class Refusal:
    """Why a page goes no further."""

    outcome: Outcome
    reason: str


def check_bytes(body: bytes) -> Refusal | None:
    """Refuse what is empty or larger than any news page."""
    if len(body) > MAX_BYTES:
        return Refusal(Outcome.TOO_LARGE, f"{len(body):,} bytes, more than {MAX_BYTES:,}")
    if not body.strip(b"\x00 \t\r\n"):
        return Refusal(Outcome.READ_EMPTY, "the page has no content")
    if _NO_TEXT.match(body[:16]):
        return Refusal(Outcome.REFUSED_TYPE, "not a page but a picture, sound, film or archive")
    return None


def parse(text: str) -> HtmlElement | Refusal:
    """The tree of a page that is safe to read; wrappers without content of their own are flattened where it is deep."""
    if _JSON.match(text[:64]):
        return Refusal(Outcome.REFUSED_TYPE, "JSON, not an HTML page")
    tags = len(_TAG_START.findall(text))
    if tags > MAX_ELEMENTS:
        return Refusal(Outcome.TOO_LARGE, f"{tags:,} tags, more than {MAX_ELEMENTS:,}")
    source = _XML_HEAD.sub("", _CONTROL.sub("", text))
    # huge_tree: without it the parser drops everything below 255 levels and every text over 10 MB in silence
    parser = HTMLParser(
        encoding="utf-8",
        huge_tree=True,
        remove_comments=True,
        remove_pis=True,
        collect_ids=False,
        default_doctype=False,
    )
    try:
        tree = document_fromstring(source.encode("utf-8"), parser=parser)
    except (etree.LxmlError, ValueError, AssertionError):
        return Refusal(Outcome.READ_EMPTY, "no HTML element in it")
    for element in _CROWDED(tree):
        if all(child.tag in _INLINE and len(child) == 0 for child in element):
            text = element.text_content()
            element[:] = []
            element.text = text
    if _LEVEL(tree):
        depth = _depth(tree)
        if depth < PARSER_DEPTH:
            _flatten(tree)
            depth = _depth(tree)
        if depth > MAX_DEPTH:
            return Refusal(Outcome.TOO_LARGE, f"nested {depth:,} levels deep")
    return tree


def too_much_text(tree: HtmlElement) -> Refusal | None:
    """Refuse pages whose visible text (scripts and styles already gone or not counted) no article has."""
    longest = 0
    for element in tree.iter(etree.Element):
        if element.tag not in {"script", "style", "noscript", "template"}:
            longest += len(element.text or "")
        longest += len(element.tail or "")
    if longest > MAX_VISIBLE:
        return Refusal(Outcome.TOO_LARGE, f"{longest:,} characters of text, more than {MAX_VISIBLE:,}")
    return None


def _flatten(tree: HtmlElement) -> None:
    """Splice out containers that are the only content of another one.

    Without recursion: a page of thousands of nested divs must not overflow a stack.
    """
    for element in tree.iter(*_WRAPPERS):
        while len(element) == 1 and element[0].tag in _WRAPPERS and not (element.text or "").strip():
            inner = element[0]
            if (inner.tail or "").strip():
                break
            element.text = inner.text
            element[:] = list(inner)


def _depth(tree: HtmlElement) -> int:
    deepest, depth = 0, 0
    for event, _ in etree.iterwalk(tree, events=("start", "end")):
        depth += 1 if event == "start" else -1
        deepest = max(deepest, depth)
    return deepest
