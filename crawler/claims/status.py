"""How far the project is: the furthest state that the article reports as reached; a stop outranks what came before."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass

from crawler.claims.context import Context
from crawler.claims.modality import is_negated, is_planned, modality
from crawler.claims.phrases import Hit

# Furthest first; a state counts as reached from this sum of weights.
_LADDER = (("cancelled", 1.6), ("suspended", 1.4), ("operational", 1.0), ("under_construction", 0.6),
           ("approved", 0.65), ("agreement", 0.6))
_IN = frozenset(("en", "in", "em"))
_STILL_TO_SIGN = 1.0  # off the weight of an agreement for each sentence that says so
_OTHER = 0.15         # of a state that is another thing's
_NOUN_REACH = 9
_SHARE = 4            # words from what is done to its per cent
_ASIDE = 3            # words between two commas
_REACH = 6            # words from a future to its verb
_NONE_REACH = 9       # words from "no such contract" to its verb
_STOPS = ("status.cancelled", "status.suspended")
_THING_BEFORE, _THING_BEHIND = 5, 7  # words between an act and its thing
_SITE = "_site"       # ends the group of acts whose thing is the facility itself (opened, on Tuesday, its data center)
_TOLD = 2.0           # the weight of a state that the headline tells
_EARLIER = frozenset(("under_construction", "approved", "agreement"))
_HEADLINE = "_headline"  # the same, told in the present, which is the past of headlines alone
_PAPER = 0.6          # a memorandum that is only named, against one that is said to be signed


@dataclass(frozen=True, slots=True)
class Reached:
    """The state and the words that say it best (in the title or in the body); `implied`: by no word of its own."""

    status: str
    title: bool
    first: int
    last: int
    implied: bool = False


@dataclass(frozen=True, slots=True)
class _Sign:
    status: str
    title: bool
    hit: Hit
    weight: float


def find_status(contexts: tuple[Context, Context], other: set[int], abroad: Collection[int] = ()) -> Reached | None:
    """The state of the project: announced where a facility is spoken of and no state is; None without a facility.
    `other`: words of the body about other projects; `abroad`: those of sentences about other places."""
    signs = [sign for context in contexts for sign in _signs(context, context is contexts[0], other, abroad)]
    total: dict[str, float] = defaultdict(float)
    for sign in signs:
        total[sign.status] += sign.weight
    headline = {sign.status for sign in signs if sign.title and sign.weight >= _TOLD}
    if "operational" not in headline and headline & _EARLIER:
        total["operational"] -= _TOLD  # the headline tells of works or a permit: what is open is an older part
    for status, least in _LADDER:
        if total[status] >= least:
            return _best(signs, status)
    if total["announced"] > 0:
        return _best(signs, "announced")
    for context in reversed(contexts):
        for hit in context.passage.of("facility"):
            return Reached("announced", context is contexts[0], hit.first, hit.last, implied=True)
    return None


def said_how(context: Context, reached: Reached) -> str:
    """The modality of a state: planned where no word tells it. What is reached is not to come, whatever its words
    look like (no se construirá)."""
    if reached.implied:
        return "planned"
    how = modality(context, reached.first, reached.last)
    return "stated" if how == "planned" and reached.status != "announced" else how


def status_among(context: Context, words: frozenset[int]) -> Reached | None:
    """The furthest state that these words of the body report of a project that is only mentioned."""
    found: dict[str, Hit] = {}
    for hit in context.passage.under("status"):
        if hit.first in words and not is_negated(context, hit.first):
            status = hit.label.removeprefix("status.")
            found.setdefault("announced" if is_planned(context, hit.first, hit.last) else status, hit)
    for status in (*(status for status, _ in _LADDER), "announced"):
        if status in found:
            return Reached(status, False, found[status].first, found[status].last)
    return None


def _done(context: Context, *, title: bool) -> list[Hit]:
    """An act and its thing in one clause, as one hit: "withdraws its request", "permission was granted"."""
    tokens, found = context.passage.tokens, []
    every = context.passage.under("status_things")
    known = {(hit.label, i) for hit in context.passage.under("status") for i in range(hit.first, hit.last + 1)}
    sites = [*context.passage.of("facility"), *context.passage.of("facility_again")]
    for act in context.passage.under("status_acts"):
        rung = act.label.removeprefix("status_acts")
        if (rung.endswith(_HEADLINE) and not title) or (title and rung == ".under_construction" + _SITE):
            continue  # a headline's "builds" is a plan
        if rung == ".approved" + _SITE and not context.among(
                range(context.clause(act.first).start, act.first), "public_head"):
            continue  # to back a site is to allow it where a council does so
        label = "status" + rung.removesuffix(_HEADLINE).removesuffix(_SITE)
        if (label, act.first) in known or (label not in _STOPS and context.among((act.first,), "planned")):
            continue
        clause = _over_aside(context, act.first)
        of_act = context.passage.of("status_things" + rung)
        if rung.endswith((_SITE, _HEADLINE)):  # "is extending ICE03, the data center that it runs"
            of_act, clause = sites, range(clause.start, min(clause.stop + _ASIDE, context.sentence(act.first).stop))
        things = [thing for thing in of_act
                  if thing.first in clause and not act.first <= thing.first <= act.last
                  and -_THING_BEFORE <= thing.first - act.last <= _THING_BEHIND
                  and not (thing.first > act.last and tokens[thing.first].capital and not tokens[act.first].capital)]
        if things:
            nearest = min(things, key=lambda thing: abs(thing.first - act.first))
            if label == "status.cancelled" and any(act.last < thing.first < nearest.first for thing in every):
                continue  # a contract is taken from the builder of the data center
            found.append(Hit(label, min(act.first, nearest.first), max(act.last, nearest.last)))
    return found


def _shares(context: Context) -> list[Hit]:
    """Réalisé à 70 %, 60 percent complete: a share below the whole that is done."""
    tokens, text, found = context.passage.tokens, context.passage.prose.text, []
    for hit in context.passage.of("share_done"):
        near = range(max(hit.first - _SHARE, 0), min(hit.last + _SHARE + 1, len(tokens)))
        clause = context.clause(hit.first)
        for index in near:
            if index in clause and tokens[index].text.isdecimal() and int(tokens[index].text) < 100 and (
                    context.after(index, "per_cent") is not None
                    or text[tokens[index].end:tokens[index].end + 2].strip()[:1] == "%"):
                found.append(Hit("status.under_construction", min(hit.first, index), max(hit.last, index)))
                break
    return found


def _over_aside(context: Context, token: int) -> range:
    """The clause of `token`, and the next one where only a few words stand between (started, on Monday, the works)."""
    clause, end = context.clause(token), context.sentence(token).stop
    aside = context.clause(clause.stop) if clause.stop < end else clause
    if aside.stop < end and len(aside) <= _ASIDE:
        return range(clause.start, context.clause(aside.stop).stop)
    return clause


def _signs(context: Context, title: bool, other: set[int], abroad: Collection[int] = ()) -> list[_Sign]:
    signs: list[_Sign] = []
    seen: set[tuple[str, int]] = set()
    shares = _shares(context)
    done = [*_done(context, title=title), *shares]
    works = {index for hit in done if hit.label == "status.under_construction"
             for index in range(hit.first, hit.last + 1)}
    said = [hit for hit in context.passage.under("status")
            if not (hit.label == "status.operational" and hit.first in works)]  # puso en marcha la construcción
    every = [*said, *context.passage.of("agreement_paper"), *context.passage.of("award"), *done]
    stops = [hit for hit in every if hit.label == "status.suspended"]
    for hit in sorted(every, key=lambda hit: (hit.first, hit.label)):
        if any(stop.first <= hit.first and hit.last < stop.last for stop in stops):
            continue  # the court annuls the permit: no permission, and no end of the project
        status = hit.label.removeprefix("status.")
        sentence = context.passage.tokens[hit.first].sentence
        weight = _place(context, hit, title)
        if not title and hit.first in other:
            weight *= _OTHER
        elif not title and hit.first in abroad and not status.startswith("agreement"):
            weight *= _OTHER  # an agreement is signed in any town
        if status.startswith("agreement") and _says_with_whom(context, hit):
            continue
        if status == "agreement_paper":
            status = "agreement"
            if context.in_sentence(hit.first, "planned") and not _is_signed(context, hit):
                signs.append(_Sign("agreement", title, hit, -_STILL_TO_SIGN))
                status = "announced"
            weight *= _PAPER
        elif status != "announced":
            if is_negated(context, hit.first) or _of_none(context, hit):
                continue
            if status == "award":
                status, weight = "agreement", weight * _PAPER
            if _is_planned(context, hit) or _is_to_come(context, hit) or _holds_plan(context, hit):
                status, weight = "announced", 0.5
            elif _is_others(context, hit):
                weight *= _OTHER
            elif _is_of_another_thing(context, hit, status) or (
                    status == "operational" and context.before(hit.first, "that_which", 2) is not None) or (
                    status == "agreement" and context.in_sentence(hit.first, "status_other.agreement")):
                weight *= _OTHER  # the grid connection is signed, an investor withdraws
        if (status, sentence) in seen:
            weight *= 0.2  # one sentence says a thing once
        seen.add((status, sentence))
        signs.append(_Sign(status, title, hit, weight))
    return signs


def _is_of_another_thing(context: Context, hit: Hit, status: str) -> bool:
    """The grid connection is signed, a study approved (but not the one that a permit hangs on), a solar park built."""
    clause = context.clause(hit.first)
    if status == "approved" and context.among(clause, "status_things.approved_paper"):
        return False
    return context.among(clause, f"status_other.{status}")


def _is_others(context: Context, hit: Hit) -> bool:
    """Celui de Dakar a été inauguré, approved a similar one: another one's state, in its clause."""
    clause = context.clause(hit.first)
    before = range(max(clause.start, hit.first - _REACH), hit.first)
    behind = range(hit.last + 1, min(clause.stop, hit.last + 3))
    return context.among(before, "other_one") or context.among(behind, "other_one_after")


def _is_planned(context: Context, hit: Hit) -> bool:
    """As `is_planned`; a stop until something happens is a stop, and "when it goes live" is to come."""
    if hit.label in _STOPS:
        return context.before(hit.first, "planned", _REACH) is not None
    token = context.passage.tokens[hit.first]
    return is_planned(context, hit.first, hit.last) or (
        context.before(hit.first, "when_it") is not None
        and (token.arabic or (context.language == "en" and any(
            context.passage.tokens[at].text.endswith("s") for at in (hit.first, hit.last)))))


def _holds_plan(context: Context, hit: Hit) -> bool:
    """Le protocole doit être signé: a future or a negation between the words of the hit (a stop is said so, too)."""
    inside = range(hit.first + 1, hit.last) if hit.first < hit.last else range(0)
    return hit.label not in _STOPS and context.among(inside, "planned", "negation")


def _of_none(context: Context, hit: Hit) -> bool:
    """No such contract has been signed, neither was approved: does the clause speak of none before its verb?"""
    if hit.label in _STOPS:
        return False
    clause = context.clause(hit.first)
    first = max(clause.start, hit.first - _NONE_REACH)
    for index in range(hit.first, first - 1, -1):
        if context.among((index,), "none_ends"):
            return False
        if context.among((index,), "none_of"):
            return True
    return False


def _is_signed(context: Context, paper: Hit) -> bool:
    """Does its sentence say before the paper that it was signed, in no future tense?"""
    sentence = context.passage.tokens[paper.first].sentence
    return any(context.passage.tokens[hit.first].sentence == sentence and hit.first <= paper.first
               and not is_planned(context, hit.first) and not is_negated(context, hit.first)
               and not _holds_plan(context, hit)
               for hit in context.passage.of("status.agreement"))


def _says_with_whom(context: Context, hit: Hit) -> bool:
    """En partenariat avec, in partnership with, بشراكة مع: how it is done, not that something was signed."""
    token = context.passage.tokens[hit.first]
    if token.arabic:
        return token.text.startswith(("بشراك", "بالشراك"))
    return hit.first > 0 and context.passage.tokens[hit.first - 1].text in _IN


def _is_to_come(context: Context, hit: Hit) -> bool:
    """La mise en service du centre est reportée: what is said of an event that a noun names stands after it."""
    nouns = {h.first for h in context.passage.of("event_noun")}
    return any(index in nouns for index in range(hit.first, hit.last + 1)) and (
        context.after(hit.last, "planned", _NOUN_REACH) is not None
        or context.after(hit.last, "postponed", _NOUN_REACH) is not None)


def _place(context: Context, hit: Hit, title: bool) -> float:
    if title:
        return 2.2
    paragraph = context.passage.paragraph(hit.first)
    weight = {0: 1.3, 1: 0.8}.get(paragraph, 0.6)
    if context.in_sentence(hit.first, "facility"):
        weight *= 1.3
    elif context.in_sentence(hit.first, "facility_again"):
        weight *= 1.1
    return weight


def _best(signs: list[_Sign], status: str) -> Reached:
    sign = max((s for s in signs if s.status == status and s.weight > 0),
               key=lambda s: (not s.title, s.weight, -s.hit.first))
    return Reached(status, sign.title, sign.hit.first, sign.hit.last)
