"""The headline, by agreement of those who should know it."""

from __future__ import annotations

import pytest
from lxml.html import HtmlElement

from crawler.reading.guards import Refusal, parse
from crawler.reading.structured import collect
from crawler.reading.titles import choose_title, strip_site
from tests.reading.samples import page

SITE = ("Le Courrier du Rif", "courrier-rif.ma", "courrier-rif")
LONG = "Atlas Calcul veut bâtir un centre de données à Nador"


def tree(body: str, head: str = "", title: str = "") -> HtmlElement:
    found = parse(page(body, head=head, title=title).decode())
    assert not isinstance(found, Refusal)
    return found


def choose(body: str, head: str = "", title: str = "", hint: str | None = None) -> str | None:
    found = tree(body, head, title)
    return choose_title(found, collect(found), SITE, hint)


def ld(headline: str) -> str:
    return f'<script type="application/ld+json">{{"@type": "NewsArticle", "headline": "{headline}"}}</script>'


def og(title: str) -> str:
    return f'<meta property="og:title" content="{title}">'


@pytest.mark.parametrize(("title", "kept"), [
    (f"{LONG} - Le Courrier du Rif", LONG), (f"{LONG} | Économie | Le Courrier du Rif", f"{LONG} | Économie"),
    (f"Le Courrier du Rif : {LONG}", LONG), (f"{LONG} — courrier-rif.ma", LONG), (f"Le Courrier du Rif | {LONG}", LONG),
    ("Nador - Tanger : la ligne rouvre", "Nador - Tanger : la ligne rouvre"), (LONG, LONG), ("Le Courrier du Rif", "Le Courrier du Rif"),
])
def test_site_names_are_cut(title: str, kept: str) -> None:
    assert strip_site(title, {"le courrier du rif", "courrier rif ma"}) == kept


def test_h1_alone_and_og_alone_and_window_alone() -> None:
    assert choose(f"<h1>{LONG}</h1>") == LONG
    assert choose("<p>x</p>", og(f"{LONG} - Le Courrier du Rif")) == LONG
    assert choose("<p>x</p>", title=f"{LONG} | Le Courrier du Rif") == LONG
    assert choose("<p>x</p>") is None
    assert choose("<p>x</p>", hint=LONG) == LONG


def test_an_h1_with_the_sites_name_is_no_title() -> None:
    assert choose(f"<h1>Le Courrier du Rif</h1><h2>{LONG}</h2>", og(LONG)) == LONG
    assert choose(f"<h1><a href='/'>Courrier-Rif.ma</a></h1><h1>{LONG}</h1>", title=f"{LONG} - Courrier-Rif.ma") == LONG


def test_the_declared_headline_goes_before_another_wording() -> None:
    assert choose(f"<h1>{LONG}</h1>", ld(LONG) + og("Le grand projet d'Atlas, expliqué en cinq questions")) == LONG
    assert choose("<h1>Un kicker et un titre</h1>", ld(LONG) + og(LONG)) == LONG


def test_a_shortened_headline_gives_way_to_the_whole_one() -> None:
    assert choose(f"<h1>{LONG}</h1>", ld("Atlas Calcul veut bâtir un centre de don...")) == LONG


def test_sections_behind_the_headline_are_cut_by_the_h1() -> None:
    assert choose(f"<h1>{LONG}</h1>", og(f"{LONG} - Économie - Nador")) == LONG


def test_a_generic_og_title_is_not_believed() -> None:
    assert choose(f"<h1>{LONG}</h1>", og("Toute l'actualité économique")) == LONG


def test_arabic_headlines() -> None:
    title = "أطلس تقدم مخططات مركز البيانات بالناظور"
    assert choose(f"<h1>{title}</h1>", og(f"{title} | بريد الريف")) == title


def test_the_printed_headline_goes_before_its_own_with_a_kicker_or_its_short_form() -> None:
    assert choose(f"<h1>{LONG}</h1>", ld(f"« Projet Atlas »: {LONG}") + og(LONG)) == LONG
    head = ld("Atlas et Nador").replace('"headline"', f'"alternativeHeadline": "{LONG}", "headline"') + og(LONG)
    assert choose(f"<h1>{LONG}</h1>", head) == LONG
    assert choose("<h1>Nador</h1>", ld("Centre de données : Nador") + og("Nador")) == "Centre de données : Nador"


def test_what_follows_the_declared_headline_is_section_and_site() -> None:
    assert choose("<p>x</p>", f'<meta name="headline" content="{LONG}">' + og(f"{LONG}-Économieㅣle-rif")) == LONG
