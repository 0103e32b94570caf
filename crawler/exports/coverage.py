"""To what an export is blind: spans in which a source gave nothing though it should have. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

Row = Mapping[str, Any]

BROKEN = frozenset({"failing", "blocked", "dead", "lying"})
# A week with less than this share of what was expected counts as blind; under so few expected nothing can be said.
_SHARE, _FEWEST = 0.1, 3.0
_WEEK = timedelta(days=7)


@dataclass(frozen=True, slots=True)
class Gap:
    """A source gave nothing from `start` to `end` (days, both included); `end` None: it still does not."""

    source: str
    name: str
    start: str
    end: str | None
    reason: str

    def sentence(self) -> str:
        return f"blind to {self.name} ({self.source}) from {self.start} to {self.end or 'now'}: {self.reason}"


def gaps(sources: Iterable[Row], weeks: Mapping[str, Sequence[Row]], *, since: str, today: str) -> list[Gap]:
    """The gaps of the sources that are visited, from the day `since` on, by source and time."""
    found: list[Gap] = []
    for source in sources:
        own = _weekly(source, weeks.get(source["id"], ()), today)
        if source["state"] in BROKEN:
            start = (source["state_since"] or source["last_success_at"] or since)[:10]
            reason = source["state_reason"] or source["last_error"] or str(source["state"])
            own = [gap for gap in own if gap.end is not None and gap.end < start]
            own.append(Gap(source["id"], source["name"], max(start, since), None, reason))
        found += [gap for gap in own if gap.end is None or gap.end >= since]
    return found


def _weekly(source: Row, weeks: Sequence[Row], today: str) -> list[Gap]:
    found: list[Gap] = []
    for index, week in enumerate(weeks):
        if index:
            missed = _next(weeks[index - 1]["week"])
            if missed < week["week"]:  # the crawler itself was away
                _add(found, source, missed, week["week"], "not visited")
        reason = _blind(week)
        if reason is not None and _next(week["week"]) <= today:  # a week that is not over proves nothing
            _add(found, source, week["week"], _next(week["week"]), reason)
    return found


def _blind(week: Row) -> str | None:
    if week["visits"] and week["failures"] >= week["visits"]:
        return "every visit failed"
    if week["expected"] is not None and week["expected"] >= _FEWEST and week["received"] <= _SHARE * week["expected"]:
        return f"{week['received']} of about {week['expected']:.0f} expected links came"
    return None


def _add(found: list[Gap], source: Row, start: str, until: str, reason: str) -> None:
    """A gap from Monday `start` to the day before Monday `until`; it joins the one before where they touch."""
    end = (date.fromisoformat(until) - timedelta(days=1)).isoformat()
    if found and found[-1].end is not None and _day_after(found[-1].end) == start:
        found[-1] = Gap(source["id"], source["name"], found[-1].start, end, found[-1].reason)
    else:
        found.append(Gap(source["id"], source["name"], start, end, reason))


def _next(week: str) -> str:
    return (date.fromisoformat(week) + _WEEK).isoformat()


def _day_after(day: str) -> str:
    return (date.fromisoformat(day) + timedelta(days=1)).isoformat()
