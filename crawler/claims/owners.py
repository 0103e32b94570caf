"""Who has a project: the leader of the main one, and who acts on another facility."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from crawler.claims.beside import Beside
from crawler.claims.context import Context
from crawler.claims.mentions import Mention
from crawler.claims.organizations import Part


def leader(parts: Sequence[Part], contexts: tuple[Context, Context]) -> str | None:
    """Who has the main project: no public body or bank, of those in the headline the first, else of the first
    paragraph; None where neither names one."""
    firsts = {min((not m.title, m.first) for m in p.mentions): p for p in parts if not _is_public(p, contexts)}
    (later, first), part = min(firsts.items(), key=lambda pair: pair[0], default=((True, 0), None))
    return None if part is None or (later and contexts[1].passage.paragraph(first)) else part.name


def _is_public(part: Part, contexts: tuple[Context, Context]) -> bool:
    known = part.mention.known
    if known is not None:
        return known.kind in ("government", "agency", "bank", "university")
    context = contexts[0 if part.mention.title else 1]
    return context.among(range(part.mention.first, part.mention.last + 1), "public_head")


def candidates(parts: Sequence[Part], stretches: Sequence[Beside], mentions: Sequence[Mention],
                context: Context) -> list[tuple[str, Mention]]:
    """Organisations as they stand in the body, with those that no rule of the main project vouches for: who acts on
    another facility is its maker, unless it is a person."""
    found = [(p.name, m) for p in parts for m in p.mentions if not m.title]
    taken = {m.first for _, m in found}
    owners = {first for stretch in stretches for first in stretch.owners}
    for m in mentions:
        if m.title or m.first not in owners or m.first in taken:
            continue
        person = context.before(m.first, "person_noun", 3) is not None or context.before(m.first, "says") is not None \
            or context.after(m.last, "says") is not None or context.before(m.first, "source", 2) is not None
        if m.known or (not person and (m.last > m.first or m.marked or m.quoted)):
            found.append((m.known.name if m.known else m.printed, m))
    return found


def only_beside(parts: list[Part], others: list[Part], beside: Collection[int]) -> tuple[list[Part], list[Part]]:
    """Who is named nowhere but where another project is told takes part in that one; not if nobody were left."""
    strange = [p for p in parts if all(not m.title and m.first in beside for m in p.mentions)]
    if len(strange) == len(parts):
        return parts, others
    return [p for p in parts if p not in strange], [*others, *strange]
