"""Nobody on the inside is ever asked: a canary on loopback counts who comes."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.crawl.conftest import Crawler, source
from tests.crawl.test_wire import self_signed
from tests.crawl.web import Reply, Web

# All of them lead to 127.0.0.1 or are taken for it by one parser or another; `inside.test` stands fourth from the end.
FORMS = ("127.0.0.1", "127.1", "127.0.1", "127.000.000.001", "127.0.0.1.", "2130706433", "2130706433.", "0x7f000001", "0x7f.1",
         "0x7f.0.0.1", "0x7F.0X0.0x0.0x1", "0177.0.0.1", "0177.1", "017700000001", "00000177.0.0.1", "127.0x1", "0", "0.0.0.0",
         "127.255.255.254", "127.0.0.2", "localhost", "LOCALHOST", "localhost.", "a.localhost", "ip6-localhost",
         "localhost.localdomain", "[::1]", "[0:0:0:0:0:0:0:1]", "[::]", "[::ffff:127.0.0.1]", "[::ffff:7f00:1]",
         "[::ffff:0:127.0.0.1]", "[::127.0.0.1]", "[64:ff9b::7f00:1]", "[64:ff9b:1::7f00:1]", "[2002:7f00:1::]",
         "inside.test", "127%2e0.0.1", "①27.0.0.1", "127。0。0。1")


def test_no_way_leads_inside(web: Web, crawl: Crawler) -> None:
    """Links, redirects, refreshes, sitemap locations, robots.txt: to a port of loopback that the configuration does not
    name."""
    host, canary, others = web.host(), web.host(), web.hosts(len(FORMS))
    assert len(FORMS) == 40
    port = canary.name.rsplit(":", 1)[1]
    targets = [f"http://{form}:{port}/secret{number}" for number, form in enumerate(FORMS)]
    odd = [r"http://good.test\@127.0.0.1:" + port + "/x", f"http://good.test@127.0.0.1:{port}/y", "file:///etc/passwd",
           "data:text/html,x", "ftp://127.0.0.1/x", "s3://bucket/key"]
    hops = [f"/r/{number}" for number in range(len(targets) + 4)]
    for path, target in zip(hops, [*(f"{target}/hop" for target in targets), *odd[1:5]], strict=True):
        host.routes[path] = Reply(b"", 302, {"Location": target.encode("utf-8").decode("latin-1")})
    refreshes = [f"/refresh/{number}" for number in range(len(targets))]
    for path, target in zip(refreshes, targets, strict=True):
        host.routes[path] = Reply(f'<meta charset=utf-8><meta http-equiv="refresh" content="0; url={target}/fresh">'.encode())
    host.routes["/sitemap.xml"] = Reply("<sitemapindex>{}</sitemapindex>".format("".join(
        f"<sitemap><loc>{target}.xml</loc></sitemap>" for target in targets)).encode(), headers={"Content-Type": "text/xml"})
    host.feed(*targets, *odd, *hops, *refreshes)
    for other, target in zip(others, targets, strict=True):
        other.feed("/a")
        other.routes["/robots.txt"] = Reply(b"", 302, {"Location": f"{target}/robots.txt".encode().decode("latin-1")})
    mapped = source(host, {"sitemap": f"{host.url}/sitemap.xml"}, identifier="mapped")
    result = crawl(source(host), *map(source, others), mapped, names={"inside.test": "127.0.0.1", "good.test": "93.184.216.34"})
    assert canary.log == []
    assert "inside.test" in result.summary["names"]
    for target in targets:
        assert result.outcomes[target] == "refused_address", target
        assert result.outcomes[f"{target}.xml"] == "refused_address", target
    for path in [*hops[:len(targets)], *refreshes]:
        assert result.outcomes[host.url + path] == "refused_address", path
    assert [result.outcomes[url] for url in odd] == ["refused_address"] * 2 + ["refused_scheme"] * 4
    for other in others:
        assert result.outcomes[f"{other.url}/feed"] == "refused_address"
        assert other.paths == ["/robots.txt"]
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


@pytest.mark.parametrize("status", [301, 302, 307, 308])
def test_no_secret_goes_along_with_a_redirect(web: Web, crawl: Crawler, status: int, tmp_path: Path) -> None:
    """To another port, another name, and from https to http, four kinds of redirect: cookies are never sent, and an
    address with a password in it is never asked."""
    first, second, safe = web.host(), web.host(), web.host(self_signed(tmp_path))
    port = second.name.rsplit(":", 1)[1]
    secret = {"Set-Cookie": "session=secret; Path=/", "WWW-Authenticate": "Basic realm=x"}
    first.routes |= {"/port": Reply(b"", status, {"Location": f"{second.url}/1", **secret}),
                     "/name": Reply(b"", status, {"Location": f"http://ally.test:{port}/2", **secret}),
                     "/user": Reply(b"", status, {"Location": f"http://user:secret@{second.name}/3", **secret}),
                     "/scheme": Reply(b"", status, {"Location": f"{safe.url}/4", **secret}),
                     "/back": Reply(b"<p>x</p>", headers=secret)}
    for path in ("/1", "/2", "/3", "/4"):
        second.routes[path] = Reply(b"<p>x</p>", headers=secret)
    first.feed("/port", "/name", "/user", "/scheme", "/back", "/port?again")
    result = crawl(source(first), names={"ally.test": "127.0.0.1"}, settings={"allowed_hosts": [f"ally.test:{port}", second.name, safe.name]})
    hits = [*first.log, *second.log, *safe.log]
    assert {hit.path for hit in second.log} >= {"/1", "/2"}
    assert "/3" not in second.paths
    assert result.outcomes[f"{first.url}/user"] == "refused_address"
    for hit in hits:
        assert not {"cookie", "authorization", "proxy-authorization", "referer"} & set(hit.headers), hit
