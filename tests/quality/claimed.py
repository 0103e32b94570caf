"""`python -m tests.quality.claimed STORIES.jsonl ... [--errors KIND] [--shut] [--half 0|1]`: labelled stories read in
this process, without a database; claims are asked of every labelled project story, kept or not.

`--shut` empties the alias file, so that every organisation is an unknown name; `--half` takes every other story.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections import defaultdict
from dataclasses import replace
from pathlib import Path
from typing import Any

from crawler.claims import Lexicon, extract, load_lexicon
from crawler.claims.directory import NameTable
from crawler.claims.lexicon import Organization
from crawler.configuration.locate import PACKAGED, ConfigFolder
from crawler.newsroom import labelled_stories
from crawler.reading.document import Document
from crawler.topics import Topic, load_topic
from tests.quality.scorer import _facts, _many, _single, f1

NEWSROOM = "newsroom"


class Read:
    """What `extract` says of each story, in the shape that the scorer reads from a database."""

    def __init__(self, stories: list[dict[str, Any]], lexicon: Lexicon) -> None:
        self.articles = {story["url"]: {"id": number} for number, story in enumerate(stories)}
        self.claims: dict[int, list[dict[str, Any]]] = defaultdict(list)
        for number, story in enumerate(stories):
            if not (story["about_project"] and story.get("facts")):
                continue
            for claim in extract(document(story), lexicon).claims:
                if claim.subject == 0 and claim.modality != "denied":
                    self.claims[number].append({
                        "kind": claim.kind, "value_number": claim.value_number, "value_text": claim.value_text,
                        "value_printed": claim.value_printed, "unit": claim.unit, "stage": claim.stage,
                        "date": claim.date, "modality": claim.modality})


def document(story: dict[str, Any]) -> Document:
    return Document(url=story["url"], canonical_url=story["url"], title=story["title"], text=story["text"],
                    language=story["lang"], published=story["published"])


def shut(lexicon: Lexicon) -> Lexicon:
    """The same without any known organisation."""
    empty: dict[str, Organization] = {}
    return replace(lexicon, organizations=NameTable(empty))


def load(names: list[str]) -> list[dict[str, Any]]:
    """The stories of files of JSON lines; `newsroom` stands for those of the embedded newsroom."""
    stories: list[dict[str, Any]] = []
    for name in names:
        lines = [] if name == NEWSROOM else Path(name).read_text(encoding="utf-8").splitlines()
        stories += labelled_stories() if name == NEWSROOM else [json.loads(line) for line in lines if line.strip()]
    return stories


def figures(stories: list[dict[str, Any]], lexicon: Lexicon, topic: Topic) -> dict[str, float]:
    """Match with precision and recall, then every kind of claim."""
    found: dict[str, float] = {}
    verdicts = {s["url"]: topic.match(s["title"], s["text"], s["lang"]).matched for s in stories}
    for language in ("", *sorted({s["lang"] for s in stories})):
        hits = [(verdicts[s["url"]], s["about_project"]) for s in stories if language in ("", s["lang"])]
        right, extra, missed = (sum(h and w for h, w in hits), sum(h and not w for h, w in hits),
                                sum(w and not h for h, w in hits))
        found[f"match {language}".strip()] = f1(right, extra, missed)
        if not language:
            found["match P"], found["match R"] = right / max(right + extra, 1), right / max(right + missed, 1)
    read = Read(stories, lexicon)
    positives = [s for s in stories if s["about_project"] and s.get("facts")]
    found |= _facts(positives, read)  # type: ignore[arg-type]
    counts = [0, 0, 0]
    for story in positives:
        wanted, got = organizations(story, read)
        counts = [counts[0] + len(wanted & got), counts[1] + len(got - wanted), counts[2] + len(wanted - got)]
    found["organizations P"] = counts[0] / max(counts[0] + counts[1], 1)
    found["organizations R"] = counts[0] / max(counts[0] + counts[2], 1)
    return found


def rows_of(story: dict[str, Any], read: Read) -> dict[str, list[dict[str, Any]]]:
    rows: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for row in read.claims[read.articles[story["url"]]["id"]]:
        rows[row["kind"]].append(row)
    return rows


def organizations(story: dict[str, Any], read: Read) -> tuple[set[Any], set[Any]]:
    return next((w, g) for kind, w, g in _many(story["facts"], rows_of(story, read)) if kind == "organizations")


def errors(stories: list[dict[str, Any]], lexicon: Lexicon, topic: Topic, kinds: set[str]) -> None:
    """Every miss of `kinds`, one a line."""
    out = sys.stdout.write
    for story in stories:
        match = topic.match(story["title"], story["text"], story["lang"])
        if "match" in kinds and match.matched != story["about_project"]:
            out(f"match {story['id']} {match.score:.2f} wanted {story['about_project']} {story['negative_kind']} "
                f"{story['title']}\n")
    read = Read(stories, lexicon)
    for story in stories:
        if not (story["about_project"] and story.get("facts")):
            continue
        rows, facts = rows_of(story, read), story["facts"]
        for kind, good in _single(facts, rows):
            if kind in kinds and not good:
                wanted = facts["capacity_mw" if kind == "capacity" else kind]
                got = [(r["value_number"] or r["value_text"], r["unit"], r["stage"]) for r in
                       rows["doubt" if kind == "doubted" else kind]]
                out(f"{kind} {story['id']} wanted {wanted} got {got} | {story['title']}\n")
        for kind, labelled, told in _many(facts, rows):
            if kind in kinds and labelled != told:
                out(f"{kind} {story['id']} missed {labelled - told} extra {told - labelled}\n")


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("stories", nargs="+", help="files of JSON lines, or `newsroom`")
    parser.add_argument("--errors", default="", help="kinds to list, with commas between")
    parser.add_argument("--shut", action="store_true", help="without the alias file")
    parser.add_argument("--half", type=int, choices=(0, 1), help="every other story only")
    options = parser.parse_args()
    config = ConfigFolder(PACKAGED)
    lexicon, topic = load_lexicon(config), load_topic(config.file("topics/data-center-projects.yml"))
    lexicon = shut(lexicon) if options.shut else lexicon
    stories = load(options.stories)
    stories = stories if options.half is None else stories[options.half::2]
    if options.errors:
        errors(stories, lexicon, topic, set(options.errors.split(",")))
    for name, value in figures(stories, lexicon, topic).items():
        sys.stdout.write(f"{name:16} {value:.3f}\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
