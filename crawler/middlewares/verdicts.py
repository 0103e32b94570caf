"""What a middleware says instead of letting a request or an answer through.

All of them are exceptions, so that every way a URL can end leads to one place: the errback (crawl/desk.py).
"""

from __future__ import annotations

from scrapy.exceptions import IgnoreRequest

from crawler.outcomes import Outcome


class Verdict(IgnoreRequest):
    """Base of the four."""


class Refused(Verdict):
    """This URL ends here, with one outcome and a sentence for people. `temporary`: another try may do better.
    `rights`: what the page says that its owner reserves."""

    def __init__(self, outcome: Outcome, reason: str, *, status: int | None = None, temporary: bool = False,
                 rights: tuple[str, ...] = ()) -> None:
        super().__init__(f"{outcome}: {reason}")
        self.outcome, self.reason, self.status, self.temporary = outcome, reason, status, temporary
        self.rights = rights


class Redirected(Verdict):
    """The answer names another address."""

    def __init__(self, location: str, *, status: int) -> None:
        super().__init__(location)
        self.location, self.status = location, status


class ComeBack(Verdict):
    """The host asks to be left alone for `seconds`."""

    def __init__(self, seconds: float, *, status: int) -> None:
        super().__init__(f"come back in {seconds:g} s")
        self.seconds, self.status = seconds, status


class NotModified(Verdict):
    """304: nothing new since the validators that were sent."""
