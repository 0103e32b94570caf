"""When a page was published and changed: every place that says so, in order of trust."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import datetime, timedelta

from lxml.html import HtmlElement

from crawler.reading.dates import day_of, find_date, from_url, parse_date, sane
from crawler.reading.structured import Structured, element_text, text_of
from crawler.reading.vocabulary import Vocabulary
from crawler.text.folding import fold

_META_PUBLISHED_WORDS = """
    article:published_time og:published_time datepublished date publish-date publishdate publish_date pubdate
    article.published parsely-pub-date sailthru.date dc.date dc.date.issued dc.date.created dcterms.date
    dcterms.created dcterms.issued cxenseparse:recs:publishtime article:post_time published_time_telegram
    publication_date article_date_original originalpublicationdate created og:article:published_time
    published-date bt:pubdate citation_date citation_publication_date article:published vr:published_time
    article:created displaydate timestamp og:regdate news_published datecreated
"""
_META_PUBLISHED = tuple(_META_PUBLISHED_WORDS.split())
_META_MODIFIED = (
    "article:modified_time",
    "og:updated_time",
    "og:modified_time",
    "datemodified",
    "last-modified",
    "dcterms.modified",
    "lastmod",
    "article:modified",
    "revised",
)
_DATED = re.compile(r"date|time|publi|posted|byline|meta|stamp|created|entry-info|heure|fecha|تاريخ", re.IGNORECASE)
_MAX_LINE = 160
# A short line with a date among the first elements after the headline needs no class name to be the day.
_NEAR = 40
_PROSE = 100
_MONTH = len("2024-05")
_MAX_DATE_LINE = 60
_MAX_WINDOW_DATE = 24
# A live blog runs so long at most; an earlier day is that of another story's card.
_LIVE = timedelta(days=31)
_MARKED = "//*[@itemprop='datePublished' or @itemprop='datepublished' or @pubdate or @property='datePublished']"
_SCRIPT_DATE = re.compile(
    r'\\?"(?:first|date|original)?_?(?:publish|publication|published|publi|deploy|release|posted)_?'
    r'(?:ed|ed_)?(?:date|time|at|dt|on)?\\?"\s*:\s*\\?"((?:19|20)\d\d[-./]\d\d[-./]\d\d[^"\\]{0,20})',
    re.IGNORECASE,
)


def choose_published(
    tree: HtmlElement, data: Structured, url: str, hint: str | None, now: datetime, words: Vocabulary
) -> str | None:
    """The day (or time) of first publication as ISO 8601; a feed's word first, then the page's, then the address."""
    day_first = not _american(data)
    found: list[str] = []
    for value in _candidates(tree, data, url, hint, words, day_first=day_first):
        if (good := sane(value, now)) is None:
            continue
        found.append(good)
        if "T" in good and len(found) == 1:
            break
        if len(found) > 3:
            break
    if not found:
        return sane(_in_scripts(tree), now)
    if "T" in found[0] and (first := _first_told(tree, data, found[0], day_first=day_first)):
        found = [first]
    # the most trusted place names the day; another place may know its hour
    best = found[0]
    if len(best) == _MONTH:
        best = _day_in(tree, best, day_first=day_first) or best
    return next((value for value in found if len(value) > len(best) and value.startswith(best)), best)


def _first_told(tree: HtmlElement, data: Structured, told: str, *, day_first: bool) -> str | None:
    """An earlier day that the page marks as its publication, where `told` is only the time of the last change.

    Live blogs give each update out as a new publication.
    """
    if told not in {parse_date(value) for value in data.all(*_META_MODIFIED)}:
        return None
    for element in tree.xpath(_MARKED)[:1]:
        value = parse_date(element.get("content") or element.get("datetime"), day_first=day_first)
        if value and len(value) > _MONTH and timedelta() < _midnight(told) - _midnight(value) <= _LIVE:
            return value
    return None


def _midnight(value: str) -> datetime:
    return datetime.strptime(day_of(value), "%Y-%m-%d")  # noqa: DTZ007 - days are only compared


def _in_scripts(tree: HtmlElement) -> str | None:
    """A day of publication in the data that a script page is drawn from: the last resort, before none at all."""
    for element in tree.iter("script"):
        if match := _SCRIPT_DATE.search(element.text or ""):
            return parse_date(match[1].replace(".", "-", 2)) if match[1][4] == "." else parse_date(match[1])
    return None


def _day_in(tree: HtmlElement, month: str, *, day_first: bool) -> str | None:
    """A day of this month in some short line of the page."""
    for element in tree.iter("span", "div", "p", "li", "small", "em", "td", "font", "b", "strong", "a"):
        own = element.text
        if own and 6 <= len(own) <= _MAX_DATE_LINE and any(char.isdecimal() for char in own):
            day = find_date(own, day_first=day_first)
            if day and len(day) > _MONTH and day.startswith(month):
                return day
    return None


def choose_modified(data: Structured, published: str | None, now: datetime) -> str | None:
    """The last change that the page tells machines; None where it is not later than publication."""
    for value in (text_of(data.article.get("dateModified")), *data.all(*_META_MODIFIED)):
        good = sane(parse_date(value), now)
        if good and (published is None or day_of(good) >= day_of(published)):
            return good if good != published else None
    return None


def _candidates(
    tree: HtmlElement, data: Structured, url: str, hint: str | None, words: Vocabulary, *, day_first: bool
) -> Iterator[str | None]:
    yield parse_date(hint)
    for key in ("datePublished", "dateCreated"):
        yield parse_date(text_of(data.article.get(key)), day_first=day_first)
    for value in data.all(*_META_PUBLISHED):
        yield parse_date(value, day_first=day_first)
    for node in data.nodes:
        yield parse_date(text_of(node.get("datePublished")), day_first=day_first)
    for element in tree.xpath(_MARKED)[:3]:
        yield parse_date(
            element.get("content") or element.get("datetime") or element_text(element), day_first=day_first
        )
    yield _in_window(tree, day_first=day_first)
    yield _time_tag(tree, words, day_first=day_first)
    yield _visible(tree, words, day_first=day_first)
    yield from_url(url)


def _in_window(tree: HtmlElement, *, day_first: bool) -> str | None:
    """A day that closes the window's title: "Headline | Section | Site | 28.04.2023"."""
    for element in tree.iter("title"):
        head, _, last = element_text(element).rpartition("|")
        if head and len(last) <= _MAX_WINDOW_DATE and (value := find_date(last, day_first=day_first)):
            return value if len(value) > _MONTH else None
    return None


def _time_tag(tree: HtmlElement, words: Vocabulary, *, day_first: bool) -> str | None:
    """The first `time` of the page proper that does not stand beside a word for a later change."""
    for element in list(tree.iter("time"))[:12]:
        if next(element.iterancestors("nav", "footer", "aside"), None) is not None or _is_update(element, words):
            continue
        value = parse_date(element.get("datetime"), day_first=day_first) or find_date(
            element_text(element), day_first=day_first
        )
        if value:
            return value
    return None


def _is_update(element: HtmlElement, words: Vocabulary) -> bool:
    marks = " ".join(element.get(name, "") for name in ("class", "itemprop", "id")).lower()
    if "updat" in marks or "modif" in marks:
        return True
    parent = element.getparent()
    before = element.getprevious()
    near = ((before.tail if before is not None else parent.text if parent is not None else "") or "")[-40:]
    near += " " + (element_text(element)[:40] if element.text else "")
    return bool(words.updated.search(fold(near)))


def _visible(tree: HtmlElement, words: Vocabulary, *, day_first: bool) -> str | None:
    """A date in a short line that is made for it, or beside a word like "Published"; labelled ones win."""
    labelled, plain = None, None
    near = 0
    heading = "h1" if tree.find(".//h1") is not None else "h2"
    for element in tree.iter(
        "h1", "h2", "span", "div", "p", "li", "small", "em", "td", "h5", "h6", "abbr", "font", "b", "i", "strong", "a"
    ):
        if element.tag == heading:
            near = _NEAR
        near -= 1
        own = " ".join(part for part in (element.text, *(child.tail for child in element)) if part and part.strip())
        if len(own) > _PROSE:
            near -= _NEAR // 3  # a lead may stand before the date, the body does not
        if not 6 <= len(own) <= _MAX_LINE or not any(char.isdecimal() for char in own):
            continue
        folded = fold(own)
        has_label = bool(words.published.search(folded))
        is_dated = bool(_DATED.search(element.get("class", "") + " " + element.get("id", "")))
        is_dated = is_dated or (near > 0 and len(own) <= _MAX_DATE_LINE)
        if not (has_label or is_dated):
            continue
        if next(element.iterancestors("nav", "footer", "aside"), None) is not None:
            continue
        value = find_date(_of_publication(folded, words), day_first=day_first)
        if value and len(value) > _MONTH:
            if has_label:
                labelled = value
                break
            plain = plain or value
    return labelled or plain


def _of_publication(line: str, words: Vocabulary) -> str:
    """The part of a folded line that tells of the publication, where another part tells of a later change."""
    changed, published = words.updated.search(line), words.published.search(line)
    if not changed:
        return line
    if published:
        return line[published.start() :] if published.start() > changed.start() else line[: changed.start()]
    # "1 February | updated 3 February": only with a day of its own behind the word is the one before it another
    return line[: changed.start()] if find_date(line[changed.end() :]) else ""


def _american(data: Structured) -> bool:
    locale = (data.language or data.first("og:locale", "content-language") or "").lower().replace("_", "-")
    return locale.startswith("en-us")
