"""What an owner reserves beyond robots.txt: noindex, noarchive and text and data mining, in headers, in the page's
own head, and in /.well-known/tdmrep.json. docs/rights.md says what follows from each."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable
from html import unescape
from typing import Any
from urllib.parse import urlsplit

from scrapy import Request
from scrapy.http import Response

from crawler.crawl.job import JobKind
from crawler.middlewares.robots_rules import Rules
from crawler.middlewares.verdicts import Refused
from crawler.outcomes import Outcome

NOINDEX, NOARCHIVE, TDM = "noindex", "noarchive", "tdm-reservation"
WELL_KNOWN = "/.well-known/tdmrep.json"
_LOOKED_AT = 200_000    # bytes; a head is rarely longer than 60 kB
_MOST_RULES = 1_000
_ALL = frozenset({"*", "robots"})
# Directives that have a value of their own, so that their colon ends no name of a robot.
_VALUED = frozenset({"unavailable_after", "max-snippet", "max-image-preview", "max-video-preview"})
_HIDDEN = ((b"!--", b"-->"), (b"script", b"</script"), (b"style", b"</style"), (b"noscript", b"</noscript"),
           (b"template", b"</template"), (b"title", b"</title"))
_ATTRIBUTE = re.compile(rb"""(?<![a-zA-Z-])([a-zA-Z-]+)\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'>]+))""")
_WORDS = {"none": (NOINDEX,), NOINDEX: (NOINDEX,), NOARCHIVE: (NOARCHIVE,), "nocache": (NOARCHIVE,)}


def rights_of(robots_headers: Iterable[str], tdm_header: str | None, body: bytes, token: str) -> tuple[str, ...]:
    """What a page reserves, in order of name. `token` is the name by which robots.txt knows us.

    The page's own head outweighs its header where both speak of mining; of robots directives all count.
    """
    found: set[str] = set()
    for value in robots_headers:
        found.update(_directives(value, token))
    tdm = tdm_header
    for name, content in _metas(body[:_LOOKED_AT]):
        if name in _ALL or name == token.lower():
            found.update(_words(content))
        elif name == TDM:
            tdm = content
    if (tdm or "").strip() == "1":
        found.add(TDM)
    return tuple(sorted(found))


def reserved_paths(body: bytes) -> tuple[tuple[str, bool], ...]:
    """The rules of a tdmrep.json: (pattern of paths, whether mining is reserved), in its order; broken ones are
    passed over."""
    try:
        data = json.loads(body)
    except (ValueError, RecursionError):
        return ()
    rules = []
    for item in (data if isinstance(data, list) else [])[:_MOST_RULES]:
        location = item.get("location") if isinstance(item, dict) else None
        if isinstance(location, str) and location.startswith(("/", "*")) and len(location) < 2_000:
            rules.append((location, str(item.get(TDM)) in ("1", "True")))
    return tuple(rules)


def is_reserved(rules: Iterable[tuple[str, bool]], url: str) -> bool:
    """Whether the first rule that fits the path of `url` reserves it. `*` stands for anything, `$` for the end."""
    parts = urlsplit(url)
    path = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
    return next((reserved for pattern, reserved in rules if _fits(pattern, path)), False)


def _fits(pattern: str, path: str) -> bool:
    """Linear, whatever the pattern: each piece between two stars is looked for once, behind the one before."""
    pattern, ends = (pattern[:-1], True) if pattern.endswith("$") else (pattern, False)
    first, *pieces = pattern.split("*")
    if not path.startswith(first):
        return False
    if not pieces:
        return path == first if ends else True
    place = len(first)
    last = pieces.pop() if ends else ""
    for piece in pieces:
        place = path.find(piece, place)
        if place < 0:
            return False
        place += len(piece)
    return len(path) - len(last) >= place and path.endswith(last)


def _directives(value: str, token: str) -> Iterable[str]:
    """What an X-Robots-Tag says to us: `noindex, noarchive` or `otherbot: noindex, marsad: noarchive`."""
    agent = "*"
    for piece in value.split(","):
        name, colon, rest = piece.partition(":")
        if colon and name.strip().lower() not in _VALUED:
            agent, piece = name.strip().lower(), rest  # noqa: PLW2901
        if agent in _ALL or agent == token.lower():
            yield from _words(piece)


def _words(content: str) -> Iterable[str]:
    for word in re.split(r"[,;\s]+", content.lower()):
        yield from _WORDS.get(word, ())


def _metas(body: bytes) -> Iterable[tuple[str, str]]:
    """Name and content of the meta elements before the body, those in comments and scripts left out."""
    if body[:2] in (b"\xff\xfe", b"\xfe\xff"):
        body = body.decode("utf-16", "ignore").encode()
    for tag in _meta_tags(body):
        attributes = {match[1].lower(): match[2] or match[3] or match[4] or b""
                      for match in _ATTRIBUTE.finditer(tag)}
        name = attributes.get(b"name", b"").decode("utf-8", "replace").strip().lower()
        if name:
            yield name, unescape(attributes.get(b"content", b"").decode("utf-8", "replace"))


def _meta_tags(body: bytes) -> Iterable[bytes]:
    """In one pass: each byte is looked at a few times at most, whatever the page is made of."""
    lower, place = body.lower(), 0
    while (place := lower.find(b"<", place) + 1) > 0:
        end = next((end for name, end in _HIDDEN if lower.startswith(name, place)), None)
        if end is not None:
            place = lower.find(end, place)
            if place < 0:
                return
        elif lower.startswith((b"body>", b"body "), place):
            return
        elif lower.startswith(b"meta", place):
            closed = lower.find(b">", place)
            if closed < 0:
                return
            yield body[place:min(closed, place + 2_000)]
            place = closed


class RightsCheck:
    """Ends what is not to be read, and tells of the rest what is reserved. `respected`: which of the three count."""

    def __init__(self, respected: frozenset[str], token: str) -> None:
        self._respected, self._token = respected, token

    @classmethod
    def from_crawler(cls, crawler: Any) -> RightsCheck:
        settings = crawler.settings
        return cls(frozenset(settings.getlist("MARSAD_RIGHTS")), settings.get("MARSAD_ROBOTS_NAME"))

    def process_request(self, request: Request) -> None:
        rules: Rules | None = request.meta.get("rules")
        article = request.meta["job"].kind is JobKind.ARTICLE
        if article and rules is not None and TDM in self._respected and is_reserved(rules.reserved or (), request.url):
            raise Refused(Outcome.REFUSED_ROBOTS, "reserved against text and data mining (tdmrep.json)", rights=(TDM,))

    def process_response(self, request: Request, response: Response) -> Response:
        if request.meta["job"].kind is not JobKind.ARTICLE:
            return response
        tags = [value.decode("latin-1") for value in response.headers.getlist("X-Robots-Tag")]
        tdm = response.headers.get("Tdm-Reservation")
        rights = rights_of(tags, tdm.decode("latin-1") if tdm else None, response.body, self._token)
        request.meta["rights"] = rights
        for right, words in ((NOINDEX, "the page says noindex"), (TDM, "reserved against text and data mining")):
            if right in rights and right in self._respected:
                raise Refused(Outcome.REFUSED_ROBOTS, words, status=response.status, rights=rights)
        return response
