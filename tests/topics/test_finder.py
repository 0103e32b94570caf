"""Phrases in running text: clitics, compounds, gaps, numbers, names; and no text makes it slow."""

from __future__ import annotations

import pytest

from crawler.text.folding import fold_with_offsets
from crawler.topics.finder import Finder
from crawler.topics.phrases import tokenize
from tests.effort import within


def found(text: str, *phrases: str) -> list[str]:
    folded = fold_with_offsets(text)
    hits = Finder({"x": phrases}).find(folded, tokenize(folded))
    return [folded.printed(hit.start, hit.end) for hit in hits]


@pytest.mark.parametrize(("text", "phrase", "words"), [
    ("Un Data‑Center, deux datacenters", "data_center(s)?", ["Data‑Center", "datacenters"]),
    ("le call-center ouvre", "data_center", []),
    ("data, center", "data_center", []),
    ("une approche data-centric", "data_center", []),
    ("على أكبر مركزٍ وطني للبيانات هنا", "مركز .. للبيانات", ["مركزٍ وطني للبيانات"]),
    ("وبمراكز البيانات", "مراكز بيانات", ["وبمراكز البيانات"]),
    ("للمركز الجديد", "مركز", ["للمركز"]),
    ("المركز السينمائي المغربي ينشر بيانات", "مركز بيانات", []),
    ("مركز أول ثان ثالث رابع للبيانات", "مركز .. للبيانات", []),
    ("Großrechenzentren und KI-Rechenzentrumsbau", "*rechenzentr*", ["Großrechenzentren", "Rechenzentrumsbau"]),
    ("新数据中心落地", "数据中心", ["数据中心"]),
    ("データ・センターを", "データセンター", ["データ・センター"]),
    ("부산 데이터 센터를 짓는다", "데이터센터", ["데이터 센터"]),
    ("une ferme de 386MW et 40 mw", "# mw", ["386MW", "40 mw"]),
    ("a plan in Lagos, not in vain", "in <name>", ["in Lagos"]),
    ("annoncé, annonçait, annonces", "annonc*", ["annoncé", "annonçait", "annonces"]),
    ("centre de données de calcul", "centre de (donnees|donnees de calcul)", ["centre de données de calcul"]),
])
def test_where_phrases_stand(text: str, phrase: str, words: list[str]) -> None:
    assert found(text, phrase) == words


def test_a_phrase_spans_at_most_its_limit() -> None:
    assert found(f"مركز {'ا' * 90} للبيانات", "مركز .. للبيانات")
    assert not found(f"مركز {'ا' * 130} للبيانات", "مركز .. للبيانات")


@pytest.mark.parametrize("text", [
    "مركز " * 2000, "a .. b " * 1500, "data " * 2000, "x" * 10_000, "1" * 10_000, "数据中" * 3300, "- " * 5000,
])
def test_hostile_text_is_read_in_time(text: str) -> None:
    folded = fold_with_offsets(text[:10_000])
    finder = Finder({"x": ["مركز .. للبيانات", "data data .. center", "数据中心", "# mw", "a .. b"]})
    finder.find(folded, tokenize(folded))
    assert within(0.25, lambda: finder.find(folded, tokenize(folded)))  # ten times what it takes


def test_nothing_is_found_behind_the_last_token() -> None:
    folded = fold_with_offsets("Neubau in Celle. Das Rechenzentrum 数据中心")
    finder = Finder({"x": ["*rechenzentr*", "数据中心"]})
    assert finder.find(folded, tokenize(folded, 16)) == []
    assert len(finder.find(folded, tokenize(folded))) == 2
    assert finder.find(folded, []) == []
