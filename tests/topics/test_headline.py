"""What a headline says without naming the thing."""

from __future__ import annotations

import pytest

from crawler.topics import Topic
from crawler.topics.headline import names, shared, sought, stems


@pytest.mark.parametrize(("title", "terms", "sentence", "words"), [
    ("Lanthorn wins in Ringaskiddy", [], "Lanthorn can build in Ringaskiddy.", ["Lanthorn", "Ringaskiddy"]),
    ("Data centre for Hastings", ["data centre"], "A data centre opens near Hastings.", ["Hastings"]),
    ("Antilia elige Caucedo", [], "El sitio de Antilia es CAUCEDO, dijo Antilia.", ["Antilia", "CAUCEDO"]),
    ("رواد تختار ينبع", [], "اختارت شركة الرواد موقع ينبع", ["الرواد", "ينبع"]),
    ("It is on", [], "It is on.", []),
    ("", [], "Antilia.", []),
])
def test_words_of_the_headline_are_found_again(title: str, terms: list[str], sentence: str, words: list[str]) -> None:
    assert [sentence[start:end] for start, end in shared(sought(title, terms), sentence)] == words


@pytest.mark.parametrize(("word", "same"), [("والمركز", "مركز"), ("للشركه", "شركه"), ("Élégante", "elegant"), ("ال", "ال")])
def test_a_word_is_the_same_with_clitics_accents_and_endings(word: str, same: str) -> None:
    assert stems(word) == stems(same)


def test_names_are_capitals_inside_a_line() -> None:
    text = "Yesterday Orange and MTC met «Paratus» in Walvis Bay. اليوم"
    assert [text[start:end] for start, end in names(text, 0, len(text))] == ["Orange", "MTC", "Paratus", "Walvis", "Bay"]


ABOUT = ("Benguela delays Walvis Bay again", """\
Benguela no longer expects to open its Walvis Bay data centre this year.

Transformers are stuck with the supplier, the chairman said.""")
BESIDE = ("Wind farm near Walvis Bay signs a law firm", """\
The wind farm by Benguela will be built next year, its owner says.

The bill was paid. Its neighbour Orion runs a data centre there.""")

OUTAGE = ("System failure at Walvis Bay data centre knocks out banks", ABOUT[1])
MACHINE = ("Namibia's university has its supercomputer", """\
Namibia's scientists can use a supercomputer from Monday on.

It stands in the data centre of Namibia's university, and 300 researchers have asked for hours.""")


@pytest.mark.parametrize(("story", "feature", "value", "words"), [
    (ABOUT, "tied", 1.0, {"Benguela", "Walvis"}),
    (ABOUT, "title_deed", 1.0, {"delays"}),
    (ABOUT, "title_rival", None, set()),
    (BESIDE, "tied", None, set()),
    (BESIDE, "title_rival", 1.0, {"Wind farm"}),
    (BESIDE, "adverse", 0.25, {"law", "bill"}),
    (BESIDE, "title_adverse", None, set()),  # it says a deed, too
    (OUTAGE, "title_adverse", 1.0, {"System failure", "knocks out"}),
    (MACHINE, "tied", None, set()),  # its words are the rival's
    (MACHINE, "title_rival", 1.0, {"supercomputer", "university"}),  # a weak name of the thing elsewhere
    (("Data centre for Walvis Bay", ABOUT[1]), "tied", None, set()),  # the headline names the thing itself
])
def test_headline_features_and_their_printed_words(topic: Topic, story: tuple[str, str], feature: str,
                                                   value: float | None, words: set[str]) -> None:
    title, text = story
    assert topic.features(title, text, "en").get(feature) == value
    said = [reason for reason in topic.match(title, text, "en").evidence if reason.feature == feature]
    assert {reason.words for reason in said} == words
    assert all((title if r.where == "title" else text)[r.start:r.end] == r.words for r in said)


def test_a_headline_of_names_is_tied_to_the_first_sentence(topic: Topic) -> None:
    assert topic.match(*ABOUT, "en").matched
    assert not topic.match(*BESIDE, "en").matched


def test_capitals_of_german_nouns_are_no_names(topic: Topic) -> None:
    text = "Gestern baute Ardex mit Partnern neben Wiesen und Feldern ein Rechenzentrum für Kunden aus Bremen."
    german, other = (topic.features("Neues Rechenzentrum", text, language)["names"] for language in ("de", "nl"))
    assert german == pytest.approx(0.4 * other)
