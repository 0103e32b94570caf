"""A topic ready for use: does a document belong to it, and why."""

from __future__ import annotations

import math
import os
from functools import lru_cache
from pathlib import Path

from crawler.topics.features import Reading, read
from crawler.topics.match import Evidence, Match
from crawler.topics.prefilter import Prefilter
from crawler.topics.topicfile import Definition, read_definition, weights_path

GATING = ("one", "many", "weak")  # without one of these nothing matches; `short` terms need one of them
SPANS = 3  # printed places shown for one feature; its weight is divided among them


class Topic:
    """A compiled topic file. Safe to share between threads and to send to a worker process (it is loaded anew)."""

    def __init__(self, path: Path, definition: Definition) -> None:
        self.path, self.definition = path, definition
        forms = definition.vocabulary.terms.forms
        self._prefilter = Prefilter(form for label in GATING for form in forms[label])
        self.id, self.name, self.threshold = definition.id, definition.name, definition.threshold

    def __reduce__(self) -> tuple[object, ...]:
        return load_topic, (self.path,)

    def match(self, title: str | None, text: str, language: str) -> Match:
        """The verdict on a document. All languages' terms run on every document, and the phrases around them
        in `language` (ISO 639-1; an unknown one: all)."""
        reading = read(title, text, language, self.definition.vocabulary)
        if not reading.terms:
            return Match(False, 0.0, self.threshold, (), ())
        weights = self.definition.weights
        total = weights.get("bias", 0.0)
        evidence: list[Evidence] = []
        for name, value in reading.values.items():
            weight = weights.get(name, 0.0) * value
            total += weight
            evidence.extend(_evidence(name, weight, reading))
        score = logistic(total)
        evidence.append(Evidence("bias", "", "body", -1, -1, weights.get("bias", 0.0)))
        return Match(score >= self.threshold, score, self.threshold, tuple(reading.terms), tuple(evidence))

    def prefilter(self, data: bytes, content_type: str = "") -> bool:
        """May this page (HTML) or plain text match? False only where it cannot."""
        return self._prefilter.may_match(data, content_type)

    def features(self, title: str | None, text: str, language: str) -> dict[str, float]:
        """The features of a document that are not 0; empty where no term stands in it."""
        return read(title, text, language, self.definition.vocabulary).values


def load_topic(path: str | os.PathLike[str]) -> Topic:
    """Load a topic file and, where they lie beside it, its learnt weights. Raises ConfigError.

    A file that has not changed is compiled once a process.
    """
    where = Path(path)
    return _load(where, tuple(file.stat().st_mtime_ns if file.is_file() else 0
                              for file in (where, weights_path(where))))


@lru_cache(maxsize=8)
def _load(where: Path, _changed: tuple[int, ...]) -> Topic:
    return Topic(where, read_definition(where))


def logistic(total: float) -> float:
    if total < -30:
        return 0.0
    return 1.0 / (1.0 + math.exp(-total))


def _evidence(name: str, weight: float, reading: Reading) -> list[Evidence]:
    reasons = reading.reasons.get(name, [])[:SPANS]
    if not reasons:
        return [Evidence(name, "", "body", -1, -1, weight)]
    share = weight / len(reasons)
    return [Evidence(name, (reading.title if r.where == "title" else reading.text)[r.start:r.end], r.where,
                     r.start, r.end, share) for r in reasons]
