"""Near copies: which articles are one story.

Between outlets a text that shares enough is a copy where it also begins alike; a follow-up that retells its
background word for word shares as much, but what is new stands first in it. Within one outlet only nearly equal
texts are copies, because a desk repeats its own background in every follow-up. Follow-ups and texts contained in
longer ones are relations, never merges. Translations share no letters and stay apart.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from functools import lru_cache

from crawler.linking.rules import LinkRules
from crawler.linking.signature import Signature, canonical, estimate, grams, size_of

COPY, FOLLOW_UP, CONTAINS = "copy", "follow_up", "contains"
# Three times the error of an estimate from 128 permutations (0.04 in the middle): beyond it texts need no reading.
_ERROR = 0.12
# Below a line 2.5 times will do, because what is compared was found by bands: four of its 128 numbers are equal
# already. In 100,000 articles nine of ten texts that were read shared 0.12 to 0.16 and promised 0.21 to 0.30.
_ERROR_BELOW = 0.08
# Lines shorter than this that end like no sentence are headlines, tickers, bylines.
_LINE = 150
_SENTENCE = re.compile(r"[.!?\u2026\u061f\u06d4]['\")\]\u00bb\u201d\u2019]*\s*$")


@dataclass(frozen=True, slots=True)
class Similarity:
    """Exact shares of character 5-grams, 0 to 1: of both texts together, and of the shorter one."""

    jaccard: float
    containment: float


@dataclass(frozen=True, slots=True)
class Related:
    """`other` is the earlier article, or the contained one. `kind`: follow_up or contains; `share`: 0 to 1."""

    article_id: int
    other_id: int
    kind: str
    share: float


@dataclass(frozen=True, slots=True)
class StoryText:
    """An article as copies see it. `text`: the body without title and without the source's known lines.

    `url`: the canonical URL, settles the order of equal dates. `story`: the story it is in, where it has one. `text`
    may be empty where the signatures decide by themselves (`needs_text`).
    """

    article_id: int
    url: str
    published: str | None
    language: str | None
    outlet: str | None
    text: str
    signature: Signature | None = None
    story: int | None = None


def similarity(a: str, b: str) -> Similarity:
    """How much two bodies share, counted exactly."""
    left, right = grams(a), grams(b)
    if not left or not right:
        return Similarity(0.0, 0.0)
    both = len(left & right)
    return Similarity(both / (len(left) + len(right) - both), both / min(len(left), len(right)))


def needs_text(a: StoryText, b: StoryText, rules: LinkRules) -> bool:
    """Whether the signatures leave open what two articles are to each other."""
    return by_signature(a, b, rules) is None


def relate(a: StoryText, b: StoryText, rules: LinkRules) -> tuple[str | None, float]:
    """What two articles are to each other (`copy`, `follow_up`, `contains` or None), and what they share, 0 to 1."""
    lines = rules.copies
    if (known := by_signature(a, b, rules)) is not None:
        return known
    shared = similarity(a.text, b.text)
    if shared.jaccard == 1.0 and canonical(a.text) == canonical(b.text):
        return COPY, 1.0
    if min(len(grams(a.text)), len(grams(b.text))) < lines.shortest:
        return None, shared.jaccard
    if same_outlet(a.outlet, b.outlet):
        if shared.jaccard >= lines.same_outlet:
            return COPY, shared.jaccard
        follows = shared.jaccard >= lines.follow_up or shared.containment >= lines.contained
        return (FOLLOW_UP if follows else None), shared.jaccard
    if shared.jaccard >= lines.other_outlet or (shared.jaccard >= lines.with_lead and _begin_alike(a, b, rules)):
        return COPY, shared.jaccard
    if shared.jaccard >= lines.with_lead:
        return FOLLOW_UP, shared.jaccard
    return (CONTAINS, shared.containment) if shared.containment >= lines.contained else (None, shared.jaccard)


def by_signature(a: StoryText, b: StoryText, rules: LinkRules) -> tuple[str | None, float] | None:
    """What needs no reading: other languages, equal texts, pairs far from every line. None: it must be counted."""
    lines = rules.copies
    if a.language and b.language and a.language != b.language:
        return None, 0.0
    if not a.signature or not b.signature:
        return None
    if a.signature.content_hash == b.signature.content_hash:
        return (COPY, 1.0) if a.signature.digest else (None, 0.0)
    if not a.signature.digest or not b.signature.digest:
        return None, 0.0
    if a.signature.version != b.signature.version:
        return None
    share = estimate(a.signature, b.signature)
    sizes = sorted((size_of(a.signature), size_of(b.signature)))
    if share < lines.with_lead - _ERROR_BELOW and share * sum(sizes) / (1 + share) < 0.6 * lines.contained * sizes[0]:
        return None, share
    if sizes[0] < 2 * lines.shortest or same_outlet(a.outlet, b.outlet):
        return None
    return (COPY, share) if share >= lines.other_outlet + _ERROR else None


def _begin_alike(a: StoryText, b: StoryText, rules: LinkRules) -> bool:
    """What each of them says first stands in the other. Where the later one's beginning does, less will do for the
    earlier one's: a desk may drop or redo the opening, but news never stands at the end."""
    first, second = (a, b) if order_of(a) <= order_of(b) else (b, a)
    lines = rules.copies
    if _lead_in(second.text, first.text) < lines.lead:
        return False
    opening = _lead_in(first.text, second.text)
    dated = bool(first.published and second.published and first.published[:10] < second.published[:10])
    return opening >= lines.lead or (dated and (
        opening >= lines.opening_redone or similarity(a.text, b.text).jaccard >= lines.opening_gone))


def _lead_in(text: str, other: str) -> float:
    """The share of a text's beginning that the other has: what is new stands first."""
    lead = grams(_beginning(text))
    return len(lead & grams(other)) / len(lead) if lead else 0.0


@lru_cache(maxsize=256)
def _beginning(text: str) -> str:
    """The first third of a text, without the headlines and tickers that stand in front of it."""
    lines = [line for line in text.split("\n") if len(line) >= _LINE or _SENTENCE.search(line)]
    plain = canonical("\n".join(lines)) or canonical(text)
    return plain[:len(plain) // 3]


def same_outlet(a: str | None, b: str | None) -> bool:
    """The same publication, whichever way it is written. Unknown outlets are different ones."""
    return bool(a and b) and canonical(a or "") == canonical(b or "")


def order_of(article: StoryText) -> tuple[bool, str, str]:
    """The canonical order: dated before undated, by date (what is not known sorts last in it), then by URL."""
    return article.published is None, f"{article.published}~", article.url


def place(new: StoryText, candidates: Iterable[StoryText], rules: LinkRules,
          read: Callable[[int], str] | None = None) -> tuple[StoryText | None, list[Related]]:
    """The candidate whose story `new` joins (its nearest copy, the earliest of equals; None: a story of its own), and
    what `new` is to those that it is no copy of.

    `candidates`: articles that share a band or the content hash, in any order. A story that holds a follow-up of the
    same desk is not joined: the two would become one; nor one whose nearest text it only follows up. `read` gives the
    text of an article where it is needed; all of them may come without.
    """
    copies: list[tuple[float, StoryText]] = []
    follows: dict[int, float] = defaultdict(float)
    barred: set[int] = set()
    related: list[Related] = []
    for other in candidates:
        if other.article_id == new.article_id:
            continue
        if read is not None and needs_text(new, other, rules):
            new = new if new.text else replace(new, text=read(new.article_id))
            other = other if other.text else replace(other, text=read(other.article_id))  # noqa: PLW2901
        relation, shared = relate(new, other, rules)
        if relation == COPY:
            copies.append((shared, other))
        elif relation is not None:
            related.append(_related(new, other, relation, shared))
        if relation == FOLLOW_UP:
            follows[_story(other)] = max(follows[_story(other)], shared)
            if same_outlet(new.outlet, other.outlet):
                barred.add(_story(other))
    nearest: dict[int, float] = defaultdict(float)
    for shared, other in copies:
        nearest[_story(other)] = max(nearest[_story(other)], shared)
    copies = [(shared, other) for shared, other in copies
              if (story := _story(other)) not in barred and nearest[story] >= follows.get(story, 0.0)]
    found = min(copies, key=lambda pair: (-pair[0], order_of(pair[1])))[1] if copies else None
    return found, related


def _related(a: StoryText, b: StoryText, kind: str, share: float) -> Related:
    """From the later to the earlier article, or from the longer to the contained one."""
    swap = len(grams(a.text)) < len(grams(b.text)) if kind == CONTAINS else order_of(a) < order_of(b)
    return Related(b.article_id, a.article_id, kind, round(share, 4)) if swap else Related(
        a.article_id, b.article_id, kind, round(share, 4))


def _story(article: StoryText) -> int:
    # An article that is in no story yet is the only one of its own.
    return article.story if article.story is not None else -article.article_id
