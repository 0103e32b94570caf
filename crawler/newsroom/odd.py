"""Pages that are no stories: what an outlet's listing also links to (documents, challenges, redirects, paywalls)."""

from __future__ import annotations

import json
from dataclasses import dataclass
from html import escape
from typing import Any

from crawler.newsroom.outlets import Outlet
from crawler.newsroom.pages import furniture

# The head of a word processor's file: of no type that is read.
_WORD = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504)


@dataclass(frozen=True)
class Answer:
    """What the server sends for one path. `first` is the status of the very first request alone (a 429)."""

    body: bytes = b""
    content_type: str = "text/html; charset=utf-8"
    status: int = 200
    headers: tuple[tuple[str, str], ...] = ()
    validators: bool = False
    first: int | None = None


def moved(location: str, status: int = 302) -> Answer:
    """A redirect."""
    return Answer(b"", status=status, headers=(("Location", location),))


def odd_answer(outlet: Outlet, item: dict[str, Any], target: str) -> Answer | None:
    """The answer for one entry of an outlet's `odd` list; None where nothing is served (`outside`).

    `target` is the path a `redirect` leads to.
    """
    kind = item["kind"]
    if kind == "outside":
        return None
    if kind == "document":
        return Answer(_WORD, "application/msword")
    if kind == "challenge":
        return Answer(_challenge(outlet), status=item.get("status", 403),
                      headers=(("cf-mitigated", "challenge"),) if item.get("status", 403) == 403 else ())
    if kind == "gone":
        return Answer(_plain(item, outlet.name, "404"), status=item.get("status", 404))
    if kind == "redirect":
        return moved(target)
    if kind == "loop":
        return moved(item["path"])
    if kind == "shell":
        return Answer(b'<!doctype html><html><head><title>Loading</title></head><body><div id="root"></div>'
                      b"<noscript>You need to enable JavaScript to run this app.</noscript>"
                      b'<script src="/static/js/main.3f1c.js"></script></body></html>')
    if kind == "paywall":
        return Answer(_paywall(outlet, item))
    if kind == "plain":
        return Answer(_plain(item, outlet.name, item["text"]))
    raise ValueError(f"{outlet.id}: no such kind of odd page: {kind}")


def _plain(item: dict[str, Any], site: str, text: str) -> bytes:
    return (f'<!DOCTYPE html><html lang="{item["lang"]}"><head><title>{escape(item["title"])} - {escape(site)}</title>'
            f"</head><body><h1>{escape(item['title'])}</h1><article><p>{escape(text)}</p></article></body></html>"
            ).encode()


def _challenge(outlet: Outlet) -> bytes:
    return (f"<!DOCTYPE html><html lang=\"en-US\"><head><title>Just a moment...</title>"
            f'<meta name="robots" content="noindex,nofollow"><script src="/cdn-cgi/challenge-platform/h/b/orchestrate/'
            f'chl_page/v1?ray=8f"></script></head><body><h1>{escape(outlet.name)}</h1><h2>Verifying you are human. '
            "This may take a few seconds.</h2><p>This site needs to review the security of your connection before "
            "proceeding.</p><noscript>Enable JavaScript and cookies to continue</noscript></body></html>").encode()


def _paywall(outlet: Outlet, item: dict[str, Any]) -> bytes:
    marks = json.dumps({"@context": "https://schema.org", "@type": "NewsArticle", "headline": item["title"],
                        "isAccessibleForFree": False,
                        "hasPart": {"@type": "WebPageElement", "isAccessibleForFree": False,
                                    "cssSelector": ".paywall"}})
    words = furniture()[item["lang"]]
    return (f'<!DOCTYPE html><html lang="{item["lang"]}"><head><title>{escape(item["title"])} | {escape(outlet.name)}'
            f'</title><script type="application/ld+json">{marks}</script></head><body><h1>{escape(item["title"])}</h1>'
            f'<div class="paywall"><p>{escape(item["text"])}</p><div class="offer">{escape(item["offer"])}</div></div>'
            f"<footer>{escape(words['footer'])}</footer></body></html>").encode()
