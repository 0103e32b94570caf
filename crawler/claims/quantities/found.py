"""What the readers of quantities return, and the text around a value that they judge it by."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace

from crawler.claims.claim import Claim
from crawler.text.sentences import Prose

MOST_MENTIONS = 60  # of one kind in a text: no story prints more, a table or an attack does
_LONGEST_QUOTE = 420  # characters; beyond it the clause is quoted, not the sentence
_THERE = 45   # characters from a value to the place that it is in: "20 MW site in Getafe"
_BREAK = re.compile(r"[,;:.()،؛\n]")
_AND = re.compile(r" (?:and|et|y|e|und|en) | و(?=\w{4})")
_NAME = re.compile(r"(?:(?<![\w'’&-])[A-ZÀ-Þ][\w&'’-]+ ){2,}|(?<=[\w,;:] )[A-ZÀ-Þ][\w&'’-]{2,}|[A-Z]{3,}")
_CLAUSE = re.compile(r"[,;:،؛]\s|\s[-–—]\s")


@dataclass(frozen=True, slots=True)
class Found:
    """A claim and where its value stands: prose.text[start:end]. `weight`, 0 to 1: how surely it is the project's."""

    claim: Claim
    start: int
    end: int
    weight: float


@dataclass(frozen=True, slots=True)
class Scene:
    """Where names stand in a text, by offsets of the printed text: places that are the project's (`home`) and those
    that are not (`foreign`), organisations that take part (`takers`) and others (`strangers`), words of the facility,
    and names that the text has not printed before (`fresh`)."""

    home: tuple[int, ...] = ()
    foreign: tuple[int, ...] = ()
    takers: tuple[int, ...] = ()
    strangers: tuple[int, ...] = ()
    facility: tuple[int, ...] = ()
    again: tuple[int, ...] = ()
    fresh: tuple[int, ...] = ()
    others: tuple[tuple[int, int], ...] = ()


@dataclass(frozen=True, slots=True)
class Away:
    """What a text says of others, by offsets: `sentences` about them, and `places` that are not the project's."""

    sentences: tuple[tuple[int, int], ...] = ()
    places: tuple[int, ...] = ()
    scene: Scene | None = None

    def holds(self, text: str, start: int, end: int) -> bool:
        """Does text[start:end] stand in a sentence about others, or right before "in <another place>"?"""
        if any(first <= start < last for first, last in self.sentences):
            return True
        return any(0 <= at - end <= _THERE and not _BREAK.search(text, end, at)
                   and text.count(" ", end, at) <= 5 for at in self.places)


NOWHERE = Away()


@dataclass(frozen=True, slots=True)
class Place:
    """A span of folded text in its sentence. All indexes are of the folded text."""

    text: str
    start: int
    end: int
    first: int  # of the sentence
    last: int
    number: int  # of the sentence, from 0

    def before(self, length: int) -> str:
        """The words of the sentence ahead of the span, `length` characters at most, from a word's edge."""
        return self.text[max(self.first, self.start - length):self.start]

    def after(self, length: int) -> str:
        return self.text[self.end:min(self.last, self.end + length)]

    def clause_before(self, length: int) -> str:
        """As `before`, from the last comma, semicolon, colon or bracket on."""
        words = self.before(length)
        return words[max(words.rfind(mark) + 1 for mark in (", ", ";", ": ", "(", ")")):]

    def clause_after(self, length: int) -> str:
        """As `after`, up to the next comma, semicolon, colon or bracket."""
        words = self.after(length)
        ends = [at for at in (words.find(mark) for mark in (", ", "; ", ": ", " (", ")")) if at >= 0]
        return words[:min(ends)] if ends else words

    @property
    def sentence(self) -> str:
        return self.text[self.first:self.last]


def place(prose: Prose, start: int, end: int) -> Place:
    """The place of folded[start:end] in its sentence."""
    folded = prose.folded
    printed, _ = folded.span(start, end)
    number = prose.index_at(printed)
    sentence = prose.sentences[number]
    return Place(folded.text, start, end, min(folded.at(sentence.start), start),
                 max(folded.at(sentence.end), end), number)


def quoted(prose: Prose, start: int, end: int) -> tuple[int, int]:
    """The span of the quote for prose.text[start:end]: its sentence, or the clauses around it in a very long one."""
    sentence = prose.sentence_at(start)
    left, right = sentence.start, max(sentence.end, end)
    if right - left <= _LONGEST_QUOTE:
        return left, right
    cuts = [match.end() for match in _CLAUSE.finditer(prose.text, left, right)]
    left = max([cut for cut in cuts if start - 260 <= cut <= start - 60] or [left]) if start - left > 260 else left
    later = [cut for cut in cuts if cut >= end + 60]
    if later and right - left > _LONGEST_QUOTE:
        right = next((cut for cut in later), right)
        while right > end and prose.text[right - 1] in " ,;:،؛-–—\u00a0":
            right -= 1
    return left, right


def modality(at: Place, cues: Mapping[str, re.Pattern[str]], event: tuple[int, int] | None = None, *,
             known: bool = False) -> str:
    """How the sentence states the value: denied, questioned, reported, planned or stated.

    `event`: the folded span of a date's event. Only the words from one to the other, and those next to them up to a
    comma or "and", make it planned then, since one sentence may hold a past and a coming event.
    `known`: the value is taken as given ("denied that the 90 MW data center is late").
    """
    if not known and _denied(at, cues):
        return "denied"
    near = at.before(160) + at.text[at.start:at.end] + at.after(100)
    for name in ("questioned", "reported"):
        if cues[name].search(near):
            return name
    if event is not None:
        left, right = min(event[0], at.start), max(event[1], at.end)
        ahead = _AND.split(at.text[max(at.first, left - 45):left])[-1]
        behind = replace(at, start=left, end=right).clause_after(80)
        near = ahead + at.text[left:right] + _AND.split(behind)[0]
    return "planned" if cues["planned"].search(near) else "stated"


def _denied(at: Place, cues: Mapping[str, re.Pattern[str]]) -> bool:
    """Whether the value is denied: ahead of it and not yet in what is affirmed instead, behind it, or by "not"."""
    ahead = at.before(120)
    last = max((match.end() for match in cues["denied"].finditer(ahead)), default=-1)
    if last >= 0 and not cues["affirmed"].search(ahead, last):
        return True
    return cues["denied_after"].search(at.after(80)) is not None or negated(at, cues)


def negated(at: Place, cues: Mapping[str, re.Pattern[str]]) -> bool:
    """Whether "not" stands right ahead ("ne consommera pas 300 MW", "et non 500"); "not more than 500" is a value."""
    ahead = at.clause_before(45)
    found = cues["negated"].search(ahead)
    return found is not None and not cues["capped"].search(ahead, max(found.start() - 20, 0))


def strange(prose: Prose, at: Place) -> bool:
    """Whether the sentence speaks of somebody new: its first name is not in the lead of the text.

    Only in scripts with capitals, and only past the first sentences; the word that opens a sentence counts where
    another name follows it.
    """
    if at.number < 3:
        return False
    sentence = prose.sentences[at.number]
    start, _ = prose.folded.span(at.start, at.end)
    names = _NAME.findall(prose.text, sentence.start, start)
    lead = prose.text[:prose.sentences[min(2, len(prose.sentences) - 1)].end]
    return bool(names) and names[0].split()[0] not in lead
