"""The habits of the outlets, seen through sockets."""

from __future__ import annotations

import os
import socket
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest
import yaml

from crawler.newsroom import Newsroom
from crawler.newsroom.server import addresses
from tests.newsroom.conftest import TODAY, Reply

if sys.version_info >= (3, 11):
    import tomllib
else:
    import tomli as tomllib

Get = Callable[..., Reply]


def test_at_least_ten_outlets_in_four_languages_answer(room: Newsroom, get: Get) -> None:
    alive = [outlet for outlet in room.outlets if not outlet.habits.dead]
    assert len(alive) >= 10
    assert {language for outlet in alive for language in outlet.languages} == {"fr", "ar", "en", "es"}
    assert len({outlet.port for outlet in room.outlets}) == len(room.outlets)
    for outlet in alive:
        assert get(outlet.url).status == 200
        for way in outlet.discover:
            if "search" in way:
                continue
            address = way.get("feed") or way.get("sitemap") or way.get("section") or way["wordpress"]
            assert address.startswith(outlet.url)
            assert get(address).status in {200, 301}


def test_every_story_that_is_out_is_served(room: Newsroom, get: Get) -> None:
    for label in room.labelled_stories():
        reply = get(label["url"])
        if reply.status == 429:
            reply = get(label["url"])
        assert reply.status == 200, label["id"]
    assert sum(len(routes) for routes in room._sites.values()) <= 220


def test_the_dead_host_refuses(room: Newsroom) -> None:
    dead = next(outlet for outlet in room.outlets if outlet.habits.dead)
    with pytest.raises(ConnectionRefusedError):
        socket.create_connection(("127.0.0.1", dead.port), timeout=2)


def test_the_slow_host_is_slow_and_closing_does_not_wait_for_it(get: Get) -> None:
    with Newsroom(today=TODAY, slow_seconds=0.4) as room:
        slow = next(outlet for outlet in room.outlets if outlet.habits.slow)
        begun = time.monotonic()
        assert get(slow.url).status == 200
        assert time.monotonic() - begun >= 0.4


def test_etag_and_304(room: Newsroom, get: Get) -> None:
    url = room.url_of("fr-nador-courrier")
    first = get(url)
    again = get(url, If_None_Match=first.headers["etag"])
    assert (first.status, again.status, again.body) == (200, 304, b"")
    assert get(url, If_None_Match='"other"').status == 200


def test_last_modified_and_304(room: Newsroom, get: Get) -> None:
    url = room.url_of("ar-nador-tawqi")
    stamp = get(url).headers["last-modified"]
    assert get(url, If_Modified_Since=stamp).status == 304
    assert get(url, If_Modified_Since="Thu, 01 Jan 2015 00:00:00 GMT").status == 200


def test_429_once_then_200(own_room: Newsroom, get: Get) -> None:
    url = own_room.url_of("fr-tanger-depeche")
    first, second = get(url), get(url)
    assert (first.status, first.headers["retry-after"], second.status) == (429, "1", 200)


def test_redirects(room: Newsroom, get: Get) -> None:
    energy, section = room.outlet("energies-sud"), room.outlet("chantiers-territoires")
    moved = get(f"{energy.url}backend")
    assert (moved.status, moved.headers["location"]) == (301, f"{energy.url}spip.php?page=backend")
    assert b"<rss" in get(moved.headers["location"]).body
    found = get(f"{section.url}r/88214")
    assert found.status == 302
    assert room.url_of("fr-fes-annulation-chantiers").endswith(found.headers["location"])
    url = room.url_of("fr-nador-courrier")
    assert get(url.rstrip("/")).headers["location"] in url


def test_robots(room: Newsroom, get: Get) -> None:
    assert b"Disallow: /suscriptores/" in get(f"{room.outlet('mesa-infraestructura').url}robots.txt").body
    assert get(f"{room.outlet('chantiers-territoires').url}robots.txt").status == 404


@pytest.mark.parametrize(("outlet", "path", "status", "mark"), [
    ("chantiers-territoires", "documents/etude-impact-data-center-tanger.doc", 200, b"\xd0\xcf\x11\xe0"),
    ("gulf-infrastructure", "business/live/abu-dhabi-data-center-blog", 403, b"Just a moment"),
    ("gulf-infrastructure", "business/interview/data-center-minister", 200, b"Just a moment"),
    ("gulf-infrastructure", "interactive/data-center-map", 200, b"enable JavaScript"),
    ("facility-ledger", "briefing/north-africa-power-queue/", 200, b'"isAccessibleForFree": false'),
    ("mesa-infraestructura", "nota/en-bucle", 302, b""),
    ("mesa-infraestructura", "suscriptores/informe-centros-de-datos", 200, b"suscriptores"),
    ("chantiers-territoires", "economie/100017-article-retire.html", 404, b"404"),
])
def test_odd_pages(room: Newsroom, get: Get, outlet: str, path: str, status: int, mark: bytes) -> None:
    reply = get(room.outlet(outlet).url + path)
    assert reply.status == status
    assert mark in reply.body


def test_tracking_parameters_make_no_difference_but_others_do(room: Newsroom, get: Get) -> None:
    url = room.url_of("fr-nador-courrier")
    assert get(f"{url}?utm_source=rss&utm_medium=feed").body == get(url).body
    assert get(f"{url}?page=2").status == 404
    spip = room.url_of("fr-nador-energies")
    assert get(f"{spip}&utm_source=x").body == get(spip).body
    assert get(room.outlet("energies-sud").url + "spip.php?article1").status == 404


def test_head_has_no_body(room: Newsroom) -> None:
    outlet = room.outlet("courrier-detroit")
    with socket.create_connection(("127.0.0.1", outlet.port), timeout=5) as raw:  # http.client hides a body
        raw.sendall(f"HEAD / HTTP/1.1\r\nHost: {outlet.host}\r\nConnection: close\r\n\r\n".encode())
        answer = b"".join(iter(lambda: raw.recv(65536), b""))
    head, _, body = answer.partition(b"\r\n\r\n")
    assert head.startswith(b"HTTP/1.1 200")
    assert body == b""
    assert int(dict(line.split(b": ") for line in head.split(b"\r\n")[1:])[b"Content-Length"]) > 1000


def test_the_log_names_every_request(own_room: Newsroom, get: Get) -> None:
    outlet = own_room.outlet("facility-ledger")
    get(f"{outlet.url}robots.txt")
    get(f"{outlet.url}nothing", "HEAD")
    assert [(hit.host, hit.method, hit.path, hit.status) for hit in own_room.log] == [
        (outlet.host, "GET", "/robots.txt", 200), (outlet.host, "HEAD", "/nothing", 404)]
    assert own_room.log[0].at <= own_room.log[1].at
    assert len(own_room.hits("/robots.txt")) == len(own_room.hits("/robots.txt", outlet.id)) == 1
    assert own_room.hits("/robots.txt", "courrier-detroit") == []


def test_days_pass(own_room: Newsroom, get: Get) -> None:
    url, feed = own_room.url_of("fr-tanger-travaux"), f"{own_room.outlet('courrier-detroit').url}feed/"
    before = get(feed)
    assert get(url).status == 404
    own_room.advance(1)
    assert get(feed, If_None_Match=before.headers["etag"]).status == 304
    own_room.advance(1)
    assert get(url).status == 200
    after = get(feed, If_None_Match=before.headers["etag"])
    assert after.status == 200
    assert b"premiers coups de pelle" in after.body
    assert any(label["id"] == "fr-tanger-travaux" for label in own_room.labelled_stories())


def test_configuration_of_a_crawl(room: Newsroom, tmp_path: Path) -> None:
    room.write_config(tmp_path / "config")
    written = yaml.safe_load((tmp_path / "config" / "sources" / "newsroom.yml").read_text(encoding="utf-8"))
    assert written == room.sources()
    assert len(written) == len(room.outlets)
    for source in written:
        assert set(source) == {"id", "name", "home", "country", "languages", "kind", "discover", "every", "enabled"}
        assert source["kind"] in {"general", "business", "tech", "datacenter", "energy", "agency", "aggregator",
                                  "official", "newsroom", "search"}
        assert all(set(way) <= {"feed", "sitemap", "section", "follow", "wordpress", "search"} for way in source["discover"])
    settings = tomllib.loads((tmp_path / "config" / "marsad.toml").read_text(encoding="utf-8"))
    assert settings["crawl"] == {"allow_private_hosts": [outlet.host for outlet in room.outlets], "delay": 0.05}
    assert settings["limits"] == {"timeout": 10}


def test_consecutive_ports_and_a_port_in_use() -> None:
    """Below the system's own range, several tries: other programs hold ports, too."""
    for base in range(20_000 + os.getpid() % 5_000, 30_000, 500):
        opened = Newsroom(today=TODAY, port=base)
        try:
            opened.__enter__()
        except OSError:
            continue
        try:
            assert [outlet.port for outlet in opened.outlets] == list(range(base, base + len(opened.outlets)))
            with pytest.raises(OSError, match="in use"):
                Newsroom(today=TODAY, port=base).__enter__()
        finally:
            opened.close()
        return
    pytest.fail("no fifteen free ports in a row")


def test_addresses_are_shown(room: Newsroom) -> None:
    shown = addresses(room)
    assert all(outlet.url in shown and outlet.name in shown for outlet in room.outlets)
    assert "(refuses connections)" in shown


def test_all_days_of_a_year_can_be_today() -> None:
    for day in (TODAY.replace(month=1, day=1), TODAY.replace(year=2028, month=2, day=29)):
        with Newsroom(today=day) as room:
            assert len(room.labelled_stories()) > 100
