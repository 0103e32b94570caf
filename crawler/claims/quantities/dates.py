"""Read printed dates of any precision: day, month, quarter, half, year, in every language and digit script.

A day or month without its year takes it from the day of publication or, failing that, from the nearest date that
has one.
Relative dates ("last month") are no dates.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date as Day  # noqa: N812  (a day, beside our own Date)

from crawler.claims.quantities.tokens import Phrases, Token, tokens_of, touching

FIRST_YEAR, LAST_YEAR = 1990, 2060
_NUMERIC = re.compile(
    r"(?<![\d./-])(?:(?P<y>(?:19|20)\d\d)-(?P<m>\d\d)-(?P<d>\d\d)|(?P<d2>\d{1,2})[./](?P<m2>\d{1,2})[./](?P<y2>20\d\d))(?!\d)")
_LIKELY = re.compile(r"\d[./-]\d\d?[./-]\d")  # in every one of them, and a text without is left in a tenth of the time


@dataclass(frozen=True, slots=True)
class Date:
    """folded[start:end] prints a date. Exactly one of month, quarter, half is set, or none of them (a year).

    `turn`: 1 the next such day after publication, -1 the last one before it, 0 the nearest.
    """

    start: int
    end: int
    year: int | None
    month: int | None = None
    day: int | None = None
    quarter: int | None = None
    half: int | None = None
    turn: int = 0
    assumed: bool = False  # the year is not printed

    def year_before(self, published: str | None) -> str | None:
        """The ISO form a year earlier, where the year was assumed and the day is more than 3 months to come."""
        if not (self.assumed and published and self.year and self.month):
            return None
        ahead = (self.year - int(published[:4])) * 12 + self.month - int(published[5:7])
        return replace(self, year=self.year - 1).iso if ahead > 3 and not self.turn else None

    @property
    def iso(self) -> str | None:
        """`2026`, `2026-H2`, `2025-Q4`, `2027-09`, `2024-05-08`; None without a year or of an impossible day."""
        if self.year is None:
            return None
        if self.quarter:
            return f"{self.year}-Q{self.quarter}"
        if self.half:
            return f"{self.year}-H{self.half}"
        if self.month and self.day:
            try:
                return Day(self.year, self.month, self.day).isoformat()
            except ValueError:
                return None
        return f"{self.year}-{self.month:02}" if self.month else str(self.year)


@dataclass(frozen=True, eq=False, slots=True)
class DateWords:
    """Folded words.

    `heads`: all that a month, quarter or half may begin with; `shy`: months that are common words, too; `inside`:
    what stands before a month alone ("in"); `years`: this, next and last year as 0, 1, -1; `turns`: next and last
    as 1, -1.
    """

    heads: frozenset[str]
    months: Phrases[int]
    shy: frozenset[str]
    inside: Phrases[bool]
    quarters: frozenset[str]
    halves: frozenset[str]
    ordinals: Phrases[int]
    quarter_letters: frozenset[str]
    half_letters: frozenset[str]
    years: Phrases[int]
    turns: Phrases[int]
    links: frozenset[str]


def dates_in(text: str, words: DateWords, published: str | None) -> list[Date]:
    """The dates of a folded text in order, resolved as far as the text and `published` (ISO) allow."""
    tokens = tokens_of(text)
    numeric = [_numeric(match) for match in _NUMERIC.finditer(text)] if _LIKELY.search(text) else []
    taken = {at for date in numeric for at in range(date.start, date.end)}
    found: list[Date] = []
    after = 0
    for index, token in enumerate(tokens):
        number = token.kind == "number"
        if not (number or token.text in words.heads) or index < after or token.start in taken:
            continue
        read = _year(text, tokens, index) if number else None
        read = read or _period(text, tokens, index, words, published)
        read = read or (None if number else _month(text, tokens, index, words))
        if read:
            if found and found[-1].start >= read[0].start:
                found.pop()  # the year of "2025 Q3" was read alone
            found.append(read[0])
            after = read[1]
    found = sorted([*numeric, *found], key=lambda date: date.start)
    years = [date for date in found if date.year]
    return [date if date.year else _resolve(date, published, years) for date in found]


def _numeric(match: re.Match[str]) -> Date:
    year = int(match["y"] or match["y2"])
    month, day = int(match["m"] or match["m2"]), int(match["d"] or match["d2"])
    if month > 12 >= day:  # the American order
        month, day = day, month
    return Date(match.start(), match.end(), year, month, day)


def _at(text: str, tokens: Sequence[Token], index: int) -> Token | None:
    if 0 < index < len(tokens) and touching(text, tokens[index - 1], tokens[index], 2):
        return tokens[index]
    return None


def _is_year(token: Token | None) -> bool:
    return token is not None and token.kind == "number" and len(token.text) == 4 and token.text.isdecimal() \
        and FIRST_YEAR <= int(token.text) <= LAST_YEAR


def _year(text: str, tokens: Sequence[Token], index: int) -> tuple[Date, int] | None:
    token = tokens[index]
    if not _is_year(token):
        return None
    before, after = tokens[index - 1] if index else None, _at(text, tokens, index + 1)
    stuck = before is not None and before.end == token.start and (before.kind != "mark" or before.text in "#$€£/.,'")
    if before and stuck and (before.kind != "word" or before.text.isascii()):  # an Arabic particle may stick
        return None
    if after and (after.kind == "square" or after.text == "%" or (after.kind == "word" and after.start == token.end)):
        return None
    return Date(token.start, token.end, int(token.text)), index + 1


def _year_after(text: str, tokens: Sequence[Token], index: int, words: DateWords) -> tuple[int, int] | None:
    """A year within the next small words: its value and the index after it."""
    for at in range(index, index + 5):
        token = _at(text, tokens, at)
        if token is None:
            return None
        if _is_year(token):
            return int(token.text), at + 1
        if token.text not in words.links:
            return None
    return None


def _relative_year(text: str, tokens: Sequence[Token], index: int, words: DateWords, published: str | None,
                   ) -> tuple[int, int] | None:
    for at in range(index, index + 3):
        if _at(text, tokens, at) is None:
            return None
        found = words.years.at(text, tokens, at)
        if found and published:
            return int(published[:4]) + found[0], found[1]
    return None


def _period(text: str, tokens: Sequence[Token], index: int, words: DateWords, published: str | None,
            ) -> tuple[Date, int] | None:
    """A quarter or a half: Q4 2025, 4T25, quatrième trimestre de 2025, الربع الرابع من 2025."""
    named = _lettered(text, tokens, index, words) or _spelt_period(text, tokens, index, words)
    if named is None:
        return None
    kind, number, first, after = named
    if not 1 <= number <= (4 if kind == "quarter" else 2):
        return None
    year = _year_after(text, tokens, after, words) or _relative_year(text, tokens, after, words, published) \
        or _short_year(text, tokens, after)
    if year is None and first and _is_year(tokens[first - 1]) and touching(text, tokens[first - 1], tokens[first], 2):
        year, first = (int(tokens[first - 1].text), after), first - 1  # 2025 Q4
    if year is None:
        return None
    start, end = tokens[first].start, tokens[year[1] - 1].end
    if kind == "quarter":
        return Date(start, end, year[0], quarter=number), year[1]
    return Date(start, end, year[0], half=number), year[1]


def _short_year(text: str, tokens: Sequence[Token], index: int) -> tuple[int, int] | None:
    """The two digits of "4Q27" and "Q4 '27"."""
    mark = index < len(tokens) and tokens[index].text == "'"
    at = index + 1 if mark else index
    if at >= len(tokens) or tokens[at].start != tokens[at - 1].end or not re.fullmatch(r"[2-5]\d", tokens[at].text):
        return None
    return 2000 + int(tokens[at].text), at + 1


def _lettered(text: str, tokens: Sequence[Token], index: int, words: DateWords) -> tuple[str, int, int, int] | None:
    token, after = tokens[index], _at(text, tokens, index + 1)
    if after is None or after.start != token.end:
        return None
    letter, digit = (token, after) if token.kind == "word" else (after, token)
    if digit.kind != "number" or digit.text not in ("1", "2", "3", "4"):
        return None
    if letter.text in words.quarter_letters:
        return "quarter", int(digit.text), index, index + 2
    if letter.text in words.half_letters:
        return "half", int(digit.text), index, index + 2
    return None


def _spelt_period(text: str, tokens: Sequence[Token], index: int, words: DateWords) -> tuple[str, int, int, int] | None:
    noun = tokens[index].text
    bare = noun if noun in words.quarters or noun in words.halves else noun[1:]  # an Arabic particle: "بالربع"
    kind = "quarter" if bare in words.quarters else "half" if bare in words.halves else ""
    if not kind:
        return None
    behind = words.ordinals.at(text, tokens, index + 1) if _at(text, tokens, index + 1) else None
    if behind and not tokens[index].text.isascii():  # الربع الرابع
        return kind, behind[0], index, behind[1]
    for at in range(index - 1, max(index - 4, -1), -1):  # fourth quarter, 4e trimestre, quarto trimestre
        ahead = words.ordinals.at(text, tokens, at)
        if ahead and ahead[1] <= index and touching(text, tokens[at], tokens[index], 12):
            return kind, ahead[0], at, index + 1
        if not touching(text, tokens[at], tokens[at + 1]):
            break
    return None


def _month(text: str, tokens: Sequence[Token], index: int, words: DateWords) -> tuple[Date, int] | None:
    found = words.months.at(text, tokens, index)
    if found is None:
        return None
    month, after = found
    if tokens[after - 1].end < len(text) and _at(text, tokens, after) and tokens[after].text == ".":
        after += 1 if _at(text, tokens, after + 1) and tokens[after + 1].kind == "number" else 0
    day, first = _day_before(text, tokens, index, words)
    shy = tokens[index].text in words.shy
    if day is None and not shy:
        day, after = _day_after(text, tokens, after)
    year = _year_after(text, tokens, after, words)
    turn = 0
    if year is None:
        at = after + 1 if _at(text, tokens, after) and tokens[after].text in words.links else after
        turned = words.turns.at(text, tokens, at) if _at(text, tokens, at) else None
        turn, after = turned if turned else (0, after)
        if not turned and first and (ahead := words.turns.ending(text, tokens, first)):  # "el pasado 4 de marzo"
            turn = ahead[0]
    if day is None and year is None and (shy or not (turn or words.inside.ending(text, tokens, index))):
        return None
    end = tokens[(year[1] if year else after) - 1].end
    return Date(tokens[first].start, end, year[0] if year else None, month, day, turn=turn), year[1] if year else after


def _day_before(text: str, tokens: Sequence[Token], index: int, words: DateWords) -> tuple[int | None, int]:
    for at in range(index - 1, max(index - 4, -1), -1):
        if not touching(text, tokens[at], tokens[at + 1]):
            break
        token = tokens[at]
        if token.kind == "number" and token.text.isdecimal() and 1 <= int(token.text) <= 31 and len(token.text) <= 2:
            return int(token.text), at
        if token.text not in words.links:
            break
    return None, index


def _day_after(text: str, tokens: Sequence[Token], index: int) -> tuple[int | None, int]:
    token = _at(text, tokens, index)
    if token and token.kind == "number" and token.text.isdecimal() and 1 <= int(token.text) <= 31:
        after = _at(text, tokens, index + 1)
        return int(token.text), index + 2 if after and after.text in ("st", "nd", "rd", "th") else index + 1
    return None, index


def _resolve(date: Date, published: str | None, years: Sequence[Date]) -> Date:
    """The date with its year: by the day of publication, else (days only) the year of the date printed nearest."""
    assert date.month is not None
    if published and re.fullmatch(r"\d{4}-\d\d(?:-\d\d)?.*", published):
        year, month = int(published[:4]), int(published[5:7])
        day = int(published[8:10] or 15)
        distance = (date.month - month) * 31 + (date.day or day) - day
        if date.turn:
            year += 1 if date.turn > 0 and distance < 0 else -1 if date.turn < 0 and distance > 0 else 0
        elif abs(distance) > 183:
            year += 1 if distance < 0 else -1
        return replace(date, year=year, assumed=True)
    exact = [other for other in years if other.month]
    if published is None and date.day and exact:
        nearest = min(exact, key=lambda other: min(abs(other.start - date.end), abs(date.start - other.end)))
        return replace(date, year=nearest.year)
    return date
