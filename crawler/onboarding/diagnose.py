"""What became of one way of discovery, in words: what is wrong, and what to do. Pure."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime, timedelta, timezone
from typing import Any

from crawler.configuration.sources import Discovery
from crawler.crawl.seam import SourceSummary
from crawler.outcomes import Outcome
from crawler.urls import canonical_url

ENDED = timedelta(days=90)
_OFF = "switch it off in the registry (`enabled: false`, with a reason)"
_WALL = f"marsad goes round no wall: use another way of this source, or {_OFF}"
_SITE = "look whether the site still stands; `marsad sources add` finds its feeds anew"


@dataclass(frozen=True, slots=True)
class Finding:
    """One way of a source. `word` is one of: fine, moved, ended, undated, empty, no_listing, blocked, forbidden, gone,
    missing, http_error, certificate, no_host, unreachable, timeout, refused, off.

    `newest` is the date of its newest entry, `moved_to` its new address.
    """

    kind: str
    url: str
    word: str
    text: str
    advice: str | None = None
    entries: int = 0
    newest: str | None = None
    moved_to: str | None = None

    @property
    def works(self) -> bool:
        """Whether it brings news, at its old address or a new one."""
        return self.word in {"fine", "moved", "undated"}

    def as_dict(self) -> dict[str, Any]:
        return {"kind": self.kind, "url": self.url, "works": self.works, "word": self.word, "text": self.text,
                "advice": self.advice, "entries": self.entries, "newest": self.newest, "moved_to": self.moved_to}


def diagnose(way: Discovery, summary: SourceSummary, now: datetime, *, certificate: str | None = None) -> Finding:
    """The finding for `way`, asked alone; `certificate` is what is wrong with the server's, if that was looked at."""
    if summary.worked is None:
        return _failed(way, summary, certificate)
    seen = summary.seen
    day = seen.newest[:10] if seen.newest else None
    count = "one entry" if seen.listed == 1 else f"{seen.listed} entries"
    fine = Finding(way.kind, way.url, "fine", f"{count}, the newest of {day}" if day else count,
                   entries=seen.listed, newest=seen.newest, moved_to=_moved(way, summary))
    dated = _moment(seen.newest)
    if dated is not None and now - dated > ENDED:
        return replace(fine, word="ended", text=f"answers, but its newest entry is of {day}",
                       advice="look for another feed of this site: `marsad sources add`")
    if not seen.listed and way.kind == "sitemap":
        return replace(fine, word="ended", text="answers, but names nothing of the last 30 days",
                       advice="it may be an archive; prefer a feed or a news sitemap")
    if not seen.listed:
        return replace(fine, word="empty", text="answers, but names no entry", advice="look again in a week")
    if fine.moved_to is not None:
        return replace(fine, word="moved", text=f"moved for good to {fine.moved_to}; {count} there",
                       advice="write the new address into the registry (--write)")
    if dated is None and way.kind in {"feed", "sitemap"}:
        return replace(fine, word="undated", text=f"{count}, none with a date",
                       advice="it works, but whatever it names counts as new")
    return fine


def _moved(way: Discovery, summary: SourceSummary) -> str | None:
    """Where permanent redirects led and it was read, if that is another address."""
    moved = summary.seen.moved
    target = moved.get(way.url)
    if target is None or target not in summary.seen.read or canonical_url(target) == canonical_url(way.url):
        return None
    return target


def _failed(way: Discovery, summary: SourceSummary, certificate: str | None) -> Finding:
    outcome, status = summary.seen.failed or (None, None)
    reason = _reason(way, summary)
    bad = Finding(way.kind, way.url, "refused", reason)
    if way.kind == "search" and outcome is None:
        return replace(bad, word="off")
    if outcome in {Outcome.BLOCKED, Outcome.NEEDS_BROWSER}:
        text = f"answers 200, but with {reason}" if status == 200 else f"refuses us with {reason} (HTTP {status})"
        return replace(bad, word="blocked", text=text, advice=_WALL)
    if outcome is Outcome.HTTP_ERROR:
        return _http(bad, status)
    if outcome is Outcome.TLS_ERROR:
        return replace(bad, word="certificate", text=certificate or reason,
                       advice="its owner has to renew or repair it; until then nothing is read there")
    if outcome is Outcome.REFUSED_ROBOTS:
        return replace(bad, word="forbidden", text=reason if "robots" in reason else f"robots.txt forbids it: {reason}",
                       advice=f"respect it: use another way of this source, or {_OFF}")
    if outcome is Outcome.READ_EMPTY and "without entries" in reason:
        return replace(bad, word="empty", text="answers, but is empty",
                       advice="look again in a week; if it stays so, use another way")
    if outcome in {Outcome.READ_EMPTY, Outcome.REFUSED_TYPE}:
        return replace(bad, word="no_listing", text=f"answers, but is no {way.kind}: {reason}", advice=_SITE)
    if outcome is Outcome.TIMEOUT:
        return replace(bad, word="timeout", advice="look again later; it costs every crawl as much time as this")
    if outcome is Outcome.NETWORK_ERROR and "host name is not known" in reason:
        return replace(bad, word="no_host", text=f"{reason}: gone from the DNS, or misspelt", advice=_SITE)
    if outcome is Outcome.NETWORK_ERROR:
        return replace(bad, word="unreachable", advice="look again later; if it stays so, see where the site is now")
    return bad


def _http(bad: Finding, status: int | None) -> Finding:
    if status in {401, 402, 403, 451}:
        return replace(bad, word="blocked", text=f"refuses us: {bad.text}", advice=_WALL)
    if status in {404, 405}:
        return replace(bad, word="missing", text=f"nothing stands there: {bad.text}", advice=_SITE)
    if status == 410:
        return replace(bad, word="gone", text=f"says that it is gone for good: {bad.text}",
                       advice=f"take it out, or {_OFF}")
    if status == 429:
        return replace(bad, word="http_error", text=f"asks us to come less often: {bad.text}",
                       advice="raise `every` for this source")
    if status is None or status >= 500:
        return replace(bad, word="http_error", text=f"is in trouble: {bad.text}", advice="look again later")
    return replace(bad, word="http_error", advice=_SITE)


def _reason(way: Discovery, summary: SourceSummary) -> str:
    words = next(iter(summary.failures), None) or "no answer"
    for address in (way.url, *summary.seen.missed):
        words = words.removeprefix(f"{way.kind} {address}: ")
    return words


def _moment(text: str | None) -> datetime | None:
    if not text:
        return None
    moment = datetime.fromisoformat(text.replace("Z", "+00:00"))
    return moment if moment.tzinfo else moment.replace(tzinfo=timezone.utc)
