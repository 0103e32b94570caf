"""Which entries of a listing are asked: nothing twice, nothing too old, every twin named. Pure."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta, timezone
from enum import Enum

from crawler.crawl.seam import Known
from crawler.middlewares.addresses import check_address
from crawler.middlewares.verdicts import Refused
from crawler.outcomes import Outcome
from crawler.spiders.entry import Entry, older_than
from crawler.urls import canonical_url

# An answer of another day may be another one. All else is final: the store holds what became of it.
_PASSING = frozenset({Outcome.TIMEOUT, Outcome.NETWORK_ERROR, Outcome.TLS_ERROR, Outcome.BLOCKED,
                      Outcome.REFUSED_ROBOTS, Outcome.REFUSED_ADDRESS, Outcome.TOO_OLD})
_GONE = frozenset({400, 404, 405, 406, 410, 414, 451})
GONE_FOR = timedelta(days=30)  # a listing that said 410 is not asked; some come back after all
# What becomes of pages that came.
_CAME = frozenset({Outcome.MATCHED, Outcome.OFF_TOPIC, Outcome.DUPLICATE_URL, Outcome.PAYWALL, Outcome.NEEDS_BROWSER,
                   Outcome.READ_EMPTY, Outcome.READ_TIMEOUT, Outcome.QUARANTINED, Outcome.REJECTED})


class Step(Enum):
    """What is done with an entry."""

    ASK = "ask"
    SKIP = "skip"      # has its row already
    RECORD = "record"  # gets its row without being fetched


@dataclass(frozen=True, slots=True)
class Choice:
    """The step, and for RECORD the outcome and why."""

    step: Step
    outcome: Outcome | None = None
    reason: str | None = None
    again: bool = False

    @property
    def fresh(self) -> bool:
        """Whether it is news, if its link was never seen before."""
        return self.step is not Step.SKIP and self.outcome is not Outcome.TOO_OLD


def lasting(outcome: Outcome, status: int | None = None) -> bool:
    """Whether this outcome settles a URL, so that later runs leave it alone."""
    if outcome is Outcome.HTTP_ERROR:
        return status in _GONE
    if outcome is Outcome.REFUSED_ROBOTS and status is not None:
        return True  # the page itself said so
    return outcome not in _PASSING


def gone(known: Known | None, now: datetime) -> Refused | None:
    """Why a listing is not asked: it answered 410 less than a month ago. None where it may be."""
    if known is None or not known.exact or known.http_status != 410 or known.fetched_at is None:
        return None
    if now - known.fetched_at > GONE_FOR:
        return None
    return Refused(Outcome.HTTP_ERROR, f"answered 410, gone for good, on {known.fetched_at:%Y-%m-%d}; asked again "
                                       f"from {known.fetched_at + GONE_FOR:%Y-%m-%d}", status=410)


def came(outcome: Outcome) -> bool:
    """Whether this outcome is one of a page that was fetched."""
    return outcome in _CAME


def changed(entry: Entry, known: Known, now: datetime, window: timedelta | None) -> bool:
    """Whether a listing says that an article was changed since we last looked, and it is young enough to ask again.

    A day without a time counts from its beginning: most sitemaps say it, and a page asked today is not asked again.
    """
    if known.outcome is not Outcome.MATCHED or window is None or not entry.updated or known.fetched_at is None:
        return False
    looked = max(known.fetched_at, known.checked_at or known.fetched_at)
    moment = datetime.fromisoformat(entry.updated.replace("Z", "+00:00"))
    if moment.tzinfo is None:
        moment = moment.replace(tzinfo=timezone.utc)
    return looked < moment and now - known.fetched_at <= window


def choose(entry: Entry, *, cutoff: datetime | None, known: Known | None, met: Mapping[str, str],
           allowed: Collection[str], again: bool = False) -> Choice:
    """What to do with `entry`.

    `known` is what the store says of its URL, `met` maps the canonical forms of this crawl to the URL that was met
    first, `allowed` the hosts that may be asked though not public, `again` says that it is known and was changed since
    (see `changed`). A URL with a row of its own is never counted
    twice; a twin (tracking, AMP, mobile) of a known one gets `duplicate_url` under its own URL once.
    """
    exact = known is not None and known.exact
    refused = check_address(entry.url, allowed)
    if refused:
        return Choice(Step.SKIP) if exact else Choice(Step.RECORD, refused.outcome, refused.reason)
    first = met.get(canonical_url(entry.url))
    if first == entry.url or (first is not None and exact):
        return Choice(Step.SKIP)
    if first is not None:
        return Choice(Step.RECORD, Outcome.DUPLICATE_URL, f"the same page as {first}")
    if again:
        return Choice(Step.ASK, again=True)
    if cutoff is not None and older_than(entry, cutoff):
        dated = entry.published or entry.updated
        return Choice(Step.SKIP) if exact else Choice(Step.RECORD, Outcome.TOO_OLD, f"dated {dated}")
    if known is None or not lasting(known.outcome, known.http_status):
        return Choice(Step.ASK)
    return Choice(Step.SKIP) if exact else Choice(Step.RECORD, Outcome.DUPLICATE_URL, "a known page's other address")


@dataclass(slots=True)
class Took:
    """Of the entries of a listing: how many are asked, how many are too old, how many were never seen before."""

    asked: int = 0
    old: int = 0
    fresh: int = 0


def worth_going_on(kind: str, took: Took, entries: int) -> bool:
    """Whether the next page of a listing is worth a request.

    Of a section, where more than half of this one was new, and less than half older than the window: one pinned or one
    known entry stops nothing. Of a feed, which is in order of time, only where all of it was new: then there may be a
    hole between it and what is known.
    """
    if kind == "feed":
        return took.fresh == entries
    return took.asked * 2 > entries and took.old * 2 < entries
