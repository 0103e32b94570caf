"""What a topic says of a document: kept or not, how sure, and which words decided."""

from __future__ import annotations

from dataclasses import dataclass


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
        strongest = sorted(self.evidence, key=lambda e: -abs(e.weight))[:6]
        reasons = ", ".join(f"{e.feature} {e.weight:+.2f}" + (f" ({e.words})" if e.words else "") for e in strongest)
        verdict = "matched" if self.matched else "off topic"
        return f"{verdict}: {self.score:.2f} against {self.threshold:.2f}: {reasons or 'no topic term'}"
