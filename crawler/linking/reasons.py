"""Why a value of a project's row is shown: whose word it is, how many agree, who says otherwise, which rule chose."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from crawler.linking.facts import Story, Value, Vote, support

_MOST_AGAINST = 4  # values that are named as contradicting; the dossier shows all


@dataclass(frozen=True, slots=True)
class Against:
    """Another value, and the outlets that give it."""

    value: str
    outlets: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Reason:
    """`value` as shown; `outlet`, `date`, `url` of the report that is cited: the latest of the most trusted kind.
    `outlets` of `of` outlets give it (copies of one story count once). `rule`: what decided against the others.
    """

    value: str
    rule: str
    outlet: str | None = None
    date: str | None = None
    url: str | None = None
    outlets: int = 0
    of: int = 0
    against: tuple[Against, ...] = ()

    @property
    def text(self) -> str:
        """One line: "386 MW: Le360, 2025-07-09; 3 of 4 outlets (most outlets); against 500 MW of Médias24"."""
        cited = f"{self.outlet or 'outlet unknown'}, {self.date or 'undated'}"
        parts = [f"{self.value}: {cited}" if self.of else f"{self.value}: {self.rule}"]
        if self.of:
            parts.append(f"{self.outlets} of {self.of} outlet{'s' * (self.of != 1)}"
                         + (f" ({self.rule})" if self.against else ""))
        if self.against:
            parts.append("against " + ", ".join(
                f"{other.value} of {', '.join(other.outlets)}" if other.outlets else other.value
                for other in self.against))
        return "; ".join(parts)

    def as_json(self) -> dict[str, Any]:
        """For column `projects.why`."""
        return {**asdict(self), "against": [{"value": a.value, "outlets": list(a.outlets)} for a in self.against],
                "text": self.text}


def reason(groups: Mapping[Value, Sequence[Vote[Value]]], chosen: Value, show: Callable[[Value], str]) -> Reason:
    """Why `chosen` was elected among `groups`."""
    votes = groups[chosen]
    best = cited([vote.story for vote in votes])
    others = sorted((value for value in groups if value != chosen),
                    key=lambda value: (-support(groups[value]), show(value)))
    return Reason(
        value=show(chosen), rule=_rule(groups, chosen, others), outlet=name_of(best), date=day_text(best), url=best.url,
        outlets=len(_voters(votes)), of=len({voter for group in groups.values() for voter in _voters(group)}),
        against=tuple(Against(show(value), _names(groups[value])) for value in others[:_MOST_AGAINST]))


def cited(found: Sequence[Story]) -> Story:
    """The report to point to: the latest of the most trusted."""
    return max(found, key=lambda s: (s.trust, s.last is not None, s.last.isoformat() if s.last else "", s.url or ""))


def name_of(story: Story) -> str | None:
    """The outlet as people know it."""
    return story.outlet or story.voice


def day_text(story: Story) -> str | None:
    """The story's last date, ISO, as precise as it was printed ("2024-05"); None where undated."""
    return story.printed or (story.last.isoformat() if story.last else None)


def _rule(groups: Mapping[Value, Sequence[Vote[Value]]], chosen: Value, others: Sequence[Value]) -> str:
    if not others:
        return "nobody says otherwise"
    most = max(len(_voters(groups[value])) for value in others)
    trust = max(vote.story.trust for value in others for vote in groups[value])
    own, last = len(_voters(groups[chosen])), max(vote.last for vote in groups[chosen])
    if max(vote.story.trust for vote in groups[chosen]) > trust:
        return "most trusted"
    if own > most:
        return "most outlets"
    if last > max(vote.last for value in others for vote in groups[value]):
        return "most recent"
    return "most votes by trust and date"


def _voters(votes: Sequence[Vote[Value]]) -> set[Hashable]:
    return {vote.story.voter for vote in votes}


def _names(votes: Sequence[Vote[Value]]) -> tuple[str, ...]:
    ranked = sorted(votes, key=lambda v: (-v.story.trust, v.story.url or ""))
    return tuple(dict.fromkeys(name for vote in ranked if (name := name_of(vote.story))))[:3]
