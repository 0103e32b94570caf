"""Article links found by their looks, on listings of many makes and in several scripts; and what is none."""

from __future__ import annotations

import pytest

from crawler.spiders.entry import ListingError
from crawler.spiders.section import NO_LIST, read_section
from tests.spiders.made import ARABIC, ENGLISH, FRENCH, MENU, TEMPLATES, page

HOME = "https://example.org"
URL = f"{HOME}/economie"


def found(body: str, url: str = URL) -> list[str]:
    return [entry.url for entry in read_section(url, body.encode(), "text/html; charset=utf-8", follow=None).entries]


@pytest.mark.parametrize("titles", [FRENCH, ARABIC, ENGLISH], ids=["fr", "ar", "en"])
@pytest.mark.parametrize("name", TEMPLATES)
def test_all_articles_and_nothing_else(name: str, titles: list[str]) -> None:
    body, links = TEMPLATES[name](titles)
    assert found(body) == [HOME + link for link in links]


@pytest.mark.parametrize("name", TEMPLATES)
def test_headlines_come_along(name: str) -> None:
    body, _ = TEMPLATES[name](ENGLISH)
    entries = read_section(URL, body.encode(), "text/html", follow=None).entries
    assert [entry.title for entry in entries] == ENGLISH


def test_machine_readable_dates_come_along() -> None:
    body, _ = TEMPLATES["wordpress"](FRENCH)
    entries = read_section(URL, body.encode(), "text/html", follow=None).entries
    assert [entry.published for entry in entries][:2] == ["2026-11-20T08:00:00Z", "2026-11-19T08:00:00Z"]
    followed = read_section(URL, body.encode(), "text/html", follow=r"/2026/11/").entries
    assert [(entry.url, entry.title, entry.published) for entry in followed] == [(e.url, e.title, e.published) for e in entries]


def test_dates_of_other_teasers_are_not_taken() -> None:
    body = page("<ul class='l'>" + "".join(f"<li><a href='/{n}1234-un-titre-de-mots.html'>{title}</a>"
                + ("<time datetime='2026-11-20'>hier</time>" if n == 2 else "") + "</li>" for n, title in enumerate(FRENCH)) + "</ul>")
    assert [entry.published for entry in read_section(URL, body.encode(), "", follow=None).entries] == [
        None, None, "2026-11-20", None, None, None]


@pytest.mark.parametrize("body", [
    page("<p>Rien ici.</p>"), page("<div><a href='/1234-un-titre-de-mots.html'>Un seul article sur cette page, sans voisins</a></div>"),
    page("<div>" + "".join(f"<a href='/rubrique/{n}'>Rubrique {n}</a>" for n in range(30)) + "</div>"),
    page("<div>" + "".join(f"<a href='https://elsewhere.example/{n}1234-un-titre-de-mots.html'>{title}</a>" for n, title in enumerate(FRENCH)) + "</div>"),
    page("<div>" + "".join(f"<p><a href='/{n}1234-un-titre-de-mots.html'>Lire la suite de l'article</a></p>" for n in range(9)) + "</div>"),
    page("<footer>" + "".join(f"<p><a href='/{n}1234-un-titre-de-mots.html'>{title}</a></p>" for n, title in enumerate(FRENCH)) + "</footer>"),
    page("<div role='navigation'>" + "".join(f"<p><a href='/{n}1234-un-titre-de-mots.html'>{title}</a></p>" for n, title in enumerate(FRENCH)) + "</div>"),
])
def test_what_is_no_list_says_so(body: str) -> None:
    with pytest.raises(ListingError) as caught:
        found(body)
    assert caught.value.reason == NO_LIST


def test_menus_are_never_taken() -> None:
    for make in TEMPLATES.values():
        body, _ = make(FRENCH)
        assert not {HOME + href for href, _ in MENU} & set(found(body))


@pytest.mark.parametrize("body", [
    "<div class='a'>" * 200 + "".join(f"<p><a href='/{n}'>x</a></p>" for n in range(3_000)),
    "<div>" + "".join(f"<a href='/{n}1234-un-titre-de-mots.html'>{FRENCH[n % 6]} {n}</a>" for n in range(6_000)) + "</div>",
    "<div>" * 5_000 + "<a href='/1-a'>" + "x" * 200_000,
])
def test_hostile_pages_end(body: str) -> None:
    """Pages of a size that no news site has; a quadratic walk over them would take minutes."""
    try:
        found(body)
    except ListingError as error:
        assert error.reason == NO_LIST  # noqa: PT017


@pytest.mark.parametrize(("url", "number", "body", "onward"), [
    (URL, 1, "<link rel='next' href='/economie?p=2'>", f"{URL}?p=2"),
    (URL, 1, "<a rel='next' href='/economie/page/2#top'>»</a>", f"{URL}/page/2"),
    (URL, 1, "<a href='/economie/page/2/'>2</a><a href='/economie/page/3/'>3</a>", f"{URL}/page/2/"),
    (f"{URL}/page/2/", 2, "<a href='/economie/'>1</a><a href='/economie/page/3/'>3</a>", f"{URL}/page/3/"),
    (URL, 1, "<a href='?page=0'>1</a><a href='?page=1'>2</a>", f"{URL}?page=1"),
    (f"{URL}?page=1", 2, "<a href='?page=0'>1</a><a href='?page=1'>2</a><a href='?page=2'>3</a>", f"{URL}?page=2"),
    (URL, 1, "<a href='/economie?page=2'>Suivant</a>", f"{URL}?page=2"),
    (URL, 1, "<a href='/sport/page/2'>2</a>", None),
    (URL, 1, "<link rel='next' href='https://elsewhere.example/economie?p=2'>", None),
    (URL, 1, "<a href='/economie/2-millions-de-dirhams.html'>2</a>", None),
    (URL, 1, "<a rel='next' href='http://[broken'>»</a>", None),
])
def test_the_next_page(url: str, number: int, body: str, onward: str | None) -> None:
    listing, _ = TEMPLATES["table"](FRENCH)
    whole = listing.replace("</body>", f"{body}</body>")
    assert read_section(url, whole.encode(), "", follow=r"/news\d+", page=number).more == onward
