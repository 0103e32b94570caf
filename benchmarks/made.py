"""Made-up press about made-up projects, in the shape and the numbers of the real thing; the same for one seed.

Words are drawn from the stories of the embedded newsroom with their frequencies, so that unrelated texts share about
as many 5-grams as real ones of one topic do. A third of the articles are copies; operators, cities and countries
are as unevenly spread as in life: a few cloud houses are everywhere, most companies build once.
"""

from __future__ import annotations

import random
import re
from collections import defaultdict
from dataclasses import dataclass, replace
from datetime import date, timedelta
from itertools import accumulate

from crawler.claims.claim import Claim, Claims, Subject
from crawler.newsroom import labelled_stories
from crawler.pipeline import Understood
from crawler.reading.document import Document
from crawler.topics.match import Match

_COUNTRIES = ("MA", "FR", "US", "ES", "AE", "SA", "DZ", "EG", "NG", "KE", "ZA", "SN", "GB", "DE", "IN", "BR", "CL",
              "MX", "MY", "ID")
_CLOUDS = ("Google", "Microsoft", "Amazon Web Services", "Oracle", "Meta", "NVIDIA", "Equinix", "Huawei")
_ONSETS = ("b", "br", "c", "ch", "d", "dr", "f", "g", "gr", "j", "k", "l", "m", "n", "p",
           "pr", "r", "s", "st", "t", "v", "z")
_NUCLEI = ("a", "e", "i", "o", "u", "ai", "ou", "ia")
_CODAS = ("", "", "n", "r", "s", "l", "x", "m")
_FIRST = date(2019, 1, 1)


@dataclass(frozen=True, slots=True)
class MadeProject:
    """One invented project: what its stories say of it."""

    name: str | None
    operator: str
    partners: tuple[str, ...]
    country: str
    city: str
    megawatts: float
    dollars: float


@dataclass(frozen=True, slots=True)
class MadeArticle:
    """One invented article, the project (a number) that it is about, and its story (a number that copies share)."""

    project: int
    story: int
    source_id: str
    answer: Understood


class Press:
    """An endless newsroom: `projects` of them, any number of articles."""

    def __init__(self, projects: int, *, sources: int = 200, seed: int = 11) -> None:
        self._dice = random.Random(seed)
        self._words = _vocabulary()
        self._outlets = sources
        operators = [*_CLOUDS, *(self._invent(2) + self._dice.choice((" Data", " Digital", " Cloud", " Energy", ""))
                                 for _ in range(max(projects // 3, 20)))]
        cities = [(self._invent(2), self._dice.choices(_COUNTRIES, weights=_falling(len(_COUNTRIES)))[0])
                  for _ in range(max(projects // 5, 20))]
        self.projects = [self._project(operators, cities) for _ in range(projects)]
        self._weights = list(accumulate(_falling(projects, 0.7)))
        self._told: dict[int, list[tuple[int, Understood]]] = defaultdict(list)
        self._number = 0

    def article(self) -> MadeArticle:
        """The next article."""
        dice = self._dice
        number = dice.choices(range(len(self.projects)), cum_weights=self._weights)[0]
        self._number += 1
        outlet = dice.randrange(self._outlets)
        earlier = self._told[number]
        if earlier and dice.random() < 0.33:
            story, original = dice.choice(earlier)
            answer = self._copied(original, outlet)
        else:
            story, answer = self._number, self._story(self.projects[number], outlet)
            earlier.append((story, answer))
            del earlier[:-8]
        return MadeArticle(number, story, f"source-{outlet}", answer)

    def _project(self, operators: list[str], cities: list[tuple[str, str]]) -> MadeProject:
        dice = self._dice
        city, country = dice.choices(cities, weights=_falling(len(cities), 0.6))[0]
        lead, *others = dict.fromkeys(dice.choices(operators, weights=_falling(len(operators), 0.8), k=3))
        return MadeProject(self._invent(2) + " Campus" if dice.random() < 0.4 else None, lead, tuple(others), country,
                           city, dice.choice((5, 12, 20, 36, 48, 50, 64, 100, 150, 200, 386, 500)),
                           dice.randrange(20, 4000) * 1e6)

    def _story(self, project: MadeProject, outlet: int) -> Understood:
        dice = self._dice
        language = dice.choices(list(self._words), weights=(4, 3, 3, 1))[0]
        words, weights = self._words[language]
        facts = [f"{project.name or project.operator} {project.city} {project.megawatts:g} MW",
                 f"{project.operator} {project.dollars:.0f} USD", *project.partners]
        paragraphs = []
        for fact in [*facts, *[""] * dice.randrange(2, 6)]:
            said = dice.choices(words, cum_weights=weights, k=dice.randrange(40, 110))
            at = dice.randrange(len(said))
            paragraphs.append(" ".join([*said[:at], fact, *said[at:]]).strip() + ".")
        text = "\n\n".join(paragraphs)
        title = " ".join([project.operator, *dice.choices(words, cum_weights=weights, k=7)])
        return self._answer(text, title, language, outlet, self._claims(project, text))

    def _copied(self, original: Understood, outlet: int) -> Understood:
        kept = original.document.text.split("\n\n")
        if len(kept) > 3 and self._dice.random() < 0.5:
            kept.pop()
        text = "\n\n".join(kept)
        claims = tuple(replace(c, quote_start=0, quote_end=20, quote=text[:20]) for c in original.claims.claims)
        return self._answer(text, original.document.title or "", original.document.language, outlet,
                            Claims(original.claims.subjects, claims))

    def _claims(self, project: MadeProject, text: str) -> Claims:
        dice = self._dice
        organizations = (project.operator, *(one for one in project.partners if dice.random() < 0.6))
        city = project.city if dice.random() < 0.85 else None
        said: list[tuple[str, dict[str, object]]] = [("country", {"value_text": project.country})]
        said += [("organization", {"value_text": one, "value_printed": one}) for one in organizations]
        said += [("name", {"value_text": project.name})] if project.name else []
        said += [("city", {"value_text": city})] if city else []
        said += [("capacity", {"value_number": project.megawatts, "unit": "MW", "stage": "total"}),
                 ("investment", {"value_number": project.dollars, "unit": "USD"}),
                 ("status", {"value_text": dice.choice(("announced", "agreement", "under_construction"))}),
                 ("milestone", {"value_text": "operational", "date": str(dice.randrange(2024, 2030))}),
                 ("energy", {"value_text": "solar"})]
        claims = tuple(Claim(kind, text[:40], 0, 40, **values) for kind, values in said)  # type: ignore[arg-type]
        return Claims((Subject("main", (project.name,) if project.name else (), organizations, project.country,
                               city),), claims)

    def _answer(self, text: str, title: str, language: str, outlet: int, claims: Claims) -> Understood:
        url = f"https://outlet-{outlet}.test/story/{self._number}"
        # forty a day, now and then one that is some days late
        day = _FIRST + timedelta(days=max(self._number // 40 - self._dice.choice((0, 0, 0, 1, 2, 9)), 0))
        document = Document(url, url, title, text, language, 1.0, day.isoformat(), outlet=f"Outlet {outlet}",
                            site=f"Outlet {outlet}", method="made")
        return Understood(document, Match(True, 0.9, 0.5, ("data center",), ()), claims)

    def _invent(self, syllables: int) -> str:
        dice = self._dice
        return "".join(dice.choice(_ONSETS) + dice.choice(_NUCLEI) for _ in range(syllables)).capitalize() \
            + dice.choice(_CODAS) + dice.choice(_ONSETS) + dice.choice(_NUCLEI)


def _falling(count: int, slope: float = 1.0) -> list[float]:
    return [1 / (rank + 3) ** slope for rank in range(count)]


def _vocabulary() -> dict[str, tuple[list[str], list[float]]]:
    """Words of each language and their frequencies, summed up; half of all draws come from a long invented tail,
    because a press of 100,000 articles has a hundred times the words of our newsroom."""
    counted: dict[str, dict[str, float]] = defaultdict(lambda: defaultdict(float))
    for story in labelled_stories(date(2026, 11, 22)):
        for word in re.findall(r"\w+", story["text"]):
            counted[story["lang"]][word] += 1
    dice = random.Random(5)
    for words in counted.values():
        known, total = list(words), sum(words.values())
        for _ in range(20_000):
            a, b = dice.choice(known), dice.choice(known)
            made = a[:dice.randrange(2, 6)] + b[-dice.randrange(2, 6):]
            words.setdefault(made, total / 40_000)
    return {language: (list(words), list(accumulate(words.values())))
            for language, words in sorted(counted.items())}
