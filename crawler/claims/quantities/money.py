"""Sums of money in a text, in any currency and language; whose money it is, investment.py decides."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from crawler.claims.quantities.measures import LINK
from crawler.claims.quantities.numbers import Number, NumberWords, numbers_in
from crawler.claims.quantities.tokens import Phrases, Token, tokens_of, touching
from crawler.text.folding import Folded


class Money(NamedTuple):
    """A currency word: `code` is an ISO code or the name of a family; `factor` multiplies (MDH, centimes).

    `exact`: it counts only in this very spelling, because folded it is a common word (LE, A$, all).
    """

    code: str
    factor: float = 1.0
    exact: str = ""


class Amount(NamedTuple):
    """folded[start:end] prints `value` units of `currency` (ISO 4217). `explicit`: the currency stands at it."""

    start: int
    end: int
    value: float
    currency: str
    explicit: bool = True


@dataclass(frozen=True, slots=True)
class Family:
    """A word of several currencies: the default one, and those of the countries whose words may stand in a text."""

    default: str
    homes: Phrases[str]
    members: frozenset[str] = frozenset()


@dataclass(frozen=True, eq=False, slots=True)
class Currencies:
    """All that names money. `before`: symbols and codes ahead of digits; `after`: names, codes, symbols behind.

    `letters`: those that count only ahead of a large number (R8 billion). `nothing`: words that may follow a sum
    without currency ("18.000 millones más"). `countries`: ISO country → its currency.
    """

    before: Phrases[Money]
    after: Phrases[Money]
    letters: Phrases[Money]
    short: Mapping[str, float]
    families: Mapping[str, Family]
    links: frozenset[str]
    nothing: frozenset[str]
    countries: Mapping[str, str] = field(default_factory=dict)


class _Sum(NamedTuple):
    money: Money
    factor: float
    start: int
    end: int


def amounts(folded: Folded, words: NumberWords, currencies: Currencies, country: str | None = None) -> list[Amount]:
    """All sums of a text by their place; one of a million or more without a currency takes that of the others.
    `country` (ISO alpha-2) of the story decides between currencies of one name (dinar, peso, franc)."""
    text, tokens, numbers = folded.text, tokens_of(folded.text), numbers_in(folded.text, words)
    found: list[Amount] = []
    chosen: dict[str, str] = {}
    sums = [_sum(folded, tokens, number, currencies) for number in numbers]
    for position, (number, whole) in enumerate(zip(numbers, sums, strict=True)):
        if whole is None:
            continue
        code = whole.money.code
        if code in currencies.families:
            local = code == "dollar" and text[whole.start] == "$" and not number.words and "peso" in currencies.families
            key = "$" if local else code
            if key not in chosen:
                chosen[key] = (_pesos(text, tokens, sums, currencies) if local else "") \
                    or _home(text, tokens, currencies.families[code], currencies.countries.get(country or "", ""))
            code = chosen[key]
        low = numbers[position - 1] if position else None
        if low and sums[position - 1] is None and not low.bare and LINK.fullmatch(text, low.end, whole.start):
            value = low.value * (1.0 if low.scaled else _scale(number.value))
            if value < number.value:
                found.append(Amount(low.start, whole.end, value * whole.factor, code))
        found.append(Amount(whole.start, whole.end, number.value * whole.factor, code))
    found += _without_currency(tokens, numbers, sums, found, currencies)
    return sorted(amount for amount in found if amount.value > 0)


def _scale(value: float) -> float:
    return next((scale for scale in (1e12, 1e9, 1e6) if value >= scale), 1.0)


def _sum(folded: Folded, tokens: Sequence[Token], number: Number, currencies: Currencies) -> _Sum | None:
    """The sum that `number` is part of, None where no currency stands at it."""
    if number.bare or (number.words and not number.scaled):
        return None
    index, factor = number.after, 1.0
    token = _next(folded.text, tokens, index)
    if token and not number.scaled and token.text in currencies.short:
        factor, index = currencies.short[token.text], index + 1
    ahead = _before(folded, tokens, number, currencies, large=number.scaled or factor > 1)
    behind = _after(folded, tokens, index, currencies, large=number.scaled or factor > 1)
    if factor > 1 and not ahead and not behind:
        index, factor = number.after, 1.0
        behind = _after(folded, tokens, index, currencies, large=False)
    start = ahead[1] if ahead else number.start
    if ahead and behind and behind[0].code != ahead[0].code and behind[0].factor == 1:  # "$2 billion USD", "A$5m"
        money = behind[0] if behind[0].code.isupper() and not ahead[0].code.isupper() else ahead[0]
        return _Sum(money, factor, start, tokens[behind[1] - 1].end)
    if behind:
        return _Sum(behind[0], factor * behind[0].factor, start, tokens[behind[1] - 1].end)
    return _Sum(ahead[0], factor, start, tokens[index - 1].end) if ahead else None


def _next(text: str, tokens: Sequence[Token], index: int) -> Token | None:
    if index < len(tokens) and touching(text, tokens[index - 1], tokens[index]):
        return tokens[index]
    return None


def _spelt(folded: Folded, tokens: Sequence[Token], first: int, after: int, money: Money) -> bool:
    return not money.exact or folded.printed(tokens[first].start, tokens[after - 1].end) == money.exact


def _before(folded: Folded, tokens: Sequence[Token], number: Number, currencies: Currencies, *, large: bool,
            ) -> tuple[Money, int] | None:
    first = number.first
    if first == 0 or not touching(folded.text, tokens[first - 1], tokens[first]):
        return None
    for phrases in (currencies.before, currencies.letters) if large else (currencies.before,):
        found = phrases.ending(folded.text, tokens, first)
        if found and _spelt(folded, tokens, found[1], first, found[0]):
            inside = found[1] and tokens[found[1] - 1].end == tokens[found[1]].start
            if not (inside and tokens[found[1] - 1].kind in ("word", "number") and tokens[found[1]].kind == "word"):
                return found[0], tokens[found[1]].start
    if tokens[first - 1].text == "$":  # an unknown letter ahead of the sign: the sign alone
        found = currencies.before.at(folded.text, tokens, first - 1)
        return (found[0], tokens[first - 1].start) if found else None
    return None


def _after(folded: Folded, tokens: Sequence[Token], index: int, currencies: Currencies, *, large: bool,
           ) -> tuple[Money, int] | None:
    """The currency behind a number and the index after it, over small words such as "de" where it is large."""
    for _ in range(3):
        token = _next(folded.text, tokens, index)
        if token is None:
            return None
        found = currencies.after.at(folded.text, tokens, index)
        if found and _spelt(folded, tokens, index, found[1], found[0]):
            return found
        shortened = token.text == "." and large and len(tokens[index - 1].text) <= 4  # "1,2 Mrd. Euro"
        if not shortened and (token.text not in currencies.links or not (large or token.text in (")", "-"))):
            return None
        index += 1
    return None


def _home(text: str, tokens: Sequence[Token], family: Family, local: str) -> str:
    """The currency of the story's country (`local`); of the country that the text names most often; the default."""
    if local in family.members:
        return local
    if local and family.default == "USD":
        return family.default  # the world's money, unless the country has dollars of its own
    counts = Counter(found[0] for index in range(len(tokens)) if (found := family.homes.at(text, tokens, index)))
    best = counts.most_common(1)
    return best[0][0] if best and best[0][1] > counts[family.default] else family.default


def _pesos(text: str, tokens: Sequence[Token], sums: Sequence[_Sum | None], currencies: Currencies) -> str:
    """What "$" means where US dollars are marked as such and the text is of a country of pesos; else ""."""
    if not any(each and each.money.code == "USD" for each in sums):
        return ""
    counts = Counter(found[0] for index in range(len(tokens))
                     if (found := currencies.families["peso"].homes.at(text, tokens, index)))
    return counts.most_common(1)[0][0] if counts else ""


def _without_currency(tokens: Sequence[Token], numbers: Sequence[Number], sums: Sequence[_Sum | None],
                      found: Sequence[Amount], currencies: Currencies) -> list[Amount]:
    """Millions that count nothing, such as "la primera parte, de 15.700 millones,"."""
    named = {amount.currency for amount in found}
    extra: list[Amount] = []
    if len(named) != 1:
        return extra
    known = {amount.start for amount in found}
    for number, whole in zip(numbers, sums, strict=True):
        counted = whole is None and number.scaled and not number.bare and not number.words and number.value >= 1e6
        if not counted or number.start in known:
            continue
        following = tokens[number.after].text if number.after < len(tokens) else "."
        if following in ",.;:)" or following in currencies.nothing:
            extra.append(Amount(number.start, number.end, number.value, found[0].currency, False))
    return extra
