"""Outlets that answer questions: WordPress's REST interface and a search service."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any
from urllib.parse import quote

import pytest

from crawler.newsroom import Newsroom
from tests.newsroom.conftest import Reply

Get = Callable[..., Reply]


def posts(room: Newsroom, get: Get, query: str = "") -> tuple[Reply, Any]:
    reply = get(f"{room.outlet('mesa-infraestructura').url}wp-json/wp/v2/posts?{query}")
    return reply, json.loads(reply.body)


def test_all_posts_newest_first_in_pages(room: Newsroom, get: Get) -> None:
    reply, found = posts(room, get, "per_page=3")
    assert len(found) == 3
    total, pages = int(reply.headers["x-wp-total"]), int(reply.headers["x-wp-totalpages"])
    assert pages == -(-total // 3) >= 2
    everything = [post for page in range(1, pages + 1) for post in posts(room, get, f"per_page=3&page={page}")[1]]
    assert len({post["link"] for post in everything}) == total
    dates = [post["date_gmt"] for post in everything]
    assert dates == sorted(dates, reverse=True)
    assert {post["link"] for post in everything} >= {
        label["url"] for label in room.labelled_stories() if label["outlet"] == "Mesa de Infraestructura"}
    assert any("[&hellip;]" in post["content"]["rendered"] for post in everything)


def test_after_search_and_a_page_too_far(room: Newsroom, get: Get) -> None:
    assert posts(room, get, "after=2026-11-19T00:00:00")[1] == []
    named = posts(room, get, f"search={quote('centro de datos')}&per_page=50")[1]
    assert 0 < len(named) < len(posts(room, get, "per_page=50")[1])
    reply, said = posts(room, get, "page=99")
    assert (reply.status, said["code"]) == (400, "rest_post_invalid_page_number")


def search(room: Newsroom, get: Get, query: str, **more: str) -> Reply:
    asked = {"query": query, "mode": "artlist", "format": "json", "timespan": "30d", "maxrecords": "250", **more}
    return get(f"{room.outlet('indice-mondial').url}api/v2/doc/doc?" + "&".join(f"{k}={quote(v)}" for k, v in asked.items()))


@pytest.mark.parametrize(("query", "country"), [('"data center" sourcecountry:MO', "MA"), ('"data center" sourcecountry:SG', "SN")])
def test_what_is_found_is_of_the_country_and_says_the_words(room: Newsroom, get: Get, query: str, country: str) -> None:
    found = json.loads(search(room, get, query).body)["articles"]
    labels = {label["url"]: label for label in room.labelled_stories()}
    assert found
    for item in found:
        label = labels[item["url"]]
        assert "data center" in f"{label['title']} {label['text']}".lower()
        assert item["sourcecountry"] == country


def test_narrower_questions_find_less_and_none_find_nothing(room: Newsroom, get: Get) -> None:
    wide = json.loads(search(room, get, '"data center"').body)["articles"]
    assert len(json.loads(search(room, get, '"data center"', timespan="2d").body)["articles"]) < len(wide)
    assert {item["language"] for item in json.loads(search(room, get, '"data center" sourcelang:english').body)["articles"]} == {"English"}
    assert json.loads(search(room, get, '"data center"', maxrecords="2").body)["articles"] == wide[:2]
    assert json.loads(search(room, get, '"no such words"').body) == {}


def test_a_bad_question_is_answered_in_words(room: Newsroom, get: Get) -> None:
    reply = search(room, get, "", mode="x")
    assert (reply.status, reply.body.startswith(b"Your query")) == (200, True)


def test_its_configuration_points_at_it(room: Newsroom) -> None:
    services = room.search()["services"]
    assert services["gdelt"]["endpoint"].startswith(room.outlet("indice-mondial").url)
    assert services["google"]["enabled"] is False
