"""Towns of 1,000 to 5,000 people, and foreign ones by their Arabic name: too many names that are also words and
people's to be looked for everywhere, so they are asked only where a story uses a name as a place."""

from __future__ import annotations

import gzip
from functools import cache
from pathlib import Path

from crawler.claims.gazetteer import Place

_COMPILED = Path(__file__).parent / "data" / "towns.tsv.gz"


def towns(key: str) -> tuple[Place, ...]:
    """The towns called `key` (as of `key_of`), the largest first; empty where there is none."""
    text, wanted = _lines(), key.encode() + b"\t"
    low, high = 0, len(text)
    while low < high:  # the lines are sorted: 7 MB of text need no table of 100,000 strings (60 MB)
        start = text.rfind(b"\n", low, (low + high) // 2) + 1 or low
        end = text.find(b"\n", start)
        line = text[start:end if end >= 0 else len(text)]
        if line.startswith(wanted):
            return _parse(line[len(wanted):].decode())
        if line < wanted:
            low = start + len(line) + 1
        else:
            high = start
    return ()


@cache
def _lines() -> bytes:
    """The list, read when it is first asked (0.05 s)."""
    return gzip.decompress(_COMPILED.read_bytes())


def _parse(text: str) -> tuple[Place, ...]:
    places = []
    for part in text.split("|"):
        country, latitude, longitude, population, name = part.split(";", 4)
        places.append(Place("p", country, name, float(latitude), float(longitude), int(population)))
    return tuple(places)
