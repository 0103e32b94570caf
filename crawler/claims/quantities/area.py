"""The surface of the site or building in square metres."""

from __future__ import annotations

from crawler.claims.claim import Claim
from crawler.claims.quantities.found import MOST_MENTIONS, Found, modality, place, quoted
from crawler.claims.quantities.measures import Measure, measures
from crawler.claims.quantities.tokens import tokens_of
from crawler.claims.quantities.vocabulary import Quantities
from crawler.text.sentences import Prose

_LEAST, _MOST = 100.0, 1e9  # m2: from one room to a thousand square kilometres


def area(prose: Prose, q: Quantities) -> list[Found]:
    """What the text gives as the project's surface, in m2, one entry a value."""
    text = prose.folded.text
    found: list[Found] = []
    for measure in measures(text, q.numbers, q.surface)[:MOST_MENTIONS]:
        value = _local(measure, text, q)
        at = place(prose, measure.start, measure.end)
        near = at.clause_before(60) + " | " + at.clause_after(40)
        if not _LEAST <= value <= _MOST or q.cues["area"]["not_own"].search(near):
            continue
        if any(abs(value - (known.claim.value_number or 0)) <= 0.01 * value for known in found):
            continue
        start, end = prose.folded.span(measure.start, measure.end)
        left, right = quoted(prose, start, end)
        claim = Claim("area", prose.text[left:right], left, right, value_number=round(value, 2),
                      value_printed=prose.text[start:end], unit="m2", modality=modality(at, q.cues["modality"]))
        found.append(Found(claim, start, end, 0.9 if q.cues["area"]["site"].search(near) else 0.7))
    return found


def _local(measure: Measure, text: str, q: Quantities) -> float:
    """The value, where the size of the unit depends on the country that the text speaks of."""
    home = q.surface_homes.get(measure.unit)
    if home is None:
        return measure.value
    usual, there, words = home
    tokens = tokens_of(text)
    if any(words.at(text, tokens, index) for index in range(len(tokens))):
        return measure.value / usual * there
    return measure.value
