"""The compiled vocabulary of claims: phrases, places, organisations. Loaded once per configuration folder."""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Literal

from pydantic import BaseModel, ConfigDict

from crawler.claims.directory import NameTable, key_of
from crawler.claims.gazetteer import Gazetteer, PlacesFile, make_gazetteer
from crawler.claims.phrases import PhraseBook
from crawler.claims.proper import Words as NameWords
from crawler.claims.quantities import Quantities, load_quantities
from crawler.configuration.checked import Lines, check, load_yaml
from crawler.configuration.locate import ConfigFolder
from crawler.errors import ConfigError

KINDS = Literal["hyperscaler", "operator", "developer", "technology", "supplier", "fund", "bank", "telecom", "utility",
                "government", "agency", "university", "company", "media", "certifier"]
Words = list[str | list[str]]
_ACRONYM = 5  # letters; longer ones (EDGNEX) are no words and stand in any case


class OrganizationEntry(BaseModel):
    """One line of organizations.yml."""

    model_config = ConfigDict(extra="forbid")

    name: str
    kind: KINDS
    also: list[str] = []
    words: list[str] = []


@dataclass(frozen=True, slots=True)
class Organization:
    """An organisation that the alias file knows. `word`: this spelling is also an everyday word (Liquid, Free);
    `acronym`: it is one of up to five letters (DIEZ, MASEN)."""

    name: str
    kind: str
    word: bool = False
    acronym: bool = False


class ClaimsFile(BaseModel):
    """The groups of lexicon/claims.yml. Every group is a list of phrases, or of lists of them."""

    model_config = ConfigDict(extra="forbid")

    facility: Words
    facility_again: Words
    status: dict[str, Words]
    status_other: dict[str, Words]
    status_acts: dict[str, Words]
    status_things: dict[str, Words]
    other_one: Words
    other_one_after: Words
    share_done: Words
    per_cent: Words
    event_noun: Words
    postponed: Words
    agreement_paper: Words
    award: Words
    planned: Words
    negation: Words
    when_it: Words
    none_of: Words
    none_ends: Words
    other_project: Words
    other_follows: Words
    another: Words
    numbered: Words
    another_after: Words
    ranked: Words
    that_of: Words
    that_which: Words
    the_first: Words
    own_site: Words
    site_word: Words
    many_sites: Words
    the_company: Words
    that_one: Words
    in_the_city: Words
    stands_in: Words
    it_is: Words
    public_head: Words
    origin: Words
    event: Words
    compare: Words
    site_chosen: Words
    inside_of: Words
    near_ok: Words
    locative: Words
    place_noun: Words
    site_noun: Words
    city_noun: Words
    region_noun: Words
    area_noun: Words
    own_territory: Words
    company_noun: Words
    name_start: Words
    name_head: Words
    name_tail: Words
    name_head_ar: Words
    name_tail_ar: Words
    name_wider_ar: Words
    name_area_ar: Words
    origin_tail: Words
    person_noun: Words
    given_name: Words
    not_names: Words
    calendar: Words
    small_words: Words
    not_names_ar: Words
    acts: Words
    partner: Words
    tied: Words
    role_verb: Words
    part_before: dict[str, Words]
    part_after: dict[str, Words]
    part_verb: Words
    bystander: Words
    source: Words
    says: Words
    doubt: Words
    no_doubt: Words
    energy: dict[str, Words]
    energy_other: Words
    name_before: Words
    name_after: Words
    name_ends: Words
    name_nouns: Words
    reported: Words
    questioned: Words
    denied: Words


@dataclass(frozen=True, slots=True)
class Lexicon:
    """Everything that `extract` looks up. `quantities` is the number part's own vocabulary."""

    phrases: PhraseBook
    gazetteer: Gazetteer
    organizations: NameTable[Organization]
    sets: Mapping[str, frozenset[str]]
    names: NameWords
    quantities: Quantities


def load_lexicon(folder: ConfigFolder, topic: Path | None = None) -> Lexicon:
    """The vocabulary of a configuration folder, with what the file of `topic` puts in its place: `words`, groups of
    lexicon/claims.yml, and `cues`, groups of lexicon/quantities.yml. Raises ConfigError with file, line and key."""
    paths = tuple(folder.file(name) for name in ("lexicon/claims.yml", "places.yml", "organizations.yml",
                                                "lexicon/quantities.yml", "lexicon/own.yml"))
    if topic is not None:
        paths = (*paths, topic)
    return _load(paths, tuple(path.stat().st_mtime_ns for path in paths))


@lru_cache(maxsize=8)
def _load(paths: tuple[Path, ...], _changed: tuple[int, ...]) -> Lexicon:
    words, places, organizations, quantities, weights, *topic = paths
    own_words = _words_of(topic[0]) if topic else {}
    book = PhraseBook()
    data, lines = load_yaml(words)
    file = check(ClaimsFile, {**data, **own_words} if isinstance(data, dict) else data, words, lines)
    for group, value in file:
        _add_group(book, group, value, words, lines)
    places_file, lines, gazetteer = _places(places, places.stat().st_mtime_ns)
    for code, country in places_file.countries.items():
        _add(book, f"adjective.{code}", country.adjectives, places, lines, ("countries", code, "adjectives"))
    sets = {group: frozenset(key_of(word) for word in _flat(getattr(file, group)))
            for group in ("name_start", "given_name", "name_head", "name_tail", "name_ends", "name_nouns",
                          "name_head_ar", "name_tail_ar", "name_wider_ar", "name_area_ar", "origin_tail",
                          "not_names", "calendar", "small_words", "not_names_ar",
                          "person_noun",
                          "company_noun")}
    sets["not_names"] |= sets["calendar"]
    sets["generic"] = sets["not_names"] | sets["small_words"] | sets["name_tail"] | sets["name_nouns"]
    sets["trade"] = sets["generic"] | sets["name_head"]
    sets["company"] = sets["company_noun"] - sets["name_head"] - sets["name_tail"]
    sets["stop"] = (sets["not_names"] | sets["small_words"]) - sets["name_tail"] - sets["name_head"]
    return Lexicon(book, gazetteer, _organizations(organizations), sets,
                   NameWords(sets["stop"], sets["name_start"], sets["small_words"] - sets["name_tail"],
                             sets["person_noun"], sets["name_head"], sets["name_nouns"], sets["calendar"]),
                   load_quantities(quantities, topic[0] if topic else None, weights))


def load_gazetteer(folder: ConfigFolder) -> Gazetteer:
    """The places of a configuration folder alone, for those who read no claims. Raises ConfigError."""
    path = folder.file("places.yml")
    return _places(path, path.stat().st_mtime_ns)[2]


@lru_cache(maxsize=8)
def _places(path: Path, _changed: int) -> tuple[PlacesFile, Lines, Gazetteer]:
    data, lines = load_yaml(path)
    file = check(PlacesFile, data, path, lines)
    return file, lines, make_gazetteer(file)


def _words_of(path: Path) -> dict[str, Words | dict[str, Words]]:
    """The groups of words that a topic's own file puts in the place of those in lexicon/claims.yml."""
    data, lines = load_yaml(path)
    words: dict[str, Words | dict[str, Words]] = data.get("words") or {}
    for name in words:
        if name not in ClaimsFile.model_fields:
            close = difflib.get_close_matches(name, ClaimsFile.model_fields, n=1)
            raise ConfigError(path, f"no group {name!r} in lexicon/claims.yml", line=lines.of(("words", name)),
                              key=f"words.{name}", hint=f"did you mean {close[0]!r}?" if close else "see that file")
    return words


def _add_group(book: PhraseBook, group: str, value: Words | dict[str, Words], path: Path, lines: Lines) -> None:
    if isinstance(value, dict):
        for name, words in value.items():
            _add(book, f"{group}.{name}", _flat(words), path, lines, (group, name))
    else:
        _add(book, group, _flat(value), path, lines, (group,))


def _add(book: PhraseBook, label: str, phrases: Iterable[str], path: Path, lines: Lines,
         where: tuple[str, ...]) -> None:
    try:
        book.add(label, phrases)
    except ValueError as error:
        raise ConfigError(path, str(error), line=lines.of(where), key=".".join(where)) from None


def _flat(words: Words) -> list[str]:
    return [phrase for item in words for phrase in ([item] if isinstance(item, str) else item)]


def _organizations(path: Path) -> NameTable[Organization]:
    data, lines = load_yaml(path)
    if not isinstance(data, list):
        raise ConfigError(path, "expected a list of organisations", line=1, hint="each line begins with `- {name:`")
    known: dict[str, Organization] = {}
    for index, item in enumerate(data):
        entry = check(OrganizationEntry, item, path, lines, (index,))
        words = {key_of(word) for word in entry.words}
        for name in (entry.name, *entry.also):
            acronym = name.isupper() and name.isalpha() and len(name) <= _ACRONYM
            known.setdefault(key_of(name), Organization(entry.name, entry.kind, key_of(name) in words, acronym))
    return NameTable(known)


