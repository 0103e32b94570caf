"""What a front page, a host and a few addresses tell."""

from __future__ import annotations

import re

import pytest

from crawler.onboarding.guess import article_pattern, country_of, source_id
from crawler.onboarding.site import Site, read_site

HOME = "https://www.lephare.example/"


def page(head: str, body: str = "", lang: str = "") -> Site:
    return read_site(HOME, f"<html{f' lang={lang!r}' if lang else ''}><head>{head}</head><body>{body}</body></html>".encode())


@pytest.mark.parametrize(("head", "name"), [
    ("<meta property='og:site_name' content='Le Phare'><title>Accueil</title>", "Le Phare"),
    ("<meta name='application-name' content='Le Phare'>", "Le Phare"),
    ("<title>Lephare - L'actualité du détroit</title>", "Lephare"),
    ("<title>Toute l'actualité du port | Le Phare</title>", "Le Phare"),
    ("<title>L'actualité | LePhare.example</title>", "LePhare.example"),
    ("""<script type="application/ld+json">{"@graph": [{"@type": "WebSite", "name": "Le Phare"}]}</script>""", "Le Phare"),
    ("""<script type="application/ld+json">{broken</script><title>Le Phare</title>""", "Le Phare"),
    ("<meta name='twitter:site' content='@lephare'>", None), (f"<title>{'long ' * 30}</title>", None)])
def test_the_name(head: str, name: str | None) -> None:
    assert page(head).name == name


@pytest.mark.parametrize(("lang", "head", "language", "region"), [
    ("fr-MA", "", "fr", "MA"), ("ar", "<meta property='og:locale' content='ar_AR'>", "ar", "AR"), ("", "", None, None),
    ("es_ES", "", "es", "ES"), ("", "<meta property='og:locale' content='fr_MA'>", "fr", "MA"), ("fra", "", None, None)])
def test_language_and_region(lang: str, head: str, language: str | None, region: str | None) -> None:
    found = page(head, lang=lang)
    assert (found.language, found.region) == (language, region)


def test_feeds_are_those_of_articles_each_once_and_absolute() -> None:
    found = page("""<link rel="alternate" type="application/rss+xml" title="Le Phare" href="/feed/">
        <link rel="alternate" type="application/rss+xml" href="https://www.lephare.example/feed/">
        <link rel="alternate" type="application/rss+xml" title="Comments" href="/comments/feed/">
        <link rel="alternate" type="application/atom+xml" href="eco.atom">
        <link rel="alternate" type="application/rss+xml" href="javascript:alert(1)">
        <link rel="alternate" hreflang="ar" href="/ar/"><link rel="stylesheet" type="application/rss+xml" href="/x">""")
    assert found.feeds == (f"{HOME}feed/", f"{HOME}eco.atom")


@pytest.mark.parametrize(("head", "habit", "wordpress"), [
    ("<link rel='https://api.w.org/' href='https://www.lephare.example/blog/wp-json/'>", "feed/", f"{HOME}blog/"),
    ("<link rel='stylesheet' href='/wp-content/themes/x.css'>", "feed/", HOME),
    ("<a href='spip.php?article3'>x</a>", "spip.php?page=backend", None),
    ("<script src='/pf/resources/x.js'></script>", "arc/outboundfeeds/rss/", None), ("<p>x</p>", None, None)])
def test_the_software_tells_where_a_feed_is(head: str, habit: str | None, wordpress: str | None) -> None:
    found = page(head)
    assert found.habits[:1] == ((f"{HOME}{habit}",) if habit else ())
    assert found.wordpress == wordpress


def test_no_page_is_no_site() -> None:
    assert read_site(HOME, b"") == Site()


PLACES = {"Tanger": "MA", "Rabat": "MA", "Casablanca": "MA", "Madrid": "ES", "Beni Mellal": "MA"}


@pytest.mark.parametrize(("host", "region", "text", "country"), [
    ("lephare.ma", None, "", "MA"), ("lephare.co.uk", None, "", "GB"), ("lephare.com", "MA", "", "MA"),
    ("lephare.io", None, "", None), ("lephare.com", "XX", "", None),
    ("lephare.com", None, "Tanger Rabat Madrid Casablanca et Beni Mellal, Tanger", "MA"),
    ("lephare.com", None, "Tanger Madrid Tanger Madrid Tanger Madrid", None), ("lephare.com", None, "Tanger tanger", None)])
def test_the_country(host: str, region: str | None, text: str, country: str | None) -> None:
    found = country_of(host, region, text, PLACES.get)
    assert (found[0] if found else None) == country


@pytest.mark.parametrize(("urls", "pattern"), [
    ([f"https://a.example/2026/11/0{n}/a-hall-{n}" for n in range(1, 6)], r"/\d{4}/\d{1,2}/\d{1,2}/[^/?]+"),
    ([f"https://a.example/eco/a-hall-12345{n}.html" for n in range(5)], r"-\d{3,}\.html?$"),
    ([f"https://a.example/a-hall_a{n}.html" for n in range(5)], r"_a\d+\.html?$"),
    ([f"https://a.example/news/hall-{word}" for word in "abcde"], r"/news/[^/?]+"),
    ([f"https://a.example/hall-{word}" for word in "abcde"], None), (["https://a.example/2026/11/01/x"], None)])
def test_the_pattern_of_articles(urls: list[str], pattern: str | None) -> None:
    assert article_pattern(urls) == pattern
    if pattern:
        assert all(re.search(pattern, url) for url in urls)
        assert not re.search(pattern, "https://a.example/contact")


@pytest.mark.parametrize(("host", "taken", "made"), [
    ("www.lephare.ma", (), "lephare"), ("fr.lephare.co.ma", (), "lephare-fr"), ("lephare.ma", ("lephare",), "lephare-2"),
    ("127.0.0.1", (), "127-0-0-1"), ("co.ma", (), "co"), ("الفنار.المغرب", (), "source")])
def test_the_id(host: str, taken: tuple[str, ...], made: str) -> None:
    assert source_id(host, taken) == made
