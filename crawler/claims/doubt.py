"""Is the project put in question: its credibility, its money, its feasibility (not: do neighbours oppose it)?"""

from __future__ import annotations

from crawler.claims.context import Context
from crawler.claims.phrases import Hit

_LEAST = 1.0


def find_doubt(contexts: tuple[Context, Context], other: set[int]) -> tuple[bool, Hit] | None:
    """The words that cast doubt (True: in the title), or None."""
    total, best = 0.0, None
    for context in contexts:
        title = context is contexts[0]
        cleared = {index for hit in context.passage.of("no_doubt") for index in range(hit.first, hit.last + 1)}
        for hit in context.passage.of("doubt"):
            if hit.first in cleared or (not title and hit.first in other):
                continue
            weight = 1.0
            total += weight
            if best is None or (best[0] and not title):
                best = (title, hit)
    return best if best and total >= _LEAST else None
