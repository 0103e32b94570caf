"""Pages that send their reader on, over the real wire: a hop like any other, with every guard."""

from __future__ import annotations

from tests.crawl.conftest import Crawler, source
from tests.crawl.web import Reply, Web


def sends_on(where: str) -> Reply:
    return Reply(f"<html><head><meta http-equiv='refresh' content='0; url={where}'></head><body>Moved</body></html>".encode())


def test_a_hop_by_meta_refresh_is_a_redirect(web: Web, crawl: Crawler) -> None:
    host = web.host()
    host.articles("/target")
    ways = {"/on": ("/target", "duplicate_url"), "/inside": ("http://10.0.0.7/a", "refused_address"),
            "/script": ("javascript:alert(1)", "refused_scheme"), "/there": ("/back", "redirect_loop")}
    host.routes |= {path: sends_on(where) for path, (where, _) in ways.items()} | {"/back": sends_on("/there")}
    host.routes["/clock"] = Reply(b"<meta http-equiv='refresh' content='300'><p>An article that reloads.</p>")
    host.feed(*ways, "/clock")
    result = crawl(source(host))
    found = {url.removeprefix(host.url): outcome for url, outcome in result.outcomes.items()}
    assert {path: found[path] for path in ways} == {path: outcome for path, (_, outcome) in ways.items()}
    assert (found["/target"], found["/clock"]) == ("matched", "matched")
    assert found["http://10.0.0.7/a"] == "refused_address"
    assert result.rows[f"{host.url}/on"]["reason"] == f"redirects to {host.url}/target"
