"""What a document shows, as few numbers between 0 and 1, each with the words that made it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from crawler.text.sentences import prepare
from crawler.topics.survey import Found, Mention, Survey, survey
from crawler.topics.topicfile import Vocabulary

WINDOW = 8  # sentences of the text whose subject is weighed: what follows may be furniture
HEADLINE = 2  # a name in the headline counts for so many more in the text
LEAD = 3  # sentences of the text that count as its lead


@dataclass(frozen=True, slots=True)
class Reason:
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


def read(title: str | None, text: str, language: str, vocabulary: Vocabulary) -> Reading:
    """The features of a document. Without a title its first sentence stands for one."""
    body = survey(prepare(text), vocabulary, language)
    head = survey(prepare(title), vocabulary, language) if title and title.strip() else None
    reading = Reading(title=title or "", text=text)
    view = _View(head, body)
    reading.terms = view.terms()
    if not reading.terms:
        return reading
    _term_features(view, reading)
    _context_features(view, reading)
    return reading


class _View:
    """Head, lead and rest of one document, with or without a title."""

    def __init__(self, head: Survey | None, body: Survey) -> None:
        self.head, self.body = head, body
        self.first = 0 if head is not None else 1  # the first sentence of the lead
        self.lead_end = self.first + LEAD

    def terms(self) -> list[str]:
        seen: dict[str, None] = {}
        for part in (self.head, self.body):
            for mention in part.mentions if part else ():
                seen[part.text[mention.start:mention.end]] = None  # type: ignore[union-attr]
        return list(seen)

    def in_head(self, item: Found | Mention, part: Survey) -> bool:
        return part is self.head or (self.head is None and item.sentence == 0)

    def where(self, item: Found | Mention, part: Survey) -> str:
        if part is self.head:
            return "title"
        return "lead" if item.sentence < self.lead_end else "body"

    def reason(self, item: Found | Mention, part: Survey) -> Reason:
        return Reason(self.where(item, part), item.start, item.end)

    def parts(self) -> tuple[Survey, ...]:
        return (self.head, self.body) if self.head is not None else (self.body,)

    def split(self, label: str) -> tuple[list[Reason], list[Reason], list[Reason]]:
        """The places of `label` in head, lead and body."""
        head: list[Reason] = []
        lead: list[Reason] = []
        body: list[Reason] = []
        for part in self.parts():
            for found in part.of(label):
                reason = self.reason(found, part)
                if self.in_head(found, part):
                    head.append(reason)
                else:
                    (lead if reason.where == "lead" else body).append(reason)
        return head, lead, body


def _term_features(view: _View, reading: Reading) -> None:
    head: list[tuple[Mention, Reason]] = []
    lead: list[tuple[Mention, Reason]] = []
    every: list[tuple[Mention, Reason]] = []
    for part in view.parts():
        for mention in part.mentions:
            pair = (mention, view.reason(mention, part))
            every.append(pair)
            if view.in_head(mention, part):
                head.append(pair)
            elif pair[1].where == "lead":
                lead.append(pair)
    for kind in ("one", "many", "weak"):
        for place, pairs in (("title", head), ("lead", lead)):
            reasons = [reason for mention, reason in pairs if mention.kind == kind and not mention.generic]
            reading.put(f"{place}_{kind}", float(bool(reasons)), reasons)
    reading.put("title_generic", float(any(m.generic for m, _ in head)), [r for m, r in head if m.generic])
    specific = [reason for mention, reason in every if mention.specific]
    reading.put("specific", min(len(specific), 4) / 4, specific)
    named = [reason for mention, reason in every if mention.named]
    reading.put("named", min(len(named), 3) / 3, named)
    reading.put("weak_only", float(all(mention.kind == "weak" for mention, _ in every)))
    generic = [reason for mention, reason in every if mention.generic]
    reading.put("generic", len(generic) / len(every), generic)
    many = [reason for mention, reason in every if mention.kind == "many" and not mention.specific]
    reading.put("plural", len(many) / len(every), many)
    sentences = {(reason.where == "title", mention.sentence) for mention, reason in every
                 if mention.kind != "many" and not mention.generic}
    reading.put("mentions", min(len(sentences), 4) / 4)
    if not head and not lead:
        reading.put("late", 1.0, [every[0][1]])


def _context_features(view: _View, reading: Reading) -> None:
    body = view.body
    at_terms = {mention.sentence for mention in body.mentions if not mention.generic}
    beside = {sentence + step for sentence in at_terms for step in (-1, 1)} - at_terms
    head_term = any(view.in_head(m, part) and not m.generic for part in view.parts() for m in part.mentions)
    own = sum(1 + HEADLINE * view.in_head(m, part) for part in view.parts() for m in part.mentions if not m.generic)
    for label in _labels(view):
        group, _, kind = label.partition(".")
        head, lead, rest = view.split(label)
        if group == "against":
            value = 1.5 * bool(head) + 0.5 * bool(lead) + 0.3 * bool(rest)
            reading.put(label, min(value, 2.0), [*head, *lead, *rest])
            continue
        if group == "rivals":
            named = len(head) + len(lead) + len(rest) + HEADLINE * len(head)
            reading.put(label, named / (named + own), [*head, *lead, *rest])
            continue
        if group not in {"events", "quantity"}:
            continue
        near = [view.reason(f, body) for f in body.of(label) if f.sentence in at_terms]
        close = [view.reason(f, body) for f in body.of(label) if f.sentence in beside]
        titled = head if head_term else []
        value = 1.0 if near or titled else 0.5 if close else 0.0
        reading.put(label if group == "events" else kind, value, [*titled, *near, *close])
    facility = [view.reason(found, part) for part in view.parts() for found in part.of("facility")]
    reading.put("facility", min(len(facility), 4) / 4, facility)
    early = {f.sentence for f in body.of("facility")} | at_terms
    window = min(WINDOW, body.sentences)
    reading.put("coverage", sum(sentence < window for sentence in early) / window)
    events = {label for label in _labels(view) if label.startswith("events.")}
    in_title = [r for label in sorted(events) for r in view.split(label)[0]] if head_term else []
    reading.put("event_title", float(bool(in_title)), in_title)
    lead_terms = {m.sentence for m in body.mentions if not m.generic and m.sentence < view.lead_end}
    in_lead = [view.reason(f, body) for label in sorted(events) for f in body.of(label) if f.sentence in lead_terms]
    reading.put("event_lead", float(bool(in_lead)), in_lead)
    capacities = {f.sentence for f in body.of("quantity.capacity")}
    reading.put("capacities", min(max(len(capacities) - 2, 0), 3) / 3)


def _labels(view: _View) -> list[str]:
    return sorted({label for part in view.parts() for label in part.found})
