"""Five articles of a new source, read and matched as a crawl would."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from crawler.configuration.setup import Setup
from crawler.inputs import Item
from crawler.onboarding.adding import Proposal
from crawler.pipeline import Understood
from crawler.worker import understanders

_WORDS = 160  # letters of the text that are shown


@dataclass(frozen=True, slots=True)
class Tried:
    """One article as it would be read, or why it was not."""

    url: str
    title: str | None = None
    published: str | None = None
    language: str | None = None
    begins: str | None = None
    matched: bool = False
    problem: str | None = None

    def as_dict(self) -> dict[str, Any]:
        return {name: getattr(self, name) for name in self.__dataclass_fields__}


def read_trial(proposal: Proposal, setup: Setup) -> list[Tried]:
    """The articles of the proposal through the same processes that a crawl uses."""
    limits = setup.settings.limits
    items = [Item(url, url, page, problem) for url, page, problem in proposal.pages]
    tried = []
    with understanders(setup.folder, setup.settings.topic, count=limits.readers,
                       seconds=limits.read_seconds) as workers:
        for item, answer in workers.in_order(items):
            if isinstance(answer, Understood):
                document = answer.document
                tried.append(Tried(item.url, document.title, document.published, document.language,
                                   " ".join(document.text.split())[:_WORDS], answer.match.matched))
            else:
                tried.append(Tried(item.url, problem=f"{answer.outcome}: {answer.reason}" if answer else item.problem))
    return tried


def languages_of(tried: Sequence[Tried]) -> list[str | None]:
    """What the articles are written in."""
    return [one.language for one in tried]
