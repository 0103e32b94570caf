"""The notation of phrases: what it stands for, and what is refused."""

from __future__ import annotations

import pytest

from crawler.text.folding import fold_with_offsets
from crawler.topics.phrases import Form, PhraseError, Token, Word, spell_out, tokenize


def written(phrase: str) -> set[str]:
    return {form.anywhere or " ".join(word.text or word.kind for word in form.words) for form in spell_out(phrase)}


@pytest.mark.parametrize(("phrase", "forms"), [
    ("server farm", {"server farm"}),
    ("data_center", {"datacenter", "data center"}),
    ("cent(er|re)(s)?", {"center", "centers", "centre", "centres"}),
    ("a ((b|c) )?d", {"a d", "a b d", "a c d"}),
    ("Centre de Données", {"centre de donnees"}),
    ("protocole d'accord", {"protocole d accord"}),
    ("data-center", {"data center"}),
    ("مَركَز البيانات", {"مركز البيانات"}),
    ("*rechenzentr*", {"rechenzentr"}),
    ("数据中心", {"数据中心"}),
    ("# MW", {"number mw"}),
    ("a .. b", {"a gap b"}),
    ("$ #", {"$ number"}),
])
def test_what_a_phrase_stands_for(phrase: str, forms: set[str]) -> None:
    assert written(phrase) == forms


def test_kinds_of_words() -> None:
    assert spell_out("annonc* in <name>") == (Form((Word("open", "annonc"), Word("exact", "in"), Word("name"))),)


@pytest.mark.parametrize(("phrase", "why"), [
    ("cent(er", "not closed"),
    ("center)s", "not opened"),
    ("a|b", "not opened"),
    ("centers?", "question mark"),
    ("..", "no word"),
    ("", "no word"),
    (".. a", "between two words"),
    ("a .. b .. c", "once"),
    ("<name> b", "cannot begin"),
    ("<thing> b", "unknown"),
    ("a *b", "only at the start"),
    ("*", "plain letters"),
    ("(a|b|c|d)" * 8, "more than"),
])
def test_phrases_that_cannot_be_read(phrase: str, why: str) -> None:
    with pytest.raises(PhraseError, match=why):
        spell_out(phrase)


def test_tokens_keep_their_places_and_know_what_joins_them() -> None:
    tokens = tokenize(fold_with_offsets("L’Été: 386MW, $5 data-\ncenter"))
    assert [token.text for token in tokens] == ["l", "ete", "386", "mw", "$", "5", "data", "center"]
    assert [token.glued for token in tokens] == [False, True, False, True, False, True, True, True]
    assert tokens[1] == Token("ete", 2, 5, True)


def test_a_paragraph_parts_words() -> None:
    assert [token.glued for token in tokenize(fold_with_offsets("data\n\ncenter"))] == [False, False]
