"""What happened, as a value: `Event`, its kinds, and the id that stays the same however often it is seen."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from hashlib import sha256
from typing import Any

PROJECT_KINDS = ("new_project", "new_story", "status_changed", "capacity_changed", "investment_changed",
                 "contradiction", "doubt", "threshold")
SOURCE_KINDS = ("source_broken", "source_recovered")
KINDS = (*PROJECT_KINDS, *SOURCE_KINDS)


@dataclass(frozen=True, slots=True)
class Event:
    """One thing that happened to one subject (a project's slug or a source's id).

    `value` is what makes it this event and no other; `published` is when the newest words behind it were published
    (None: known by no words, as when a source stops answering); `rule` names the one rule a threshold belongs to.
    """

    kind: str
    subject: str
    value: str
    body: Mapping[str, Any] = field(default_factory=dict)
    published: str | None = None
    rule: str | None = None

    @property
    def id(self) -> str:
        return stable_id(self.kind, self.subject, self.value)


def stable_id(*parts: str) -> str:
    """24 hexadecimal digits that depend on the parts alone."""
    return sha256("\0".join(parts).encode("utf-8", "replace")).hexdigest()[:24]
