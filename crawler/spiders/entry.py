"""What a listing names: entries, further listings, or the reason why it names nothing."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import datetime, timedelta, timezone

from crawler.outcomes import Outcome

_W3C = re.compile(r"""\s* (\d{4})-(\d\d)(?:-(\d\d))?
                      (?:[T ](\d\d):(\d\d)(?::(\d\d)(?:[.,]\d+)?)? \s*(Z|[+-]\d\d:?\d\d)?)? \s*$""",
                  re.VERBOSE | re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Entry:
    """One page a listing names. Dates are ISO 8601: a day (`2024-05-07`) or a UTC time (`2024-05-07T08:30:00Z`).

    `content` is the whole page where the listing holds it (WordPress): then it is read without being asked for.
    """

    url: str
    title: str | None = None
    published: str | None = None
    updated: str | None = None
    authors: tuple[str, ...] = ()
    summary: str | None = None
    source_name: str | None = None
    content: bytes | None = None


@dataclass(frozen=True, slots=True)
class Found:
    """What a listing names: pages, and listings below it (a sitemap index).

    `more` is the address of its next page. `older` counts entries that were left out, older than the window.
    """

    entries: tuple[Entry, ...] = ()
    children: tuple[Entry, ...] = ()
    notes: tuple[str, ...] = field(default_factory=tuple)
    more: str | None = None
    older: int = 0


class ListingError(Exception):
    """A listing that cannot be read: the outcome and a sentence for people."""

    def __init__(self, outcome: Outcome, reason: str) -> None:
        super().__init__(reason)
        self.outcome, self.reason = outcome, reason


def iso_date(text: str | None, now: datetime | None = None) -> str | None:
    """A W3C date as an ISO day or UTC time; None where it is none, a month only, or more than two days ahead."""
    match = _W3C.match(text) if text else None
    if not match or not match[3]:
        return None
    try:
        if match[4] is None:
            moment = datetime(int(match[1]), int(match[2]), int(match[3]), tzinfo=timezone.utc)
            printed = f"{moment:%Y-%m-%d}"
        else:
            moment = datetime(int(match[1]), int(match[2]), int(match[3]), int(match[4]), int(match[5]),
                              int(match[6] or 0), tzinfo=timezone.utc) - _offset(match[7])
            printed = f"{moment:%Y-%m-%dT%H:%M:%SZ}"
    except (ValueError, OverflowError):
        return None
    return None if _impossible(moment, now) else printed


def iso_time(moment: datetime, now: datetime | None = None) -> str | None:
    """An aware datetime as an ISO UTC time; None where it cannot be true."""
    moment = moment.astimezone(timezone.utc)
    return None if _impossible(moment, now) else f"{moment:%Y-%m-%dT%H:%M:%SZ}"


def older_than(entry: Entry, cutoff: datetime) -> bool:
    """Whether the entry is dated, and that before `cutoff`. A day counts until its end."""
    printed = entry.published or entry.updated
    if not printed:
        return False
    if len(printed) == len("2024-05-07"):
        moment = datetime.fromisoformat(printed).replace(tzinfo=timezone.utc) + timedelta(days=1)
    else:
        moment = datetime.fromisoformat(printed.replace("Z", "+00:00"))
    return moment < cutoff


def _offset(zone: str | None) -> timedelta:
    if not zone or zone in "Zz":
        return timedelta()
    sign = -1 if zone[0] == "-" else 1
    return sign * timedelta(hours=int(zone[1:3]), minutes=int(zone[-2:]))


def _impossible(moment: datetime, now: datetime | None) -> bool:
    """The web is younger than 1990; more than two days ahead is a broken clock, not news."""
    return moment.year < 1990 or moment > (now or datetime.now(timezone.utc)) + timedelta(hours=48)
