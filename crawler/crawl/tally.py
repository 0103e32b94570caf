"""Counting: every URL asked ends in exactly one outcome, and the sums say so."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from crawler.configuration.sources import Source
from crawler.crawl.seam import CrawlSummary, Progress, SourceSummary
from crawler.outcomes import Outcome
from crawler.spiders.entry import Entry

_FIRST = 12  # entries of a source that are kept to be shown


class Tally:
    """The summary while it grows."""

    def __init__(self, sources: Iterable[Source], progress: Progress, started_at: datetime) -> None:
        self.summary = CrawlSummary({source.id: SourceSummary(source.id) for source in sources}, started_at)
        self._progress = progress

    def of(self, source_id: str) -> SourceSummary:
        """The summary of one source."""
        return self.summary.sources[source_id]

    def ask(self, source_id: str) -> None:
        """A URL is handed out, or refused before it was."""
        self.of(source_id).asked += 1

    def end(self, source_id: str, outcome: Outcome) -> None:
        """It came to its end."""
        outcomes = self.of(source_id).outcomes
        outcomes[outcome] = outcomes.get(outcome, 0) + 1
        self._progress.page(source_id, outcome)

    def withdraw(self, source_id: str, urls: int) -> None:
        """URLs under way are given up without an outcome: as if never asked."""
        self.of(source_id).asked -= urls
        self.summary.withdrawn += urls

    def fail(self, source_id: str, words: str) -> None:
        """A way of discovery did not deliver."""
        self.of(source_id).failures.append(words)

    def note(self, source_id: str, words: str) -> None:
        """Something to show beside the figures, once."""
        notes = self.of(source_id).notes
        if words not in notes:
            notes.append(words)

    def saw(self, source_id: str, entry: Entry, *, fresh: bool) -> None:
        """A listing shows this entry; `fresh`: its link was never seen before."""
        seen = self.of(source_id).seen
        seen.listed += 1
        if len(seen.first) < _FIRST:
            seen.first.append(entry)
        dated = entry.updated if entry.published is None else entry.published
        if dated is not None and (seen.newest is None or dated > seen.newest):
            seen.newest = dated
        if fresh:
            seen.fresh.add(entry.url)

    def kept(self, source_id: str, url: str) -> None:
        """A link has its outcome; what was not asked before a crawl was stopped is fresh once more in the next."""
        seen = self.of(source_id).seen
        if url in seen.fresh:
            seen.fresh.discard(url)
            seen.kept += 1

    def listing(self, source_id: str, addresses: Iterable[str], outcome: Outcome, status: int | None, *,
                unchanged: bool) -> None:
        """A listing came to its end."""
        seen = self.of(source_id).seen
        if outcome is Outcome.LISTING:
            seen.read.update(addresses)
            seen.unchanged += unchanged
        else:
            seen.missed.update(addresses)
            seen.failed = seen.failed or (outcome, status)

    def moved(self, source_id: str, asked: str, url: str, target: str) -> None:
        """The listing `asked` stands, by permanent redirects alone, at `target`; `url` is the last hop before it."""
        moved = self.of(source_id).seen.moved
        if url == moved.get(asked, asked):
            moved[asked] = target

    def found(self, source_id: str, articles: int) -> None:
        """So many articles are queued."""
        if articles:
            self._progress.found(source_id, articles)
