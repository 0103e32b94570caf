"""Names of organisations in Arabic, which has no capitals: in quotes, or after شركة, وزارة, الشركة الأمريكية."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from crawler.claims.context import Context
from crawler.claims.lexicon import Lexicon
from crawler.claims.passage import Passage
from crawler.claims.phrases import Token

_OPENING, _STRAIGHT = "«“„(", '"”'
_LONGEST_QUOTED = 5
_LONGEST_NAME = 5
_VERB = ("ست", "سي", "ال", "لل", "بال", "وال")
_DAYS = frozenset(("الاثنين", "الثلاثاء", "الاربعاء", "الخميس", "الجمعه", "السبت", "الاحد", "اليوم", "الماضي"))
_GROUPS = frozenset(("مجموعه", "موسسه"))
_NO_NAME = ("ها", "هم", "ات", "ان", "ين", "ون", "اء", "يه", "عا", "را", "دا", "لا", "قا")  # objects, plurals
_PURPOSE = ("لتزويد", "لتوفير", "لتشغيل", "لبنا", "لانشا", "لتمويل", "لتوريد", "لتنفيذ", "لدعم", "لتسريع", "لتطوير",
            "لاقام", "لتشييد", "لانجاز", "لربط", "لتحويل", "لاستضاف", "لتلبي", "لم", "لن", "لا", "لكن", "لدي",
            "لان")  # no part of a name
_LONG_PURPOSE = tuple(word for word in _PURPOSE if len(word) > 2 and word != "لان")  # not: لأمن نظم المعلومات
_TITLED = frozenset(("الملك", "الامير", "السلطان", "الشيخ"))  # جامعة الملك فهد
# وزارة الاتصالات وتقنية المعلومات
_TRADES = ("تك", "تقن", "علوم", "اداره", "تنميه", "تطوير", "رياده", "رقمنه", "امن", "تقان", "تكنولوجي")
# الشركة للمرحلة الأولى
_OWN = ("للمرحله", "للمشروع", "للمركز", "للصحاف", "لوسائل", "للموقع", "للسنه", "للعام", "للربع")
_NEWS = frozenset(("الانبا", "انبا", "الاخبار"))  # وكالة الأنباء العراقية takes no part
_FUNCTION = frozenset(("من", "في", "الي", "علي", "عن", "مع", "لا", "لن", "هذا", "هذه", "التي", "الذي", "ان",
                       "كل", "قد", "هو"))
# "That", which folds to the letter N of إم تي إن: a letter only behind another one.
_THAT = frozenset(("ان",))
_LETTERS = frozenset(("اس", "سي", "بي", "تي", "دي", "جي", "كي", "ام", "ان", "ار", "يو", "كيو", "اكس", "واي", "زد", "في",
                      "اف", "اتش", "اي", "ايه", "او"))


@dataclass(frozen=True, slots=True)
class Span:
    """tokens[first:last + 1]; `skipped` letters of the first word are no part of the name; `marked`: by a noun;
    `headed`: the word before (شركة) may be printed with the name."""

    first: int
    last: int
    skipped: int = 0
    marked: bool = False
    headed: bool = False


def quote_openings(passage: Passage) -> set[int]:
    """The words right after a mark that opens: «X, “X, "X, also ”X after و alone, as Arabic desks type it."""
    found, text = set(), passage.prose.text
    for index, token in enumerate(passage.tokens):
        before = text[max(token.start - 2, 0):token.start].rstrip(" \u00a0\u202f")
        mark = before[-1:]
        if mark in _OPENING and mark:
            found.add(index)
        elif mark in _STRAIGHT and mark and text[token.start - 1] == mark:
            at = token.start - 2
            clitic = index > 0 and passage.tokens[index - 1].end == at + 1 and len(passage.tokens[index - 1].text) == 1
            if at < 0 or clitic or not text[at].isalnum():
                found.add(index)
    return found


def arabic_names(context: Context, lexicon: Lexicon, taken: set[int], placed: set[int]) -> list[Span]:
    """Spans in reading order, none of them in `taken` (words of known names)."""
    tokens, spans = context.passage.tokens, []
    if not any(token.arabic for token in tokens):
        return []
    opened = quote_openings(context.passage)
    adjectives = context.passage.origins
    for index, token in enumerate(tokens):
        if not token.arabic or index in taken:
            continue
        if index in opened:
            last = _closing(tokens, index)
            said = last == index and not lexicon.sets["name_head_ar"].isdisjoint(token.forms)  # "شركة" أمريكية
            if last is not None and not said and not taken.intersection(range(index, last + 1)) \
                    and index not in adjectives \
                    and not context.among(range(index, last + 1), "facility") and _may_name(context, index, last) \
                    and not _describes(context, index, last):
                spans.append(Span(index, last))
            continue
        head = next((form for form in token.forms if form in lexicon.sets["name_head_ar"]), None)
        if head is None or index + 1 >= len(tokens) or tokens[index + 1].sentence != token.sentence \
                or (head.endswith("وكاله") and tokens[index + 1].text in _NEWS):
            continue
        goes_on = index + 2 < len(tokens) and tokens[index + 2].text in lexicon.sets["name_tail_ar"]
        company = head.startswith(("شرك", "الشرك")) or goes_on  # مجموعة تافيلالت ديجيتال: no place
        span = _after_head(context, index, head, lexicon, taken if company else taken | placed, adjectives)
        if span is not None and company and _of_place(tokens, span.last + 1, placed - taken):
            span = replace(span, last=span.last + 1)
        if span is not None:
            spans.append(span)
    return sorted([*spans, *_again(tokens, spans, taken)], key=lambda span: span.first)


def _of_place(tokens: Sequence[Token], index: int, placed: set[int]) -> bool:
    """شركة داتا عمان: a place right behind the name, without preposition or article, ends it."""
    return index in placed and tokens[index].gap == " " and tokens[index].sentence == tokens[index - 1].sentence \
        and len(tokens[index].forms) == 1 and not _definite(tokens[index]) and index + 1 not in placed


def _again(tokens: Sequence[Token], spans: list[Span], taken: set[int]) -> list[Span]:
    """The same names where nothing marks them (إيزيرا تعلن, after شركة «إيزيرا»); single words of four letters on."""
    used = {i for span in spans for i in range(span.first, span.last + 1)} | taken
    names = dict.fromkeys(tuple(t.text for t in tokens[span.first:span.last + 1]) for span in spans
                          if not span.skipped and (span.last > span.first or len(tokens[span.first].text) > 3))
    found: list[Span] = []
    for name in names:
        for first in range(len(tokens) - len(name) + 1):
            last = first + len(name) - 1
            form = next((form for form in tokens[first].forms if form == name[0]), None)
            if form is not None and tuple(t.text for t in tokens[first + 1:last + 1]) == name[1:] \
                    and tokens[first].sentence == tokens[last].sentence \
                    and not used.intersection(range(first, last + 1)):
                found.append(Span(first, last, len(tokens[first].text) - len(form)))
                used.update(range(first, last + 1))
    return found


def _may_name(context: Context, first: int, last: int) -> bool:
    """Short and no sentence: what is in quotes may be a name even where nothing vouches for it."""
    words = context.passage.tokens[first:last + 1]
    return vouched(context, first, last) or (
        len(words) < 4 and len(words[0].text) > 2
        and not words[0].text.startswith(("ي", "ت", "سي", "ست", "ال", "لا", "لن", "من "))
        and not any(word.text in _FUNCTION for word in words))


def _describes(context: Context, first: int, last: int) -> bool:
    """«مساحة صحراوية واسعة»: a noun and what it is like, feminine, without article; no word of companies before."""
    words = context.passage.tokens[first:last + 1]
    return len(words) > 1 and all(word.text.endswith("ه") and not _definite(word) for word in words) \
        and context.before(first, "company_noun", 2) is None


def vouched(context: Context, first: int, last: int) -> bool:
    """Does a word of companies stand before what is in quotes, or a verb of doing after it?"""
    before = context.passage.tokens[first - 1] if first else None
    return context.before(first, "company_noun", 3) is not None or context.before(first, "partner", 2) is not None \
        or context.after(last, "acts") is not None or context.before(first, "acts", 2) is not None \
        or (before is not None and before.text == "و" and '"' in before.gap)


def _closing(tokens: Sequence[Token], first: int) -> int | None:
    for last in range(first, min(first + _LONGEST_QUOTED, len(tokens))):
        if last + 1 >= len(tokens) or '"' in tokens[last + 1].gap or ")" in tokens[last + 1].gap:
            return last
        if "," in tokens[last + 1].gap or tokens[last + 1].sentence != tokens[first].sentence:
            return None
    return None


def _after_head(context: Context, index: int, head: str, lexicon: Lexicon, blocked: set[int],
                adjectives: frozenset[int]) -> Span | None:
    """شركة + a name: descriptive (every word with the article: head and words) or foreign (the words alone)."""
    tokens = context.passage.tokens
    if index + 1 in blocked or tokens[index + 1].gap != " " or not tokens[index + 1].arabic:
        return None
    last = _described(tokens, index, adjectives, lexicon.sets["name_head_ar"])
    company = head.startswith(("شرك", "الشرك"))
    if all(i in adjectives for i in range(index + 1, last + 1)):
        named = _foreign(context, last + 1, lexicon, blocked | adjectives)  # الشركة الأمريكية X
        definite = head.startswith("ال") and head[2:] in lexicon.sets["name_head_ar"]
        if named is None or (definite and last == index):
            return None  # الشركة تبحث
        alone = company or definite or head.startswith("ال") or head in _GROUPS
        if not alone:
            named = _construct(context, named, lexicon, blocked)
        first = last + 1 if alone else index
        return Span(first, named, _skipped(tokens[first], head) if first == index else 0, marked=True,
                    headed=alone and last == index and not head.startswith("ال"))
    purpose = any(token.text.removeprefix("و").startswith("ل") for token in tokens[index + 1:last + 1])
    if tokens[index].text.startswith("ال") and (not purpose or tokens[index + 1].text.startswith(_OWN)):
        return None  # المجموعة المغربية المتخصصة
    if last > index + 1 or (last == index + 1 and not company):
        return Span(index, last, _skipped(tokens[index], head), marked=True)
    return None


def _construct(context: Context, last: int, lexicon: Lexicon, blocked: set[int]) -> int:
    """هيئة تنظيم قطاع الاتصالات: a row of nouns goes on to its first word with the article."""
    tokens = context.passage.tokens
    for at in range(last + 1, min(last + 4, len(tokens))):
        token = tokens[at]
        area = _definite(token) and tokens[at - 1].text in lexicon.sets["name_area_ar"]  # سلطة منطقة العقبة
        if token.gap != " " or not token.arabic or (at in blocked and not area) \
                or token.sentence != tokens[last].sentence or token.text in lexicon.sets["not_names_ar"] \
                or token.text.startswith(("ست", "سي", "لل", "بال", "وال")) or (
                    token.text.startswith("و") and not lexicon.sets["name_head_ar"].isdisjoint(token.forms)):
            return last
        if area and at + 1 < len(tokens) and _definite(tokens[at + 1]) and tokens[at + 1].text.endswith("يه") \
                and tokens[at + 1].gap == " " and tokens[at + 1].sentence == token.sentence:
            return at + 1
        if _definite(token):
            return at
    return last


def _skipped(token: Token, head: str) -> int:
    return len(token.text) - len(head) if token.text.endswith(head) else 0


def _definite(token: Token) -> bool:
    """With the article; not إلغاء or ألواح, whose folded form looks so."""
    article = token.text.find("ال")
    return 0 <= article < 2 and token.printed[article:article + 1] == "ا"


def _described(tokens: Sequence[Token], index: int, adjectives: frozenset[int], heads: frozenset[str]) -> int:
    """The last word of a row of words with the article after the head; a nationality ends it."""
    last = index
    ministry = tokens[index].text.endswith("وزاره")
    for at in range(index + 1, min(index + 8, len(tokens))):
        token = tokens[at]
        plain = token.text.removeprefix("و")
        if ministry and last > index and tokens[at - 1].text[:1] != "و" and plain == token.text \
                and not plain.endswith(("يه", "ي")) and at - 1 > index and tokens[at - 1].text.startswith("ال"):
            break  # وزارة الكهرباء الموقع: the ministry's name has ended
        if ministry and at - 1 > index and tokens[at - 1].text.startswith("وال") and plain == token.text \
                and not plain.endswith(("يه", "ي")):
            break
        purpose = plain.startswith(_LONG_PURPOSE) if len(plain) > 3 else plain in _PURPOSE
        described = _definite(token) or tokens[at - 1].text in _TITLED or plain.startswith("لل") or (
            at > index + 1 and (plain.startswith("ل") or (plain != token.text and plain.startswith(_TRADES)))) or (
            at > index + 2 and tokens[at - 1].text.startswith("ل") and not tokens[at - 1].text.startswith("لل"))
        ended = last > index + 1 and last in adjectives and not plain.startswith("ل")
        if token.gap != " " or token.sentence != tokens[index].sentence or not described or not token.arabic \
                or ended or plain in _DAYS or purpose or token.text.startswith("بال") \
                or (plain != token.text and plain in heads):
            break  # ... بالشراكة مع; بنك نزوى الدولي وجهاز الاستثمار
        last = at
    return last


def _foreign(context: Context, first: int, lexicon: Lexicon, blocked: set[int]) -> int | None:
    """The last word of a transliterated name that begins at `first`: one word, then what such names go on with."""
    tokens, tails = context.passage.tokens, lexicon.sets["name_tail_ar"]
    if first >= len(tokens) or not _fits(tokens, first, lexicon, blocked):
        return None
    last = first
    while last + 1 < len(tokens) and last - first < _LONGEST_NAME and tokens[last + 1].gap == " " \
            and tokens[last + 1].sentence == tokens[first].sentence and last + 1 not in blocked:
        following = tokens[last + 1].text
        field = following.startswith("لل") and not (last + 2 < len(tokens) and tokens[last + 2].text == "في")
        described = following.startswith("متعدد") or (
            _definite(tokens[last + 1]) and following not in lexicon.sets["not_names_ar"] and following not in _DAYS)
        if not (following in tails or field or described) or (
                following in _THAT and tokens[last].text not in _LETTERS):
            break  # شركة X للطاقة; شركة أركان النخيل; جامعة محمد السادس
        last += 1
        if field:
            break
    last = max(last, _stretched(context, first, lexicon))
    if last == first and len(tokens[first].text) < 4 and tokens[first].text not in tails:
        return None
    return last


def _stretched(context: Context, first: int, lexicon: Lexicon) -> int:
    """نيل هوستنج المصرية, أوزدمير يابي،: words without the article belong to the name that a nationality with it, or a
    comma, closes."""
    tokens, origins = context.passage.tokens, context.passage.origins
    for last in range(first + 1, min(first + 3, len(tokens))):
        token = tokens[last]
        if token.gap != " " or not token.arabic or token.sentence != tokens[first].sentence or _definite(token) \
                or last in origins or token.text in lexicon.sets["not_names_ar"] or token.text in _FUNCTION \
                or token.text.startswith(("ست", "سي", "لل", "بال", "وال", "و", "ب")) or token.text.endswith(_NO_NAME):
            return first
        following = tokens[last + 1] if last + 1 < len(tokens) else None
        if following is None or following.gap[:1] in (",", ".", ")") or (
                last + 1 in origins and _definite(following) and following.sentence == token.sentence):
            return last
    return first


def _fits(tokens: Sequence[Token], index: int, lexicon: Lexicon, blocked: set[int]) -> bool:
    token = tokens[index]
    return token.arabic and token.gap == " " and index not in blocked and not token.text.startswith((*_VERB, "و")) \
        and not token.text.endswith(("يه", "ات", "ها", "هم")) and token.text not in lexicon.sets["not_names_ar"] \
        and token.sentence == tokens[index - 1].sentence
