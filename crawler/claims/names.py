"""The project's own name: after `project`, `called`, in quotes, or a capitalised run that ends in a facility word."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from crawler.claims.context import Context
from crawler.claims.lexicon import Lexicon
from crawler.claims.phrases import Token
from crawler.claims.proper import Run, has_odd_case, runs, title_case

_MOST = 4
_PROJECT = frozenset(("project", "projet", "proyecto", "projekt", "projeto", "progetto"))
_AMOUNT = re.compile(r"\d[\d.,]*\w*|[QTHS]\d")


@dataclass(frozen=True, slots=True)
class Name:
    """A project name as printed at tokens[first:last + 1] of title or body."""

    printed: str
    title: bool
    first: int
    last: int


def find_names(contexts: tuple[Context, Context], lexicon: Lexicon, other: set[int],
               companies: tuple[set[int], set[int]]) -> list[Name]:
    """At most four names, the body's first. `companies`: words of either that belong to an organisation."""
    names: dict[str, Name] = {}
    for context, taken in zip(reversed(contexts), reversed(companies), strict=True):
        title = context is contexts[0]
        passage = context.passage
        for first, last in _quoted(context):
            if (title or first not in other) and first not in taken \
                    and context.before(first, "name_before", 2) is not None and last - first < 5:
                _add(names, context, first, last, title)
        if title and title_case(passage):
            continue
        for run in runs(passage, lexicon.names):
            first = run.first - 1 if _is_project_word(passage.tokens, run.first - 1) else run.first
            if (title or run.first not in other) and (first < run.first or _is_name(context, run, lexicon, taken)):
                _add(names, context, first, run.last, title)
    return list(names.values())[:_MOST]


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


def _is_name(context: Context, run: Run, lexicon: Lexicon, taken: set[int]) -> bool:
    tokens = context.passage.tokens
    words = [token.text for token in tokens[run.first:run.last + 1]]
    generic = lexicon.sets["generic"]
    if all(word in generic or _AMOUNT.fullmatch(word.upper()) for word in words) \
            or all(i in taken for i in range(run.first, run.last + 1)):
        return False
    nouns = lexicon.sets["name_nouns"]
    if len(words) > 1 and words[-1] in nouns and not set(words[:-1]) <= generic:
        return True
    called = context.before(run.first, "name_before", 2) is not None and run.first not in taken
    if called and (tokens[run.first].gap.strip() in ("", '"', ",", "(") or '"' in tokens[run.first].gap):
        printed = context.passage.printed(run.first, run.last)
        return len(words) > 1 or has_odd_case(printed) or '"' in tokens[run.first].gap
    return False


def _quoted(context: Context) -> list[tuple[int, int]]:
    tokens = context.passage.tokens
    spans: list[tuple[int, int]] = []
    start: int | None = None
    for index, token in enumerate(tokens):
        if start is not None and '"' in token.gap:
            spans.append((start, index - 1))
            start = None
            if not token.gap.endswith('"') or token.gap.count('"') < 2:
                continue
        if token.gap.endswith('"'):
            start = index
    if start is not None:
        spans.append((start, len(tokens) - 1))
    return [(first, last) for first, last in spans if tokens[first].sentence == tokens[last].sentence]
