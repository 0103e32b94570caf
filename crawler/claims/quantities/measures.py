"""Power and surface in a text: a number and the unit that follows it, ranges and enumerations included."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

from crawler.claims.quantities.numbers import Number, NumberWords, numbers_in
from crawler.claims.quantities.tokens import Phrases, Token, tokens_of, touching

# What may stand between two numbers that share one unit: "16 à 32 MW", "between 3,000 and 3,200", "40 y 60".
LINK = re.compile(r"\s{0,2}(?:-|a|to|et|and|y|e|or|ou|o|bis|und|oder|tot|en|al|الي|او|و|/)\s{0,2}")


# "expandable to", "jusqu'à", "قابلة للزيادة إلى": what follows is the same thing when it has grown.
_GROWS = re.compile(r"(?: to|up to|jusqu'a|(?:port|evolut|extensible|pass|mont|grimp)\w* a| hasta"
                    r"|(?:ampliable|escalable|crec|lleg|alcanz|sub|pas)\w* (?:a|hasta)| الي) $")
_GROWS_WITHIN = 70  # characters
_ENDS = re.compile(r"(?=[.,;)\n]|$| (?:by|in|when|once|if|en|d'ici|quand|des que|si|a l'horizon|hacia|cuando"
                   r"|في|بحلول|عند|مستقبلا)\b)")
_BROKEN = re.compile(r"[.?!\n]")


class Measure(NamedTuple):
    """folded[start:end] prints `value` in the base unit; `low`: the first number of a range or enumeration;
    `factor`: what a number of its unit is multiplied with."""

    start: int
    end: int
    value: float
    unit: str
    low: bool = False
    factor: float = 1.0


@dataclass(frozen=True, eq=False, slots=True)
class Units:
    """Phrases with their factor to the base unit; `alone`: folded words that mean one of it without a number."""

    phrases: Phrases[tuple[str, float]]
    alone: Mapping[str, tuple[str, float]]
    most: float  # a reading above it is wrong where the number has a second reading


@lru_cache(maxsize=8)  # power is asked for by those who look for other projects, too
def measures(text: str, words: NumberWords, units: Units) -> tuple[Measure, ...]:
    """All measures of a folded text in order."""
    tokens, numbers = tokens_of(text), numbers_in(text, words)
    found: list[Measure] = []
    for position, number in enumerate(numbers):
        if number.bare or _glued(text, number):
            continue
        unit = _unit_after(text, tokens, number.after, units)
        if unit is None:
            continue
        (name, factor), after = unit
        if position and not numbers[position - 1].bare:
            before = numbers[position - 1]
            own = _unit_after(text, tokens, before.after, units)
            if own is None and not _glued(text, before) and LINK.fullmatch(text, before.end, number.start):
                low = _plausible(before, factor, units.most)
                if low < _plausible(number, factor, units.most) * 50:
                    found.append(Measure(before.start, tokens[after - 1].end, low, name, True, factor))
        found.append(Measure(number.start, tokens[after - 1].end, _plausible(number, factor, units.most), name,
                             factor=factor))
    found += _grown(text, numbers, sorted(found, key=lambda measure: measure.start))
    found.sort(key=lambda measure: measure.start)
    if units.alone:
        taken = {measure.end for measure in found}
        found += [Measure(t.start, t.end, units.alone[t.text][1], units.alone[t.text][0])
                  for t in tokens if t.kind == "word" and t.text in units.alone and t.end not in taken]
        found.sort(key=lambda measure: measure.start)
    return tuple(found)


def _grown(text: str, numbers: Sequence[Number], found: Sequence[Measure]) -> list[Measure]:
    """A number that another one grows to takes its unit: "six MW expandable to nine", "300 kW et jusqu'à 900"."""
    grown: list[Measure] = []
    known, position = {measure.start for measure in found}, -1
    for number in numbers:
        while position + 1 < len(found) and found[position + 1].end <= number.start:
            position += 1
        before = found[position] if position >= 0 else None
        if before is None or number.bare or number.scaled or number.start in known \
                or not 0 < number.start - before.end <= _GROWS_WITHIN:
            continue
        ratio = number.value * before.factor / before.value if before.value else 0.0
        year = 1990 <= number.value <= 2060 and number.end - number.start == 4
        if 1.05 < ratio <= 20 and not year and _GROWS.search(text, before.end, number.start) \
                and _ENDS.match(text, number.end) and not _BROKEN.search(text, before.end, number.start):
            grown.append(Measure(number.start, number.end, number.value * before.factor, before.unit,
                                 factor=before.factor))
    return grown


def _plausible(number: Number, factor: float, most: float) -> float:
    value = number.value * factor
    if number.other is not None and value > most:
        value = number.other * factor
    return value


def _glued(text: str, number: Number) -> bool:
    """Part of a name such as SIN02, JB7 or A55; not 4x25; an Arabic particle may be written onto digits."""
    before = text[number.start - 1:number.start]
    if before == "x" and text[number.start - 2:number.start - 1] in tuple("0123456789 "):
        return False
    return (before.isalpha() and before.isascii()) or before == "_"


def _unit_after(text: str, tokens: Sequence[Token], index: int, units: Units) -> tuple[tuple[str, float], int] | None:
    if not index < len(tokens) or not touching(text, tokens[index - 1], tokens[index]):
        return None
    skipped = tokens[index].text
    if skipped in ("-", "+", ")", "of", "de") and index + 1 < len(tokens) \
            and touching(text, tokens[index], tokens[index + 1]):
        index += 1  # "40-megawatt", "2 millones de m2"
    return units.phrases.at(text, tokens, index)
