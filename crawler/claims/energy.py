"""What feeds the project: solar, wind, hydro, nuclear, gas, geothermal, grid, renewable."""

from __future__ import annotations

from crawler.claims.context import Context
from crawler.claims.phrases import Hit


def find_energy(contexts: tuple[Context, Context], other: set[int]) -> dict[str, tuple[bool, Hit]]:
    """Each kind of energy with its first mention (True: in the title)."""
    found: dict[str, tuple[bool, Hit]] = {}
    for context in reversed(contexts):
        title = context is contexts[0]
        for hit in context.passage.under("energy"):
            if not title and hit.first in other:
                continue
            if context.among(context.clause(hit.first), "energy_other"):
                continue
            found.setdefault(hit.label.removeprefix("energy."), (title, hit))
    return found
