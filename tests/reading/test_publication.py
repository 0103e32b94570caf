"""The day of publication out of everything a page says."""

from __future__ import annotations

import pytest

from crawler.reading.guards import Refusal, parse
from crawler.reading.publication import choose_modified, choose_published
from crawler.reading.structured import collect
from crawler.reading.vocabulary import vocabulary
from tests.reading.samples import FRENCH, NOW, article, page

URL = "https://example.ma/eco/titre.html"


def choose(body: str = "", head: str = "", *, url: str = URL, hint: str | None = None, lang: str = "fr") -> str | None:
    tree = parse(page(body or article(FRENCH), head=head, lang=lang).decode())
    assert not isinstance(tree, Refusal)
    return choose_published(tree, collect(tree), url, hint, NOW, vocabulary())


def ld(**fields: str) -> str:
    pairs = ", ".join(f'"{key}": "{value}"' for key, value in fields.items())
    return f'<script type="application/ld+json">{{"@type": "NewsArticle", "headline": "x", {pairs}}}</script>'


def meta(name: str, value: str) -> str:
    return f'<meta property="{name}" content="{value}">'


def test_order_of_trust() -> None:
    head = ld(datePublished="2026-05-08T10:00:00Z") + meta("article:published_time", "2026-05-09")
    assert choose(head=head, hint="2026-05-07T09:00:00Z") == "2026-05-07T09:00:00Z"
    assert choose(head=head) == "2026-05-08T10:00:00Z"
    assert choose(head=meta("article:published_time", "2026-05-09"), url="https://example.ma/2026/05/01/x") == "2026-05-09"
    assert choose(url="https://example.ma/2026/05/01/x") == "2026-05-01"
    assert choose() is None


def test_the_hour_comes_from_whoever_knows_it() -> None:
    assert choose(head=ld(datePublished="2026-05-08") + meta("article:published_time", "2026-05-08T10:00:00+01:00")) == "2026-05-08T09:00:00Z"


def test_the_future_and_the_impossible_are_passed_over() -> None:
    assert choose(head=ld(datePublished="2031-05-08") + meta("date", "2026-05-08")) == "2026-05-08"
    assert choose(head=ld(datePublished="0001-01-01T00:00:00")) is None


@pytest.mark.parametrize("name", ["article:published_time", "article:published:time", "datePublished", "DC.date.issued", "pubdate", "parsely-pub-date"])
def test_meta_names(name: str) -> None:
    assert choose(head=meta(name, "2026-05-08")) == "2026-05-08"


@pytest.mark.parametrize("line", [
    "<time datetime='2026-05-08T10:00'>8 mai</time>", "<span class='post-date'>8 mai 2026 à 10h</span>", "<p>Publié le 8 mai 2026 | Mis à jour le 9 mai 2026</p>",
    "<div class='updated'>Mis à jour : 9 mai 2026</div><div class='meta'>vendredi 8 mai 2026</div>", "<em>8 mai 2026</em>",
    "<span itemprop='datePublished' content='2026-05-08'></span>", "<span>Mis à jour le <time datetime='2026-05-09'>9 mai</time></span><time>8 mai 2026</time>",
])
def test_visible_dates(line: str) -> None:
    assert choose(article(FRENCH, before=line)) == "2026-05-08"


def test_dates_in_sentences_menus_and_sidebars_do_not_count() -> None:
    texts = [*FRENCH, "Le protocole avait été signé le 3 mars 2025 devant les élus de la province et les représentants de l'opérateur."]
    aside = "<aside><span class='date'>1 janvier 2026</span></aside>"
    assert choose(article(texts) + aside) is None


def test_a_month_in_the_address_finds_its_day_on_the_page() -> None:
    body = article(FRENCH, after="<footer>x</footer>") + "<section><b>12 mai 2026</b><b>8 avril 2026</b></section>"
    assert choose(body, url="https://example.ma/2026/04/titre") == "2026-04-08"
    assert choose(url="https://example.ma/2026/04/titre") == "2026-04"


def test_american_pages_print_the_month_first() -> None:
    line = "<span class='date'>05/08/2026</span>"
    assert choose(article(FRENCH, before=line), lang="en-US") == "2026-05-08"
    assert choose(article(FRENCH, before=line), lang="en-GB") == "2026-08-05"


def test_modified() -> None:
    tree = parse(page("<p>x</p>", head=ld(dateModified="2026-05-09T08:00:00Z")).decode())
    assert not isinstance(tree, Refusal)
    data = collect(tree)
    assert choose_modified(data, "2026-05-08", NOW) == "2026-05-09T08:00:00Z"
    assert choose_modified(data, "2026-05-10", NOW) is None


def test_a_live_blog_keeps_its_first_day() -> None:
    head = meta("article:published_time", "2026-05-08T19:49:50Z") + meta("article:modified_time", "2026-05-08T19:49:50Z")
    first = '<div itemprop="datePublished" content="{}">x</div>'
    assert choose(first.format("2026-05-07T13:23:00Z"), head=head) == "2026-05-07T13:23:00Z"
    assert choose(first.format("2025-05-07T13:23:00Z"), head=head) == "2026-05-08T19:49:50Z"  # another story's card
    assert choose(first.format("2026-05-07T13:23:00Z"), head=head.replace("50Z", "51Z", 1)) == "2026-05-08T19:49:51Z"


def test_a_day_at_the_end_of_the_windows_title() -> None:
    tree = parse(page('<p class="date">02.05.2026</p>', title="Titre | Économie | 08.05.2026").decode())
    assert not isinstance(tree, Refusal)
    assert choose_published(tree, collect(tree), URL, None, NOW, vocabulary()) == "2026-05-08"


@pytest.mark.parametrize("printed", ['"publishedAt":"2026-05-08T10:00:00Z"', r'\"publishDate\":\"2026.05.08 10:00\"', '"firstPublishDate": "2026-05-08"'])
def test_script_data_is_the_last_resort(printed: str) -> None:
    script = f"<script>self.push({{{printed}}})</script>"
    assert str(choose(article(FRENCH) + script))[:10] == "2026-05-08"
    assert choose(article(FRENCH) + script, url="https://example.ma/2026/05/01/x") == "2026-05-01"
