"""Proper names in Latin letters: runs of capitalised words, with the marks by which to judge them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from crawler.claims.passage import Passage
from crawler.claims.phrases import Token

_INSIDE = re.compile(r" ?[+&/] ?|-|'|\.| ")  # a dash between spaces divides: TROIS-RIVIÈRES - Mauricie Calcul
LINKS = frozenset(("de", "du", "des", "d", "l", "la", "le", "les", "et", "of", "for", "and", "the", "del", "y", "e",
                    "da", "do", "dos", "das", "von", "van", "der", "di", "pour", "a", "para"))
_LONGEST = 8
_LONGEST_WITH_HEAD = 14  # Agence marocaine de développement des investissements et des exportations
_ARTICLES = frozenset(("l", "la", "le", "les", "the", "el"))
_SIDES = frozenset(("norte", "sur", "este", "oeste", "sul", "leste"))
_OF_THE = frozenset(("del", "do", "da"))
_OF_A = frozenset(("du", "del", "da", "do"))
_MINISTRIES = frozenset(("ministry", "ministere", "ministerio", "department", "secretaria", "ministero"))
_THOSE = frozenset(("those", "that", "its", "their", "celle", "celles", "ceux", "celui", "sa", "son", "ses", "su",
                    "sus"))
_AND = frozenset(("et", "y", "and", "e"))
_INSTITUTION = re.compile(r"nation|region|urbain|urbana|general|central|mondial|provincial|nacional")
# Lower-case heads of institutions: a capital follows their `de` (ministère des Télécommunications).
_BODIES = frozenset(("ministere", "ambassade", "communaute", "prefecture", "ministerio", "secretaria", "embajada",
                     "ayuntamiento", "consejeria"))
# `La société tunisienne X`, `la empresa chilena X`: what follows such a head and a nationality is the name.
_PLAIN_HEADS = frozenset(("societe", "compagnie", "groupe", "entreprise", "firme", "empresa", "compania", "grupo",
                          "constructora", "sociedad"))
# `Etihad Water and Electricity`, `Brandt and Sons`: an `and` before one of these goes on.
_PAIRED = frozenset(("electricity", "water", "gas", "power", "light", "sons", "partners", "co", "company", "associates",
                     "brothers", "fils", "hijos", "hermanos", "associes", "communications", "technology", "sewerage",
                     "irrigation", "gaz", "electricite"))
# Geographic nouns with which companies are called: Caribe Link, Golfo Host, Sahel Digital.
REGIONS = frozenset(("caribe", "golfo", "gulf", "sahel", "maghreb", "caribbean", "pacifico", "pacific", "andes",
                     "atlantic", "baltic", "nordic", "levant"))
_ACRONYM = re.compile(r"[A-Z]{2,8}")
_LONGEST_SPELT = 18  # words of a name that its acronym spells out
_SITE_CODE = re.compile(r"(?!TIER|GB|NVL|CO|AIIF)[A-Z]{2,6}-?\d{1,2}")


_ELIDED = frozenset(("l", "d", "c", "s", "j", "n", "m", "t", "qu"))
_ADJECTIVE = re.compile(r"(?:ale?|aine?|ien|ienne|aise?|ique|if|ive|ine|iere?|onde?|ole|aire|oire|uee|ic|elle|eur)$")


@dataclass(frozen=True, slots=True)
class Words:
    """What bounds a name. `stop`: never its first word, but for `openers` amid a sentence; `small`: never its last;
    `titles` (CEO, ministre): end one; `heads` (Agence, University): small words may follow, and in French adjectives;
    `nouns` (Center, Campus) may end one; `calendar`: never part of one."""

    stop: frozenset[str]
    openers: frozenset[str]
    small: frozenset[str]
    titles: frozenset[str]
    heads: frozenset[str]
    nouns: frozenset[str]
    calendar: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Run:
    """tokens[first:last + 1] as one name. `opens`: the first word begins a sentence, so its capital says little."""

    first: int
    last: int
    opens: bool


def runs_of(passage: Passage, words: Words) -> list[Run]:
    """The capitalised runs of `passage` in order."""
    tokens, found = passage.tokens, []
    dashed, spelt = _dashed(passage), _spelt(passage, words)
    index = 0
    while index < len(tokens):
        token = tokens[index]
        if index in spelt:
            found.append(Run(index, spelt[index], opens=False))
            index = spelt[index] + 1
            continue
        begins = is_name_word(token) or (
            (token.text in _BODIES or token.text in words.heads) and _is_institution(tokens, index, words))
        if not begins or _starts_nothing(tokens, index, words):
            index += 1
            continue
        index = _after_nationality(passage, index)
        head = tokens[index].text in words.heads or tokens[index].text in _BODIES
        last = _end(tokens, index, words, head, dashed)
        while last > index and _closes_nothing(tokens[last], words):
            last -= 1
        opens = index == 0 or tokens[index - 1].sentence != tokens[index].sentence \
            or any(mark in tokens[index].gap for mark in ':"(')
        if not (last == index + 1 and last in passage.origins and tokens[index].text in _PLAIN_HEADS):
            found.append(Run(index, last, opens))  # not: la Société française
        index = last + 1
    return found


def _spelt(passage: Passage, words: Words) -> dict[int, int]:
    """First and last word of long names that the acronym in brackets behind them spells out: Société d'automatisation
    des transactions interbancaires et de monétique (SATIM). Small words may be left out of it, and one at the end."""
    tokens, found = passage.tokens, {}
    for index in range(2, len(tokens)):
        token = tokens[index]
        if "(" not in token.gap or token.arabic or not _ACRONYM.fullmatch(token.printed):
            continue
        for first in range(index - 2, max(index - _LONGEST_SPELT, -1), -1):
            if tokens[first].sentence != tokens[index - 1].sentence or tokens[first].arabic \
                    or any(mark in tokens[first + 1].gap for mark in ';:"()'):
                break
            head = tokens[first]
            if head.text[0] == token.text[0] and (head.text in words.heads or head.capital) \
                    and head.text not in words.titles and _spells(tokens[first:index], token.text):
                found[first] = index - 1
                break
    return found


def _spells(words: Sequence[Token], letters: str) -> bool:
    """Are `letters` the first ones of all words but small ones, in order? A place may stand at the end unspelt."""
    initials = "".join(word.text[0] for word in words if word.text not in LINKS)
    return any(token.text in LINKS for token in words) and len(words) > 2 \
        and (initials == letters or (initials[:-1] == letters and words[-1].capital))


def _after_nationality(passage: Passage, index: int) -> int:
    """Where the name begins in `la Société camerounaise Wouri Park`: at Wouri."""
    tokens = passage.tokens
    if tokens[index].text in _PLAIN_HEADS and index + 2 < len(tokens) and index + 1 in passage.origins \
            and not tokens[index + 1].capital and tokens[index + 2].gap == " " and is_name_word(tokens[index + 2]) \
            and tokens[index + 2].sentence == tokens[index].sentence:
        return index + 2
    return index


def _dashed(passage: Passage) -> set[int]:
    """The words behind a long dash: Cosirat–Télématis are two companies; Brandt-Lowell, Export–Import Bank are one."""
    tokens, text = passage.tokens, passage.prose.text
    return {index for index in range(1, len(tokens)) if text[tokens[index].start - 1] in "\u2013\u2014"
            and tokens[index].text != "import"}


def _closes_nothing(token: Token, words: Words) -> bool:
    """A small word at the end of a run; not the Sur of Nimbo Sur, the D of Entel-D."""
    return (token.text in words.small or token.text in LINKS) and not (token.capital and token.gap in (" ", "-", "&"))


def _is_institution(tokens: Sequence[Token], index: int, words: Words) -> bool:
    """L'agence nationale de ..., le ministère du Numérique: desks print them without capitals."""
    if tokens[index].text in _BODIES and not tokens[index].capital:
        at = index + 1
        while at < min(index + 6, len(tokens)) and tokens[at].text in LINKS | {"communes"} \
                and tokens[at].gap in (" ", "'"):
            at += 1
        return index + 1 < at < len(tokens) and is_name_word(tokens[at]) and tokens[at].gap in (" ", "'") \
            and tokens[at].sentence == tokens[index].sentence
    return tokens[index].text in words.heads and index + 2 < len(tokens) and index > 0 \
        and (tokens[index - 1].text in _ARTICLES or tokens[index - 1].text in LINKS) \
        and tokens[index + 1].gap == tokens[index + 2].gap == " " \
        and bool(_INSTITUTION.match(tokens[index + 1].text)) and tokens[index + 2].text in LINKS


def _starts_nothing(tokens: Sequence[Token], index: int, words: Words) -> bool:
    token = tokens[index]
    elided = token.text in _ELIDED and index + 1 < len(tokens) and tokens[index + 1].gap == "'"
    if token.text == "o" and index + 1 < len(tokens) and tokens[index + 1].gap == "'":
        return False  # O'Leary
    if token.text in words.openers and index > 0 and tokens[index - 1].sentence == token.sentence \
            and token.capital and token.gap == " " and _named(tokens, index + 1):
        return False  # the New Urban Communities Authority
    if token.text in words.small and token.capital and _named(tokens, index + 1) and (
            (len(token.text) > 1 and token.printed.isupper())  # AM Wind
            or (index > 0 and tokens[index - 1].sentence == token.sentence and token.gap == " "
                and not tokens[index - 1].capital)):  # the contractor Al Rimal Trading
        return False
    if token.text in REGIONS and token.capital and _named(tokens, index + 1) and token.text not in words.openers:
        return False  # Golfo Digital
    return token.text in words.stop or token.text in words.titles or elided


def is_name_word(token: Token) -> bool:
    """A Latin word with a capital in it (xAI, G42, Orange)."""
    return not token.arabic and token.capital and not token.printed.isdigit()


def _end(tokens: Sequence[Token], first: int, words: Words, head: bool, dashed: set[int]) -> int:
    last = first
    for index in range(first + 1, min(first + (_LONGEST_WITH_HEAD if head else _LONGEST), len(tokens))):
        token = tokens[index]
        inside = _INSIDE.fullmatch(token.gap) or (token.gap == ". " and len(tokens[index - 1].text) == 1) \
            or (tokens[first].text in _MINISTRIES and token.gap == ", " and _row_closes(tokens, index))
        if token.sentence != tokens[first].sentence or not inside or token.text in words.titles \
                or (token.text == "s" and token.gap == "'") or index in dashed:
            break
        if token.text in _AND and token.gap == " " and index == last + 1 and index + 1 < len(tokens) \
                and tokens[index + 1].text in _PAIRED and _named(tokens, index + 1):
            last = index + 1
            continue
        if head and token.text in _AND and _other_follows(tokens, index + 1, words):
            break
        if token.printed in _OF_THE and _named(tokens, index + 1) and (
                tokens[index + 1].text not in words.stop or tokens[index + 1].text in _SIDES):
            continue  # Nubes del Sur
        if head and token.text in LINKS and token.printed != "a" \
                and (token.text not in _ARTICLES or tokens[index - 1].text in LINKS):
            continue
        if not (_goes_on(tokens, index, words, head) or (head and _fits_head(tokens, index, last))
                or token.gap == "'" or (_is_number(token, index == last + 1) and not _counts(tokens, index + 1))):
            break
        last = index
    return last


def _goes_on(tokens: Sequence[Token], index: int, words: Words, head: bool) -> bool:
    token = tokens[index]
    allowed = token.text not in words.stop or token.text in words.nouns or head or (
        len(token.text) > 2 and token.text not in words.calendar and not token.printed.isupper())  # Vida Central
    joined = index + 1 < len(tokens) and tokens[index + 1].gap == "&"
    return is_name_word(token) and (allowed or joined or token.gap != " " or _named(tokens, index + 1))


def _other_follows(tokens: Sequence[Token], index: int, words: Words) -> bool:
    """Banco de Desarrollo y la CAF, Banque mondiale et Banque ouest-africaine: another organisation begins."""
    if index >= len(tokens):
        return False
    if tokens[index].text in _OF_A and index + 1 < len(tokens) and not tokens[index + 1].capital:
        return True  # Banque Meurisse et du fonds néerlandais Polderkapitaal
    return tokens[index].text in _ARTICLES | _THOSE or (
        tokens[index].capital and tokens[index].text in words.heads)


def _row_closes(tokens: Sequence[Token], index: int) -> bool:
    """Ministry of Economy, Trade and Industry: one capitalised word, an `and`, and another one."""
    at, wanted = index, (True, False, True)
    for name in wanted:
        while at < len(tokens) and tokens[at].text in LINKS and tokens[at].text not in _AND:
            at += 1
        if at >= len(tokens) or (at > index and tokens[at].gap not in (" ", "'")) \
                or not (is_name_word(tokens[at]) if name else tokens[at].text in _AND):
            return False
        at += 1
    return True


def _is_number(token: Token, next_to_name: bool) -> bool:
    """Hut 8, BX 2, MRS-5."""
    return token.printed.isdigit() and (token.gap == "-" or (
        token.gap == " " and len(token.printed) <= 2 and next_to_name))


def _counts(tokens: Sequence[Token], index: int) -> bool:
    """Caisse du Nord 90 millions: what follows the number is what is counted."""
    return index < len(tokens) and tokens[index].gap == " " and not tokens[index].capital \
        and len(tokens[index].text) > 3


def _fits_head(tokens: Sequence[Token], index: int, last: int) -> bool:
    """Banque mondiale, Fonds souverain de Djibouti: an adjective after the head, a noun after its `de`."""
    token = tokens[index]
    if not token.printed.isalpha() or token.capital:
        return False
    if index == last + 1:
        if index > 2 and tokens[index - 2].text == "et" and not tokens[index - 1].capital and token.text.endswith("s"):
            return True  # promotion des petites et moyennes entreprises
        hyphened = index + 1 < len(tokens) and tokens[index + 1].gap == "-" and not tokens[index + 1].capital
        return bool(_ADJECTIVE.search(tokens[index + 1].text if hyphened else token.text))  # ouest-africaine
    return len(token.text) > 4 and not (tokens[index - 1].text == "et" and token.text.endswith(("ra", "ront", "ait")))


def _named(tokens: Sequence[Token], index: int) -> bool:
    return index < len(tokens) and is_name_word(tokens[index]) and tokens[index].gap == " "


def has_odd_case(printed: str) -> bool:
    """OpenAI, xAI, QTS, G42: a form that ordinary words and names of people do not take."""
    return any(sum(map(str.isupper, word)) > 1 or (any(map(str.isdigit, word)) and any(map(str.isalpha, word)))
               for word in printed.split())


def is_site_code(printed: str) -> bool:
    """MRS5, JB7, SIN02: how operators number their buildings."""
    return bool(_SITE_CODE.fullmatch(printed))


def title_case(passage: Passage) -> bool:
    """Is most of this headline capitalised, so that capitals say nothing?"""
    words = [t for t in passage.tokens if not t.arabic and len(t.text) > 3 and not t.printed.isdigit()]
    return len(words) > 3 and sum(t.capital for t in words) > 0.6 * len(words)
