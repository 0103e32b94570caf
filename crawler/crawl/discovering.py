"""Discovery: which way of a source is tried, and which of the pages that a listing names are asked."""

from __future__ import annotations

import asyncio
import contextlib
from collections import defaultdict
from collections.abc import Awaitable, Callable, Collection, Mapping, Sequence
from datetime import datetime, timedelta

from crawler.configuration.search import SearchPlan
from crawler.configuration.sources import Discovery, Source
from crawler.crawl.choose import Step, Took, choose, lasting, worth_going_on
from crawler.crawl.endings import Endings
from crawler.crawl.job import Job, JobKind
from crawler.crawl.listing import Listing
from crawler.crawl.seam import Known, Ledger
from crawler.crawl.tally import Tally
from crawler.middlewares.addresses import check_address
from crawler.middlewares.robots_rules import Rules
from crawler.middlewares.verdicts import Refused
from crawler.outcomes import Outcome
from crawler.reading.document import Hints
from crawler.spiders.entry import Entry, Found, ListingError, older_than
from crawler.spiders.readers import (
    Opening,
    ends_archive,
    explained,
    most_pages,
    openings,
    read_listing,
    sitemaps_of_robots,
    try_spare,
)
from crawler.urls import canonical_url

_PATIENCE = 300.0       # seconds that results of a search wait for the outlets' own listings at most
_CHUNK = 500            # entries looked up at once
_OLD_RECORDED = 1_000   # rows `too_old` of one source; an archive sitemap has 50,000 that nobody will ask for
_DEPTH = 3              # sitemap indexes below each other
_MOST_CHILDREN = 1_000  # sitemaps of one source in one crawl
_MOST_QUEUED = 2_000    # pages of one source in one crawl: half an hour at a second each; the next run goes on


class Discovering:
    """One for each crawl. `ask` queues a job, `read_given` reads a page that its listing brought along; `met` maps
    canonical forms to the URL that this crawl met first."""

    def __init__(self, ledger: Ledger, tally: Tally, endings: Endings, ask: Callable[[Job], None], *,
                 cutoff: datetime | None, allowed: Collection[str], window: timedelta | None = None,
                 plan: SearchPlan | None = None, read_given: Callable[[Job, bytes], Awaitable[None]] | None = None,
                 moved: Mapping[str, str] | None = None,
                 changed: Callable[[Entry, Known], bool] = lambda _, __: False) -> None:
        self._ledger, self._tally, self._endings, self._ask = ledger, tally, endings, ask
        self._cutoff, self._allowed, self._window = cutoff, allowed, window
        self._plan, self._read_given, self._moved = plan or SearchPlan(), read_given, moved or {}
        self._changed = changed
        self.met: dict[str, str] = {}
        self._listings_met: set[str] = set()
        self._open: dict[str, int] = {}  # ways of the kind in hand that have not failed, by source
        self._queued: defaultdict[str, int] = defaultdict(int)
        self._old: defaultdict[str, int] = defaultdict(int)
        self._left_out: dict[str, tuple[int, int, str]] = {}
        self._children: defaultdict[str, int] = defaultdict(int)
        self._reading: set[Listing] = set()  # listings of outlets that have not come to their end
        self._all_read = asyncio.Event()

    def try_ways(self, source: Source, place: int = 0) -> None:
        """Queue the source's ways of the kind at `place`: an agency's three feeds are all read, a sitemap behind them
        only where every one of them failed."""
        while place < len(source.discover):
            kind = source.discover[place].kind
            found = [(number, way, opening) for number, way in enumerate(source.discover) if way.kind == kind
                     and number >= place for opening in self._openings(source, way)]
            self._open[source.id] = len(found)
            for number, way, opening in found:
                self._ask_way(source, way, number, opening)
            if found:
                return
            place = _next_kind(source, kind, place)

    def _openings(self, source: Source, way: Discovery) -> Sequence[Opening]:
        try:
            return openings(source, way, self._plan, window=self._window, cutoff=self._cutoff)
        except ListingError as error:
            self._tally.fail(source.id, f"{way.kind} {way.url}: {error.reason}")
            return ()

    def _ask_way(self, source: Source, way: Discovery, number: int, opening: Opening) -> None:
        listing = Listing(source, way, number, url=self._moved.get(opening.url, opening.url), spare=opening.spare,
                          gap=opening.gap, robots=opening.robots)
        if way.kind == "page":
            listing.expect()
            listing.clean = False
            self.met.setdefault(canonical_url(way.url), way.url)
            self._tally.found(source.id, 1)
            hints = hints_of(source, way, Entry(way.url))
            self._ask(Job(way.url, JobKind.ARTICLE, source, listing, hints, forced=True))
        else:
            self._ask_listing(listing)

    def _ask_listing(self, listing: Listing) -> None:
        self._listings_met.add(listing.url)
        if listing.way.kind != "search":
            self._reading.add(listing)
        self._ask(Job(listing.url, JobKind.LISTING, listing.source, listing, gap=listing.gap))

    def failed(self, listing: Listing, url: str, refused: Refused) -> None:
        """A listing (or a single page) did not deliver; where none of its kind did, the next kind is tried."""
        source, way = listing.source, listing.way
        if listing.spare and try_spare(way.kind, refused.outcome, refused.status):
            listing.url, listing.spare = listing.spare, None
            self._ask_listing(listing)
            return
        # WordPress and others answer 404, or with nothing, behind the last page of a feed.
        through = way.kind == "feed" and listing.page > 1 and ends_archive(refused.outcome, refused.status)
        listing.clean = listing.clean and through
        listing.all_read(self._endings.keep_validators)
        self._ended(listing)
        if through:
            return
        named = way.url if way.kind == "search" else url
        self._tally.fail(source.id, f"{way.kind} {named}: {explained(way, refused.reason, refused.status)}")
        if listing.parent is None:
            self._open[source.id] -= 1
            if not self._open[source.id] and self._tally.of(source.id).worked is None:
                self.try_ways(source, _next_kind(source, way.kind, listing.place))

    def known_elsewhere(self, target: str, first: str) -> bool:
        """Whether what `first` redirects to is a page asked before, or by another way in this crawl."""
        if self.met.get(canonical_url(target), first) != first:
            return True
        known = self._ledger.known([target]).get(target)
        # A twin of the asked address itself (http and https, a trailing slash) is no other page.
        own = known is not None and not known.exact and canonical_url(target) == canonical_url(first)
        return known is not None and not own and lasting(known.outcome, known.http_status)

    def worked(self, listing: Listing) -> None:
        """This way of the source delivered."""
        if listing.parent is None:
            self._tally.of(listing.source.id).worked = f"{listing.way.kind} {listing.way.url}"

    def unchanged(self, listing: Listing) -> None:
        """A listing says what it said before; its validators stand already."""
        self.worked(listing)
        listing.all_read(lambda _: None)
        self._ended(listing)

    def stop(self) -> None:
        """The crawl is stopped: nobody waits any more."""
        self._all_read.set()

    def _ended(self, listing: Listing) -> None:
        self._reading.discard(listing)
        if not self._reading:
            self._all_read.set()

    def take_robots(self, listing: Listing, rules: Rules) -> None:
        """Ask for the sitemaps that the robots.txt of `listing.url` names, each as a way of the source."""
        if rules.refusal is not None:
            self.failed(listing, listing.url, rules.refusal)
            return
        named = tuple(rules.parser.sitemaps) if rules.parser is not None else ()
        found = [url for url in sitemaps_of_robots(listing.url, named)
                 if check_address(url, self._allowed) is None][:_MOST_CHILDREN]
        self._open[listing.source.id] += len(found) - 1
        for url in found:
            self._ask_listing(Listing(listing.source, listing.way, listing.place, url=url))
        self._ended(listing)
        if not found:
            self._open[listing.source.id] += 1
            self.failed(listing, listing.url, Refused(Outcome.READ_EMPTY, "names no sitemap that may be asked"))

    def read(self, listing: Listing, url: str, body: bytes, content_type: str, headers: Mapping[str, str],
             max_bytes: int) -> Found:
        """What a fetched listing names; in a thread. Raises ListingError."""
        return read_listing(listing.way, url, body, content_type, max_bytes=max_bytes, headers=headers,
                            plan=self._plan, cutoff=self._cutoff, page=listing.page)

    async def take(self, listing: Listing, found: Found) -> None:
        """Queue what `found` names, as far as it is to be asked.

        What a search service found waits for the outlets' own listings: these know dates and authors.
        """
        self.worked(listing)
        if listing.way.kind == "search" and self._reading:
            self._all_read.clear()
            with contextlib.suppress(asyncio.TimeoutError):
                await asyncio.wait_for(self._all_read.wait(), _PATIENCE)
        source_id = listing.source.id
        for note in found.notes:
            self._tally.note(source_id, f"{listing.url}: {note}")
        self._add_children(listing, found.children)
        entries = found.entries if listing.way.kind != "search" else self._wanted(listing, found.entries)
        took = await self._add_entries(listing, entries)
        left_out = found.older + max(0, took.old - self._room_for_old(source_id, took.old))
        if left_out:
            self._note_old(listing, left_out)
        on = listing.page < most_pages(listing.way) and worth_going_on(listing.way.kind, took, len(found.entries))
        if found.more and on:
            self._add_page(listing, found.more)
        listing.all_read(self._endings.keep_validators)
        self._ended(listing)

    def _note_old(self, listing: Listing, left_out: int) -> None:
        """One note a source, however many of its sitemaps are archives."""
        source_id = listing.source.id
        before, listings, words = self._left_out.get(source_id, (0, 0, ""))
        total, listings = before + left_out, listings + 1
        notes = self._tally.of(source_id).notes
        if words in notes:
            notes.remove(words)
        where = listing.url if listings == 1 else f"{listings} listings"
        words = f"{where}: {total} more entries older than the window"
        self._left_out[source_id] = total, listings, words
        self._tally.note(source_id, words)

    def _room_for_old(self, source_id: str, old: int) -> int:
        """How many of `old` entries that a listing named were given a row."""
        room = max(0, _OLD_RECORDED - self._old[source_id])
        self._old[source_id] += old
        return min(old, room)

    def _add_page(self, listing: Listing, url: str) -> None:
        if url in self._listings_met or check_address(url, self._allowed):
            return
        listing.expect()
        self._ask_listing(Listing(listing.source, listing.way, listing.place, listing, listing.depth, listing.page + 1,
                                  url, gap=listing.gap))

    def _add_children(self, listing: Listing, children: Sequence[Entry]) -> None:
        source_id = listing.source.id
        for child in children:
            if child.url in self._listings_met or (self._cutoff and older_than(child, self._cutoff)):
                continue
            self._listings_met.add(child.url)
            if listing.depth >= _DEPTH:
                self._tally.note(source_id, f"{listing.url}: an index of an index of an index; not followed")
                return
            if self._children[source_id] >= _MOST_CHILDREN:
                self._tally.note(source_id, f"{listing.url}: more than {_MOST_CHILDREN} sitemaps; the rest is left out")
                return
            refused = check_address(child.url, self._allowed)
            if refused:
                self._endings.refuse(source_id, child.url, refused.outcome, refused.reason)
                continue
            self._children[source_id] += 1
            listing.expect()
            self._ask_listing(Listing(listing.source, listing.way, listing.place, listing, listing.depth + 1,
                                      url=child.url))

    async def _add_entries(self, listing: Listing, entries: Sequence[Entry]) -> Took:
        took, source = Took(), listing.source
        for start in range(0, len(entries), _CHUNK):
            if self._full(listing, len(entries) - start):
                break
            chunk = entries[start:start + _CHUNK]
            known = self._ledger.known([entry.url for entry in chunk])
            for entry in chunk:
                before = known.get(entry.url)
                choice = choose(entry, cutoff=self._cutoff, known=before, met=self.met, allowed=self._allowed,
                                again=before is not None and self._changed(entry, before))
                fresh = before is None and choice.fresh
                took.fresh += fresh
                self._tally.saw(source.id, entry, fresh=fresh)
                if choice.step is Step.SKIP:
                    continue
                if choice.outcome is Outcome.TOO_OLD:
                    took.old += 1
                    if self._old[source.id] + took.old > _OLD_RECORDED:
                        continue
                self.met.setdefault(canonical_url(entry.url), entry.url)
                if choice.outcome is not None:
                    self._endings.refuse(source.id, entry.url, choice.outcome, choice.reason)
                    continue
                took.asked += 1
                listing.expect()
                owner = self._owner(listing, entry.url)
                url = before.url if before is not None and choice.again else entry.url
                job = Job(url, JobKind.ARTICLE, owner, listing, hints_of(owner, listing.way, entry), again=choice.again)
                if entry.content is not None and self._read_given is not None:
                    await self._read_given(job, entry.content)
                else:
                    self._queued[source.id] += 1
                    self._ask(job)
            await asyncio.sleep(0)
        self._tally.found(source.id, took.asked)
        return took

    def _wanted(self, listing: Listing, entries: Sequence[Entry]) -> list[Entry]:
        """The results of a search without those of outlets that the registry has switched off."""
        kept = [entry for entry in entries if (outlet := self._plan.outlet(entry.url)) is None or outlet.enabled]
        if len(kept) < len(entries):
            self._tally.note(listing.source.id, f"{listing.way.kind} {listing.way.url}: left out "
                             f"{len(entries) - len(kept)} results of outlets that are switched off")
        return kept

    def _owner(self, listing: Listing, url: str) -> Source:
        """Whose page it is: what a search found at an outlet that is crawled too is that outlet's."""
        outlet = self._plan.outlet(url) if listing.way.kind == "search" else None
        return outlet if outlet is not None and outlet.id in self._tally.summary.sources else listing.source

    def _full(self, listing: Listing, left: int) -> bool:
        """Whether the source has as many pages queued as one crawl takes: the rest waits for the next."""
        if self._queued[listing.source.id] < _MOST_QUEUED:
            return False
        listing.clean = False
        self._tally.note(listing.source.id, f"{listing.url}: {left} entries wait for the next run; "
                                            f"one takes {_MOST_QUEUED} pages of a source")
        return True


def _next_kind(source: Source, kind: str, place: int) -> int:
    """Where the first way stands behind `place` whose kind was not tried yet."""
    tried = {way.kind for way in source.discover[:place]} | {kind}
    return next((n for n, way in enumerate(source.discover) if n > place and way.kind not in tried),
                len(source.discover))


def hints_of(source: Source, way: Discovery, entry: Entry) -> Hints:
    """What is known of a page before it is read. An aggregator's entry may name who published first, a search's is
    never the outlet of what it found.

    A feed's `updated` may stand for the day of publication, a sitemap's lastmod may not.
    """
    aggregator = source.kind == "aggregator"
    search = source.kind == "search"
    outlet = entry.source_name if aggregator or search else None
    return Hints(title=entry.title, published=entry.published or (entry.updated if way.kind == "feed" else None),
                 outlet=outlet or (None if search else source.name), authors=entry.authors,
                 languages=source.languages, source_id=source.id, aggregator=aggregator, summary=entry.summary,
                 prune=source.prune)
