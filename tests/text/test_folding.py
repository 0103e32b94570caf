"""Folding makes spellings meet, and every offset leads back to the printed words."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawler.text.folding import fold, fold_with_offsets


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Centre de données", "centre de donnees"),
        ("Data\u00a0Center", "data center"),
        ("Data‑Center", "data-center"),
        ("d’hébergement", "d'hebergement"),
        ("مركزاً", "مركزا"),
        ("إقرأ", "اقرا"),
        ("الطاقة", "الطاقه"),
        ("بـيـانـات", "بيانات"),
        ("٣٨٦", "386"),
        ("۳۸۶", "386"),
        ("ＤＡＴＡ", "data"),
        ("cœur", "coeur"),
        ("Straße", "strasse"),
        ("m²", "m2"),
        ("da\u00adta", "data"),
        ("e\u0301tat", "etat"),
    ],
)
def test_spellings_meet(one: str, other: str) -> None:
    assert fold(one) == other
    assert fold_with_offsets(one).text == other


@pytest.mark.parametrize(
    ("text", "needle", "printed"),
    [
        ("Un site à Tétouan, dit-on", "tetouan", "Tétouan"),
        ("L’Œuvre et cœur", "coeur", "cœur"),
        ("مركزٌ لِلبيانات ٣٨٦", "للبيانات", "لِلبيانات"),
        ("Te\u0301touan!", "tetouan", "Te\u0301touan"),
        ("½ GW", "gw", "GW"),
        ("مركزًا", "مركزا", "مركزًا"),
        ("بالدار البيضاء اليوم", "البيضا", "البيضاء"),
    ],
)
def test_offsets_lead_back(text: str, needle: str, printed: str) -> None:
    folded = fold_with_offsets(text)
    start = folded.text.index(needle)
    assert folded.printed(start, start + len(needle)) == printed


@given(st.text(max_size=200))
def test_any_text_folds_and_maps_inside_itself(text: str) -> None:
    folded = fold_with_offsets(text)
    assert folded.text == fold(text)
    for index in range(len(folded.text)):
        start, end = folded.span(index, index + 1)
        assert 0 <= start < end <= len(text)
    assert folded.span(0, len(folded.text))[1] <= len(text)


@given(st.text(max_size=100))
def test_folding_twice_changes_nothing_in_our_scripts(text: str) -> None:
    latin = "".join(c for c in text if c < "\u0600")
    assert fold(fold(latin)) == fold(latin)
