"""Other stories on the page of this one: what endless scrolling hangs under it."""

from __future__ import annotations

from lxml.html import HtmlElement

from crawler.reading.paragraphs import key_of

_BODY = 300
_PARAGRAPH = 40
_WRAPPERS = ("article", "main", "section", "div")


def prune_next_stories(tree: HtmlElement, known: frozenset[str]) -> int:
    """Drop each whole story behind the page's own; returns how many went.

    A story is another h1 in a wrapper of its own that is an `article`, has a time or is the twin of the first one's
    wrapper, with some paragraphs. Sections of one story that have an h1 each have none of these, and nothing goes where
    the page's own headline (one of the `known` keys), or a body under it, is not found.
    """
    titles = list(tree.iter("h1"))
    own = next((title for title in titles if key_of(title.text_content()) in known), None)
    if own is None or len(titles) < 2:
        return 0
    dropped = 0
    for title in titles[titles.index(own) + 1 :]:
        if not key_of(title.text_content()) or key_of(title.text_content()) in known:
            continue
        wrapper, first = _apart(title, own)
        if wrapper is None or first is None or wrapper.getparent() is None or _prose(first) < _BODY:
            continue
        if _prose(wrapper) >= _BODY and _is_story(wrapper, first):
            wrapper.drop_tree()
            dropped += 1
    return dropped


def _apart(title: HtmlElement, own: HtmlElement) -> tuple[HtmlElement | None, HtmlElement | None]:
    """The largest wrapper of a headline that does not hold the page's own, and its sibling that does."""
    above = list(own.iterancestors())
    wrapper = None
    for element in title.iterancestors():
        if element in above:
            side = above.index(element) - 1
            return wrapper, above[side] if side >= 0 else None
        if element.tag in _WRAPPERS:
            wrapper = element
    return None, None


def _is_story(wrapper: HtmlElement, first: HtmlElement) -> bool:
    twin = wrapper.tag == first.tag and bool(wrapper.get("class")) and wrapper.get("class") == first.get("class")
    return twin or wrapper.tag == "article" or any(wrapper.find(f".//{tag}") is not None for tag in ("article", "time"))


def _prose(element: HtmlElement) -> int:
    texts = (len(" ".join(paragraph.text_content().split())) for paragraph in element.iter("p"))
    return sum(length for length in texts if length >= _PARAGRAPH)
