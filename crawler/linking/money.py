"""Sums of money: in dollars, and which printed sums are one (a conversion in brackets is no second sum)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from crawler.linking.rules import LinkRules

_ROUNDING = 0.02


@dataclass(frozen=True, slots=True, order=True)
class Sum:
    """`amount` in units of `currency` (ISO 4217)."""

    amount: float
    currency: str


def in_dollars(money: Sum, rules: LinkRules) -> float | None:
    """US dollars by config/currencies.yml; None for a currency that is not in it."""
    rate = rules.per_dollar.get(money.currency)
    return money.amount / rate if rate else None


def one_sum(a: Sum, b: Sum, rules: LinkRules) -> bool:
    """The same sum: equal but for rounding, or a conversion by any rate near the table's."""
    if a.currency == b.currency:
        return abs(a.amount - b.amount) <= _ROUNDING * max(a.amount, b.amount)
    left, right = in_dollars(a, rules), in_dollars(b, rules)
    if left is None or right is None:
        return False
    return abs(left - right) <= rules.row.conversion * max(left, right)


def without_conversions(sums: Sequence[Sum], rules: LinkRules) -> list[Sum]:
    """`sums` in the order printed, each without the later ones that are conversions or repeats of it."""
    kept: list[Sum] = []
    for money in sums:
        if not any(one_sum(money, known, rules) for known in kept):
            kept.append(money)
    return kept
