"""Counting: every URL asked ends in exactly one outcome, and the sums say so."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from crawler.configuration.sources import Source
from crawler.crawl.seam import CrawlSummary, Progress, SourceSummary
from crawler.outcomes import Outcome


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

    def found(self, source_id: str, articles: int) -> None:
        """So many articles are queued."""
        if articles:
            self._progress.found(source_id, articles)
