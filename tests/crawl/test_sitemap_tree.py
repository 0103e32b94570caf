"""The benchmark of a great tree of sitemaps, on a small one: it runs, and a circle of indexes is read once."""

from __future__ import annotations

from argparse import Namespace

from benchmarks.sitemaps import measure


def test_each_sitemap_once_and_only_what_is_new() -> None:
    found = measure(Namespace(children=3, urls=1_200, fresh=2))
    assert (found["sitemaps_asked"], found["asked_twice"], found["adds_up"]) == (6, [], True)
    assert found["outcomes"] == {"http_error": 1, "listing": 6, "off_topic": 6, "too_old": 1_000}
