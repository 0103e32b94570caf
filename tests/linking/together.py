"""Whole sets of articles put together by the calls that linking makes for one after the other."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import replace

from crawler.linking import LinkRules, StoryText
from crawler.linking.copies import order_of, place
from crawler.linking.copies import relate as relation


def relate(a: StoryText, b: StoryText, rules: LinkRules) -> str | None:
    """What two articles are to each other."""
    return relation(a, b, rules)[0]


def join_story(new: StoryText, candidates: Iterable[StoryText], rules: LinkRules) -> StoryText | None:
    """The candidate whose story `new` joins."""
    return place(new, candidates, rules)[0]


def group_stories(articles: Sequence[StoryText], rules: LinkRules) -> dict[int, int]:
    """Article id to the id of its story's first article, for signed articles placed in canonical order."""
    lead: dict[int, int] = {}
    by_band: dict[int | str, list[StoryText]] = defaultdict(list)
    for article in sorted(articles, key=order_of):
        signature = article.signature
        assert signature is not None
        keys: tuple[int | str, ...] = (signature.content_hash, *signature.bands) if signature.digest else ()
        found = join_story(article, {other.article_id: other for key in keys for other in by_band[key]}.values(), rules)
        lead[article.article_id] = found.story or found.article_id if found else article.article_id
        for key in keys:
            by_band[key].append(replace(article, story=lead[article.article_id]))
    return lead
