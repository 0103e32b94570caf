"""Reservations over the real wire: what is asked, what is read, what is kept."""

from __future__ import annotations

import json

import pytest

from tests.crawl.conftest import Crawler, source
from tests.crawl.web import Reply, Web

ALL = ["noindex", "noarchive", "tdm-reservation"]
KNOWN = "/.well-known/tdmrep.json"


def test_what_a_page_reserves_is_respected_and_stored(web: Web, crawl: Crawler) -> None:
    host = web.host()
    pages = {"/free": Reply(b"<p>free</p>"), "/hidden": Reply(b'<head><meta name="robots" content="noindex">'),
             "/tagged": Reply(b"<p>x</p>", headers={"X-Robots-Tag": "noindex, noarchive"}),
             "/mined": Reply(b"<p>x</p>", headers={"TDM-Reservation": "1"}),
             "/kept": Reply(b'<head><meta name="robots" content="noarchive"></head><p>kept</p>'),
             "/theirs": Reply(b"<p>x</p>", headers={"X-Robots-Tag": "otherbot: noindex"}), "/reserved/1": Reply(b"<p>x</p>")}
    host.routes |= pages
    host.routes[KNOWN] = Reply(json.dumps([{"location": "/reserved/", "tdm-reservation": 1}]).encode(),
                               headers={"Content-Type": "application/json"})
    host.feed(*pages)
    result = crawl(source(host), settings={"rights": ALL})
    ends = {url.removeprefix(host.url): outcome for url, outcome in result.outcomes.items() if KNOWN not in url}
    assert ends == {"/feed": "listing", "/free": "matched", "/kept": "matched", "/theirs": "matched",
                    **dict.fromkeys(["/hidden", "/tagged", "/mined", "/reserved/1"], "refused_robots")}
    assert "/reserved/1" not in host.paths
    assert host.paths.count(KNOWN) == 1
    rights = {url.removeprefix(host.url): row["rights"] for url, row in result.rows.items() if row["rights"]}
    assert rights == {"/hidden": "noindex", "/tagged": "noarchive,noindex", "/mined": "tdm-reservation", "/kept": "noarchive",
                      "/reserved/1": "tdm-reservation"}
    assert result.archived == {"/free": True, "/kept": False, "/theirs": True}
    host.log.clear()
    crawl(source(host), settings={"rights": ALL})
    assert set(host.paths) <= {"/robots.txt", "/feed", KNOWN}


def test_without_respect_nothing_is_asked_and_all_is_read(web: Web, crawl: Crawler) -> None:
    host = web.host()
    host.routes["/hidden"] = Reply(b'<head><meta name="robots" content="none, noarchive"><meta name="tdm-reservation" content="1">')
    host.feed("/hidden")
    result = crawl(source(host), settings={"rights": []})
    assert result.outcomes[f"{host.url}/hidden"] == "matched"
    assert result.rows[f"{host.url}/hidden"]["rights"] == "noarchive,noindex,tdm-reservation"
    assert KNOWN not in host.paths


@pytest.mark.parametrize("reply", [
    Reply(b"", 404), Reply(b"", 500), Reply(b"<html>home</html>"), Reply(b"", 302, {"Location": "/feed"}), Reply(status=0)],
    ids=["404", "500", "html", "redirect", "nothing"])
def test_where_nothing_is_said_nothing_is_reserved(web: Web, crawl: Crawler, reply: Reply) -> None:
    host = web.host()
    host.feed("/a")
    host.articles("/a")
    host.routes[KNOWN] = reply
    assert crawl(source(host), settings={"rights": ALL}).outcomes[f"{host.url}/a"] == "matched"


def test_robots_may_forbid_the_question(web: Web, crawl: Crawler) -> None:
    host = web.host()
    host.feed("/a")
    host.articles("/a")
    host.routes["/robots.txt"] = Reply(b"User-agent: *\nDisallow: /.well-known/", headers={"Content-Type": "text/plain"})
    assert crawl(source(host), settings={"rights": ALL}).outcomes[f"{host.url}/a"] == "matched"
    assert KNOWN not in host.paths
