"""What a run did, counted so that it adds up."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import Any

from crawler.outcomes import Outcome


@dataclass(slots=True)
class RunSummary:
    """What a run did. `asked` equals the sum of `outcomes`, always; `problems` name file, line or source."""

    trigger: str
    outcomes: Counter[str] = field(default_factory=Counter)
    asked: int = 0
    fetched: int = 0
    sources: int = 0
    matched: int = 0
    articles_new: int = 0
    copies: int = 0
    stories_new: int = 0
    projects_new: int = 0
    problems: list[str] = field(default_factory=list)
    interrupted: bool = False
    seconds: float = 0.0

    def count(self, outcome: Outcome, *, new: bool = False, copy: bool = False) -> None:
        """One page more; `new`: it is a new article, `copy`: it joined another's story."""
        self.asked += 1
        self.outcomes[str(outcome)] += 1
        self.matched += outcome is Outcome.MATCHED
        self.articles_new += new
        self.copies += copy

    @property
    def anything(self) -> bool:
        """Whether any page came to an end that was worth the run."""
        return any(self.outcomes[str(outcome)] for outcome in (
            Outcome.MATCHED, Outcome.OFF_TOPIC, Outcome.DUPLICATE_URL, Outcome.LISTING, Outcome.TOO_OLD))

    @property
    def adds_up(self) -> bool:
        return self.asked == sum(self.outcomes.values())

    def as_dict(self) -> dict[str, Any]:
        return {"trigger": self.trigger, "asked": self.asked, "fetched": self.fetched, "sources": self.sources,
                "matched": self.matched, "articles_new": self.articles_new, "copies": self.copies,
                "stories_new": self.stories_new, "projects_new": self.projects_new,
                "outcomes": dict(sorted(self.outcomes.items())), "adds_up": self.adds_up,
                "problems": self.problems, "interrupted": self.interrupted, "seconds": round(self.seconds, 1)}
