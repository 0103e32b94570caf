"""Spellings of the alias file that are everyday words, too: when a text means the word and not the company."""

from __future__ import annotations

import re
from collections.abc import Collection

from crawler.claims.directory import Found
from crawler.claims.gazetteer import Gazetteer
from crawler.claims.lexicon import Organization
from crawler.claims.passage import Passage
from crawler.claims.proper import title_case

_COMPANY = frozenset(("شركه", "مجموعه", "شركات", "صندوق", "موسسه"))
_VERBS = ("acts", "role_verb", "part_after.developer", "part_after.operator", "part_after.supplier",
          "part_after.financier", "part_after.authority", "part_after.partner")
_BETWEEN = frozenset(("also", "now", "ya", "se", "s", "y", "aussi", "tambien"))
_AUXILIARIES = frozenset(("ha", "hat", "heeft", "wird", "had", "doit", "debe", "deve", "muss", "moet", "soll",
                          "wollte"))
_PARTICIPLE = re.compile(r".+(?:é|i|is|du|truit|dit|ert)")  # after a French `a`
_IN = frozenset(("in", "en", "near", "bei", "em", "outside"))
_AND = frozenset(("and", "et", "y", "und", "e", "en"))
# Finite verbs by their form, future and past: tendrá, construira, agregó. Infinitives and nouns end otherwise.
_FINITE = re.compile(r"[a-zé]{2,}(?:[eidur]ra|eront|[aei]rán?|[aei]ría|ieron|aron|[^aeiou]ó)")
_HEADLINE = 40  # words: what is longer is no headline
_AROUND = 3  # words to either side that tell whether all is in capitals


def without_words(passage: Passage, hits: list[Found[Organization]],
                  sure: Collection[str] = ()) -> list[Found[Organization]]:
    """`hits` without those that are mere words. `sure`: names that are companies elsewhere in the document; a spelling
    that is a company in one sentence is one where it begins the next."""
    doubtful = [hit for hit in hits if _is_doubtful(passage, hit)]
    if not doubtful:
        return hits
    named = {hit.value.name for hit in hits if hit not in doubtful}.union(sure)
    return [hit for hit in hits if hit not in doubtful
            or (hit.value.name in named and _capital_is_due(passage, hit)) or _acts(passage, hit)]


def is_place(passage: Passage, hit: Found[Organization], places: Gazetteer) -> bool:
    """A centro de datos en Santander, a hall in Aruba: a name of both, where a place is named. Not behind a French `à`
    (confié à Carrefour)."""
    before = hit.first - 1
    tokens = passage.tokens
    return before >= 0 and hit.first == hit.last and tokens[before].text in _IN \
        and tokens[before].sentence == tokens[hit.first].sentence and places.get(tokens[hit.first].text) is not None


def _is_doubtful(passage: Passage, hit: Found[Organization]) -> bool:
    """Liquid cooling saves water; Diez empresas; المدى الطويل: may this be a mere word?

    An everyday word (`words:` of the alias file) may where a capital says nothing: at the beginning of a sentence, in a
    headline in capitals. A short acronym that is not printed in capitals may there, too, and everywhere if it is also
    an everyday word. In Arabic a company is announced, or acts, or has a nationality.
    """
    known = hit.value
    token = passage.tokens[hit.first]
    if token.arabic:
        return known.word and not _announced(passage, hit)
    if known.acronym and not token.printed.isupper():
        return known.word or _says_little(passage, hit)
    if known.word:
        capitals = token.printed.isupper() and len(token.text) > 1
        return _all_capitals(passage, hit) if capitals else _says_little(passage, hit)
    return hit.first == hit.last and not token.printed.isupper() and _opens(passage, hit) \
        and _stands_small(passage, token.text)


def _capital_is_due(passage: Passage, hit: Found[Organization]) -> bool:
    """Not an Arabic word, not one that is an acronym with its capitals alone."""
    token, known = passage.tokens[hit.first], hit.value
    return not token.arabic and (token.printed.isupper() or not (known.acronym and known.word))


def _announced(passage: Passage, hit: Found[Organization]) -> bool:
    tokens, first = passage.tokens, hit.first
    before = tokens[first - 1] if first else None
    quoted = '"' in tokens[first].gap and (hit.last + 1 == len(tokens) or '"' in tokens[hit.last + 1].gap)
    if quoted or (before is not None and not _COMPANY.isdisjoint(before.forms)):
        return True
    if any(h.last == first - 1 or (h.first == hit.last + 1 and _opens(passage, hit)) for h in passage.of("acts")):
        return True
    return hit.last + 1 in passage.origins and hit.last not in passage.origins


def _acts(passage: Passage, hit: Found[Organization]) -> bool:
    """Is it the subject or the owner: Free va, Claro también invertirá, Scala promete, Meta's campus, Oracle and X?"""
    tokens, at = passage.tokens, hit.last + 1
    if not _capital_is_due(passage, hit):
        return False
    if at >= len(tokens) or tokens[at].sentence != tokens[hit.first].sentence:
        return False
    if tokens[at].gap == "'" and tokens[at].text == "s":
        return True
    if at + 1 < len(tokens) and tokens[at + 1].capital and (tokens[at].text in _AND or tokens[at].gap == ", ") \
            and len(passage.tokens) > _HEADLINE:
        return True
    if tokens[at].gap == " " and (tokens[at].text in _AUXILIARIES or (
            tokens[at].text == "a" and at + 1 < len(tokens) and _PARTICIPLE.fullmatch(tokens[at + 1].printed))):
        return True
    places = (at, at + 1) if tokens[at].text in _BETWEEN else (at,)
    return any(h.first in places for label in _VERBS for h in passage.of(label)) or (
        tokens[at].gap == " " and not tokens[at].capital and bool(_FINITE.fullmatch(tokens[at].printed)))


def _says_little(passage: Passage, hit: Found[Organization]) -> bool:
    return _opens(passage, hit) or (len(passage.tokens) <= _HEADLINE and title_case(passage))


def _opens(passage: Passage, hit: Found[Organization]) -> bool:
    tokens, first = passage.tokens, hit.first
    return first == 0 or tokens[first - 1].sentence != tokens[first].sentence \
        or any(mark in tokens[first].gap for mark in ':"(')


def _all_capitals(passage: Passage, hit: Found[Organization]) -> bool:
    """Are all the words around in capitals, too (LE CHANTIER DU DATA CENTER)?"""
    tokens = passage.tokens
    around = [t.printed for t in (*tokens[max(0, hit.first - _AROUND):hit.first],
                                  *tokens[hit.last + 1:hit.last + 1 + _AROUND]) if len(t.text) > 1 and t.text.isalpha()]
    return len(around) > 1 and all(word.isupper() for word in around)


def _stands_small(passage: Passage, text: str) -> bool:
    """Does this text print the word without a capital, too?"""
    return any(t.text == text and not t.capital for t in passage.tokens)
