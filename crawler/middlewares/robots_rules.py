"""robots.txt as RFC 9309 reads it: 4xx allows all, 5xx and silence forbid all, 200 is parsed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from protego import Protego

from crawler.middlewares.verdicts import Refused
from crawler.outcomes import Outcome

KEPT = timedelta(days=1)
REDIRECTS = 5  # followed of a robots.txt; RFC 9309 asks for five at least
PARSED = 512 * 1024  # bytes read of a robots.txt, unpacked; the RFC asks for 500 KiB at least
# Where nobody answers at all, "forbidden by robots.txt" would hide what is the matter.
_NOBODY_THERE = frozenset({Outcome.NETWORK_ERROR, Outcome.TLS_ERROR, Outcome.REFUSED_ADDRESS})


@dataclass(frozen=True)
class Rules:
    """What one origin lets us ask. `parser` None: everything, or nothing where `refusal` says why.

    `reserved` are the rules of its tdmrep.json (rights.py), None while that was not asked.
    """

    parser: Any = None
    refusal: Refused | None = None
    crawl_delay: float | None = None
    reserved: tuple[tuple[str, bool], ...] | None = None

    def check(self, url: str, token: str) -> Refused | None:
        """Why `url` may not be asked, or None."""
        if self.refusal is not None:
            return self.refusal
        if self.parser is None or self.parser.can_fetch(url, token):
            return None
        return Refused(Outcome.REFUSED_ROBOTS, "robots.txt forbids it")


def beginning(body: bytes) -> bytes:
    """As much of a robots.txt as is read: up to the last whole line within the limit. Half a line could forbid a whole
    folder, or allow one."""
    if len(body) <= PARSED:
        return body
    end = max(body.rfind(mark, 0, PARSED) for mark in (b"\n", b"\r"))
    return body[:end + 1]


def rules_from(status: int, body: bytes, token: str) -> Rules:
    """The rules that an answer for /robots.txt sets."""
    if status >= 500 or status == 429:
        return Rules(refusal=Refused(Outcome.REFUSED_ROBOTS, f"robots.txt answered {status}", temporary=True))
    if status >= 300:
        return Rules()
    parser = Protego.parse(beginning(body).decode("utf-8-sig", "replace"))
    delay = parser.crawl_delay(token)
    rate = parser.request_rate(token)
    if rate is not None and rate.requests:
        delay = max(delay or 0.0, rate.seconds / rate.requests)
    return Rules(parser, crawl_delay=float(delay) if delay else None)


def rules_without_answer(failure: Refused) -> Rules:
    """The rules where no answer came: nothing is asked. More redirects than are followed are no robots.txt at all
    (RFC 9309, 2.3.1.2)."""
    if failure.outcome is Outcome.REDIRECT_LOOP:
        return Rules()
    outcome = failure.outcome if failure.outcome in _NOBODY_THERE else Outcome.REFUSED_ROBOTS
    return Rules(refusal=Refused(outcome, f"robots.txt: {failure.reason}", temporary=True))
