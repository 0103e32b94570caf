"""Which entries are asked."""

from __future__ import annotations

from datetime import datetime, timezone

import pytest

from crawler.crawl.choose import Step, choose, lasting
from crawler.crawl.seam import Known
from crawler.outcomes import Outcome
from crawler.spiders.entry import Entry
from crawler.urls import canonical_url

URL = "https://example.org/a?utm_source=feed"
CUTOFF = datetime(2026, 4, 7, tzinfo=timezone.utc)
NEW, OLD = "2026-05-07", "2026-03-07"


def chosen(known: Known | None = None, *, date: str | None = None, met: str | None = None, url: str = URL,
           cutoff: datetime | None = CUTOFF) -> tuple[Step, Outcome | None]:
    first = {canonical_url(url): met} if met else {}
    choice = choose(Entry(url, published=date), cutoff=cutoff, known=known, met=first, allowed=())
    return choice.step, choice.outcome


ASK, SKIP = (Step.ASK, None), (Step.SKIP, None)
TWIN, AGED = (Step.RECORD, Outcome.DUPLICATE_URL), (Step.RECORD, Outcome.TOO_OLD)


@pytest.mark.parametrize(("known", "date", "step"), [
    (None, None, ASK), (None, NEW, ASK), (None, OLD, AGED),
    (Known(Outcome.MATCHED, exact=True), NEW, SKIP), (Known(Outcome.OFF_TOPIC, exact=True), None, SKIP),
    (Known(Outcome.MATCHED, exact=False), NEW, TWIN), (Known(Outcome.DUPLICATE_URL, exact=True), NEW, SKIP),
    (Known(Outcome.MATCHED, exact=True), OLD, SKIP), (Known(Outcome.TOO_OLD, exact=True), OLD, SKIP),
    (Known(Outcome.TOO_OLD, exact=True), NEW, ASK), (Known(Outcome.TOO_OLD, exact=False), None, ASK),
    (Known(Outcome.TIMEOUT, exact=True), NEW, ASK), (Known(Outcome.NETWORK_ERROR, exact=False), NEW, ASK),
    (Known(Outcome.HTTP_ERROR, exact=True, http_status=503), None, ASK),
    (Known(Outcome.HTTP_ERROR, exact=True, http_status=404), None, SKIP),
    (Known(Outcome.REFUSED_ROBOTS, exact=True), None, ASK), (Known(Outcome.PAYWALL, exact=True), None, SKIP),
])
def test_what_the_store_knows(known: Known | None, date: str | None, step: tuple[Step, Outcome | None]) -> None:
    assert chosen(known, date=date) == step


@pytest.mark.parametrize(("known", "met", "step"), [
    (None, URL, SKIP), (None, "https://example.org/a", TWIN), (Known(Outcome.DUPLICATE_URL, exact=True), "https://example.org/a", SKIP),
    (Known(Outcome.TIMEOUT, exact=False), "https://example.org/a", TWIN),
])
def test_what_this_crawl_has_met(known: Known | None, met: str, step: tuple[Step, Outcome | None]) -> None:
    assert chosen(known, met=met) == step


def test_no_window_takes_all_dates() -> None:
    assert chosen(date="1999-01-01", cutoff=None) == ASK


@pytest.mark.parametrize(("url", "outcome"), [("javascript:alert(1)", Outcome.REFUSED_SCHEME), ("file:///etc/passwd", Outcome.REFUSED_SCHEME),
                                              ("http://10.0.0.1/a", Outcome.REFUSED_ADDRESS)])
def test_what_must_not_be_asked_is_refused_once(url: str, outcome: Outcome) -> None:
    assert chosen(url=url) == (Step.RECORD, outcome)
    assert chosen(Known(outcome, exact=True), url=url) == SKIP


def test_every_outcome_is_either_lasting_or_not() -> None:
    passing = {outcome for outcome in Outcome if not lasting(outcome)}
    assert passing == {Outcome.TIMEOUT, Outcome.NETWORK_ERROR, Outcome.TLS_ERROR, Outcome.BLOCKED, Outcome.HTTP_ERROR,
                       Outcome.REFUSED_ROBOTS, Outcome.REFUSED_ADDRESS, Outcome.TOO_OLD}
    assert [status for status in (403, 404, 410, 429, 500) if lasting(Outcome.HTTP_ERROR, status)] == [404, 410]
