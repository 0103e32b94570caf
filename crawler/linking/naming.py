"""What a project is called: its shown name and its slug."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence

import pycountry

from crawler.claims.claim import Claim
from crawler.linking.facts import Fact, Story, Vote, elect, stories, weigh
from crawler.linking.letters import romanised, script_of, words
from crawler.linking.names import distinctive, same_name, shape_key
from crawler.linking.rules import LinkRules

_LONGEST = 48
_NOT_SLUG = re.compile(r"[^a-z0-9]+")


def project_name(facts: Iterable[Fact], rules: LinkRules) -> str:
    """The name shown for a project: a name of its own that most stories claim, in Latin letters where any story has
    one, else "<lead> <place>"."""
    found = stories(facts, rules)
    return named(found, weigh(found, rules), rules, _most(found, "country"), _most(found, "city"))


def named(found: Sequence[Story], weights: Mapping[tuple[int, int], float], rules: LinkRules,
          country: str | None, city: str | None) -> str:
    """The same for stories already weighed. A name of common words alone ("national data center") gets its place."""
    place = city or country_name(country) or ""
    name = _elected(found, weights, "name", rules, lambda n: rules.alias(n, country))
    if name and distinctive(" ".join(words(name)), "name", rules):
        return name
    lead = _elected(found, weights, "organization", rules, str)
    if lead and rules.weight_of(" ".join(words(lead))) == 1.0:
        return _with_place(lead, place)
    return _with_place(name or lead or "Data center", place)


def slug_of(name: str, place: str | None, country: str | None) -> str:
    """A short ASCII slug: "iozera-tetouan-ma". `name`: project or lead organisation; never empty."""
    parts: list[str] = []
    for text in (name, place or "", (country or "").lower()):
        for word in _NOT_SLUG.sub(" ", romanised(text).lower()).split():
            if word not in parts and len("-".join([*parts, word])) <= _LONGEST:
                parts.append(word)
    return "-".join(parts) or "project"


def country_name(code: str | None) -> str | None:
    """The short English name of an ISO alpha-2 code."""
    entry = pycountry.countries.get(alpha_2=code) if code else None
    if entry is None:
        return code
    return str(getattr(entry, "common_name", None) or entry.name)


def _with_place(name: str, place: str) -> str:
    known = set(words(name))
    return name if not place or set(words(place)) <= known else f"{name} {place}"


def _most(found: Sequence[Story], kind: str) -> str | None:
    tally = Counter(c.value_text for story in found for c in story.claims(kind)[:1] if c.value_text)
    return max(tally, key=lambda value: (tally[value], value)) if tally else None


def _elected(found: Sequence[Story], weights: Mapping[tuple[int, int], float], kind: str, rules: LinkRules,
             shown: Callable[[str], str]) -> str | None:
    votes: dict[str, list[Vote[str]]] = defaultdict(list)
    forms: dict[str, Counter[str]] = defaultdict(Counter)
    for story in found:
        ranked = dict.fromkeys(form for claim in story.claims(kind) if (form := _form(claim)))
        for place, form in enumerate(_headline_first(ranked, story)):
            text = shown(form)
            folded = " ".join(words(text))
            key = shape_key(folded, "name" if kind == "name" else "org", rules)
            # The first named weighs most, one's own company more than a supplier or a ministry.
            worth = weights[story.key] / (1 + place) * rules.weight_of(folded if kind == "organization" else "")
            votes[key].append(Vote(key, worth, story))
            forms[key][text] += 1
    best = elect(votes)
    if best is not None and not _latin(forms[best]):
        best = elect(_in_latin(votes, forms, best, kind, rules)) or best
    if best is None:
        return None
    return max(forms[best], key=lambda f: (script_of(f) == "latn", forms[best][f], len(f), f))


def _in_latin(votes: Mapping[str, list[Vote[str]]], forms: Mapping[str, Iterable[str]], best: str, kind: str,
              rules: LinkRules) -> dict[str, list[Vote[str]]]:
    """The spellings in Latin letters of what was elected in another script. A project goes by any name of its
    own that it has in them, though it be a translation; an organisation that sounds otherwise is another one."""
    own = " ".join(words(next(iter(forms[best]))))
    latin = {key: " ".join(words(_latin(spelt)[0])) for key, spelt in forms.items() if _latin(spelt)}
    same = {key for key, text in latin.items() if same_name(own, text, kind if kind == "name" else "org", rules)}
    if not same and kind == "name":
        same = {key for key, text in latin.items() if distinctive(text, "name", rules)}
    return {key: votes[key] for key in same}


def _latin(forms: Iterable[str]) -> list[str]:
    return [form for form in forms if script_of(form) == "latn"]


def _headline_first(forms: Iterable[str], story: Story) -> list[str]:
    headline = f" {' '.join(words(story.title or ''))} "

    def at(form: str) -> int:
        place = headline.find(f" {' '.join(words(form))} ")
        return place if place >= 0 else len(headline)

    return sorted(forms, key=at)


def _form(claim: Claim) -> str | None:
    return claim.value_text or claim.value_printed
