"""What reading sees: charsets, dates, twins, furniture."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from html import unescape

import pytest
from lxml import html

from crawler.newsroom import Newsroom
from crawler.newsroom.pages import furniture
from tests.newsroom.conftest import Reply

Get = Callable[..., Reply]


def _first_paragraph(room: Newsroom, story: str) -> str:
    return str(next(label["text"] for label in room.labelled_stories() if label["id"] == story).split("\n\n")[0])


@pytest.mark.parametrize(("story", "said"), [("ar-tanger-afaq", False), ("ar-tanger-wazir-nabd", True)])
def test_windows_1256(room: Newsroom, get: Get, story: str, said: bool) -> None:
    reply = get(room.url_of(story))
    assert reply.headers["content-type"] == "text/html"
    assert (b"windows-1256" in reply.body) is said
    assert _first_paragraph(room, story) in unescape(reply.body.decode("windows-1256"))
    with pytest.raises(UnicodeDecodeError):
        reply.body.decode("utf-8")


def test_every_page_holds_its_story(room: Newsroom, get: Get) -> None:
    for label in room.labelled_stories():
        outlet = next(one for one in room.outlets if label["url"].startswith(one.url))
        reply = get(label["url"])
        page = unescape((reply if reply.status == 200 else get(label["url"])).body.decode(outlet.habits.charset))
        assert label["title"] in page
        for paragraph in label["text"].split("\n\n"):
            assert paragraph in page, label["id"]


def test_json_ld_states_the_time_with_its_zone(room: Newsroom, get: Get) -> None:
    page = html.fromstring(get(room.url_of("fr-nador-courrier")).body)
    data = json.loads(page.xpath('//script[@type="application/ld+json"]/text()')[0])
    assert data["@type"] == "NewsArticle"
    assert re.fullmatch(r"2026-11-04T\d\d:\d\d:\d\d\+01:00", data["datePublished"])
    graph = json.loads(html.fromstring(get(room.url_of("es-tanger-brujula")).body)
                       .xpath('//script[@type="application/ld+json"]/text()')[0])
    assert [part["@type"] for part in graph["@graph"]] == ["WebSite", "NewsArticle"]


@pytest.mark.parametrize(("story", "printed"), [
    ("fr-tanger-doutes", "Publié le samedi 31 octobre 2026 à"),
    ("ar-tanger-afaq", "الأحد 25 أكتوبر 2026"),
    ("ar-iskandariya-ittifaq", "٣١ أكتوبر ٢٠٢٦"),
    ("es-queretaro-anuncio", None),
    ("en-nador-doubt", None),
])
def test_visible_dates(room: Newsroom, get: Get, story: str, printed: str | None) -> None:
    outlet = next(one for one in room.outlets if room.url_of(story).startswith(one.url))
    page = get(room.url_of(story)).body.decode(outlet.habits.charset)
    if printed is None:
        assert "octubre de 2026" not in page
        assert "November 19, 2026" not in page
    else:
        assert printed in page


def test_amp_twin_points_to_its_article(room: Newsroom, get: Get) -> None:
    url = room.url_of("fr-nador-courrier")
    head = html.fromstring(get(url).body)
    twin = head.xpath('//link[@rel="amphtml"]/@href')[0]
    assert html.fromstring(get(twin).body).xpath('//link[@rel="canonical"]/@href') == [url]
    assert _first_paragraph(room, "fr-nador-courrier") in unescape(get(twin).body.decode())


def test_the_aggregator_names_and_links_its_origin(room: Newsroom, get: Get) -> None:
    page = unescape(get(room.url_of("fr-tanger-kiosque")).body.decode())
    assert "Publié dans Le Courrier du Détroit le 24 - 10 - 2026" in page
    assert "Cliquez ici pour lire l'article depuis sa source." in page
    assert room.url_of("fr-tanger-courrier") in page
    assert page.index(furniture()["fr"]["ticker"][0]) < page.index(_first_paragraph(room, "fr-tanger-kiosque"))
    arabic = unescape(get(room.url_of("ar-oujda-kiosque")).body.decode())
    assert "نشر في آفاق الريف يوم 18 - 11 - 2026" in arabic
    english = unescape(get(room.url_of("en-tanger-questions-kiosque")).body.decode())
    assert "Publié dans Agence Atlas Dépêches le" in english


def test_pages_about_something_else_are_framed_by_data_centers(room: Newsroom, get: Get) -> None:
    page = unescape(get(room.url_of("fr-neg-bus")).body.decode())
    story = next(label["text"] for label in room.labelled_stories() if label["id"] == "fr-neg-bus")
    assert "data center" not in story.lower()
    assert page.lower().count("data center") >= 3


def test_read_also_stands_inside_the_body(room: Newsroom, get: Get) -> None:
    for story, words in (("fr-nador-courrier", "Lire aussi"), ("ar-sahmal-mizan", "اقرأ أيضا")):
        page = unescape(get(room.url_of(story)).body.decode())
        paragraphs = next(label["text"] for label in room.labelled_stories() if label["id"] == story).split("\n\n")
        assert page.index(paragraphs[0]) < page.index(words) < page.index(paragraphs[-1])
