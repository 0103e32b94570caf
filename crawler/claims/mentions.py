"""Every mention of what may be an organisation: known names, capitalised runs, Arabic names after a marker."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from crawler.claims.context import Context
from crawler.claims.directory import Found, key_of, look_up
from crawler.claims.lexicon import Lexicon, Organization
from crawler.claims.passage import Passage
from crawler.claims.phrases import Token
from crawler.claims.proper import runs, title_case

_OPEN, _CLOSE = re.compile(r'["(]$'), re.compile(r'^["):.,]')
_CAMEL = re.compile(r"[a-z][A-Z]|^[A-Z0-9&+]{2,}$")


@dataclass(frozen=True, slots=True)
class Mention:
    """One name in title or body. `key` is its folded form, `known` its entry of the alias file."""

    key: str
    known: Organization | None
    title: bool
    first: int
    last: int
    start: int
    end: int
    printed: str
    opens: bool = False
    quoted: bool = False
    marked: bool = False


@dataclass(frozen=True, slots=True)
class _LookAlikes:
    """The alias file seen through a font where a capital I and a small l are one (lozera for Iozera)."""

    names: dict[str, Organization]

    def get(self, key: str, /) -> Organization | None:
        return self.names.get("i" + key[1:]) if key[0] == "l" and len(key) > 4 else None


def known_spans(passage: Passage, lexicon: Lexicon) -> list[Found[Organization]]:
    """Names of the alias file in `passage`, look-alikes included."""
    found = look_up(passage.tokens, lexicon.organizations)
    alike = _LookAlikes(dict(lexicon.organizations))
    taken = {index for hit in found for index in range(hit.first, hit.last + 1)}
    for hit in look_up(passage.tokens, alike, capitals=False):
        if hit.first not in taken and passage.tokens[hit.first].printed[0] in "lI":
            found.append(hit)
    return sorted(found, key=lambda hit: hit.first)


def find_mentions(contexts: tuple[Context, Context], lexicon: Lexicon,
                  known: tuple[list[Found[Organization]], list[Found[Organization]]],
                  places: tuple[set[int], set[int]]) -> list[Mention]:
    """All mentions in title and body; `places`: words of either that name a place."""
    mentions: list[Mention] = []
    for context, hits, placed in zip(contexts, known, places, strict=True):
        title = context is contexts[0]
        passage = context.passage
        taken: set[int] = set()
        for hit in hits:
            mentions.append(_mention(passage, hit.first, hit.last, title, hit.value, skipped=hit.skipped))
            taken.update(range(hit.first, hit.last + 1))
        if not (title and title_case(passage)):
            mentions += _capitalised(passage, lexicon, taken, placed, title)
        mentions += _arabic(context, lexicon, taken, placed, title)
    return mentions


def _mention(passage: Passage, first: int, last: int, title: bool, known: Organization | None = None, *,
             skipped: int = 0, opens: bool = False, marked: bool = False) -> Mention:
    tokens = passage.tokens
    start, end = tokens[first].start + skipped, tokens[last].end
    printed = passage.prose.text[start:end]
    following = tokens[last + 1].gap if last + 1 < len(tokens) else passage.prose.folded.text[-1:]
    quoted = '"' in tokens[first].gap[-2:] and '"' in following[:2]
    if following.startswith(".") and printed.split()[-1].lower().rstrip(".") in {"inc", "ltd", "corp", "co"}:
        end, printed = end + 1, printed + "."
    return Mention(key_of(printed), known, title, first, last, start, end, printed, opens, quoted, marked)


def _capitalised(passage: Passage, lexicon: Lexicon, taken: set[int], placed: set[int], title: bool) -> list[Mention]:
    lower = {t.text for t in passage.tokens if not t.capital}
    generic = lexicon.sets["generic"]
    mentions = []
    for run in runs(passage, lexicon.sets["stop"], lexicon.sets["name_head"]):
        first, last, opens = run.first, run.last, run.opens
        while first <= last and opens and passage.tokens[first].text in lower and not _camel(passage.tokens[first]):
            first, opens = first + 1, False
        words = range(first, last + 1)
        if first > last or any(index in taken for index in words) or all(index in placed for index in words):
            continue
        if all(passage.tokens[i].text in generic or len(passage.tokens[i].text) < 2 for i in words):
            continue
        mentions.append(_mention(passage, first, last, title, opens=opens))
    return mentions


def _camel(token: Token) -> bool:
    return bool(_CAMEL.search(token.printed))


def _arabic(context: Context, lexicon: Lexicon, taken: set[int], placed: set[int], title: bool) -> list[Mention]:
    tokens, mentions = context.passage.tokens, []
    heads, tails = lexicon.sets["name_head_ar"], lexicon.sets["name_tail_ar"]
    for index, token in enumerate(tokens):
        if not token.arabic or index in taken:
            continue
        if _OPEN.search(token.gap) and '"' in token.gap:
            last = _closing(tokens, index)
            if last is not None and not any(i in taken for i in range(index, last + 1)):
                mentions.append(_mention(context.passage, index, last, title))
            continue
        head = next((form for form in token.forms if form in heads), None)
        if head is None or index + 1 >= len(tokens) or tokens[index + 1].sentence != token.sentence:
            continue
        span = _after_marker(tokens, index, tails, taken | placed)
        if span is not None:
            first, last = span
            skipped = len(token.text) - len(head) if first == index and token.text.endswith(head) else 0
            mentions.append(_mention(context.passage, first, last, title, skipped=skipped, marked=True))
    return mentions


def _closing(tokens: tuple[Token, ...], first: int) -> int | None:
    for last in range(first, min(first + 5, len(tokens))):
        if last + 1 >= len(tokens) or '"' in tokens[last + 1].gap:
            return last
        if "," in tokens[last + 1].gap or tokens[last + 1].sentence != tokens[first].sentence:
            return None
    return None


def _after_marker(tokens: tuple[Token, ...], index: int, tails: frozenset[str], taken: Iterable[int]
                  ) -> tuple[int, int] | None:
    """شركة + a name: descriptive (every word with the article: marker and words) or foreign (the words alone)."""
    following = tokens[index + 1]
    blocked = set(taken)
    if index + 1 in blocked or following.gap != " " or not following.arabic:
        return None
    last = index
    for at in range(index + 1, min(index + 8, len(tokens))):
        token = tokens[at]
        plain = token.text.removeprefix("و")
        described = plain.startswith(("ال", "لل")) or (at > index + 1 and plain.startswith(("ل", "تك")))
        if token.gap != " " or token.sentence != tokens[index].sentence or not described or not token.arabic:
            break
        last = at
    if last > index + 1 or (last == index + 1 and not tokens[index].text.startswith("شرك")):
        return index, last
    if last == index + 1:
        return None  # الشركة الأمريكية: an adjective, not a name
    last = index + 1
    while last + 1 < len(tokens) and tokens[last + 1].gap == " " and tokens[last + 1].text in tails:
        last += 1
    return index + 1, last
