"""JSON lines and GeoJSON. Text is kept to the letter where JSON can hold it; controls and broken characters go."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from crawler.exports.about import About
from crawler.exports.safe import LINKS, address, plain


def to_jsonl(what: str, records: Iterable[Mapping[str, Any]], note: About) -> Iterator[bytes]:
    """One object a line; the first one has the single key `_about`."""
    del what
    yield _dump({"_about": note.as_dict()}) + b"\n"
    for record in records:
        yield _dump(clean(record)) + b"\n"


def to_geojson(what: str, records: Iterable[Mapping[str, Any]], note: About) -> Iterator[bytes]:
    """A FeatureCollection (RFC 7946): a point a project, longitude first; geometry null where nobody knows it."""
    del what
    head = {"type": "FeatureCollection", "_about": note.as_dict()}
    yield _dump(head)[:-1] + b',"features":['
    first = True
    for record in records:
        longitude, latitude = record["longitude"], record["latitude"]
        known = longitude is not None and latitude is not None and abs(longitude) <= 180 and abs(latitude) <= 90
        values = {name: value for name, value in record.items() if name not in {"latitude", "longitude"}}
        yield (b"" if first else b",") + b"\n" + _dump({
            "type": "Feature", "id": record["slug"], "properties": clean(values),
            "geometry": {"type": "Point", "coordinates": [longitude, latitude]} if known else None})
        first = False
    yield b"\n]}\n"


def clean(value: Any) -> Any:
    """Texts made plain; an address that is none of the web (or of a file) becomes null."""
    if isinstance(value, str):
        return plain(value)
    if isinstance(value, Mapping):
        return {plain(name): address(item) if name in LINKS else clean(item) for name, item in value.items()}
    if isinstance(value, (list, tuple)):
        return [clean(item) for item in value]
    return value


def _dump(value: Any) -> bytes:
    # < > & as escapes: the file stays harmless inside a script element
    text = json.dumps(value, ensure_ascii=False, default=str, allow_nan=False)
    for char in "<>&\u2028\u2029":
        text = text.replace(char, f"\\u{ord(char):04x}")
    return text.encode()
