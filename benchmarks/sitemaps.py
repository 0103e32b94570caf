"""What a hostile or merely large tree of sitemaps costs: memory and time, measured on the readers and the desk.

    python -m benchmarks.sitemaps [--children 500] [--urls 50000] [--fresh 20]

An index names `--children` sitemaps (and another index that names the first again), each of `--urls` addresses dated
years ago but for `--fresh` of them. No network: what the crawl asks is answered from here. Prints one JSON object.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import resource
import sys
import time
from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import datetime, timezone
from functools import cache

from crawler.configuration.sources import Source
from crawler.crawl.basket import Basket
from crawler.crawl.desk import Answer, Desk
from crawler.crawl.seam import CrawlOptions, CrawlSettings, Handled, Known, NoProgress, PageResult
from crawler.middlewares.verdicts import Refused
from crawler.outcomes import Outcome
from crawler.reading.document import Page

SITE = "https://example.org"
NOW = datetime(2026, 11, 22, 12, tzinfo=timezone.utc)


class Ledger(Basket):
    """Counts outcomes and forgets the rest."""

    def __init__(self) -> None:
        super().__init__()
        self.counted: Counter[Outcome] = Counter()

    def known(self, urls: Sequence[str]) -> Mapping[str, Known]:
        del urls
        return {}

    def record(self, result: PageResult) -> None:
        self.counted[result.outcome] += 1

    async def handle(self, page: Page, source: Source) -> Handled:
        del page, source
        return Handled(Outcome.OFF_TOPIC)


@cache
def child(urls: int, fresh: int) -> bytes:
    """One sitemap of `urls` addresses, all but `fresh` of them dated years ago."""
    body = "".join(f"<url><loc>{SITE}/NUMBER/an-article-with-a-slug-of-some-length-{n}.html</loc>"
                   f"<lastmod>{'2026-11-20' if n < fresh else '2015-03-01'}</lastmod></url>" for n in range(urls))
    return f"<urlset xmlns='http://www.sitemaps.org/schemas/sitemap/0.9'>{body}</urlset>".encode()


def answer(url: str, options: argparse.Namespace, asked: Counter[str]) -> Answer | Refused:
    """What stands at `url` of this made-up site."""
    asked[url] += 1
    path = url.removeprefix(SITE)
    if path == "/robots.txt":
        return Refused(Outcome.HTTP_ERROR, "HTTP 404", status=404)
    if path in ("/index.xml", "/again.xml", "/third.xml"):
        circle = "".join(f"<sitemap><loc>{SITE}/{name}.xml</loc></sitemap>" for name in ("index", "again", "third"))
        own = "".join(f"<sitemap><loc>{SITE}/s/{n}.xml</loc></sitemap>" for n in range(options.children))
        named = circle + (own if path == "/index.xml" else "")
        return Answer(f"<sitemapindex>{named}</sitemapindex>".encode(), "text/xml")
    if path.startswith("/s/"):
        number = path.removeprefix("/s/").removesuffix(".xml")
        return Answer(child(options.urls, options.fresh).replace(b"/NUMBER/", f"/{number}/".encode()), "text/xml")
    return Answer(b"<html><body><p>An article.</p></body></html>", "text/html")


async def crawl(desk: Desk, options: argparse.Namespace, asked: Counter[str]) -> None:
    """The spider's part, one request at a time."""
    desk.open()
    while (job := await desk.next()) is not None:
        job.sent = True
        found = answer(job.url, options, asked)
        if isinstance(found, Refused):
            await desk.failed(job, found)
        else:
            await desk.answered(job, found)


def measure(options: argparse.Namespace) -> dict[str, object]:
    """The figures of one crawl."""
    source = Source.model_validate({
        "id": "big", "name": "Big", "home": f"{SITE}/", "country": "INT", "languages": ["en"], "kind": "general",
        "discover": [{"sitemap": f"{SITE}/index.xml"}]})
    ledger, asked = Ledger(), Counter[str]()
    settings = CrawlSettings(delay=0.0, backoff=0.0)
    desk = Desk([source], CrawlOptions(), settings, ledger, NoProgress(), now=lambda: NOW)
    before, start = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss, time.perf_counter()
    asyncio.run(crawl(desk, options, asked))
    summary = desk.close()
    if desk.error is not None:
        raise desk.error
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return {
        "children": options.children, "urls": options.urls, "seconds": round(time.perf_counter() - start, 1),
        "peak_mb": round(peak / 1024), "start_mb": round(before / 1024),
        "sitemaps_asked": sum(count for url, count in asked.items() if url.endswith(".xml")),
        "asked_twice": [url for url, count in asked.items() if count > 1], "adds_up": summary.adds_up,
        "outcomes": {str(outcome): count for outcome, count in sorted(ledger.counted.items())},
        "notes": len(summary.sources["big"].notes),
    }


def main() -> int:
    """Print the figures."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.sitemaps", description=__doc__.splitlines()[0])
    parser.add_argument("--children", type=int, default=500)
    parser.add_argument("--urls", type=int, default=50_000)
    parser.add_argument("--fresh", type=int, default=20)
    sys.stdout.write(json.dumps(measure(parser.parse_args()), indent=1) + "\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
