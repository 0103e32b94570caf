"""Discovery: which way of a source is tried, and which of the pages that a listing names are asked."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Collection, Sequence
from datetime import datetime

from crawler.configuration.sources import Discovery, Source
from crawler.crawl.choose import Step, choose
from crawler.crawl.endings import Endings
from crawler.crawl.job import Job, JobKind
from crawler.crawl.listing import Listing
from crawler.crawl.seam import Ledger
from crawler.crawl.tally import Tally
from crawler.middlewares.addresses import check_address
from crawler.outcomes import Outcome
from crawler.reading.document import Hints
from crawler.spiders.entry import Entry, Found, older_than
from crawler.spiders.readers import BUILT
from crawler.urls import canonical_url

_CHUNK = 500           # entries looked up at once
_OLD_RECORDED = 1_000  # rows `too_old` of one listing; an archive sitemap has 50,000 that nobody will ask for
_DEPTH = 3             # sitemap indexes below each other


class Discovering:
    """One for each crawl. `ask` queues a job; `met` maps canonical forms to the URL that this crawl met first."""

    def __init__(self, ledger: Ledger, tally: Tally, endings: Endings, ask: Callable[[Job], None], *,
                 cutoff: datetime | None, allowed: Collection[str]) -> None:
        self._ledger, self._tally, self._endings, self._ask = ledger, tally, endings, ask
        self._cutoff, self._allowed = cutoff, allowed
        self.met: dict[str, str] = {}
        self._listings_met: set[str] = set()
        self._open: dict[str, int] = {}  # ways of the kind in hand that have not failed, by source

    def try_ways(self, source: Source, place: int = 0) -> None:
        """Queue the source's ways of the kind at `place`: an agency's three feeds are all read, a sitemap behind them
        only where every one of them failed. Kinds that are not built yet are named and passed over."""
        while place < len(source.discover):
            kind = source.discover[place].kind
            ways = [(n, way) for n, way in enumerate(source.discover[place:], place) if way.kind == kind]
            if kind in BUILT:
                self._open[source.id] = len(ways)
                for number, way in ways:
                    self._ask_way(source, way, number)
                return
            for _, way in ways:
                self._tally.fail(source.id, f"{kind} {way.url}: not built yet")
            place = _next_kind(source, kind, place)

    def _ask_way(self, source: Source, way: Discovery, number: int) -> None:
        listing = Listing(source, way, number, url=way.url)
        if way.kind == "page":
            listing.expect()
            listing.clean = False
            self.met.setdefault(canonical_url(way.url), way.url)
            self._tally.found(source.id, 1)
            hints = hints_of(source, way, Entry(way.url))
            self._ask(Job(way.url, JobKind.ARTICLE, source, listing, hints, forced=True))
        else:
            self._listings_met.add(way.url)
            self._ask(Job(way.url, JobKind.LISTING, source, listing))

    def failed(self, listing: Listing, url: str, reason: str) -> None:
        """A listing (or a single page) did not deliver; where none of its kind did, the next kind is tried."""
        listing.clean = False
        listing.all_read(self._endings.keep_validators)
        source = listing.source
        self._tally.fail(source.id, f"{listing.way.kind} {url}: {reason}")
        if listing.parent is None:
            self._open[source.id] -= 1
            if not self._open[source.id] and self._tally.of(source.id).worked is None:
                self.try_ways(source, _next_kind(source, listing.way.kind, listing.place))

    def worked(self, listing: Listing) -> None:
        """This way of the source delivered."""
        if listing.parent is None:
            self._tally.of(listing.source.id).worked = f"{listing.way.kind} {listing.way.url}"

    async def take(self, listing: Listing, found: Found) -> None:
        """Queue what `found` names, as far as it is to be asked."""
        self.worked(listing)
        for note in found.notes:
            self._tally.note(listing.source.id, f"{listing.url}: {note}")
        self._add_children(listing, found.children)
        await self._add_entries(listing, found.entries)
        listing.all_read(self._endings.keep_validators)

    def _add_children(self, listing: Listing, children: Sequence[Entry]) -> None:
        for child in children:
            if child.url in self._listings_met or (self._cutoff and older_than(child, self._cutoff)):
                continue
            self._listings_met.add(child.url)
            if listing.depth >= _DEPTH:
                self._tally.note(listing.source.id, f"{listing.url}: an index of an index of an index; not followed")
                return
            refused = check_address(child.url, self._allowed)
            if refused:
                self._endings.refuse(listing.source.id, child.url, refused.outcome, refused.reason)
                continue
            below = Listing(listing.source, listing.way, listing.place, listing, listing.depth + 1, child.url)
            listing.expect()
            self._ask(Job(child.url, JobKind.LISTING, listing.source, below))

    async def _add_entries(self, listing: Listing, entries: Sequence[Entry]) -> None:
        queued = old = 0
        source = listing.source
        for start in range(0, len(entries), _CHUNK):
            chunk = entries[start:start + _CHUNK]
            known = self._ledger.known([entry.url for entry in chunk])
            for entry in chunk:
                choice = choose(entry, cutoff=self._cutoff, known=known.get(entry.url), met=self.met,
                                allowed=self._allowed)
                if choice.step is Step.SKIP:
                    continue
                self.met.setdefault(canonical_url(entry.url), entry.url)
                if choice.outcome is None:
                    queued += 1
                    listing.expect()
                    self._ask(Job(entry.url, JobKind.ARTICLE, source, listing, hints_of(source, listing.way, entry)))
                    continue
                old += choice.outcome is Outcome.TOO_OLD
                if choice.outcome is not Outcome.TOO_OLD or old <= _OLD_RECORDED:
                    self._endings.refuse(source.id, entry.url, choice.outcome, choice.reason)
            await asyncio.sleep(0)
        self._tally.found(source.id, queued)
        if old > _OLD_RECORDED:
            self._tally.note(source.id, f"{listing.url}: {old - _OLD_RECORDED} more entries older than the window")


def _next_kind(source: Source, kind: str, place: int) -> int:
    """Where the first way stands behind `place` whose kind was not tried yet."""
    tried = {way.kind for way in source.discover[:place]} | {kind}
    return next((n for n, way in enumerate(source.discover) if n > place and way.kind not in tried),
                len(source.discover))


def hints_of(source: Source, way: Discovery, entry: Entry) -> Hints:
    """What is known of a page before it is read. An aggregator's entry may name who published first.

    A feed's `updated` may stand for the day of publication, a sitemap's lastmod may not.
    """
    aggregator = source.kind == "aggregator"
    return Hints(title=entry.title, published=entry.published or (entry.updated if way.kind == "feed" else None),
                 outlet=(entry.source_name if aggregator else None) or source.name, authors=entry.authors,
                 languages=source.languages, source_id=source.id, aggregator=aggregator, summary=entry.summary)
