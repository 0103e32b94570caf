"""Where the body tells of another project: a second site, one in another town, somebody else's own."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace

from crawler.claims.around import Around, Span, in_lead, is_foreign, is_home, placed
from crawler.claims.context import Context
from crawler.claims.mentions import Mention
from crawler.claims.phrases import Hit

_HEAD = 6        # words that may stand between `another` and its noun: "its own US$ 235 million data centre"
_WHERE = 9       # words within which a facility is said to stand somewhere
_WHERE_COUNTED = 16
_MAKER = 15      # words before it within which who has it is named
_NAME = 4        # words of a name
_JOINED = 2      # words from one organisation to the next in a row
_WHOSE = 4       # words from an organisation to the noun that is its own: Meta's campus, Kasi Cloud's Lekki site
_OPENS = 4       # words within which a sentence says where it is: "En Burgos, Norte Digital construye"
# What ends the words before a noun that belong to it: "another 20 MW of capacity at its campus" is no other campus.
_BREAKS = frozenset(("of", "at", "in", "for", "to", "and", "de", "du", "des", "pour", "en", "et", "y", "para", "und",
                     "von", "di", "e", "sur", "with", "avec", "con", "by", "par", "por", "from", "or", "ou", "o"))
_INDEFINITE = frozenset(("a", "an", "un", "une", "una", "uno", "ein", "eine", "einen", "een", "um", "uma"))
_ITS = frozenset(("its", "their", "son", "sa", "ses", "leur", "su", "sus", "ihr", "sein", "seine", "zijn",
                  "whose", "dont", "cuyo", "cuya", "deren", "dessen"))
_ENERGIES = tuple(f"energy.{kind}" for kind in ("solar", "wind", "hydro", "nuclear", "gas", "geothermal", "renewable"))
_ORDINALS = ("ثان", "ثال", "الثا")
_ANDS = frozenset(("and", "et", "y", "e", "und", "en"))


@dataclass(frozen=True, slots=True)
class Beside:
    """A stretch of one sentence about another project. `words`: its words; `noun`: the first word of what it calls it;
    `place`: the other place that it names; `same`: a company of the story's lead has it; `owners`: the first words of
    those who have it, as named before the noun; `told`: it says enough of it to be a project;
    `name`: the first and last word of its name."""

    words: range
    noun: int
    place: Span | None = None
    same: bool = False
    owners: tuple[int, ...] = ()
    told: bool = True
    name: tuple[int, int] | None = None


def find_beside(around: Around, other: Collection[int], powers: Sequence[int] = ()) -> list[Beside]:
    """The stretches after the first paragraph that tell of one other project each, in reading order. `other`: words
    of which that is known already; where a sentence has some before the noun, the stretch begins with them.
    `powers`: the offsets at which the body prints a power."""
    body = around.body
    tokens = body.passage.tokens
    ours = _counted(around)
    nouns = [(first, last) for first, last in _nouns(body) if not any(
        m.first <= first and last <= m.last and m.last - m.first > last - first for m in around.mentions)]
    judged: list[tuple[int, Beside]] = []  # with the last word of noun and place
    for position, (first, last) in enumerate(nouns):
        if body.passage.paragraph(first) > 0:
            one = _judged(around, first, last, _following(body, nouns, position), ours)
            if one is not None and not (judged and one.place is not None and one.place is judged[-1][1].place):
                judged.append((max(one.place.last if one.place else last, last), one))
    told = {tokens[one.noun].sentence for _, one in judged}
    judged += [(one.noun, one) for one in _without_noun(around, told, powers)]
    judged.sort(key=lambda pair: pair[1].noun)
    found: list[Beside] = []
    for position, (last, one) in enumerate(judged):
        sentence = body.sentence(one.noun)
        stop = _stop(body, last, judged[position + 1][1].noun if position + 1 < len(judged) else len(tokens))
        start = next((i for i in sentence if i in other and i <= one.noun), sentence[0])
        start = max(start, found[-1].words[-1] + 1 if found else 0)
        if start <= one.noun:
            found.append(replace(one, words=range(start, stop + 1)))
    return [replace(_continued(body, one, found, tokens[-1].sentence), name=_name_of(around, one.noun, nouns))
            for one in found]


def _without_noun(around: Around, told: set[int], powers: Sequence[int]) -> list[Beside]:
    """QScale dispose de 142 mégawatts à Lévis: a stranger, another town and a power in one sentence that names no
    facility of the story. `told`: sentences that are read already; `powers`: where the body prints a power."""
    body = around.body
    tokens, prose = body.passage.tokens, body.passage.prose
    found: list[Beside] = []
    for number in sorted({prose.index_at(start) for start in powers} - told):
        first = next((i for i, token in enumerate(tokens) if token.sentence == number), None)
        if first is None or body.passage.paragraph(first) == 0:
            continue
        sentence = body.sentence(first)
        at = [i for i in sentence if any(tokens[i].start <= start < tokens[i].end for start in powers)]
        spans = [span for span in around.places if span.first in sentence]
        makers = [m for m in around.mentions if m.first in sentence and not _speaks(body, m)]
        towns = [s for s in spans if placed(body, s, -9) and s.value[0].country and is_foreign(s, around)
                 and all(p.kind != "c" for p in s.value) and any(abs(s.first - i) <= _WHERE for i in at)]
        if len(towns) != 1 or len(spans) > 3 or not makers or len(makers) > 2 \
                or any(in_lead(m, around.lead) for m in makers) or any(is_home(s, around) for s in spans) \
                or body.among(sentence, "energy_other") or body.among(sentence, *_ENERGIES):
            continue
        found.append(Beside(sentence, makers[0].first, towns[0], owners=tuple(m.first for m in makers)))
    return found


def _name_of(around: Around, noun: int, nouns: Sequence[tuple[int, int]]) -> tuple[int, int] | None:
    """The name between commas behind the noun: its first Memphis data center, Colossus, with 300 MW."""
    tokens = around.body.passage.tokens
    first = next((last + 1 for start, last in nouns if start == noun), len(tokens))
    last = first
    while last < len(tokens) and tokens[last].capital and last - first < _NAME \
            and tokens[last].gap == (", " if last == first else " "):
        last += 1
    listed = any(span.first < last and first <= span.last and span.value[0].country for span in around.places)
    owned = any(m.known and m.first < last and first <= m.last for m in around.mentions)
    if last == first or last >= len(tokens) or not tokens[last].gap.startswith(",") or listed or owned:
        return None
    return first, last - 1


def _judged(around: Around, first: int, last: int, following: int, ours: frozenset[str]) -> Beside | None:
    """What the facility named at tokens[first:last + 1] is, where it is another one than the story's."""
    body = around.body
    tokens, sentence = body.passage.tokens, body.sentence(first)
    if body.among(range(first, last + 1), "many_sites") or _numbered(body, first):
        return None
    head = _head(body, first)
    numbered, counted, the_first = _counts(body, head, first, last, ours)
    before = [m for m in around.mentions if m.first in sentence and m.first < first and m.last > head - _MAKER
              and not the_first and not _speaks(body, m)]
    makers = _nearest(before, around.lead)
    strangers = [m for m in makers if not in_lead(m, around.lead)]
    its = body.among(range(head, first), "the_company") or any(tokens[i].text in _ITS for i in range(head, first))
    named = {tokens[i].text for i in range(sentence[0], first) if tokens[i].capital}
    short = not strangers and not named.isdisjoint(around.heads)
    company = its or body.among(sentence, "the_company") or len(strangers) < len(makers) or short
    where = _where(around, (head, first, last), following, loosely=counted)
    opening = None if where is not None else _opening(around, head, first, strangers, loosely=counted)
    foreign = next((span for span in (where, opening) if span is not None and is_foreign(span, around)), None)
    figure = _figure_in(body, sentence)
    ranked = body.among(range(head, last + 4), "ranked")
    if ranked and not counted:
        return Beside(sentence, first, foreign, told=False) if foreign is not None and not its else None
    if ranked and numbered and not the_first:
        return None
    owners = tuple(m.first for m in strangers or makers)
    own = body.before(first, "own_site", _HEAD)
    if own is not None and own >= head and strangers:
        return Beside(sentence, first, foreign, owners=owners)
    if counted:
        same = not strangers and (company or numbered)
        if not owners and not same:
            owners = tuple(m.first for m in around.mentions
                           if m.first in sentence and m.first > last and not in_lead(m, around.lead))[:1]
        sure = foreign is not None or strangers or (owners and not same) or (the_first and figure)
        if not sure or body.before(head, "it_is", 4) is not None:
            return None
        return Beside(sentence, first, foreign, same, owners)
    if foreign is None or (where is not None and is_home(where, around)):
        return None
    articles = _INDEFINITE.intersection(token.text for token in tokens[head:first])
    whose = bool(makers) and first - makers[-1].last <= _WHOSE
    behind = [m for m in around.mentions if m.first == last + 2 and tokens[last + 1].text in ("de", "d", "of", "von")]
    if behind and not strangers and not in_lead(behind[0], around.lead):
        makers, strangers, whose, company, owners = behind, behind, True, False, (behind[0].first,)
    one_of_many = articles or its or whose or _bare_arabic(body, first, last) or _figure_in(body, range(head, first))
    if not foreign.value[0].country and not whose:
        return None  # a place of no list is hardly one
    if not one_of_many or not (figure or company or makers):
        return None
    if any(is_home(span, around) and head <= span.first < min(following, last + _WHERE) for span in around.places):
        return None
    if _denied(body, first):
        return None
    return Beside(sentence, first, foreign, not strangers and company, owners)


def _numbered(body: Context, noun: int) -> bool:
    """15 campus: several."""
    printed = body.passage.tokens[noun - 1].printed if noun else ""
    return printed.isdigit() and 1 < int(printed) < 1000 and body.passage.tokens[noun].gap == " "


def _speaks(body: Context, mention: Mention) -> bool:
    """According to SemiAnalysis; SemiAnalysis says: who tells of it does not have it."""
    said = body.passage.tokens[mention.first].arabic and body.before(mention.first, "says", 3) is not None
    return said or body.after(mention.last, "says") is not None or body.before(mention.first, "source", 2) is not None \
        or body.before(mention.first, "reported", 2) is not None


def _denied(body: Context, noun: int) -> bool:
    """La société ne possède aucun centre: nothing stands there."""
    return body.before(noun, "negation", 5) is not None


def _nearest(before: Sequence[Mention], lead: Collection[str]) -> list[Mention]:
    """Of the organisations before a noun the last one, or those joined to it (X and Y) where none is the story's."""
    found: list[Mention] = []
    for mention in reversed(before):
        if found and (found[0].first - mention.last > _JOINED or in_lead(mention, lead) or in_lead(found[0], lead)):
            break
        found.insert(0, mention)
    return found


def _nouns(body: Context) -> list[tuple[int, int]]:
    """The words that name a facility, the longest at each place, none inside another; and `another` alone, where one
    was named before ("a 2 MW site in Niamey and another in Bamako")."""
    hits = sorted([*body.passage.of("facility"), *body.passage.of("site_word")], key=lambda hit: (hit.first, -hit.last))
    tokens = body.passage.tokens
    found: list[tuple[int, int]] = []
    for hit in hits:
        if found and hit.first <= found[-1][1]:
            continue
        if found and hit.first == found[-1][1] + 1 and tokens[hit.first].gap in (" ", "-"):
            found[-1] = (found[-1][0], hit.last)  # data center campus
            continue
        found.append((hit.first, hit.last))
    alone = [(hit.first, hit.last) for hit in _words(body, "another", "numbered", "that_of")
             if _stands_alone(body, hit, found)]
    return sorted([*found, *alone])


def _stands_alone(body: Context, hit: Hit, nouns: Sequence[tuple[int, int]]) -> bool:
    """No noun follows the word, and its sentence named a facility before."""
    tokens = body.passage.tokens
    after = hit.last + 1
    if any(last == hit.first - 1 for _, last in nouns):
        return False  # sitio gemelo
    if after >= len(tokens) or tokens[after].sentence != tokens[hit.last].sentence:
        return False
    named = [*nouns, *((h.first, h.last) for h in body.passage.of("many_sites"))]
    if not any(tokens[first].sentence == tokens[hit.first].sentence and last < hit.first for first, last in named):
        return False
    return bool(set(tokens[after].gap) & set(",(")) or tokens[after].text in _BREAKS or hit.label == "that_of"


def _following(body: Context, nouns: Sequence[tuple[int, int]], position: int) -> int:
    """The next noun; one with an article before it only says where the first one is: un projet sur le campus X."""
    tokens = body.passage.tokens
    for first, _ in nouns[position + 1:]:
        if tokens[first - 1].text not in ("le", "the", "el", "la") or tokens[first].arabic:
            return first
    return len(tokens)


def _head(body: Context, noun: int) -> int:
    """The first word that belongs to the noun: "its own US$ 235 million | data centre"."""
    tokens = body.passage.tokens
    first = noun
    while first > 0 and noun - first < _HEAD and tokens[first - 1].sentence == tokens[noun].sentence \
            and not set(tokens[first].gap) & set(",;:()") and tokens[first - 1].text not in _BREAKS:
        first -= 1
        if tokens[first].text in _INDEFINITE or tokens[first].text in _ITS:
            break
    return first


def _words(body: Context, *labels: str) -> list[Hit]:
    return [hit for label in labels for hit in body.passage.of(label)]


def _counted(around: Around) -> frozenset[str]:
    """The words by which title and first paragraph count the main project: `second` of "its second data center"."""
    found: set[str] = set()
    for context in around.contexts:
        title = context is around.contexts[0]
        tokens = context.passage.tokens
        found.update(tokens[hit.last].text for hit in _words(context, "another", "numbered", "another_after")
                     if title or context.passage.paragraph(hit.first) == 0)
        for index, token in enumerate(tokens):
            if token.printed in ("2", "3", "4", "II") and index > 0 and tokens[index - 1].capital \
                    and token.gap in (" ", "-") and (title or context.passage.paragraph(index) == 0):
                found.add(token.printed)  # Colossus 2
    return frozenset(found)


def _counts(body: Context, head: int, first: int, last: int, ours: frozenset[str]) -> tuple[bool, bool, bool]:
    """(counted as one more of the same, called another one at all, called the first where the main one is a second)."""
    tokens = body.passage.tokens
    words = [hit for hit in _words(body, "another", "numbered", "that_of") if head <= hit.first and hit.last <= last]
    words += [hit for hit in body.passage.of("another_after") if last < hit.first <= last + 2
              and tokens[hit.first].sentence == tokens[last].sentence and not set(tokens[hit.first].gap) & set(",;:(")]
    words = [hit for hit in words if tokens[hit.last].text not in ours]
    before = body.before(first, "the_first", 3)
    one = bool(ours) and ((before is not None and before >= head - 2)
                          or any(first <= hit.first <= last + 2 for hit in body.passage.of("the_first")))
    number = any(hit.label == "numbered" or tokens[hit.first].text.startswith(_ORDINALS) for hit in words)
    return one or number, one or bool(words), one


def _where(around: Around, noun: tuple[int, int, int], following: int, *, loosely: bool) -> Span | None:
    """The place that the noun (its head, its first and last word) is said to stand in: behind it, or in front of it
    (the Dunkirk campus)."""
    body, (head, first, last) = around.body, noun
    tokens, reach = body.passage.tokens, _WHERE_COUNTED if loosely else _WHERE
    for span in around.places:
        if head <= span.first and span.last == first - 1 and not tokens[span.first].arabic:
            return span
        if span.first <= last:
            continue
        if span.first > min(last + reach, following) or tokens[span.first].sentence != tokens[last].sentence:
            return None
        if any(";" in tokens[i].gap for i in range(last + 1, span.first + 1)):
            return None
        if placed(body, span, last, loosely=loosely):
            return span
    return None


def _opening(around: Around, head: int, noun: int, strangers: Sequence[Mention], *, loosely: bool) -> Span | None:
    """The place that stands before it: where the sentence begins with it (En Burgos, Norte Digital construye su propio
    centro), next to the noun (à Chartres, où un site de 30 MW), before its maker, or `loosely` anywhere."""
    body = around.body
    first = body.sentence(noun)[0]
    before = [span for span in around.places if first <= span.first and span.last < head and placed(body, span, -9)]
    near = [span for span in before if loosely or span.first <= first + _OPENS or head - span.last <= _OPENS
            or any(span.last < m.first for m in strangers)]
    return near[-1] if near else None


def _stop(body: Context, last: int, following: int) -> int:
    """The last word of its stretch: of the sentence, or before the comma or "and" that leads to the next noun."""
    tokens = body.passage.tokens
    end = body.sentence(last)[-1]
    if following > end:
        return end
    head = _head(body, following)
    while head > last + 1 and tokens[head].gap == " " and tokens[head].text not in _ANDS:
        head -= 1
    return max(head - 1, last)


def _continued(body: Context, one: Beside, found: Sequence[Beside], most: int) -> Beside:
    """With the next sentence, where that begins with a word that goes on about it (Celui-là a coûté ...)."""
    tokens = body.passage.tokens
    end = one.words[-1]
    if end + 1 >= len(tokens) or tokens[end].sentence == tokens[end + 1].sentence or tokens[end].sentence == most:
        return one
    goes_on = any(end < hit.first <= end + 2 for hit in body.passage.of("that_one"))
    taken = any(end + 1 in other.words for other in found)
    if not goes_on or taken or body.passage.paragraph(end) != body.passage.paragraph(end + 1):
        return one
    return replace(one, words=range(one.words[0], body.sentence(end + 1)[-1] + 1))


def _bare_arabic(body: Context, first: int, last: int) -> bool:
    """مركز بيانات, not مركز البيانات and not المركز."""
    words = body.passage.tokens[first:last + 1]
    return words[0].arabic and not any(word.text.startswith(("ال", "لل")) for word in words)


def _figure_in(body: Context, words: range) -> bool:
    """A number stands among these words: power, money, a year."""
    tokens = body.passage.tokens
    return any(any(char.isdigit() for char in tokens[i].printed) for i in words if i < len(tokens))
