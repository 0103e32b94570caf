"""Each way a source can be wrong, over real sockets, in one crawl: what is found, and in which words."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from datetime import datetime, timedelta, timezone
from pathlib import Path

import pytest
from sqlalchemy import select

from crawler.commands.sources.check import check
from crawler.configuration.sources import Discovery, Source
from crawler.crawl.seam import CrawlSettings
from crawler.errors import NothingDoneError, UsageError
from crawler.onboarding.checking import Checked, check_sources
from crawler.onboarding.diagnose import Finding
from storage.engine import open_database, reading
from storage.schema import hosts
from tests.crawl.web import Host, Reply
from tests.onboarding.certificates import NOW, Authority

QUICK = CrawlSettings(delay=0.0, backoff=0.0, timeout=2.0, retries=0)
TODAY = datetime.now(timezone.utc).strftime("%a, %d %b %Y %H:%M:%S +0000")
CHALLENGE = b"<html><head><title>Just a moment...</title></head><body><script src='/cdn-cgi/x'></script></body></html>"
XML = {"Content-Type": "application/rss+xml"}

# name: state, words of what was found, words of what to do
EXPECTED = {
    "fine": ("fine", "2 entries, the newest of 20", None),
    "cloudflare": ("blocked", "refuses us: HTTP 403 by Cloudflare", "goes round no wall"),
    "challenge": ("blocked", "answers 200, but with a challenge by Cloudflare", "goes round no wall"),
    "ended": ("ended", "newest entry is of 2008-03-05", "another feed"),
    "expired": ("certificate", "the certificate has expired", "renew"),
    "selfsigned": ("certificate", "nobody vouches", "renew"),
    "wronghost": ("certificate", "of another host", "renew"),
    "robots": ("forbidden", "robots.txt", "respect it"),
    "moved": ("moved", "/new.xml; 2 entries there", "--write"),
    "empty": ("empty", "is empty", "next week|in a week"),
    "html": ("no_listing", "answers, but is no feed", "sources add"),
    "missing": ("missing", "HTTP 404", "sources add"),
    "gone": ("gone", "HTTP 410", "take it out"),
    "broken": ("http_error", "in trouble: HTTP 500", "later"),
    "slow": ("timeout", "no complete answer in time", "later"),
    "nohost": ("no_host", "host name is not known", "sources add"),
    "closed": ("unreachable", "connection refused", "later"),
    "undated": ("undated", "2 entries, none with a date", "counts as new"),
    "section": ("fine", "4 entries", None),
    "wordpress": ("missing", "HTTP 404", "sources add"),
    "search": ("off", "no such service", None),
}


def rss(*dates: str) -> bytes:
    items = "".join(f"<item><title>Report {n}</title><link>https://outlet.example/{n}</link>"
                    f"{f'<pubDate>{date}</pubDate>' if date else ''}</item>" for n, date in enumerate(dates))
    return f"<rss version='2.0'><channel><title>Wire</title>{items}</channel></rss>".encode()


def source(name: str, **way: str) -> Source:
    (address,) = way.values()
    home = address if address.startswith("http") else "https://outlet.example/"
    return Source(id=name, name=name, home=home, country="MA", languages=("fr",), kind="general",
                  discover=(Discovery(**way),))  # type: ignore[arg-type]


class Bad:
    """Hosts on loopback, one habit each, and the registry that names them."""

    def __init__(self, folder: Path) -> None:
        self.hosts: list[Host] = []
        self.sources = [source("nohost", feed="http://no-such-host.invalid/feed"), source("search", search="no-such")]
        good = Reply(rss(TODAY, TODAY), headers=XML)
        self.serve("fine", good)
        self.serve("cloudflare", Reply(b"no", 403, {"Server": "cloudflare"}))
        self.serve("challenge", Reply(CHALLENGE))
        self.serve("ended", Reply(rss("Wed, 05 Mar 2008 08:00:00 +0000"), headers=XML))
        self.serve("robots", good).routes["/robots.txt"] = Reply(b"User-agent: *\nDisallow: /\n", headers={
            "Content-Type": "text/plain"})
        self.moved = self.serve("moved", Reply(status=301, headers={"Location": "/new.xml"}))
        self.moved.routes["/new.xml"] = good
        self.serve("empty", Reply(rss(), headers=XML))
        self.serve("html", Reply(b"<html><body><p>Our feeds</p></body></html>"))
        self.serve("missing", Reply(b"", 404))
        self.serve("gone", Reply(b"", 410))
        self.serve("broken", Reply(b"", 500))
        self.serve("slow", Reply(rss(TODAY), headers=XML, wait=4.0))
        self.serve("undated", Reply(rss("", ""), headers=XML))
        links = "".join(f"<li><a href='/2026/{n}-a-new-hall'>A new hall of servers near town {n}</a></li>" for n in range(4))
        self.serve("section", Reply(f"<html><body><ul>{links}</ul></body></html>".encode()), section="", follow="/2026/")
        self.serve("wordpress", Reply(b"", 404), wordpress="")
        authority = Authority(folder)
        self.bundle = authority.bundle
        for name, context in (("expired", authority.server(until=NOW - timedelta(days=1))),
                              ("selfsigned", authority.server(own=True)),
                              ("wronghost", authority.server(address="127.0.0.9"))):
            self.add(name, Host(context), feed="/feed")
        closed = Host()
        self.sources.append(source("closed", feed=f"{closed.url}/feed"))
        closed.server.shutdown()
        closed.server.server_close()

    def serve(self, name: str, reply: Reply, follow: str = "", **way: str) -> Host:
        host = Host()
        host.routes["/feed"] = host.routes["/"] = reply
        return self.add(name, host, follow, **(way or {"feed": "/feed"}))

    def add(self, name: str, host: Host, follow: str = "", **way: str) -> Host:
        self.hosts.append(host)
        ((kind, path),) = way.items()
        made = source(name, **{kind: f"{host.url}{path or '/'}"})
        if follow:
            made = made.model_copy(update={"discover": (Discovery(section=f"{host.url}/", follow=follow),)})
        self.sources.append(made)
        return host


@pytest.fixture(scope="module")
def bad(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Bad]:
    made = Bad(tmp_path_factory.mktemp("certificates"))
    yield made
    for host in made.hosts:
        host.server.shutdown()
        host.server.server_close()


@pytest.fixture(scope="module")
def findings(bad: Bad) -> dict[str, Finding]:
    before = os.environ.get("SSL_CERT_FILE")
    os.environ["SSL_CERT_FILE"] = str(bad.bundle)
    try:
        checked = check_sources(bad.sources, QUICK)
    finally:
        os.environ.pop("SSL_CERT_FILE")
        if before is not None:
            os.environ["SSL_CERT_FILE"] = before
    assert [one.source.id for one in checked] == [one.id for one in bad.sources]
    return {one.source.id: one.findings[0] for one in checked}


@pytest.mark.parametrize("name", EXPECTED)
def test_what_is_wrong_and_what_to_do(findings: dict[str, Finding], name: str) -> None:
    word, text, advice = EXPECTED[name]
    found = findings[name]
    assert found.word == word, found
    assert text in found.text, found
    if advice is None:
        assert found.advice is None
    else:
        assert any(part in (found.advice or "") for part in advice.split("|")), found


def test_no_article_is_asked(bad: Bad, findings: dict[str, Finding]) -> None:
    assert findings["section"].works
    asked = {path for host in bad.hosts for path in host.paths}
    assert not [path for path in asked if path.startswith("/2026/")]


@pytest.mark.parametrize(("words", "verdict"), [
    ((("feed", "fine"), ("section", "missing")), "fine"), ((("feed", "fine"), ("feed", "missing")), "partly"),
    ((("feed", "missing"), ("section", "fine")), "partly"), ((("feed", "moved"),), "partly"),
    ((("feed", "missing"), ("section", "empty")), "broken")])
def test_the_verdict_on_a_source(words: tuple[tuple[str, str], ...], verdict: str) -> None:
    found = tuple(Finding(kind, "https://outlet.example/", word, "") for kind, word in words)
    assert Checked(source("a", feed="https://outlet.example/"), found).verdict == verdict


def registry(folder: Path, url: str) -> Path:
    (folder / "config" / "sources").mkdir(parents=True)
    path = folder / "config" / "sources" / "own.yml"
    path.write_text(f"# mine\n- id: one\n  name: One\n  home: {url}/\n  country: MA\n  languages: [fr]\n  kind: general\n"
                    f"  discover:\n    - feed: {url}/feed   # tried by hand\n  every: 2h\n", encoding="utf-8")
    return path


def test_the_command_names_failures_and_writes_a_new_address(
        bad: Bad, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = registry(tmp_path, bad.moved.url)
    before = path.read_text(encoding="utf-8")
    database = f"sqlite:///{tmp_path}/turns.db"
    engine = open_database(database)
    check(["one"], write=True, as_json=True, config=tmp_path / "config", database=database)
    (told,) = json.loads(capsys.readouterr().out)
    assert (told["verdict"], told["ways"][0]["word"]) == ("partly", "moved")
    assert path.read_text(encoding="utf-8") == before.replace("/feed ", "/new.xml ")
    with reading(engine) as conn:  # it took its turn at the host, as crawls do
        assert [(row.host, row.holder) for row in conn.execute(select(hosts))] == [(bad.moved.name, None)]
    engine.dispose()


def test_nothing_reachable_is_1_and_an_unknown_id_is_2(
        bad: Bad, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    registry(tmp_path, next(one.home for one in bad.sources if one.id == "closed").removesuffix("/feed"))
    with pytest.raises(NothingDoneError) as nothing:
        check([], config=tmp_path / "config", database=f"sqlite:///{tmp_path}/none.db")
    assert (nothing.value.exit_code, "connection refused" in capsys.readouterr().out) == (1, True)
    assert not (tmp_path / "none.db").exists()
    with pytest.raises(UsageError, match="two") as unknown:
        check(["two"], config=tmp_path / "config")
    assert unknown.value.exit_code == 2
