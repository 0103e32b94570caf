"""Power and money of a project that one stretch of the text tells of, read without asking whose they are."""

from __future__ import annotations

from collections.abc import Iterator

from crawler.claims.quantities.measures import Measure, measures
from crawler.claims.quantities.money import amounts
from crawler.claims.quantities.vocabulary import Quantities
from crawler.text.folding import fold_with_offsets
from crawler.text.sentences import Prose

_LEAST_MW, _LEAST_SUM = 0.1, 50_000  # below them stand racks, prices and wages
_AHEAD = 14  # characters between a value and the noun of what gives or takes it


def powers_at(prose: Prose, q: Quantities) -> list[int]:
    """The offsets at which a text prints a power of a facility's size."""
    text = prose.folded.text
    return [prose.folded.span(one.start, one.end)[0] for one in
            measures(text, q.numbers, q.power) if one.value >= _LEAST_MW]


def figures_beside(text: str, start: int, end: int, q: Quantities,
                   country: str | None) -> Iterator[tuple[str, float, str, int, int]]:
    """(kind, value, unit, start, end) of text[start:end]: its power in MW and its sum, each only where the stretch
    tells one of its kind (a conversion is no second sum). `country`: whose currency a dollar or a dinar is."""
    folded = fold_with_offsets(text[start:end])
    cues = q.cues["capacity"]
    powers: dict[float, Measure] = {}
    for one in measures(folded.text, q.numbers, q.power):
        behind = folded.text[one.end:one.end + 60].lstrip(" -(),")
        of_energy = cues["energy_after"].search(behind)
        if one.value < _LEAST_MW or one.low or cues["never_after"].match(behind) \
                or (of_energy is not None and of_energy.start() <= _AHEAD):
            continue
        powers.setdefault(one.value, one)
    if len(powers) == 1:
        for value, one in powers.items():
            left, right = folded.span(one.start, one.end)
            yield "capacity", value, "MW", start + left, start + right
    sums = [one for one in amounts(folded, q.numbers, q.currencies, country)
            if one.value >= _LEAST_SUM and one.explicit]
    if sums and all(one.currency != sums[0].currency for one in sums[1:]):
        left, right = folded.span(sums[0].start, sums[0].end)
        yield "investment", round(sums[0].value, 2), sums[0].currency, start + left, start + right
