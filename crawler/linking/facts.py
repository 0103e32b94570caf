"""The claims behind a project row, with what is needed to weigh them: story, date and kind of source."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Generic, TypeVar
from urllib.parse import urlsplit

from crawler.claims.claim import Claim
from crawler.linking.rules import LinkRules

Value = TypeVar("Value")


@dataclass(frozen=True, slots=True)
class Fact:
    """One claim of one article about the project.

    `story_id`: near copies share it and count once. `published`: a day, month or year, or None.
    `source_kind`: contract.md's kinds of sources; None where the source is not in the registry. `title`: of the
    article; who stands in the headline leads the project. `source_id`, `outlet`, `url` (canonical): who says so.
    """

    claim: Claim
    article_id: int
    story_id: int | None = None
    published: str | None = None
    source_kind: str | None = None
    language: str | None = None
    title: str | None = None
    source_id: str | None = None
    outlet: str | None = None
    url: str | None = None

    @property
    def voice(self) -> str | None:
        """Who speaks, however many stories they print: what an aggregator collects is its own word, and a page that
        a search found is its host's, whatever name it gives itself. None where nothing is known."""
        host = urlsplit(self.url or "").hostname
        if self.source_kind == "search":
            return host or self.source_id
        if self.source_kind == "aggregator" and self.source_id:
            return self.source_id
        return self.outlet or self.source_id or host

    @property
    def printed_at(self) -> int:
        """Where its words stand in the article's text: claims of one sentence are told apart."""
        return self.claim.quote_start + max(self.claim.quote.find(self.claim.value_printed or ""), 0)


@dataclass(frozen=True, slots=True)
class Story:
    """The facts of one story, denied ones left out. `first`, `last`: its dates, `printed` the last one as precise as
    it was printed; `trust`: of its best source, which `voice`, `outlet`, `url` and `title` name; `low`: that is little
    trust."""

    key: tuple[int, int]
    facts: tuple[Fact, ...]
    first: date | None
    last: date | None
    trust: float
    low: bool
    title: str | None = None
    voice: str | None = None
    outlet: str | None = None
    url: str | None = None
    printed: str | None = None

    @property
    def voter(self) -> Hashable:
        """Who votes: one outlet once, and where it is not known each story for itself."""
        return self.voice or self.key

    def claims(self, kind: str) -> list[Claim]:
        """Its claims of one kind, in the order of the best article's text, repeats of copies left out."""
        seen: dict[tuple[object, ...], Claim] = {}
        for fact in self.facts:
            claim = fact.claim
            if claim.kind == kind:
                value = (claim.value_number, claim.value_text, claim.unit, claim.stage, claim.date)
                seen.setdefault(value, claim)
        return list(seen.values())


def stories(facts: Iterable[Fact], rules: LinkRules) -> list[Story]:
    """The stories, by date (undated ones first), then by the first article. Denied values count for nothing."""
    groups: dict[tuple[int, int], list[Fact]] = defaultdict(list)
    for fact in facts:
        key = (0, fact.story_id) if fact.story_id is not None else (1, fact.article_id)
        groups[key].append(fact)
    found = []
    for key, group in groups.items():
        # the article of the most trusted source speaks first, then the earliest
        believed = {id(fact): _trust(fact, rules) for fact in group}
        group.sort(key=lambda f: (-believed[id(f)], f.published or "9", f.url or "", f.article_id, f.printed_at))
        best, trust = group[0], believed[id(group[0])]
        dated = sorted((day, str(f.published)[:10]) for f in group if (day := day_of(f.published)))
        first, last, printed = (dated[0][0], *dated[-1]) if dated else (None, None, None)
        kept = tuple(fact for fact in group if fact.claim.modality != "denied")
        found.append(Story(key, kept, first, last, trust, rules.trust.is_low(trust), best.title, best.voice,
                           best.outlet, best.url, printed))
    # equal dates by address: numbers of rows differ from one database to the next
    return sorted(found, key=lambda s: (s.first is not None, s.first or date.min, s.url or "", s.key))


def _trust(fact: Fact, rules: LinkRules) -> float:
    return rules.trust.of(fact.source_kind, fact.source_id, fact.outlet)


def day_of(text: str | None) -> date | None:
    """The day of an ISO date; the last day of a month or year where no more is known. None for anything else."""
    if not text:
        return None
    parts = text[:10].split("-")
    try:
        if len(parts) == 1:
            return date(int(parts[0]), 12, 31)
        if len(parts) == 2:
            year, month = int(parts[0]), int(parts[1])
            return (date(year + month // 12, month % 12 + 1, 1)) - timedelta(days=1)
        return date(int(parts[0]), int(parts[1]), int(parts[2]))
    except ValueError:
        return None


def weigh(found: Sequence[Story], rules: LinkRules) -> dict[tuple[int, int], float]:
    """Each story's weight: its trust, halved by every half-life before the newest; undated ones as the oldest."""
    newest = max((s.last for s in found if s.last), default=None)
    if newest is None:
        return {s.key: s.trust for s in found}
    factors = {s.key: 0.5 ** ((newest - s.last).days / rules.row.half_life_days) for s in found if s.last}
    oldest = min(factors.values())
    return {s.key: s.trust * factors.get(s.key, oldest) for s in found}


@dataclass(frozen=True, slots=True)
class Vote(Generic[Value]):
    """One story's word for a value."""

    value: Value
    weight: float
    story: Story

    @property
    def last(self) -> date:
        """When it was said; undated ones count as the oldest."""
        return self.story.last or date.min


def support(votes: Sequence[Vote[Value]]) -> float:
    """The weight behind a value: each outlet counts once, with its best story."""
    best: dict[Hashable, float] = {}
    for vote in votes:
        best[vote.story.voter] = max(best.get(vote.story.voter, 0.0), vote.weight)
    return round(sum(best.values()), 6)


def elect(groups: Mapping[Value, Sequence[Vote[Value]]]) -> Value | None:
    """The value with most votes; of equals the later one, then the greater. None for no votes."""
    if not groups:
        return None
    return max(groups, key=lambda value: (support(groups[value]), max(vote.last for vote in groups[value]), value))
