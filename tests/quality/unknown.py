"""`python -m tests.quality.unknown [STORIES.jsonl] [--all-at-once] [--errors]`: how linking does on projects whose
names no alias file knows.

For each labelled project its names and its companies (not those that are in many projects) are taken out of
config/projects.yml and config/organizations.yml, its stories are read again, and all stories are joined. The figures
are of the left-out projects alone, each in its own run: B-cubed F1 of their stories, and the share that are exactly
one row. `--all-at-once`: everything is taken out in one run, the hardest case. Without a file: our own stories.
"""

from __future__ import annotations

import argparse
import json
import sys
import tempfile
from collections import Counter, defaultdict
from collections.abc import Collection, Mapping, Sequence
from pathlib import Path
from typing import Any

import yaml

from crawler.claims import Claims, extract, load_lexicon
from crawler.configuration.locate import PACKAGED, ConfigFolder
from crawler.linking import LinkRules, StoryText, load_rules, profile, sign
from crawler.linking.assign import ArticleProfile, assign_among
from crawler.linking.letters import words
from crawler.pipeline import Record, read
from crawler.reading.document import Document
from crawler.reading.vocabulary import use_config
from tests.linking.together import group_stories

Story = Mapping[str, Any]


def key_of(story: Story) -> str:
    return next(str(p["key"]) for p in story["projects"] if p["role"] == "main")


def folder_without(names: Collection[str], where: Path) -> ConfigFolder:
    """A configuration whose alias files hold none of these (folded) names."""
    where.mkdir(parents=True, exist_ok=True)
    for file, path in (("organizations.yml", ()), ("projects.yml", ("projects",))):
        data = yaml.safe_load((PACKAGED / file).read_text(encoding="utf-8"))
        entries = data[path[0]] if path else data
        kept = [e for e in entries if names.isdisjoint(" ".join(words(form)) for form in (e["name"], *e.get("also", ())))]
        (where / file).write_text(yaml.safe_dump({path[0]: kept} if path else kept, allow_unicode=True), encoding="utf-8")
    return ConfigFolder(where)


def told_names(stories: Sequence[Story], rules: LinkRules) -> frozenset[str]:
    """The folded names and companies of a project, without what is in many projects."""
    said = {" ".join(words(name)) for story in stories if story.get("facts")
            for name in (*(story["facts"].get("names") or ()), *(story["facts"].get("organizations") or ()))}
    return frozenset(name for name in said if rules.weight_of(name) == 1.0)


def documents(stories: Sequence[Story]) -> dict[str, Document]:
    use_config(ConfigFolder(PACKAGED))
    found = {}
    for story in stories:
        fields = {name: story[name] for name in ("title", "text", "published", "outlet") if story.get(name)}
        document = read(Record(story["url"], fields))
        if isinstance(document, Document):
            found[story["id"]] = document
    return found


class Corpus:
    """Labelled stories of projects, read once with all aliases."""

    def __init__(self, stories: Sequence[Story]) -> None:
        self.stories = [s for s in stories if s["about_project"] and any(p["role"] == "main" for p in s["projects"])]
        self.rules = load_rules(ConfigFolder(PACKAGED))
        self.documents = documents(self.stories)
        self.stories = [s for s in self.stories if s["id"] in self.documents]
        lexicon = load_lexicon(ConfigFolder(PACKAGED))
        self.known = {s["id"]: extract(self.documents[s["id"]], lexicon) for s in self.stories}
        texts = [StoryText(n, d.canonical_url, d.published, d.language, d.outlet, d.text, sign(d.text))
                 for n, s in enumerate(self.stories) if (d := self.documents[s["id"]])]
        self.story_of = group_stories(texts, self.rules)
        self.by_key: dict[str, list[Story]] = defaultdict(list)
        for story in self.stories:
            self.by_key[key_of(story)].append(story)

    def clusters(self, said: Mapping[str, Claims], rules: LinkRules) -> dict[str, int]:
        """The row of each story's main project."""
        articles = []
        for number, story in enumerate(self.stories):
            document, claims = self.documents[story["id"]], said[story["id"]]
            subjects = tuple((subject.role, profile(subject, [c for c in claims.claims if c.subject == index], rules,
                                                    document.title if subject.role == "main" else None))
                             for index, subject in enumerate(claims.subjects))
            articles.append(ArticleProfile(number, document.canonical_url, document.published, subjects,
                                           self.story_of[number]))
        found = {one.article_id: one.project for one in assign_among(articles, {}, rules)[0] if one.role == "main"}
        return {story["id"]: found.get(number, -1 - number) for number, story in enumerate(self.stories)}

    def without(self, names: Collection[str], stories: Sequence[Story], where: Path) -> dict[str, int]:
        folder = folder_without(names, where)
        lexicon = load_lexicon(folder)
        fresh = {s["id"]: extract(self.documents[s["id"]], lexicon) for s in stories}
        return self.clusters({**self.known, **fresh}, load_rules(folder))


def b_cubed(corpus: Corpus, found: Mapping[str, int], of: Sequence[Story]) -> tuple[float, float, int]:
    """Sums of precision and recall over the stories `of`, and how many of their projects are exactly one row."""
    rows: dict[int, set[str]] = defaultdict(set)
    for story, row in found.items():
        rows[row].add(story)
    precision = recall = 0.0
    for story in of:
        row, wanted = rows[found[story["id"]]], {s["id"] for s in corpus.by_key[key_of(story)]}
        precision += len(row & wanted) / len(row)
        recall += len(row & wanted) / len(wanted)
    whole = sum(1 for key in {key_of(s) for s in of}
                if {s["id"] for s in corpus.by_key[key]} in rows.values())
    return precision, recall, whole


def told(corpus: Corpus, key: str, found: Mapping[str, int]) -> str:
    rows = Counter(found[s["id"]] for s in corpus.by_key[key])
    beside = sorted({key_of(s) for s in corpus.stories if found[s["id"]] in rows} - {key})
    return f"{key}: {'split ' + str(sorted(rows.values())) if len(rows) > 1 else 'one row'}" + (
        f", with {', '.join(beside)}" if beside else "")


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("stories", nargs="?", type=Path)
    parser.add_argument("--all-at-once", action="store_true")
    parser.add_argument("--errors", action="store_true")
    given = parser.parse_args()
    if given.stories:
        stories = [json.loads(line) for line in given.stories.read_text(encoding="utf-8").splitlines() if line.strip()]
    else:
        from tests.quality.measure import labelled

        stories = labelled()
    corpus = Corpus(stories)
    runs: list[tuple[str, list[Story], dict[str, int]]] = []
    runs.append(("with all aliases", corpus.stories, corpus.clusters(corpus.known, corpus.rules)))
    with tempfile.TemporaryDirectory() as away:
        if given.all_at_once:
            names = told_names(corpus.stories, corpus.rules)
            runs.append(("all left out at once", corpus.stories,
                         corpus.without(names, corpus.stories, Path(away) / "all")))
        else:
            for number, (key, own) in enumerate(sorted(corpus.by_key.items())):
                runs.append((key, own, corpus.without(told_names(own, corpus.rules), own, Path(away) / str(number))))
    if given.errors:
        for name, own, found in runs:
            for key in sorted({key_of(s) for s in own}):
                line = told(corpus, key, found)
                if not line.endswith("one row"):
                    sys.stdout.write(f"{name if name != key else 'left out'}: {line}\n")
    for name, chosen in (("with all aliases", runs[:1]), ("left out", runs[1:])):
        count = sum(len(own) for _, own, _ in chosen)
        sums = [b_cubed(corpus, found, own) for _, own, found in chosen]
        precision, recall = (sum(one[i] for one in sums) / count for i in (0, 1))
        projects = sum(len({key_of(s) for s in own}) for _, own, _ in chosen)
        sys.stdout.write(f"{name}: B-cubed P {precision:.3f} R {recall:.3f} F1 "
                         f"{2 * precision * recall / (precision + recall):.3f}, one-to-one "
                         f"{sum(one[2] for one in sums) / projects:.3f} ({projects} projects, {count} stories)\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
