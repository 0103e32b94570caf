"""Smaller parts: furniture lines, pruning, leads, script data, metadata, structured data, vocabulary."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from lxml.html import HtmlElement, document_fromstring

from crawler.configuration.locate import PACKAGED, ConfigFolder
from crawler.errors import ConfigError
from crawler.reading.furniture import (
    ends_article,
    is_furniture,
    without_furniture,
    without_head,
    without_tail,
    without_title,
)
from crawler.reading.lead import find_lead, with_lead
from crawler.reading.metadata import canonical_of, host_label, image_of, site_of
from crawler.reading.paragraphs import clean_line, key_of, lines_of, mend
from crawler.reading.pruning import join_bodies, prune_cards, prune_links, unwrap_layout_tables
from crawler.reading.scriptdata import script_body
from crawler.reading.structured import Structured, collect, load_json, text_of
from crawler.reading.vocabulary import load_vocabulary, vocabulary
from tests.reading.samples import ENGLISH, FRENCH, article, paragraphs

WORDS = vocabulary()


def tree(body: str) -> HtmlElement:
    return document_fromstring(f"<html><head><title>x</title></head><body>{body}</body></html>")


@pytest.mark.parametrize("line", [
    "Lire aussi : Le port s'agrandit", "» A LIRE AUSSI | Un sujet", "Read more: The port grows", "ALSO READ - The port", "اقرأ أيضا: الميناء", "إقرأ أيضاً الميناء",
    "Te puede interesar: El puerto", "Leer también El puerto", "Partager sur Facebook", "Publicité", "ADVERTISEMENT", "Suivez-nous sur WhatsApp", "شارك المقال",
])
def test_furniture(line: str) -> None:
    assert is_furniture(line, WORDS)


@pytest.mark.parametrize("line", [
    *FRENCH, *ENGLISH, "Lire est un plaisir.", "Les ressources partagées sur le site seront ouvertes.", "Publicités et recettes ont doublé.",
    "Read the report before you vote", "Suivez bien ce dossier",
])
def test_sentences_are_no_furniture(line: str) -> None:
    assert not is_furniture(line, WORDS)
    assert not ends_article(line, WORDS)


def test_a_footer_cuts_only_in_the_later_part() -> None:
    for comments in ("Commentaires (3)", "3 commentaires", "التعليقات (٣)", "Comments"):
        assert without_furniture([*FRENCH, comments, "Bravo pour ce projet."], WORDS) == FRENCH
    lines = ["Articles similaires", *FRENCH]
    assert without_furniture(lines, WORDS) == FRENCH
    assert without_furniture([*FRENCH, "Articles similaires", "Un autre titre", "Encore un"], WORDS) == FRENCH


def test_head_and_tail() -> None:
    assert without_head(["Économie", "Par Salma Idrissi", "8 mai 2026", *FRENCH], WORDS) == FRENCH
    assert without_head(["Par nature, ce chantier sera long.", *FRENCH], WORDS) == ["Par nature, ce chantier sera long.", *FRENCH]
    assert without_head(["- 120 MW", "Puissance : 40 MW", *FRENCH], WORDS) == ["- 120 MW", "Puissance : 40 MW", *FRENCH]
    row = ["- Le port de Nador s'agrandit encore cette année", "- La ligne de train vers Fès rouvre en septembre"]
    assert without_tail([*FRENCH, *row], WORDS) == FRENCH
    assert without_tail([*FRENCH, "- 120 MW", "- 400 emplois"], WORDS) == [*FRENCH, "- 120 MW", "- 400 emplois"]
    assert without_tail([*FRENCH, "© 2026 Le Courrier du Rif", "Contact : s.idrissi@example.ma"], WORDS) == FRENCH
    note = "Ce contenu est masqué en raison de vos choix de confidentialité sur ce site."
    assert without_tail([FRENCH[0], note, FRENCH[1], note, FRENCH[2], note], WORDS) == FRENCH[:3]
    assert without_tail([note] * 5, WORDS) == [note] * 5


def test_titles_at_the_head_of_a_text() -> None:
    assert without_title(["ATLAS CALCUL VEUT BÂTIR À NADOR", *FRENCH], "Atlas Calcul veut bâtir à Nador") == FRENCH
    assert without_title([FRENCH[0], "Atlas Calcul veut bâtir à Nador", *FRENCH[1:]], "Atlas Calcul veut bâtir à Nador") == FRENCH
    assert without_title(FRENCH, None) == FRENCH
    assert without_title(FRENCH, "Atlas") == FRENCH


def test_lines_are_clean() -> None:
    assert lines_of("  un \t deux\u200b\r\n\n\x07trois\u202e\n\u00a0\n386\u00a0MW") == ["un deux", "trois", "386\u00a0MW"]
    assert clean_line("E\u0301te\u0301\n fin") == "Été fin"
    assert key_of("«L’Été» — à Nador!") == "l ete a nador"
    assert mend(["Le chantier doit commencer", "au printemps prochain.", "- un point", "suite du texte ici"])[0] == "Le chantier doit commencer au printemps prochain."


def test_links_alone_go_and_links_in_sentences_stay() -> None:
    page = tree(f"<div><p><a href='/x'>Le port de Nador s'agrandit encore</a></p><p>{FRENCH[0]} <a href='/y'>Voir le plan du site</a></p>"
                "<h2><a href='/z'>Le titre d'un tout autre sujet</a></h2><li><a href='/t'>Économie</a></li></div>")
    prune_links(page)
    text = page.text_content()
    assert "port" not in text
    assert "autre sujet" not in text
    assert "Voir le plan" in text
    assert "Économie" in text


def test_cards_go_unless_they_are_the_page() -> None:
    card = f"<a href='/x'><div><h3>Un autre projet à Fès</h3><p>{FRENCH[1]}</p></div></a>"
    page = tree(article(FRENCH * 2) + card)
    prune_cards(page)
    assert "Fès" not in page.text_content()
    whole = tree(f"<a href='/'><div>{paragraphs(FRENCH)}</div></a>")
    prune_cards(whole)
    assert FRENCH[3] in whole.text_content()


def test_bodies_in_several_containers_become_one() -> None:
    parts = "".join(f"<div class='story-body'><p>{text}</p></div><div class='pub'>x</div>" for text in FRENCH)
    page = tree(f"<article>{parts}</article>")
    join_bodies(page)
    assert len(page.find(".//div[@class='story-body']")) == 4
    beside = tree("<div>" + "".join(f"<div class='articleBody {n}'><p>{text}</p></div>" for n, text in enumerate(FRENCH)) + "</div>")
    join_bodies(beside)
    assert len(beside.find(".//div[@class='articleBody 0']")) == 4


def test_layout_tables_but_no_figures() -> None:
    page = tree(f"<table><tr><td><h1>x</h1>{paragraphs(FRENCH)}</td></tr></table><table id='t'><tr><td>120</td><td>MW</td></tr></table>")
    unwrap_layout_tables(page)
    assert [element.get("id") for element in page.iter("table")] == ["t"]


def test_leads() -> None:
    data = Structured(meta={"og:description": [FRENCH[0][:60] + "..."]})
    assert find_lead(tree(f"<h1>x</h1><p class='chapo'>{FRENCH[0]}</p>"), data) == FRENCH[0]
    assert find_lead(tree(f"<h1>x</h1><p>{FRENCH[0]}</p>"), data) == FRENCH[0]
    assert find_lead(tree(f"<aside><p>{FRENCH[0]}</p></aside>"), data) is None
    assert find_lead(tree(f"<p class='chapo'>{FRENCH[1]}</p>"), data) is None
    assert with_lead(FRENCH, FRENCH[0]) == FRENCH
    assert with_lead(FRENCH[1:], FRENCH[0]) == FRENCH


def test_script_data_in_three_manners() -> None:
    html = paragraphs(FRENCH)
    flight = f"<script>self.__next_f.push([1,{json.dumps('24:T1b7b,' + html)}])</script>"
    state = f"<script>window.__PRELOADED_STATE__ = {json.dumps({'a': {'body': html}})};</script>"
    fusion = f"<script>Fusion.globalContent={json.dumps({'content_elements': [{'type': 'text', 'content': t} for t in FRENCH]})};Fusion.x=1</script>"
    for source in (flight, state, fusion):
        assert script_body(tree(source.replace("</p>", "<\\/p>") if source is not flight else source)) == FRENCH
    assert script_body(tree("<script>var a = 1;</script><script type='application/json'>{broken</script>")) == []


def test_json_as_sites_write_it() -> None:
    assert load_json('<!-- {"a": "b\nc",} -->') == {"a": "b\nc"}
    assert load_json("//<![CDATA[\n[1, 2,]\n//]]>") == [1, 2]
    assert load_json("{") is None
    assert load_json("[" * 100_000) is None
    assert text_of(["<b>L&#39;été</b>"]) == "L'été"
    assert text_of({"@value": "x"}) == "x"
    assert text_of(7) is None


def test_the_article_among_the_nodes() -> None:
    nodes = [{"@type": "Organization", "name": "x"}, {"@type": ["NewsArticle"], "headline": "Un titre"}, {"@type": "Article", "datePublished": "2026"}]
    data = collect(tree(f"<script type='application/ld+json'>{json.dumps(nodes)}</script>"))
    assert (data.article["headline"], data.article["datePublished"]) == ("Un titre", "2026")


@pytest.mark.parametrize(("canonical", "expected"), [
    ("https://example.ma/eco/titre", "https://example.ma/eco/titre"), ("/eco/titre?utm_source=x", "https://example.ma/eco/titre"),
    ("https://autre.com/titre", "https://example.ma/eco/titre-1"), ("https://example.ma/", "https://example.ma/eco/titre-1"),
    ("javascript:void(0)", "https://example.ma/eco/titre-1"), ("http://[", "https://example.ma/eco/titre-1"), (None, "https://example.ma/eco/titre-1"),
])
def test_canonical_addresses(canonical: str | None, expected: str) -> None:
    assert canonical_of(Structured(canonical=canonical), "https://www.example.ma/eco/titre-1?fbclid=3") == expected


def test_sites_and_images() -> None:
    site = site_of(Structured(meta={"og:site_name": ["Medias24"]}), "https://medias24.com/a", WORDS)
    assert site.name == "Médias24"
    assert "medias24" in site.names
    assert site_of(Structured(), "https://www.exemple.co.ma/a", WORDS).name == "exemple.co.ma"
    assert host_label("https://fr.hespress.com/1") == ("hespress", "hespress.com")
    assert image_of(Structured(article={"image": [{"url": "/a.jpg"}]}), "https://example.ma/x/y") == "https://example.ma/a.jpg"
    assert image_of(Structured(article={"image": "data:image/png;base64,xx"}), "https://example.ma/") is None


def test_a_users_vocabulary_lies_over_the_packaged_one(tmp_path: Path) -> None:
    (tmp_path / "outlets.yml").write_text("outlets:\n  - {name: Le Phare, aliases: [Phare du Sud]}\n", encoding="utf-8")
    words = load_vocabulary(ConfigFolder(tmp_path))
    assert words.outlets == {"le phare": "Le Phare", "phare du sud": "Le Phare"}
    assert words.months == load_vocabulary(ConfigFolder(PACKAGED)).months


def test_a_wrong_file_names_line_and_key(tmp_path: Path) -> None:
    (tmp_path / "outlets.yml").write_text("outlets:\n  - {name: Le Phare, alias: [x]}\n", encoding="utf-8")
    with pytest.raises(ConfigError, match=r"outlets\.yml, line 2: .*alias.*did you mean 'aliases'"):
        load_vocabulary(ConfigFolder(tmp_path))


def test_every_month_has_its_names() -> None:
    assert sorted(set(WORDS.months.values())) == list(range(1, 13))
    assert all(sum(number == month for number in WORDS.months.values()) >= 10 for month in range(1, 13))
