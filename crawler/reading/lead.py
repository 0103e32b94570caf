"""The standfirst that stands between headline and body, which extraction often leaves out with the header."""

from __future__ import annotations

import re

from lxml.html import HtmlElement

from crawler.reading.paragraphs import key_of
from crawler.reading.structured import Structured, element_text

_LEAD = re.compile(
    r"lead|intro|summary|teaser|standfirst|chapo|chapeau|excerpt|sub-?title|subhead|abstract|deck|\bdek|sapo|entradilla|bajada|"
    r"description|perex|preamble|spot|ingress|vorspann|blurb|strapline|copete|volanta|sumario",
    re.IGNORECASE,
)
_INNER = frozenset({"p", "div", "h2", "h3", "ul", "section", "li", "figure", "article"})
_OUTSIDE = ("figure", "figcaption", "nav", "aside", "form", "a", "button", "li", "footer")
_START = 40
_SHORTEST, _LONGEST = 40, 700


def find_lead(tree: HtmlElement, data: Structured) -> str | None:
    """The block that begins as the page's own description does and is marked or placed as a lead.

    A description alone is not taken: it is as often written for search engines.
    """
    told = key_of(data.first("og:description", "description", "twitter:description") or "")[:_START]
    if len(told) < 20:
        return None
    start = told.split()[0]
    after_heading = False
    for element in tree.iter("h1", "p", "div", "h2", "h3", "h4", "span", "section", "strong", "em", "blockquote"):
        if element.tag == "h1":
            after_heading = True
            continue
        if not (element.text or len(element)) or (len(element) and any(child.tag in _INNER for child in element)):
            continue
        opening = element.text if element.text and element.text.strip() else element.text_content()
        if start not in key_of(opening[:_LONGEST])[:_START]:
            continue
        text = element_text(element)
        if not _SHORTEST <= len(text) <= _LONGEST or key_of(text)[:_START] != told:
            continue
        marks = f"{element.get('class', '')} {element.get('id', '')} {element.get('itemprop', '')}"
        if _LEAD.search(marks):
            return text
        if after_heading and len(text) > 2 * _START and next(element.iterancestors(*_OUTSIDE), None) is None:
            return text
    return None


def with_lead(lines: list[str], lead: str | None) -> list[str]:
    """The lines, the lead in front unless it is among them."""
    if not lead or key_of(lead)[:60] in key_of(" ".join(lines)):
        return lines
    return [lead, *lines]
