"""What holds for every text: quotes to the character, printed values that show their digits, linear time."""

from __future__ import annotations

import re
import time

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from crawler.claims.claim import MILESTONES, MODALITIES, STAGES
from crawler.claims.quantities import Found, Quantities, area, capacity, investment, milestones
from crawler.text.folding import fold
from crawler.text.sentences import Prose, prepare
from tests.effort import within

NUMBERS = ["386", "1 442", "1.442", "15.700", "0,5", "1.5", "٣٨٦", "12\u00a0760\u00a0000", "1.4-2.5", "16 à 32", "deux",
           "half a", "un demi", "مئتي", "ثلاثة", "52,200", "ملياري", "2026", "²", "1/2"]
UNITS = ["MW", "GW", "mégawatts", "ميغاواط", "kW per rack", "m²", "hectares", "فدان", "sq ft", "millions de dollars",
         "مليار درهم", "Mds€", "MDH", "crore", "billion", "milliards", "mai 2024", "trimestre 2025", "مارس 2026"]
WORDS = ["Le data center", "phase 1", "wind farm", "à terme", "$", "US$", "₹", "Q4", "opened in", "signé le", "travaux",
         "selon", "not", "لم", "المشروع", "(", ")", ",", ";", ".", ".\n\n", "—", "ﷺ", "ﬁ", "œuvre", "\u200f", "e\u0301"]
TEXTS = st.lists(st.sampled_from(NUMBERS + UNITS + WORDS), max_size=40).map(" ".join)


def everything(prose: Prose, q: Quantities, published: str | None = "2025-05-20") -> list[Found]:
    return [*capacity(prose, q), *investment(prose, q), *area(prose, q), *milestones(prose, q, published)]


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(TEXTS)
def test_every_claim_stands_in_the_text_to_the_character(q: Quantities, text: str) -> None:
    prose = prepare(text)
    for found in everything(prose, q):
        claim = found.claim
        assert claim.quote == text[claim.quote_start:claim.quote_end]
        assert claim.quote_start <= found.start < found.end <= claim.quote_end
        assert claim.value_printed == text[found.start:found.end]
        assert claim.stage in STAGES
        assert claim.modality in MODALITIES
        assert claim.subject == 0
        assert 0 < found.weight <= 1
        if claim.kind == "milestone":
            assert claim.value_text in MILESTONES
            assert re.fullmatch(r"\d{4}(-H[12]|-Q[1-4]|-\d\d(-\d\d)?)?", claim.date or "")
        else:
            assert (claim.value_number or 0) > 0


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.integers(1, 999), st.integers(1, 9), st.sampled_from(",."),
       st.sampled_from([("MW", 1.0), ("ميغاواط", 1.0), ("GW", 1000.0), ("mégawatts", 1.0)]))
def test_the_digits_of_the_value_can_be_read_in_its_print(
        q: Quantities, whole: int, tenth: int, mark: str, unit: tuple[str, float]) -> None:
    text = f"The data center has {whole}{mark}{tenth} {unit[0]}."
    found, = capacity(prepare(text), q)
    assert found.claim.value_number == pytest.approx((whole + tenth / 10) * unit[1])
    assert re.sub(r"\D", "", fold(found.claim.value_printed or "")) == f"{whole}{tenth}"


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.integers(1, 999), st.sampled_from([("millions de dirhams", "MAD", 1e6), ("مليون دولار", "USD", 1e6),
                                              ("billion euros", "EUR", 1e9), ("crore rupees", "INR", 1e7)]))
def test_the_digits_of_a_sum_can_be_read_in_its_print(q: Quantities, number: int, unit: tuple[str, str, float]) -> None:
    found, = investment(prepare(f"Investment: {number} {unit[0]}."), q)
    assert (found.claim.unit, found.claim.value_number) == (unit[1], number * unit[2])
    assert re.sub(r"\D", "", found.claim.value_printed or "") == str(number)


def test_a_very_long_sentence_is_quoted_by_its_clauses(q: Quantities) -> None:
    text = "Lorem ipsum dolor sit amet, " * 30 + "the data center will have 90 MW, " + "consectetur adipiscing, " * 30
    prose = prepare(text)
    found, = capacity(prose, q)
    assert len(found.claim.quote) < 500
    assert "90 MW" in found.claim.quote
    assert found.claim.quote == text[found.claim.quote_start:found.claim.quote_end]


@pytest.mark.parametrize("piece", [
    "1 ", "1,", "1.1.", "un ", "million ", "deux-", "500 MW ", "500 MW and ", "$", "$5m ", "2026 ", "8 mai ", "de ",
    "data center ", "first phase ", "من ", "المرحلة الأولى ", "signed in 2026, ", "rises ", "a a a ", "(", "Q4 ",
    "up to ", "x" * 50 + " ", "ونصف ", "milliards de ", "A B C ", "100 ", "sq ", "MW",
])
def test_hostile_text_of_ten_kilobytes_is_read_at_once(q: Quantities, piece: str) -> None:
    prose = prepare((piece * 10_000)[:10_000])
    assert within(1.0, lambda: everything(prose, q))  # 0.1 s on a quiet machine; what is quadratic takes ten times that


def test_every_pattern_takes_ten_kilobytes_of_hostile_text_in_50_ms(q: Quantities) -> None:
    hostile = ["a " * 5000, "phase " * 1700, "first of the " * 800, "و" * 10_000, "مساحه " * 1700, "1" * 10_000, "ne " * 3400,
               "data data-" * 1000, "in " * 3400, "d'" * 5000, "x" * 10_000]
    slow = []
    for group, named in q.cues.items():
        for name, pattern in named.items():
            for text in hostile:
                best = min(_seconds(pattern, text) for _ in range(3))
                if best > 0.05:
                    slow.append((group, name, text[:12], round(best, 3)))
    assert not slow


def _seconds(pattern: re.Pattern[str], text: str) -> float:
    started = time.process_time()
    for _ in pattern.finditer(text):
        pass
    return time.process_time() - started


def test_empty_and_odd_texts_say_nothing(q: Quantities) -> None:
    for text in ("", " ", "\n\n", "…", "MW", "$", "of 5"):
        assert everything(prepare(text), q, None) == []
