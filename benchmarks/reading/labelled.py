"""The public collections of labelled news pages, each in the form in which it is published.

| collection | a folder holds |
| --- | --- |
| article-extraction-benchmark | `ground-truth.json` (by page: `articleBody`, `url`), `html/PAGE.html.gz` |
| trafilatura's evaluation | `evaldata.json` (by address: `file`, `with`, `without`), the files in `cache` and `eval` |
| Fundus' test data | by country `meta.info` (by file: `url`), `OUTLET.json` (by version), `OUTLET_DATE.html.gz` |
"""

from __future__ import annotations

import gzip
import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from crawler.errors import UsageError


@dataclass(frozen=True, slots=True)
class Labelled:
    """One page and what people say is in it: `body` or passages (`wanted`, `unwanted`), and the rest where they do."""

    name: str
    url: str
    html: bytes
    body: str | None = None
    wanted: tuple[str, ...] = ()
    unwanted: tuple[str, ...] = ()
    title: str | None = None
    day: str | None = None
    authors: tuple[str, ...] = ()


def labelled_pages(folder: Path) -> Iterator[Labelled]:
    """All pages of a collection, in a fixed order; a UsageError where the folder is none."""
    if (folder / "ground-truth.json").exists():
        yield from _benchmark(folder)
    elif (folder / "evaldata.json").exists():
        yield from _passages(folder)
    elif places := sorted(folder.rglob("meta.info")):
        for place in places:
            yield from _fundus(place.parent)
    else:
        raise UsageError(f"{folder} holds neither ground-truth.json nor evaldata.json nor a meta.info below it")


def _benchmark(folder: Path) -> Iterator[Labelled]:
    for name, label in sorted(_json(folder / "ground-truth.json").items()):
        if html := _page(folder / "html" / f"{name}.html.gz"):
            yield Labelled(name, label.get("url") or "https://unknown.example/", html, body=label["articleBody"])


def _passages(folder: Path) -> Iterator[Labelled]:
    for url, label in sorted(_json(folder / "evaldata.json").items()):
        found = (_page(folder / place / label["file"]) for place in ("eval", "cache", "."))
        if html := next(filter(None, found), None):
            yield Labelled(label["file"], url, html, wanted=tuple(label["with"]), unwanted=tuple(label["without"]))


def _fundus(folder: Path) -> Iterator[Labelled]:
    addresses = _json(folder / "meta.info")
    for answers in sorted(folder.glob("*.json")):
        versions = sorted(_json(answers).items())
        pages = sorted(folder.glob(f"{answers.stem}_2*.html.gz"))
        if len(versions) != len(pages):
            continue  # which version a page belongs to is told by their order only
        for (_, label), path in zip(versions, pages, strict=True):
            html, url = _page(path), (addresses.get(path.name) or {}).get("url") or "https://unknown.example/"
            if html and label.get("body"):
                day = (label.get("publishing_date") or "")[:10] or None
                yield Labelled(path.name.partition(".")[0], url, html, body=_sections(label["body"]),
                               title=label.get("title"), day=day, authors=tuple(label.get("authors") or ()))


def _sections(body: dict[str, Any]) -> str:
    lines = list(body.get("summary") or ())
    for section in body.get("sections") or ():
        lines += [*(section.get("headline") or ()), *(section.get("paragraphs") or ())]
    return "\n\n".join(lines)


def _page(path: Path) -> bytes | None:
    if not path.exists():
        return None
    raw = path.read_bytes()
    return gzip.decompress(raw) if raw[:2] == b"\x1f\x8b" else raw


def _json(path: Path) -> dict[str, Any]:
    data = json.loads(path.read_text(encoding="utf-8"))
    if not isinstance(data, dict):
        raise UsageError(f"{path} is no object of labels")
    return data
