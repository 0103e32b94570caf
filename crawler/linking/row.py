"""The row of `projects` that is shown for a project: a view over its claims by one rule (docs/projects.md).

1. Denied values count for nothing. Copies of one story are one voice: that of the best source among them.
2. Each outlet casts one vote a value, however many stories it prints. Its weight is the trust in the source
   (config/trust.yml), halved for every `half_life_days` that the story is older than the newest one. Most votes win,
   then the later, then the greater.
3. The whole before its parts: `total` before `unspecified` before `initial` and `phase`. A story that gives several
   of one stage votes for the largest.
4. A sum printed again in another currency is one sum, in the currency that is printed first.
5. Status and doubt follow the order of the stories (status.py), then silence.

`why` says for each shown value whose word it is and who says otherwise.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from crawler.claims.claim import Claim
from crawler.linking.facts import Fact, Story, Vote, elect, stories, weigh
from crawler.linking.letters import words
from crawler.linking.money import Sum, in_dollars, one_sum, without_conversions
from crawler.linking.naming import named
from crawler.linking.reasons import Reason, reason
from crawler.linking.rules import LinkRules
from crawler.linking.status import aged_status, is_doubted, lone_low, status_reason, walk

Locate = Callable[[str | None, str], tuple[float, float] | None]


@dataclass(frozen=True, slots=True)
class ProjectRow:
    """Columns of `projects` that claims decide (contract.md). Capacity in MW, money in units of its currency.

    `single_source`: all of it is the word of one outlet of little trust. `why`: by column (`investment` for the sum
    and its currency), for values that are shown.
    """

    name: str
    country: str | None
    city: str | None
    latitude: float | None
    longitude: float | None
    capacity_mw: float | None
    capacity_initial_mw: float | None
    investment_amount: float | None
    investment_currency: str | None
    investment_usd: float | None
    status: str
    status_inferred: bool
    doubted: bool
    single_source: bool
    why: Mapping[str, Reason] = field(default_factory=dict)


def project_row(facts: Iterable[Fact], rules: LinkRules, today: date, locate: Locate | None = None) -> ProjectRow:
    """The shown row of a project from all claims of the articles whose main project it is.

    `locate`: (country, city) to (latitude, longitude), from the gazetteer. The order of `facts` makes no difference.
    """
    found = stories(facts, rules)
    weights = weigh(found, rules)
    why: dict[str, Reason] = {}
    country = _text(found, weights, "country", why)
    city = _text(found, weights, "city", why)
    point = locate(country, city) if locate and city else None
    money = _investment(found, weights, rules, why)
    dollars = in_dollars(money, rules) if money else None
    last = max((story.last for story in found if story.last), default=None)
    steps = walk(found)
    reported = steps[-1].status if steps else None
    status, inferred = aged_status(reported, last, today, rules)
    why["status"] = status_reason(found, steps, status, inferred, last)
    capacity = _capacity(found, weights, ("total", "unspecified", "initial", "phase"), "capacity_mw", why)
    return ProjectRow(
        name=named(found, weights, rules, country, city), country=country, city=city,
        latitude=point[0] if point else None, longitude=point[1] if point else None,
        capacity_mw=capacity, capacity_initial_mw=_initial(found, weights, capacity, why),
        investment_amount=money.amount if money else None, investment_currency=money.currency if money else None,
        investment_usd=round(dollars) if dollars is not None else None,
        status=status, status_inferred=inferred, doubted=is_doubted(found), single_source=lone_low(found), why=why)


Weights = dict[tuple[int, int], float]
Why = dict[str, Reason]


def _text(found: Sequence[Story], weights: Weights, kind: str, why: Why) -> str | None:
    votes: dict[str, list[Vote[str]]] = defaultdict(list)
    printed: dict[str, Counter[str]] = defaultdict(Counter)
    for story in found:
        said = [claim.value_text for claim in story.claims(kind) if claim.value_text]
        for place, value in enumerate(dict.fromkeys(said)):
            # the place named first is the project's; a second one is where it was signed, or its neighbour
            key = " ".join(words(value))
            votes[key].append(Vote(key, weights[story.key] / (1 + place), story))
            printed[key][value] += 1
    best = elect(votes)
    if best is None:
        return None
    why[kind] = reason(votes, best, lambda key: _most_printed(printed[key]))
    return _most_printed(printed[best])


def _most_printed(forms: Counter[str]) -> str:
    return max(forms, key=lambda form: (forms[form], form))


def _capacity(found: Sequence[Story], weights: Weights, stages: Sequence[str], column: str, why: Why) -> float | None:
    for stage in stages:
        votes: dict[float, list[Vote[float]]] = defaultdict(list)
        for story in found:
            values = [c.value_number for c in story.claims("capacity") if c.stage == stage and c.value_number]
            if values:
                value = max(values)
                near = next((known for known in votes if abs(known - value) <= 0.01 * value), value)
                votes[near].append(Vote(near, weights[story.key], story))
        best = elect(votes)
        if best is not None:
            mark = f" ({stage})" if stage in ("initial", "phase") else ""
            why[column] = reason(votes, best, lambda value: f"{_number(value)} MW{mark}")  # noqa: B023 - called now
            return best
    return None


def _initial(found: Sequence[Story], weights: Weights, whole: float | None, why: Why) -> float | None:
    own: Why = {}
    value = _capacity(found, weights, ("initial",), "capacity_initial_mw", own)
    if value is None or (whole is not None and value > whole):
        return None
    why.update(own)
    return value


def _investment(found: Sequence[Story], weights: Weights, rules: LinkRules, why: Why) -> Sum | None:
    for stage in ("total", "unspecified", "initial", "phase"):
        groups: list[list[Vote[Sum]]] = []
        for story in found:
            claims = [c for c in story.claims("investment") if c.stage == stage and c.value_number and c.unit]
            sums = without_conversions([_sum(c) for c in claims], rules)
            if not sums:
                continue
            money = max(sums, key=lambda s: (in_dollars(s, rules) or 0.0, s))
            vote = Vote(money, weights[story.key], story)
            group = next((g for g in groups if one_sum(g[0].value, money, rules)), None)
            if group is None:
                groups.append([vote])
            else:
                group.append(vote)
        shown = {_shown(group): group for group in groups}
        best = elect(shown)
        if best is not None:
            why["investment"] = reason(shown, best, lambda money: f"{_number(money.amount)} {money.currency}")
            return best
    return None


def _sum(claim: Claim) -> Sum:
    return Sum(float(claim.value_number or 0), str(claim.unit))


def _shown(group: Sequence[Vote[Sum]]) -> Sum:
    tally: dict[Sum, float] = defaultdict(float)
    for vote in group:
        tally[vote.value] += vote.weight
    return max(tally, key=lambda money: (tally[money], money))


def _number(value: float) -> str:
    return f"{value:,.2f}".rstrip("0").rstrip(".")
