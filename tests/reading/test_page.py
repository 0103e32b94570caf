"""Whole pages in the manner of real outlets."""

from __future__ import annotations

import json

from crawler.outcomes import Outcome
from crawler.reading import Document, Hints, Page, Unreadable, read_page
from tests.reading.samples import ARABIC, ENGLISH, FRENCH, NOW, SPANISH, article, page

URL = "https://www.courrier-rif.ma/economie/atlas-calcul-nador-123.html"


def read(body: bytes, *, url: str = URL, content_type: str = "text/html; charset=utf-8", hints: Hints | None = None) -> Document:
    found = read_page(Page(url, body, content_type, hints or Hints()), now=NOW)
    assert isinstance(found, Document), found
    return found


def test_a_wordpress_article_with_everything() -> None:
    graph = {"@context": "https://schema.org", "@graph": [
        {"@type": "NewsArticle", "headline": "Atlas Calcul veut bâtir à Nador", "datePublished": "2026-05-07T09:30:00+01:00",
         "dateModified": "2026-05-08T10:00:00+01:00", "author": [{"@type": "Person", "name": "Salma Idrissi"}],
         "publisher": {"@type": "Organization", "name": "Le Courrier du Rif"}, "articleSection": "Économie", "keywords": ["Nador", "IA"]},
        {"@type": "WebSite", "name": "Le Courrier du Rif"}]}
    head = (f"<script type='application/ld+json'>{json.dumps(graph)}</script><link rel='canonical' href='{URL}?amp=1'>"
            "<meta property='og:title' content='Atlas Calcul veut bâtir à Nador - Le Courrier du Rif'>"
            "<meta property='og:site_name' content='Le Courrier du Rif'><meta property='og:image' content='/img/nador.jpg'>")
    also = "<p><strong>Lire aussi :</strong> <a href='/x'>Le port de Nador s'agrandit encore cette année</a></p>"
    text = "".join(f"<p>{text}</p>" for text in FRENCH[:3]) + f"{also}<p>{FRENCH[3]}</p>"
    body = f"<article><h1>Atlas Calcul veut bâtir à Nador</h1><div class='entry-content'>{text}</div><ul><li>Facebook</li></ul></article>"
    found = read(page(body, head=head), url=URL + "?utm_source=rss")
    assert found.title == "Atlas Calcul veut bâtir à Nador"
    assert found.text == "\n\n".join(FRENCH)
    assert (found.published, found.modified) == ("2026-05-07T08:30:00Z", "2026-05-08T09:00:00Z")
    assert (found.authors, found.outlet, found.site) == (("Salma Idrissi",), "Le Courrier du Rif", "Le Courrier du Rif")
    assert found.canonical_url == "https://courrier-rif.ma/economie/atlas-calcul-nador-123.html"
    assert found.image == "https://www.courrier-rif.ma/img/nador.jpg"
    assert (found.section, found.tags, found.language, found.method) == ("Économie", ("Nador", "IA"), "fr", "trafilatura")


def test_an_arabic_page_in_windows_1256_without_a_header() -> None:
    head = "<meta http-equiv='Content-Type' content='text/html; charset=windows-1256'>"
    body = article(ARABIC, heading="أطلس تقدم مخططات مركز الناظور", before="<span class='date-post'>الخميس 7 ماي 2026 - 10:15</span>")
    html = page(body, lang="ar", title="أطلس تقدم مخططات مركز الناظور - بريد الريف").decode()
    raw = html.replace("<meta charset='utf-8'>", head).encode("cp1256", "xmlcharrefreplace")
    found = read(raw, content_type="text/html")
    assert found.title == "أطلس تقدم مخططات مركز الناظور"
    assert (found.text, found.language, found.published) == ("\n\n".join(ARABIC), "ar", "2026-05-07")
    assert read(raw.replace(head.encode(), b""), content_type="text/html").text == found.text


def test_an_aggregator_names_the_first_publisher_and_links_to_it() -> None:
    link = "<p><a href='https://www.yabiladi.com/articles/details/1/atlas.html'>Cliquez ici pour lire l'article depuis sa source.</a></p>"
    before = "<div>Publié dans Yabiladi le 07 - 05 - 2026</div>"
    body = f"<div><h1>Atlas shows its plans in Nador</h1>{before}<div class='text'>" + "".join(f"<p>{text}</p>" for text in ENGLISH)
    found = read(page(f"{body}{link}</div></div>", title="Maghress : Atlas shows its plans in Nador"), url="https://www.maghress.com/en/1",
                 hints=Hints(outlet="Maghress", languages=("fr",), aggregator=True))
    assert (found.outlet, found.site, found.published) == ("Yabiladi", "Maghress", "2026-05-07")
    assert found.origin_url == "https://www.yabiladi.com/articles/details/1/atlas.html"
    assert found.text == "\n\n".join(ENGLISH)
    assert (found.title, found.language) == ("Atlas shows its plans in Nador", "en")


def test_furniture_of_a_plain_page_with_the_sites_own_name() -> None:
    body = ("<p><a href='/'>Le Courrier du Rif</a> &middot; Économie</p><h2>Atlas Calcul veut bâtir à Nador</h2><p><small>8 mai 2026</small></p>"
            + "".join(f"<p>{text}</p>" for text in FRENCH) + "<hr><p><small>Mentions légales - Hébergé dans un data center</small></p>")
    found = read(page(body, title="Atlas Calcul veut bâtir à Nador : Le Courrier du Rif"))
    assert (found.title, found.outlet, found.published) == ("Atlas Calcul veut bâtir à Nador", "Le Courrier du Rif", "2026-05-08")
    assert found.text == "\n\n".join(FRENCH)


def test_an_address_is_no_outlet() -> None:
    assert read(page(article(FRENCH)), url="http://127.0.0.1:8000/a").outlet is None


def test_an_agency_copy() -> None:
    found = read(page(article([f"Nador (MAP) - {FRENCH[0]}", *FRENCH[1:]])))
    assert found.outlet == "MAP"
    assert found.site == "courrier-rif.ma"


def test_an_old_table_layout() -> None:
    rows = "".join(f"<p><font size='2'>{text}</font></p>" for text in SPANISH)
    body = (f"<table><tr><td><ul><li><a href='/1'>Deportes</a></li></ul></td><td><h1>Atlas presenta sus planos en Nador</h1>"
            f"<font>16 de septiembre de 2025</font>{rows}</td></tr></table>")
    found = read(page(body, lang="es", title="Atlas presenta sus planos en Nador | El Faro"))
    assert (found.title, found.published, found.language) == ("Atlas presenta sus planos en Nador", "2025-09-16", "es")
    assert found.text == "\n\n".join(SPANISH)


def test_a_sidebar_of_other_stories_stays_out() -> None:
    cards = "".join(f"<a href='/s{n}'><div><h3>Un data center de {n}00 MW à Fès</h3><p>Une annonce de la semaine {n}, encore à confirmer.</p></div></a>"
                    for n in range(1, 5))
    found = read(page(article(FRENCH, after=f"<div class='related-list'>{cards}</div>") + f"<aside>{cards}</aside>"))
    assert found.text == "\n\n".join(FRENCH)


def test_the_lead_between_headline_and_body() -> None:
    lead = "Atlas Calcul a choisi la province pour son premier site africain, dont les travaux doivent durer trois ans."
    head = f"<meta property='og:description' content='{lead.replace(chr(39), '&#39;')}'>"
    body = f"<header><h1>Atlas Calcul veut bâtir à Nador</h1><div class='chapo'>{lead}</div></header>{article(FRENCH, heading='')}"
    assert read(page(body, head=head)).text == "\n\n".join([lead, *FRENCH])


def test_feed_hints_are_weighed() -> None:
    hints = Hints(published="2026-05-06T22:00:00Z", authors=("Un autre",), outlet="Le Courrier du Rif", languages=("fr",))
    found = read(page(article(FRENCH)), hints=hints)
    assert (found.published, found.authors, found.outlet) == ("2026-05-06T22:00:00Z", ("Un autre",), "Le Courrier du Rif")
    assert read(page(article(FRENCH)), hints=Hints(published="2031-01-01")).published is None


def test_text_is_clean() -> None:
    texts = [FRENCH[0].replace("centre", "cen&shy;tre"), f"{FRENCH[1]}&#x200f;&#8203;", "E\u0301tude : " + FRENCH[2], FRENCH[3]]
    found = read(page(article(texts)))
    assert found.text.split("\n\n")[0] == FRENCH[0]
    assert found.text.split("\n\n")[1] == FRENCH[1]
    assert found.text.split("\n\n")[2].startswith("Étude : ")


def test_a_page_that_a_browser_builds_is_read_from_its_data() -> None:
    state = {"props": {"pageProps": {"article": {"title": "x", "content": [{"type": "text", "content": text} for text in FRENCH]}}}}
    body = f"<h1>Atlas Calcul veut bâtir à Nador</h1><div id='__next'></div><script id='__NEXT_DATA__' type='application/json'>{json.dumps(state)}</script>"
    found = read(page(body))
    assert (found.method, found.text) == ("script", "\n\n".join(FRENCH))


def test_pages_without_an_article() -> None:
    for body in (b"", b"\x00" * 10, b"<html></html>", page("<ul><li><a href='/a'>Menu</a></li></ul>"), b"   \n"):
        found = read_page(Page(URL, body, "text/html"), now=NOW)
        assert isinstance(found, Unreadable)
        assert found.outcome is Outcome.READ_EMPTY
        assert found.reason


def test_a_sources_own_selectors_take_blocks_out() -> None:
    ticker = f"<div class='ticker'><p>{ENGLISH[0]}</p><p>{ENGLISH[1]}</p></div>"
    body = page(article([*FRENCH[:2], ticker, *FRENCH[2:]]))
    assert ENGLISH[0] in read(body).text
    assert read(body, hints=Hints(prune=("div.ticker",))).text == read(page(article(FRENCH))).text
    assert read(body, hints=Hints(prune=("html", "body", "nosuch"))).text == read(body).text
    nothing = read_page(Page(URL, body, "text/html", Hints(prune=("main",))), now=NOW)
    assert isinstance(nothing, Unreadable)
    assert nothing.reason == "no article text was found; `prune` of its source took 1 blocks out"
