from __future__ import annotations

import pytest

from crawler.linking import LinkRules
from crawler.linking.money import Sum, in_dollars, one_sum, without_conversions


def test_dollars_by_the_table(rules: LinkRules) -> None:
    assert in_dollars(Sum(3.6725e9, "AED"), rules) == pytest.approx(1e9)
    assert in_dollars(Sum(1.0, "XXX"), rules) is None


@pytest.mark.parametrize(("a", "b", "one"), [
    (Sum(5e8, "USD"), Sum(5e9, "MAD"), True), (Sum(10e9, "EUR"), Sum(11.5e9, "USD"), True),
    (Sum(1e9, "USD"), Sum(1.005e9, "USD"), True), (Sum(1e9, "USD"), Sum(1.2e9, "USD"), False),
    (Sum(1e9, "USD"), Sum(1.2e9, "EUR"), False), (Sum(5e8, "USD"), Sum(5e8, "XXX"), False),
])
def test_which_sums_are_one(a: Sum, b: Sum, one: bool, rules: LinkRules) -> None:
    assert one_sum(a, b, rules) is one_sum(b, a, rules) is one


def test_the_first_printed_stays(rules: LinkRules) -> None:
    printed = [Sum(12.2e9, "XOF"), Sum(21.9e6, "USD"), Sum(3e6, "EUR"), Sum(12.2e9, "XOF")]
    assert without_conversions(printed, rules) == [Sum(12.2e9, "XOF"), Sum(3e6, "EUR")]
