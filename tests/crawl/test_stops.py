"""Stops and waits over the real wire: signals, kills, Retry-After, tar pits, and the run after."""

from __future__ import annotations

import signal
import time
from pathlib import Path

import pytest

from tests.crawl.conftest import Crawler, source
from tests.crawl.web import Host, Reply, Web

PAGES = [f"/{number}" for number in range(40)]


def until(path: Path, word: str, times: int, seconds: float = 40) -> None:
    """Wait until the ledger holds `word` so many times."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if path.exists() and path.read_text().count(word) >= times:
            return
        time.sleep(0.01)
    pytest.fail(f"{word} did not come {times} times")


def many(web: Web) -> Host:
    host = web.host()
    host.feed(*PAGES, ETag='"1"')
    host.articles(*PAGES)
    return host


@pytest.mark.parametrize("name", ["SIGINT", "SIGTERM"])
def test_a_signal_keeps_what_is_fetched_and_the_next_run_does_the_rest(web: Web, crawl: Crawler, name: str) -> None:
    host = many(web)
    child = crawl.start(source(host), handle_seconds={"/": 0.05})
    until(crawl.ledger, '"matched"', 5)
    child.send_signal(getattr(signal, name))
    start = time.monotonic()
    first = crawl.end(child)
    assert time.monotonic() - start < 30
    assert (first.code, first.summary["stopped"], first.summary["adds_up"]) == (0, name, True)
    assert first.summary["withdrawn"] == 0
    matched = [url for url, outcome in first.outcomes.items() if outcome == "matched"]
    assert 5 <= len(matched) < len(PAGES)
    assert sorted(first.handled) == sorted(matched)
    assert {f"{host.url}{hit.path}" for hit in host.log} == set(first.rows) | {f"{host.url}/robots.txt"}
    assert f"{name}: ending" in first.stderr
    second = crawl(source(host))
    assert len(set(second.handled)) == len(second.handled) == len(PAGES)
    assert sum(outcome == "matched" for outcome in second.outcomes.values()) == len(PAGES)


def test_the_second_signal_ends_at_once_and_so_does_the_end_of_grace(web: Web, crawl: Crawler) -> None:
    host = many(web)
    hanging = {"handle_seconds": {"/1": 60.0}, "settings": {"grace_seconds": 1.0}}
    child = crawl.start(source(host), handle_seconds={"/1": 60.0})
    until(crawl.ledger, '/1", "bytes"', 1)
    child.send_signal(signal.SIGINT)
    time.sleep(0.3)
    assert child.poll() is None
    child.send_signal(signal.SIGTERM)
    start = time.monotonic()
    result = crawl.end(child)
    assert time.monotonic() - start < 2 + 2  # two cores that others use as well
    assert (result.code, result.summary["stopped"], result.summary["withdrawn"]) == (0, "SIGINT", 1)
    assert result.summary["adds_up"]
    assert f"{host.url}/1" not in result.rows
    assert "Traceback" not in result.stderr, result.stderr
    child = crawl.start(source(host), **hanging)
    until(crawl.ledger, '/1", "bytes"', 2)
    child.send_signal(signal.SIGINT)
    start = time.monotonic()
    assert crawl.end(child).summary["withdrawn"] >= 1
    assert time.monotonic() - start < 5


def test_a_kill_loses_nothing_that_was_recorded(web: Web, crawl: Crawler) -> None:
    host = many(web)
    child = crawl.start(source(host))
    until(crawl.ledger, '"matched"', 7)
    child.kill()
    assert crawl.end(child).code == -signal.SIGKILL
    result = crawl(source(host))
    assert sum(outcome == "matched" for outcome in result.outcomes.values()) == len(PAGES)
    assert len(host.paths) <= len(PAGES) + 5  # robots.txt and feed twice, and what was under way


def test_the_run_after_asks_conditionally(web: Web, crawl: Crawler) -> None:
    host = web.host()
    host.feed("/a", "/b", ETag='"1"', **{"Last-Modified": "Thu, 07 May 2026 08:00:00 GMT"})
    host.articles("/a", "/b")
    crawl(source(host))
    feed = host.routes["/feed"]
    host.routes["/feed"] = lambda headers: Reply(b"", 304) if headers.get("if-none-match") == '"1"' else feed
    host.log.clear()
    second = crawl(source(host))
    assert host.paths == ["/robots.txt", "/feed"]
    assert host.log[1].headers["if-modified-since"] == "Thu, 07 May 2026 08:00:00 GMT"
    assert second.summary["outcomes"] == {"http_error": 1, "listing": 1}
    assert [line["touched"] for line in second.lines if "touched" in line] == [f"{host.url}/feed"]
    assert second.summary["sources"][source(host)["id"]]["worked"] == f"feed {host.url}/feed"


def test_a_host_that_asks_for_time_gets_it_and_others_do_not_wait(web: Web, crawl: Crawler) -> None:
    host, other, sulking = web.hosts(3)
    for one in (host, other, sulking):
        one.feed(*PAGES[:6])
        one.articles(*PAGES[:6])
    host.routes["/2"] = [Reply(b"", 429, {"Retry-After": "2"}), Reply(b"<p>2</p>")]
    sulking.routes["/2"] = Reply(b"", 503, {"Retry-After": "3600"})
    result = crawl(source(host), source(other), source(sulking))
    asked = [hit for hit in host.log if hit.path == "/2"]
    assert len(asked) == 2
    assert asked[1].start - asked[0].end >= 2.0
    between = [hit for hit in host.log if asked[0].end < hit.start < asked[1].start]
    assert between == []
    assert other.log[-1].end < asked[1].start
    assert sulking.paths == ["/robots.txt", "/feed", "/0", "/1", "/2"]
    assert [line["hold"] for line in result.lines if "hold" in line] == [sulking.name]
    assert result.outcomes[f"{sulking.url}/2"] == "http_error"
    assert f"{sulking.url}/3" not in result.outcomes
    host.log.clear()
    sulking.log.clear()
    again = crawl(source(host), source(sulking))
    assert sulking.log == []
    assert "left alone until" in again.summary["sources"][source(sulking)["id"]]["failures"][0]


def test_tar_pits_do_not_slow_the_good_ones(web: Web, crawl: Crawler) -> None:
    good, pits = web.hosts(8), web.hosts(4)
    for host in good:
        host.feed(*PAGES[:4])
        host.articles(*PAGES[:4])
    for host in pits:
        host.routes["/robots.txt"] = Reply(b"x" * 1_000, pieces=1_000, pause=0.1)
        host.feed(*PAGES[:4])
    result = crawl(*(source(host) for host in [*pits, *good]), settings={"concurrency": 16, "timeout": 4.0, "retries": 0})
    begin = min(hit.start for host in good for hit in host.log)
    last = max(hit.end for host in good for hit in host.log)
    assert last - begin < 4.0
    assert {result.outcomes[f"{host.url}/feed"] for host in pits} == {"refused_robots"}
    assert {result.rows[f"{host.url}/robots.txt"]["outcome"] for host in pits} == {"timeout"}
    assert sum(outcome == "matched" for outcome in result.outcomes.values()) == 32
