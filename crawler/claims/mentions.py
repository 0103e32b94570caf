"""Every mention of what may be an organisation: known names, capitalised runs, Arabic names after a marker."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass

from crawler.claims.alias_words import is_place, without_words
from crawler.claims.arabic import arabic_names
from crawler.claims.context import Context
from crawler.claims.directory import Found, NameTable, key_of, longest, look_up
from crawler.claims.lexicon import Lexicon, Organization
from crawler.claims.passage import Passage
from crawler.claims.phrases import Token
from crawler.claims.proper import LINKS, REGIONS, Run, has_odd_case, title_case

_WITH_PRODUCTS = frozenset(("hyperscaler", "technology", "media", "certifier", "university"))
_OF_PLACE = frozenset(("bank", "authority", "agency", "university", "corporation", "fund"))
_COUNTRY = re.compile(r"USA|UK|UAE|EU|US|CI|RDC|KSA")
LEGAL = frozenset(("inc", "ltd", "limited", "llc", "plc", "sa", "sas", "sarl", "gmbh", "bhd", "corp", "ltda", "spa",
                    "bv", "nv"))
_CAMEL = re.compile(r"[a-z][A-Z]|^[A-Z0-9&+]{2,}$")
_AMOUNT = re.compile(r"\d[\d.,]*(?:[^\W\d]\w*)?|(?:R|RM|US|USD|EUR|Rs|INR|AED|SAR)\d[\d.,]*|[QTHS]\d")


@dataclass(frozen=True, slots=True)
class Mention:
    """One name in title or body. `key` is its folded form, `known` its entry of the alias file; `head`: where the
    word for a company begins that is printed with an Arabic name (شركة X), -1: none."""

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
    head: int = -1


@dataclass(frozen=True, slots=True)
class _LookAlikes:
    """The alias file seen through a font where a capital I and a small l are one (lozera for Iozera)."""

    names: NameTable[Organization]

    def begins(self, word: str, /) -> bool:
        return word[0] == "l" and len(word) > 4 and self.names.begins("i" + word[1:])

    def get(self, key: str, /) -> Organization | None:
        return self.names.get("i" + key[1:])


def known_spans(passage: Passage, lexicon: Lexicon, sure: Collection[str] = ()) -> list[Found[Organization]]:
    """Names of the alias file in `passage`, look-alikes included; `sure`: those that the document tells elsewhere."""
    found = without_words(passage, [hit for hit in look_up(passage.tokens, lexicon.organizations)
                                    if not _part_of_name(passage, hit, lexicon) and not _ends_quotation(passage, hit)
                                    and not is_place(passage, hit, lexicon.gazetteer)], sure)
    alike = _LookAlikes(lexicon.organizations)
    taken = {index for hit in found for index in range(hit.first, hit.last + 1)}
    for index, token in enumerate(passage.tokens):
        if token.text[0] == "l" and index not in taken and token.printed[0] in "lI":
            hit = longest(passage.tokens, index, alike)
            found += [hit] if hit is not None else []
    return sorted(found, key=lambda hit: hit.first)


def _part_of_name(passage: Passage, hit: Found[Organization], lexicon: Lexicon) -> bool:
    """One word that only ends another name: بنك الجزيرة, Corvus Switch (not: القابضة alone)."""
    if hit.first < hit.last or hit.first == 0 or passage.tokens[hit.first].gap != " ":
        return False
    token, before = passage.tokens[hit.first], passage.tokens[hit.first - 1]
    if before.sentence != token.sentence:
        return False
    if token.arabic:
        return not token.text.startswith("و") and not {"شركه", "مجموعه", "الشركه", "المجموعه"} & set(before.forms) and (
            not lexicon.sets["name_head_ar"].isdisjoint(before.forms))
    tail = token.text in lexicon.sets["name_tail"] or token.text in lexicon.sets["generic"]
    return tail and before.capital and before.text not in lexicon.sets["stop"] and not title_case(passage)


def _ends_quotation(passage: Passage, hit: Found[Organization]) -> bool:
    """«قطر داتا فولت»: the last words of a longer name in quotes; a name of two Arabic words at most stands before."""
    tokens = passage.tokens
    behind = tokens[hit.last + 1].gap if hit.last + 1 < len(tokens) else passage.prose.folded.text[-1:]
    if not tokens[hit.first].arabic or tokens[hit.first].gap != " " or hit.first == 0 or '"' not in behind[:2]:
        return False
    opens = next((at for at in (hit.first - 1, hit.first - 2) if at >= 0 and '"' in tokens[at].gap[-1:]), None)
    return opens is not None and tokens[opens].sentence == tokens[hit.first].sentence \
        and all(token.gap == " " for token in tokens[opens + 1:hit.first + 1]) \
        and not any(form.startswith(("شركه", "مجموعه", "بنك", "صندوق")) for form in tokens[opens].forms)


def find_mentions(contexts: tuple[Context, Context], runs: tuple[Sequence[Run], Sequence[Run]], lexicon: Lexicon,
                  known: tuple[list[Found[Organization]], list[Found[Organization]]],
                  places: tuple[set[int], set[int]], language: str) -> list[Mention]:
    """All mentions in title and body; `runs`: the capitalised runs of either; `places`: words that name a place."""
    mentions: list[Mention] = []
    for context, capitals, hits, placed in zip(contexts, runs, known, places, strict=True):
        title = context is contexts[0]
        passage = context.passage
        taken: set[int] = set()
        for hit in hits:
            if _of_longer(passage, hit, lexicon, placed, hits) and not (title and title_case(passage)):
                continue
            arabic = passage.tokens[hit.first].arabic
            last = _of_field(passage, hit.last, lexicon) if arabic else _grown(passage, hit.last, lexicon, placed)
            mentions.append(_mention(passage, hit.first, last, title, hit.value, skipped=hit.skipped))
            taken.update(range(hit.first, last + 1))
        if not (title and title_case(passage)):
            mentions += _capitalised(context, capitals, lexicon, taken, placed, title,
                                     nouns_capitalised=language == "de")
        mentions += [_mention(passage, span.first, span.last, title, skipped=span.skipped, marked=span.marked,
                              head=span.headed)
                     for span in arabic_names(context, lexicon, taken, placed)]
    return mentions


def _of_longer(passage: Passage, hit: Found[Organization], lexicon: Lexicon, placed: set[int],
               hits: list[Found[Organization]]) -> bool:
    """Is this the beginning of another company's name (Salfa Sur, Ripalda-Semaica)? Products of the makers of chips and
    clouds (Google Gemini) are not asked."""
    tokens, at = passage.tokens, hit.last + 1
    if hit.first < hit.last or tokens[hit.first].arabic or hit.value.kind in _WITH_PRODUCTS or at >= len(tokens):
        return False
    token = tokens[at]
    if token.arabic or not token.capital or token.sentence != tokens[hit.last].sentence or not token.printed.isalpha():
        return False
    if token.gap == "-":
        return any(other.first == at for other in hits)
    plain = token.text in lexicon.sets["generic"] or token.text in LEGAL or token.text in lexicon.sets["person_noun"]
    return token.gap == " " and not plain and at not in placed and token.text not in lexicon.sets["given_name"] \
        and len(token.text) > 2 and not token.printed.isupper() and token.text not in lexicon.sets["name_head"] \
        and not any(other.first == at for other in hits)


def _of_field(passage: Passage, last: int, lexicon: Lexicon) -> int:
    """The end of a known Arabic name with its field: حسن علام للإنشاءات."""
    tokens = passage.tokens
    at = last + 1
    if at < len(tokens) and tokens[at].text in lexicon.sets["name_wider_ar"] and tokens[at].gap == " " \
            and tokens[at].sentence == tokens[last].sentence:
        return at  # بنك نزوى الدولي
    field = at < len(tokens) and tokens[at].gap == " " and tokens[at].sentence == tokens[last].sentence \
        and len(tokens[at].text) > 5 and tokens[at].text.startswith("لل") and tokens[at].text.endswith(("ات", "ا", "ه"))
    return at if field else last


def _grown(passage: Passage, last: int, lexicon: Lexicon, placed: set[int]) -> int:
    """The end of a known name with what belongs to it: Google Chile, MTN Group, Soluna Technologies, Ltd."""
    tokens = passage.tokens
    while last + 1 < len(tokens):
        following = tokens[last + 1]
        legal = following.text in LEGAL and following.gap in (" ", ", ") and following.capital
        ahead = tokens[last + 2] if last + 2 < len(tokens) else None
        headed = ahead is not None and following.text in lexicon.sets["name_head"] and ahead.capital \
            and ahead.gap == " " and ahead.text in lexicon.sets["name_tail"]  # National Grid Electricity Distribution
        part = following.gap in (" ", "-") and following.capital and not following.arabic and (
            headed or (following.text in lexicon.sets["name_tail"] and following.text not in lexicon.sets["not_names"])
            or (last + 1 in placed and following.gap == " ") or _COUNTRY.fullmatch(following.printed))
        if following.sentence == tokens[last].sentence and following.printed == "of" and ahead is not None \
                and ahead.capital and last + 2 in placed and tokens[last].text in _OF_PLACE and tokens[last].capital:
            last += 2  # Exim Bank of India
            continue
        if following.sentence != tokens[last].sentence or not (legal or part):
            return last
        last += 1
        while last + 1 < len(tokens) and last in placed and last + 1 in placed and tokens[last + 1].gap in ("-", "'"):
            last += 1
    return last


def _mention(passage: Passage, first: int, last: int, title: bool, known: Organization | None = None, *,
             skipped: int = 0, opens: bool = False, marked: bool = False, head: bool = False) -> Mention:
    tokens = passage.tokens
    start, end = tokens[first].start + skipped, tokens[last].end
    printed = passage.prose.text[start:end]
    following = tokens[last + 1].gap if last + 1 < len(tokens) else passage.prose.folded.text[-1:]
    quoted = '"' in tokens[first].gap[-2:] and '"' in following[:2]
    if following.startswith(".") and printed.split()[-1].lower().rstrip(".") in {"inc", "ltd", "corp", "co"}:
        end, printed = end + 1, printed + "."
    return Mention(key_of(printed), known, title, first, last, start, end, printed, opens, quoted, marked,
                   tokens[first - 1].end - len(tokens[first - 1].forms[-1]) if head else -1)


def _capitalised(context: Context, runs: Sequence[Run], lexicon: Lexicon, taken: set[int], placed: set[int],
                 title: bool, *, nouns_capitalised: bool) -> list[Mention]:
    passage = context.passage
    lower = {t.text for t in passage.tokens if not t.capital}
    generic, trade = lexicon.sets["generic"], lexicon.sets["trade"]
    adjectives = passage.origins
    mentions = []
    for run in runs:
        first, last, opens = run.first, run.last, run.opens
        while first < last and (_AMOUNT.fullmatch(passage.tokens[first].printed) or (
                first in adjectives and first not in placed and not all(
                    passage.tokens[i].text in trade for i in range(first + 1, last + 1)))):
            first, opens = first + 1, False  # not: Caribe Link, African Export Bank, China Harbour Works
        while first <= last and opens and passage.tokens[first].text in lower and not _camel(passage.tokens[first]):
            first, opens = first + 1, False
        if first < last and passage.tokens[first].gap != "-" and passage.tokens[first].text in lexicon.sets["company"] \
                and passage.tokens[first + 1].gap == " ":
            first, opens = first + 1, False  # Builder Hansen Vale expects
        words = range(first, last + 1)
        if first > last or any(index in taken for index in words) or all(index in placed for index in words):
            continue
        tail = passage.tokens[last]
        if first < last and first in placed and tail.text in lexicon.sets["name_tail"] and tail.gap == " " \
                and (tail.text not in lexicon.sets["name_nouns"] or tail.text == "cloud"
                     or context.before(first, "company_noun") is not None) \
                and not title:
            mentions.append(_mention(passage, first, _with_legal_form(passage, last), title, opens=opens))
            continue  # Détroit Télécoms: a place and a word of companies
        if _of_office(passage, first, last, lexicon):
            continue
        headed = first < last and passage.tokens[first].text in lexicon.sets["name_head"] \
            and any(passage.tokens[i].text in LINKS for i in words)  # University of Cambridge
        headed = headed or (first < last and passage.tokens[first].text in REGIONS and tail.gap == " "
                            and tail.text in lexicon.sets["name_tail"])
        headed = headed or (last - first > 1 and first in adjectives and tail.text in lexicon.sets["origin_tail"])
        plain = not headed and all(_says_little(passage, i, generic, placed | adjectives) for i in words)
        if plain or (first == last and _AMOUNT.fullmatch(passage.tokens[first].printed)):
            continue
        if opens and first < last and _alone(passage, first + 1, last):
            first, opens = first + 1, False
        if nouns_capitalised and not has_odd_case(passage.printed(first, last)) \
                and (first == last or passage.tokens[last].text not in lexicon.sets["name_tail"]):
            continue
        last = _with_legal_form(passage, last)
        mentions.append(_mention(passage, first, last, title, opens=opens))
    return mentions


def _says_little(passage: Passage, index: int, generic: frozenset[str], placed: set[int]) -> bool:
    text = passage.tokens[index].text
    return text in generic or len(text) < 2 or index in placed


def _of_office(passage: Passage, first: int, last: int, lexicon: Lexicon) -> bool:
    """Haut commissaire à la Numérisation, ministre de l'Économie: somebody's office, no organisation."""
    tokens = passage.tokens
    if last > first and f"{tokens[first].text} {tokens[first + 1].text}" in lexicon.sets["person_noun"]:
        return True
    before = first - 1
    while before > max(first - 4, 0) and tokens[before].text in LINKS:
        before -= 1
    return 0 <= before < first - 1 and tokens[before].sentence == tokens[first].sentence \
        and tokens[before].text.startswith(("minist", "secretar", "commissaire"))


def _alone(passage: Passage, first: int, last: int) -> bool:
    """Do these words stand elsewhere without the word before them (Whether Google ... Google)?"""
    tokens = passage.tokens
    wanted = [t.printed for t in tokens[first:last + 1]]
    return any(index != first and [t.printed for t in tokens[index:index + len(wanted)]] == wanted
               and tokens[index - 1].text != tokens[first - 1].text for index in range(1, len(tokens)))


def _with_legal_form(passage: Passage, last: int) -> int:
    tokens = passage.tokens
    while last + 1 < len(tokens) and tokens[last + 1].text in LEGAL and tokens[last + 1].gap in (" ", ", ") \
            and tokens[last + 1].capital:  # not: Oued Compute, sa filiale
        last += 1
    return last


def _camel(token: Token) -> bool:
    return bool(_CAMEL.search(token.printed))
