"""The power of the data center, told apart from that of wind farms, grids, markets and other sites."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from crawler.claims.claim import Claim
from crawler.claims.quantities.found import (
    MOST_MENTIONS,
    NOWHERE,
    Away,
    Found,
    Place,
    modality,
    negated,
    place,
    quoted,
)
from crawler.claims.quantities.measures import Measure, measures
from crawler.claims.quantities.numbers import numbers_in
from crawler.claims.quantities.tokens import tokens_of
from crawler.claims.quantities.vocabulary import Quantities
from crawler.text.sentences import Prose

_LEAST = 0.1  # MW: below it stand racks and single machines
_LEAD = 2     # sentences in which a text says what it is about
_APPARENT = ("mva", "ampere", "amperes", "amperios", "امبير")  # what a transformer is measured in
_PARTED = re.compile(r",|;| (?:and|et|y|e|und|en|e) | و(?=\w)")  # a stage named before it belongs to another value
_WEIGHTS = {"site": 0.9, "supply": 0.6, "energy": 0.5, "taken": 0.4}


@dataclass(frozen=True, slots=True)
class _Mention:
    measure: Measure
    at: Place
    role: str  # site, supply (of the site), energy (a plant of the project), taken (by its customers), other
    stage: str  # "" where no word says it
    modality: str


def capacity(prose: Prose, q: Quantities, away: Away = NOWHERE, headline: Prose | None = None) -> list[Found]:
    """What the text gives as the project's power, in MW, one entry a value and stage, the first mention quoted.

    Power of the supply or of a wind or solar farm is given only where the text prints no power of the site,
    then as `unspecified`. `away`: what the text says of others; `headline`: its title, which may tell the whole first.
    """
    text = prose.folded.text
    tokens = tokens_of(text)
    cues = q.cues["capacity"]
    mentions = []
    for measure in measures(text, tokens, numbers_in(text, q.numbers), q.power)[:MOST_MENTIONS]:
        at = place(prose, measure.start, measure.end)
        none = text[measure.start].isalpha() and negated(at, q.cues["modality"])  # "pas un mégawatt"
        if measure.value >= _LEAST and not measure.low and not none:
            others = away.holds(prose.text, *prose.folded.span(measure.start, measure.end))
            role = "other" if others else _role(at, cues)
            if role == "other":
                mentions.append(_Mention(measure, at, role, "", ""))
                continue
            named = _touches(cues["facility"], at.clause_after(40)) and cues["given"].search(at.before(25)) is not None
            known = named or cues["given_of"].search(at.before(50)) is not None
            said = modality(at, q.cues["modality"], known=known)
            mentions.append(_Mention(measure, at, role, stage_of(at, cues), said))
    first = {m.measure.value: m.role for m in reversed(mentions)}
    mentions = [m for m in mentions if first[m.measure.value] != "other"]  # "the 5GW campus" stays another's
    told = values_of(headline, q) if headline else []
    mentions = _whole(_founded(mentions, told, cues), told)
    chosen = next((group for role in ("site", "supply", "energy", "taken")
                   if (group := [m for m in mentions if m.role == role])), [])
    if chosen and chosen[0].role == "energy":
        chosen = [m for m in mentions if m.role in ("energy", "supply")]
    elif chosen and chosen[0].role == "site" and all(m.stage in ("initial", "phase") for m in chosen):
        # only parts of the site are told: the whole stands in what feeds it
        chosen = chosen + [m for m in mentions if m.role == "supply" or (m.role == "energy" and m.at.number < _LEAD)]
    return [_found(prose, mention, stage, q) for mention, stage in _staged(chosen)]


def values_of(prose: Prose, q: Quantities) -> list[float]:
    """The power of sites that a short text prints, in MW."""
    text = prose.folded.text
    found = measures(text, tokens_of(text), numbers_in(text, q.numbers), q.power)
    return [m.value for m in found if m.value >= _LEAST and _role(place(prose, m.start, m.end), q.cues["capacity"])
            == "site"]


def _founded(mentions: list[_Mention], told: Sequence[float], cues: Mapping[str, re.Pattern[str]]) -> list[_Mention]:
    """Without what is larger than all that was told before and is not said to be a goal or a whole.

    A site is told in the title and the lead; a larger power that comes later, with no word of growth or of all parts,
    is that of a company, a country or a rival (12 of 12 on labelled stories, 2026-11-22).
    """
    largest, kept = max(told, default=0.0), []
    for mention in mentions:
        late = mention.at.number >= _LEAD and 0 < largest * 1.02 < mention.measure.value
        if late and mention.role == "site" and not mention.stage and not cues["grows"].search(mention.at.before(60)):
            continue
        if mention.role == "site" and mention.modality != "denied":
            largest = max(largest, mention.measure.value)
        kept.append(mention)
    return kept


def _whole(mentions: list[_Mention], told: Sequence[float]) -> list[_Mention]:
    """The largest is the total, whatever stands beside it, where the headline prints it as the largest or where it is
    the sum of two others or some of one ("six buildings of 30 MW each, 180 MW")."""
    values = sorted({m.measure.value for m in mentions if m.role == "site" and m.modality != "denied"})
    if len(values) < 2:
        return mentions
    *smaller, largest = values
    sums = [one + other for one in smaller for other in smaller if one < other]
    sums += [m.measure.value * number for m in mentions if m.stage == "phase" for number in range(2, 13)]
    sums += told if largest >= max(told, default=0.0) else ()
    if not any(abs(largest - value) <= 0.01 * largest for value in sums):
        return mentions
    return [replace(m, stage="total") if m.role == "site" and m.measure.value == largest and m.stage == "phase" else m
            for m in mentions]


def _role(at: Place, cues: Mapping[str, re.Pattern[str]]) -> str:
    ahead, behind = at.before(90).rpartition(";")[2], at.after(60)
    near = at.clause_after(40)
    if cues["never_after"].match(behind.lstrip(" -(),")) or cues["part_before"].search(at.clause_before(40)):
        return "other"
    if cues["older"].search(at.clause_before(60)) or cues["older_after"].match(behind.lstrip(" -(),")):
        return "other"
    if cues["runs"].search(at.clause_before(60)) and cues["runs_there"].match(at.after(40)):
        return "other"
    if cues["portfolio"].search(at.clause_before(110)) or cues["market_after"].match(near.lstrip(" -")):
        return "other"
    if cues["multiple"].search(ahead) and not cues["becomes"].search(at.before(20)):
        return "other"
    if cues["taken"].search(at.clause_before(80)) or cues["taken_after"].match(behind.lstrip(" -(),")):
        return "taken"
    grown = _last(cues["grown_from"], ahead) >= len(ahead.rstrip()) > 0
    if (grown and not cues["initial"].match(behind.lstrip(" ,"))) or cues["aside"].match(at.sentence):
        return "other"
    if cues["other_after"].search(behind):
        return "other"
    if cues["supplied"].match(near.lstrip()) or at.text[at.start:at.end].endswith(_APPARENT):
        return "supply"
    if _touches(cues["facility"], near):
        return "other" if cues["inside"].search(at.before(40)) or cues["other_site"].search(at.before(40)) else "site"
    if cues["never_before"].search(at.clause_before(60)):
        return "other"
    if _touches(cues["energy_after"], near) and not cues["powered"].match(near.lstrip()):
        return "energy"
    around = at.before(110), at.clause_after(40)
    if any(cues["elsewhere"].search(cues["superlative"].sub(" ", words)) for words in around):
        return "other"
    if cues["inside"].search(at.before(40)) or cues["other_site"].search(ahead):
        return "other"
    words = cues["its_power"].sub(" ", at.before(90))[-70:]
    energy, facility = _last(cues["energy_before"], words), _last(cues["facility"], words)
    if energy > facility:
        return "energy"
    if facility < 0 and (cues["supply"].search(at.clause_before(60)) or cues["supply"].search(at.clause_after(35))):
        return "supply"
    return "site"


def _touches(pattern: re.Pattern[str], behind: str) -> bool:
    """Whether the words right behind a value, a bracket or a small word apart, name a thing."""
    found = pattern.search(behind)
    return found is not None and found.start() <= 14 and behind[:found.start()].count(" ") <= 3


def _last(pattern: re.Pattern[str], words: str) -> int:
    at = -1
    for match in pattern.finditer(words):
        at = match.end()
    return at


def stage_of(at: Place, cues: Mapping[str, re.Pattern[str]]) -> str:
    """The stage that the words nearest to the value name, "" where none does."""
    ahead, behind = at.before(70).rpartition(";")[2], at.clause_after(30)
    if cues["grows_after"].match(at.after(40)) or cues["initial"].match(at.after(30).lstrip(" ,")):
        return "initial"
    if any(match.end() == len(ahead) for match in cues["count"].finditer(ahead)):
        return "phase"
    best, stage = -1, ""
    for name in ("initial", "total", "phase"):
        position = _last(cues[name], ahead)
        if position > best:
            best, stage = position, name
    between = ahead[best:] if best >= 0 else ""
    if stage in ("initial", "phase") and cues["whole"].match(between.lstrip()) and (
            cues["facility"].search(between) or _touches(cues["facility"], behind)):
        return "total"
    distance = len(between) + 20 * bool(_PARTED.search(between)) if best >= 0 else 99
    for name in ("initial", "total", "phase"):
        found = cues[name].search(behind)
        if found and found.start() < distance:
            return name
    return stage or ("total" if cues["upto"].search(ahead) else "")


def _staged(mentions: Sequence[_Mention]) -> list[tuple[_Mention, str]]:
    """Each value once, with its stage: the largest is the total unless its words say otherwise or it is denied."""
    by_value: dict[float, list[_Mention]] = {}
    for mention in mentions:
        known = next((v for v in by_value if abs(v - mention.measure.value) <= 0.01 * v), mention.measure.value)
        by_value.setdefault(known, []).append(mention)
    if not by_value:
        return []
    sure = [value for value, group in by_value.items() if any(m.modality != "denied" for m in group)]
    largest = max(sure, default=0.0)
    staged = []
    for value, every in by_value.items():
        group = [m for m in every if m.modality != "denied"] or every
        said = next((m.stage for m in group if m.stage), "")
        if group[0].role != "site" or value not in sure:
            stage = said if said in ("initial", "phase") else "unspecified"
        elif value == largest:
            stage = said if said in ("initial", "phase") and not any(m.stage == "total" for m in group) else "total"
            if said == "phase" and len(sure) == 1:
                stage = "unspecified"
        else:
            stage = {"": "unspecified", "total": "phase"}.get(said, said)
        staged.append((group[0], stage))
    return staged


def _found(prose: Prose, mention: _Mention, stage: str, q: Quantities) -> Found:
    start, end = prose.folded.span(mention.measure.start, mention.measure.end)
    left, right = quoted(prose, start, end)
    claim = Claim(
        "capacity", prose.text[left:right], left, right, value_number=round(mention.measure.value, 6),
        value_printed=prose.text[start:end], unit="MW", stage=stage, modality=mention.modality,
    )
    return Found(claim, start, end, _WEIGHTS.get(mention.role, 0.3))
