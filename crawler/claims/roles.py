"""Who takes part in the project: each organisation named gets a score from readable marks."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from crawler.claims.arabic import vouched
from crawler.claims.context import Context
from crawler.claims.frames import Stage, framed
from crawler.claims.lexicon import Lexicon
from crawler.claims.mentions import Mention
from crawler.claims.part_played import PARTS, stated
from crawler.claims.phrases import Token
from crawler.claims.proper import has_odd_case, is_site_code
from crawler.claims.weights import KNOWN, UNKNOWN

PART_LEAST = 0.0
_ARTICLES = frozenset(("l", "la", "le", "L", "La", "Le", "the", "The", "el", "El", "a", "A", "o", "O", "die",
                       "der", "de"))
_OF = frozenset(("de", "d", "du", "des", "of", "by", "del", "la", "l", "von", "van", "par", "por"))
_TOLD = frozenset(("title", "first_paragraph", "tied", "role_verb", "heir", "partner", "acts", "company_noun",
                   "apposition", "nationality", "word_by", "word_with"))
_AND = frozenset(("et", "and", "y", "e", "und", "en"))
_TIES = ("tied", *(f"part_before.{part}" for part in PARTS))
_VERBS = ("role_verb", *(f"part_after.{part}" for part in PARTS))
_GROUPS = {"operator": "host", "developer": "builder", "telecom": "carrier", "hyperscaler": "hyperscaler",
           "technology": "maker", "supplier": "maker", "fund": "money", "bank": "money", "utility": "utility",
           "government": "government", "agency": "agency", "university": "agency", "company": "builder",
           "media": "media", "certifier": "media"}

# Marks that say something else of a host than of a bank or a grid company: each counts once more by kind.
_BY_KIND = ("late", "bare", "title", "first_paragraph", "acts", "role_verb", "tied", "partner", "elsewhere")


@dataclass(frozen=True, slots=True)
class Candidate:
    """One organisation with all its mentions, first seen first."""

    key: str
    mentions: tuple[Mention, ...]


@dataclass(frozen=True, slots=True)
class Story:
    """What the marks of a candidate are read from.

    `other`: words of the body about another project; `placed`, `projects`: words of title and body that name a place
    or a project; `titles`: folded names of projects; `inherited`: marks that a mention (in the title?, first word)
    takes over from the one before it in a row; `surnames`: names whose last word stands alone elsewhere; `stage`: which
    sentences name the project's place and which name others.
    """

    contexts: tuple[Context, Context]
    lexicon: Lexicon
    other: set[int]
    placed: tuple[set[int], set[int]]
    projects: tuple[set[int], set[int]]
    titles: frozenset[str] = frozenset()
    inherited: Mapping[tuple[bool, int], frozenset[str]] = field(default_factory=dict)
    surnames: frozenset[str] = frozenset()
    stage: Stage = field(default_factory=Stage)


def score(candidate: Candidate, told: dict[str, float]) -> float:
    """The sum of the weights of the marks `told` of `candidate`; above PART_LEAST it takes part."""
    weights = KNOWN if candidate.mentions[0].known else UNKNOWN
    # fsum: the same to the last bit in whatever order a set gave the marks
    return math.fsum([weights["bias"], *(weights.get(mark, 0.0) * value for mark, value in told.items())])


def marks(candidate: Candidate, story: Story) -> dict[str, float]:
    """What speaks for and against, by name; each between 0 and 1."""
    contexts, lexicon, other, placed = story.contexts, story.lexicon, story.other, story.placed
    found: dict[str, float] = {}
    mentions = candidate.mentions
    known = mentions[0].known
    each = [_marks_of(m, contexts[0] if m.title else contexts[1], lexicon, other)
            | framed(m, contexts[0] if m.title else contexts[1], story.stage)
            | story.inherited.get((m.title, m.first), frozenset()) for m in mentions]
    for some in each:
        found.update(dict.fromkeys(some, 1.0))
    body = [m for m in mentions if not m.title]
    paragraphs = [contexts[1].passage.paragraph(m.first) for m in body]
    if paragraphs and min(paragraphs) > 1 and "title" not in found:
        found["late"] = 1.0
    # What weakens a name counts by its share of the mentions: one list of rivals does not undo the headline.
    for mark in ("bystander", "source", "other_project", "person", "opens", "listed", "name_before", "article",
                 "facility_of", "facility_by", "unvouched", "bracket"):
        if mark in found:
            found[mark] = sum(mark in some for some in each) / len(mentions)
    inside = sum(set(range(m.first, m.last + 1)) <= story.projects[0 if m.title else 1] for m in mentions)
    if inside:
        found["project_name"] = 1.0 if any(m.key in story.titles for m in mentions) else inside / len(mentions)
    if len({m.key for m in mentions}) > 1 and not known:
        found["short_form"] = 1.0  # Hanbit Systems, then Hanbit: people are called by their last name
    if not known and any(m.key in story.surnames for m in mentions):
        found["surname"] = 1.0  # Dwight Bush, then Bush
    if not found.keys() & _TOLD:
        found["bare"] = 1.0  # named, and that is all
    if len(mentions) > 1:
        found["twice"] = 1.0
    if len(mentions) > 3:
        found["often"] = 1.0
    if known:
        group = _GROUPS[known.kind]
        # A grid company that is only named mostly feeds the project; a host that is only named mostly does not.
        found.update(dict.fromkeys((group, *(f"{group}.{mark}" for mark in _BY_KIND if mark in found)), 1.0))
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
    found |= tie_of(mention, context)
    if context.before(first, "partner", 2) is not None or (first and tokens[first - 1].text == "و"):
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
    found |= _beside(context, first, last, gap)
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


def tie_of(mention: Mention, context: Context) -> set[str]:
    """What the project's makers are called by: awarded to X, la société X, X will supply; a row passes them on."""
    first, last = mention.first, mention.last
    found = set()
    arabic = context.passage.tokens[first].arabic
    if any(context.before(first, label, 3) is not None for label in _TIES):
        found.add("tied")
    if any(context.after(last, label, 2) is not None or (arabic and context.before(first, label, 2) is not None)
           for label in _VERBS):
        found.add("role_verb")
    return found


def rows(mentions: Sequence[Mention], contexts: tuple[Context, Context]) -> dict[tuple[bool, int], frozenset[str]]:
    """What each mention inherits in a row of names: signed with A, B and the Danish firm C."""
    passed: dict[tuple[bool, int], frozenset[str]] = {}
    before: Mention | None = None
    for mention in sorted(mentions, key=lambda m: (m.title, m.first)):
        context = contexts[0 if mention.title else 1]
        if before is not None and before.title == mention.title and _joined(context, before.last, mention.first):
            marks = tie_of(before, context) | passed.get((before.title, before.first), frozenset())
            ties = frozenset({"heir"} if marks & {"tied", "heir"} else ()) | (marks & {"role_verb"})
            if ties:
                passed[mention.title, mention.first] = ties
        before = mention
    return passed


def passed_parts(mentions: Sequence[Mention], contexts: tuple[Context, Context]) -> dict[tuple[bool, int], str]:
    """The part that each mention takes over in a row of names: financed by A, B and the Danish fund C."""
    passed: dict[tuple[bool, int], str] = {}
    before: Mention | None = None
    for mention in sorted(mentions, key=lambda m: (m.title, m.first)):
        context = contexts[0 if mention.title else 1]
        if before is not None and before.title == mention.title and _joined(context, before.last, mention.first):
            part = stated(before, context) or passed.get((before.title, before.first))
            if part is not None:
                passed[mention.title, mention.first] = part
        before = mention
    return passed


def _joined(context: Context, last: int, first: int) -> bool:
    """Do only a comma or `and`, an article, a nationality and a word of companies stand between?"""
    tokens = context.passage.tokens
    if not last < first <= last + 6 or tokens[last].sentence != tokens[first].sentence:
        return False
    between = tokens[last + 1:first]
    glue = any(token.text in _AND or token.text == "و" for token in between) or "," in tokens[last + 1].gap \
        or tokens[first].text[:1] == "و"
    return glue and not any(token.capital for token in between) \
        and all(token.gap in (" ", ", ", "'", ' "', '" ') for token in between) \
        and context.among(range(last + 1, first), "role_verb", "acts") is False


def _beside(context: Context, first: int, last: int, gap: str) -> set[str]:
    """Marks of what stands right before or after: a facility, a nationality, a verb of saying."""
    tokens, found = context.passage.tokens, set()
    before = tokens[first - 1] if first and tokens[first - 1].sentence == tokens[first].sentence else None
    near = before is not None and before.text in _OF
    if gap == " " and context.after(last, "facility", 2) is not None:
        found.add("facility_by")
    if context.before(first - 1 if near else first, "facility") is not None:
        found.add("facility_of")
    origins = context.passage.origins
    if (before is not None and first - 1 in origins) or (tokens[first].arabic and last + 1 in origins):
        found.add("nationality")
    if context.before(first, "says") is not None:
        found.add("said_by")
    return found


def _form_of(mention: Mention, context: Context, lexicon: Lexicon, gap: str) -> set[str]:
    """Marks of a name that the alias file does not know: is it an organisation at all?"""
    first, last = mention.first, mention.last
    found = set()
    words = [token.text for token in context.passage.tokens[first:last + 1]]
    if len(words) > 1 and words[-1] in lexicon.sets["name_tail"]:
        found.add("name_tail")
    arabic = context.passage.tokens[first].arabic
    if len(words) > 1 and arabic and not lexicon.sets["name_head_ar"].isdisjoint(context.passage.tokens[first].forms):
        found.add("institution")
    if len(words) > 1 and words[0] in lexicon.sets["name_head"]:
        found.add("name_head")
    if has_odd_case(mention.printed):
        found.add("odd_case")
    if len(words) == 2 and not found and not arabic and not has_odd_case(mention.printed):
        found.add("two_words")
    if words[0] in lexicon.sets["given_name"] and 0 < last - first < 4:
        found.add("given_name")
    if len(words) > 2 and not found & {"name_tail", "name_head", "given_name"}:
        found.add("three_words")
    if mention.opens and first == last and context.after(last, "role_verb", 2) is None:
        found.add("opens")
    if first == last and len(mention.printed) > 2 and mention.printed.isupper() and not arabic:
        found.add("acronym")
    if first and context.passage.tokens[first - 1].printed in _ARTICLES \
            and context.passage.tokens[first].gap in (" ", "'"):
        found.add("article")
    if not context.passage.tokens[first].arabic and _in_arabic(context.passage.tokens, first):
        found.add("latin")
    if mention.quoted:
        found.add("quoted")
        if arabic and not vouched(context, first, last):
            found.add("unvouched")
    if mention.head >= 0:
        found.add("headed")  # شركة X
    elif mention.marked:
        found.add("marked")
    of_somebody = first > 1 and context.passage.tokens[first - 1].text == "s" and \
        context.passage.tokens[first - 1].gap == "'"  # Naver's GAK Sejong
    if of_somebody or context.before(first, "name_before") is not None or is_site_code(mention.printed) \
            or (len(words) > 1 and words[-1] in lexicon.sets["name_nouns"]):
        found.add("name_before")
    if _person(context, first, last, gap):
        found.add("person")
    return found


def _in_arabic(tokens: Sequence[Token], first: int) -> bool:
    """Latin letters amid Arabic words: hardly anything but a name."""
    return first > 0 and tokens[first - 1].arabic


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
