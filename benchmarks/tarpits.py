"""How much do hosts that never finish an answer cost the others? And how fast does a crawl end on signals?

    python -m benchmarks.tarpits              ten tar pits beside forty good hosts (reliability: at most 1.5 times)
    python -m benchmarks.tarpits --pits 40    more of them than places
    python -m benchmarks.tarpits --signals    ten times SIGTERM, and ten times a second one after it

On loopback, with hosts of its own; each figure is of one crawl in a process of its own.
"""

from __future__ import annotations

import argparse
import signal
import sys
import tempfile
import time
from pathlib import Path

from tests.crawl.conftest import Crawler, source
from tests.crawl.web import Host, Reply, Web

GOOD, PAGES = 40, [f"/{number}" for number in range(5)]
SETTINGS = {"delay": 0.5, "timeout": 15.0, "backoff": 1.0, "concurrency": 16}


def good_host(web: Web) -> Host:
    host = web.host()
    host.feed(*PAGES)
    host.articles(*PAGES)
    return host


def pit(web: Web, number: int) -> Host:
    """Three kinds: drips its robots.txt, drips its feed, or takes the connection and says nothing."""
    host = web.host()
    endless = Reply(b"x" * 1_000, pieces=1_000, pause=1.0)
    if number % 3 == 0:
        host.routes["/robots.txt"] = endless
    elif number % 3 == 1:
        host.routes["/feed"] = endless
    else:
        host.routes["/robots.txt"] = Reply(b"", 200, wait=600.0)
    return host


def seconds_of_the_good(pits: int) -> float:
    """From the first request to a good host to the end of the last."""
    with Web() as web, tempfile.TemporaryDirectory() as folder:
        good, bad = [good_host(web) for _ in range(GOOD)], [pit(web, number) for number in range(pits)]
        crawler = Crawler(Path(folder))
        result = crawler.end(crawler.start(*map(source, [*bad, *good]), settings=SETTINGS), seconds=300)
        matched = sum(outcome == "matched" for outcome in result.outcomes.values())
        if matched != GOOD * len(PAGES):
            raise SystemExit(f"only {matched} pages of {GOOD * len(PAGES)} came")
        hits = [hit for host in good for hit in host.log]
        return max(hit.end for hit in hits) - min(hit.start for hit in hits)


def seconds_to_end(*, twice: bool) -> float:
    """From the last signal to the end of the process, in the middle of a crawl whose pages take long to handle."""
    pages = [f"/{number}" for number in range(200)]
    with Web() as web, tempfile.TemporaryDirectory() as folder:
        host = web.host()
        host.feed(*pages)
        host.articles(*pages)
        crawl = Crawler(Path(folder))
        slow = {str(digit): 30.0 if twice else 0.05 for digit in range(10)}  # by the end of an address
        child = crawl.start(source(host), settings={"delay": 0.01}, handle_seconds=slow)
        while not crawl.ledger.exists() or crawl.ledger.read_text().count("handling") < 5:
            time.sleep(0.05)
        child.send_signal(signal.SIGTERM)
        if twice:
            time.sleep(0.5)
            child.send_signal(signal.SIGTERM)
        start = time.monotonic()
        result = crawl.end(child)
        took = time.monotonic() - start
        stored = {url for url, outcome in result.outcomes.items() if outcome == "matched"}
        if result.code or not result.summary["adds_up"] or (not twice and set(result.handled) != stored):
            raise SystemExit(f"a page that was fetched is not stored: {set(result.handled) - stored}")
        return took


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--pits", type=int, default=10)
    parser.add_argument("--signals", action="store_true")
    given = parser.parse_args()
    if given.signals:
        for twice in (False, True):
            took = sorted(seconds_to_end(twice=twice) for _ in range(10))
            name = "second signal" if twice else "SIGTERM"
            sys.stdout.write(f"{name}: median {took[5]:.2f} s, longest {took[-1]:.2f} s of 10\n")
            sys.stdout.flush()
        return
    alone, beside = seconds_of_the_good(0), seconds_of_the_good(given.pits)
    sys.stdout.write(f"{GOOD} good hosts alone {alone:.1f} s, beside {given.pits} tar pits {beside:.1f} s: "
                     f"{beside / alone:.2f} times\n")


if __name__ == "__main__":
    main()
