"""Pages that stand between a reader and the article: challenges, paywalls, empty shells that want a browser."""

from __future__ import annotations

from typing import Any

from lxml.html import HtmlElement

from crawler.outcomes import Outcome
from crawler.reading.guards import Refusal
from crawler.reading.structured import Structured
from crawler.reading.vocabulary import Vocabulary
from crawler.text.folding import fold

# A wall says its sentence and little else; an article that quotes one is longer.
_WALL_MAX = 1500
_SENTENCES = 450
# What a page declares holds up to _STUB_MAX characters; a mere phrase ("subscribe to continue") stands in many menus.
_STUB_MAX = 600
_PHRASE_MAX = 350
_CHALLENGE_MARKS = (
    "cf-challenge",
    "challenge-platform",
    "cf_chl_opt",
    "_incapsula_resource",
    "px-captcha",
    "datadome",
    "g-recaptcha-response",
    "h-captcha",
    "ddos-guard",
    "captcha-delivery",
)


def wall_before(tree: HtmlElement, source: str, words: Vocabulary) -> Refusal | None:
    """A page that is only a challenge or only asks for JavaScript, told before extraction."""
    visible = _visible(tree)
    if len(visible) > _WALL_MAX:
        return None
    folded = fold(visible)
    title = fold(next((element.text or "" for element in tree.iter("title")), ""))
    marks = any(mark in source.lower() for mark in _CHALLENGE_MARKS) if len(source) < 60_000 else False
    said = words.challenge.search(folded) or words.challenge.search(title)
    if said and (marks or len(folded) < _SENTENCES or words.challenge.search(title)):
        return Refusal(Outcome.BLOCKED, f"a challenge page: {said.group()!r}")
    if marks and len(folded) < 300:
        return Refusal(Outcome.BLOCKED, "a challenge page")
    asked = words.needs_browser.search(fold(_visible(tree, noscript=True)))
    if asked and len(folded) < 500:
        return Refusal(Outcome.NEEDS_BROWSER, f"the page is built by a browser: {asked.group()!r}")
    return None


def is_stub(lines: list[str]) -> bool:
    """Whether so little was found that it may be the opening before a paywall."""
    return sum(map(len, lines)) <= _STUB_MAX


def wall_after(lines: list[str], data: Structured, tree: HtmlElement, words: Vocabulary) -> Refusal | None:
    """A stub: the opening of an article and then a request for money. `tree` is the page as it came."""
    length = sum(map(len, lines))
    free = data.article.get("isAccessibleForFree")
    if _false(free) or data.first("article:content_tier") in {"locked", "metered"}:
        return Refusal(Outcome.PAYWALL, f"for subscribers only: {length} characters are to be read")
    told = " ".join(
        element.text or "" for element in tree.iter("p", "div", "span", "h2", "h3", "a", "button", "strong")
    )
    said = words.paywall.search(fold(told[:20_000]))
    if said and length <= _PHRASE_MAX:
        return Refusal(Outcome.PAYWALL, f"for subscribers only: {said.group()!r}")
    return None


def is_partial(data: Structured) -> bool:
    """Whether the page itself says that not all of it is free to read."""
    return _false(data.article.get("isAccessibleForFree"))


def _false(value: Any) -> bool:
    return value is False or (isinstance(value, str) and value.strip().lower() == "false")


def _visible(tree: HtmlElement, *, noscript: bool = False) -> str:
    """The text a visitor sees, as far as it takes to know that the page is no wall."""
    hidden = {"script", "style", "template", "title", "svg"} | (set() if noscript else {"noscript"})
    parts: list[str] = []
    size = 0
    for element in tree.iter():
        for text in (None if element.tag in hidden else element.text, element.tail):
            if text and (stripped := text.strip()):
                parts.append(stripped)
                size += len(stripped)
        if size > 2 * _WALL_MAX:
            break
    return " ".join(" ".join(parts).split())
