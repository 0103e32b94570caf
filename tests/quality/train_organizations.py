"""`python -m tests.quality.train_organizations STORIES.jsonl ... [--write]`: learn anew what each mark of an organisation
is worth (crawler/claims/weights.py) from labelled stories, and judge it by projects left out.

Every story is read twice, with the alias file and without it, so that unknown names are learnt from all of them.
"""

from __future__ import annotations

import argparse
import random
import sys
from collections import defaultdict
from pathlib import Path
from typing import Any
from unittest.mock import patch

import numpy as np

import crawler.claims.weights as learnt
from crawler.claims import Lexicon, load_lexicon
from crawler.claims.organizations import find_parts, judged
from crawler.configuration.locate import PACKAGED, ConfigFolder
from tests.quality.claimed import Read, document, load, organizations, shut
from tests.quality.scorer import _key, f1

EXTRACT = sys.modules["crawler.claims.extract"]
PULL = 3.0  # towards 0; 2 to 5 give the same figures within noise, 1 less (more marks since 2026-11)
LEAN = 0.2  # added to the bias of unknown names: F1 gains more from recall than it loses in precision (docs/decisions/020)
FIXED = {"media": -9.0}
# What a person would say where stories are few; all other marks are pulled towards 0.
WRITTEN = {"other_project": -3.5, "bystander": -2.5, "person": -2.5, "headed": 3.0, "tied": 1.5, "role_verb": 1.5,
           "heir": 1.0, "company_noun": 1.5, "given_name": -2.5, "surname": -1.0, "name_before": -2.0, "project_name": -2.0,
           "bracket": -1.5, "apposition": 1.5, "lead_actor": 1.0, "title": 0.7, "first_named": 0.5}
UNSAID: dict[str, set[str]] = {"KNOWN": {"facility_of", "facility_by", "source"}, "UNKNOWN": set()}  # too few stories to say it for all
TABLES = ("KNOWN", "UNKNOWN")

Row = tuple[str, dict[str, float], bool]


def gather(stories: list[dict[str, Any]], lexicon: Lexicon) -> dict[str, list[Row]]:
    """By story: every candidate as (table, marks, is labelled)."""
    found: dict[str, list[Row]] = defaultdict(list)
    for story in stories:
        wanted = {_key(name) for name in story["facts"]["organizations"]}
        wanted |= {name.removeprefix("شركه ") for name in wanted}
        seen: list[Row] = []

        def spy(mentions: Any, about: Any, *, english: bool = False, wanted: set[str] = wanted,
                seen: list[Row] = seen) -> Any:
            seen += [("KNOWN" if c.mentions[0].known else "UNKNOWN", told,
                      bool({_key(m.printed) for m in c.mentions} & wanted
                           or {m.key for m in c.mentions} & wanted
                           or any(_key(name).startswith(m.key + " ") and m.key.count(" ") for m in c.mentions
                                  for name in wanted)))
                     for c, told in judged(mentions, about)]
            return find_parts(mentions, about, english=english)

        with patch.object(EXTRACT, "find_parts", spy):
            EXTRACT.extract(document(story), lexicon)
        found[story["url"]] = seen
    return found


def learn(rows: list[Row], table: str, pull: float) -> dict[str, float]:
    """Logistic regression with an L2 penalty, by Newton's method."""
    chosen = [(told, good) for kind, told, good in rows if kind == table]
    count: dict[str, int] = defaultdict(int)
    for told, _ in chosen:
        for name in told:
            count[name] += 1
    names = ["bias", *sorted(name for name, number in count.items() if (number >= 5 or name in WRITTEN) and name not in FIXED and name not in UNSAID[table])]
    values = np.array([[1.0 if name == "bias" else told.get(name, 0.0) for name in names] for told, _ in chosen])
    labels = np.array([float(good) for _, good in chosen])
    written = np.array([WRITTEN.get(name, 0.0) if table == "UNKNOWN" or WRITTEN.get(name, 0.0) < 0 else 0.0
                        for name in names])
    weights = written.copy()
    penalty = np.array([0.0 if name == "bias" else pull for name in names])
    for _ in range(40):
        chance = 1 / (1 + np.exp(-np.clip(values @ weights, -30, 30)))
        slope = values.T @ (labels - chance) - penalty * (weights - written)
        curve = (values * (chance * (1 - chance))[:, None]).T @ values + np.diag(penalty + 1e-6)
        step = np.linalg.solve(curve, slope)
        weights = weights + step * min(1.0, 1.0 / max(float(np.abs(step).max()), 1e-9))  # longer steps may diverge
    return dict(zip(names, (round(float(w), 1) for w in weights), strict=True)) | FIXED


def counts(stories: list[dict[str, Any]], lexicon: Lexicon) -> list[int]:
    read = Read(stories, lexicon)
    total = [0, 0, 0]
    for story in stories:
        wanted, got = organizations(story, read)
        total = [total[0] + len(wanted & got), total[1] + len(got - wanted), total[2] + len(wanted - got)]
    return total


def cross_validate(stories: list[dict[str, Any]], rows: dict[str, list[list[Row]]], lexicons: tuple[Lexicon, Lexicon],
                   pull: float, lean: float, folds: int = 8) -> None:
    """Prints P, R, F1 over stories of projects that the weights were not learnt from."""
    groups: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for story in stories:
        groups[next(p["key"] for p in story["projects"] if p["role"] == "main")].append(story)
    order = sorted(groups)
    random.Random(5).shuffle(order)
    tally: dict[tuple[str, str], list[int]] = defaultdict(lambda: [0, 0, 0])
    for fold in range(folds):
        out = [s for key in order[fold::folds] for s in groups[key]]
        urls = {s["url"] for s in out}
        train = [row for url, two in rows.items() if url not in urls for one in two for row in one]
        fitted = {table: learn(train, table, pull) for table in TABLES}
        fitted["UNKNOWN"]["bias"] += lean
        with patch.dict(learnt.KNOWN, fitted["KNOWN"], clear=True), \
                patch.dict(learnt.UNKNOWN, fitted["UNKNOWN"], clear=True):
            for name, lexicon in zip(("open", "shut"), lexicons, strict=True):
                for corpus in {s["corpus"] for s in out}:
                    found = counts([s for s in out if s["corpus"] == corpus], lexicon)
                    tally[name, corpus] = [a + b for a, b in zip(tally[name, corpus], found, strict=True)]
    for (name, corpus), (right, extra, missed) in sorted(tally.items()):
        sys.stdout.write(f"{name} {Path(corpus).stem:10} P {right / max(right + extra, 1):.3f} "
                         f"R {right / max(right + missed, 1):.3f} F1 {f1(right, extra, missed):.3f}\n")


def mixed(old: dict[str, float], new: dict[str, float], share: float) -> dict[str, float]:
    return {name: round(share * new.get(name, 0.0) + (1 - share) * old.get(name, 0.0), 2) for name in {*old, *new}
            if share or name in old}


def write(fitted: dict[str, dict[str, float]], told: str) -> None:
    path = Path(learnt.__file__)
    lines = ['"""What each mark of an organisation is worth (crawler/claims/roles.py), for names of the alias file and for others.',
             "", f"Written by `python -m tests.quality.train_organizations`; {told}", '"""', "",
             "from __future__ import annotations", ""]
    for table in TABLES:
        lines.append(f"{table}: dict[str, float] = {{")
        ordered = sorted(fitted[table].items(), key=lambda item: (item[0] != "bias", -item[1], item[0]))
        line = "   "
        for name, weight in ordered:
            piece = f' "{name}": {weight:.2f},'
            if len(line) + len(piece) > 118:
                lines.append(line)
                line = "   "
            line += piece
        lines += [line, "}"]
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("stories", nargs="+", help="files of JSON lines, or `newsroom`")
    parser.add_argument("--write", action="store_true")
    parser.add_argument("--check", action="store_true", help="with --write: judge by folds, too")
    parser.add_argument("--pull", type=float, default=PULL)
    parser.add_argument("--lean", type=float, default=LEAN, help="added to the bias of unknown names: recall against precision")
    parser.add_argument("--tables", default=",".join(TABLES), help="which to write anew; the others stay as they are")
    parser.add_argument("--share", type=float, default=1.0,
                        help="of the weights learnt anew; the rest is of those there were, which other stories taught")
    options = parser.parse_args()
    stories = []
    for name in options.stories:
        stories += [{**s, "corpus": name} for s in load([name]) if s["about_project"] and s.get("facts")]
    lexicon = load_lexicon(ConfigFolder(PACKAGED))
    lexicons = (lexicon, shut(lexicon))
    read = [gather(stories, each) for each in lexicons]
    rows = {s["url"]: [part[s["url"]] for part in read] for s in stories}
    if not options.write or options.check:
        cross_validate(stories, rows, lexicons, options.pull, options.lean)
    if options.write:
        every = [row for two in rows.values() for one in two for row in one]
        fitted = {table: learn(every, table, options.pull) for table in TABLES}
        fitted["UNKNOWN"]["bias"] = round(fitted["UNKNOWN"]["bias"] + options.lean, 1)
        for table in TABLES:
            share = options.share if table in options.tables.split(",") else 0.0
            fitted[table] = mixed(getattr(learnt, table), fitted[table], share)
        write(fitted, f"{len(stories)} labelled stories, L2 {options.pull}, {options.tables}, {options.share} of what was learnt.")
    return 0


if __name__ == "__main__":
    sys.exit(main())
