"""`python -m tests.quality.train_figures STORIES.jsonl ... [--write]`: learn anew what each mark of a figure says about
whose it is (config/lexicon/own.yml) from labelled stories, and judge it by projects left out.
"""

from __future__ import annotations

import argparse
import random
import sys
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import replace
from importlib import import_module
from pathlib import Path
from typing import Any
from unittest.mock import patch

import numpy as np

from crawler.claims import Lexicon, load_lexicon
from crawler.configuration.locate import PACKAGED, ConfigFolder
from tests.quality.claimed import Read, document, load, rows_of
from tests.quality.scorer import _near, _single

EXTRACT = sys.modules["crawler.claims.extract"]
READERS = {"capacity": import_module("crawler.claims.quantities.capacity"),
           "investment": import_module("crawler.claims.quantities.investment")}
PULL = 2.0  # towards what a person would say,
FREE = 4.0  # and, of marks of which a person would say nothing, towards 0
LEAST = 4    # figures that a mark must stand at
# What a person would say where stories are few; all other marks are pulled towards 0.
WRITTEN: dict[str, dict[str, float]] = {
    "capacity": {"role_site": 1.5, "role_other": -1.5, "away": -1.5, "others": -1.0, "why_facility": 0.5, "lead": 1.0,
                 "in_title": 1.0, "why_grown_from": -2.0, "why_never_after": -3.0, "why_part_before": -1.0,
                 "why_older": -1.0, "why_portfolio": -1.0, "why_market_after": -1.5, "why_multiple": -2.0,
                 "why_aside": -1.5, "why_other_after": -1.0, "why_runs": -1.5, "near_runs": -0.5, "market": -0.3,
                 "compare": -0.3, "fits": 1.0, "above_said": 0.5, "above": -1.0, "above_unsaid": -1.0,
                 "market_alone": -1.0, "need_alone": -0.5, "programme_alone": -1.0, "energy_alone": -0.5,
                 "again_power": 0.5, "thing_nearest": -0.5, "thing_alone": -0.5, "opens_turn": -0.5,
                 "opens_record": -0.5,
                 "opens_land": -0.5, "contrast": -0.5, "clause_several": -0.5, "ahead_several": -0.3,
                 "turn_to_thing": -1.0, "why_industry": -1.5, "why_added_to": -1.5, "behind_owned": -0.8},
    "investment": {"rule_own": 3.0, "rule_perhaps": 0.5, "rule_not": -3.0, "others": -1.0, "lead": 1.0, "in_title": 1.0,
                   "away": -1.5, "near_runs": -0.5, "market": -0.3, "compare": -0.3,
                   "thing_nearest": -0.8, "thing_alone": -0.8, "opens_turn": -0.8, "opens_record": -0.8,
                   "opens_land": -0.8, "contrast": -0.8, "clause_several": -0.8,
                   "field_earned": -2.5, "field_round": -1.7, "field_economy": -1.7, "field_deal": -1.2,
                   "field_charge": -1.7, "field_plan": -1.2, "field_rate": -2.5,
                   "around_earned": -1.2, "around_round": -0.8, "around_economy": -1.2, "around_deal": -0.5,
                   "around_charge": -0.8, "around_plan": -0.7, "around_rate": -1.2, "thing_behind": -0.7,
                   "field_wider": -1.5, "around_wider": -1.0, "field_takeover": -1.8, "around_takeover": -0.5,
                   "field_effect": -3.0, "around_effect": -1.5, "field_investors": -2.0, "touch_firm": -2.0,
                   "touch_projects": -1.0, "field_order": -1.2, "around_order": -0.5, "field_debt": -0.5,
                   "ahead_several": -0.5, "turn_to_thing": -1.5, "undisclosed": -2.0}}

Row = tuple[set[str], bool]
Weights = Mapping[str, Mapping[str, float]]


def gather(stories: list[dict[str, Any]], lexicon: Lexicon) -> dict[str, dict[str, list[Row]]]:
    """By story and kind: the marks of every figure, and whether its value is labelled."""
    found: dict[str, dict[str, list[Row]]] = {}
    for story in stories:
        wanted = {"capacity": [c["value"] for c in story["facts"].get("capacity_mw") or []],
                  "investment": [m["amount"] for m in story["facts"].get("investment") or []]}
        seen: dict[str, list[Row]] = {kind: [] for kind in READERS}

        told: dict[str, list[float]] = {kind: [] for kind in READERS}

        def spy(kind: str, judge: Any, seen: dict[str, list[Row]] = seen, told: dict[str, list[float]] = told,
                wanted: dict[str, list[float]] = wanted) -> Any:
            def judged(value: float, marks: set[str], weights: Mapping[str, float]) -> bool:
                own = _near(value, wanted[kind])
                if not own or not _near(value, told[kind]):  # the first print of a labelled value decides
                    seen[kind].append((marks, own))
                told[kind].append(value)
                return bool(judge(value, marks, weights))
            return judged

        with patch.object(READERS["capacity"], "is_own", spy("capacity", READERS["capacity"].is_own)), \
                patch.object(READERS["investment"], "is_own", spy("investment", READERS["investment"].is_own)):
            EXTRACT.extract(document(story), lexicon)
        found[story["url"]] = seen
    return found


def learn(rows: list[Row], written: Mapping[str, float]) -> dict[str, float]:
    """Logistic regression with an L2 penalty towards `written`, by Newton's method."""
    count: dict[str, int] = defaultdict(int)
    for marks, _ in rows:
        for name in marks:
            count[name] += 1
    names = ["bias", *sorted(name for name in {*count, *written} if count[name] >= LEAST or name in written)]
    values = np.array([[float(name == "bias" or name in marks) for name in names] for marks, _ in rows])
    labels = np.array([float(own) for _, own in rows])
    start = np.array([written.get(name, 0.0) for name in names])
    weights, penalty = start.copy(), np.array(
        [0.01 if name == "bias" else PULL if name in written else FREE for name in names])
    for _ in range(40):
        chance = 1 / (1 + np.exp(-np.clip(values @ weights, -30, 30)))
        slope = values.T @ (labels - chance) - penalty * (weights - start)
        curve = (values * (chance * (1 - chance))[:, None]).T @ values + np.diag(penalty)
        weights = weights + np.linalg.solve(curve, slope)
    return {name: round(float(weight), 2) for name, weight in zip(names, weights, strict=True)}


def with_weights(lexicon: Lexicon, weights: Weights) -> Lexicon:
    return replace(lexicon, quantities=replace(lexicon.quantities, own=weights))


def fit(stories: list[dict[str, Any]], rows: dict[str, dict[str, list[Row]]]) -> Weights:
    return {kind: learn([row for s in stories for row in rows[s["url"]][kind]], WRITTEN[kind])
            for kind in READERS}


def project(story: dict[str, Any]) -> str:
    return str(next(p["key"] for p in story["projects"] if p["role"] == "main"))


def folds_of(stories: list[dict[str, Any]], number: int, seed: int = 5) -> list[list[dict[str, Any]]]:
    groups: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for story in stories:
        groups[project(story)].append(story)
    order = sorted(groups)
    random.Random(seed).shuffle(order)
    return [[s for key in order[fold::number] for s in groups[key]] for fold in range(number)]


def cross_validate(stories: list[dict[str, Any]], lexicon: Lexicon, number: int = 8, *,
                   errors: str = "") -> None:
    """Prints by corpus the share of stories whose figures are right, by weights learnt without their project."""
    first = gather(stories, with_weights(lexicon, WRITTEN))
    tally: dict[tuple[str, str], list[int]] = defaultdict(lambda: [0, 0])
    for left_out in folds_of(stories, number):
        urls = {s["url"] for s in left_out}
        learnt = with_weights(lexicon, fit([s for s in stories if s["url"] not in urls], first))
        read = Read(left_out, learnt)
        for story in left_out:
            rows = rows_of(story, read)
            for kind, good in _single(story["facts"], rows):
                if kind in READERS:
                    for corpus in (story["corpus"], "all"):
                        tally[kind, corpus][0] += good
                        tally[kind, corpus][1] += 1
                    if kind == errors and not good:
                        wanted = story["facts"]["capacity_mw" if kind == "capacity" else kind]
                        got = [(r["value_number"], r["unit"], r["stage"]) for r in rows[kind]]
                        sys.stdout.write(f"  {Path(story['corpus']).stem} {story['id']} wanted {wanted} got {got}\n")
    for (kind, corpus), (right, every) in sorted(tally.items()):
        sys.stdout.write(f"{kind:11} {Path(corpus).stem:14} {right / every:.3f} of {every}\n")


def write(weights: Weights, path: Path, told: str) -> None:
    """The file of weights, the heaviest first."""
    lines = ["# Whose a figure is: what each mark of its sentence is worth (crawler/claims/quantities/own.py); above 0 in sum it is",
             f"# the project's own. Written by `python -m tests.quality.train_figures`; {told}"]
    for kind, learnt in weights.items():
        lines.append(f"{kind}:")
        ordered = sorted(learnt.items(), key=lambda item: (item[0] != "bias", -item[1], item[0]))
        lines += [f"  {name}: {weight:.2f}" for name, weight in ordered if weight]
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("stories", nargs="+", help="files of JSON lines, or `newsroom`")
    parser.add_argument("--write", action="store_true")
    parser.add_argument("--errors", default="", help="capacity or investment: list the stories that are wrong")
    options = parser.parse_args()
    stories = [{**s, "corpus": name} for name in options.stories for s in load([name])
               if s["about_project"] and s.get("facts")]
    lexicon = load_lexicon(ConfigFolder(PACKAGED))
    cross_validate(stories, lexicon, errors=options.errors)
    if options.write:
        rows = gather(stories, with_weights(lexicon, WRITTEN))
        rows = gather(stories, with_weights(lexicon, fit(stories, rows)))  # marks look back at verdicts
        write(fit(stories, rows), PACKAGED / "lexicon" / "own.yml",
              f"{len(stories)} labelled stories, L2 {PULL} and {FREE}.")
    return 0


if __name__ == "__main__":
    sys.exit(main())
