"""The organisations that take part in the project, each once, with the spelling and the mention to show."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, replace

from crawler.claims.context import Context
from crawler.claims.directory import key_of
from crawler.claims.mentions import LEGAL, Mention
from crawler.claims.roles import PART_LEAST, Candidate, Story, marks, rows, score

_NEVER = ("media", "certifier")
_NO_COMPANY = {"person", "given_name", "project_name", "source", "bystander"}


@dataclass(frozen=True, slots=True)
class Part:
    """An organisation of the project: `name` normalised, `mention` the fullest spelling, `mentions` all of them."""

    name: str
    mention: Mention
    weight: float
    mentions: tuple[Mention, ...]


def find_parts(mentions: list[Mention], story: Story, *, english: bool = False) -> tuple[list[Part], list[Part]]:
    """Those of `mentions` that take part, the weightiest first; then those that only another project names."""
    parts, others = [], []
    for candidate, told in judged(mentions, story):
        weight = score(candidate, told)
        if weight > PART_LEAST:
            parts.append(_part(candidate, weight, story.contexts, english))
        elif any(m.first in story.other for m in candidate.mentions if not m.title) and (
                candidate.mentions[0].known
                or score(candidate, marks(candidate, replace(story, other=set()))) > PART_LEAST):
            others.append(_part(candidate, weight, story.contexts, english))
    return sorted(parts, key=lambda part: -part.weight), others


def judged(mentions: list[Mention], story: Story) -> list[tuple[Candidate, dict[str, float]]]:
    """Every candidate with its marks."""
    groups = candidates(mentions, story.contexts)
    story = replace(story, inherited=rows(mentions, story.contexts), surnames=_surnames(mentions))
    found = [(c, marks(c, story)) for c in groups if not _is_never(c)]
    lead = _lead(found, story)
    for candidate, told in found:
        if any(m.first == lead and not m.title for m in candidate.mentions):
            told["first_named"] = 1.0
    return found


def _surnames(mentions: list[Mention]) -> frozenset[str]:
    """Longer unknown names whose last word is said alone: people are called so, companies by their first word."""
    alone = {m.key for m in mentions if " " not in m.key and not m.known}
    return frozenset(m.key for m in mentions if not m.known and 0 < m.key.count(" ") < 4
                     and m.key.rsplit(" ", 1)[1] in alone and m.key.split(" ", 1)[0] not in alone)


def _is_never(candidate: Candidate) -> bool:
    known = candidate.mentions[0].known
    return known is not None and known.kind in _NEVER


def _lead(found: list[tuple[Candidate, dict[str, float]]], story: Story) -> int | None:
    """Where the body names its first company: no project, nobody with a first name or a title."""
    firsts = []
    for candidate, told in found:
        body = [m for m in candidate.mentions if not m.title and m.first not in story.other]
        if body and not told.keys() & _NO_COMPANY:
            firsts.append(body[0].first)
    return min(firsts, default=None)


def candidates(mentions: list[Mention], contexts: tuple[Context, Context]) -> list[Candidate]:
    """Mentions joined to organisations: same entry, same words, short form of a longer name, acronym in brackets."""
    groups: dict[str, list[Mention]] = defaultdict(list)
    for mention in mentions:
        groups[mention.known.name if mention.known else mention.key].append(mention)
    for surname in [key for key in groups if _is_surname(key, groups)]:
        del groups[surname]
    for short in sorted(groups, key=len):
        target = next((long for long in groups if long != short and _shortens(short, long, groups)), None) \
            or _acronym_of(short, groups, contexts)
        if target is not None:
            groups[target] = groups.pop(short) + groups[target]
    return [Candidate(key, tuple(found)) for key, found in groups.items()]


def _is_surname(key: str, groups: dict[str, list[Mention]]) -> bool:
    """Only the last word of a longer unknown name (Omar Belmamoun, Belmamoun): people are called so, companies not."""
    if groups[key][0].known or (" " in key and not ("-" in groups[key][0].printed and key.count(" ") == 1)):
        return False  # García-Page, after Emiliano García-Page
    return any(long.endswith(" " + key) and long.count(" ") < 4 and not found[0].known
               for long, found in groups.items())


def _shortens(short: str, long: str, groups: dict[str, list[Mention]]) -> bool:
    """Is `short` a shorter form of `long`, and neither a name of the alias file?"""
    if groups[short][0].known and groups[long][0].known:
        # A headline's short form (TAQA) is the body's full name (TAQA Morocco).
        return key_of(long).startswith(key_of(short) + " ") and all(m.title for m in groups[short])
    one, other = groups[short][0].key.split(), groups[long][0].key.split()
    # Soluna, Soluna Technologies; Commission des investissements, Commission nationale des investissements
    return other[:len(one)] == one or (len(one) > 2 and one[0] == other[0] and set(one) < set(other))


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


def _part(candidate: Candidate, weight: float, contexts: tuple[Context, Context], english: bool) -> Part:
    mentions = candidate.mentions
    body = [m for m in mentions if not m.title] or list(mentions)
    shown = max(body, key=lambda m: (len(m.key), -m.start))
    known = shown.known or next((m.known for m in mentions if m.known), None)
    name = known.name if known else min(body, key=lambda m: (len(m.key), m.start)).printed
    bracket = next((m for m in body if _brackets(m, shown, contexts)), None)
    if bracket is not None and not english:  # English desks treat the short form as a name of its own
        name = known.name if known else shown.printed
        shown = Mention(shown.key, shown.known, shown.title, shown.first, bracket.last, shown.start, bracket.end + 1,
                        _text(shown, bracket, contexts))
    elif known is None and name == shown.printed:
        name = _without_origin(shown, contexts)
    headed = next((m for m in body if m.head >= 0 and m.key == shown.key), None)
    if headed is not None:  # both forms are told: the name, and as printed with شركة before it
        text = contexts[0 if headed.title else 1].passage.prose.text
        shown = replace(headed, printed=text[headed.head:headed.end])
    return Part(name, shown, weight, mentions)


def _without_origin(mention: Mention, contexts: tuple[Context, Context]) -> str:
    """صندوق الاستثمارات العامة السعودي without its last word; Orphea SA without the legal form."""
    passage = contexts[0 if mention.title else 1].passage
    last = passage.tokens[mention.last]
    if mention.first == mention.last or not ((last.arabic and mention.last in passage.origins) or last.text in LEGAL):
        return mention.printed
    end = passage.tokens[mention.last - 1].end
    return passage.prose.text[mention.start:end].rstrip(" ,")


def _brackets(inner: Mention, outer: Mention, contexts: tuple[Context, Context]) -> bool:
    tokens = (contexts[0] if inner.title else contexts[1]).passage.tokens
    return inner.title == outer.title and inner.first == outer.last + 1 and "(" in tokens[inner.first].gap


def _text(outer: Mention, inner: Mention, contexts: tuple[Context, Context]) -> str:
    passage = (contexts[0] if outer.title else contexts[1]).passage
    return passage.prose.text[outer.start:inner.end + 1]
