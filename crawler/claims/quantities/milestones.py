"""When a project was or will be signed, started and opened: an event and a date in the same clause."""

from __future__ import annotations

import re
from collections.abc import Mapping

from crawler.claims.claim import MILESTONES, Claim
from crawler.claims.quantities.dates import Date, dates_in
from crawler.claims.quantities.found import Found, Place, modality, place, quoted
from crawler.claims.quantities.vocabulary import Quantities
from crawler.text.sentences import Prose

_FARTHEST = 110  # characters between an event and its date


def milestones(prose: Prose, q: Quantities, published: str | None) -> list[Found]:
    """One entry an event and date, the first mention quoted. `published` (ISO) completes days without a year."""
    cues = q.cues["milestones"]
    text = prose.folded.text
    dates = dates_in(text, q.dates, published)
    found: dict[tuple[str, str], Found] = {}
    for date in dates:
        iso = date.iso
        if iso is None:
            continue
        at = place(prose, date.start, date.end)
        others = [(d.start, d.end) for d in dates if d is not date and at.first <= d.start < at.last]
        event = _event(at, cues, others)
        if event is None:
            continue
        what, distance, start, end = event
        key = (what, iso)
        if key in found or _foreign(at, date, what, cues, published):
            continue
        found[key] = _found(prose, at, what, iso, (start, end), 0.9 - distance / 300, q)
    return list(found.values())


def _event(at: Place, cues: Mapping[str, re.Pattern[str]], others: list[tuple[int, int]],
           ) -> tuple[str, float, int, int] | None:
    """The event nearest to the date in its sentence: what, distance, its span in the folded text."""
    best: tuple[float, str, int, int] | None = None
    for what in MILESTONES:
        for match in cues[what].finditer(at.text, max(at.first, at.start - _FARTHEST), min(at.last, at.end + _FARTHEST)):
            if match.end() <= at.start:
                distance, between = at.start - match.end(), (match.end(), at.start)
            elif match.start() >= at.end:
                distance, between = match.start() - at.end + 12, (at.end, match.start())
            else:
                continue
            words = at.text[between[0]:between[1]]
            cost = distance + 25 * words.count(", ") + 60 * words.count(";") + 40 * words.count(". ")
            cost += 70 * sum(1 for start, _ in others if between[0] <= start < between[1])
            if cost <= _FARTHEST and (best is None or cost < best[0]):
                best = (cost, what, match.start(), match.end())
    return (best[1], best[0], best[2], best[3]) if best else None


def _foreign(at: Place, date: Date, what: str, cues: Mapping[str, re.Pattern[str]], published: str | None) -> bool:
    """Whether the date is of a company, a plan or an old site rather than of this project."""
    if cues["not_own"].search(at.clause_before(45)):
        return True
    year = int(published[:4]) if published else None
    return bool(year and date.year and date.year < year - 3)


def _found(prose: Prose, at: Place, what: str, iso: str, event: tuple[int, int], weight: float, q: Quantities) -> Found:
    start, end = prose.folded.span(at.start, at.end)
    left, right = quoted(prose, start, end)
    said = modality(at, q.cues["modality"])
    if q.cues["milestones"]["negated"].search(at.text[max(at.first, event[0] - 25):event[0]]):
        said = "denied"
    claim = Claim("milestone", prose.text[left:right], left, right, value_text=what,
                  value_printed=prose.text[start:end], date=iso, modality=said)
    return Found(claim, start, end, round(max(weight, 0.3), 2))
