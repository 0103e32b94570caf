"""The phrase finder: stars, gaps, Arabic clitics, sentences, mistakes."""

from __future__ import annotations

import pytest

from crawler.claims.passage import read_passage
from crawler.claims.phrases import PhraseBook


def found(text: str, *phrases: str) -> list[str]:
    book = PhraseBook()
    book.add("x", phrases)
    passage = read_passage(text, book)
    return [passage.printed(hit.first, hit.last) for hit in passage.of("x")]


@pytest.mark.parametrize(("text", "phrase", "hit"), [
    ("Le Protocole d’accord est prêt", "protocole d'accord", "Protocole d’accord"),
    ("des éoliennes", "eolien*", "éoliennes"),
    ("Ein Großrechenzentrum entsteht", "*rechenzentr*", "Großrechenzentrum"),
    ("il lance de grands travaux", "lance _ travaux", "lance de grands travaux"),
    ("les travaux de la tranche neuve ont débuté", "travaux __ ont debute", "travaux de la tranche neuve ont débuté"),
    ("وبمركز البيانات", "مركز بيانات", "وبمركز البيانات"),
    ("للطاقة المتجددة", "طاقة متجددة", "للطاقة المتجددة"),
    ("a data-center", "data center", "data-center"),
])
def test_found(text: str, phrase: str, hit: str) -> None:
    assert found(text, phrase) == [hit]


@pytest.mark.parametrize(("text", "phrase"), [
    ("a database", "data base"),
    ("il lance un deux trois quatre travaux", "lance _ travaux"),
    ("les travaux, dit le maire, ont débuté", "travaux __ ont debute"),
    ("We met data. Center of town", "data center"),
    ("premières pierres", "premiere pierre"),
])
def test_not_found(text: str, phrase: str) -> None:
    assert found(text, phrase) == []


def test_the_longest_of_one_label_wins() -> None:
    assert found("a data center campus", "data center", "data center campus") == ["data center campus"]


@pytest.mark.parametrize("phrase", ["", "_ travaux", "lance _", "ab*", "*rechen* bau"])
def test_what_is_no_phrase_is_refused(phrase: str) -> None:
    with pytest.raises(ValueError, match=r"phrase|alone|letters"):
        PhraseBook().add("x", [phrase])


def test_tokens_keep_true_offsets() -> None:
    text = "L’œuvre de Tétouan, بالدار البيضاء – وNvidia"
    passage = read_passage(text, PhraseBook())
    assert all(text[t.start:t.end] == t.printed for t in passage.tokens)
    assert [t.printed for t in passage.tokens if t.capital] == ["L", "Tétouan", "Nvidia"]
    assert "البيضاء" in [t.printed for t in passage.tokens]
