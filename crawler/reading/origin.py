"""Who published a story first, where the page says so: origin lines, agencies in brackets, source labels and links."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from urllib.parse import urljoin, urlsplit

from lxml.html import HtmlElement

from crawler.reading.dates import find_date
from crawler.reading.metadata import host_label
from crawler.reading.structured import element_text
from crawler.reading.vocabulary import Vocabulary, outlet_key
from crawler.text.folding import fold

_MAX_LINE = 140
_BRACKETS = re.compile(r"[(\[（]\s*([^()\[\]（）]{2,40}?)\s*[)\]）]")
_NAME_MAX = 60
_NAME_END = re.compile(r"[.;|\n]|\s[-–—]\s|,\s")


@dataclass(frozen=True, slots=True)
class Origin:
    """The first publication: outlet (named as config/outlets.yml has it), its day, its address."""

    outlet: str | None = None
    published: str | None = None
    url: str | None = None


def outlet_name(printed: str, words: Vocabulary) -> str:
    """An outlet's name as config/outlets.yml has it, else as it is printed."""
    return words.outlets.get(outlet_key(printed), printed.strip())


def origin_line(line: str, words: Vocabulary) -> Origin | None:
    """`Publié dans Yabiladi le 07 - 05 - 2024`: outlet and day of a line made for that purpose."""
    if len(line) > _MAX_LINE:
        return None
    folded = fold(line)
    if len(folded) != len(line):
        line = folded  # rare: the printed form cannot be cut by folded offsets
    for pattern in _line_patterns(words.origin_lines):
        match = pattern.match(folded)
        if match:
            day = find_date(match["date"])
            name = line[match.start("outlet") : match.end("outlet")].strip(" :«»\"'")
            if day and name:
                return Origin(outlet_name(name, words), day)
    return None


@lru_cache(maxsize=8)
def _line_patterns(lines: tuple[tuple[str, str, str], ...]) -> tuple[re.Pattern[str], ...]:
    return tuple(
        re.compile(
            rf"\W*{re.escape(before)}\s*:?\s*(?P<outlet>\S.{{0,60}}?)\s+"
            rf"{re.escape(between)}\s+(?P<date>(?:[^\W\d]+[\s.,]+)?\d.*)$"
        )
        for before, between, _ in lines
    )


def agency_in(line: str, words: Vocabulary) -> str | None:
    """An agency signed in brackets: `Rabat (MAP) -`, `... (AFP)`."""
    for match in _BRACKETS.finditer(line):
        for part in re.split(r"[/,،]| et | avec | with ", match.group(1)):
            name = words.agencies.get(outlet_key(part))
            if name:
                return name
    return None


def labelled_source(line: str, words: Vocabulary) -> str | None:
    """The outlet of `Source : Challenge`, `نقلا عن هسبريس`, `via Reuters`: a short line of its own."""
    if len(line) > _MAX_LINE:
        return None
    folded = fold(line)
    match = words.origin_label.match(folded)
    if not match:
        return None
    offset = match.end() if len(folded) == len(line) else None
    rest = (line if offset is not None else folded)[match.end() :]
    colon = rest.lstrip().startswith((":", "："))
    name = _NAME_END.split(rest.strip(" :：«»\"'()[]"), maxsplit=1)[0].strip(" :«»\"'()[]")
    if not name or len(name) > _NAME_MAX:
        return None
    known = words.outlets.get(outlet_key(name))
    if known:
        return known
    if name.startswith(("http://", "https://", "www.")):
        host = host_label(name if "://" in name else f"https://{name}")[1]
        return words.outlets.get(outlet_key(host), host) or None
    # an unknown name counts only after a colon, and when it is no sentence
    return name if colon and len(name.split()) <= 5 and len(line) <= 80 else None


def origin_of(lines: list[str], words: Vocabulary) -> Origin:
    """Where a story comes from, by its first and last lines."""
    ends = [*lines[:3], *lines[-3:]] if len(lines) > 6 else lines
    for line in ends:
        found = origin_line(line, words)
        if found:
            return found
    for line in reversed(lines[-3:]):
        name = labelled_source(line, words)
        if name:
            return Origin(name)
    for edge in [*(line[:120] for line in lines[:2]), *(line[-80:] for line in lines[-2:])]:
        name = agency_in(edge, words)
        if name:
            return Origin(name)
    return Origin()


def origin_in_page(tree: HtmlElement, url: str, words: Vocabulary) -> Origin:
    """An origin line anywhere in a page (extraction leaves short ones out) and the link to the first publication."""
    link = _origin_link(tree, url, words)
    for element in tree.iter("div", "p", "span", "small", "em", "td", "li", "h3", "h4", "h5", "font", "i"):
        text = element.text
        if text and len(text) <= _MAX_LINE and any(char.isdecimal() for char in text):
            found = origin_line(element_text(element), words)
            if found:
                return Origin(found.outlet, found.published, link)
    if link:
        host = host_label(link)[1]
        return Origin(words.outlets.get(outlet_key(host), host), None, link)
    return Origin()


def is_origin_line(line: str, words: Vocabulary) -> bool:
    """Whether a line does nothing but name the first publication."""
    return origin_line(line, words) is not None or (labelled_source(line, words) is not None and len(line) <= 80)


def _origin_link(tree: HtmlElement, url: str, words: Vocabulary) -> str | None:
    """The target of a link that says it leads to the original, on another site."""
    own = host_label(url)[1]
    for element in tree.iter("a"):
        target: str | None = element.get("href")
        if not target or own in target or not target.strip().startswith(("http://", "https://", "//")):
            continue
        text = element_text(element)
        if not 3 < len(text) < 100 or not words.origin_links.search(fold(text)):
            continue
        try:
            full: str = urljoin(url, target.strip())
            parts = urlsplit(full)
        except ValueError:
            continue
        if parts.scheme in {"http", "https"} and host_label(full)[1] != own:
            return full
    return None
