"""Ways of discovery over a whole crawl without a network: WordPress, searches, sitemaps of robots.txt, further pages."""

from __future__ import annotations

import json
from datetime import datetime, timezone
from typing import Any

import pytest

from crawler.configuration.locate import find_config
from crawler.configuration.search import SearchPlan, load_search
from crawler.configuration.sources import Source
from crawler.crawl.desk import Answer
from crawler.crawl.seam import CrawlOptions
from crawler.middlewares.verdicts import Refused
from crawler.outcomes import Outcome
from crawler.spiders.wordpress import first_page
from tests.crawl.fakes import NOT_FOUND, QUICK, FakeWeb, MemoryLedger, at, crawl, rss, source, with_

B = "https://example.org"
NOW = at(2026, 5, 7)
CUTOFF = datetime(2026, 4, 7, 12, tzinfo=timezone.utc)
LONG = "<p>" + "Le campus de 120 MW sortira de terre. " * 20 + "</p>"
REST, PLAIN = first_page(f"{B}/", CUTOFF), first_page(f"{B}/", CUTOFF, plain=True)
WORDPRESS = source("wire", {"wordpress": f"{B}/"}, {"feed": f"{B}/feed"})


def posts(*names: str, day: str = "2026-05-06", pages: int = 1, content: str = LONG) -> Answer:
    found = [{"link": f"{B}/{name}", "date_gmt": f"{day}T08:00:00", "title": {"rendered": name}, "content": {"rendered": content}}
             for name in names]
    return Answer(json.dumps(found).encode(), "application/json", headers={"x-wp-totalpages": str(pages)})


def status(number: int) -> Refused:
    return Refused(Outcome.HTTP_ERROR, f"HTTP {number}", status=number)


# WordPress

def test_whole_posts_are_read_without_being_asked_for() -> None:
    web, ledger = FakeWeb(), MemoryLedger()
    web[REST] = posts("a", "b")
    summary = crawl(web, ledger, WORDPRESS, now=NOW)
    assert ledger.outcomes() == {REST: "listing", f"{B}/a": "matched", f"{B}/b": "matched"}
    assert web.asked == [f"{B}/robots.txt", REST]
    assert b"120 MW" in ledger.pages[0].body
    assert summary.sources["wire"].worked == f"wordpress {B}/"
    assert (summary.adds_up, summary.asked, summary.exchanges) == (True, 4, 2)
    assert REST in ledger.kept


def test_teasers_are_fetched_and_known_posts_left_alone() -> None:
    web, ledger = FakeWeb(), MemoryLedger()
    web[REST] = posts("a", content="<p>Lire la suite</p>")
    crawl(web, ledger, WORDPRESS, now=NOW)
    assert f"{B}/a" in web.asked
    web[REST] = posts("a", "b")
    ledger.pages.clear()
    crawl(web, ledger, WORDPRESS, now=NOW)
    assert [page.url for page in ledger.pages] == [f"{B}/b"]


def test_pages_are_read_as_long_as_they_are_new_and_in_the_window() -> None:
    web, ledger = FakeWeb(), MemoryLedger()
    web[REST] = posts("a", "b", pages=9)
    web[f"{REST}&page=2"] = posts("c", "d", pages=9)
    web[f"{REST}&page=3"] = posts("e", "f", pages=9, day="2026-04-02")
    crawl(web, ledger, WORDPRESS, now=NOW)
    pages = [url for url in web.asked if "wp-json" in url]
    assert [url.rpartition("&page=")[2] if "&page=" in url else "1" for url in pages] == ["1", "2", "3"]
    assert [ledger.outcomes()[f"{B}/{name}"] for name in "abcdef"] == ["matched"] * 4 + ["too_old"] * 2


def test_the_source_says_how_many_pages() -> None:
    web, ledger = FakeWeb(), MemoryLedger()
    web[REST] = posts("a", pages=9)
    crawl(web, ledger, source("wire", {"wordpress": f"{B}/", "pages": 1}), now=NOW)
    assert [url for url in web.asked if "wp-json" in url] == [REST]


@pytest.mark.parametrize("answer", [NOT_FOUND, Answer(b"<html>no such page</html>", "text/html"), status(410)])
def test_the_plain_form_is_tried_where_addresses_are_not_rewritten(answer: Any) -> None:
    web, ledger = FakeWeb(), MemoryLedger()
    web[REST], web[PLAIN] = answer, posts("a")
    summary = crawl(web, ledger, WORDPRESS, now=NOW).sources["wire"]
    assert (summary.worked, summary.failures) == (f"wordpress {B}/", [])
    assert ledger.outcomes()[f"{B}/a"] == "matched"


@pytest.mark.parametrize(("answer", "words"), [(status(401), "closed to the public"), (status(403), "closed to us"),
                                               (status(500), "HTTP 500")])
def test_why_it_is_closed_is_told_and_the_next_way_tried(answer: Any, words: str) -> None:
    web, ledger = FakeWeb(), MemoryLedger()
    web[REST], web[f"{B}/feed"] = answer, rss(f"{B}/a")
    summary = crawl(web, ledger, WORDPRESS, now=NOW).sources["wire"]
    assert words in summary.failures[0]
    assert summary.worked == f"feed {B}/feed"
    assert PLAIN not in web.asked


def test_robots_speak_for_the_rest_path() -> None:
    web, ledger = FakeWeb(), MemoryLedger()
    web[f"{B}/robots.txt"] = Answer(b"User-agent: *\nDisallow: /wp-json/", "text/plain")
    web[f"{B}/feed"] = rss(f"{B}/a")
    summary = crawl(web, ledger, WORDPRESS, now=NOW).sources["wire"]
    assert "robots.txt forbids it" in summary.failures[0]
    assert REST not in web.asked


def test_a_site_is_searched_for_the_words_of_the_topic() -> None:
    web, ledger = FakeWeb(), MemoryLedger()
    plan = SearchPlan(phrases={"any": ("data center",), "fr": ("centre de données",), "ar": ("مركز",)})
    asked = [first_page(f"{B}/", CUTOFF, words) for words in ("data center", "centre de données")]
    web[asked[0]], web[asked[1]] = posts("a", "b"), posts("b", "c")
    crawl(web, ledger, source("wire", {"wordpress": f"{B}/", "query": "topic"}), now=NOW, settings=searching(plan))
    assert sorted(url.rsplit("/", 1)[1] for url, outcome in ledger.outcomes().items() if outcome == "matched") == ["a", "b", "c"]


def test_a_stop_withdraws_what_was_brought_along() -> None:
    web, ledger = FakeWeb(), MemoryLedger()
    web[REST] = posts("a", "b", "c")
    summary = crawl(web, ledger, WORDPRESS, now=NOW, options=CrawlOptions(limit=1))
    assert (summary.stopped, summary.adds_up) == ("limit", True)
    assert list(ledger.outcomes().values()).count("matched") == 1
    assert REST not in ledger.kept


# Search

def searching(plan: SearchPlan) -> Any:
    return with_(QUICK, search=plan)


SEARCH = source("gdelt", {"search": "gdelt"}, kind="search")
WIRE = source("wire", {"feed": f"{B}/feed"})


def plan(*outlets: Any, gap: float = 0.0) -> SearchPlan:
    loaded = load_search(find_config(None), {"en": ("data center",)}, outlets)
    service = loaded.services["gdelt"].model_copy(update={"country": ('"{phrase}" sourcecountry:{country}',), "gap": gap})
    return SearchPlan({**loaded.services, "gdelt": service}, loaded.countries, loaded.phrases, loaded.outlets)


ASKED = ("https://api.gdeltproject.org/api/v2/doc/doc?query=%22data%20center%22%20sourcecountry%3AMO%20sourcelang%3Afrench"
         "&mode=artlist&format=json&maxrecords=250&timespan=30d&sort=datedesc")


def results(*urls: str) -> Answer:
    return Answer(json.dumps({"articles": [{"url": url, "title": "T", "seendate": "20260507T080000Z"} for url in urls]}).encode(),
                  "application/json")


def test_results_are_asked_and_stand_for_no_outlet() -> None:
    web, ledger = FakeWeb(), MemoryLedger()
    web[ASKED] = results("https://far.example/a", "http://127.0.0.1/b", "ftp://far.example/c")
    summary = crawl(web, ledger, SEARCH, now=NOW, settings=searching(plan()))
    assert ledger.outcomes() == {ASKED: "listing", "https://far.example/a": "matched", "http://127.0.0.1/b": "refused_address",
                                 "ftp://far.example/c": "refused_scheme"}
    assert (ledger.pages[0].hints.outlet, ledger.pages[0].hints.published, ledger.pages[0].hints.title) == (None, None, "T")
    assert summary.sources["gdelt"].worked == "search gdelt"


def test_what_an_outlet_lists_itself_is_its_own_and_comes_first() -> None:
    web, ledger = FakeWeb(), MemoryLedger()
    web[ASKED] = results(f"{B}/a", f"{B}/b")
    web[f"{B}/feed"] = rss((f"{B}/a", "Wed, 06 May 2026 08:00:00 GMT"))
    crawl(web, ledger, SEARCH, WIRE, now=NOW, settings=searching(plan(SEARCH, WIRE)))
    hints = {page.url: page.hints for page in ledger.pages}
    assert hints[f"{B}/a"].published == "2026-05-06T08:00:00Z"
    assert hints[f"{B}/b"].outlet == "Wire"
    assert {ledger.rows[f"{B}/{name}"].source_id for name in "ab"} == {"wire"}


def test_outlets_that_are_switched_off_are_not_asked_through_the_back_door() -> None:
    web, ledger = FakeWeb(), MemoryLedger()
    web[ASKED] = results(f"{B}/a", "https://far.example/b")
    off = WIRE.model_copy(update={"enabled": False})
    summary = crawl(web, ledger, SEARCH, now=NOW, settings=searching(plan(SEARCH, off)))
    assert f"{B}/a" not in ledger.outcomes()
    assert summary.sources["gdelt"].notes == ["search gdelt: left out 1 results of outlets that are switched off"]


def test_a_service_that_is_off_says_why() -> None:
    web, ledger = FakeWeb(), MemoryLedger()
    google = source("google", {"search": "google"}, kind="search")
    summary = crawl(web, ledger, google, now=NOW, settings=searching(plan())).sources["google"]
    assert summary.failures[0].startswith("search google: switched off in config/search.yml: its robots.txt forbids /rss")
    assert web.asked == []


# Sitemaps of robots.txt

AUTO = source("wire", {"sitemap": "auto"}, {"feed": f"{B}/feed"}, home=f"{B}/")


def urlset(*urls: str) -> Answer:
    return Answer(f"<urlset>{''.join(f'<url><loc>{url}</loc></url>' for url in urls)}</urlset>".encode(), "text/xml")


def test_robots_name_the_sitemaps_and_are_asked_once() -> None:
    web, ledger = FakeWeb(), MemoryLedger()
    web[f"{B}/robots.txt"] = Answer(f"User-agent: *\nSitemap: {B}/1.xml\nsitemap: /2.xml\nSitemap: http://127.0.0.1/3.xml".encode(), "text/plain")
    web[f"{B}/1.xml"], web[f"{B}/2.xml"] = urlset(f"{B}/a"), urlset(f"{B}/b")
    summary = crawl(web, ledger, AUTO, now=NOW)
    assert sorted(web.asked) == sorted([f"{B}/robots.txt", f"{B}/1.xml", f"{B}/2.xml", f"{B}/a", f"{B}/b"])
    assert (summary.adds_up, summary.sources["wire"].worked) == (True, "sitemap auto")
    web.asked.clear()
    crawl(web, ledger, AUTO, now=NOW)
    assert sorted(web.asked) == [f"{B}/1.xml", f"{B}/2.xml"]


def test_one_sitemap_of_robots_that_fails_is_not_the_whole_way() -> None:
    web, ledger = FakeWeb(), MemoryLedger()
    web[f"{B}/robots.txt"] = Answer(b"Sitemap: /1.xml\nSitemap: /2.xml", "text/plain")
    web[f"{B}/1.xml"], web[f"{B}/2.xml"] = NOT_FOUND, urlset(f"{B}/b")
    summary = crawl(web, ledger, AUTO, now=NOW).sources["wire"]
    assert (summary.worked, summary.failures) == ("sitemap auto", [f"sitemap {B}/1.xml: HTTP 404"])
    assert f"{B}/feed" not in web.asked


def test_without_such_lines_the_usual_address_is_tried_and_then_the_next_way() -> None:
    web, ledger = FakeWeb(), MemoryLedger()
    web[f"{B}/sitemap.xml"], web[f"{B}/feed"] = NOT_FOUND, rss(f"{B}/a")
    summary = crawl(web, ledger, AUTO, now=NOW).sources["wire"]
    assert summary.failures == [f"sitemap {B}/sitemap.xml: HTTP 404"]
    assert summary.worked == f"feed {B}/feed"


def test_where_robots_forbid_all_the_next_way_is_tried() -> None:
    web, ledger = FakeWeb(), MemoryLedger()
    web[f"{B}/robots.txt"] = status(500)
    summary = crawl(web, ledger, AUTO, now=NOW).sources["wire"]
    assert summary.worked is None
    assert "robots.txt answered 500" in summary.failures[0]


# Further pages of a section, and how much one crawl takes

def section(first: int, onward: str, most: int = 12) -> Answer:
    links = "".join(f"<p><a href='/a/{n}1000-un-titre-de-mots'>{n} : un titre qui compte plus de six mots</a></p>"
                    for n in range(first, first + most))
    return Answer(f"<html><body><div>{links}</div><a rel='next' href='{onward}'>»</a></body></html>".encode(), "text/html")


def test_a_section_is_read_on_only_while_it_is_new() -> None:
    web, ledger = FakeWeb(), MemoryLedger()
    way = source("wire", {"section": f"{B}/eco", "pages": 4})
    web[f"{B}/eco"], web[f"{B}/eco/page/2"], web[f"{B}/eco/page/3"] = section(0, "/eco/page/2"), section(12, "/eco/page/3"), section(24, "/eco")
    crawl(web, ledger, way, now=NOW)
    assert [url for url in web.asked if "/eco" in url] == [f"{B}/eco", f"{B}/eco/page/2", f"{B}/eco/page/3"]
    assert list(ledger.outcomes().values()).count("matched") == 36
    web.asked.clear()
    web[f"{B}/eco"] = section(-3, "/eco/page/2")
    crawl(web, ledger, way, now=NOW)
    assert [url for url in web.asked if "/eco" in url] == [f"{B}/eco"]
    assert len(web.asked) == 4


def test_one_crawl_takes_so_many_pages_of_a_source_and_the_next_goes_on(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("crawler.crawl.discovering._MOST_QUEUED", 10)
    monkeypatch.setattr("crawler.crawl.discovering._CHUNK", 5)
    web, ledger = FakeWeb(), MemoryLedger()
    web[f"{B}/s.xml"] = urlset(*(f"{B}/{n}" for n in range(18)))
    way = source("wire", {"sitemap": f"{B}/s.xml"})
    summary = crawl(web, ledger, way, now=NOW)
    assert list(ledger.outcomes().values()).count("matched") == 10
    assert summary.sources["wire"].notes == [f"{B}/s.xml: 8 entries wait for the next run; one takes 10 pages of a source"]
    assert f"{B}/s.xml" not in ledger.kept
    crawl(web, ledger, way, now=NOW)
    assert list(ledger.outcomes().values()).count("matched") == 18


# Pages of a feed

FEED, OLDER = f"{B}/feed/", f"{B}/feed/?paged="
PRESS = source("wire", {"feed": FEED})


def page(*names: str, day: str = "06 May 2026") -> Answer:
    made = rss(*((f"{B}/{name}", f"{day} 08:00:00 GMT") for name in names))
    return Answer(made.body.replace(b"<item>", b"<generator>https://wordpress.org/?v=6.8</generator><item>", 1), made.content_type)


@pytest.mark.parametrize(("second", "third", "ways", "asked"), [
    (page("c", "d"), page("e"), PRESS, ["", "2", "3"]),                      # no further than three pages
    (page("c", "d"), page("e"), source("wire", {"feed": FEED, "pages": 1}), [""]),
    (page("c", "d", "known"), page("e"), PRESS, ["", "2"]),                  # what is known stands behind
    (page("c", "d", day="06 Mar 2026"), page("e"), PRESS, ["", "2"]),        # and what is too old
    (NOT_FOUND, page("e"), PRESS, ["", "2"]),                                # its end
    (rss(), page("e"), PRESS, ["", "2"]),
], ids=["new", "one page", "known", "old", "ended", "empty"])
def test_a_feed_that_is_all_new_is_read_further_back(second: Any, third: Answer, ways: Source, asked: list[str]) -> None:
    web, ledger = FakeWeb(), MemoryLedger()
    web[FEED] = page("known")
    crawl(web, ledger, source("wire", {"feed": FEED, "pages": 1}), now=NOW)
    web[FEED], web[f"{OLDER}2"], web[f"{OLDER}3"] = page("a", "b"), second, third
    web.asked.clear()
    summary = crawl(web, ledger, ways, now=NOW, options=CrawlOptions(conditional=False))
    assert [url.rpartition("=")[2] if "=" in url else "" for url in web.asked if "/feed/" in url] == asked
    assert summary.sources["wire"].failures == []
    assert summary.outcomes[Outcome.MATCHED] >= 2


def test_a_page_of_a_feed_that_fails_is_told_and_the_feed_read_again() -> None:
    web, ledger = FakeWeb(), MemoryLedger()
    web[FEED], web[f"{OLDER}2"] = page("a", "b"), status(500)
    summary = crawl(web, ledger, PRESS, now=NOW)
    assert summary.sources["wire"].failures == [f"feed {OLDER}2: HTTP 500"]
    assert ledger.kept == {}
