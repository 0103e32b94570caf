"""Nobody on the inside is ever asked: a canary on loopback counts who comes."""

from __future__ import annotations

import pytest

from tests.crawl.conftest import Crawler, source
from tests.crawl.web import Reply, Web

FORMS = ("127.0.0.1", "127.1", "2130706433", "0x7f.1", "0177.0.0.1", "[::ffff:127.0.0.1]", "localhost", "a.localhost", "0",
         "127.0.0.1.", "[::1]", "inside.test", "[::ffff:7f00:1]", "①27.0.0.1", "127。0。0。1")


def test_no_way_leads_inside(web: Web, crawl: Crawler) -> None:
    """Links, redirects, sitemap locations, robots.txt: to a port of loopback that the configuration does not name."""
    host, other, canary = web.host(), web.host(), web.host()
    port = canary.name.rsplit(":", 1)[1]
    targets = [f"http://{form}:{port}/secret{number}" for number, form in enumerate(FORMS)]
    odd = [r"http://good.test\@127.0.0.1:" + port + "/x", f"http://good.test@127.0.0.1:{port}/y", "file:///etc/passwd",
           "data:text/html,x", "ftp://127.0.0.1/x", "s3://bucket/key"]
    hops = [f"/r/{number}" for number in range(len(targets) + 4)]
    for path, target in zip(hops, [*(f"{target}/hop" for target in targets), *odd[1:5]], strict=True):
        host.routes[path] = Reply(b"", 302, {"Location": target.encode("utf-8").decode("latin-1")})
    host.routes["/refresh"] = Reply(f'<meta http-equiv="refresh" content="0; url={targets[0]}"><p>x</p>'.encode())
    host.routes["/sitemap.xml"] = Reply("<sitemapindex>{}</sitemapindex>".format("".join(
        f"<sitemap><loc>{target}.xml</loc></sitemap>" for target in targets)).encode(), headers={"Content-Type": "text/xml"})
    host.feed(*targets, *odd, *hops, "/refresh")
    other.feed("/a")
    other.routes["/robots.txt"] = Reply(b"", 302, {"Location": targets[0]})
    mapped = source(host, {"sitemap": f"{host.url}/sitemap.xml"}, identifier="mapped")
    result = crawl(source(host), source(other), mapped, names={"inside.test": "127.0.0.1", "good.test": "93.184.216.34"})
    assert canary.log == []
    assert "inside.test" in result.summary["names"]
    for target in targets:
        assert result.outcomes[target] == "refused_address", target
        assert result.outcomes[f"{target}.xml"] == "refused_address", target
    for path in hops[:len(targets)]:
        assert result.outcomes[host.url + path] == "refused_address", path
    assert [result.outcomes[url] for url in odd] == ["refused_address"] * 2 + ["refused_scheme"] * 4
    assert result.outcomes[f"{other.url}/feed"] == "refused_address"
    assert other.paths == ["/robots.txt"]
    assert result.outcomes[f"{host.url}/refresh"] == "matched"
    assert "not public" in result.rows[targets[-4]]["reason"]


def test_what_the_configuration_names_is_asked_wherever_it_lies(web: Web, crawl: Crawler) -> None:
    host, ally, canary = web.hosts(3)
    port = ally.name.rsplit(":", 1)[1]
    host.feed("/a", f"http://ally.test:{port}/b", f"http://ally.test:{canary.name.rsplit(':', 1)[1]}/c")
    host.articles("/a")
    ally.articles("/b")
    result = crawl(source(host), names={"ally.test": "127.0.0.1"}, settings={"allowed_hosts": [f"ally.test:{port}"]})
    assert sorted(result.outcomes.values()) == ["listing", "matched", "matched", "refused_address"]
    assert canary.log == []


def test_a_proxy_of_the_environment_is_not_asked(web: Web, crawl: Crawler, monkeypatch: pytest.MonkeyPatch) -> None:
    host, proxy = web.hosts(2)
    for name in ("http_proxy", "https_proxy", "HTTP_PROXY", "HTTPS_PROXY", "all_proxy"):
        monkeypatch.setenv(name, proxy.url)
    host.feed("/a", "http://10.0.0.1/x")
    host.articles("/a")
    result = crawl(source(host))
    assert proxy.log == []
    assert sorted(result.outcomes.values()) == ["listing", "matched", "refused_address"]
