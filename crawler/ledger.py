"""The crawl's memory in the database: what was asked and what became of it (the seam of `crawler.crawl`)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy import Engine

from crawler.configuration.sources import Source
from crawler.crawl.seam import Handled, Known, PageResult, Validators
from crawler.keeping import Keeper
from crawler.manners import Manners, iso, moment
from crawler.outcomes import Outcome
from crawler.pipeline import Understood
from crawler.reading.document import Page, Unreadable
from crawler.reading.pdf import is_pdf
from crawler.topics import Topic
from crawler.urls import canonical_url
from crawler.worker import Workers
from storage import pages
from storage.engine import reading, writing


@dataclass(slots=True)
class Found:
    """What a run has brought: ids of new articles, of copies, of projects made."""

    matched: int = 0
    articles: list[int] = field(default_factory=list)
    copies: int = 0
    by_source: dict[str, int] = field(default_factory=dict)


class StoreLedger(Manners):
    """Implements `crawler.crawl.seam.Ledger` over the database and the workers."""

    def __init__(self, engine: Engine, workers: Workers[Understood], topic: Topic, keeper: Keeper,
                 new: list[int]) -> None:
        super().__init__(engine)
        self._workers, self._topic, self._keeper = workers, topic, keeper
        self.found = Found(articles=new)
        self._sampled: set[str] = set()

    def known(self, urls: Sequence[str]) -> Mapping[str, Known]:
        canonical = {url: canonical_url(url) for url in urls}
        with reading(self._engine) as conn:
            exact = pages.known(conn, urls)
            twins = pages.known_canonical(conn, canonical.values())
            declared = pages.known_declared(conn, canonical.values())
        found: dict[str, Known] = {}
        for url in urls:
            rows = [row for row in (exact.get(url), twins.get(canonical[url]), declared.get(canonical[url])) if row]
            if any(map(_came_to_something, rows)):
                row = rows[0]
                found[url] = Known(Outcome(row["outcome"]), url in exact, row["status"], row["url"],
                                   moment(row["fetched_at"]), moment(row["checked_at"]))
        return found

    def record(self, result: PageResult) -> None:
        row = {"url": result.url, "source_id": result.source_id, "outcome": str(result.outcome),
               "reason": result.reason, "status": result.http_status, "fetched_at": iso(result.fetched_at),
               "canonical_url": canonical_url(result.url)}
        facts = {"content_hash": result.content_hash, "declared_url": result.declared_url,
                 "moved_to": result.moved_to, "rights": result.rights}
        if result.outcome is not Outcome.LISTING:  # a listing's are kept when all its entries were dealt with
            facts |= {"etag": result.etag, "last_modified": result.last_modified}
        row |= {name: value for name, value in facts.items() if value is not None}
        with writing(self._engine) as conn:
            pages.record(conn, [row])

    def touch(self, url: str, checked_at: datetime) -> None:
        with writing(self._engine) as conn:
            pages.touch(conn, url, iso(checked_at) or "")

    def validators(self, url: str) -> Validators | None:
        with reading(self._engine) as conn:
            row = pages.known(conn, [url]).get(url)
        if row is None or not (row["etag"] or row["last_modified"] or row["content_hash"]):
            return None
        return Validators(row["etag"], row["last_modified"], row["content_hash"], moment(row["fetched_at"]))

    def keep_validators(self, url: str, validators: Validators) -> None:
        with writing(self._engine) as conn:
            pages.record(conn, [{"url": url, "outcome": str(Outcome.LISTING), "etag": validators.etag,
                                 "last_modified": validators.last_modified, "content_hash": validators.content_hash}])

    async def handle(self, page: Page, source: Source) -> Handled:
        # The prefilter costs milliseconds where reading costs a hundred: no page without a topic word gets further.
        if not is_pdf(page.body) and not self._topic.prefilter(page.body, page.content_type):
            return await self._sample(page, source)
        answer = await self._workers.work(page)
        kept = self._keeper.keep(page, answer, source_id=source.id, page_row=False)
        if kept.outcome is Outcome.MATCHED:
            self.found.matched += 1
            self.found.copies += kept.copy
            if kept.new and kept.article_id is not None:
                self.found.articles.append(kept.article_id)
                self.found.by_source[source.id] = self.found.by_source.get(source.id, 0) + 1
        return Handled(kept.outcome, kept.reason, kept.canonical_url)

    async def _sample(self, page: Page, source: Source) -> Handled:
        """The end of a page without a topic word. One of each source a run is read all the same: where a template
        has changed, that page has no text either, and nobody would notice for as long as there is no story."""
        if source.id not in self._sampled:
            self._sampled.add(source.id)
            answer = await self._workers.work(page)
            if isinstance(answer, Unreadable) and answer.outcome is Outcome.READ_EMPTY:
                return Handled(answer.outcome, answer.reason)
        return Handled(Outcome.OFF_TOPIC, "no topic word on the page")


def _came_to_something(row: Mapping[str, Any]) -> bool:
    """Not a mere twin: its other half may have been waiting when the crawl that named both was killed, and would never
    be asked (found by the soak of 50 kills, 2026-11-22)."""
    return row["outcome"] != Outcome.DUPLICATE_URL or row["fetched_at"] is not None
