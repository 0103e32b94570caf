"""The organisations that take part in the project, each once, with the spelling and the mention to show."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass

from crawler.claims.context import Context
from crawler.claims.lexicon import Lexicon
from crawler.claims.mentions import Mention
from crawler.claims.roles import PART_LEAST, Candidate, score

_NEVER = ("media", "certifier")


@dataclass(frozen=True, slots=True)
class Part:
    """An organisation of the project: `name` normalised, `mention` the fullest spelling, `kind` where known."""

    name: str
    mention: Mention
    weight: float
    kind: str | None = None


def find_parts(mentions: list[Mention], contexts: tuple[Context, Context], lexicon: Lexicon, other: set[int],
               placed: tuple[set[int], set[int]]) -> list[Part]:
    """Those of `mentions` that take part, the weightiest first."""
    parts = []
    for candidate in candidates(mentions, contexts):
        known = candidate.mentions[0].known
        if known and known.kind in _NEVER:
            continue
        weight = score(candidate, contexts, lexicon, other, placed)
        if weight > PART_LEAST:
            parts.append(_part(candidate, weight, contexts))
    return sorted(parts, key=lambda part: -part.weight)


def candidates(mentions: list[Mention], contexts: tuple[Context, Context]) -> list[Candidate]:
    """Mentions joined to organisations: same entry, same words, short form of a longer name, acronym in brackets."""
    groups: dict[str, list[Mention]] = defaultdict(list)
    for mention in mentions:
        groups[mention.known.name if mention.known else mention.key].append(mention)
    people = {key.split()[-1] for key, found in groups.items() if not found[0].known and " " in key}
    for short in sorted(groups, key=len):
        target = next((long for long in groups if long != short and _shortens(short, long, groups)), None) \
            or _acronym_of(short, groups, contexts)
        if target is not None:
            groups[target] = groups.pop(short) + groups[target]
    del people
    return [Candidate(key, tuple(found)) for key, found in groups.items()]


def _shortens(short: str, long: str, groups: dict[str, list[Mention]]) -> bool:
    """Is `short` the beginning of `long` (Soluna, Soluna Technologies), and neither a name of the alias file?"""
    if groups[short][0].known and groups[long][0].known:
        return False
    return groups[long][0].key.startswith(groups[short][0].key + " ")


def _acronym_of(short: str, groups: dict[str, list[Mention]], contexts: tuple[Context, Context]) -> str | None:
    """The long name right before `short` in brackets, or the other way round: Rand Merchant Bank (RMB)."""
    for mention in groups[short]:
        tokens = (contexts[0] if mention.title else contexts[1]).passage.tokens
        if "(" not in tokens[mention.first].gap:
            continue
        for long, found in groups.items():
            if long != short and any(m.title == mention.title and m.last == mention.first - 1 for m in found):
                return long
    return None


def _part(candidate: Candidate, weight: float, contexts: tuple[Context, Context]) -> Part:
    mentions = candidate.mentions
    known = next((m.known for m in mentions if m.known), None)
    body = [m for m in mentions if not m.title] or list(mentions)
    shown = max(body, key=lambda m: (len(m.key), -m.start))
    short = min(body, key=lambda m: (len(m.key), m.start))
    bracket = next((m for m in body if _brackets(m, shown, contexts)), None)
    if bracket is not None:
        shown = Mention(shown.key, shown.known, shown.title, shown.first, bracket.last, shown.start, bracket.end + 1,
                        _text(shown, bracket, contexts))
    return Part(known.name if known else short.printed, shown, weight, known.kind if known else None)


def _brackets(inner: Mention, outer: Mention, contexts: tuple[Context, Context]) -> bool:
    tokens = (contexts[0] if inner.title else contexts[1]).passage.tokens
    return inner.title == outer.title and inner.first == outer.last + 1 and "(" in tokens[inner.first].gap


def _text(outer: Mention, inner: Mention, contexts: tuple[Context, Context]) -> str:
    passage = (contexts[0] if outer.title else contexts[1]).passage
    return passage.prose.text[outer.start:inner.end + 1]
