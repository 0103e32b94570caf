"""The article links of a page by their looks, in any language: links that repeat under the same path of elements, with
the length of headlines, a date nearby, and addresses that name something. Pure.

A menu repeats, too, but its words are few and its addresses short; a tag cloud, a pager and a list of authors likewise.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from statistics import median
from urllib.parse import unquote, urlsplit

from lxml import html

from crawler.spiders.entry import iso_date

LEAST = 3           # links that make a list
_SCORE = 0.5        # of a group of links, 0 to 1, from which on it is a list of articles
_LEVELS = 5         # elements above a link that say which list it belongs to
_CLIMB = 6          # elements above a link in which its date may stand
_CROWD = 40         # links in an element from which on it is no single teaser
_PIECES = 60        # texts of an element that are looked through for a date
_WORDS = 400        # letters kept of a link's words
_LONG, _SHORT = 45, 12  # letters: a headline's, a menu entry's
_SPACE = re.compile(r"\s+")
_NUMBER = re.compile(r"\d+")
# Parts of a page that hold no teasers, by element, by ARIA role, by the names that templates give them.
_ELSEWHERE = frozenset({"nav", "footer", "form", "noscript", "template"})
_ROLES = frozenset({"navigation", "contentinfo", "search", "menu", "menubar", "banner"})
_NAMES = re.compile(r"(?:^|[\s_-])(?:nav|navbar|navigation|menu|submenu|mega-?menu|footer|breadcrumbs?|cookies?|share|"
                    r"sharing|social|tags?|tag-?cloud|tagcloud|pagination|pager|comments?|newsletter|languages?|lang-switch|"
                    r"copyright|legal|topbar|ticker)(?:$|[\s_-])", re.IGNORECASE)
_FILES = re.compile(r"\.(?:jpe?g|png|gif|webp|svg|pdf|docx?|xlsx?|zip|mp[34]|xml|rss|css|js)$", re.IGNORECASE)
# Addresses of lists, people and functions, not of articles.
_LISTS = re.compile(r"/(?:tags?|category|categorie|categories|auteurs?|authors?|autor|feed|rss|wp-login|login|search|"
                    r"recherche|contact|about|a-propos|mentions-legales|privacy|abonnement|newsletter)(?:/|$)",
                    re.IGNORECASE)
_DATE = re.compile(r"(?<!\d)\d{1,2}\s?[/.-]\s?\d{1,2}\s?[/.-]\s?\d{2,4}(?!\d)|(?<!\d)(?:19|20)\d\d-\d\d-\d\d|"
                   r"(?<!\d)\d{1,2}\s?[:hH]\s?\d{2}(?!\d)|"
                   r"(?<!\d)\d{1,2}(?:er|\.)?\s+(?:de\s+)?[^\W\d_]{3,12}\.?(?:\s+de)?,?\s+\d{4}(?!\d)|"
                   r"[^\W\d_]{3,12}\.?\s+\d{1,2},\s+\d{4}")
# Classes that differ from one teaser to the next.
_VARYING = ("category-", "tag-", "status-", "odd", "even", "first", "last")
_DAY_IN_PATH = re.compile(r"/(?:19|20)\d\d/\d{1,2}/")


@dataclass(frozen=True, slots=True)
class Link:
    """A link of a page: its absolute address and its element."""

    url: str
    anchor: html.HtmlElement


def teasers(links: Sequence[Link], url: str) -> dict[str, list[Link]]:
    """The article links among `links` by address, in order, with all links of each; empty where none look so."""
    apart: dict[html.HtmlElement, bool] = {}
    own = [link for link in links if _may_be(link, url) and not _in_furniture(link.anchor, apart)]
    groups: defaultdict[tuple[str, ...], list[Link]] = defaultdict(list)
    for link in own:
        groups[_path_of(link.anchor)].append(link)
    lists = [part for group in groups.values() for part in _by_list(group) if score(part) >= _SCORE]
    addresses = {link.url for group in lists for link in group}
    if not addresses:
        return {}
    # The lead story stands alone in its own frame, and its address is of the same make.
    shapes = {_shape(address) for address in addresses if _names_something(address)}
    for link in own:
        if link.url not in addresses and len(words_of(link.anchor)) >= _LONG / 2 and _shape(link.url) in shapes:
            addresses.add(link.url)
    chosen: dict[str, list[Link]] = {}
    for link in own:
        if link.url in addresses:
            chosen.setdefault(link.url, []).append(link)
    return chosen


def score(group: Sequence[Link]) -> float:
    """How much links that stand under the same path look like the teasers of a list, 0 to 1."""
    addresses = {link.url for link in group}
    said = {link.url: words_of(link.anchor) for link in group}
    if len(addresses) < LEAST or len(set(said.values())) < 0.7 * len(addresses):
        return 0.0  # too few, or "read more" on each
    length = _between(median(len(words) for words in said.values()), _SHORT, _LONG)
    words = _between(median(len(text.split()) for text in said.values()), 2, 6)
    around = Surroundings(group)
    dated = sum(_dated(link, around) for link in group) / len(group)
    headed = sum(_headed(link.anchor) for link in group) / len(group)
    named = sum(_names_something(address) for address in addresses) / len(addresses)
    return 0.3 * length + 0.15 * words + 0.2 * dated + 0.1 * headed + 0.25 * named


def _by_list(group: Sequence[Link]) -> list[list[Link]]:
    """A group parted by the tables and lists that it stands in (a menu and the news in two tables without a class);
    what is alone in its own stays together (each article in a table of its own)."""
    parts: defaultdict[html.HtmlElement | None, list[Link]] = defaultdict(list)
    for link in group:
        parts[next(link.anchor.iterancestors("table", "ul", "ol", "dl"), None)].append(link)
    large = [part for part in parts.values() if len({link.url for link in part}) >= LEAST]
    small = [link for part in parts.values() if len({link.url for link in part}) < LEAST for link in part]
    return [*large, small]


class Surroundings:
    """The elements that belong to one teaser alone: those around its link in which no other's stands."""

    def __init__(self, links: Iterable[Link]) -> None:
        self._urls = {link.anchor: link.url for link in links}

    def of(self, link: Link) -> Iterator[html.HtmlElement]:
        """From the link outwards."""
        for element in islice(link.anchor.iterancestors(), _CLIMB):
            anchors = list(islice(element.iter("a"), _CROWD))
            others = (self._urls.get(anchor, link.url) != link.url for anchor in anchors)
            if element.tag == "body" or len(anchors) == _CROWD or any(others):
                return
            yield element


def words_of(element: html.HtmlElement) -> str:
    """The printed words of a link, its heading's alone where it frames a card, else its title or its picture's."""
    heading = next((inner for inner in element.iter("h1", "h2", "h3", "h4", "h5", "h6") if inner is not element), None)
    said = _SPACE.sub(" ", "".join((heading if heading is not None else element).itertext())).strip()
    if not said:
        picture = next((image.get("alt") or "" for image in element.iter("img")), "")
        said = _SPACE.sub(" ", element.get("title") or picture).strip()
    return said[:_WORDS]


def date_beside(group: Sequence[Link], around: Surroundings) -> str | None:
    """The machine-readable date of a teaser (`<time datetime>`); printed ones are read with the article, where its
    language is known."""
    for link in group:
        for frame in around.of(link):
            for element in islice(frame.iter("time"), 3):
                found = iso_date(element.get("datetime"))
                if found:
                    return found
    return None


def _may_be(link: Link, url: str) -> bool:
    try:
        parts, here = urlsplit(link.url), urlsplit(url)
    except ValueError:
        return False
    if parts.scheme not in {"http", "https"} or _site(parts.netloc) != _site(here.netloc):
        return False
    if parts.path.strip("/") == "" and not parts.query:
        return False
    return not (_FILES.search(parts.path) or _LISTS.search(parts.path))


def _site(netloc: str) -> str:
    return netloc.lower().removeprefix("www.").removeprefix("m.")


def _in_furniture(element: html.HtmlElement, known: dict[html.HtmlElement, bool]) -> bool:
    """Whether an element stands in a part of the page that holds no teasers; `known` remembers."""
    path: list[html.HtmlElement] = []
    above: html.HtmlElement | None = element
    while above is not None and above not in known:
        path.append(above)
        above = above.getparent()
    found = known.get(above, False) if above is not None else False
    for inner in reversed(path):
        found = found or _is_furniture(inner)
        known[inner] = found
    return found


def _is_furniture(element: html.HtmlElement) -> bool:
    if element.tag in _ELSEWHERE or (element.get("role") or "").lower() in _ROLES:
        return True
    if element.tag in ("body", "html", "article", "main"):
        return False
    return bool(_NAMES.search(f"{element.get('class') or ''} {element.get('id') or ''}"))


def _path_of(anchor: html.HtmlElement) -> tuple[str, ...]:
    """The elements above a link, numbers in their classes made alike (`post-4711` is one with `post-4712`)."""
    path = []
    for element in (anchor, *anchor.iterancestors()):
        classes = sorted({_NUMBER.sub("#", name) for name in (element.get("class") or "").split()})
        kept = [name for name in classes if not name.startswith(_VARYING)]
        path.append(f"{element.tag}.{'.'.join(kept)}")
        if len(path) > _LEVELS or element.tag == "body":
            break
    return tuple(path)


def _dated(link: Link, around: Surroundings) -> bool:
    if _DAY_IN_PATH.search(urlsplit(link.url).path):
        return True
    for frame in around.of(link):
        text = _SPACE.sub(" ", " ".join(islice(frame.itertext(), _PIECES)))
        if next(frame.iter("time"), None) is not None or _DATE.search(text[:2_000]):
            return True
    return False


def _headed(anchor: html.HtmlElement) -> bool:
    headings = ("h1", "h2", "h3", "h4", "h5", "h6")
    if next(anchor.iter(*headings), None) is not None:
        return True
    return any(element.tag in headings for element, _ in zip(anchor.iterancestors(), range(3), strict=False))


def _names_something(url: str) -> bool:
    """Whether an address is one of an article: a number, a day, or a slug of several words."""
    parts = urlsplit(url)
    last = unquote(parts.path.rstrip("/").rsplit("/", 1)[-1])
    return (last.count("-") + last.count("_") >= 3 or bool(re.search(r"\d{4,}", last)) or
            bool(re.search(r"\d{3,}", parts.query)) or bool(_DAY_IN_PATH.search(parts.path)))


def _shape(url: str) -> str:
    """An address with its words and numbers made alike: /2026/05/un-campus.html and /2026/04/autre.html are one."""
    parts = urlsplit(url)
    pieces = ["#" if piece.isdigit() else "@" if _names_something(f"x://x/{piece}") else piece
              for piece in parts.path.split("/")]
    query = _NUMBER.sub("#", parts.query)
    ending = re.search(r"\.\w{2,5}$", parts.path)
    return f"{_site(parts.netloc)}{'/'.join(pieces)}{ending[0] if ending else ''}?{query}"


def _between(value: float, low: float, high: float) -> float:
    return min(1.0, max(0.0, (value - low) / (high - low)))
