"""Places that no list holds, by the words around them: in Zeewolde, à Nozay (Essonne), X County, بلدة X."""

from __future__ import annotations

import re

from crawler.claims.context import Context
from crawler.claims.directory import Found
from crawler.claims.gazetteer import Place
from crawler.claims.lexicon import Lexicon
from crawler.claims.phrases import Token

_BEFORE = {"en": {"in", "at", "near", "outside"}, "fr": {"à"}, "es": {"en"}, "pt": {"em", "no", "na"},
           "nl": {"in", "te", "bij"}, "de": {"in", "bei"}, "it": {"a", "ad", "nel"}}
LINKS = {"de", "la", "las", "los", "del", "d", "du", "des", "sur", "les", "en", "am", "an", "der", "do", "da", "l",
          "upon", "el"}
_OPENERS = {"la", "el", "le", "los", "las", "les", "san", "st"}
_AFTER = {"county", "township", "parish", "district", "borough", "shire"}
_JOINS = re.compile(r"[ \-'’]|\. ")
_MOST = 6


def unlisted(context: Context, lexicon: Lexicon, language: str, taken: set[int]) -> list[Found[tuple[Place, ...]]]:
    """Runs that are used as a place and that are neither an organisation (`taken`) nor ordinary words."""
    tokens = context.passage.tokens
    words = _BEFORE.get(language, _BEFORE["en"])
    found: list[Found[tuple[Place, ...]]] = []
    after = 0
    for index, token in enumerate(tokens):
        if index < after or not token.capital or index in taken:
            continue
        last = run_at(tokens, index, lexicon)
        if last is None or not _used_as_place(context, index, last, words):
            continue
        if not any(i in taken for i in range(index, last + 1)):
            found.append(_found(context, index, last))
        after = last + 1
    return found + _arabic(context, lexicon, taken)


_WITHIN = frozenset(("in", "en", "à", "au", "dans", "em", "na", "no", "nel", "nella"))
_NO_PLACE = frozenset(("by", "par", "por", "from", "with", "avec", "con", "said", "says", "and", "et", "y", "for",
                       "pour", "para"))


def apposed(context: Context, lexicon: Lexicon, listed: list[Found[tuple[Place, ...]]],
            taken: set[int]) -> list[Found[tuple[Place, ...]]]:
    """Names before ", in <a land or a region>": "has chosen Jatiluhur, in West Java"."""
    tokens, found = context.passage.tokens, []
    for span in listed:
        within, last = span.first - 1, span.first - 2
        if last < 1 or span.value[0].kind == "p" or tokens[within].printed not in _WITHIN \
                or tokens[within].gap != ", " or not tokens[last].capital or last in taken:
            continue
        first = next((i for i in range(max(last - 1, 1), last + 1) if tokens[i].capital and i not in taken
                      and run_at(tokens, i, lexicon) == last), None)
        if first is None or tokens[first].sentence != tokens[span.first].sentence:
            continue
        before = tokens[first - 1]
        if before.sentence == tokens[first].sentence and not before.capital and before.text not in _NO_PLACE \
                and tokens[first].gap == " ":
            found.append(_found(context, first, last))
    return found


def headed(contexts: tuple[Context, Context], lexicon: Lexicon, taken: tuple[set[int], set[int]],
           listed: set[int]) -> list[str]:
    """The folded name that opens the title with a mark behind it and stands in the body, too, where no company would:
    "Nkok : protocole d'accord", "Bilsthorpe: former colliery". Empty or one name, its words parted by spaces.

    `taken`: words of organisations in title and body; `listed`: words of the title that a listed place takes.
    """
    title, body = contexts[0].passage.tokens, contexts[1].passage.tokens
    if len(title) < 3 or title[0].arabic:
        return []
    last = next((i for i in range(min(_MOST, len(title) - 1)) if title[i + 1].gap.strip()[:1] in (":", ".")), None)
    if last is None or sum(t.gap != "-" for t in title[1:last + 1]) > 3 \
            or any(i in taken[0] or i in listed for i in range(last + 1)):
        return []
    name = [token.text for token in title[:last + 1]]
    proper = all(t.printed[0].isupper() or t.text in LINKS for t in title[:last + 1])
    company = any(word in lexicon.sets["name_tail"] or word in lexicon.sets["name_nouns"] for word in name)
    if not proper or company or not any(plain(t, lexicon) for t in title[:last + 1]):
        return []
    placed = False
    for index in range(len(body) - last):
        if [t.text for t in body[index:index + last + 1]] != name or not body[index].capital or index in taken[1]:
            continue
        after = index + last
        if contexts[1].after(after, "acts") is not None or contexts[1].before(index, "company_noun") is not None \
                or (contexts[1].after(after, "facility", 3) is not None and body[after + 1].gap.startswith(",")):
            return []  # "Coatlicue, la supercomputadora": what it is called
        placed = True
    return [" ".join(name)] if placed else []


def again(context: Context, names: set[str], found: list[Found[tuple[Place, ...]]], taken: set[int],
          ) -> list[Found[tuple[Place, ...]]]:
    """Further mentions of places that are known by now: once a name was used as a place it is one everywhere."""
    tokens = context.passage.tokens
    used = {i for span in found for i in range(span.first, span.last + 1)}
    firsts = {name.split(" ")[0] for name in names}
    more = []
    for index, token in enumerate(tokens):
        if token.text not in firsts or not token.capital or index in used or index in taken:
            continue
        for name in sorted(names, key=len, reverse=True):
            words = name.split(" ")
            if [t.text for t in tokens[index:index + len(words)]] == words and not any(
                    i in used for i in range(index, index + len(words))) and not _longer(tokens, index, len(words)):
                more.append(_found(context, index, index + len(words) - 1))
                break
    return more


def _longer(tokens: tuple[Token, ...], first: int, length: int) -> bool:
    """Is it part of a longer name (Larkfield Development)?"""
    last = first + length - 1
    return last + 1 < len(tokens) and tokens[last + 1].gap == " " and tokens[last + 1].capital \
        and tokens[last + 1].sentence == tokens[last].sentence and not tokens[last + 1].text.isdigit()


def _found(context: Context, first: int, last: int, skipped: int = 0) -> Found[tuple[Place, ...]]:
    name = context.passage.printed(first, last)
    return Found(first, last, skipped, (Place("p", "", name[skipped:]),))


def run_at(tokens: tuple[Token, ...], first: int, lexicon: Lexicon) -> int | None:
    """The last word of the capitalised run at `first`, small words inside it included; None: no place by its form."""
    token = tokens[first]
    if token.arabic or not token.printed[0].isupper() or not plain(token, lexicon):
        return None
    last = first
    for index in range(first + 1, min(first + _MOST, len(tokens))):
        following = tokens[index]
        if following.sentence != token.sentence or not _JOINS.fullmatch(following.gap):
            break
        if following.printed[0].isupper() and (plain(following, lexicon) or following.text in _AFTER):
            last = index
        elif following.text not in LINKS:
            if following.printed[0].isupper():
                return None  # part of a longer name: Eureka Park, Capital Factory
            break
    return last


def plain(token: Token, lexicon: Lexicon) -> bool:
    if token.text in _OPENERS:
        return token.printed[0].isupper()
    printed = token.printed
    return len(printed) > 2 and token.text not in lexicon.sets["generic"] and not any(c.isdigit() for c in printed) \
        and not any(c.isupper() for c in printed[1:])


def _used_as_place(context: Context, first: int, last: int, words: set[str]) -> bool:
    tokens = context.passage.tokens
    if first == 0 or (tokens[first].text in LINKS and first == last):
        return False
    before = tokens[first - 1]
    if before.sentence != tokens[first].sentence or not tokens[first].gap.isspace():
        return False
    if context.after(last, "facility") is not None and before.printed not in words:
        return False
    if context.before(first, "tied") is not None or (before.capital and tokens[first - 2].sentence == before.sentence
                                                     if first > 1 else False):
        return False  # confié à Bérard; el fondo Capital Monarca
    return before.printed.casefold() in words or context.before(first, "place_noun") is not None \
        or context.before(first, "site_chosen") is not None or tokens[last].text in _AFTER


# The first words of names of two: نيو كارلايل, سان أنطونيو, كفر الشيخ.
_ARABIC_FIRST = frozenset(("نيو", "سان", "سانت", "سانتا", "لوس", "لاس", "فورت", "ماونت", "بورت", "تل", "كفر", "ام",
                           "ابو", "عين", "دير"))


_ARABIC_KINDS = frozenset(("الصناعيه", "الاقتصاديه", "الجديده", "اللوجستيه", "العلميه"))


def _arabic(context: Context, lexicon: Lexicon, taken: set[int]) -> list[Found[tuple[Place, ...]]]:
    """One or two words after مدينة or بلدة, and the name with ال after منطقة (المنطقة is a region, منطقة X a place).

    A name with ال after مدينة may be no name (مدينة المستقبل), but مدينة الرسيل الصناعية is one.
    """
    tokens, found = context.passage.tokens, []
    for hit in (*context.passage.of("city_noun"), *context.passage.of("area_noun")):
        first = hit.last + 1
        named = hit.label == "area_noun"
        if first >= len(tokens) or not tokens[first].arabic or tokens[first].gap != " " or first in taken \
                or (lexicon.gazetteer.is_word(tokens[first].text) and tokens[first].text not in _ARABIC_FIRST):
            continue
        article = tokens[first].text.startswith(("ال", "لل"))
        short = len(tokens[first].text) < 4 and tokens[first].text not in _ARABIC_FIRST
        following = tokens[first + 1] if first + 1 < len(tokens) else None
        industrial = following is not None and following.text in _ARABIC_KINDS
        if short or (article is not named and not (article and industrial)):
            continue
        if article:
            found.append(_found(context, first, first))
            continue
        last = first
        if following is not None and following.gap == " " and following.arabic and len(following.text) > 3 \
                and not following.text.startswith(("ال", "لل", "ب", "و")) and first + 1 not in taken \
                and not lexicon.gazetteer.is_word(following.text):
            last = first + 1
        if last > first or tokens[first].text not in _ARABIC_FIRST:
            found.append(_found(context, first, last))
    return found
