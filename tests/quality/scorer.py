"""Figures of a database against labelled stories, each between 0 and 1.

match: precision, recall, F1 of "about a data-center project"; language: share right of what matched; copies:
pairwise F1 of one story; projects: B-cubed F1 of main projects over labelled positives. capacity, investment,
country, city, status, doubted: share of labelled articles whose claims about their main project are right, where
claims beside the labelled values count against; organizations, milestones: F1.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from itertools import combinations
from pathlib import Path
from typing import Any

from sqlalchemy import text

from crawler.text.folding import fold
from storage.engine import open_database, reading

Story = Mapping[str, Any]


def corpus_hash(stories: Iterable[Story]) -> str:
    """Changes with every story and label, so that a floor says which corpus it was measured on."""
    return hashlib.sha256(json.dumps(list(stories), sort_keys=True, ensure_ascii=False).encode()).hexdigest()[:16]


def f1(right: int, extra: int, missed: int) -> float:
    return 2 * right / (2 * right + extra + missed) if right + extra + missed else 1.0


def _key(value: str | None) -> str:
    return " ".join(re.findall(r"\w+", fold(value or "")))


def _near(value: float | None, wanted: Iterable[float]) -> bool:
    return value is not None and any(abs(value - w) <= 0.01 * w for w in wanted)


def _main(story: Story) -> str | None:
    return next((p["key"] for p in story["projects"] if p["role"] == "main"), None)


class Found:
    """What the database says of each story, by its URL."""

    def __init__(self, database: str) -> None:
        with reading(open_database(database, read_only=True)) as conn:
            self.articles = {row["url"]: dict(row) for row in conn.execute(text("SELECT * FROM articles")).mappings()}
            self.main = {row[0]: row[1] for row in conn.execute(
                text("SELECT article_id, project_id FROM article_projects WHERE role = 'main'"))}
            self.claims: dict[int, list[dict[str, Any]]] = defaultdict(list)
            for row in conn.execute(text("SELECT * FROM claims ORDER BY id")).mappings():
                if row["modality"] != "denied" and self.main.get(row["article_id"]) == row["project_id"]:
                    self.claims[row["article_id"]].append(dict(row))


def score(stories: list[Story], database: str) -> dict[str, float]:
    """All figures, `match.fr` and so on beside `match`."""
    found = Found(database)
    figures: dict[str, float] = {}
    for language in ("all", *sorted({s["lang"] for s in stories})):
        part = [s for s in stories if language in ("all", s["lang"])]
        hits = [(s["url"] in found.articles, s["about_project"]) for s in part]
        name = "match" if language == "all" else f"match.{language}"
        figures[name] = f1(sum(h and w for h, w in hits), sum(h and not w for h, w in hits),
                           sum(w and not h for h, w in hits))
    kept = [s for s in stories if s["url"] in found.articles]
    figures["language"] = sum(found.articles[s["url"]]["language"] == s["lang"] for s in kept) / (len(kept) or 1)
    figures["copies"] = _copies(stories, kept, found)
    figures["projects"] = _b_cubed([s for s in stories if s["about_project"] and _main(s)], found)
    figures |= _facts([s for s in kept if s["about_project"] and s.get("facts")], found)
    return {name: round(value, 4) for name, value in figures.items()}


def _copies(stories: list[Story], kept: list[Story], found: Found) -> float:
    by_id = {s["id"]: s for s in stories}

    def root(story: Story) -> str:
        while story.get("near_copy_of") in by_id:
            story = by_id[story["near_copy_of"]]
        return str(story["id"])

    right = extra = missed = 0
    for a, b in combinations(kept, 2):
        same = found.articles[a["url"]]["story_id"] == found.articles[b["url"]]["story_id"]
        copies = root(a) == root(b)
        if copies and a["outlet"] == b["outlet"]:
            continue
        right, extra, missed = right + (same and copies), extra + (same and not copies), missed + (copies and not same)
    return f1(right, extra, missed)


def _b_cubed(positives: list[Story], found: Found) -> float:
    cluster = {}
    for story in positives:
        article = found.articles.get(story["url"])
        cluster[story["id"]] = found.main.get(article["id"]) if article else None
    sets: dict[Any, set[str]] = defaultdict(set)
    labels: dict[Any, set[str]] = defaultdict(set)
    for story in positives:
        sets[cluster[story["id"]] or f"alone {story['id']}"].add(story["id"])
        labels[_main(story)].add(story["id"])
    precision = recall = 0.0
    for story in positives:
        mine, wanted = sets[cluster[story["id"]] or f"alone {story['id']}"], labels[_main(story)]
        precision += len(mine & wanted) / len(mine)
        recall += len(mine & wanted) / len(wanted)
    return 2 * precision * recall / (precision + recall) / len(positives) if positives else 1.0


def _facts(stories: list[Story], found: Found) -> dict[str, float]:
    tally: dict[str, list[int]] = defaultdict(lambda: [0, 0])
    sets: dict[str, list[int]] = defaultdict(lambda: [0, 0, 0])
    for story in stories:
        facts = story["facts"]
        rows: dict[str, list[dict[str, Any]]] = defaultdict(list)
        for row in found.claims[found.articles[story["url"]]["id"]]:
            rows[row["kind"]].append(row)
        for kind, good in _single(facts, rows):
            tally[kind][0] += good
            tally[kind][1] += 1
        for kind, wanted, got in _many(facts, rows):
            sets[kind][0] += len(wanted & got)
            sets[kind][1] += len(got - wanted)
            sets[kind][2] += len(wanted - got)
    return {**{kind: good / all_ for kind, (good, all_) in tally.items()},
            **{kind: f1(*counts) for kind, counts in sets.items()}}


def _single(facts: Mapping[str, Any], rows: Mapping[str, list[dict[str, Any]]]) -> Iterable[tuple[str, bool]]:
    every = [c["value"] for c in facts.get("capacity_mw") or []]
    whole = [c["value"] for c in facts.get("capacity_mw") or [] if c["stage"] in ("total", "unspecified")]
    got = {(row["value_number"], row["stage"]) for row in rows["capacity"]}
    if whole or got:
        yield "capacity", ((not whole or any(_near(v, [max(whole)]) for v, _ in got))
                           and all(_near(v, whole if stage == "total" else every) for v, stage in got))
    money = [(m["currency"], m["amount"]) for m in facts.get("investment") or []]
    sums = {(row["unit"], row["value_number"]) for row in rows["investment"]}
    if money or sums:
        right = {(u, v) for u, v in sums if _near(v, [amount for currency, amount in money if currency == u])}
        yield "investment", bool(right or not money) and len(sums - right) <= bool(money)
    for kind in ("country", "city"):
        places = {row["value_text"]: {_key(row["value_text"]), _key(row["value_printed"])} for row in rows[kind]}
        if facts.get(kind) or places:
            yield kind, (bool(facts.get(kind)) and len(places) <= 2
                         and any(_key(facts[kind]) in forms for forms in places.values()))
    if facts.get("status"):
        yield "status", [row["value_text"] for row in rows["status"]][:1] == [facts["status"]]
    yield "doubted", bool(facts.get("doubted")) == bool(rows["doubt"])


def _many(facts: Mapping[str, Any], rows: Mapping[str, list[dict[str, Any]]]) -> Iterable[tuple[str, set[Any], set[Any]]]:
    wanted = {_key(name) for name in facts.get("organizations") or []}
    forms: dict[str, set[str]] = defaultdict(set)
    for row in rows["organization"]:
        forms[row["value_text"]] |= {_key(row["value_text"]), _key(row["value_printed"])}
    got = {form for names in forms.values() for form in names & wanted} | {
        _key(name) for name, names in forms.items() if not names & wanted}
    yield "organizations", wanted, got

    def half(date: str | None) -> str:
        return re.sub(r"-H[12]$", "", date or "")

    yield ("milestones", {(m["what"], half(m["date"])) for m in facts.get("milestones") or []},
           {(row["value_text"], half(row["date"])) for row in rows["milestone"]})


def as_lines(stories: Iterable[Story], path: Path) -> None:
    """The stories as `marsad ingest` takes them."""
    with path.open("w", encoding="utf-8") as out:
        for story in stories:
            row = {name: story[name] for name in ("url", "title", "text", "published", "outlet") if story.get(name)}
            out.write(json.dumps(row, ensure_ascii=False) + "\n")
