"""What goes from a page's tree before extraction, and what looks alike and stays."""

from __future__ import annotations

import pytest
from lxml.html import HtmlElement, document_fromstring

from crawler.reading.boxes import prune_boxes
from crawler.reading.furniture import is_furniture, without_headings, without_tail
from crawler.reading.paragraphs import key_of
from crawler.reading.pruning import join_bodies, pointers, prune_links
from crawler.reading.stories import prune_next_stories
from crawler.reading.vocabulary import vocabulary
from tests.reading.samples import FRENCH, paragraphs

WORDS = vocabulary()
STORY = paragraphs(FRENCH)


def tree(body: str) -> HtmlElement:
    return document_fromstring(f"<html><body>{body}</body></html>")


@pytest.mark.parametrize(("block", "goes"), [
    ("<p class='sr-only'>XX</p>", True), ("<div style='color:red; display : none'>XX</div>", True), ("<div hidden>XX</div>", True),
    ("<div class='hidden md:block'>XX</div>", False), (f"<div class='hidden'>XX{STORY * 3}</div>", False),
    ("<span class='image__caption'>XX</span>", True), (f"<div class='has-caption'>XX{STORY}</div>", False),
    ("<div class='Newsletter-box'><p>XX</p></div>", True), ("<div id='cookie-note'>XX</div>", True),
    ("<div class='post tag-newsletter category-cookie'>XX</div>", False), ("<div class='newsletter'><h1>XX</h1></div>", False),
    (f"<div class='newsletter'>XX{STORY * 4}</div>", False), ("<em class='consent'>XX</em>", False),
])
def test_small_boxes_go(block: str, goes: bool) -> None:
    page = tree(f"{STORY * 6}{block}")
    prune_boxes(page, WORDS)
    assert ("XX" not in page.text_content()) is goes


@pytest.mark.parametrize(("block", "points"), [
    ("<li><b>Ports:</b> <a href='/x'>How the harbour grew so large</a></li>", True),
    ("<p>Et pourquoi pas ? <a href='/x'>Le port change de visage</a> »</p>", True),
    ("<li>Source : <a href='/x'>Le port change de visage</a></li>", False),
    ("<li>6 mai 2026 : <a href='/x'>Le port change de visage</a></li>", False),
    ("<p>Elle dirige : <a href='/x'>le grand port de Nador</a> depuis mai.</p>", False),
    ("<p>Elle dirige le port, dit-on à la : <a href='/x'>Gazette du port de Nador</a>, depuis.</p>", False),
    ("<p>Voir : <a href='/x'>ici</a></p>", False), ("<p>Un paragraphe sans aucun lien dans son texte :</p>", False),
])
def test_a_label_and_a_link_point_elsewhere(block: str, points: bool) -> None:
    page = tree(block)
    text = " ".join(page.text_content().split())
    assert (key_of(text) in pointers(page, WORDS)) is points


def test_a_sentence_of_linked_names_stays() -> None:
    names = ", ".join(f"<a href='/{name}'>{name}</a>" for name in ("Nador", "Berkane", "Oujda", "Driouch", "Taza"))
    page = tree(f"<p>{names}</p><p><a href='/1'>Un port neuf ouvre ses portes</a> <a href='/2'>Une gare aussi</a></p>")
    prune_links(page)
    assert page.text_content() == "Nador, Berkane, Oujda, Driouch, Taza"


_OWN = f"<h1>Nador ouvre un port sec</h1><div class='body'>{STORY}</div>"
_NEXT = "<h1>Une gare pour Berkane</h1><time>6 mai</time><div class='body'>" + STORY.replace("<p>", "<p>Autre. ") + "</div>"


@pytest.mark.parametrize(("body", "dropped"), [
    (f"<div class='a'>{_OWN}</div><div class='a'>{_NEXT}</div><div class='a'>{_NEXT}</div>", 2),
    (f"<article>{_OWN}</article><article>{_NEXT.replace('<time>6 mai</time>', '')}</article>", 1),
    (f"<section class='a'>{_OWN}</section><section class='b'>{_NEXT.replace('<time>6 mai</time>', '')}</section>", 0),
    (f"<div>{_OWN}{_NEXT}</div>", 0), (f"<article><h1>Nador ouvre un port sec</h1></article><article>{_NEXT}</article>", 0),
    (f"<article>{_NEXT}</article><article>{_OWN}</article>", 0), (f"<article>{_OWN}</article><article><h1>Une gare</h1></article>", 0),
    (f"<article>{_OWN}</article><article>{_NEXT.replace('Une gare pour Berkane', 'Nador ouvre un port sec')}</article>", 0),
])
def test_the_next_story_goes(body: str, dropped: int) -> None:
    page = tree(body)
    assert prune_next_stories(page, frozenset({key_of("Nador ouvre un port sec")})) == dropped
    assert page.text_content().count(FRENCH[0]) == body.count(FRENCH[0]) - dropped


def test_bodies_behind_another_headline_are_not_joined() -> None:
    part = f"<div><div class='body articleBody'>{STORY}</div></div>"
    whole, apart = tree(part + part), tree(f"{part}<h1>Une gare</h1>{part}")
    for page in (whole, apart):
        join_bodies(page)
    sizes = [[len(element) for element in page.find_class("articleBody")] for page in (whole, apart)]
    assert sizes == [[2 * len(FRENCH), 0], [len(FRENCH)] * 2]


@pytest.mark.parametrize(("line", "goes"), [
    ("Photo : Salma Idrissi", True), ("© Photo by Omar", True), ("STR/AFP via Getty Images", True), ("صورة: سلمى", True),
    ("Suivez Le Courrier sur WhatsApp et Facebook", True), ("Follow @courrier on Twitter for more", True), ("تابعوا آخر الأخبار على واتساب", True),
    ("Suivez le conseil de ses ingénieurs, dit-elle", False), ("Le ministre suit l'affaire sur Facebook", False),
    ("Photo de famille au port", False), ("Image and reality are far apart", False), ("The port is shown by Getty Images", False),
])
def test_picture_credits(line: str, goes: bool) -> None:
    assert is_furniture(line, WORDS) is goes


def test_credits_and_other_wordings_of_the_headline() -> None:
    assert without_tail([*FRENCH, "Reporting by Omar Tazi; Editing by Salma Idrissi"], WORDS) == FRENCH
    assert without_tail(["Editing by hand is slow", *FRENCH], WORDS) == ["Editing by hand is slow", *FRENCH]
    heading = "Un autre titre du même article"
    assert without_headings([heading, *FRENCH], frozenset({key_of(heading)})) == FRENCH
    assert without_headings([*FRENCH, heading], frozenset({key_of(heading)})) == [*FRENCH, heading]
    assert without_headings([heading], frozenset({key_of(heading)})) == [heading]
