"""robots.txt by RFC 9309."""

from __future__ import annotations

import time

import pytest

from crawler.middlewares.robots_rules import PARSED, beginning, rules_from, rules_without_answer
from crawler.middlewares.verdicts import Refused
from crawler.outcomes import Outcome

URL = "https://example.org/news/1"
GROUPS = b"User-agent: *\nDisallow: /private\nCrawl-delay: 7\n\nUser-agent: marsad\nDisallow: /news\nAllow: /news/free\n"


@pytest.mark.parametrize(("status", "body", "url", "refused"), [
    (200, b"", URL, False),
    (200, b"<html><h1>Not here</h1></html>", URL, False),
    (200, b"User-agent: *\nDisallow: /", URL, True),
    (200, b"\xef\xbb\xbfUser-agent: *\r\nDisallow: /news\r\n", URL, True),
    (200, GROUPS, URL, True),
    (200, GROUPS, "https://example.org/news/free/1", False),
    (200, GROUPS, "https://example.org/private/1", False),
    (200, b"User-agent: MARSAD\nDisallow: /news/*1$", URL, True),
    (200, b"User-agent: *\nDisallow:", URL, False),
    (404, b"User-agent: *\nDisallow: /", URL, False),
    (403, b"", URL, False),
    (410, b"", URL, False),
    (429, b"", URL, True),
    (500, b"User-agent: *\nAllow: /", URL, True),
    (503, b"", URL, True),
    (304, b"", URL, False),
])
def test_what_an_answer_allows(status: int, body: bytes, url: str, refused: bool) -> None:
    verdict = rules_from(status, body, "marsad").check(url, "marsad")
    assert (verdict is not None) is refused
    if verdict:
        assert verdict.outcome is Outcome.REFUSED_ROBOTS


def test_silence_forbids_all() -> None:
    verdict = rules_without_answer(Refused(Outcome.TIMEOUT, "no answer")).check(URL, "marsad")
    assert verdict is not None
    assert (verdict.outcome, verdict.reason) == (Outcome.REFUSED_ROBOTS, "robots.txt: no answer")


def test_a_host_that_is_not_there_is_called_so() -> None:
    verdict = rules_without_answer(Refused(Outcome.NETWORK_ERROR, "connection refused")).check(URL, "marsad")
    assert verdict is not None
    assert verdict.outcome is Outcome.NETWORK_ERROR


def test_delays() -> None:
    assert rules_from(200, b"User-agent: *\nCrawl-delay: 2.5", "marsad").crawl_delay == 2.5
    assert rules_from(200, b"User-agent: *\nRequest-rate: 1/20", "marsad").crawl_delay == 20
    assert rules_from(200, GROUPS, "marsad").crawl_delay is None
    assert rules_from(200, b"User-agent: *\nCrawl-delay: soon", "marsad").crawl_delay is None


def test_a_huge_file_is_read_to_its_limit_and_asked_quickly() -> None:
    rules = b"User-agent: *\n" + b"".join(b"Disallow: /a%d/*/x\n" % number for number in range(100_000))
    parsed = rules_from(200, rules, "marsad")
    parsed.check(URL, "marsad")
    start = time.process_time()
    for number in range(10):
        assert parsed.check(f"https://example.org/news/{number}", "marsad") is None
    assert (time.process_time() - start) / 10 < 0.05
    assert parsed.check("https://example.org/a7/b/x", "marsad") is not None


FILL = b"# " + b"x" * 97 + b"\n"
LINES = b"User-agent: *\nDisallow: /news\n" + FILL * (PARSED // 100)


@pytest.mark.parametrize("end", [b"\n", b"\r", b"\r\n"])
def test_what_is_longer_is_cut_at_the_end_of_a_line(end: bytes) -> None:
    long = (LINES + b"Allow: /news/free\n" * 10).replace(b"\n", end)
    read = beginning(long)
    assert PARSED - 200 < len(read) <= PARSED
    assert long.startswith(read)
    assert read.endswith(end)
    assert rules_from(200, long, "marsad").check(URL, "marsad") is not None


def test_half_a_line_says_nothing() -> None:
    """Cut within `Disallow: /news-archive/...`, it would say `Disallow: /news`."""
    head = b"User-agent: *\n"
    room = PARSED - len(head) - len(b"Disallow: /news")
    body = head + b"#" * (room - 1) + b"\nDisallow: /news-archive/old\n"
    assert body[:PARSED].endswith(b"Disallow: /news")
    assert rules_from(200, body, "marsad").check(URL, "marsad") is None
    assert beginning(b"Disallow: /" + b"a" * PARSED) == b""
