"""The end of a URL: its one outcome, in the ledger and in the tally, and what that means for the listing it is of."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from crawler.crawl.choose import came, lasting
from crawler.crawl.job import Job, JobKind
from crawler.crawl.listing import Listing
from crawler.crawl.seam import Ledger, PageResult, Validators
from crawler.crawl.tally import Tally
from crawler.outcomes import Outcome
from crawler.urls import canonical_url


class Endings:
    """Knows which jobs are under way, and lets each end once."""

    def __init__(self, ledger: Ledger, tally: Tally, now: Callable[[], datetime]) -> None:
        self._ledger, self._tally, self._now = ledger, tally, now
        self.under_way: set[Job] = set()

    def begin(self, job: Job) -> None:
        """`job` is handed out; its URL counts as asked from now on."""
        if not job.counted:
            job.counted = True
            self._tally.ask(job.source.id)
        job.attempts += 1
        job.sent = False
        self.under_way.add(job)

    def settle(self, job: Job, outcome: Outcome, reason: str | None = None, *, status: int | None = None,
               validators: Validators | None = None, untouched: bool = False, declared: str | None = None,
               rights: str | None = None) -> None:
        """Give `job` and the addresses that redirected to it their outcome; a second call changes nothing.

        A redirect that led to an article is that article's other address (`duplicate_url`); any other shares the end
        of what it led to. `untouched` leaves the row of the URL as it is (a 304). `declared` is the address that the
        page calls its own, `rights` what its owner reserves.
        """
        if job.ended:
            return
        job.ended = True
        source_id, moment = job.source.id, self._now()
        led_to_page = job.kind is JobKind.ARTICLE and came(outcome)
        if not job.counted:
            self._tally.ask(source_id)
        if not untouched:
            kept = validators or Validators()
            self._ledger.record(PageResult(job.url, source_id, outcome, reason, status, moment if job.sent else None,
                                           kept.etag, kept.last_modified, kept.content_hash,
                                           declared if declared != canonical_url(job.url) else None, rights=rights))
        self._tally.end(source_id, outcome)
        # after the page itself: a crawl that is killed in between asks the first address again, and loses nothing
        for hop, onward in zip(job.hops, (*job.hops[1:], job.url), strict=False):
            ended = Outcome.DUPLICATE_URL if led_to_page else outcome
            why = f"redirects to {job.url}" if led_to_page or not reason else f"redirects to {job.url}: {reason}"
            self._ledger.record(PageResult(hop, source_id, ended, why, fetched_at=moment,
                                           moved_to=onward if hop in job.permanent else None))
            self._tally.end(source_id, ended)
        if job.kind is JobKind.LISTING:
            self._tally.listing(source_id, (*job.hops, job.url), outcome, status, unchanged=untouched)
        elif job.kind is JobKind.ARTICLE:
            self._tally.kept(source_id, job.hops[0] if job.hops else job.url)
        self._over(job, clean=lasting(outcome, status))

    def as_it_was(self, job: Job, outcome: Outcome, reason: str | None, status: int | None) -> None:
        """A known article was looked at again, and keeps its row: nothing new, or nothing that could take its place."""
        self._ledger.touch(job.url, self._now())
        self.settle(job, outcome, reason, status=status, untouched=True)

    def refuse(self, source_id: str, url: str, outcome: Outcome, reason: str | None) -> None:
        """A URL that ends without having become a job."""
        self._tally.ask(source_id)
        self._ledger.record(PageResult(url, source_id, outcome, reason))
        self._tally.end(source_id, outcome)
        self._tally.kept(source_id, url)

    def withdraw(self, job: Job) -> None:
        """Given up without an outcome: as if it had never been asked. The next run asks it."""
        if job.ended:
            return
        job.ended = True
        urls = len(job.hops) + job.counted
        if urls:
            self._tally.withdraw(job.source.id, urls)
        self._over(job, clean=False)

    def drop(self, job: Job) -> None:
        """Never asked here, because another process has seen it to its end."""
        job.ended = True
        self._over(job, clean=True)

    def keep_validators(self, listing: Listing) -> None:
        """All that the listing named was dealt with: it may be asked conditionally from now on."""
        if listing.validators is not None:
            self._ledger.keep_validators(listing.url, listing.validators)

    def _over(self, job: Job, *, clean: bool) -> None:
        self.under_way.discard(job)
        if job.kind is JobKind.ARTICLE:
            job.from_listing.child_done(clean=clean, settled=self.keep_validators)
