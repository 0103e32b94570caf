"""Read numbers as people print them, in digits or in words, without knowing the language.

`1 442`, `1.442`, `1,442`, `15.700 millones`, `1.25 lakh crore`, `huit milliards`, `un demi-milliard`,
`half a billion`, `خمسة عشر`, `ملياري`.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

from crawler.claims.quantities.tokens import Token, tokens_of, touching

_MOST_WORDS = 14  # "douze milliards sept cent soixante millions cinq cent mille" has ten
_GROUPED = re.compile(r"[1-9]\d{0,2}[ .,']\d{3}")


class Number(NamedTuple):
    """A number in folded text.

    `first`, `after`: its tokens, tokens[first:after]. `scaled`: a word such as million is part of it. `words`: no
    digit in it. `bare`: a scale word alone ("millions of"). `other`: the second reading where one separator
    may part thousands or decimals (1.125), else None.
    """

    start: int
    end: int
    first: int
    after: int
    value: float
    other: float | None
    scaled: bool
    words: bool
    bare: bool


@dataclass(frozen=True, eq=False, slots=True)
class NumberWords:
    """Folded words: values add up, hundreds and scales multiply; those in `alone` may stand without a number.

    After a word of `decimal_point` a single dot parts decimals. `prefixes` are Arabic particles written onto words.
    """

    kinds: Mapping[str, tuple[str, float]]  # value, round, hundred, scale or half, and the number
    alone: frozenset[str]
    joiners: frozenset[str]
    of: frozenset[str]  # between a round number and its scale: "une centaine de millions"
    decimal_point: frozenset[str]
    prefixes: tuple[str, ...]

    def kind(self, word: str) -> tuple[str, float] | None:
        """What a word does in a number, an Arabic one also behind its particles."""
        found = self.kinds.get(word)
        if found or word.isascii() or not word.startswith(self.prefixes):
            return found
        for _ in range(2):  # at most two particles: "وب", "وال"
            prefix = next((p for p in self.prefixes if word.startswith(p) and len(word) > len(p) + 1), "")
            word = word[len(prefix):]
            if not prefix or (found := self.kinds.get(word)):
                return found
        return None


def digits(printed: str) -> tuple[float, float | None]:
    """The value of digits with separators, and the other reading of a single separator before three digits."""
    if _GROUPED.fullmatch(printed):
        other = float(printed.replace(",", ".")) if printed[-4] in ".," else None
        return float(re.sub(r"\D", "", printed)), other
    marks = {mark for mark in printed if mark in " .,'"}
    if not marks:
        return float(printed), None
    last = max(printed.rfind("."), printed.rfind(","))
    if last < 0 or (len(printed) - last - 1 == 3 and len(marks) == 1 and printed[0] != "0"):
        return float(re.sub(r"\D", "", printed)), None
    whole = re.sub(r"\D", "", printed[:last])
    return float(f"{whole or '0'}.{printed[last + 1:]}"), None


@lru_cache(maxsize=4)
def numbers_in(text: str, words: NumberWords) -> tuple[Number, ...]:
    """All numbers of a folded text in order, each token in at most one."""
    tokens = tokens_of(text)
    found: list[Number] = []
    index = 0
    while index < len(tokens):
        token = tokens[index]
        if token.kind == "number" or (token.kind == "word" and (token.text in words.kinds or not token.text.isascii())
                                      and words.kind(token.text)):
            steps, index = _steps(text, tokens, index, words)
            if len(steps) > 1 and steps[0][:2] == ("value", 1.0) and steps[1].kind in ("value", "round", "hundred") \
                    and tokens[steps[0].at].kind == "word":
                steps = steps[1:]  # "a five megawatt", "à deux milliards"
            lone = len(steps) == 1 and steps[0][:2] == ("value", 1.0) and token.kind == "word"
            if not (lone and index < len(tokens) and tokens[index].kind == "number"):  # the "à" of "250 à 300"
                found.append(_number(tokens, steps, words))
        else:
            index += 1
    return tuple(found)


class _Step(NamedTuple):
    kind: str
    value: float
    at: int
    joined: bool  # after "and", "et", "و"


def _steps(text: str, tokens: Sequence[Token], first: int, words: NumberWords) -> tuple[list[_Step], int]:
    """The words of one number and the index of the token after it."""
    steps: list[_Step] = []
    at, joined = first, False
    while at < len(tokens) and at - first < _MOST_WORDS:
        token = tokens[at]
        if steps and not touching(text, tokens[at - 1], token):
            break
        if token.kind == "number" and not steps:
            steps.append(_Step("value", digits(token.text)[0], at, False))
        elif token.kind == "number" and _goes_on(text, tokens, at, steps, words):
            steps.append(_Step("value", float(token.text), at, True))
            joined = False
        elif token.kind == "word" and (kind := words.kind(token.text)):
            if not _may_follow(steps, kind, tokens[first]):
                break
            steps.append(_Step(*kind, at, joined or (token.text[0] == "و" and token.text not in words.kinds)))
            joined = False
        elif steps and steps[-1].kind in ("round", "half") and token.text in words.of:  # "une centaine de millions"
            pass
        elif steps and not joined and (token.text in words.joiners or token.text == "-"):
            joined = token.text != "-"
        else:
            break
        at += 1
    return steps, steps[-1].at + 1


def _goes_on(text: str, tokens: Sequence[Token], at: int, steps: Sequence[_Step], words: NumberWords) -> bool:
    """Whether the digits at `at` add to the number before them.

    "1 milliard 200 millions", "مليار و200 مليون", "3 mil 500 megavatios", "mil 200 millones", "ألف و200 ميغاواط".
    """
    printed, before = tokens[at].text, steps[-1]
    scale = before.value if before.kind == "scale" else before.value / 2 if before.value >= 2000 else 0.0  # a dual
    if not scale or not printed.isdecimal() or len(printed) > 3:
        return False
    plus = tokens[at - 1].text if tokens[at - 1].kind == "word" and before.at != at - 1 else ""
    if at + 1 < len(tokens) and touching(text, tokens[at], tokens[at + 1]):
        kind, value = words.kind(tokens[at + 1].text) or ("", 0.0)
        if kind == "scale":
            return value < scale or (scale == 1000 and (not plus or not plus.isascii()))
    return scale == 1000 and (not plus.isascii() if plus else len(printed) == 3)


def _may_follow(steps: Sequence[_Step], kind: tuple[str, float], first: Token) -> bool:
    if not steps or kind[0] in ("scale", "half"):
        return True
    if kind == ("value", 1.0):  # "$350 million a year"; but the "a" of "half a billion"
        return steps[-1].kind == "half"
    return first.kind != "number" or any(step.kind == "scale" for step in steps)


def _number(tokens: Sequence[Token], steps: Sequence[_Step], words: NumberWords) -> Number:
    first, after = steps[0].at, steps[-1].at + 1
    other = digits(tokens[first].text)[1] if tokens[first].kind == "number" else None
    total, part, scale = 0.0, 0.0, 0.0
    current: float | None = None
    bare = halved = False
    for position, step in enumerate(steps):
        if step.kind in ("value", "round"):
            if step.value >= 1e6:  # an Arabic dual holds its scale
                total, scale = total + step.value, step.value / 2
            elif current != 0.5 or step.value != 1.0:  # the "a" of "half a billion"
                current = (current or 0.0) + step.value
        elif step.kind == "hundred":
            current = (current or 1.0) * step.value
        elif step.kind == "half":
            if step.joined and scale and current is None:  # "deux milliards et demi"
                total, halved = total + scale / 2, True
            else:
                current = 0.5 if current in (None, 1.0) else (current or 0.0) + 0.5
        elif halved and step.value == scale:  # "مليارين ونصف المليار"
            continue
        elif scale and (current is None or scale < step.value):  # "lakh crore", "mil doscientos millones"
            whole = (part + (current or 0.0)) * step.value
            total, part, scale, current = total - part + whole, whole, scale * step.value, None
        else:
            word = tokens[step.at].text
            bare = bare or (current is None and word not in words.alone and not word.startswith(words.prefixes))
            if position == 1 and other is not None and current is not None:
                following = tokens[after].text if after < len(tokens) else ""
                current = _choose(tokens[first].text, current, other, word in words.decimal_point, following)
                other = None
            part = (1.0 if current is None else current) * step.value
            total, scale, current = total + part, step.value, None
    return Number(tokens[first].start, tokens[after - 1].end, first, after, total + (current or 0.0), other,
                  bool(scale) or total + (current or 0.0) >= 1e6, tokens[first].kind != "number", bare)


def _choose(printed: str, value: float, other: float, decimal_point: bool, following: str) -> float:
    """Thousands or decimals before a scale word: "1.250 millones", "1,250 million", but "$1.125 billion"."""
    if printed.endswith("0"):  # nobody prints a zero at the end of decimals
        return value
    if decimal_point and following not in ("de", "d"):  # "1.442 million de dollars" is French
        return other if printed[-4] == "." else value
    return value
