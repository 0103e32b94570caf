"""What a document shows, as few numbers between 0 and 1, each with the words that made it."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import NamedTuple

from crawler.text.folding import fold
from crawler.text.sentences import Prose, prepare
from crawler.topics.headline import names, shared, sought
from crawler.topics.survey import Mention, survey
from crawler.topics.topicfile import Vocabulary

_ROW = re.compile(r"(?<![\w'’-])[A-ZÀ-Þ][\w'’-]+(?: [A-ZÀ-Þ][\w'’-]+)?"
                  r"(?:, (?=[A-ZÀ-Þ])| and | et | y | e | und (?=[A-ZÀ-Þ]))")
_DATELINE = re.compile(r"([A-ZÀ-Þ]{3,}(?: [A-ZÀ-Þ]{2,}){0,3}) ?[-–—:]")  # one opens a story, several a round-up
_ENDS = ".!?…؟。！？»”\" "
SHORT = 40  # letters: a shorter line that no full stop ends is no sentence
WINDOW = 8  # sentences of the text whose subject is weighed: what follows may be furniture
REACH = 5  # "the site" speaks of the term at most so many sentences back
HEADLINE = 2  # a name in the headline counts for so many more in the text
FAR = 20  # sentences of the text that are read: a long page must not gather more reasons than a story
DEFERRED = 3  # sentences before the first mention, where the headline has none: from here on no more are counted
MOST_TIED = 2  # words of the headline in one sentence with the thing: so many tie it wholly
MOST_ADVERSE = 8  # sentences that speak against, where more say no more
MOST_NAMES = 30  # names in a text, where more say no more
NAMES_AMONG_CAPITALS = {"de": 0.4}  # where every noun has a capital
NEAR_BEFORE = 40  # letters between a word of building and the thing that it builds
LEAD = 3  # sentences of the text that count as its lead


class Reason(NamedTuple):
    """Printed words behind a feature: `where` is title, lead or body; offsets in that title or in the text."""

    where: str
    start: int
    end: int


@dataclass(slots=True)
class Reading:
    """A document as the topic sees it. `values` holds only features that are not 0; `terms` as printed."""

    values: dict[str, float] = field(default_factory=dict)
    reasons: dict[str, list[Reason]] = field(default_factory=dict)
    terms: list[str] = field(default_factory=list)
    title: str = ""
    text: str = ""

    def put(self, name: str, value: float, reasons: Iterable[Reason] = ()) -> None:
        if value:
            self.values[name] = value
            self.reasons[name] = list(reasons)


class _Sighting(NamedTuple):
    """A phrase or a term in head (0), lead (1) or body (2); the title is sentence -1."""

    zone: int
    sentence: int
    reason: Reason
    mention: Mention | None = None

    @property
    def facility(self) -> bool:
        """A term that means facilities, not the trade."""
        return self.mention is not None and not self.mention.generic


def read(title: str | None, text: str, language: str, vocabulary: Vocabulary) -> Reading:
    """The features of a document. Without a title its first sentence stands for one."""
    prose = prepare(text)
    ranks = _ranks(prose, title or "")
    body = survey(prose, vocabulary, language, end=prose.sentences[max(ranks)].end)
    head = None
    if title and title.strip():
        head = survey(prepare(title), vocabulary, language, in_full=any(m.kind != "weak" for m in body.mentions))
    reading = Reading(title=title or "", text=text)
    terms = [*(_in_title(m.start, m.end, m) for m in (head.mentions if head else ())),
             *(_in_text(m.sentence, m.start, m.end, ranks, head is None, m) for m in body.mentions
               if m.sentence in ranks)]
    if not terms:
        return reading
    found: dict[str, list[_Sighting]] = {}
    for label, places in head.found.items() if head else ():
        found[label] = [_in_title(place.start, place.end) for place in places]
    for label, places in body.found.items():
        found.setdefault(label, []).extend(
            _in_text(place.sentence, place.start, place.end, ranks, head is None) for place in places
            if place.sentence in ranks)
    reading.terms = list(dict.fromkeys(
        (reading.title if s.reason.where == "title" else text)[s.reason.start:s.reason.end] for s in terms))
    _term_features(terms, reading)
    _context_features(terms, found, reading)
    _course_features(terms, found, ranks, reading)
    _shape_features(terms, found, prose, ranks, reading)
    _headline_features(terms, found, prose, ranks, reading)
    _name_features(prose, ranks, language, reading)
    return reading


def _ranks(prose: Prose, title: str) -> dict[int, int]:
    """The first real sentences, numbered from 0. Bylines, dates, link texts and a repeated headline are none; where
    nothing else stands, all are."""
    real: list[int] = []
    headline, folded = fold(title).strip(_ENDS), prose.folded
    for index, sentence in enumerate(prose.sentences):
        written = prose.text[sentence.start:sentence.end]
        if (len(written) >= SHORT or written[-1:] in _ENDS) \
                and folded.text[folded.at(sentence.start):folded.at(sentence.end)].strip(_ENDS) != headline:
            real.append(index)
    return {index: rank for rank, index in enumerate((real or range(len(prose.sentences)))[:FAR])}


def _in_title(start: int, end: int, mention: Mention | None = None) -> _Sighting:
    return _Sighting(0, -1, Reason("title", start, end), mention)


def _in_text(sentence: int, start: int, end: int, ranks: dict[int, int], untitled: bool,
             mention: Mention | None = None) -> _Sighting:
    """Without a title the first sentence is the head."""
    rank = ranks[sentence]
    zone = 0 if untitled and rank == 0 else 1 if rank < LEAD + untitled else 2
    return _Sighting(zone, sentence, Reason("body" if zone == 2 else "lead", start, end), mention)


def _reasons(sightings: Iterable[_Sighting]) -> list[Reason]:
    return [sighting.reason for sighting in sightings]


def _term_features(terms: list[_Sighting], reading: Reading) -> None:
    """How the thing itself is spoken of, and where."""
    pairs = [(sighting, sighting.mention) for sighting in terms if sighting.mention is not None]
    for kind in ("one", "many", "weak"):
        for zone, place in enumerate(("title", "lead")):
            here = _reasons(s for s, m in pairs if s.zone == zone and m.kind == kind and not m.generic)
            reading.put(f"{place}_{kind}", float(bool(here)), here)
    in_title = _reasons(s for s, m in pairs if s.zone == 0 and m.generic)
    reading.put("title_generic", float(bool(in_title)), in_title)
    specific = _reasons(s for s, m in pairs if m.specific)
    reading.put("specific", min(len(specific), 4) / 4, specific)
    generic = _reasons(s for s, m in pairs if m.generic)
    reading.put("generic", len(generic) / len(pairs), generic)
    many = _reasons(s for s, m in pairs if m.kind == "many" and not m.specific)
    reading.put("plural", len(many) / len(pairs), many)
    sentences = {s.sentence for s, m in pairs if m.kind != "many" and not m.generic}
    reading.put("mentions", min(len(sentences), 4) / 4)
    reading.put("weak_only", float(all(m.kind == "weak" for _, m in pairs)))
    if all(s.zone == 2 for s in terms):
        reading.put("late", 1.0, [terms[0].reason])


def _context_features(terms: list[_Sighting], found: dict[str, list[_Sighting]], reading: Reading) -> None:
    """What stands beside the thing: events and quantities; what speaks against it; what rivals it."""
    at_terms = {s.sentence for s in terms if s.facility}
    beside = {sentence + step for sentence in at_terms for step in (-1, 1)} - at_terms
    own = sum(1 + HEADLINE * (s.zone == 0) for s in terms if s.facility)
    for label in sorted(found):
        sightings = found[label]
        group, _, kind = label.partition(".")
        if group == "against":
            zones = {s.zone for s in sightings}
            headline = 1.5 if reading.title else 0.8  # a first sentence says more than a headline, and weighs less
            reading.put(label, headline * (0 in zones) + 0.5 * (1 in zones) + 0.3 * (2 in zones), _reasons(sightings))
        elif group == "rivals":
            count = sum(1 + HEADLINE * (s.zone == 0) for s in sightings)
            reading.put(label, count / (count + own), _reasons(sightings))
        elif group in {"events", "quantity"}:
            near = [s for s in sightings if s.sentence in at_terms]
            close = [s for s in sightings if s.sentence in beside]
            reading.put(label if group == "events" else kind, 1.0 if near else 0.5 if close else 0.0,
                        _reasons([*near, *close]))


def _course_features(terms: list[_Sighting], found: dict[str, list[_Sighting]], ranks: dict[int, int],
                     reading: Reading) -> None:
    """What the whole story is about, from its headline on."""
    at_terms = {s.sentence for s in terms if s.facility}
    again = [s for s in found.get("facility", []) if any(s.sentence - REACH <= at <= s.sentence for at in at_terms)]
    reading.put("facility", min(len(again), 4) / 4, _reasons(again))
    window = min(WINDOW, len(ranks))
    early = {ranks[sentence] for sentence in {s.sentence for s in again} | at_terms if sentence >= 0}
    reading.put("coverage", sum(rank < window for rank in early) / window)
    events = [s for label in sorted(found) if label.startswith("events.") for s in found[label]]
    for zone, place in enumerate(("title", "lead")):
        here = _reasons(s for s in events if s.zone == zone and s.sentence in at_terms)
        reading.put(f"event_{place}", float(bool(here)), here)
    capacities = {s.sentence for s in found.get("quantity.capacity", [])}
    reading.put("capacities", min(max(len(capacities) - 2, 0), 3) / 3)


def _shape_features(terms: list[_Sighting], found: dict[str, list[_Sighting]], prose: Prose, ranks: dict[int, int],
                    reading: Reading) -> None:
    """A mention in passing, and a round-up that goes from place to place."""
    deeds = [s for label, sightings in found.items() if label.startswith("events.") or label == "building"
             for s in sightings]
    built = [s for s in terms if s.facility and any(
        d.sentence == s.sentence and d.reason.where == s.reason.where
        and 0 <= s.reason.start - d.reason.end <= NEAR_BEFORE for d in deeds)]
    reading.put("built", min(len({s.sentence for s in built}), 3) / 3, _reasons(built))
    told = [*terms, *found.get("quantity.capacity", []), *found.get("facility", []), *found.get("hints", [])]
    own = {ranks[s.sentence] for s in terms if s.zone and s.facility}
    silent = bool(reading.title) and all(s.zone for s in told)  # the headline
    deferred = min(min(own, default=FAR), DEFERRED) / DEFERRED if silent else 0.0
    reading.put("deferred", deferred, [terms[0].reason])
    reading.put("passing", deferred if len(own) < 2 else 0.0, _reasons(terms))
    weighty = {s.sentence for label, sightings in found.items() for s in sightings
               if label.startswith(("quantity.", "events."))} | {s.sentence for s in terms}
    starts = [s for s in found.get("elsewhere", []) if s.zone and s.sentence in weighty
              and s.reason.start - prose.sentences[s.sentence].start < 4]
    starts += [_in_text(index, *lines.span(1), ranks, not reading.title) for index in sorted(weighty & set(ranks))
               if (lines := _DATELINE.match(prose.text, prose.sentences[index].start))]
    reading.put("parade", max(0, min(len({s.sentence for s in starts}), 4) - 1) / 3, _reasons(starts))
    reading.put("title_row", float(len(_ROW.findall(reading.title)) > 1))


def _headline_features(terms: list[_Sighting], found: dict[str, list[_Sighting]], prose: Prose, ranks: dict[int, int],
                       reading: Reading) -> None:
    """What the headline says without naming the thing, and how the text goes on about it."""
    deeds = [s for label in sorted(found) if label.startswith("events.") for s in found[label] if s.zone == 0]
    reading.put("title_deed", float(bool(deeds)), _reasons(deeds))
    if reading.title and all(s.zone for s in terms):  # of one that names it, nothing more is asked
        tied: list[Reason] = []
        wanted = sought(reading.title, reading.terms)
        for index in sorted({s.sentence for s in terms if s.facility}):
            sentence = prose.sentences[index]
            where = "lead" if ranks[index] < LEAD else "body"
            here = [Reason(where, sentence.start + start, sentence.start + end) for start, end in
                    shared(wanted, prose.quote(sentence))]
            tied = here if len(here) > len(tied) else tied
        rivals = [s for label in sorted(found) if label.startswith("rivals.") for s in found[label] if s.zone == 0]
        if not rivals:  # whose words those are, then
            reading.put("tied", min(len(tied), MOST_TIED) / MOST_TIED, tied)
        reading.put("title_rival", float(bool(rivals)), _reasons(rivals))
    spoken = [s for label in sorted(found) if label.startswith("against.") for s in found[label] if s.zone == 0]
    reading.put("title_adverse", float(bool(spoken and not deeds)), _reasons(spoken))
    adverse = sorted((s for label in found if label.startswith("against.") for s in found[label]),
                     key=lambda s: (s.sentence, s.reason))
    said = sum(len({s.sentence for s in found[label]}) for label in found if label.startswith("against."))
    reading.put("adverse", min(said, MOST_ADVERSE) / MOST_ADVERSE, _reasons(adverse))


def _name_features(prose: Prose, ranks: dict[int, int], language: str, reading: Reading) -> None:
    """How many names are printed: a project has people, firms and places; a guide has few."""
    printed: dict[str, Reason] = {}
    for index, rank in ranks.items():
        sentence = prose.sentences[index]
        for start, end in names(prose.text, sentence.start, sentence.end):
            printed.setdefault(prose.text[start:end], Reason("lead" if rank < LEAD else "body", start, end))
    count = len(printed) * NAMES_AMONG_CAPITALS.get(language, 1.0)
    reading.put("names", min(count, MOST_NAMES) / MOST_NAMES, printed.values())
