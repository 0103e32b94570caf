"""Near copies: which articles are one story.

Between outlets a shared text is a copy from a low line on, a lower one where the beginning is shared; within one
outlet only when nearly all of it is shared, because a desk repeats its own background in every follow-up. Follow-ups
and texts contained in longer ones are relations, never merges. Translations share no letters and stay apart.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from crawler.linking.rules import LinkRules
from crawler.linking.signature import Signature, canonical, estimate, grams, sign

COPY, FOLLOW_UP, CONTAINS = "copy", "follow_up", "contains"


@dataclass(frozen=True, slots=True)
class Similarity:
    """Exact shares of character 5-grams, 0 to 1: of both texts together, and of the shorter one."""

    jaccard: float
    containment: float


@dataclass(frozen=True, slots=True)
class StoryText:
    """An article as copies see it. `text`: the body without title and without the source's known lines.

    `url`: the canonical URL, settles the order of equal dates. `story`: the story it is in, where it has one.
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


def relate(a: StoryText, b: StoryText, rules: LinkRules) -> str | None:
    """What two articles are to each other: `copy`, `follow_up`, `contains` or None."""
    return _relation(a, b, rules)[0]


def _relation(a: StoryText, b: StoryText, rules: LinkRules) -> tuple[str | None, float]:
    lines = rules.copies
    if a.language and b.language and a.language != b.language:
        return None, 0.0
    if a.signature and b.signature:
        if a.signature.content_hash == b.signature.content_hash:
            return (COPY, 1.0) if a.signature.digest else (None, 0.0)
        # A short text inside a long one has a low Jaccard, so only pairs with next to nothing in common go here.
        if a.signature.version == b.signature.version and estimate(a.signature, b.signature) < 0.05:
            return None, 0.0
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
    if shared.jaccard >= lines.other_outlet or (
            shared.jaccard >= lines.with_lead and _leads_shared(a.text, b.text) >= lines.lead):
        return COPY, shared.jaccard
    return (CONTAINS if shared.containment >= lines.contained else None), shared.jaccard


def _leads_shared(a: str, b: str) -> float:
    """The smaller share of one text's first third that the other has: what is new stands first."""
    left, right = grams(_first_third(a)), grams(_first_third(b))
    if not left or not right:
        return 0.0
    return min(len(left & grams(b)) / len(left), len(right & grams(a)) / len(right))


def _first_third(text: str) -> str:
    plain = canonical(text)
    return plain[:len(plain) // 3]


def same_outlet(a: str | None, b: str | None) -> bool:
    """The same publication, whichever way it is written. Unknown outlets are different ones."""
    return bool(a and b) and canonical(a or "") == canonical(b or "")


def order_of(article: StoryText) -> tuple[bool, str, str]:
    """The canonical order: dated before undated, by date (what is not known sorts last in it), then by URL."""
    return article.published is None, f"{article.published}~", article.url


def join_story(new: StoryText, candidates: Iterable[StoryText], rules: LinkRules) -> StoryText | None:
    """The candidate whose story `new` joins: its nearest copy, the earliest of equals. None: a story of its own.

    `candidates`: articles that share a band or the content hash, or that are linked to a likely project, in any
    order. A story that holds a follow-up of the same desk is not joined: the two would become one.
    """
    copies: list[tuple[float, StoryText]] = []
    barred: set[int] = set()
    for other in candidates:
        if other.article_id == new.article_id:
            continue
        relation, shared = _relation(new, other, rules)
        if relation == COPY:
            copies.append((shared, other))
        elif relation == FOLLOW_UP:
            barred.add(_story(other))
    copies = [(shared, other) for shared, other in copies if _story(other) not in barred]
    if not copies:
        return None
    return min(copies, key=lambda pair: (-pair[0], order_of(pair[1])))[1]


def group_stories(articles: Sequence[StoryText], rules: LinkRules) -> dict[int, int]:
    """Article id to the id of its story's first article, for a whole set; the order given makes no difference.

    The same as calling `join_story` for each in canonical order: what the incremental path reaches when the
    articles arrive in that order, and what the end of a run settles it to.
    """
    lead: dict[int, int] = {}
    by_band: dict[int | str, list[StoryText]] = defaultdict(list)
    for article in sorted(articles, key=order_of):
        signed = article if article.signature else _with(article, signature=sign(article.text))
        signature = signed.signature
        assert signature is not None
        keys: tuple[int | str, ...] = (signature.content_hash, *signature.bands) if signature.digest else ()
        near = {other.article_id: other for key in keys for other in by_band[key]}
        found = join_story(signed, near.values(), rules)
        lead[article.article_id] = _story(found) if found else article.article_id
        placed = _with(signed, story=lead[article.article_id])
        for key in keys:
            by_band[key].append(placed)
    return lead


def _story(article: StoryText) -> int:
    # An article that is in no story yet is the only one of its own.
    return article.story if article.story is not None else -article.article_id


def _with(article: StoryText, *, signature: Signature | None = None, story: int | None = None) -> StoryText:
    return StoryText(article.article_id, article.url, article.published, article.language, article.outlet,
                     article.text, signature or article.signature, story if story is not None else article.story)
