"""From an understood document to rows, in one transaction: the article, its raw page, story, projects and claims."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import Any

from sqlalchemy import Connection, Engine

from crawler.changing import is_another_page, says_the_same
from crawler.curation.names import painter_of
from crawler.joining import FURNITURE_FROM, Joiner, link_subjects, place_in_story, refresh_projects
from crawler.outcomes import Outcome
from crawler.pipeline import Understood, Work
from crawler.reading.document import Page, Unreadable
from crawler.records import article_row, now, raw_of, search_fields
from crawler.remembering import Again, count_lines, memory_of, without_memory
from crawler.urls import canonical_url
from storage import articles, forgetting, lines, pages, raw, search, stories, versions
from storage.engine import writing


@dataclass(slots=True)
class Kept:
    """What became of one page. `new`: the article was not there before; `changed`: it was, and said something else;
    `copy`: it joined another's story; `canonical_url`: what a page that was read calls itself."""

    outcome: Outcome
    reason: str | None = None
    article_id: int | None = None
    new: bool = False
    changed: bool = False
    copy: bool = False
    canonical_url: str | None = None
    projects_made: list[int] = field(default_factory=list)


@dataclass(slots=True)
class Keeper:
    """Stores what was understood. `raw_pages` off keeps no bytes; `everything` stores off-topic documents, too.

    `again` understands a document without the lines that its source repeats; without it they stay."""

    engine: Engine
    joiner: Joiner
    raw_pages: bool = True
    everything: bool = False
    again: Again | None = None

    def keep(self, work: Work, answer: Understood | Unreadable, *, source_id: str | None = None,
             fetched_at: str | None = None, page_row: bool = True) -> Kept:
        """Store one answer of the workers and say what became of its page. What a known article said before goes to
        its versions. `page_row` writes its row of `pages` as well (the crawl writes its own)."""
        at = fetched_at or now()
        with writing(self.engine) as conn:
            kept = self._keep(conn, work, answer, source_id, at, versioned=True)
            if page_row:
                own, declared = canonical_url(work.url), kept.canonical_url
                pages.record(conn, [{"url": work.url, "outcome": str(kept.outcome), "reason": kept.reason,
                                     "fetched_at": at, "source_id": source_id, "canonical_url": own,
                                     "declared_url": declared if declared != own else None}])
        return kept

    def keep_again(self, work: Work, answer: Understood | Unreadable) -> Kept:
        """Store a stored page again under today's rules. Source, time of fetching and raw page stay; an article that
        no longer matches is taken out, and its text kept like that of any page that did not match."""
        with writing(self.engine) as conn:
            page = pages.known(conn, [work.url]).get(work.url) or {}
            at, source_id = page.get("fetched_at") or now(), page.get("source_id")
            kept = self._keep(conn, work, answer, source_id, at)
            before = articles.find(conn, work.url)
            if kept.outcome is Outcome.OFF_TOPIC and before is not None and not self.everything:
                gone = articles.delete(conn, [before["id"]])
                stories.refresh(conn, gone.stories)
                refresh_projects(conn, gone.projects, self.joiner)
                kept = self._keep(conn, work, answer, source_id, at)
            if not isinstance(answer, Unreadable):
                pages.record(conn, [{"url": work.url, "outcome": str(kept.outcome), "reason": kept.reason}])
        return kept

    def _keep(self, conn: Connection, work: Work, answer: Understood | Unreadable, source_id: str | None,
              at: str, *, versioned: bool = False) -> Kept:
        if isinstance(answer, Unreadable):
            return Kept(answer.outcome, answer.reason)
        kept = self._document(conn, work, answer, source_id, at, versioned=versioned)
        kept.canonical_url = answer.document.canonical_url
        return kept

    def _document(self, conn: Connection, work: Work, answer: Understood, source_id: str | None, at: str, *,
                  versioned: bool) -> Kept:
        document, archive = answer.document, _archived(work)
        if forgetting.is_barred(forgetting.barred(conn), (document.canonical_url, work.url), source_id):
            return Kept(Outcome.REJECTED, forgetting.REASON)
        names = painter_of(conn)
        if names and (painted := names.over(answer)) != answer:
            # the page itself holds the name that was to be erased, so only what was read of it is kept
            answer, document, archive = painted, painted.document, False
        known = articles.known(conn, [document.canonical_url]).get(document.canonical_url)
        before = articles.get(conn, known) if known is not None else None
        own = canonical_url(work.url)
        if (before is not None and own not in (document.canonical_url, canonical_url(before["url"]))
                and is_another_page((before["title"], before["text"]), (document.title, document.text))):
            document = replace(document, canonical_url=own)
            answer = replace(answer, document=document)
            known = articles.known(conn, [own]).get(own)
            before = articles.get(conn, known) if known is not None else None
        if before is not None and before["url"] != work.url:
            return Kept(Outcome.DUPLICATE_URL, f"the same page as {before['url']}", known)
        memory = memory_of(source_id, work.url)
        count_lines(conn, memory, document, before, at)
        if self.again is not None and (answer.match.matched or self.everything):
            clean = without_memory(conn, memory, work, answer, self.again)
            work, answer, document = clean.work, clean.answer, clean.answer.document
        if not answer.match.matched and not self.everything:
            if before is None and _archived(work):
                raw.keep_text(conn, {"url": work.url, "canonical_url": document.canonical_url, "source_id": source_id,
                                     "title": document.title, "language": document.language,
                                     "published_at": document.published, "kept_at": at}, document.text)
            return Kept(Outcome.OFF_TOPIC, answer.match.why)
        changed = versioned and before is not None and not self._same(conn, before, answer)
        if changed:
            assert before is not None
            versions.add(conn, before, at)
        kept = self._article(conn, work, answer, source_id, at, archive=archive, fresh=before is None)
        kept.new, kept.changed = before is None, changed
        return kept

    @staticmethod
    def _same(conn: Connection, before: dict[str, Any], answer: Understood) -> bool:
        document, source = answer.document, before["source_id"]
        furniture = lines.known(conn, source, FURNITURE_FROM) if source else frozenset()
        return says_the_same((before["title"], before["text"]), (document.title, document.text), furniture)

    def _article(self, conn: Connection, work: Work, answer: Understood, source_id: str | None, at: str, *,
                 archive: bool, fresh: bool) -> Kept:
        document = answer.document
        article_id = articles.upsert(conn, article_row(answer, work.url, source_id, at))
        raw.forget_text(conn, work.url)
        if self.raw_pages and archive:
            body, content_type, hints = raw_of(work)
            raw.keep(conn, work.url, body, fetched_at=at, content_type=content_type, hints=hints)
        row = articles.get(conn, article_id)
        assert row is not None
        story_id, copy = place_in_story(conn, row, self.joiner.rules)
        joined = link_subjects(conn, row, answer.claims, self.joiner, copied=story_id if copy else None, fresh=fresh)
        # last: SQLite writes its full-text index anew at the next statement that could fail half-way
        search.put(conn, article_id, *search_fields(document.title, document.text))
        outcome = Outcome.MATCHED if answer.match.matched else Outcome.OFF_TOPIC
        return Kept(outcome, None, article_id, copy=copy, projects_made=joined.made)


def _archived(work: Work) -> bool:
    """Whether its owner lets a copy be kept beside the article."""
    return not isinstance(work, Page) or work.archive
