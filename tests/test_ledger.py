from __future__ import annotations

from typing import Any, cast

import pytest
from sqlalchemy import Engine

from crawler.crawl.seam import PageResult
from crawler.ledger import StoreLedger
from crawler.outcomes import Outcome
from storage import pages
from storage.engine import writing

FIRST, TWIN = "https://a.example/story?utm_source=rss", "https://a.example/story/"


@pytest.fixture
def ledger(database: Engine) -> StoreLedger:
    nothing = cast("Any", None)  # asking what is known needs neither workers nor topic
    return StoreLedger(database, nothing, nothing, nothing, [])


def test_a_twin_of_what_was_never_asked_is_not_known(ledger: StoreLedger) -> None:
    """The crawl that saw both was killed while the first one waited: the next one must ask it."""
    ledger.record(PageResult(TWIN, "s", Outcome.DUPLICATE_URL, f"the same page as {FIRST}"))
    assert ledger.known([FIRST, TWIN]) == {}
    ledger.record(PageResult(FIRST, "s", Outcome.DUPLICATE_URL, "a known page's other address"))
    assert ledger.known([FIRST, TWIN]) == {}


def test_a_twin_of_what_came_to_something_is_known(ledger: StoreLedger) -> None:
    ledger.record(PageResult(TWIN, "s", Outcome.DUPLICATE_URL, f"the same page as {FIRST}"))
    ledger.record(PageResult(FIRST, "s", Outcome.MATCHED))
    known = ledger.known([FIRST, TWIN])
    assert {url: (one.outcome, one.exact) for url, one in known.items()} == {
        FIRST: (Outcome.MATCHED, True), TWIN: (Outcome.DUPLICATE_URL, True)}


def test_a_redirect_that_was_followed_is_known(ledger: StoreLedger, database: Engine) -> None:
    with writing(database) as conn:
        pages.record(conn, [{"url": TWIN, "outcome": "duplicate_url", "fetched_at": "2026-11-22T08:00:00Z"}])
    assert set(ledger.known([TWIN])) == {TWIN}
