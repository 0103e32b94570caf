"""Load config/lexicon/quantities.yml into compiled vocabulary; mistakes name file, line and key."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from pydantic import BaseModel, ConfigDict, Field

from crawler.claims.quantities.dates import DateWords
from crawler.claims.quantities.measures import Units
from crawler.claims.quantities.money import Currencies, Family, Money
from crawler.claims.quantities.numbers import NumberWords
from crawler.claims.quantities.tokens import Phrases
from crawler.configuration.checked import Lines, check, load_yaml
from crawler.errors import ConfigError
from crawler.text.folding import fold

_ESCAPED = re.compile(r"\\.")
_ARABIC = re.compile("[\u0621-\u064a]")
_PARTICLES = "[وفبلك]{0,2}(?:ال)?"


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid")


class _Numbers(_Strict):
    values: dict[float, list[str]]
    rounds: dict[float, list[str]]
    hundreds: list[str]
    scales: dict[float, list[str]]
    alone: list[str]
    halves: list[str]
    joiners: list[str]
    of: list[str]
    decimal_point: list[str]
    prefixes: list[str]


class _Home(_Strict):
    factor: float = Field(gt=0)
    words: list[str]


class _Family(_Strict):
    default: str
    words: list[str]
    homes: dict[str, list[str]]


class _Money(_Strict):
    short: dict[str, float]
    compact: dict[str, dict[str, float]]
    symbols: dict[str, str]
    letters: dict[str, str]
    dollars: dict[str, str]
    codes: list[str]
    other_codes: dict[str, str]
    names: dict[str, list[str]]
    hundredths: dict[str, str]
    families: dict[str, _Family]
    countries: dict[str, str] = {}
    links: list[str]
    nothing: list[str]


class _Dates(_Strict):
    months: dict[int, list[str]]
    shy: list[str]
    in_: list[str] = Field(alias="in")
    quarters: list[str]
    halves: list[str]
    ordinals: dict[int, list[str]]
    quarter_letters: list[str]
    half_letters: list[str]
    this_year: list[str]
    next_year: list[str]
    last_year: list[str]
    future: list[str]
    past: list[str]
    links: list[str]


class _File(_Strict):
    numbers: _Numbers
    power: dict[float, list[str]]
    power_alone: list[str]
    surface: dict[float, list[str]]
    surface_homes: dict[str, _Home]
    money: _Money
    dates: _Dates
    cues: dict[str, dict[str, list[str]]]


class _Own(_Strict):
    capacity: dict[str, float] = {}
    investment: dict[str, float] = {}


class _Cues(_Strict):
    cues: dict[str, dict[str, list[str]]]


@dataclass(frozen=True, eq=False, repr=False, slots=True)
class Quantities:
    """The compiled vocabulary. `cues`: group → name → pattern over folded text; `own`: kind of figure → mark → what it
    is worth (empty: the rules alone decide whose a figure is)."""

    numbers: NumberWords
    power: Units
    surface: Units
    surface_homes: dict[str, tuple[float, float, Phrases[bool]]]  # default and local size in m2, the country's words
    dates: DateWords
    currencies: Currencies
    cues: dict[str, dict[str, re.Pattern[str]]]
    own: Mapping[str, Mapping[str, float]]


def load_quantities(path: Path, topic: Path | None = None, own: Path | None = None) -> Quantities:
    """The vocabulary in `path`, with the `cues` that the file of `topic` puts in the place of those in it, compiled,
    and the weights of the file `own`.

    Raises ConfigError on any mistake, with file, line and key.
    """
    data, lines = load_yaml(path)
    raw = check(_File, data, path, lines)
    cues = {group: _patterns(group, named, path, lines) for group, named in raw.cues.items()}
    if topic is not None:
        changed, own_lines = load_yaml(topic)
        own_cues = check(_Cues, {"cues": changed.get("cues") or {}}, topic, own_lines).cues
        for group, named in own_cues.items():
            for name in named:
                if name not in cues.get(group, {}):
                    raise ConfigError(topic, f"no cue {group}.{name} in lexicon/quantities.yml",
                                      line=own_lines.of(("cues", group, name)), key=f"cues.{group}.{name}")
            cues[group] |= _patterns(group, named, topic, own_lines)
    return Quantities(_numbers(raw.numbers), _power(raw), _surface(raw), _homes(raw), _dates(raw.dates),
                      _currencies(raw.money), cues, _weights(own) if own else {})


def _weights(path: Path) -> Mapping[str, Mapping[str, float]]:
    data, lines = load_yaml(path)
    return check(_Own, data or {}, path, lines).model_dump()


def _patterns(group: str, named: dict[str, list[str]], path: Path, lines: Lines) -> dict[str, re.Pattern[str]]:
    return {name: checked_one_of(fragments, path, lines, ("cues", group, name)) for name, fragments in named.items()}


def checked_one_of(fragments: Sequence[str], path: Path, lines: Lines, where: tuple[str, ...]) -> re.Pattern[str]:
    """As `one_of`. Raises ConfigError with the line of the fragment at `where` that is no pattern.

    Each is compiled alone only where something is wrong: that doubles the time of loading.
    """
    try:
        if all(map(_is_balanced, fragments)):
            return one_of(fragments)
    except re.error:
        pass
    for position, fragment in enumerate(fragments):
        try:
            re.compile(fold_pattern(fragment))
        except re.error as error:
            raise ConfigError(path, f"not a regular expression: {error}", line=lines.of((*where, position)),
                              key=".".join(where), hint="brackets and signs such as . ( ) need a backslash") from None
    return one_of(fragments)


def _is_balanced(fragment: str) -> bool:
    """Are its brackets its own? Joined, one that opens and one that closes would make a pattern."""
    depth, inside = 0, False  # a class of signs
    for sign in _ESCAPED.sub("", fragment):
        if inside or sign == "[":
            inside = sign != "]"
            continue
        depth += (sign == "(") - (sign == ")")
        if depth < 0:
            return False
    return depth == 0


def fold_pattern(fragment: str) -> str:
    r"""A pattern with its letters folded; escapes such as \d and \S keep their case."""
    parts = re.split(r"(\\.)", fragment)
    return "".join(part if part.startswith("\\") else fold(part) for part in parts)


def one_of(fragments: Iterable[str]) -> re.Pattern[str]:
    """One pattern for all fragments, each a whole word, an Arabic one behind its particles. Empty: matches nothing."""
    folded = [fold_pattern(fragment) for fragment in fragments]
    joined = "|".join(rf"{_PARTICLES}{part}" if _ARABIC.search(part) else part for part in folded)
    return re.compile(rf"(?<!\w)(?:{joined})(?!\w)") if joined else re.compile(r"(?!)")


def _numbers(raw: _Numbers) -> NumberWords:
    kinds = {fold(word): ("half", 0.5) for word in raw.halves}
    kinds |= {fold(word): ("hundred", 100.0) for word in raw.hundreds}
    kinds |= {fold(word): ("value", value) for value, words in raw.values.items() for word in words}
    kinds |= {fold(word): ("round", value) for value, words in raw.rounds.items() for word in words}
    kinds |= {fold(word): ("scale", factor) for factor, words in raw.scales.items() for word in words}
    return NumberWords(
        kinds=kinds, alone=frozenset(map(fold, raw.alone)), joiners=frozenset(map(fold, raw.joiners)),
        of=frozenset(map(fold, raw.of)),
        decimal_point=frozenset(map(fold, raw.decimal_point)), prefixes=tuple(map(fold, raw.prefixes)),
    )


def _power(raw: _File) -> Units:
    phrases = Phrases((word, ("MW", factor)) for factor, words in raw.power.items() for word in words)
    alone = {fold(word): ("MW", 1000.0) for word in raw.power_alone}
    return Units(phrases, alone, most=30_000.0)  # no site of more than 30 GW has been announced anywhere


def _surface(raw: _File) -> Units:
    phrases = Phrases((word, (fold(word), factor)) for factor, words in raw.surface.items() for word in words)
    return Units(phrases, {}, most=1e10)


def _homes(raw: _File) -> dict[str, tuple[float, float, Phrases[bool]]]:
    homes: dict[str, tuple[float, float, Phrases[bool]]] = {}
    for name, home in raw.surface_homes.items():
        usual = next((factor for factor, words in raw.surface.items() if name in words), home.factor)
        there: Phrases[bool] = Phrases((word, True) for word in home.words)
        homes |= {fold(word): (usual, home.factor, there) for word in raw.surface.get(usual, [])}
    return homes


def _currencies(raw: _Money) -> Currencies:
    signs: list[tuple[str, Money]] = [(symbol, Money(code)) for symbol, code in raw.symbols.items()]
    for prefix, code in raw.dollars.items():
        signs.append((f"{prefix}$", Money(code, exact=f"{prefix}$")))
    signs += [(code, Money(code, exact=code)) for code in raw.codes]
    signs += [(printed, Money(code, exact=printed)) for printed, code in raw.other_codes.items()]
    after = list(signs)
    for code, names in raw.names.items():
        after += [(name, Money(code)) for name in names]
    for name, family in raw.families.items():
        after += [(word, Money(name)) for word in family.words]
    for code, known in raw.compact.items():
        after += [(printed, Money(code, factor)) for printed, factor in known.items()]
    after += [(word, Money(code, 0.01)) for word, code in raw.hundredths.items()]
    families = {
        name: Family(family.default, Phrases((word, code) for code, words in family.homes.items() for word in words),
                     frozenset((family.default, *family.homes)))
        for name, family in raw.families.items()
    }
    letters = Phrases((printed, Money(code, exact=printed)) for printed, code in raw.letters.items())
    return Currencies(Phrases(signs), Phrases(after), letters, {fold(k): v for k, v in raw.short.items()},
                      families, frozenset(map(fold, raw.links)), frozenset(map(fold, raw.nothing)), raw.countries)


def _dates(raw: _Dates) -> DateWords:
    def phrases(words: list[str]) -> Phrases[bool]:
        return Phrases((word, True) for word in words)

    periods = {fold(word) for word in raw.quarters + raw.halves}
    return DateWords(
        heads=frozenset(
            {fold(word).split()[0].rstrip(".") for words in raw.months.values() for word in words}
            | periods | {particle + word for particle in "بلو" for word in periods if not word.isascii()}
            | set(raw.quarter_letters) | set(raw.half_letters)),
        quarters=frozenset(map(fold, raw.quarters)), halves=frozenset(map(fold, raw.halves)),
        months=Phrases((word, number) for number, words in raw.months.items() for word in words),
        shy=frozenset(map(fold, raw.shy)), inside=phrases(raw.in_),
        ordinals=Phrases((word, number) for number, words in raw.ordinals.items() for word in words),
        quarter_letters=frozenset(raw.quarter_letters), half_letters=frozenset(raw.half_letters),
        years=Phrases([(word, 0) for word in raw.this_year] + [(word, 1) for word in raw.next_year]
                      + [(word, -1) for word in raw.last_year]),
        turns=Phrases([(word, 1) for word in raw.future] + [(word, -1) for word in raw.past]),
        links=frozenset(map(fold, raw.links)),
    )
