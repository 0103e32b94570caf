"""The words right around a name by their form, not by a list: its preposition, the tense of its verb, its sentence.

Lists of verbs (role_verb, acts) know what was read; a future is told by its ending in any story.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from crawler.claims.context import Context, is_future
from crawler.claims.directory import Found
from crawler.claims.gazetteer import Place
from crawler.claims.mentions import Mention
from crawler.claims.phrases import Token
from crawler.claims.site import Site

_ARTICLES = frozenset(("l", "la", "le", "les", "the", "el", "los", "las", "un", "une", "una", "a", "an", "its", "sa",
                       "son", "su", "der", "die", "das", "den", "dem", "o", "os", "il", "lo", "het", "s"))
_PREPOSITIONS = {
    "by": ("par", "by", "por", "von", "door", "da", "pelo", "pela"),
    "with": ("avec", "with", "con", "mit", "met", "com", "entre", "between", "zwischen", "مع", "وبين", "بين"),
    "to": ("aux", "au", "to", "al", "zu", "zum", "an", "aan"),
    "from": ("from", "desde", "aus", "uit", "aupres", "chez", "من"),
    "of": ("de", "d", "du", "des", "of", "del", "do"),
    "in": ("in", "en", "dans", "at", "near", "outside", "sur", "vers", "pres", "around", "across", "cerca", "hasta",
           "hacia", "bei", "im", "na", "no", "em", "في", "قرب", "نحو"),
    "for": ("pour", "for", "para", "fur", "voor", "لصالح", "لفائده"),
    "like": ("comme", "like", "como", "than", "que", "wie", "including", "مثل"),
    "and": ("et", "and", "y", "e", "und", "و", "ni", "ou", "or"),
}
_SCENE = frozenset(("elsewhere", "at_home", "near_end"))
_OF = {word: f"word_{mark}" for mark, words in _PREPOSITIONS.items() for word in words}
_PAST = re.compile(r".{2,}(?:ó|aron|ieron|[^aeo]ed)")
_PRESENT = re.compile(r"[a-z]{3,}s")
_NO_PAST = frozenset(("based", "led", "backed", "owned", "listed", "limited", "united", "controlled", "headquartered"))
_ENGLISH = frozenset(("built", "took", "put", "held", "lent", "sold", "bought", "began", "won", "made", "got", "gave",
                      "paid", "left", "drew", "broke", "chose", "set", "cut", "kept"))
_WILL = frozenset(("will", "would", "plans", "intends", "wants", "aims", "expects", "hopes"))
_HAVE = frozenset(("has", "have", "had", "a", "ont", "avait", "aura", "ha", "han", "habia"))
_BE = frozenset(("is", "are", "was", "were", "est", "sont", "etait", "sera", "es", "son", "era", "fue"))
_SMALL = frozenset(("lui", "leur", "y", "en", "se", "s", "le", "la", "lo", "les", "also", "now", "then", "alone",
                    "itself", "ya", "no", "n", "ne", "deja", "aussi", "too", "today", "in", "turn", "meanwhile"))


@dataclass(frozen=True, slots=True)
class Stage:
    """Sentences of the body that name the project's place (`home`), and those that name others alone."""

    elsewhere: frozenset[int] = frozenset()
    home: frozenset[int] = frozenset()


def find_stage(context: Context, site: Site, spans: Iterable[Found[tuple[Place, ...]]]) -> Stage:
    """The sentences that name the site's own places, and those that name others alone."""
    tokens = context.passage.tokens
    home, away = set(), set()
    own = {town.name for town in site.towns}
    for span in spans:
        sentence = tokens[span.first].sentence
        if any(place.name in own for place in span.value if place.kind == "p"):
            home.add(sentence)
        elif any(place.kind == "c" and place.country == site.country for place in span.value):
            continue
        elif site.city is not None or any(p.kind == "c" for p in span.value):
            away.add(sentence)
    return Stage(frozenset(away - home), frozenset(home))


def framed(mention: Mention, context: Context, stage: Stage) -> set[str]:
    """Marks of one mention; of a name that the alias file knows only where it stands: what it is, is known."""
    found = _frame(mention, context, stage)
    return found & _SCENE if mention.known else found


def _frame(mention: Mention, context: Context, stage: Stage) -> set[str]:
    tokens, first, last = context.passage.tokens, mention.first, mention.last
    found = _behind(context, first) | _verb(context, first, last)
    sentence = tokens[first].sentence
    if not mention.title:
        if sentence in stage.elsewhere or sentence in stage.home:
            found.add("elsewhere" if sentence in stage.elsewhere else "at_home")
        if tokens[-1].sentence - sentence < 2 and context.passage.paragraph(first) > 1:
            found.add("near_end")
    opens = first == 0 or tokens[first - 1].sentence != sentence
    if opens and found & {"v_future", "v_past", "v_have", "v_be"}:
        found.add("subject")
    return found


def _behind(context: Context, first: int) -> set[str]:
    """The preposition before the name, its article, nationality and word of companies left out."""
    tokens = context.passage.tokens
    at, noun = first - 1, False
    for _ in range(4):
        if at < 0 or tokens[at].sentence != tokens[first].sentence or any(m in tokens[at + 1].gap for m in ",;:("):
            return {"begins"} if at < 0 or tokens[at].sentence != tokens[first].sentence else {"after_mark"}
        word = tokens[at].text
        mark = _OF.get(word)
        if tokens[at].arabic and mark is None:
            if word in ("شركه", "مجموعه", "وشركه") or at in context.passage.origins:
                at -= 1
                continue
            if tokens[at + 1].text[:1] == "ل" and word[:1] != "ل":
                return {"word_to"}
            return {"ar_verb"} if _arabic_verb(tokens[at]) else {"ar_word"}
        if mark and not (word in _ARTICLES and noun):
            return {mark}
        if word not in _ARTICLES and at not in context.passage.origins \
                and context.before(at + 1, "company_noun") is None:
            return {"after_name"} if tokens[at].capital else {"after_word"}
        noun = noun or word not in _ARTICLES
        at -= 1
    return {"after_word"}


def _arabic_verb(token: Token) -> bool:
    return token.text.startswith(("ست", "سي", "وست", "وسي", "ت", "ي", "وت", "وي")) or token.text.endswith("ت")


def _verb(context: Context, first: int, last: int) -> set[str]:
    """The tense of what the name does."""
    tokens = context.passage.tokens
    at = last + 1
    while at < len(tokens) and tokens[at].sentence == tokens[first].sentence and tokens[at].text in _SMALL \
            and at < last + 3 and tokens[at].gap[:1] in (" ", "'"):
        at += 1
    if at >= len(tokens) or tokens[at].sentence != tokens[first].sentence:
        return {"ends_sentence"}
    if tokens[at].gap not in (" ", "'"):
        return {"v_none"}
    word, printed = tokens[at].text, tokens[at].printed.lower()
    if tokens[at].arabic:
        future = word.startswith("تعتزم") or is_future(tokens[at], context.language)
        return {"v_future"} if future else {"v_past"} if word.endswith("ت") else set()
    if tokens[at].capital:
        return {"before_name"}
    if word in _WILL or is_future(tokens[at], context.language):
        return {"v_future"}
    if word in _HAVE:
        return {"v_have"}
    if word in _BE:
        return {"v_be"}
    if context.after(last, "says", 2) is not None:
        return {"v_say"}
    if word in _ENGLISH or (word not in _NO_PAST and _PAST.fullmatch(printed)):
        return {"v_past"}
    if word in _OF:
        return {"v_prep"}
    return {"v_present"} if _PRESENT.fullmatch(word) else {"v_other"}

