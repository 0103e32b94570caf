from __future__ import annotations

import pytest

from crawler.linking.signature import estimate, grams, line_hash, sign, strip_known_lines
from tests.linking.texts import ARABIC, ENGLISH, FRENCH, TEXTS, TICKER, cut


def test_a_signature_is_the_same_every_time_and_fits_its_columns() -> None:
    first, second = sign(ENGLISH), sign(ENGLISH)
    assert first == second
    assert len(first.digest) == 512
    assert len(first.bands) == len(set(first.bands)) == 64
    assert all(-2**63 <= band < 2**63 for band in first.bands)
    # Stored in tables: when this changes, VERSION must change with it.
    assert (first.version, first.content_hash) == (1002, sign(ENGLISH.upper()).content_hash)


@pytest.mark.parametrize("text", ["", "  \n\n ", "...!"])
def test_a_text_without_words_has_no_bands_and_is_like_nothing(text: str) -> None:
    signature = sign(text)
    assert (signature.digest, signature.bands) == (b"", ())
    assert estimate(signature, signature) == 0.0


def test_content_hash_overlooks_case_accents_spaces_and_arabic_forms() -> None:
    assert sign("Énergie, à  Tétouan !").content_hash == sign("energie a tetouan").content_hash
    assert sign("أُعلِنَت الشّركة").content_hash == sign("اعلنت الشركه").content_hash
    assert sign("386 MW").content_hash != sign("368 MW").content_hash


@pytest.mark.parametrize("language", TEXTS)
def test_the_estimate_is_near_the_exact_share(language: str) -> None:
    whole, part = TEXTS[language], cut(TEXTS[language], 0.3)
    exact = len(grams(whole) & grams(part)) / len(grams(whole) | grams(part))
    assert estimate(sign(whole), sign(part)) == pytest.approx(exact, abs=0.12)
    assert set(sign(whole).bands) & set(sign(part).bands)


def test_different_stories_share_no_band() -> None:
    assert not set(sign(FRENCH).bands) & set(sign(ENGLISH).bands)
    assert estimate(sign(FRENCH), sign(ARABIC)) < 0.05


def test_known_lines_are_taken_out_before_signing() -> None:
    known = frozenset(line_hash(line) for line in TICKER.split("\n"))
    assert strip_known_lines(f"{TICKER}\n{FRENCH}", known) == FRENCH
    assert sign(f"{TICKER}\n{FRENCH}", known) == sign(FRENCH)
    assert sign(f"{TICKER}\n{FRENCH}") != sign(FRENCH)


def test_a_line_is_known_in_every_spelling_and_an_empty_line_never() -> None:
    assert line_hash("À lire aussi :") == line_hash("a lire  aussi")
    assert line_hash("") == line_hash(" -- ") == 0
    assert strip_known_lines("un\n\ndeux", frozenset({line_hash("autre")})) == "un\n\ndeux"


def test_signatures_of_two_versions_are_not_compared() -> None:
    now = sign(ENGLISH)
    old = type(now)(now.version - 1, now.digest, now.content_hash, now.bands)
    assert estimate(now, old) == 0.0
