"""Who wrote it: people and desks as the page names them, without the site's own name, roles and addresses."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from typing import Any

from lxml.html import HtmlElement

from crawler.reading.paragraphs import clean_line, key_of
from crawler.reading.structured import Structured, element_text, text_of
from crawler.reading.vocabulary import Vocabulary
from crawler.text.folding import fold

_SPLIT = re.compile(
    r"(?<!\s)\s*[;|/•·、]\s*|(?<!\s)\s*,\s+(?!(?:Jr|Sr|III?|PhD|MD)\b)|(?<!\s)\s+(?:and|und|et|y|e|og|och|en|ve|&|و)\s+",
    re.IGNORECASE,
)
_ADDRESS = re.compile(r"(?<!\S)\S+@\S+|https?://\S+|\bwww\.\S+|@\w+", re.IGNORECASE)
_ROLE = re.compile(r"(?<!\s)\s+[-–—|]\s+.*$")
_NOT_A_NAME = re.compile(
    r"^(?:null|undefined|none|n/a|unknown|anonymous|redaktion|author|auteur|autor)$", re.IGNORECASE
)
_BRACKETS = re.compile(r"(?<!\s)\s*[(\[][^()\[\]]*(?:[)\]]|$)")
_CLOCK = re.compile(r"(?<!\s)\s*\d{1,2}[:.h]\d{2}.*$|(?<!\s)\s+\d.*$")
_META = (
    "author",
    "article:author",
    "articleauthor",
    "parsely-author",
    "dc.creator",
    "sailthru.author",
    "byl",
    "cxenseparse:author",
    "dcterms.creator",
    "twitter:misc:written by",
    "citation_author",
)
_LABELS = (
    "written by",
    "écrit par",
    "escrito por",
    "verfasst von",
    "geschrieben von",
    "كتب بواسطة",
    "بواسطة",
    "author",
    "auteur",
)
_MAX_NAME = 70
_BYLINE = (
    "//*[@rel='author' or @itemprop='author' or contains(concat(' ',normalize-space(@class),' '),' author ') or "
    "contains(@class,'byline') or contains(@class,'author-name') or contains(@class,'author__name') or "
    "contains(@class,'auteur') or contains(@class,'article-author') or contains(@class,'post-author')]"
)
# A link to the page of one author; asked last, for lists of other stories have such links, too.
_AUTHOR_LINK = "//a[{}]".format(
    " or ".join(
        f"contains(@href,'/{name}/')"
        for name in ("author", "authors", "auteur", "auteurs", "autor", "autores", "autoren", "كاتب")
    )
)


def choose_authors(
    tree: HtmlElement, data: Structured, site_names: Iterable[str], words: Vocabulary
) -> tuple[str, ...]:
    """The authors by JSON-LD, else meta tags, else one clear byline.

    The site's own name and desks ("Rédaction") stand back for people; alone, what the page declares is kept.
    """
    sites = {key for key in map(key_of, site_names) if key}
    own: list[str] = []
    places: tuple[Callable[[], list[str]], ...] = (
        lambda: _machine(data),
        lambda: data.all(*_META) + data.labelled(_LABELS),
        lambda: _bylines(tree, words),
        lambda: _linked(tree, words),
    )
    for place in places:
        names = clean_names(place(), words)
        people = [name for name in names if not _own_name(name, sites, words)]
        if people:
            return tuple(people)
        own = own or names
    return tuple(own[:1])


def _machine(data: Structured) -> list[str]:
    found: list[str] = []
    for key in ("author", "creator"):
        value = data.article.get(key)
        for item in value if isinstance(value, list) else [value]:
            found.extend(_names_in(item, data.nodes))
        if found:
            break
    return found


def _names_in(item: Any, nodes: list[dict[str, Any]]) -> list[str]:
    if isinstance(item, str):
        return [item]
    if not isinstance(item, dict):
        return []
    name = item.get("name")
    if name is None and item.get("@id"):
        named = next((node for node in nodes if node.get("@id") == item["@id"] and node.get("name")), None)
        name = named["name"] if named else None
    if name is None and (item.get("givenName") or item.get("familyName")):
        name = f"{item.get('givenName') or ''} {item.get('familyName') or ''}"
    if isinstance(name, list):
        return [text for part in name if (text := text_of(part))]
    text = text_of(name)
    return [text] if text else []


def _bylines(tree: HtmlElement, words: Vocabulary) -> list[str]:
    """The first short line that a page marks as its byline."""
    for element in tree.xpath(_BYLINE)[:20]:
        if next(element.iterancestors("aside", "footer", "nav"), None) is not None:
            continue
        text = element_text(element)
        if 3 < len(text) <= _MAX_NAME and not words.by.fullmatch(fold(text)):
            return [text]
    return []


def _linked(tree: HtmlElement, words: Vocabulary) -> list[str]:
    """The names that link to an author's page right behind a word like "By"."""
    for element in tree.xpath(_AUTHOR_LINK)[:20]:
        parent, before = element.getparent(), element.getprevious()
        near = (before.tail if before is not None else parent.text if parent is not None else "") or ""
        text = element_text(element)
        if 3 < len(text) <= _MAX_NAME and words.by.fullmatch(fold(near).strip()):
            return [text]
    return []


def clean_names(values: Iterable[str], words: Vocabulary) -> list[str]:
    """Names out of printed author fields: split, without prefix ("By"), role, address; no repeats."""
    names: dict[str, str] = {}
    for value in values:
        text = _BRACKETS.sub(" ", _ADDRESS.sub(" ", clean_line(value))).strip()
        prefix = words.by.match(fold(text)) if len(fold(text)) == len(text) else None
        if prefix:
            text = text[prefix.end() :]
        for part in _SPLIT.split(text):
            name = _CLOCK.sub("", _ROLE.sub("", part)).strip(" .,:;-–—|\"'")
            key = key_of(name)
            if key in words.role_words:
                continue
            if not key or len(name) > _MAX_NAME or _NOT_A_NAME.match(name) or key.isdigit() or len(key) < 2:
                continue
            names.setdefault(key, name)
    return list(names.values())


def _own_name(name: str, sites: set[str], words: Vocabulary) -> bool:
    key = key_of(name)
    squeezed = key.replace(" ", "")
    if key in words.desk_words:
        return True
    first, _, rest = name.partition(" ")
    if rest and first.isupper() and key_of(first) in sites:
        return True  # a regional desk: the site's letters and a place
    return any(squeezed == site.replace(" ", "") for site in sites)
