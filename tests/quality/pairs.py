"""Labelled pairs of texts for near copies: made from our own stories by what happens to a text on its way.

A pair says how it came about (`kind`), whether it is one story, and whether both stand in one outlet. The same pairs
for every run (one seed). `python -m tests.quality.pairs` prints the figures of each kind.
"""

from __future__ import annotations

import random
import re
import sys
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache

from crawler.configuration.locate import PACKAGED, ConfigFolder
from crawler.linking import LinkRules, StoryText, load_rules, sign, similarity
from crawler.linking.copies import relate
from crawler.newsroom import labelled_stories
from tests.linking.texts import FRENCH, FRENCH_FOLLOW_UP, TEXTS
from tests.quality.phases import FOLLOW_UPS, PHASES, UPDATES

_SENTENCE = re.compile(r"(?<=[.!?؟»”])\s+")
_HEADS = {"en": "(Newswire) CAPITAL CITY, March 3 -", "fr": "CAPITALE, 3 mars (Agence) -",
          "es": "CAPITAL, 3 mar (Agencia).-", "ar": "العاصمة، 3 مارس (وكالة) -"}
_FEET = {"en": "Reproduction allowed with mention of the source. Follow us for more news of the sector.",
         "fr": "Reproduction autorisée avec mention de la source. Suivez-nous pour d'autres nouvelles du secteur.",
         "es": "Se permite la reproducción citando la fuente. Síganos para más noticias del sector.",
         "ar": "يسمح بإعادة النشر مع ذكر المصدر. تابعونا لمزيد من أخبار القطاع."}


@dataclass(frozen=True, slots=True)
class Labelled:
    """Two bodies. `copy`: one story; `outlet`: both of one outlet; `other`: the language of the second text."""

    kind: str
    language: str
    first: str
    second: str
    copy: bool
    outlet: bool = False
    other: str | None = None


def pairs(seed: int = 3) -> list[Labelled]:
    """All labelled pairs, several hundred of each side in four languages."""
    dice = random.Random(seed)
    return [*_copies(dice), *_made_apart(dice), *_written_apart(), *_translations()]


@cache
def _bases() -> dict[str, list[str]]:
    texts: dict[str, list[str]] = {language: [text.replace("\n", "\n\n")] for language, text in TEXTS.items()}
    seen: set[str] = set()
    for story in labelled_stories(date(2026, 11, 22)):
        if not story.get("near_copy_of") and story["text"] not in seen and len(story["text"]) > 500:
            seen.add(story["text"])
            texts[story["lang"]].append(story["text"])
    return {language: found[:14] for language, found in texts.items()}


def _copies(dice: random.Random) -> Iterator[Labelled]:
    bases = _bases()
    headlines = _headlines()
    for language, texts in bases.items():
        for number, text in enumerate(texts):
            changes: dict[str, Callable[[str], str]] = {
                "header and footer": lambda t, g=language: f"{_HEADS[g]} {t}\n\n{_FEET[g]}",
                "cut": lambda t, n=number: t[:int(len(t) * (0.9, 0.75, 0.6)[n % 3])],
                "new headline and opening": lambda t, n=number, g=language:
                    f"{headlines[g][n % len(headlines[g])]}\n\n{t}",
                "typos": lambda t, n=number: _typos(t, (0.02, 0.04)[n % 2], dice),
                "ticker in front": lambda t, n=number, g=language: "\n\n".join(
                    [*dice.sample(headlines[g], min(6 + 4 * (n % 3), len(headlines[g]))), t]),
                "read also": lambda t, g=language: _between(t, dice.sample(headlines[g], 3)),
                "desk": lambda t: _desk(t, dice),
                "all at once": lambda t, g=language: f"{_HEADS[g]} {_typos(t[:int(len(t) * 0.75)], 0.01, dice)}",
                "first paragraph gone": lambda t: t.split("\n\n", 1)[-1] if t.count("\n\n") > 2 else t.upper(),
            }
            for kind, change in changes.items():
                if kind in ("desk", "read also", "first paragraph gone", "new headline and opening") and number % 3:
                    continue
                yield Labelled(kind, language, text, change(text), True)
            if number % 3 == 0:
                one, other = changes["cut"](_typos(text, 0.01, dice)), changes["header and footer"](text)
                yield Labelled("two altered copies", language, one, other, True)
                yield Labelled("live page copied with an update", language, text, f"{UPDATES[language]}\n\n{text}", True)
                yield Labelled("corrected in one outlet", language, text, _typos(text, 0.002, dice), True, outlet=True)


def _made_apart(dice: random.Random) -> Iterator[Labelled]:
    bases, headlines = _bases(), _headlines()
    for language, texts in bases.items():
        for number, text in enumerate(texts):
            fresh = texts[(number + 5) % len(texts)]
            for share in (0.3, 0.5, 0.6):
                told = _follow_up(text, fresh, share)
                yield Labelled(f"follow-up, {share:.0%} background", language, text, told, False)
                if share == 0.5:
                    yield Labelled("follow-up of one desk", language, text, told, False, outlet=True)
            if number % 3 == 0:
                ticker = "\n\n".join(dice.sample(headlines[language], min(5, len(headlines[language]))))
                yield Labelled("two stories behind one ticker", language, f"{ticker}\n\n{text}",
                               f"{ticker}\n\n{fresh}", False)
                yield Labelled("a brief quoted whole", language, text.split("\n\n")[0], f"{fresh}\n\n"
                               + text.split("\n\n")[0], False)
                yield Labelled("other story", language, text, fresh, False)
                yield Labelled("live page of one outlet", language, text,
                               f"{UPDATES[language]}\n\n{_head(fresh, 0.4)}\n\n{text}", False, outlet=True)


def _written_apart() -> Iterator[Labelled]:
    for language, first, second in PHASES:
        for outlet in (False, True):
            yield Labelled("two phases of one campus", language, first, second, False, outlet)
    for language, first, second in [*FOLLOW_UPS, ("fr", FRENCH, FRENCH_FOLLOW_UP)]:
        for outlet in (False, True):
            yield Labelled("follow-up, hand-written", language, first, second, False, outlet)


def _translations() -> Iterator[Labelled]:
    by_project: dict[str, list[dict[str, str]]] = defaultdict(list)
    for story in labelled_stories(date(2026, 11, 22)):
        for project in story["projects"]:
            if project["role"] == "main":
                by_project[project["key"]].append(story)
    for stories in by_project.values():
        languages = {story["lang"]: story["text"] for story in stories}
        (first, text), *others = sorted(languages.items())
        for other, translated in others:
            yield Labelled("another language", first, text, translated, False, other=other)


@cache
def _headlines() -> dict[str, list[str]]:
    found: dict[str, list[str]] = defaultdict(list)
    for story in labelled_stories(date(2026, 11, 22)):
        found[story["lang"]].append(story["title"])
    return {language: list(dict.fromkeys(titles)) for language, titles in found.items()}


def _follow_up(text: str, fresh: str, share: float) -> str:
    """A new lead of other words, then background of the old story word for word: `share` of the whole."""
    background = _head(text, 0.75)
    new = _head(fresh, 1.0)[:int(len(background) * (1 - share) / share)]
    return f"{new}.\n\n{background}"


def _head(text: str, share: float) -> str:
    sentences = [s for part in text.split("\n\n") for s in _SENTENCE.split(part)]
    return " ".join(sentences[:max(round(len(sentences) * share), 1)])


def _typos(text: str, share: float, dice: random.Random) -> str:
    return "".join(char for char in text if not (char.isalpha() and dice.random() < share))


def _between(text: str, lines: list[str]) -> str:
    parts = text.split("\n\n")
    for number, line in enumerate(lines):
        parts.insert(min(2 * number + 1, len(parts)), line)
    return "\n\n".join(parts)


def _desk(text: str, dice: random.Random) -> str:
    parts = text.split("\n\n")
    if len(parts) > 3:
        parts.pop(dice.randrange(1, len(parts)))
    words = " \n\n ".join(parts).split(" ")
    spare = [word for word in words if word.isalpha()]
    return " ".join(dice.choice(spare) if word.isalpha() and dice.random() < 0.06 else word for word in words)


def verdict(pair: Labelled, rules: LinkRules, dates: tuple[str | None, str | None] = ("2026-03-01", "2026-03-02"),
            ) -> str | None:
    """What linking says of a pair whose articles carry these dates."""
    first = StoryText(1, "https://one.test/a", dates[0], pair.language, "One", pair.first, sign(pair.first))
    second = StoryText(2, "https://two.test/b", dates[1], pair.other or pair.language, "One" if pair.outlet else "Two",
                       pair.second, sign(pair.second))
    return relate(first, second, rules)[0]


def figures(made: Sequence[Labelled], rules: LinkRules, dates: tuple[str | None, str | None]) -> tuple[float, float]:
    """Precision and recall of "one story"."""
    said = [(verdict(pair, rules, dates) == "copy", pair.copy) for pair in made]
    right = sum(found and wanted for found, wanted in said)
    return right / sum(found for found, _ in said), right / sum(wanted for _, wanted in said)


def main() -> None:
    rules = load_rules(ConfigFolder(PACKAGED))
    made = pairs()
    kinds: dict[tuple[bool, str], list[Labelled]] = defaultdict(list)
    for pair in made:
        kinds[pair.copy, pair.kind].append(pair)
    for (copy, kind), group in sorted(kinds.items()):
        right = sum((verdict(pair, rules) == "copy") == copy for pair in group)
        shares = sorted(similarity(pair.first, pair.second).jaccard for pair in group)
        sys.stdout.write(f"{'one story' if copy else 'apart':10} {kind:34} {right}/{len(group)}   "
                         f"shared {shares[0]:.2f} to {shares[-1]:.2f}\n")
    precision, recall = figures(made, rules, ("2026-03-01", "2026-03-02"))
    sys.stdout.write(f"precision {precision:.4f}, recall {recall:.4f} on {len(made)} pairs\n")


if __name__ == "__main__":
    main()
