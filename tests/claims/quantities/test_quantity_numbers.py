"""Numbers in digits and in words, as ten locales print them."""

from __future__ import annotations

import pytest

from crawler.claims.quantities import Quantities
from crawler.claims.quantities.numbers import digits, numbers_in
from crawler.text.folding import fold


@pytest.mark.parametrize(("printed", "value", "other"), [
    ("386", 386.0, None),
    ("1 442", 1442.0, None),
    ("1.442", 1442.0, 1.442),
    ("1,442", 1442.0, 1.442),
    ("1,5", 1.5, None),
    ("0,5", 0.5, None),
    ("0.386", 0.386, None),
    ("12 760 000 000", 12_760_000_000.0, None),
    ("1.250.000", 1_250_000.0, None),
    ("1,25,000", 125_000.0, None),
    ("1.234,5", 1234.5, None),
    ("1,234.56", 1234.56, None),
    ("8'000", 8000.0, None),
])
def test_digits_read_without_knowing_the_locale(printed: str, value: float, other: float | None) -> None:
    assert digits(printed) == (value, other)


@pytest.mark.parametrize(("text", "values"), [
    ("15.700 millones de euros", [15.7e9]),
    ("1.125 billion dollars", [1.125e9]),
    ("1,250 million dollars", [1.25e9]),
    ("1.200 milliards de francs", [1.2e12]),
    ("2,5 mil millones", [2.5e9]),
    ("1.25 lakh crore", [1.25e12]),
    ("52,000 crore", [520e9]),
    ("un demi-milliard d'euros", [0.5e9]),
    ("half a billion dollars", [0.5e9]),
    ("medio millón de euros", [0.5e6]),
    ("deux milliards et demi", [2.5e9]),
    ("douze milliards sept cent soixante millions", [12.76e9]),
    ("trois cent quarante mille", [340_000.0]),
    ("two hundred and fifty", [250.0]),
    ("sechs Milliarden", [6e9]),
    ("vijftig hectare", [50.0]),
    ("a five megawatt load", [5.0]),
    ("$350 million a year", [350e6, 1.0]),
    ("٣٨٦ ميغاواط", [386.0]),
    ("مليارين", [2e9]),
    ("ملياري دولار", [2e9]),
    ("مليوني درهم", [2e6]),
    ("ثلاثة مليارات", [3e9]),
    ("بعشرة مليارات", [10e9]),
    ("مليارين ونصف المليار", [2.5e9]),
    ("مئتي ميغاواط", [200.0]),
    ("مئة وخمسين ميغاواط", [150.0]),
    ("15 ألف متر", [15_000.0]),
    ("1.4 و2.5 مليار", [1.4, 2.5e9]),
    ("3 مليارات و500 مليون", [3.5e9]),
    ("مليار و2027", [1e9, 2027.0]),
    ("5 millions, 200 baies", [5e6, 200.0]),
    ("mil 2026", [1000.0, 2026.0]),
    ("une trentaine de mégawatts", [30.0]),
    ("three of five million", [3.0, 5e6]),
])
def test_numbers_in_words_and_scales(q: Quantities, text: str, values: list[float]) -> None:
    assert [number.value for number in numbers_in(fold(text), q.numbers)] == pytest.approx(values)


def test_a_scale_word_without_a_number_is_bare(q: Quantities) -> None:
    bare = {text: [number.bare for number in numbers_in(fold(text), q.numbers)]
            for text in ("millions of dollars", "ملايين الدولارات", "مليار دولار", "mil millones")}
    assert bare == {"millions of dollars": [True], "ملايين الدولارات": [True], "مليار دولار": [False],
                    "mil millones": [False]}
