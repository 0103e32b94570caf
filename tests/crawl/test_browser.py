"""Pages that need JavaScript, with a real Chromium over a web of our own; left out by name where there is none."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import pytest

from crawler.crawl import browser
from tests.crawl.conftest import Crawler, source
from tests.crawl.web import Host, Reply, Web

chromium = pytest.mark.skipif(browser.missing() is not None, reason=f"browser left out: {browser.missing()}")

SHELL = """<!doctype html><html lang="fr"><head><title>Journal</title></head><body><div id="root"></div>
<noscript>You need to enable JavaScript to run this app.</noscript><script>%s</script></body></html>"""
WRITES = """document.getElementById("root").innerHTML = "<article><h1>Un titre</h1><p>" + "Le centre de calcul ouvrira. ".repeat(20)
    + "</p></article>";"""
FETCHES = """fetch("/story.json").then(r => r.json()).then(s => { document.getElementById("root").innerHTML =
    "<article><h1>" + s.title + "</h1><p>" + s.text.repeat(20) + "</p></article>"; });"""


def shown(host: Host, **pages: str) -> dict[str, Any]:
    """A source of `host` whose section page is itself made by a script."""
    links = "".join(f'<p><a href="/{name}.html">Un article sur le chantier numéro {name}</a></p>' for name in pages)
    host.routes["/"] = Reply((SHELL % f"document.getElementById('root').innerHTML = `{links}`;").encode(),
                             headers={"Content-Type": "text/html"})
    for name, script in pages.items():
        host.routes[f"/{name}.html"] = Reply((SHELL % script).encode(), headers={"Content-Type": "text/html"})
    host.routes["/story.json"] = Reply(b'{"title": "Un titre", "text": "Le chantier avance bien. "}',
                                       headers={"Content-Type": "application/json"})
    made = source(host, {"section": f"{host.url}/", "follow": r"/\w+\.html$"})
    return {**made, "browser": True}


@chromium
def test_what_scripts_write_is_read(web: Web, crawl: Crawler) -> None:
    host = web.host()
    result = crawl(shown(host, written=WRITES, fetched=FETCHES), settings={"timeout": 20.0})
    found = {url.removeprefix(host.url): outcome for url, outcome in result.outcomes.items()}
    assert found == {"/": "listing", "/written.html": "matched", "/fetched.html": "matched"}
    assert all(line["bytes"] > 400 for line in result.lines if "handling" in line)


def test_without_a_browser_it_says_what_is_missing(web: Web, crawl: Crawler) -> None:
    host = web.host()
    asked = {**shown(host, written=WRITES), "discover": [{"page": f"{host.url}/written.html"}], "browser": False}
    assert list(crawl(asked, settings={"allowed_hosts": [host.name]}).outcomes.values()) == ["needs_browser"]


@chromium
def test_a_page_reaches_nobody_but_its_source(web: Web, crawl: Crawler) -> None:
    host, canary = web.host(), web.host()
    port = canary.name.rsplit(":", 1)[1]
    reaches = "; ".join(f"try {{ {how} }} catch (e) {{}}" for how in (
        f"fetch('http://127.0.0.1:{port}/a', {{mode: 'no-cors'}})", f"fetch('http://localhost:{port}/b', {{mode: 'no-cors'}})",
        f"fetch('http://rebound.test:{port}/c', {{mode: 'no-cors'}})", f"new WebSocket('ws://127.0.0.1:{port}/d')",
        f"navigator.sendBeacon('http://127.0.0.1:{port}/e')", f"document.write('<iframe src=\"http://127.0.0.1:{port}/f\"></iframe>')",
        f"new EventSource('http://[::1]:{port}/g')", "fetch('file:///etc/hostname')", f"window.open('http://127.0.0.1:{port}/h')"))
    away = f"location.href = 'http://127.0.0.1:{port}/i'"
    result = crawl(shown(host, reaches=reaches, away=away), settings={"timeout": 15.0}, names={"rebound.test": "127.0.0.1"})
    assert [hit.path for hit in canary.log] == []
    assert set(result.outcomes) == {f"{host.url}/", f"{host.url}/reaches.html", f"{host.url}/away.html"}


@chromium
def test_one_that_never_answers_and_one_that_never_rests(web: Web, crawl: Crawler) -> None:
    host = web.host()
    made = shown(host, rests_never="setInterval(() => fetch('/story.json'), 100); " + WRITES, silent=WRITES)
    host.routes["/silent.html"] = Reply(b"late", wait=8.0)
    result = crawl(made, settings={"timeout": 3.0, "retries": 0})
    found = {url.removeprefix(host.url): outcome for url, outcome in result.outcomes.items()}
    assert found == {"/": "listing", "/rests_never.html": "matched", "/silent.html": "timeout"}


@pytest.mark.parametrize(("answer", "allowed", "expected"), [
    (["93.184.216.34"], set(), "MAP journal.example 93.184.216.34, MAP * ~NOTFOUND"),
    (["10.0.0.5", "93.184.216.34"], set(), "MAP journal.example 93.184.216.34, MAP * ~NOTFOUND"),
    (["10.0.0.5"], set(), "MAP * ~NOTFOUND"),
    (["10.0.0.5"], {"journal.example:443"}, "MAP journal.example 10.0.0.5, MAP * ~NOTFOUND"),
    (["2606:2800:220:1::1"], set(), "MAP journal.example [2606:2800:220:1::1], MAP * ~NOTFOUND"),
])
def test_names_are_pinned(answer: list[str], allowed: set[str], expected: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(browser.socket, "getaddrinfo", lambda *_, **__: [(0, 0, 0, "", (one, 0)) for one in answer])
    assert browser.resolver_rules(["journal.example"], allowed) == expected


def test_no_source_asks_for_one() -> None:
    assert browser.scrapy_settings([SimpleNamespace(browser=False, hosts={"a"})], 3) == {}  # type: ignore[list-item]
