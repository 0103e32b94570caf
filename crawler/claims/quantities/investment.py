"""The money of the project, told apart from revenue, markets, programmes and other sites."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from crawler.claims.claim import Claim
from crawler.claims.quantities.capacity import stage_of
from crawler.claims.quantities.found import (
    MOST_MENTIONS,
    NOWHERE,
    Away,
    Found,
    Place,
    Scene,
    modality,
    place,
    quoted,
    strange,
)
from crawler.claims.quantities.money import Amount, amounts
from crawler.claims.quantities.own import fields_of, is_own, marks_of
from crawler.claims.quantities.vocabulary import Quantities
from crawler.text.sentences import Prose

_LEAST = 50_000  # units of money: below it stand prices and wages


def investment(prose: Prose, q: Quantities, country: str | None = None, away: Away = NOWHERE,
               headline: Prose | None = None) -> list[Found]:
    """Every sum that the text gives for the project, conversions and phases included, one entry a sum. `country`
    (ISO alpha-2): where the project stands; `away`: what the text says of others; `headline`: its title."""
    text, stages = prose.folded.text, q.cues["capacity"]
    weighed: list[_Weighed] = []
    printed = amounts(prose.folded, q.numbers, q.currencies, country)[:MOST_MENTIONS]
    told = [a.value for a in amounts(headline.folded, q.numbers, q.currencies, country)] if headline and printed else []
    secret = q.cues["investment"]["undisclosed"].search(text) if printed else None
    for amount in printed:
        at = place(prose, amount.start, amount.end)
        if weighed and _converts(text, weighed[-1].amount, amount):
            weighed.append(weighed[-1]._replace(amount=amount, at=at))
        elif amount.value >= _LEAST:
            weight = _weight(prose, at, amount, weighed, q)
            if away.scene is not None and q.own.get("investment"):
                own = is_own(amount.value, _marks(prose, at, amount, away, q, weight, told, weighed)
                             | ({"undisclosed"} if secret else set()), q.own["investment"])
                weight = 0.9 if own else 0.2
            weighed.append(_Weighed(amount, at, weight, stage_of(at, stages) or "unspecified"))
    sure = any(each.weight >= 0.6 for each in weighed)
    found: dict[tuple[str, float], Found] = {}
    for each in weighed:
        if each.weight >= (0.6 if sure else 0.5):
            found.setdefault((each.amount.currency, round(each.amount.value, 2)), _found(prose, each, q))
    return list(found.values())


class _Weighed(NamedTuple):
    amount: Amount
    at: Place
    weight: float
    stage: str


def _converts(text: str, before: Amount, amount: Amount) -> bool:
    """"500 million dollars (over 5 billion dirhams)": the same sum in another currency; or the end of a range."""
    if before.end == amount.end:
        return True
    between = text[before.end:amount.start]
    return before.currency != amount.currency and len(between) < 30 and "(" in between and ")" not in between


def _weight(prose: Prose, at: Place, amount: Amount, before: Sequence[_Weighed], q: Quantities) -> float:
    """0.6 and more: the project's; 0.5: only where the text gives no better sum; less: of something else."""
    cues, sites = q.cues["investment"], q.cues["capacity"]
    if sites["other_site"].search(at.before(90)) or sites["aside"].match(at.sentence):
        return 0.3
    last = before[-1].amount.end if before else 0  # the words before another sum are that sum's
    ahead = at.text[max(at.start - 90, at.first, min(last, at.start)):at.start].rpartition(";")[2]
    behind = at.after(60)
    tight = cues["tight_after"].match(behind) is not None or any(
        match.end() >= len(ahead) - 16 for match in cues["tight_before"].finditer(ahead))
    if not tight or cues["not_own"].search(ahead[-25:]):
        if cues["not_own"].search(ahead[-60:]) or cues["not_own"].search(at.clause_after(40)):
            return 0.2
        if cues["programme"].search(ahead) or cues["programme"].search(at.clause_after(50)):
            return 0.3
    own = tight or cues["own"].search(ahead) or cues["own"].search(behind)
    if not own and not amount.explicit:
        return 0.3
    if cues["energy"].search(ahead) or cues["energy"].search(at.clause_after(40)) or strange(prose, at):
        return 0.5
    return 0.9 if own and amount.explicit else 0.6


def _marks(prose: Prose, at: Place, amount: Amount, away: Away, q: Quantities, weight: float, told: Sequence[float],
           before: Sequence[_Weighed]) -> set[str]:
    """What the text around a sum says about whose it is."""
    marks = marks_of(prose, at, away.scene or Scene(), q.cues["figure"])
    cues = q.cues["investment"]
    marks.add("rule_own" if weight >= 0.6 else "rule_perhaps" if weight >= 0.5 else "rule_not")
    if weight >= 0.9:
        marks.add("rule_sure")
    if away.holds(prose.text, *prose.folded.span(at.start, at.end)):
        marks.add("away")
    for name in ("not_own", "programme", "energy", "own"):
        if cues[name].search(at.clause_before(60)):
            marks.add(f"{name}_ahead")
        if cues[name].search(at.clause_after(45)):
            marks.add(f"{name}_after")
    marks |= fields_of(at, q.cues["money"])
    if strange(prose, at):
        marks.add("strange")
    if not amount.explicit:
        marks.add("no_currency")
    if any(abs(value - amount.value) <= 0.01 * value for value in told):
        marks.add("in_title")
    elif told:
        marks.add("not_in_title")
    earlier = [each.amount.value for each in before if each.weight >= 0.5 and each.amount.currency == amount.currency]
    largest = max(earlier, default=0.0)
    if not largest:
        marks.add("first_told" if not any(each.weight >= 0.5 for each in before) else "first_of_currency")
    elif any(abs(amount.value - value) <= 0.01 * value for value in earlier):
        marks.add("again_told")
    elif amount.value > largest:
        marks.add("above")
    else:
        marks.add("far_below" if amount.value < 0.02 * largest else "below")
    if before and at.number - before[-1].at.number <= 1:
        whose = "own" if before[-1].weight >= 0.5 else "other"
        marks.add(f"after_{whose}" if before[-1].at.number == at.number else f"follows_{whose}")
    stage = stage_of(at, q.cues["capacity"])
    marks.add(f"stage_{stage or 'none'}")
    return marks


def _found(prose: Prose, each: _Weighed, q: Quantities) -> Found:
    start, end = prose.folded.span(each.amount.start, each.amount.end)
    left, right = quoted(prose, start, end)
    claim = Claim(
        "investment", prose.text[left:right], left, right, value_number=round(each.amount.value, 2),
        value_printed=prose.text[start:end], unit=each.amount.currency, stage=each.stage,
        modality=modality(each.at, q.cues["modality"]),
    )
    return Found(claim, start, end, each.weight)
