"""The project's own name: after `project`, `called`, in quotes, or a capitalised run that ends in a facility word."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from crawler.claims.context import Context
from crawler.claims.directory import key_of
from crawler.claims.lexicon import Lexicon
from crawler.claims.phrases import Token
from crawler.claims.proper import Run, has_odd_case, is_site_code, title_case

_MOST = 4
_NO_SITE = frozenset(("business", "industrial", "technology", "science", "tech", "retail", "office"))
_PROJECT = frozenset(("project", "projet", "proyecto", "projekt", "projeto", "progetto"))
_NOUNS = _PROJECT | {"campus", "datacenter", "hub", "site", "centro", "cluster", "scheme"}
_ARTICLES = frozenset(("a", "an", "un", "une", "the", "le", "la", "el"))
_DEFINITE = frozenset(("le", "du", "el", "del", "il", "o", "do", "au", "al", "das"))
_AMOUNT = re.compile(r"\d[\d.,]*(?:[^\W\d]\w*)?|[QTHS]\d")


@dataclass(frozen=True, slots=True)
class Name:
    """A project name as printed at tokens[first:last + 1] of title or body."""

    printed: str
    title: bool
    first: int
    last: int


def find_names(contexts: tuple[Context, Context], runs: tuple[Sequence[Run], Sequence[Run]], lexicon: Lexicon,
               other: set[int], owned: tuple[set[int], set[int]],
               placed: tuple[set[int], set[int]]) -> tuple[list[Name], list[Name]]:
    """At most four names, the body's first, and the names of other projects in the body. `runs`: the capitalised runs
    of title and body; `owned`, `placed`: their words that name an organisation or a place."""
    names: dict[str, Name] = {}
    others: dict[str, Name] = {}
    often = Counter(context.passage.printed(run.first, run.last).casefold()
                    for context, some in zip(contexts, runs, strict=True) for run in some)
    for index in (1, 0):
        context, title = contexts[index], index == 0
        for first, last in _quoted(context):
            if _is_quoted_name(context, first, last, lexicon):
                _add(names if title or first not in other else others, context, first, last, title)
        if title and title_case(context.passage):
            continue
        for run in (_without_participle(context, run) for run in runs[index]):
            first = run.first - 1 if _is_project_word(context.passage.tokens, run.first - 1) else run.first
            if first < run.first or _is_name(context, run, lexicon, owned[index], placed[index], often):
                _add(names if title or run.first not in other else others, context, first, run.last, title)
    return list(names.values())[:_MOST], [name for key, name in others.items() if key not in names]


def _is_quoted_name(context: Context, first: int, last: int, lexicon: Lexicon) -> bool:
    """A short quotation after a word of naming, no company, no saying (« prendre acte », "ينهي عزلة")."""
    before = context.before(first, "name_before", 2)
    tokens = context.passage.tokens[first:last + 1]
    if before is None or len(tokens) > 5 or lexicon.organizations.get(key_of(context.passage.printed(first, last))):
        return False
    if tokens[0].arabic:
        head = context.passage.tokens[before].text
        definite = head.startswith("ال") and not head.startswith(("المسم", "المعروف", "الملقب"))
        return not (definite or (len(tokens) > 2 and tokens[0].text.startswith(("ي", "ست", "سي"))))
    return tokens[0].capital and not all(t.text in lexicon.sets["generic"] or not t.capital for t in tokens)


def _without_participle(context: Context, run: Run) -> Run:
    """Baptisé Atlas Nord, le campus ...: the first word of the sentence names, it is not the name."""
    tokens = context.passage.tokens
    opens = run.opens and run.first < run.last
    if opens and context.before(run.first + 1, "name_before") == run.first and tokens[run.first].text not in _NOUNS:
        return Run(run.first + 1, run.last, opens=False)
    return run


def _pure(context: Context, run: Run, lexicon: Lexicon, owned: set[int], placed: set[int]) -> bool:
    """Nothing but an organisation, nothing but a place, nothing but general words."""
    tokens = context.passage.tokens
    words = range(run.first, run.last + 1)
    generic = lexicon.sets["generic"]
    return placed.issuperset(words) or all(
        tokens[index].text in generic or _AMOUNT.fullmatch(tokens[index].text.upper()) or index in owned
        for index in words)


def _is_project_word(tokens: Sequence[Token], index: int) -> bool:
    """A capitalised `Project` right before a name belongs to it (Project Heron)."""
    return index >= 0 and tokens[index].capital and tokens[index].text in _PROJECT and tokens[index + 1].gap == " " \
        and tokens[index].sentence == tokens[index + 1].sentence and index > 0 \
        and tokens[index - 1].sentence == tokens[index].sentence


def _add(names: dict[str, Name], context: Context, first: int, last: int, title: bool) -> None:
    printed = context.passage.printed(first, last)
    key = printed.casefold()
    if not any(key in known or known in key for known in names):
        names[key] = Name(printed, title, first, last)


def _is_name(context: Context, run: Run, lexicon: Lexicon, owned: set[int], placed: set[int],
             often: Counter[str]) -> bool:
    if _pure(context, run, lexicon, owned, placed) or _is_person(context, run, lexicon):
        return False
    tokens = context.passage.tokens
    words = [token.text for token in tokens[run.first:run.last + 1]]
    generic = lexicon.sets["generic"]
    printed = context.passage.printed(run.first, run.last)
    repeated = often[printed.casefold()] > 1
    if len(words) > 1 and not set(words[:-1]) <= generic:
        ends = lexicon.sets["name_ends"]
        computing = any(word.startswith(("supercomput", "comput")) for word in words)
        if " ".join(words[-2:]) in ends or (words[-1] in ends and words[-2] not in _NO_SITE):
            return True
        if words[-1] in lexicon.sets["name_nouns"] - lexicon.sets["name_tail"] and (repeated or computing):
            return True
    if words[0] == "campus" and len(words) > 1 and not set(words[1:]) & generic and run.first + 1 not in owned | placed:
        return True
    if _is_apposed(context, run) and not owned.issuperset(range(run.first, run.last + 1)):
        return True
    if is_site_code(printed):
        return repeated or context.in_sentence(run.first, "facility", "facility_again", "site_word")
    tail = len(words) > 1 and words[-1] in lexicon.sets["name_tail"]
    if repeated and not tail and _is_built(context, run) and not owned & set(range(run.first, run.last + 1)) \
            and not placed.issuperset(range(run.first, run.last + 1)):
        return True
    called = context.before(run.first, "name_before") is not None and run.first not in owned | placed \
        and not set(tokens[run.first].gap) & set(",(")
    behind = tokens[run.last + 1].gap if run.last + 1 < len(tokens) else ""
    called = called or (behind.startswith(",") and context.after(run.last, "name_after") is not None)
    return called and (len(words) > 1 or has_odd_case(printed) or '"' in tokens[run.first].gap)


def _is_person(context: Context, run: Run, lexicon: Lexicon) -> bool:
    """Directeur du site Karim Azzouzi; programme director Sigrid Hauge."""
    tokens = context.passage.tokens
    return context.before(run.first, "person_noun", 3) is not None or context.before(run.first, "says") is not None \
        or (0 < run.last - run.first < 3 and tokens[run.first].text in lexicon.sets["given_name"])


def _is_built(context: Context, run: Run) -> bool:
    """Le centre de données Isly, du centre de données régional Isly: the facility's noun right before, the definite
    article before that, and no verb of companies behind."""
    tokens = context.passage.tokens
    for at in (run.first, run.first - 1):
        if at < run.first and (tokens[at].capital or len(tokens[at].text) < 5):
            break  # `de X` is whose it is
        noun = context.before(at, "facility")
        if noun is not None and noun > 0 and tokens[noun - 1].text in _DEFINITE and tokens[run.first].gap == " ":
            return context.after(run.last, "acts") is None
    return False


def _is_apposed(context: Context, run: Run) -> bool:
    """Tingis Edge, un data center de 4 MW; not: Khazna, a data center operator."""
    tokens, after = context.passage.tokens, run.last + 1
    if after >= len(tokens) or not tokens[after].gap.startswith(",") or tokens[after].text not in _ARTICLES:
        return False
    last = context.after(after, "facility")
    return last is not None and context.after(after, "company_noun", last - after + 2) is None


def _quoted(context: Context) -> list[tuple[int, int]]:
    tokens = context.passage.tokens
    spans: list[tuple[int, int]] = []
    start: int | None = None
    for index, token in enumerate(tokens):
        if start is not None and '"' in token.gap:
            spans.append((start, index - 1))
            start = None
            if not token.gap.rstrip().endswith('"') or token.gap.count('"') < 2:
                continue
        if token.gap.rstrip().endswith('"'):  # « French quotes » keep a space
            start = index
    if start is not None:
        spans.append((start, len(tokens) - 1))
    return [(first, last) for first, last in spans if tokens[first].sentence == tokens[last].sentence]
