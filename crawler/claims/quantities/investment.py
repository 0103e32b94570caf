"""The money of the project, told apart from revenue, markets, programmes and other sites."""

from __future__ import annotations

from crawler.claims.claim import Claim
from crawler.claims.quantities.found import Found, Place, modality, place, quoted, strange
from crawler.claims.quantities.money import Amount, amounts
from crawler.claims.quantities.vocabulary import Quantities
from crawler.text.sentences import Prose

_LEAST = 50_000  # units of money: below it stand prices and wages


def investment(prose: Prose, q: Quantities) -> list[Found]:
    """Every sum that the text gives for the project, conversions and phases included, one entry a sum."""
    text = prose.folded.text
    weighed: list[tuple[Amount, Place, float]] = []
    for amount in amounts(prose.folded, q.numbers, q.currencies):
        at = place(prose, amount.start, amount.end)
        if weighed and _converts(text, weighed[-1][0], amount):
            weighed.append((amount, at, weighed[-1][2]))
        elif amount.value >= _LEAST:
            weighed.append((amount, at, _weight(prose, at, amount, q)))
    sure = any(weight >= 0.6 for _, _, weight in weighed)
    found: dict[tuple[str, float], Found] = {}
    for amount, at, weight in weighed:
        if weight >= (0.6 if sure else 0.5):
            found.setdefault((amount.currency, round(amount.value, 2)), _found(prose, amount, at, weight, q))
    return list(found.values())


def _converts(text: str, before: Amount, amount: Amount) -> bool:
    """"500 million dollars (over 5 billion dirhams)": the same sum in another currency."""
    between = text[before.end:amount.start]
    return before.currency != amount.currency and len(between) < 30 and "(" in between and ")" not in between


def _weight(prose: Prose, at: Place, amount: Amount, q: Quantities) -> float:
    """0.6 and more: the project's; 0.5: only where the text gives no better sum; less: of something else."""
    cues = q.cues["investment"]
    ahead = at.before(90)
    if cues["not_own"].search(at.before(60)) or cues["not_own"].search(at.clause_after(40)):
        return 0.2
    if cues["programme"].search(ahead) or cues["programme"].search(at.clause_after(50)):
        return 0.3
    if q.cues["capacity"]["other_site"].search(ahead) or q.cues["capacity"]["aside"].match(at.sentence):
        return 0.3
    own = cues["own"].search(ahead) or cues["own"].search(at.after(60))
    if not own and not amount.explicit:
        return 0.3
    if cues["energy"].search(ahead) or cues["energy"].search(at.clause_after(40)) or strange(prose, at):
        return 0.5
    return 0.9 if own and amount.explicit else 0.6


def _found(prose: Prose, amount: Amount, at: Place, weight: float, q: Quantities) -> Found:
    start, end = prose.folded.span(amount.start, amount.end)
    left, right = quoted(prose, start, end)
    claim = Claim(
        "investment", prose.text[left:right], left, right, value_number=round(amount.value, 2),
        value_printed=prose.text[start:end], unit=amount.currency, modality=modality(at, q.cues["modality"]),
    )
    return Found(claim, start, end, weight)
