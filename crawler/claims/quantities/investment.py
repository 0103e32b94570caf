"""The money of the project, told apart from revenue, markets, programmes and other sites."""

from __future__ import annotations

import re
from collections.abc import Mapping

from crawler.claims.claim import Claim
from crawler.claims.quantities.found import Found, Place, modality, place, quoted
from crawler.claims.quantities.money import Amount, amounts
from crawler.claims.quantities.vocabulary import Quantities
from crawler.text.sentences import Prose

_LEAST = 50_000  # units of money: below it stand prices and wages


def investment(prose: Prose, q: Quantities) -> list[Found]:
    """Every sum that the text gives for the project, conversions and phases included, one entry a sum."""
    text = prose.folded.text
    found: list[Found] = []
    known: set[tuple[str, float]] = set()
    previous: tuple[Amount, float] | None = None
    for amount in amounts(prose.folded, q.numbers, q.currencies):
        at = place(prose, amount.start, amount.end)
        if previous and _converts(text, previous[0], amount):
            weight = previous[1]
        else:
            weight = _weight(at, amount, q.cues["investment"], q.cues["capacity"])
        previous = (amount, weight)
        key = (amount.currency, round(amount.value, 2))
        if amount.value < _LEAST or weight < 0.5 or key in known:
            continue
        known.add(key)
        found.append(_found(prose, amount, at, weight, q))
    return found


def _converts(text: str, before: Amount, amount: Amount) -> bool:
    """"500 million dollars (over 5 billion dirhams)": the same sum in another currency."""
    between = text[before.end:amount.start]
    return before.currency != amount.currency and len(between) < 30 and "(" in between and ")" not in between


def _weight(at: Place, amount: Amount, cues: Mapping[str, re.Pattern[str]], sites: Mapping[str, re.Pattern[str]]) -> float:
    ahead, behind = at.before(90), at.after(60)
    if cues["not_own"].search(at.before(60)) or cues["not_own"].search(at.clause_after(40)):
        return 0.2
    if cues["programme"].search(ahead) or cues["programme"].search(at.clause_after(50)):
        return 0.3
    if sites["other_site"].search(ahead):
        return 0.3
    own = cues["own"].search(ahead) or cues["own"].search(behind)
    if not amount.explicit:
        return 0.6 if own else 0.3
    return 0.9 if own else 0.6


def _found(prose: Prose, amount: Amount, at: Place, weight: float, q: Quantities) -> Found:
    start, end = prose.folded.span(amount.start, amount.end)
    left, right = quoted(prose, start, end)
    claim = Claim(
        "investment", prose.text[left:right], left, right, value_number=round(amount.value, 2),
        value_printed=prose.text[start:end], unit=amount.currency, modality=modality(at, q.cues["modality"]),
    )
    return Found(claim, start, end, weight)
