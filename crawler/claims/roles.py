"""Who takes part in the project: each organisation named gets a score from readable marks."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from crawler.claims.context import Context
from crawler.claims.lexicon import Lexicon
from crawler.claims.mentions import Mention
from crawler.claims.phrases import Token
from crawler.claims.proper import has_odd_case, is_site_code

PART_LEAST = 0.0
# Learnt by logistic regression from labelled stories, half the runs with the alias file shut; cross-validated over
# projects. Each weight can be read: what a headline, an apposition, a list of rivals is worth.
WEIGHTS: dict[str, float] = {
    "bias": -2.22, "known": 2.2, "company_noun": 1.7, "quoted": 1.6, "name_tail": 1.4, "name_head": 1.3, "again": 1.0,
    "possessive": 1.0, "title": 0.9, "apposition": 0.9, "money": 0.9, "maker": 0.9, "twice": 0.8, "part_verb": 0.7,
    "lead_actor": 0.6, "marked": 0.5, "partner": 0.4, "acts": 0.4, "second_paragraph": 0.4, "first_paragraph": 0.4,
    "place_like": 0.3, "listed": 0.3, "utility": 0.3, "facility": 0.2, "agency": 0.2, "government": 0.1,
    "odd_case": 0.1, "hyperscaler": -0.1, "builder": -0.1, "often": -0.1, "source": -0.3, "bracket": -0.6,
    "late": -0.6, "opens": -0.7, "person": -1.1, "two_words": -1.4, "other_project": -1.5, "bystander": -1.7,
    "name_before": -2.0, "media": -9.0,
}
_GROUPS = {"operator": "builder", "developer": "builder", "telecom": "builder", "hyperscaler": "hyperscaler",
           "technology": "maker", "supplier": "maker", "fund": "money", "bank": "money", "utility": "utility",
           "government": "government", "agency": "agency", "university": "agency", "company": "builder",
           "media": "media", "certifier": "media"}


@dataclass(frozen=True, slots=True)
class Candidate:
    """One organisation with all its mentions, first seen first."""

    key: str
    mentions: tuple[Mention, ...]


def score(candidate: Candidate, contexts: tuple[Context, Context], lexicon: Lexicon, other: set[int],
          placed: tuple[set[int], set[int]]) -> float:
    """The sum of the weights of the marks of `candidate`; above PART_LEAST it takes part."""
    return WEIGHTS["bias"] + sum(WEIGHTS.get(mark, 0.0) * value
                                 for mark, value in marks(candidate, contexts, lexicon, other, placed).items())


def marks(candidate: Candidate, contexts: tuple[Context, Context], lexicon: Lexicon, other: set[int],
          placed: tuple[set[int], set[int]]) -> dict[str, float]:
    """What speaks for and against, by name; each between 0 and 1."""
    found: dict[str, float] = {}
    mentions = candidate.mentions
    known = mentions[0].known
    for mention in mentions:
        for mark in _marks_of(mention, contexts[0] if mention.title else contexts[1], lexicon, other):
            found[mark] = 1.0
    body = [m for m in mentions if not m.title]
    paragraphs = [contexts[1].passage.paragraph(m.first) for m in body]
    if paragraphs and min(paragraphs) > 1 and "title" not in found:
        found["late"] = 1.0
    # What weakens a name counts by its share of the mentions: one list of rivals does not undo the headline.
    for mark in ("bystander", "source", "other_project", "person", "opens", "listed", "name_before"):
        if mark in found:
            hit = sum(mark in _marks_of(m, contexts[0] if m.title else contexts[1], lexicon, other) for m in mentions)
            found[mark] = hit / len(mentions)
    if len(mentions) > 1:
        found["twice"] = 1.0
    if len(mentions) > 3:
        found["often"] = 1.0
    if known:
        found["known"] = 1.0
        found[_GROUPS[known.kind]] = 1.0
    elif any((placed[0] if m.title else placed[1]) & set(range(m.first, m.last + 1)) for m in mentions):
        found["place_like"] = 1.0
    return found


def _marks_of(mention: Mention, context: Context, lexicon: Lexicon, other: set[int]) -> set[str]:
    passage, tokens = context.passage, context.passage.tokens
    first, last = mention.first, mention.last
    found = set()
    if mention.title:
        found.add("title")
    elif passage.paragraph(first) == 1:
        found.add("second_paragraph")
    elif passage.paragraph(first) == 0:
        found.add("first_paragraph")
    if context.in_sentence(first, "facility"):
        found.add("facility")
    elif context.in_sentence(first, "facility_again"):
        found.add("again")
    if context.after(last, "acts") is not None \
            or (tokens[first].arabic and context.before(first, "acts", 2) is not None):  # the verb goes first
        found.add("acts")
        if found & {"title", "first_paragraph"} and "facility" in found:
            found.add("lead_actor")
    if context.before(first, "partner", 2) is not None:
        found.add("partner")
    if not _parted(tokens, first) and context.before(first, "company_noun", 3) is not None:
        found.add("company_noun")
    gap = tokens[last + 1].gap if last + 1 < len(tokens) else ""
    if ("," in gap or "-" in gap or "(" in gap) and context.after(last, "company_noun", 6) is not None:
        found.add("apposition")
    if _parted(tokens, first) and context.before(first, "company_noun", 6) is not None:
        found.add("apposition")
    if "'" in gap and tokens[last + 1].text == "s":
        found.add("possessive")
    if not mention.known:
        found |= _form_of(mention, context, lexicon, gap)
    if "(" in tokens[first].gap:
        found.add("bracket")
    clause = context.clause(first)
    if context.among(clause, "part_verb"):
        found.add("part_verb")
    sentence = tokens[first].sentence
    before = [i for i in range(max(0, first - 12), first) if tokens[i].sentence == sentence]
    if context.among(before, "bystander"):
        found.add("bystander")
    if context.among(range(max(clause.start, first - 4), first), "source") or context.after(last, "source", 2):
        found.add("source")
    if not mention.title and first in other:
        found.add("other_project")
    if _listed(tokens, first, last):
        found.add("listed")
    return found


def _form_of(mention: Mention, context: Context, lexicon: Lexicon, gap: str) -> set[str]:
    """Marks of a name that the alias file does not know: is it an organisation at all?"""
    first, last = mention.first, mention.last
    found = set()
    words = [token.text for token in context.passage.tokens[first:last + 1]]
    if len(words) > 1 and words[-1] in lexicon.sets["name_tail"]:
        found.add("name_tail")
    if len(words) > 1 and words[0] in lexicon.sets["name_head"]:
        found.add("name_head")
    if has_odd_case(mention.printed):
        found.add("odd_case")
    if len(words) == 2 and not found and not has_odd_case(mention.printed):
        found.add("two_words")
    if mention.opens and first == last:
        found.add("opens")
    if mention.quoted:
        found.add("quoted")
    if mention.marked:
        found.add("marked")
    if context.before(first, "name_before") is not None or is_site_code(mention.printed) \
            or (len(words) > 1 and words[-1] in lexicon.sets["name_nouns"]):
        found.add("name_before")
    if _person(context, first, last, gap):
        found.add("person")
    return found


def _parted(tokens: Sequence[Token], first: int) -> bool:
    return any(mark in tokens[first].gap for mark in ",(-")


def _person(context: Context, first: int, last: int, gap: str) -> bool:
    """A title before (le ministre X, CEO X) or after a comma (X, ministre ...)."""
    tokens = context.passage.tokens
    if last - first > 3:
        return False
    before = context.before(first, "person_noun", 2)
    if before is not None and not any(mark in tokens[first].gap for mark in "(-"):
        between = tokens[before + 1:first]
        if all(token.capital or token.text not in {"de", "of", "d", "du", "del"} for token in between):
            return True
    return ("," in gap or "(" in gap) and context.after(last, "person_noun", 3) is not None


def _listed(tokens: Sequence[Token], first: int, last: int) -> bool:
    following = tokens[last + 1] if last + 1 < len(tokens) else None
    return "," in tokens[first].gap and following is not None and ("," in following.gap or following.text in
                                                                   {"and", "et", "y", "و", "und", "en", "e"})
