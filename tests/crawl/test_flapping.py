"""A feed that fails at one visit in five for a month: nothing is lost (reliability, row 48)."""

from __future__ import annotations

from datetime import datetime, timedelta, timezone
from random import Random

from crawler.middlewares.verdicts import Refused
from crawler.outcomes import Outcome
from tests.crawl.fakes import QUICK, FakeWeb, MemoryLedger, crawl, rss, source, with_

B = "https://example.org"
START = datetime(2026, 5, 1, tzinfo=timezone.utc)
FAILURES = [Refused(Outcome.HTTP_ERROR, f"HTTP {status}", status=status, temporary=status >= 500)
            for status in (404, 500, 503, 403)] + [Refused(Outcome.TIMEOUT, "no answer", temporary=True)]


def test_every_article_is_there_after_a_month_of_failures() -> None:
    random, web, ledger, failed = Random(48), FakeWeb(), MemoryLedger(), 0
    wire = source("wire", {"feed": f"{B}/feed"})
    settings = with_(QUICK, retries=0)
    for visit in range(30 * 2):
        now = START + timedelta(hours=12 * visit)
        names = [f"{B}/{number}" for number in range(max(0, visit - 6), visit + 1)]  # one in half a day, 7 are shown
        web[f"{B}/feed"] = random.choice(FAILURES) if random.random() < 0.2 else rss(
            *((name, f"{START + timedelta(hours=12 * int(name.rpartition('/')[2])):%a, %d %b %Y %H:%M:%S} GMT") for name in names))
        summary = crawl(web, ledger, wire, settings=settings, now=lambda moment=now: moment)
        failed += bool(summary.sources["wire"].failures)
    web[f"{B}/feed"] = rss(*names)
    crawl(web, ledger, wire, settings=settings)
    assert failed > 8
    stored = {page.url for page in ledger.pages}
    assert stored == {f"{B}/{number}" for number in range(60)}
    assert len(ledger.pages) == 60
