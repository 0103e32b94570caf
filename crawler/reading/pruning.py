"""Changes to a page's tree before extraction: pointers to other stories out, bodies cut by adverts joined.

Each step was measured on 337 labelled pages; a long list of class names to drop was, too, and made bodies worse.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable
from functools import lru_cache

from lxml.cssselect import CSSSelector
from lxml.html import HtmlElement

from crawler.reading.paragraphs import clean_line, key_of
from crawler.reading.structured import short_text
from crawler.reading.vocabulary import Vocabulary
from crawler.text.folding import fold

_LINK_SHARE = 0.85
_LINK_WORDS = 4
_LINK_LENGTH = 300
_NAME = 12
_CARD_LENGTH = 40
_BLOCKS = frozenset(
    {"p", "div", "ul", "ol", "table", "section", "article", "blockquote", "h1", "h2", "h3", "h4", "figure"}
)
_PRUNED = ("p", "li", "h2", "h3", "h4", "div")
_BODY_LIKE = ("body", "content", "article", "text", "story")
_PARTS_MAX = 40
_PROSE = 60
_POINTER = 20
_LABEL = 40
_LABEL_END = (":", "?", "!", "|", "؟")
_DIGIT = re.compile(r"\d")


@lru_cache(maxsize=256)
def _selector(text: str) -> CSSSelector:
    return CSSSelector(text, translator="html")


def prune_chosen(tree: HtmlElement, selectors: Iterable[str]) -> int:
    """Drop what a source's own selectors choose; returns how many blocks went. The page's root stays."""
    dropped = 0
    for selector in selectors:
        for element in _selector(selector)(tree):
            if element.getparent() is not None and element.tag not in {"html", "head", "body"}:
                _drop(element)
                dropped += 1
    return dropped


def prune_links(tree: HtmlElement) -> None:
    """Drop blocks that are only links of several words: pointers to other stories between paragraphs."""
    around: dict[HtmlElement, None] = {}
    for anchor in tree.iter("a"):
        for element in anchor.iterancestors(*_PRUNED):
            if element.tag == "div" and any(child.tag in _BLOCKS for child in element):
                break
            around[element] = None
    for element in around:
        text = short_text(element, _LINK_LENGTH)
        if not text:
            continue
        anchors = element.findall(".//a")
        linked = " ".join(" ".join(anchor.text_content().split()) for anchor in anchors)
        if element.tag == "p" and len(anchors) >= _LINK_WORDS and len(linked) < _NAME * len(anchors):
            continue  # a sentence of names, each linked: the towns that an earthquake shook
        if (
            len(linked) >= _LINK_SHARE * len(text)
            and len(linked.split()) >= _LINK_WORDS
            and element.find(".//h1") is None
        ):
            _drop(element)


def pointers(tree: HtmlElement, words: Vocabulary) -> frozenset[str]:
    """The lines that are a label and a link ("Vulkane: how an island fell silent"): pointers to other stories.

    Lines and not blocks: what stands in the tree decides which way trafilatura goes, and taking one paragraph out of a
    page of wires made it choose the whole frame of the site.
    """
    found = set()
    for element in tree.iter("li", "p", "h2", "h3", "h4"):
        anchor = next(element.iter("a"), None)
        if anchor is None or (anchor is element[0] and not (element.text or "").strip()):
            continue  # most links of a page: nothing stands before them
        whole = short_text(element, _LINK_LENGTH)
        if whole is None or len(whole) < _POINTER:
            continue
        text, linked = clean_line(whole), clean_line(anchor.text_content())
        if len(linked.split()) < _LINK_WORDS:
            continue
        label, _, rest = text.partition(linked)
        if rest.strip(" .→»>") or not 0 < len(label.rstrip()) <= _LABEL or not label.rstrip().endswith(_LABEL_END):
            continue
        if not _DIGIT.search(label) and not words.origin_label.match(fold(label)):
            found.add(key_of(text))
    return frozenset(found)


def prune_cards(tree: HtmlElement) -> None:
    """Drop links around whole blocks (picture, headline, teaser): cards of other stories, never a part of this one."""
    cards = []
    heading = next(tree.iter("h1"), None)  # the page's own headline may be a link, too
    for anchor in tree.iter("a"):
        blocks = list(anchor.iter("p", "div", "h2", "h3", "h4", "section", "article"))
        if not blocks or (heading is not None and anchor in heading.iterancestors()):
            continue
        if len(" ".join(anchor.text_content().split())) >= _CARD_LENGTH and len(blocks) <= _PARTS_MAX:
            cards.append(anchor)
    whole = len(tree.text_content()) or 1
    if sum(len(card.text_content()) for card in cards) < 0.5 * whole:
        for card in cards:
            _drop(card)


def unwrap_layout_tables(tree: HtmlElement) -> None:
    """Make plain containers of tables that hold a page and no figures: old layouts put the whole story in one cell."""
    for table in list(tree.iter("table")):
        cells = [cell for cell in table.iter("td") if next(cell.iterancestors("table"), None) is table]
        if not any(_is_layout(cell) for cell in cells):
            continue
        parts = table.iter("tbody", "thead", "tr", "td", "th")
        for element in [table, *(part for part in parts if next(part.iterancestors("table"), None) is table)]:
            element.tag = "div"


def make_paragraphs(tree: HtmlElement) -> None:
    """Make paragraphs of `font` blocks that stand as such, as on old pages; extraction sees no text in them."""
    for element in list(tree.iter("font")):
        if any(child.tag in _BLOCKS or child.tag == "font" for child in element.iterdescendants()):
            continue
        inside = next(element.iterancestors("p", "li", "td", "a", "blockquote", "h1", "h2", "h3", "h4"), None)
        if inside is None and len(" ".join(element.text_content().split())) >= _PROSE:
            element.tag = "p"


def _is_layout(cell: HtmlElement) -> bool:
    if cell.find(".//h1") is not None or cell.find(".//table") is not None:
        return True
    return sum(1 for paragraph in cell.iter("p") if len(paragraph.text_content()) > _PROSE) >= 2


def join_bodies(tree: HtmlElement) -> None:
    """Put bodies that are cut into several containers (by adverts, teasers) into the first of them."""
    groups: dict[tuple[str, str, int], list[HtmlElement]] = defaultdict(list)
    heading = 0
    for element in tree.iter("div", "section", "h1"):
        if element.tag == "h1":
            heading += 1  # behind another headline stands another story
            continue
        name = element.get("class") or ""
        if not any(word in name.lower() for word in _BODY_LIKE):
            continue
        if not any(child.tag == "p" and len(child.text_content()) > 80 for child in element):
            continue
        article = next(element.iterancestors("article", "main"), None)
        if article is not None:
            groups[(str(element.tag), name, id(article))].append(element)
        elif _body_token(name):
            groups[(str(element.tag), " ".join(name.split()), -heading)].append(element)
        parent = element.getparent()
        if parent is not None and (token := _body_token(name)):
            groups[("", token, id(parent))].append(element)
    for elements in groups.values():
        if 2 <= len(elements) <= _PARTS_MAX:
            _join(elements)


def _body_token(name: str) -> str | None:
    """The class word that says "body of the article", the same on all parts whatever else they are called."""
    return next(
        (
            word
            for word in name.split()
            if word.lower().replace("-", "").replace("_", "")
            in {
                "articlebody",
                "storybody",
                "articlecontent",
                "articletext",
                "postcontent",
                "entrycontent",
                "storycontent",
            }
        ),
        None,
    )


def _join(elements: list[HtmlElement]) -> None:
    first = elements[0]
    for other in elements[1:]:
        if other is not first and first not in other.iterancestors() and other not in first.iterancestors():
            first.extend(list(other))


def _drop(element: HtmlElement) -> None:
    if element.getparent() is not None:
        element.drop_tree()
