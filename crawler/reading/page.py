"""One page, read: the order of the steps, and nothing else."""

from __future__ import annotations

from datetime import datetime, timezone

from lxml.html import HtmlElement

from crawler.outcomes import Outcome
from crawler.reading.authors import choose_authors
from crawler.reading.body import extract_body
from crawler.reading.document import Document, Page, Unreadable
from crawler.reading.encoding import decode
from crawler.reading.guards import MAX_VISIBLE, Refusal, check_bytes, parse, too_much_text
from crawler.reading.language import detect_language
from crawler.reading.metadata import canonical_of, home_names, image_of, section_of, site_of, tags_of
from crawler.reading.origin import is_origin_line, origin_in_page, origin_of
from crawler.reading.paragraphs import join
from crawler.reading.pdf import is_pdf, read_pdf
from crawler.reading.pruning import prune_chosen
from crawler.reading.publication import choose_modified, choose_published
from crawler.reading.structured import collect
from crawler.reading.titles import choose_title
from crawler.reading.vocabulary import vocabulary
from crawler.reading.walls import is_partial, is_stub, wall_after, wall_before

# Fewer characters are a label or a copyright line, no story.
_SHORTEST = 40


def read_page(page: Page, *, now: datetime | None = None) -> Document | Unreadable:
    """The document in an HTML page, or by name why there is none. Never raises on any bytes.

    `now` (UTC) is the moment against which dates of the future are refused.
    """
    try:
        if is_pdf(page.body):
            return read_pdf(page, now=now)
        return _read(page, now or datetime.now(timezone.utc))
    except (RecursionError, MemoryError, ValueError, TypeError, KeyError, IndexError, AttributeError) as error:
        # a page of a kind nobody foresaw must not end a crawl; the reason names what to look for
        return Unreadable(page.url, Outcome.READ_EMPTY, f"could not be read: {type(error).__name__}: {error}"[:300])


def _read(page: Page, now: datetime) -> Document | Unreadable:
    refused = check_bytes(page.body)
    if refused:
        return _unreadable(page, refused)
    source, _ = decode(page.body, page.content_type)
    tree = parse(source)
    if isinstance(tree, Refusal):
        return _unreadable(page, tree)
    words = vocabulary()
    refused = (too_much_text(tree) if len(source) > MAX_VISIBLE else None) or wall_before(tree, source, words)
    if refused:
        return _unreadable(page, refused)
    return _document(page, source, tree, now)


def _document(page: Page, source: str, tree: HtmlElement, now: datetime) -> Document | Unreadable:
    words, hints = vocabulary(), page.hints
    data = collect(tree)
    pruned = prune_chosen(tree, hints.prune)
    site = site_of(data, page.url, words, hints.outlet, home_names(tree, page.url, words))
    title = choose_title(tree, data, site.names, hints.title)
    published = choose_published(tree, data, page.url, hints.published, now, words)
    authors = choose_authors(tree, data, site.names, words) or hints.authors
    canonical, image, partial = canonical_of(data, page.url), image_of(data, page.url), is_partial(data)
    named = origin_in_page(tree, page.url, words)
    lines, method = extract_body(tree, data, title, words, site.names)
    if is_stub(lines) and isinstance(whole := parse(source), HtmlElement):
        refused = wall_after(lines, data, whole, words)
        if refused:
            return _unreadable(page, refused)
    if sum(map(len, lines)) < _SHORTEST:
        why = f"; `prune` of its source took {pruned} blocks out" if pruned else ""
        return Unreadable(page.url, Outcome.READ_EMPTY, f"no article text was found{why}")
    origin = origin_of(lines, words)
    lines = [line for line in lines if not is_origin_line(line, words)] or lines
    text = join(lines)
    language, sure = detect_language(text, (data.language, data.first("og:locale"), *hints.languages))
    return Document(
        url=page.url,
        canonical_url=canonical,
        title=title,
        text=text,
        language=language,
        language_confidence=round(sure, 3),
        published=named.published or origin.published or published,
        modified=choose_modified(data, published, now),
        authors=authors,
        outlet=named.outlet or origin.outlet or site.name,
        site=site.name,
        origin_url=named.url,
        image=image,
        method=method,
        section=section_of(data),
        tags=tags_of(data),
        partial=partial,
    )


def _unreadable(page: Page, refused: Refusal) -> Unreadable:
    return Unreadable(page.url, refused.outcome, refused.reason)
