"""How firmly a value is said: stated, planned, reported, questioned or denied."""

from __future__ import annotations

from crawler.claims.context import Context

_REACH = 6


def modality(context: Context, first: int, last: int | None = None) -> str:
    """The modality of what stands at tokens[first:last + 1], by the words of its clause and sentence."""
    clause = context.clause(first)
    if context.among(clause, "denied"):
        return "denied"
    if context.among(clause, "questioned"):
        return "questioned"
    if is_planned(context, first, last):
        return "planned"
    if context.among(clause, "reported") or context.before(first, "reported", _REACH) is not None:
        return "reported"
    return "stated"


def is_planned(context: Context, first: int, last: int | None = None) -> bool:
    """Is it only to come: a future or conditional word shortly before, or right after (mise en service prévue)?"""
    last = first if last is None else last
    behind = range(last + 1, min(last + 3, context.clause(last).stop))
    return context.before(first, "planned", _REACH) is not None or context.among(behind, "planned")


def is_negated(context: Context, first: int) -> bool:
    """Does a negation stand shortly before (n'a pas encore signé, لم يحصل)?"""
    return context.before(first, "negation", 4) is not None
