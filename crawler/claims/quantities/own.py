"""Is a figure the project's own? Marks of the sentence that prints it, each with a learnt weight."""

from __future__ import annotations

import math
import re
from collections.abc import Mapping

from crawler.claims.quantities.found import Place, Scene
from crawler.text.sentences import Prose

_OPENS = 28   # folded characters within which a sentence says whom it is about
_BEFORE, _AFTER = 240, 160  # characters of a sentence that are looked at
_CLAUSE, _BEHIND = 100, 50  # ... and of its clause
_AROUND = 110
_SUBJECT = 160  # characters ahead of a figure in which the thing is named that it is of
_ELSEWHERE = frozenset(("thing", "market_if"))
_QUOTES = " \"'«“”„–-"
_LEAD = 2     # sentences in which a text says what it is about


def marks_of(prose: Prose, at: Place, scene: Scene, cues: Mapping[str, re.Pattern[str]]) -> set[str]:
    """What the sentence around a figure says about whose it is, whatever kind of figure it is."""
    first, last = prose.sentences[at.number].start, prose.sentences[at.number].end
    start, end = prose.folded.span(at.start, at.end)
    marks: set[str] = set()

    def among(name: str, offsets: tuple[int, ...]) -> None:
        inside = [offset for offset in offsets if first <= offset < last]
        if inside:
            marks.add(f"{name}_there")
            if inside[0] - first < _OPENS:
                marks.add(f"{name}_opens")
            if any(offset < start for offset in inside):
                marks.add(f"{name}_before")
            if any(0 <= offset - end <= 45 for offset in inside):
                marks.add(f"{name}_behind")

    for name in ("home", "foreign", "takers", "strangers", "facility", "again", "fresh"):
        among(name, getattr(scene, name))
    near = [(start - offset, kind) for kind, offsets in (("home", scene.home), ("foreign", scene.foreign))
            for offset in offsets if first <= offset < start]
    if near:
        marks.add(f"nearest_{min(near)[1]}")
    if any(left <= start < right for left, right in scene.others):
        marks.add("others")
    sentence, most = prose.sentences[at.number], prose.sentences[-1].paragraph
    marks.add("lead" if at.number < _LEAD else ("second" if sentence.paragraph < 2 else "later"))
    if sentence.paragraph == most and most > 2:
        marks.add("last")
    elif sentence.paragraph * 2 > most + 1:
        marks.add("late")
    marks |= _subject(prose, at, scene, cues)
    marks |= _worded(at, cues)
    if "thing_nearest" in marks and marks & {"opens_turn", "opens_record", "contrast"}:
        marks.add("turn_to_thing")
    related = marks & {"again_there", "takers_there", "home_there", "lead", "again_power"}
    for name in ("market", "need", "programme", "energy", "compare"):
        if name in marks and not related:
            marks.add(f"{name}_alone")
    if not related:
        marks.add("unrelated")
    return marks


def _worded(at: Place, cues: Mapping[str, re.Pattern[str]]) -> set[str]:
    """The marks of words around a figure; the name of a cue says where they stand."""
    marks: set[str] = set()
    around = cues["market_if"].sub(" ", at.before(_BEFORE) + at.text[at.start:at.end] + at.after(_AFTER))
    clause = f"{at.clause_before(_CLAUSE)} # {at.clause_after(_BEHIND)}"
    for name, pattern in cues.items():
        if name in _ELSEWHERE:
            continue
        if name.startswith("opens_"):
            if pattern.match(at.sentence.lstrip(_QUOTES)):
                marks.add(name)
        elif name.startswith("clause_"):
            if pattern.search(clause):
                marks.add(name)
        elif name.startswith("near_"):
            if pattern.search(at.clause_before(60)):
                marks.add(name)
        elif name.startswith("touch_"):
            if pattern.search(at.before(50)):
                marks.add(name)
        elif name.startswith("behind_"):
            if pattern.match(at.after(60).lstrip(" -(,)")):
                marks.add(name)
        elif pattern.search(around):
            marks.add(name)
    if cues["clause_several"].search(at.before(_SUBJECT)):
        marks.add("ahead_several")
    return marks


def _subject(prose: Prose, at: Place, scene: Scene, cues: Mapping[str, re.Pattern[str]]) -> set[str]:
    """Whether another thing (a port, a solar park) is named ahead of the figure: nearer than the facility, or alone."""
    ahead = at.before(_SUBJECT)
    marks = {"thing_behind"} if cues["thing"].search(at.clause_after(_BEHIND)) else set()
    last = max((match.end() for match in cues["thing"].finditer(ahead)), default=-1)
    if last < 0:
        return marks
    first = prose.sentences[at.number].start
    there = prose.folded.span(at.start - len(ahead) + last, at.start)[0]
    start = prose.folded.span(at.start, at.end)[0]
    if any(there <= offset < start for offset in (*scene.facility, *scene.again)):
        return marks | {"thing_far"}
    alone = not any(first <= offset < there for offset in (*scene.facility, *scene.again))
    return marks | ({"thing_nearest", "thing_alone"} if alone else {"thing_nearest"})


def fields_of(at: Place, cues: Mapping[str, re.Pattern[str]]) -> set[str]:
    """The fields of words (results, taxes, programmes ...) in the clause of a sum (`field_`), or further away, and
    what stands right ahead of it (`touch_`)."""
    clause = f"{at.clause_before(_CLAUSE)} # {at.clause_after(_BEHIND)}"
    wide, ahead = f"{at.before(_SUBJECT)} # {at.after(_AROUND)}", at.before(_CLAUSE)
    marks = set()
    for name, pattern in cues.items():
        if name.startswith("touch_"):
            marks |= {name} if pattern.search(ahead) else set()
        elif pattern.search(clause):
            marks.add(f"field_{name}")
        elif pattern.search(wide):
            marks.add(f"around_{name}")
    return marks


def is_own(_value: float, marks: set[str], weights: Mapping[str, float]) -> bool:
    """Is the sum of the weights of `marks` above 0?"""
    return math.fsum([weights.get("bias", 0.0), *(weights.get(mark, 0.0) for mark in marks)]) > 0
