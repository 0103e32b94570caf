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
_STUB_MAX = 600
_CHALLENGE_MARKS = ("cf-challenge", "challenge-platform", "cf_chl_opt", "_incapsula_resource", "px-captcha", "datadome", "g-recaptcha-response",
                    "h-captcha", "ddos-guard", "captcha-delivery")


def wall_before(tree: HtmlElement, source: str, words: Vocabulary) -> Refusal | None:
    """A page that is only a challenge or only asks for JavaScript, told before extraction."""
    visible = _visible(tree)
    if len(visible) > _WALL_MAX:
        return None
    folded = fold(visible)
    title = fold(next((element.text or "" for element in tree.iter("title")), ""))
    marks = any(mark in source.lower() for mark in _CHALLENGE_MARKS) if len(source) < 60_000 else False
    said = words.challenge.search(folded) or words.challenge.search(title)
    if said and (marks or len(folded) < 800):
        return Refusal(Outcome.BLOCKED, f"a challenge page: {said.group()!r}")
    if marks and len(folded) < 300:
        return Refusal(Outcome.BLOCKED, "a challenge page")
    asked = words.needs_browser.search(fold(_visible(tree, noscript=True)))
    if asked and len(folded) < 500:
        return Refusal(Outcome.NEEDS_BROWSER, f"the page is built by a browser: {asked.group()!r}")
    return None


def wall_after(lines: list[str], data: Structured, visible_paywall: str, words: Vocabulary) -> Refusal | None:
    """A stub: the opening of an article and then a request for money."""
    length = sum(map(len, lines))
    if length > _STUB_MAX:
        return None
    free = data.article.get("isAccessibleForFree")
    if _false(free) or data.first("article:content_tier") in {"locked", "metered"}:
        return Refusal(Outcome.PAYWALL, f"for subscribers only: {length} characters are to be read")
    said = words.paywall.search(fold(visible_paywall))
    if said and length < _STUB_MAX:
        return Refusal(Outcome.PAYWALL, f"for subscribers only: {said.group()!r}")
    return None


def is_partial(data: Structured) -> bool:
    """Whether the page itself says that not all of it is free to read."""
    return _false(data.article.get("isAccessibleForFree"))


def _false(value: Any) -> bool:
    return value is False or (isinstance(value, str) and value.strip().lower() == "false")


def _visible(tree: HtmlElement, *, noscript: bool = False) -> str:
    skip = {"script", "style", "template", "title", "svg"} | (set() if noscript else {"noscript"})
    parts: list[str] = []
    size = 0
    for element in tree.iter():
        if element.tag not in skip and element.text:
            if any(ancestor.tag in skip for ancestor in element.iterancestors("noscript", "template")):
                continue
            parts.append(element.text)
        if element.tail:
            parts.append(element.tail)
        size += len(parts[-1].strip()) if parts else 0
        if size > _WALL_MAX * 3:
            break
    return " ".join(" ".join(parts).split())
