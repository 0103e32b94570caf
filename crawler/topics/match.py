"""What a topic says of a document: kept or not, how sure, and which words decided."""

from __future__ import annotations

from dataclasses import dataclass

MOST = 6  # features named in one line


@dataclass(frozen=True, slots=True)
class Evidence:
    """One reason. `where` is title, lead or body; start/end are offsets in that title or in the text
    (-1, -1 where the reason is a sum over the whole document); `weight` is added to the score."""

    feature: str
    words: str
    where: str
    start: int
    end: int
    weight: float


@dataclass(frozen=True, slots=True)
class Match:
    """The verdict. `terms` are the topic's terms as printed, first seen first; `score` is 0..1;
    the document is kept where score >= threshold."""

    matched: bool
    score: float
    threshold: float
    terms: tuple[str, ...]
    evidence: tuple[Evidence, ...]

    @property
    def why(self) -> str:
        """One line for people: the strongest reasons on either side."""
        weights: dict[str, float] = {}
        words: dict[str, dict[str, None]] = {}
        for reason in self.evidence:
            weights[reason.feature] = weights.get(reason.feature, 0.0) + reason.weight
            if reason.words:
                words.setdefault(reason.feature, {})[reason.words] = None
        if len(weights) > 1:
            weights.pop("bias", None)  # the same for every document
        strongest = sorted(weights, key=lambda feature: -abs(weights[feature]))[:MOST]
        reasons = ", ".join(f"{feature} {weights[feature]:+.2f}" + (
            f" ({'; '.join(words[feature])})" if feature in words else "") for feature in strongest)
        verdict = "matched" if self.matched else "off topic"
        return f"{verdict}: {self.score:.2f} against {self.threshold:.2f}: {reasons or 'no topic term'}"
