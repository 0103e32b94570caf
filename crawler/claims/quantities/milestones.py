"""When a project was or will be signed, started and opened: an event and a date in the same clause."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from crawler.claims.claim import MILESTONES, Claim
from crawler.claims.quantities.dates import Date, dates_in
from crawler.claims.quantities.found import MOST_MENTIONS, Found, Place, modality, place, quoted, strange
from crawler.claims.quantities.vocabulary import Quantities
from crawler.text.sentences import Prose

_FARTHEST = 110  # characters between an event and its date, each comma counted as 25 more
_LOOSE = 70  # an event that stands farther than this gives way to what the words next to the date imply
_COORDINATED = re.compile(r"(?:,? ?(?:and|et|y|e|und|en)|,|-| و) ?(?:\w+ ){0,4}")  # "ready in 2026, and all by 2030"

_EDGES = frozenset(("", "of", "of the", "de", "d'", "du", "del", "von", "عام", "من"))  # "the start of 2026"
_DATELINE = re.compile(r"[ ]?(?:\([^()\n]{0,40}\))? ?(?:-|:|\|)")  # "London, Feb. 22, 2021 (Agency) - "


@dataclass(frozen=True, slots=True)
class _Event:
    what: str  # a milestone's word, or "" for an event that is none
    cost: float
    start: int
    end: int


def milestones(prose: Prose, q: Quantities, published: str | None) -> list[Found]:
    """One entry an event and date, the first mention quoted. `published` (ISO) completes days without a year.

    Of two starts of construction the earlier stands; of two dates of one event the more precise in the same year.
    """
    cues = q.cues["milestones"]
    dates = dates_in(prose.folded.text, q.dates, published)[:MOST_MENTIONS]
    found: dict[tuple[str, str], Found] = {}
    previous: tuple[Place, _Event, bool] | None = None
    for date in dates:
        at = place(prose, date.start, date.end)
        if date.start < 60 and at.number == 0 and _DATELINE.match(at.text, date.end):
            continue
        spans = [(d.start, d.end) for d in dates if d is not date and at.first <= d.start < at.last]
        event = _event(at, cues, spans)
        if previous and previous[0].number == at.number and (event is None or event.cost > _LOOSE) \
                and (previous[2] or _COORDINATED.fullmatch(at.text, previous[0].end, at.start)):
            event = previous[1]
        if event is None:
            continue
        superseded = _superseded(at, cues, spans)
        previous = (at, event, superseded)
        if not event.what or date.iso is None or _foreign(at, date, event.what, cues, published):
            continue
        claimed = _found(prose, at, date.iso, event, q, published)
        past = date.iso <= published[:len(date.iso)] if published else len(date.iso) == 4
        if past and event.what == "operational" and claimed.claim.modality == "stated" and strange(prose, at):
            continue  # "Facing it is Texaf, opened in 2024"
        last = date.year_before(published)
        if last and claimed.claim.modality in ("stated", "reported"):  # "signed on March 4", read in November
            claimed = _found(prose, at, last, event, q, published)
        key = (event.what, claimed.claim.date or "")
        if superseded:
            claimed = replace(claimed, claim=replace(claimed.claim, modality="denied"))
        elif claimed.claim.modality == "stated" and published and key[1] > published[:len(key[1])]:
            claimed = replace(claimed, claim=replace(claimed.claim, modality="planned"))
        known = found.get(key)
        if known is None or (known.claim.modality == "denied" != claimed.claim.modality):
            found[key] = claimed
    return _settled(found)


def _event(at: Place, cues: Mapping[str, re.Pattern[str]], others: Sequence[tuple[int, int]]) -> _Event | None:
    """The event nearest to the date in its sentence."""
    opens = at.start - at.first < 12  # a date that opens its sentence may be far from its verb
    reach, comma = (2 * _FARTHEST, 10) if opens else (_FARTHEST, 25)
    ahead = at.clause_before(60)
    since = not opens and any(len(ahead) - match.end() <= 4 for match in cues["since"].finditer(ahead))
    deadline = cues["deadline"].search(at.before(40)) is not None
    best: _Event | None = None
    for name in (*MILESTONES, "start", "ceremony", "none", *(("build",) if deadline else ())):
        for match in cues[name].finditer(at.text, max(at.first, at.start - reach), min(at.last, at.end + reach)):
            if match.end() <= at.start:
                left, right, cost = match.end(), at.start, 0.0
            elif match.start() >= at.end and not since:  # "in trouble since May, it has signed"
                left, right, cost = at.end, match.start(), 12.0
            else:
                continue
            words = cues["aside"].sub("", at.text[left:right]).replace(", , ", " ")
            if name == "start" and words.strip() in _EDGES:
                continue
            cost += len(words) + comma * words.count(", ") + 60 * words.count(";")
            cost += 90 * sum(1 for start, _ in others if left <= start < right)
            if cost <= (160 if opens else _FARTHEST) and (best is None or cost < best.cost):
                what = _what(at, name, match.start(), cues, deadline=deadline)
                best = _Event(what, cost, match.start(), match.end())
    sure = best is not None and best.cost <= _LOOSE and (best.what or best.start < at.start)
    return best if sure else _implied(at, cues) or best


def _implied(at: Place, cues: Mapping[str, re.Pattern[str]]) -> _Event | None:
    """The opening of a part that a date next to it implies: "the first 18 MW are scheduled for", "a first phase in"."""
    ahead = at.before(70)
    due = cues["due"].search(ahead)
    if due is None or not cues["part"].search(ahead, 0, due.start()):
        due = cues["dated_part"].search(ahead)
    return _Event("operational", _LOOSE, at.start - len(ahead) + due.start(), at.start) if due else None


def _what(at: Place, name: str, start: int, cues: Mapping[str, re.Pattern[str]], *, deadline: bool) -> str:
    """The milestone that a cue stands for; `deadline`: the date is one by which something is to be done."""
    if name == "start":
        subject = at.text[max(at.first, start - 28):start]
        runs = cues["runs"].search(subject) or cues["sized"].search(at.text, start, max(at.start, start))
        return "operational" if runs else "construction_start"
    if name == "ceremony":
        return _celebrated(at, start, cues)
    if name in ("construction_start", "build") and deadline:
        begun = cues["starts"].search(at.text, max(at.first, start - 30), at.start)
        if begun:
            return "" if name == "build" else "construction_start"
        other = cues["none"].search(at.clause_before(70)) or not cues["part"].search(at.sentence)
        return "" if other else "operational"
    return "" if name == "none" else name


def _celebrated(at: Place, start: int, cues: Mapping[str, re.Pattern[str]]) -> str:
    """What a ceremony is for: the milestone nearest in its sentence, else the first of the last one that names any."""
    named = sorted((match.start(), milestone) for milestone in MILESTONES
                   for match in cues[milestone].finditer(at.text, max(0, at.first - 400), at.last))
    here = [each for each in named if each[0] >= at.first]
    if here:
        return min(here, key=lambda each: abs(each[0] - start))[1]
    if not named:
        return ""
    edge = max(at.text.rfind(mark, 0, named[-1][0]) for mark in (". ", "\n", "! ", "? ", "؟ "))
    return next(milestone for position, milestone in named if position > edge)


def _superseded(at: Place, cues: Mapping[str, re.Pattern[str]], others: Sequence[tuple[int, int]]) -> bool:
    """Whether it was the date, and another one stands now."""
    if cues["superseded"].search(at.before(70)):
        return True
    later = min((start for start, _ in others if start > at.end), default=0)
    return bool(later and cues["first_set"].search(at.clause_before(70))
                and cues["superseding"].search(at.text, at.end, later))


def _foreign(at: Place, date: Date, what: str, cues: Mapping[str, re.Pattern[str]], published: str | None) -> bool:
    """Whether the date is of a company, a later phase or an old site rather than of this project."""
    clause = at.clause_before(60)
    if any(cues["not_own"].search(words) for words in (clause, at.before(35), at.clause_after(12))):
        return True
    if what == "operational" and date.month is None and any(
            len(clause) - match.end() <= 4 for match in cues["since"].finditer(clause)):
        return True
    year = int(published[:4]) if published else None
    if what == "signing" and year and date.year and date.year > year and cues["deadline"].search(at.before(40)):
        return True  # "has signed for 450 megawatts by 2031"
    oldest = {"operational": 1}.get(what, 3)
    return bool(year and date.year and date.year < year - oldest)


def _settled(found: Mapping[tuple[str, str], Found]) -> list[Found]:
    """Without a coarser date of the same event and year, and with one start of construction."""
    kept = [key for key in found if not any(
        other != key and other[0] == key[0] and other[1].startswith(key[1] + "-")
        and found[other].claim.modality != "denied" for other in found)]
    starts = sorted(key for key in kept if key[0] == "construction_start" and found[key].claim.modality != "denied")
    return [found[key] for key in kept if key not in starts[1:]]


def _found(prose: Prose, at: Place, iso: str, event: _Event, q: Quantities, published: str | None) -> Found:
    start, end = prose.folded.span(at.start, at.end)
    left, right = quoted(prose, start, end)
    said = modality(at, q.cues["modality"], (event.start, event.end))
    cues = q.cues["milestones"]
    ahead = at.text[max(at.first, event.start - 25):event.start]
    ahead = ahead[max(ahead.rfind(mark) for mark in ",;،") + 1:]  # "which he did not name, insisting that the opening"
    if cues["negated"].search(ahead) \
            and not cues["until"].search(at.before(25)):  # "will not open until 2028" is a date
        said = "denied"
    claim = Claim("milestone", prose.text[left:right], left, right, value_text=event.what,
                  value_printed=prose.text[start:end], date=iso, modality=said)
    return Found(claim, start, end, round(max(0.9 - event.cost / 300, 0.3), 2))
