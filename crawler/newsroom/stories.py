"""The stories as data: `stories/*.yml`, one file a project (and some for what is none), read into dataclasses.

Every company, project, figure and quote in them is invented; only countries and cities are real.

A file is a mapping: `project` (the key that its stories have as main project, optional) and `stories`, a list of
  id, outlet, lang, day (days before today; negative: appears after `advance`), title, text
  optional: author, section, slug, facts (short hand, see `_facts`), mentions (keys of other projects),
            negative (a negative_kind: the story is not about a project), unlisted (in no feed; reached otherwise)
A near copy names `copy_of` and only what differs: outlet, day, title, `edits` ({old, new}), `drop` (numbers of the
paragraphs left out, from 1), `facts` (laid over the original's), `via` (true: an aggregator that names its origin).
"""

from __future__ import annotations

import re
import zlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta, timezone
from functools import cache, lru_cache
from importlib.resources import files
from typing import Any

import yaml

from crawler.newsroom.dates import fill

MOROCCO = timezone(timedelta(hours=1))


@dataclass(frozen=True)
class Story:
    """One story of one outlet, its markers filled for one `today`. `number` is its stable number in addresses."""

    id: str
    outlet: str
    lang: str
    day: int
    published: datetime
    title: str
    paragraphs: tuple[str, ...]
    author: str | None
    section: str | None
    slug: str
    number: int
    about_project: bool
    negative_kind: str | None
    projects: tuple[tuple[str, str], ...]
    facts: dict[str, Any] | None
    near_copy_of: str | None
    origin: str | None
    unlisted: bool

    @property
    def text(self) -> str:
        """The body as labels carry it: paragraphs divided by a blank line."""
        return "\n\n".join(self.paragraphs)


def load_stories(today: date) -> list[Story]:
    """All stories, with dates counted from `today`; raises ValueError where a file is not as described."""
    return list(_loaded(today))


@lru_cache(maxsize=4)
def _loaded(today: date) -> tuple[Story, ...]:
    raw = _raw_stories()
    return tuple(_story(_resolved(entry, raw), today) for entry in raw.values())


@cache
def _raw_stories() -> dict[str, dict[str, Any]]:
    folder = files("crawler.newsroom") / "stories"
    found = sorted((path for path in folder.iterdir() if path.name.endswith(".yml")), key=lambda path: path.name)
    return _gathered((path.name, path.read_text(encoding="utf-8")) for path in found)


def _gathered(texts: Iterable[tuple[str, str]]) -> dict[str, dict[str, Any]]:
    """The entries of story files, given as (file name, YAML), by their id."""
    # The safe loader in C where PyYAML was built with it: 0.1 s instead of 0.9 s for all files.
    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    gathered: dict[str, dict[str, Any]] = {}
    for name, text in texts:
        content = loader(text).get_single_data()
        for entry in content["stories"]:
            if entry["id"] in gathered:
                raise ValueError(f"{name}: story {entry['id']} is there twice")
            gathered[entry["id"]] = {"main": content.get("project"), **entry}
    return gathered


def _resolved(entry: dict[str, Any], raw: Mapping[str, dict[str, Any]]) -> dict[str, Any]:
    """A near copy laid over its original: same text but for `edits` and `drop`, same facts but for `facts`."""
    if "copy_of" not in entry:
        lines = (" ".join(paragraph.split()) for paragraph in re.split(r"\n\s*\n", str(entry["text"]).strip()))
        return {**entry, "text": "\n\n".join(lines)}
    if entry["copy_of"] not in raw:
        raise ValueError(f"{entry['id']}: copy_of names no story: {entry['copy_of']}")
    source = _resolved(raw[entry["copy_of"]], raw)
    text = source["text"]
    for edit in entry.get("edits", ()):
        if edit["old"] not in text:
            raise ValueError(f"{entry['id']}: the original does not say {edit['old']!r}")
        text = text.replace(edit["old"], edit["new"])
    text = "\n\n".join(p for n, p in enumerate(text.split("\n\n"), 1) if n not in entry.get("drop", ()))
    facts = {**(source.get("facts") or {}), **entry.get("facts", {})} if "facts" in source else None
    merged = {key: value for key, value in source.items() if key not in {"author", "slug", "unlisted", "section"}}
    if facts is not None:
        merged["facts"] = facts
    return {**merged, **{k: v for k, v in entry.items() if k != "facts"}, "text": text, "main": source["main"]}


def _story(entry: dict[str, Any], today: date) -> Story:
    language, day = entry["lang"], int(entry["day"])
    number = zlib.crc32(entry["id"].encode()) % 900_000 + 100_000
    # Between 08:00 and 16:59 local time, so that the UTC day is the printed day in every zone of the newsroom.
    clock = time(8 + number % 9, number % 60, number % 59)
    title = fill(entry["title"].strip(), today, language)
    negative = entry.get("negative")
    projects = [] if negative or not entry["main"] else [(entry["main"], "main")]
    projects += [(key, "mentioned") for key in entry.get("mentions", ())]
    facts = None if negative else _facts(entry.get("facts") or {}, today)
    paragraphs = tuple(fill(entry["text"], today, language).split("\n\n"))
    return Story(
        id=entry["id"], outlet=entry["outlet"], lang=language, day=day,
        published=datetime.combine(today - timedelta(days=day), clock, MOROCCO), title=title, paragraphs=paragraphs,
        author=entry.get("author"), section=entry.get("section"), slug=entry.get("slug") or slug_of(title, number),
        number=number, about_project=not negative, negative_kind=negative, projects=tuple(projects), facts=facts,
        near_copy_of=entry.get("copy_of"), origin=entry.get("copy_of") if entry.get("via") else None,
        unlisted=bool(entry.get("unlisted")),
    )


def slug_of(title: str, number: int) -> str:
    """`data-center-de-320-mw-a-tanger`; Arabic keeps its letters (percent-encoded where it becomes a link)."""
    folded = title.lower().translate(str.maketrans("àâäçéèêëîïôöûùüáíóúñ’'", "aaaceeeeiioouuuaioun--"))
    words = [word for word in re.split(r"[^\w]+", folded) if word]
    return "-".join(words[:9]) or str(number)


def _facts(short: Mapping[str, Any], today: date) -> dict[str, Any]:
    """Short hand of a story file to the labels' format.

    `capacity: [320 total, 40 initial]`, `investment: [1.2e9 USD]`, `milestones: [operational <year+1>]`; all else is
    written as the format has it. What is not named is empty.
    """
    known = {"names", "country", "city", "capacity", "investment", "organizations", "status", "doubted", "milestones",
             "energy", "area_m2"}
    if set(short) - known:
        raise ValueError(f"unknown facts: {sorted(set(short) - known)}")
    pairs = {key: [str(item).split() for item in short.get(key) or ()]
             for key in ("capacity", "investment", "milestones")}
    return {
        "names": list(short.get("names") or ()),
        "country": short.get("country"),
        "city": short.get("city"),
        "capacity_mw": [{"value": _number(value), "stage": stage} for value, stage in pairs["capacity"]],
        "investment": [{"amount": _number(value), "currency": unit} for value, unit in pairs["investment"]],
        "organizations": [str(name) for name in short.get("organizations") or ()],
        "status": short.get("status"),
        "doubted": bool(short.get("doubted", False)),
        "milestones": [{"what": what, "date": fill(when, today, "en", iso=True)}
                       for what, when in pairs["milestones"]],
        "energy": list(short.get("energy") or ()),
        "area_m2": short.get("area_m2"),
    }


def _number(text: str) -> float | int:
    value = float(text)
    return int(value) if value.is_integer() else value
