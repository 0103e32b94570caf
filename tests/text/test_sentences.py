"""Sentences are what claims quote: no cut at decimals, initials and abbreviations."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawler.text.sentences import prepare, split_sentences


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("Le site fera 1.5 MW. Il ouvrira en 2027.", 2),
        ("M. Alaoui a signé. Mme Bennani aussi.", 2),
        ("The U.S. firm Acme Inc. said so! Really?", 2),
        ("«Oui.» C'est fait", 2),
        ("أعلنت الشركة. وقال الوزير؟ نعم", 3),
        ("Une ligne\nune autre", 2),
        ("El coste es de 15.700 millones. Fin.", 2),
        ("建设数据中心。将于明年完工。", 2),
        ("v. 3 is out. e.g. this one.", 2),
        ("", 0),
    ],
)
def test_count(text: str, count: int) -> None:
    assert len(split_sentences(text)) == count


def test_paragraphs_count_up() -> None:
    assert [s.paragraph for s in split_sentences("A b. C d.\n\nE f.")] == [0, 0, 1]


@given(st.text(alphabet="aB1 .!?؟\n»«é", max_size=80))
def test_sentences_cover_the_text_in_order(text: str) -> None:
    prose = prepare(text)
    covered = "".join(prose.quote(s) for s in split_sentences(text))
    assert "".join(covered.split()) == "".join(text.split())
    last = 0
    for sentence in prose.sentences:
        assert last <= sentence.start <= sentence.end <= len(text)
        last = sentence.end
    for position in range(len(text)):
        assert prose.sentence_at(position) in prose.sentences
