"""Places by name: `config/places.yml` over a compiled list of countries, regions and cities of the world."""

from __future__ import annotations

import gzip
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Literal, NamedTuple

from pydantic import BaseModel, ConfigDict, Field

from crawler.claims.directory import key_of

_COMPILED = Path(__file__).parent / "data" / "places.tsv.gz"


class Place(NamedTuple):
    """`kind`: c country, r region, p populated place. `known`: from places.yml, where names are chosen with care.
    `territory`: the code of the country that other texts see the place in."""

    kind: str
    country: str
    name: str
    latitude: float | None = None
    longitude: float | None = None
    population: int = 0
    known: bool = False
    territory: str = ""


class PlaceEntry(BaseModel):
    """One line of `places:` in places.yml."""

    model_config = ConfigDict(extra="forbid")

    name: str
    country: str = Field(pattern="^[A-Z]{2}$")
    territory: str = Field("", pattern="^([A-Z]{2})?$")
    at: tuple[float, float] | None = None
    also: list[str] = []
    kind: Literal["city", "region"] = "city"


class CountryEntry(BaseModel):
    """One line of `countries:` in places.yml."""

    model_config = ConfigDict(extra="forbid")

    names: list[str] = []
    adjectives: list[str] = []


class PlacesFile(BaseModel):
    """The whole of places.yml."""

    model_config = ConfigDict(extra="forbid")

    places: list[PlaceEntry] = []
    countries: dict[str, CountryEntry] = {}
    words: list[str] = []


@dataclass(frozen=True, slots=True, eq=False)
class Gazetteer:
    """Folded names and the places of that name, the likeliest first."""

    _own: dict[str, tuple[Place, ...]]
    _words: frozenset[str]
    _firsts: frozenset[str]

    def is_word(self, key: str) -> bool:
        """Is it also an everyday word?"""
        return key in self._words

    def begins(self, word: str) -> bool:
        """May the name of a place begin with `word`?"""
        return word in self._firsts or word in _first_words()

    def get(self, key: str) -> tuple[Place, ...] | None:
        """The places called `key` (as of `key_of`), or None."""
        places = self._own.get(key)
        if places is not None:
            return places
        line = None if key in self._words else _compiled().get(key)
        return None if line is None else _parse(line)


@cache
def _compiled() -> dict[str, str]:
    """Folded name → places as text, read once (0.15 s); only what is asked for is ever parsed."""
    lines = gzip.decompress(_COMPILED.read_bytes()).decode().split("\n")
    return dict(line.split("\t", 1) for line in lines)


@cache
def _first_words() -> frozenset[str]:
    return frozenset(key.split(" ", 1)[0] for key in _compiled())


@cache
def _parse(text: str) -> tuple[Place, ...]:
    places = []
    for part in text.split("|"):
        kind, country, latitude, longitude, population, name = part.split(";", 5)
        places.append(Place(kind, country, name, float(latitude) if latitude else None,
                            float(longitude) if longitude else None, int(population or 0)))
    return tuple(places)


def make_gazetteer(file: PlacesFile) -> Gazetteer:
    """The gazetteer of one places.yml."""
    own: dict[str, tuple[Place, ...]] = {}
    for entry in file.places:
        latitude, longitude = entry.at or (None, None)
        place = Place("p" if entry.kind == "city" else "r", entry.country, entry.name, latitude, longitude, 100_000,
                      known=True, territory=entry.territory)
        for name in (entry.name, *entry.also):
            key = key_of(name)
            own[key] = (*own.get(key, ()), place)
    for code, country in file.countries.items():
        for name in country.names:
            own.setdefault(key_of(name), (Place("c", code, name, known=True),))
    return Gazetteer(own, frozenset(key_of(word) for word in file.words), frozenset(key.split(" ")[0] for key in own))
