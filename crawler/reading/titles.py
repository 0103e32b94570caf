"""Choose a title by agreement: the headline on the page, what it tells machines, and the window's title."""

from __future__ import annotations

import re
from collections.abc import Iterable

from lxml.html import HtmlElement

from crawler.reading.paragraphs import clean_line, key_of
from crawler.reading.structured import Structured, element_text, text_of

_SEPARATORS = re.compile(r"(?<!\s)\s+[|\-–—•·»«/:]{1,2}\s+|(?<!\s)\s*[|｜]\s*|(?<!\s)\s+::\s+")
_MAX = 400
# A heading and og:title of so many characters that are alike are no section name.
_AGREED = 15
_KICKER = re.compile(r"^[^|:]{2,30}\s*[|:]\s+")


def choose_title(tree: HtmlElement, data: Structured, site_names: Iterable[str], hint: str | None = None) -> str | None:
    """The headline of the page, without the site's name; None where nothing says one."""
    sites = {key for key in map(key_of, site_names) if key}
    headings = _headings(tree)
    # measured on 130 pages: where printed and declared headline differ, the declared one is the story's own name,
    # the printed one was often changed for a reprint or for a search engine
    machine = text_of(data.article.get("headline")) if data.article else None
    whole = _whole_of(machine, headings) if machine else None
    if machine and len(machine) > _MAX:
        machine = None
    shared = data.first("og:title", "twitter:title", "title", "dc.title", "parsely-title", "sailthru.title")
    window = next((element_text(element) for element in tree.iter("title") if element_text(element)), None)
    declared = data.first("headline")
    if shared and declared and len(key_of(declared)) >= _AGREED and key_of(shared).startswith(f"{key_of(declared)} "):
        shared = declared  # what follows it is section and site, by whatever sign they are parted
    shared, window = (strip_site(value, sites) if value else None for value in (shared, window))
    headings = [heading for heading in headings if key_of(heading) not in sites]
    if whole:
        return whole
    heading = _main_heading(headings, [shared, machine, window, hint])
    if machine and heading and _for_readers(heading, shared, machine, data):
        return heading
    if machine and key_of(machine) not in sites:
        return _cut_by(strip_site(machine, sites), headings)
    if (
        shared
        and key_of(shared) not in sites
        and (heading is None or _related(shared, heading) or _related(shared, hint))
    ):
        return _cut_by(shared, headings)
    return heading or (_cut_by(window, headings) if window and key_of(window) not in sites else None) or hint


def printed_headings(tree: HtmlElement) -> frozenset[str]:
    """The keys of all h1; a few words alone are none."""
    return _keys(clean_line(element.text_content()) for element in tree.iter("h1"))


def told_headings(data: Structured, title: str | None) -> frozenset[str]:
    """The keys of the title and of all wordings of it that the page tells machines."""
    told = [text_of(data.article.get(name)) or "" for name in ("headline", "alternativeHeadline")]
    return _keys([title or "", *data.all("og:title", "twitter:title"), *told])


def _keys(values: Iterable[str]) -> frozenset[str]:
    return frozenset(key for key in map(key_of, values) if len(key) > _AGREED)


def _main_heading(headings: list[str], others: list[str | None]) -> str | None:
    """The h1 that the page repeats elsewhere, else the first."""
    for heading in headings:
        if agrees(heading, others) or any(other and contains(other, heading) for other in others):
            return heading
    return headings[0] if headings else None


def _for_readers(heading: str, shared: str | None, machine: str, data: Structured) -> bool:
    """Whether the printed headline stands in og:title and in JSON-LD, too: there behind a kicker or as another name.

    h1 and og:title alone do not decide against JSON-LD: of 130 pages that lost 8 titles and gained 4.
    """
    if len(key_of(heading)) < _AGREED or not agrees(heading, [shared]):
        return False
    others = (text_of(data.article.get("name")), text_of(data.article.get("alternativeHeadline")))
    return key_of(machine).endswith(f" {key_of(heading)}") or agrees(heading, others)


def _whole_of(title: str, headings: list[str]) -> str | None:
    """The heading that a title was cut from ("... and 12 more...")."""
    if not title.endswith(("...", "…")):
        return None
    start = key_of(title)
    return next(
        (heading for heading in headings if key_of(heading).startswith(start[: max(10, len(start) - 12)])), None
    )


def _related(first: str, second: str | None) -> bool:
    """Whether two printings are of one headline: a third of the words of the shorter in common."""
    ours, theirs = set(key_of(first).split()), set(key_of(second or "").split())
    return len(ours & theirs) * 3 >= min(len(ours), len(theirs)) > 0


def agrees(heading: str, others: Iterable[str | None]) -> bool:
    """Whether one of the others is the same headline, letter case and punctuation aside."""
    key = key_of(heading)
    return any(other and key_of(other) == key for other in others)


def contains(longer: str, shorter: str) -> bool:
    """Whether a headline stands whole in another string (of some length, so that a section name does not count)."""
    key = key_of(shorter)
    return len(key) >= 15 and f" {key} " in f" {key_of(longer)} "


def _headings(tree: HtmlElement) -> list[str]:
    """The h1 of the page in order, without empty and repeated ones; h1s of a header or a menu last."""
    inner: list[str] = []
    outer: list[str] = []
    for element in tree.iter("h1"):
        text = element_text(element)
        if not text or len(text) > _MAX:
            continue
        around = {ancestor.tag for ancestor in element.iterancestors("nav", "footer", "aside")}
        (outer if around else inner).append(text)
    if not inner:
        inner = [text for element in tree.xpath("//*[@itemprop='headline']")[:2] if (text := element_text(element))]
    return list(dict.fromkeys(text for text in [*inner, *outer] if len(key_of(text)) > 2))


def strip_site(title: str, sites: set[str]) -> str:
    """A title without the site's name in front of it or behind it (with section names between)."""
    pieces = _SEPARATORS.split(title)
    marks = _SEPARATORS.findall(title)
    if len(pieces) < 2:
        return clean_line(title)
    start, end = 0, len(pieces)
    for index in range(1, len(pieces)):
        if _is_site(pieces[index], sites):
            end = index
            break
    while start < end - 1 and _is_site(pieces[start], sites):
        start += 1
    kept = pieces[start]
    for index in range(start + 1, end):
        kept += marks[index - 1] + pieces[index]
    return clean_line(kept)


def _is_site(piece: str, sites: set[str]) -> bool:
    key = key_of(piece)
    squeezed = key.replace(" ", "")
    if not squeezed:
        return True
    for site in sites:
        plain = site.replace(" ", "")
        if squeezed == plain or (len(squeezed) > 3 and squeezed in plain and len(squeezed) * 2 > len(plain)):
            return True
        if len(plain) > 3 and plain in squeezed and len(plain) * 2 >= len(squeezed):
            return True
    return False


def _cut_by(title: str, headings: Iterable[str]) -> str:
    """Where a heading is the front part of the title ("Headline - Section"), the heading's length decides."""
    for heading in headings:
        for piece in (title[: len(heading)],):
            if len(key_of(heading)) > 20 and key_of(piece) == key_of(heading):
                return clean_line(piece)
    return title
