"""Who wrote it."""

from __future__ import annotations

import json
from typing import Any

import pytest

from crawler.reading.authors import choose_authors, clean_names
from crawler.reading.guards import Refusal, parse
from crawler.reading.structured import collect
from crawler.reading.vocabulary import vocabulary
from tests.reading.samples import page

SITE = ("Le Courrier du Rif", "courrier-rif.ma", "LCR")


def choose(author: Any = None, head: str = "", body: str = "<p>x</p>") -> tuple[str, ...]:
    if author is not None:
        head += f'<script type="application/ld+json">{json.dumps({"@type": "NewsArticle", "headline": "x", "author": author})}</script>'
    tree = parse(page(body, head=head).decode())
    assert not isinstance(tree, Refusal)
    return choose_authors(tree, collect(tree), SITE, vocabulary())


@pytest.mark.parametrize(("printed", "names"), [
    ("Par Salma Idrissi", ["Salma Idrissi"]), ("By Omar Tazi and Lina Berrada", ["Omar Tazi", "Lina Berrada"]),
    ("Salma Idrissi, Omar Tazi", ["Salma Idrissi", "Omar Tazi"]), ("بقلم: سلمى الإدريسي", ["سلمى الإدريسي"]),
    ("Salma Idrissi (@salma)", ["Salma Idrissi"]), ("s.idrissi@example.ma", []), ("https://example.ma/author/salma", []),
    ("Omar Tazi | Chef de rubrique", ["Omar Tazi"]), ("Omar Tazi, journaliste, avec agences", ["Omar Tazi"]), ("Von Anna Berg, Jörg Ahlers", ["Anna Berg", "Jörg Ahlers"]),
    ("Salma Idrissi 07.05.2026, 10:15", ["Salma Idrissi"]), ("null", []), ("x" * 80, []), ("Salma Idrissi; Salma IDRISSI", ["Salma Idrissi"]),
])
def test_printed_names(printed: str, names: list[str]) -> None:
    assert clean_names([printed], vocabulary()) == names


@pytest.mark.parametrize(("author", "names"), [
    ({"@type": "Person", "name": "Salma Idrissi"}, ("Salma Idrissi",)), ("Salma Idrissi", ("Salma Idrissi",)),
    ([{"name": "Salma Idrissi"}, {"name": "Omar Tazi"}], ("Salma Idrissi", "Omar Tazi")), ({"name": ["Salma Idrissi"]}, ("Salma Idrissi",)),
    ({"givenName": "Salma", "familyName": "Idrissi"}, ("Salma Idrissi",)), ([], ()), ({"name": None}, ()), (7, ()),
])
def test_structured_authors(author: Any, names: tuple[str, ...]) -> None:
    assert choose(author) == names


def test_people_stand_before_the_site_and_its_desk() -> None:
    assert choose({"name": "Le Courrier du Rif"}, '<meta name="author" content="Omar Tazi">') == ("Omar Tazi",)
    assert choose([{"name": "Rédaction"}, {"name": "Omar Tazi"}]) == ("Omar Tazi",)
    assert choose({"name": "Le Courrier du Rif"}) == ("Le Courrier du Rif",)


def test_an_author_named_by_reference() -> None:
    graph = {"@graph": [{"@type": "NewsArticle", "headline": "x", "author": {"@id": "#7"}}, {"@type": "Person", "@id": "#7", "name": "Omar Tazi"}]}
    assert choose(head=f'<script type="application/ld+json">{json.dumps(graph)}</script>') == ("Omar Tazi",)


def test_labels_of_cards_and_bylines() -> None:
    head = '<meta name="twitter:label1" content="Écrit par"><meta name="twitter:data1" content="Omar Tazi">'
    assert choose(head=head) == ("Omar Tazi",)
    assert choose(body="<h1>x</h1><span class='author'>Par <a href='/a'>Salma Idrissi</a></span><p>y</p>") == ("Salma Idrissi",)
    assert choose(body="<h1>x</h1><aside><span class='author'>Un chroniqueur</span></aside>") == ()


def test_letters_of_the_site_and_a_place_are_a_desk() -> None:
    assert choose([{"name": "Omar Tazi"}, {"name": "LCR Nador"}]) == ("Omar Tazi",)


def test_a_link_to_an_authors_page_counts_behind_a_word_for_by() -> None:
    link = '<a href="/auteur/omar-tazi">Omar Tazi</a>'
    assert choose({"name": "Le Courrier du Rif"}, body=f"<p>Par {link}</p>") == ("Omar Tazi",)
    assert choose({"name": "Le Courrier du Rif"}, body=f"<p>Lire ses articles : {link}</p>") == ("Le Courrier du Rif",)
