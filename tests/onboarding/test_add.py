"""From an address to an entry of the registry, over real sockets."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import datetime, timezone
from pathlib import Path
from typing import Any

import pytest
import yaml
from sqlalchemy import select

from crawler.commands.sources.add import add
from crawler.configuration.locate import PACKAGED
from crawler.crawl.seam import CrawlSettings
from crawler.errors import NothingDoneError, UsageError
from crawler.onboarding import adding
from crawler.onboarding.adding import Proposal, Wish, explore, settle_languages
from crawler.onboarding.site import Site
from storage.engine import open_database, reading
from storage.schema import hosts
from tests.crawl.web import Host, Reply

TODAY = datetime.now(timezone.utc).strftime("%a, %d %b %Y %H:%M:%S +0000")
FRENCH = ("Le groupe portuaire a présenté mardi à la presse son programme de travaux pour les trois prochaines années, qui "
          "prévoit un nouveau quai, une route et un centre de données pour ses propres services. ") * 4


def site(*, feed: bool = True) -> Host:
    host = Host()
    link = "<link rel='alternate' type='application/rss+xml' href='/rss/une.xml'>" if feed else ""
    teasers = "".join(f"<li><h2><a href='/2026/11/0{n}/un-nouveau-quai-{n}'>Un nouveau quai pour le port numéro {n}</a></h2></li>"
                      for n in range(1, 7))
    host.routes["/"] = Reply(f"<html lang='fr-MA'><head><title>Le Phare - Accueil</title>{link}</head><body>"
                             f"<ul>{teasers}</ul></body></html>".encode())
    items = "".join(f"<item><title>Un nouveau quai {n}</title><link>{host.url}/2026/11/0{n}/un-nouveau-quai-{n}</link>"
                    f"<pubDate>{TODAY}</pubDate></item>" for n in range(1, 7))
    if feed:
        host.routes["/rss/une.xml"] = Reply(f"<rss version='2.0'><channel>{items}</channel></rss>".encode(),
                                            headers={"Content-Type": "application/rss+xml"})
    for n in range(1, 7):
        host.routes[f"/2026/11/0{n}/un-nouveau-quai-{n}"] = Reply(
            f"<html lang='fr'><head><title>Un nouveau quai {n}</title></head><body><article><h1>Un nouveau quai {n}</h1>"
            f"<p>{FRENCH}</p></article></body></html>".encode())
    return host


@pytest.fixture
def host() -> Iterator[Host]:
    made = site()
    yield made
    made.server.shutdown()
    made.server.server_close()


def settings(host: Host, **values: object) -> CrawlSettings:
    return CrawlSettings(delay=0.0, backoff=0.0, timeout=5.0, retries=0, allowed_hosts=frozenset({host.name}), **values)  # type: ignore[arg-type]


def test_a_site_without_a_feed_is_read_by_its_front_page() -> None:
    host = site(feed=False)
    found = explore(Wish(host.url), settings(host), lambda _: None)
    host.server.shutdown()
    host.server.server_close()
    assert [way.way.kind for way in found.chosen] == ["section"]
    assert (found.country, found.why["country"]) == ("MA", "its page says region MA")


def test_a_private_address_is_not_asked(host: Host) -> None:
    with pytest.raises(NothingDoneError, match="refused_address"):
        explore(Wish(host.url), CrawlSettings(delay=0.0), lambda _: None)
    assert host.paths == []


@pytest.mark.parametrize("url", ["ftp://lephare.example/", "https://user:word@lephare.example/", "https://"])
def test_what_is_no_address(url: str) -> None:
    with pytest.raises(UsageError, match="no web address"):
        explore(Wish(url), CrawlSettings(), lambda _: None)


def test_languages_come_from_the_user_then_the_articles_then_the_page() -> None:
    def of(read: list[str | None], declared: str | None = None, said: tuple[str, ...] = ()) -> tuple[str, ...]:
        return settle_languages(Proposal(Wish("x", languages=said), "x", Site(language=declared)), read)

    assert of(["fr"], "ar", ("es",)) == ("es",)
    assert of(["fr", "fr", "ar", "ar", "en"], "es") == ("fr", "ar")
    assert of(["ar", None, None]) == ("ar",)
    assert of([None], "fr") == ("fr",)
    with pytest.raises(UsageError, match="--language"):
        of([])


def test_a_site_with_a_feed_is_written_behind_what_stands_there(
        host: Host, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    folder = tmp_path / "config" / "sources"
    folder.mkdir(parents=True)
    (tmp_path / "config" / "marsad.toml").write_text(
        f'allow_private_hosts = ["{host.name}"]\n[crawl]\ndelay = 0.01\n', encoding="utf-8")
    mine = ("# mine, and how it is meant\n- {id: other, name: Other, home: 'https://other.example/', country: MA, "
            "languages: [fr], kind: general, discover: [{feed: 'https://other.example/feed'}]}\n")
    (folder / "added.yml").write_text(mine, encoding="utf-8")
    database = f"sqlite:///{tmp_path}/turns.db"
    engine = open_database(database)
    proposals: list[Proposal] = []
    monkeypatch.setattr(adding, "explore", lambda *args, **more: proposals.append(explore(*args, **more)) or proposals[0])
    wish = {"config": tmp_path / "config", "kind": "general", "every": "1h", "database": database}

    add(host.url, yes=True, as_json=True, source="le-phare", **wish)
    (found,) = proposals
    assert [(way.way.kind, way.way.url) for way in found.chosen] == [
        ("feed", f"{host.url}/rss/une.xml"), ("section", f"{host.url}/")]
    assert found.chosen[1].way.follow == r"/\d{4}/\d{1,2}/\d{1,2}/[^/?]+"
    assert found.source([], ["fr"]).id == "le-phare"
    told = json.loads(capsys.readouterr().out)
    assert [(one["language"], one["problem"]) for one in told["trial"]] == [("fr", None)] * 5
    text = (folder / "added.yml").read_text(encoding="utf-8")
    assert text.startswith(mine)
    added = yaml.safe_load(text)[1]
    assert (added["id"], added["name"], added["country"], added["languages"]) == ("le-phare", "Le Phare", "MA", ["fr"])
    # Never twice for nothing: robots.txt is carried from one small crawl to the next.
    assert host.paths.count("/robots.txt") == 1
    assert len(host.paths) < 16
    # Crawls of the database waited for their turn at this host meanwhile.
    with reading(engine) as conn:
        (row,) = conn.execute(select(hosts)).all()
    engine.dispose()
    assert (row.host, row.holder, row.next_at > 0) == (host.name, None, True)

    asked = len(host.paths)
    with pytest.raises(UsageError, match="already, as le-phare"):
        add(host.url, yes=True, **wish)
    assert len(host.paths) == asked
    assert (folder / "added.yml").read_text(encoding="utf-8") == text

    (folder / "added.yml").write_text(mine, encoding="utf-8")
    monkeypatch.setattr(adding, "explore", lambda *_, **__: found)
    add(host.url, dry_run=True, **wish)
    assert "Un nouveau quai 1" in capsys.readouterr().out
    assert (folder / "added.yml").read_text(encoding="utf-8") == mine


@pytest.mark.parametrize(("wrong", "words"), [
    ({"as_json": True, "yes": False}, "say --yes"), ({"country": "XY"}, "--country XY"), ({"kind": "blog"}, "--kind blog"),
    ({"language": ["xx"]}, "--language xx"), ({"source": "no way"}, "--id no way"), ({"config": PACKAGED}, "not yours")])
def test_wrong_usage_is_told_before_anything_is_asked(host: Host, tmp_path: Path, wrong: dict[str, Any], words: str,
                                                      ) -> None:
    (tmp_path / "sources").mkdir()
    with pytest.raises(UsageError, match=words):
        add(host.url, **{"yes": True, "config": tmp_path, "kind": "general", "every": "1h", **wrong})
    assert host.paths == []
