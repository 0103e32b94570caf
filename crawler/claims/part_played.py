"""What an organisation does in the project, where the words next to its name say so."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from crawler.claims.context import Context
from crawler.claims.mentions import Mention

PARTS = ("developer", "operator", "supplier", "financier", "authority", "partner")  # the first of equals is told
_BEFORE, _AFTER = 3, 2  # words between: supplied by the German X; X, too, will finance
_PUBLIC = frozenset(("government", "agency"))


def part_of(mentions: Sequence[Mention], contexts: tuple[Context, Context],
            passed: dict[tuple[bool, int], str]) -> str | None:
    """Developer, operator, supplier, financier, authority or partner; None where nothing says it.

    `passed`: what a mention (in the title?, first word) takes over from the one before it in a row.
    """
    told = Counter(part for m in mentions if (part := stated(m, contexts[0 if m.title else 1])
                                              or passed.get((m.title, m.first))))
    if not told:
        return None
    best = min(told, key=lambda part: (-told[part], PARTS.index(part)))
    known = next((m.known for m in mentions if m.known), None)
    return "authority" if known and known.kind in _PUBLIC and best == "partner" else best


def stated(mention: Mention, context: Context) -> str | None:
    """What the words around one mention say: those before it first, the nearest of them."""
    near: list[tuple[int, str]] = []
    for part in PARTS:
        first = _behind(mention, context, part)
        if first is not None:
            near.append((-first, part))
    if near:
        return min(near, key=lambda one: one[0])[1]
    arabic = context.passage.tokens[mention.first].arabic
    for part in PARTS:
        label = f"part_after.{part}"
        if context.after(mention.last, label, _AFTER) is not None \
                or (arabic and context.before(mention.first, label, _AFTER) is not None):
            return part
    return None


def _behind(mention: Mention, context: Context, part: str) -> int | None:
    return context.before(mention.first, f"part_before.{part}", _BEFORE)
