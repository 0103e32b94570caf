"""`python -m tests.quality.mentioned STORIES.jsonl ... [--errors]`: how well other projects than a story's main one are
seen, and what rows they become.

Stories that match the topic are read and joined in this process. A labelled mention is *seen* where a subject beside
the main one is of its country and names its lead, its name or its place; *a row* where that subject is linked to a
row, *right* where that row is the project's (it holds its own stories, or nothing but mentions of it). *False* are
subjects that fit no label of their story, *false rows* their links, *wrong rows* links of a seen mention to another
project's row. *Again*: a false subject that is the main project. `values`: of the facts that a label states (`facts`
of a mentioned project: names, organizations, city, capacity_mw, investment, status) those that are claimed, and of
the claimed ones those that are right.
"""

from __future__ import annotations

import argparse
import re
import sys
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import yaml

from crawler.claims import Claims, Subject, extract, load_lexicon
from crawler.configuration.locate import PACKAGED, ConfigFolder
from crawler.linking import StoryText, load_rules, profile, sign
from crawler.linking.assign import ArticleProfile, Assignment, assign_among
from crawler.linking.rules import LinkRules
from crawler.text.folding import fold
from crawler.topics import load_topic
from tests.linking.together import group_stories
from tests.quality.claimed import document, load

Story = Mapping[str, Any]


def _words(text: str) -> str:
    return "".join(re.findall(r"\w+", fold(text)))


def fits(subject: Subject, label: Mapping[str, Any], also: Mapping[str, Sequence[str]]) -> int:
    """How much of what the label's key or facts name this subject names, 0 for another project; `also`: other
    spellings."""
    country, *rest = str(label["key"]).split("-")
    if subject.country and subject.country.lower() not in (country, "eh" if country == "ma" else country):
        return 0
    told = label.get("facts") or {}
    spelt = [_words(form) for name in (*subject.names, *subject.organizations, subject.city) if name
             for form in (name, *also.get(name, ()))]
    wanted = [_words(word) for word in rest if word not in ("na", "x")]
    wanted += [_words(name) for name in (*told.get("names", ()), *told.get("organizations", ()), told.get("city") or "")]
    return sum(any(len(word) >= 3 and (word in name or (len(name) >= 4 and name in word)) for name in spelt)
               for word in dict.fromkeys(wanted))


class Read:
    """Matched stories, their claims, and the rows that their subjects are in."""

    def __init__(self, stories: list[dict[str, Any]]) -> None:
        config = ConfigFolder(PACKAGED)
        lexicon, topic = load_lexicon(config), load_topic(config.file("topics/data-center-projects.yml"))
        self.rules: LinkRules = load_rules(config)
        self.also: dict[str, list[str]] = {
            entry["name"]: entry.get("also", [])
            for entry in yaml.safe_load((PACKAGED / "organizations.yml").read_text(encoding="utf-8"))}
        self.stories: list[Story] = [s for s in stories if topic.match(s["title"], s["text"], s["lang"]).matched]
        self.claims: list[Claims] = [extract(document(dict(s)), lexicon) for s in self.stories]
        texts = [StoryText(n, s["url"], s["published"], s["lang"], s["outlet"], s["text"], sign(s["text"]))
                 for n, s in enumerate(self.stories)]
        stories_of = group_stories(texts, self.rules)
        articles = [ArticleProfile(n, s["url"], s["published"], tuple(
            (one.role, profile(one, [c for c in said.claims if c.subject == i], self.rules,
                               s["title"] if one.role == "main" else None))
            for i, one in enumerate(said.subjects)), stories_of[n])
            for n, (s, said) in enumerate(zip(self.stories, self.claims, strict=True))]
        self.links: list[Assignment] = assign_among(articles, {}, self.rules)[0]
        self.row = {(one.article_id, one.subject): one.project for one in self.links}


def main_of(story: Story) -> dict[str, Any] | None:
    return next((p for p in story["projects"] if p["role"] == "main"), None)


def pairs(story: Story, said: Claims, also: Mapping[str, Sequence[str]]) -> tuple[dict[str, int], list[int], list[int]]:
    """(label's key to its subject, subjects that are no labelled project, those of them that are the main one)."""
    main = main_of(story)
    labels = [p for p in story["projects"] if p["role"] == "mentioned"]
    free = [i for i in range(len(said.subjects)) if i or main is None]
    found: dict[str, int] = {}
    for label in labels:
        near = {i: fits(said.subjects[i], label, also) for i in free if i not in found.values()}
        hit = max(near, key=lambda i: (near[i], -i), default=0)
        if near.get(hit):
            found[label["key"]] = hit
    rest = [i for i in free if i not in found.values() and i]
    again = [i for i in rest if main and fits(said.subjects[i], {**main, "facts": story.get("facts")}, also)]
    return found, rest, again


def rows_of(read: Read) -> dict[str, Counter[int]]:
    """The rows that hold the main stories of each labelled project."""
    rows: dict[str, Counter[int]] = defaultdict(Counter)
    for number, story in enumerate(read.stories):
        main = main_of(story)
        if main and (number, 0) in read.row:
            rows[main["key"]][read.row[number, 0]] += 1
    return rows


def values(label: Mapping[str, Any], said: Claims, index: int | None) -> tuple[int, int, int]:
    """Of the values that a label states: right ones, ones that are claimed beside them, ones that are missed."""
    facts = label.get("facts")
    if facts is None:
        return 0, 0, 0
    wanted: set[tuple[str, Any]] = {("capacity", value) for value in facts.get("capacity_mw", ())}
    wanted |= {("investment", (m["currency"], m["amount"])) for m in facts.get("investment", ())}
    wanted |= {(kind, facts[kind]) for kind in ("status",) if facts.get(kind)}
    wanted |= {("city", _words(facts["city"])) for _ in (0,) if facts.get("city")}
    wanted |= {("organization", _words(name)) for name in facts.get("organizations", ())}
    wanted |= {("name", _words(name)) for name in facts.get("names", ())}
    got: set[tuple[str, Any]] = set()
    for claim in said.claims if index is not None else ():
        if claim.subject != index:
            continue
        if claim.kind == "capacity":
            got.add(("capacity", claim.value_number))
        elif claim.kind == "investment":
            got.add(("investment", (claim.unit, claim.value_number)))
        elif claim.kind == "status":
            got.add(("status", claim.value_text))
        elif claim.kind in ("city", "organization", "name"):
            forms = [(claim.kind, _words(form or "")) for form in (claim.value_text, claim.value_printed)]
            got.add(next((form for form in forms if form in wanted), forms[0]))
    return len(wanted & got), len(got - wanted), len(wanted - got)


def measure(read: Read) -> tuple[Counter[str], list[str]]:
    """Counts by name, and what is wrong, one line each."""
    count: Counter[str] = Counter()
    lines: list[str] = []
    rows, mentions = rows_of(read), defaultdict(set)
    main_rows = {read.row[n, 0] for n, s in enumerate(read.stories) if (n, 0) in read.row}
    seen = [pairs(story, said, read.also) for story, said in zip(read.stories, read.claims, strict=True)]
    for number, (found, _, _) in enumerate(seen):
        for key, one in found.items():
            if (number, one) in read.row:
                mentions[read.row[number, one]].add(key)
    for number, story in enumerate(read.stories):
        found, rest, again = seen[number]
        said = read.claims[number]
        for label in (p for p in story["projects"] if p["role"] == "mentioned"):
            key = label["key"]
            index = found.get(key)
            row = None if index is None else read.row.get((number, index))
            right, extra, missed = values(label, said, index)
            count.update(mentions=1, seen=index is not None, rows=row is not None, right_values=right,
                         extra_values=extra, missed_values=missed)
            if row is not None:
                own = rows.get(key)
                good = row == own.most_common(1)[0][0] if own else mentions[row] == {key} and (
                    row not in main_rows or index == 0)
                count.update(right_rows=good, wrong_rows=not good)
                lines += [] if good else [f"{story['id']} wrong row {key}: {_shown(said, index or 0)}"]
            if index is None or extra or missed:
                lines.append(f"{story['id']} {'unseen' if index is None else 'values'} {key}: "
                             f"{_shown(said, index) if index is not None else ''}")
        for other in rest:
            linked = (number, other) in read.row
            count.update(false=1, false_rows=linked, again=other in again)
            lines.append(f"{story['id']} false{' ROW' if linked else ''}{' again' if other in again else ''}: "
                         f"{_shown(said, other)}")
    return count, lines


def _shown(said: Claims, index: int) -> str:
    one = said.subjects[index]
    told = [f"{c.kind} {c.value_text or c.value_number} {c.unit or ''}".strip() for c in said.claims
            if c.subject == index and c.kind not in ("name", "organization", "country", "city")]
    return f"{'/'.join(one.names)} | {'/'.join(one.organizations)} | {one.city}, {one.country} | {', '.join(told)}"


def told(count: Mapping[str, int]) -> Iterable[str]:
    yield (f"{count['mentions']} labelled mentions: {count['seen']} seen, {count['rows']} in rows "
           f"({count['right_rows']} right, {count['wrong_rows']} wrong)")
    yield f"{count['false']} false subjects, {count['false_rows']} of them in rows; {count['again']} are the main one"
    stated = count["right_values"] + count["missed_values"]
    if stated:
        yield (f"values: {count['right_values']} of {stated} claimed, {count['extra_values']} beside them")


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("stories", nargs="+", help="files of JSON lines, or `newsroom`")
    parser.add_argument("--errors", action="store_true")
    options = parser.parse_args()
    count, lines = measure(Read(load(options.stories)))
    for line in (*(lines if options.errors else ()), *told(count)):
        sys.stdout.write(line + "\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
