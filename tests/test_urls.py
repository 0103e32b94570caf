"""Twins of one page share one canonical URL; different pages never do."""

from __future__ import annotations

import pytest

from crawler.urls import canonical_url, host_of


@pytest.mark.parametrize(
    "twin",
    [
        "https://a.example/x/1",
        "http://a.example/x/1",
        "https://www.a.example/x/1/",
        "https://m.a.example/x/1",
        "https://amp.a.example/x/1",
        "https://a.example/x/1/amp/",
        "https://a.example/x/1?utm_source=rss&utm_medium=feed",
        "https://a.example/x/1#comments",
        "HTTPS://A.EXAMPLE:443/x/1",
        "https://a.example/x/1?fbclid=abc",
        "https://mobile.a.example/x/1",
        "https://touch.a.example/x/1",
        "https://wap.a.example/x/1",
        "https://www.m.a.example/x/1",
        "https://a.example./x/1",
        "http://a.example:80/x/1",
        "https://a.example/amp/x/1",
        "https://a.example/x/1/amp",
        "https://a.example/x/1/amp.html",
        "https://a.example/x/1.amp",
        "https://a.example/x/1?amp",
        "https://a.example/x/1?amp=1",
        "https://a.example/x/1?outputType=amp",
        "https://a.example/x/1?wpamp",
        "https://www-a-example.cdn.ampproject.org/c/s/www.a.example/x/1",
        "https://a-example.cdn.ampproject.org/v/s/a.example/x/1/amp/?usqp=mq331&amp_js_v=0.1&utm_source=x",
        "https://www.google.com/amp/s/a.example/x/1/amp/",
        "https://a.example/x/1;jsessionid=AB12",
        "https://a.example/x/1?PHPSESSID=12ab",
        "https://a.example/x/1?print=1",
        "https://a.example/x/1?gclid=1&utm_id=3&ref=home&_ga=2.3",
        "https://a.example/x/1?__twitter_impression=true",
        "https://a.example/x/1?utm_source=rss&amp;utm_medium=feed",
        "https://a.example/x//1",
        "https://a.example/x/./y/../1",
        "https://a.example/x/1?",
        "https://a.example/%78/1",
        " https://a.example/x/1\n",
    ],
)
def test_twins_meet(twin: str) -> None:
    assert canonical_url(twin) == "https://a.example/x/1"


@pytest.mark.parametrize("url", ["https://a.example/?p=12", "https://a.example/story?id=7", "https://a.example/أخبار/1", "https://a.example/spip.php?article578617",
                                 "https://a.example/x?id=7&page=", "https://a.example/ampere", "https://a.example/amplifier/1",
                                 "https://m.example/x", "https://co.example/m/x", "https://www.google.com/amp/x",
                                 "https://cdn.ampproject.org/v0.js", "https://fr.m.a.example/x"])
def test_what_tells_pages_apart_stays(url: str) -> None:
    assert canonical_url(url) != canonical_url("https://a.example/")
    assert canonical_url(canonical_url(url)) == canonical_url(url)


@pytest.mark.parametrize("url", ["file:///tmp/a.txt", "mailto:x", "", "http://", "http://[", "not a url"])
def test_what_is_no_web_address_stays_as_it_is(url: str) -> None:
    assert canonical_url(url) == url


def test_a_host_is_name_and_port() -> None:
    assert host_of("http://127.0.0.1:8401/x") == "127.0.0.1:8401"
    assert host_of("https://A.example:443/") == "a.example"
    assert canonical_url("http://127.0.0.1:8401/x/") == "http://127.0.0.1:8401/x"


def test_parameters_without_a_value_tell_pages_apart() -> None:
    assert canonical_url("https://a.example/spip.php?article1&utm_source=x") == "https://a.example/spip.php?article1"
    assert canonical_url("https://a.example/spip.php?article1") != canonical_url("https://a.example/spip.php?article2")


def test_the_order_of_parameters_does_not() -> None:
    assert canonical_url("https://a.example/?b=2&a=1") == canonical_url("https://a.example/?a=1&b=2")
