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
    Scene,
    modality,
    negated,
    place,
    quoted,
)
from crawler.claims.quantities.measures import Measure, measures
from crawler.claims.quantities.own import is_own, marks_of
from crawler.claims.quantities.vocabulary import Quantities
from crawler.text.sentences import Prose

_LEAST = 0.1  # MW: below it stand racks and single machines
_LEAD = 2     # sentences in which a text says what it is about
_APPARENT = ("mva", "ampere", "amperes", "amperios", "امبير")  # what a transformer is measured in
_HOURS = re.compile(r"[ -]?(?:hours?|heures?|horas?|ساعه|ساعات|ساعي)\b")
_PARTED = re.compile(r",|;| (?:and|et|y|e|und|en|e) | و(?=\w)")  # a stage named before it belongs to another value
# Cues that no other mark outweighs.
_SURE = frozenset(("grown_from", "never_after", "part_before", "other_after", "aside", "inside", "plant"))
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
    cues = q.cues["capacity"]
    mentions: list[_Mention] = []
    printed = measures(text, q.numbers, q.power)[:MOST_MENTIONS]
    told = values_of(headline, q) if headline and printed else []
    for measure in printed:
        at = place(prose, measure.start, measure.end)
        none = text[measure.start].isalpha() and negated(at, q.cues["modality"])  # "pas un mégawatt"
        none = none or _HOURS.match(text, measure.end) is not None  # ميجاواط ساعة
        none = none or _share(at, cues)
        if measure.value >= _LEAST and not measure.low and not none:
            others = away.holds(prose.text, *prose.folded.span(measure.start, measure.end))
            role, why = _role(at, cues, q.cues["figure"]["market_if"])
            if away.scene is not None and q.own.get("capacity"):
                marks = _marks(prose, at, measure, away.scene, q, others, role, why, told, mentions)
                if role in ("site", "other") and why not in _SURE:
                    role = "site" if is_own(measure.value, marks, q.own["capacity"]) else "other"
                elif others:
                    role = "other"
            elif others:
                role = "other"
            if role == "other":
                mentions.append(_Mention(measure, at, role, "", ""))
                continue
            named = _touches(cues["facility"], at.clause_after(40)) and cues["given"].search(at.before(25)) is not None
            known = named or cues["given_of"].search(at.before(50)) is not None
            said = modality(at, q.cues["modality"], known=known)
            mentions.append(_Mention(measure, at, role, stage_of(at, cues), said))
    first = {m.measure.value: m.role for m in reversed(mentions)}
    mentions = [m for m in mentions if first[m.measure.value] != "other"]  # "the 5GW campus" stays another's
    mentions = _whole(mentions, told)
    chosen = next((group for role in ("site", "supply", "energy", "taken")
                   if (group := [m for m in mentions if m.role == role])), [])
    if chosen and chosen[0].role == "energy":
        chosen = [m for m in mentions if m.role in ("energy", "supply")]
    elif chosen and chosen[0].role == "site" and all(m.stage in ("initial", "phase") for m in chosen):
        # only parts of the site are told: the whole stands in what feeds it
        chosen = chosen + [m for m in mentions if m.role == "supply" or (m.role == "energy" and m.at.number < _LEAD)]
    return [_found(prose, mention, stage, q) for mention, stage in _staged(chosen)]


def _marks(prose: Prose, at: Place, measure: Measure, scene: Scene, q: Quantities, others: bool, role: str, why: str,
           told: Sequence[float], before: Sequence[_Mention]) -> set[str]:
    """What the text around a power says about whose it is."""
    marks = marks_of(prose, at, scene, q.cues["figure"])
    cues = q.cues["capacity"]
    marks.add(f"role_{role}")
    if why:
        marks.add(f"why_{why}")
    if others:
        marks.add("away")
    stage = stage_of(at, cues)
    marks.add(f"stage_{stage or 'none'}")
    earlier = [m.measure.value for m in before if m.role == "site"]
    largest = max([*told, *earlier], default=0.0)
    if any(abs(value - measure.value) <= 0.01 * value for value in told):
        marks.add("in_title")
    elif told:
        marks.add("not_in_title")
    if not largest:
        marks.add("first_told")
    elif measure.value > 1.02 * largest:
        said = stage == "total" or cues["grows"].search(at.before(60)) is not None
        marks.add("above_said" if said else "above" if stage else "above_unsaid")
        sums = {one + other for one in earlier for other in earlier if one < other} | {sum(earlier)}
        sums |= {value * number for value in earlier for number in range(2, 7)}
        if any(abs(measure.value - value) <= 0.01 * value for value in sums):
            marks.add("fits")
    elif any(abs(measure.value - value) <= 0.01 * value for value in earlier):
        marks.add("again_told")
    else:
        marks.add("below" if stage else "below_unsaid")
    if before and before[-1].at.number == at.number:
        marks.add(f"after_{before[-1].role}")
    elif before and before[-1].at.number == at.number - 1:
        marks.add(f"follows_{before[-1].role}")
    return marks


def values_of(prose: Prose, q: Quantities) -> list[float]:
    """The power of sites that a short text prints, in MW."""
    text = prose.folded.text
    return [m.value for m in measures(text, q.numbers, q.power)
            if m.value >= _LEAST and _role(place(prose, m.start, m.end), q.cues["capacity"],
                                           q.cues["figure"]["market_if"])[0] == "site"]


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


def _role(at: Place, cues: Mapping[str, re.Pattern[str]], allowed: re.Pattern[str]) -> tuple[str, str]:
    """What the value is of, and the cue that says so. `allowed`: "if the market permits", which tells of no market."""
    ahead, behind = at.before(90).rpartition(";")[2], at.after(60)
    near = at.clause_after(40)
    if cues["never_after"].match(behind.lstrip(" -(),")):
        return "other", "never_after"
    if cues["part_before"].search(at.clause_before(40)) and not cues["part_first"].search(at.clause_before(50)):
        return "other", "part_before"
    if cues["older"].search(at.clause_before(60)) or cues["older_after"].match(behind.lstrip(" -(),")):
        return "other", "older"
    if cues["runs"].search(at.clause_before(60)) and cues["runs_there"].match(at.after(40)):
        return "other", "runs"
    if cues["portfolio"].search(at.clause_before(110)):
        return "other", "plant" if cues["energy_before"].search(at.clause_before(60)) else "portfolio"
    if cues["market_after"].match(near.lstrip(" -")):
        return "other", "market_after"
    if cues["multiple"].search(ahead) and not cues["becomes"].search(at.before(20)):
        return "other", "multiple"
    if cues["taken"].search(at.clause_before(80)) or cues["taken_after"].match(behind.lstrip(" -(),")):
        return "taken", ""
    grown = _last(cues["grown_from"], ahead) >= len(ahead.rstrip()) > 0
    if grown and not cues["initial"].match(behind.lstrip(" ,")):
        return "other", "grown_from"
    if cues["added_to"].search(at.before(30)) and cues["adds"].search(ahead):
        return "other", "added_to"
    if cues["aside"].match(at.sentence):
        return "other", "aside"
    if cues["other_after"].search(behind):
        return "other", "other_after"
    if cues["supplied"].match(near.lstrip()) or at.text[at.start:at.end].endswith(_APPARENT):
        return "supply", ""
    beside = "inside" if cues["inside"].search(at.before(40)) else "other_site" * bool(
        cues["other_site"].search(at.before(40)))
    if _touches(cues["facility"], near):
        return ("other", beside) if beside else ("site", "facility")
    if cues["never_before"].search(at.clause_before(60)):
        return "other", "never_before"
    if _touches(cues["energy_after"], near) and not cues["powered"].match(near.lstrip()):
        return "energy", ""
    around = at.before(110), at.clause_after(40)
    if any(cues["elsewhere"].search(allowed.sub(" ", cues["superlative"].sub(" ", words))) for words in around):
        return "other", "elsewhere"
    if beside == "inside" or cues["other_site"].search(ahead):
        return "other", beside or "other_site"
    words = cues["its_power"].sub(" ", at.before(90))[-70:]
    energy, facility = _last(cues["energy_before"], words), _last(cues["facility"], words)
    if energy > facility and not (", " in words[energy:] and cues["closed"].search(at.before(130))):
        return "energy", ""
    if _last_but(cues["industry"], cues["beside"], words) > max(facility, energy):
        return "other", "industry"
    if facility < 0 and (cues["supply"].search(at.clause_before(60)) or cues["supply"].search(at.clause_after(35))):
        return "supply", ""
    return "site", "facility" if facility >= 0 else ""


def _share(at: Place, cues: Mapping[str, re.Pattern[str]]) -> bool:
    """Whether the number is one of a ratio: "nine in every ten megawatts", "neuf mégawatts sur dix"."""
    return (cues["share_before"].search(at.before(40)) or cues["share_after"].match(at.after(30).lstrip())) is not None


def _touches(pattern: re.Pattern[str], behind: str) -> bool:
    """Whether the words right behind a value, a bracket or a small word apart, name a thing."""
    found = pattern.search(behind)
    return found is not None and found.start() <= 14 and behind[:found.start()].count(" ") <= 3


def _last(pattern: re.Pattern[str], words: str) -> int:
    at = -1
    for match in pattern.finditer(words):
        at = match.end()
    return at


def _last_but(pattern: re.Pattern[str], unless: re.Pattern[str], words: str) -> int:
    """As `_last`, without those that `unless` stands right ahead of."""
    return max((m.end() for m in pattern.finditer(words) if not unless.search(words, 0, m.start())), default=-1)


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
