"""Learn a topic's weights from labelled stories, and judge them honestly.

A logistic regression whose penalty pulls each weight towards the one a person wrote in the topic file: where the
stories say little, judgement stays. Cross-validation keeps all stories of one project in one fold, so a figure
speaks of projects never seen. Needs numpy; matching does not.
"""

from __future__ import annotations

import json
import random
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from crawler.topics.topic import Topic, logistic
from crawler.topics.topicfile import read_definition, weights_path

STRENGTH = 1.5  # how hard a written weight pulls; 1 to 2 give the same figures within noise, 3 and more lose recall


@dataclass(frozen=True, slots=True)
class Example:
    """A labelled story. Stories of one `group` (a project, copies of one text) are never parted."""

    name: str
    language: str
    about: bool
    group: str
    title: str | None
    text: str


@dataclass(frozen=True, slots=True)
class Figures:
    """Precision, recall and F1 of a set of verdicts."""

    kept: int
    wrong: int
    missed: int

    @property
    def precision(self) -> float:
        return self.kept / (self.kept + self.wrong) if self.kept + self.wrong else 1.0

    @property
    def recall(self) -> float:
        return self.kept / (self.kept + self.missed) if self.kept + self.missed else 1.0

    @property
    def f1(self) -> float:
        both = self.precision + self.recall
        return 2 * self.precision * self.recall / both if both else 0.0


def load_examples(path: Path) -> list[Example]:
    """Labelled stories of one JSON line each: id, lang, about_project, title, text, projects, near_copy_of."""
    rows = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]
    by_id = {row["id"]: row for row in rows}
    return [Example(row["id"], row["lang"], row["about_project"], _group(row, by_id), row.get("title"), row["text"])
            for row in rows]


def _group(row: Mapping[str, Any], by_id: Mapping[str, Mapping[str, Any]]) -> str:
    while row.get("near_copy_of") in by_id:
        row = by_id[row["near_copy_of"]]
    main = next((p["key"] for p in row.get("projects") or () if p["role"] == "main"), None)
    return str(main or row["id"])


Variant = tuple[str | None, str, float]


def variants(example: Example) -> list[Variant]:
    """The ways in which a story may arrive, each with its share of one story: as it is, without its title, with
    the lines of a page around it."""
    furniture = FURNITURE.get(example.language, FURNITURE["en"])
    text = example.text
    return [(example.title, text, 0.6), (None, text, 0.25), (example.title, f"{text}\n\n{furniture}", 0.15)]


FURNITURE = {
    "fr": "Partager cet article\n\nRecevez chaque matin l'essentiel de l'actualité.\n\nTous droits réservés.",
    "ar": "شارك هذا الخبر\n\nاشترك في نشرتنا البريدية لتصلك آخر الأخبار.\n\nجميع الحقوق محفوظة.",
    "es": "Comparte esta noticia\n\nSuscríbete a nuestro boletín diario.\n\nTodos los derechos reservados.",
    "en": "Share this story\n\nSign up for our daily newsletter.\n\nAll rights reserved.",
}


def learn(topic: Topic, examples: Sequence[Example], *, strength: float = STRENGTH, names: Sequence[str] | None = None,
          cache: Mapping[str, list[tuple[dict[str, float], float]]] | None = None) -> dict[str, float]:
    """The weights that fit `examples` best while staying near the written ones. `strength`: the pull towards them."""
    written = topic.definition.written
    wanted = list(names or written)
    rows, labels, shares = [], [], []
    for example in examples:
        for values, share in (cache or {}).get(example.name) or measured(topic, example):
            if values:  # without a term nothing matches, so there is nothing to learn
                rows.append([1.0 if name == "bias" else values.get(name, 0.0) for name in wanted])
                labels.append(float(example.about))
                shares.append(share)
    prior = np.array([written.get(name, 0.0) for name in wanted])
    pull = np.array([0.0 if name == "bias" else strength for name in wanted])
    fitted = _newton(np.array(rows), np.array(labels), np.array(shares), prior, pull)
    return {name: round(float(weight), 3) for name, weight in zip(wanted, fitted, strict=True)}


def measured(topic: Topic, example: Example) -> list[tuple[dict[str, float], float]]:
    """The features of each variant of a story, with its share."""
    return [(topic.features(title, text, example.language), share) for title, text, share in variants(example)]


def _newton(rows: Any, labels: Any, shares: Any, prior: Any, pull: Any) -> Any:
    """Maximum of the penalised likelihood, by Newton's method (concave: it has one)."""
    weights = prior.copy()
    for _ in range(50):
        chance = 1.0 / (1.0 + np.exp(-np.clip(rows @ weights, -30, 30)))
        gradient = rows.T @ (shares * (labels - chance)) - pull * (weights - prior)
        curve = (rows * (shares * chance * (1 - chance))[:, None]).T @ rows + np.diag(pull + 1e-9)
        step = np.linalg.solve(curve, gradient)
        size = float(np.abs(step).max())
        weights = weights + step * min(1.0, 2.0 / max(size, 1e-9))
        if size < 1e-6:
            break
    return weights


def folds(examples: Sequence[Example], count: int, seed: int) -> list[list[Example]]:
    """`count` parts of about equal size and share of positives; no group is parted."""
    groups: dict[str, list[Example]] = defaultdict(list)
    for example in examples:
        groups[example.group].append(example)
    order = list(groups.values())
    random.Random(seed).shuffle(order)  # noqa: S311 - a repeatable shuffle, no secret
    order.sort(key=lambda group: -len(group))
    parts: list[list[Example]] = [[] for _ in range(count)]
    for group in order:
        about = group[0].about
        smallest = min(parts, key=lambda part: (sum(e.about == about for e in part), len(part)))
        smallest.extend(group)
    return parts


def cross_validate(topic: Topic, examples: Sequence[Example], *, count: int = 10, seed: int = 0,
                   strength: float = STRENGTH) -> dict[str, float]:
    """The score of every story from weights learnt without its fold, by name."""
    cache = {example.name: measured(topic, example) for example in examples}
    scores: dict[str, float] = {}
    for part in folds(examples, count, seed):
        names = {example.name for example in part}
        weights = learn(topic, [e for e in examples if e.name not in names], strength=strength, cache=cache)
        for example in part:
            scores[example.name] = score(cache[example.name][0][0], weights)
    return scores


def score(values: Mapping[str, float], weights: Mapping[str, float]) -> float:
    """The score of a document's features; 0 without a term."""
    if not values:
        return 0.0
    return logistic(weights["bias"] + sum(weights.get(name, 0.0) * value for name, value in values.items()))


def figures(examples: Sequence[Example], scores: Mapping[str, float], threshold: float) -> dict[str, Figures]:
    """Figures by language, and for `all`."""
    counts: dict[str, list[int]] = defaultdict(lambda: [0, 0, 0])
    for example in examples:
        kept = scores[example.name] >= threshold
        for key in (example.language, "all"):
            counts[key][0] += kept and example.about
            counts[key][1] += kept and not example.about
            counts[key][2] += example.about and not kept
    return {key: Figures(*values) for key, values in sorted(counts.items())}


def retrain(path: Path, stories: Path, *, strength: float = STRENGTH) -> dict[str, Figures]:
    """Learn the weights of the topic file `path` from labelled `stories` and write them beside it.

    Returns the figures of cross-validation (not of the fit), by language and for `all`."""
    topic = Topic(path, read_definition(path, learnt=False))
    examples = load_examples(stories)
    scores = cross_validate(topic, examples, strength=strength)
    texts = len({example.group for example in examples})
    learnt_from = (f"{len(examples)} labelled stories of {texts} projects and texts; "
                   f"L2 {strength} towards the written weights")
    write_weights(weights_path(path), topic, learn(topic, examples, strength=strength), learnt_from, topic.threshold)
    return figures(examples, scores, topic.threshold)


def write_weights(path: Path, topic: Topic, weights: Mapping[str, float], learnt_from: str, threshold: float) -> None:
    """Write learnt weights as YAML, one a line, in the order of the topic file."""
    lines = ["# Learnt weights; they replace those of the topic file. Written by crawler.topics.train.",
             f"topic: {topic.id}", f"learnt_from: {json.dumps(learnt_from, ensure_ascii=False)}",
             f"threshold: {threshold}", "weights:"]
    lines += [f"  {name}: {weight:.3f}" for name, weight in weights.items()]
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
