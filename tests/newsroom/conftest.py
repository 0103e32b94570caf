"""A newsroom for all tests that only look, and a browser that follows nothing by itself."""

from __future__ import annotations

import http.client
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from urllib.parse import urlsplit

import pytest

from crawler.newsroom import Newsroom

TODAY = date(2026, 11, 20)


@dataclass(frozen=True)
class Reply:
    """Status, headers (names in lower case) and body of one answer."""

    status: int
    headers: dict[str, str]
    body: bytes


def fetch(url: str, method: str = "GET", **headers: str) -> Reply:
    """One exchange; header names with `_` for `-`."""
    parts = urlsplit(url)
    connection = http.client.HTTPConnection(parts.hostname or "", parts.port, timeout=5)
    try:
        connection.request(method, parts.path + (f"?{parts.query}" if parts.query else ""),
                           headers={name.replace("_", "-"): value for name, value in headers.items()})
        answer = connection.getresponse()
        return Reply(answer.status, {k.lower(): v for k, v in answer.getheaders()}, answer.read())
    finally:
        connection.close()


@pytest.fixture(scope="module")
def room() -> Iterator[Newsroom]:
    with Newsroom(today=TODAY, slow_seconds=0) as opened:
        yield opened


@pytest.fixture
def own_room() -> Iterator[Newsroom]:
    """A newsroom that the test may change."""
    with Newsroom(today=TODAY, slow_seconds=0) as opened:
        yield opened


@pytest.fixture
def get() -> Callable[..., Reply]:
    return fetch
