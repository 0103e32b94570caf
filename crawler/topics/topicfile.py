"""The shape of a topic file, its compiled vocabulary, and where its weights come from."""

from __future__ import annotations

import difflib
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Annotated, Any

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field

from crawler.configuration.checked import Lines, check, load_yaml
from crawler.errors import ConfigError
from crawler.topics.finder import Finder
from crawler.topics.phrases import PhraseError, spell_out

MOST_QUERIES = 4  # phrases taken for a language where the file names no queries
_NOTATION = re.compile(r"[()*#<>|?]|\.\.")


def split_phrases(written: object) -> object:
    """The phrases of a text block: one a line or several with commas between. Lists are left as they are."""
    if isinstance(written, str):
        return [phrase.strip() for phrase in written.replace("\n", ",").split(",") if phrase.strip()]
    return written


_NO_PHRASES = frozenset({"id", "name", "threshold", "figures", "words", "cues", "weights", "queries"})

# language (or `any`) → phrases
Phrases = dict[str, Annotated[list[str], BeforeValidator(split_phrases)]]


class _Section(BaseModel):
    model_config = ConfigDict(extra="forbid", strict=True)


class Terms(_Section):
    """The thing itself: `one` of it, `many`, `weak` names of it, `short` ones that count only
    in a document that also names it in full, and what only looks like it (`not`)."""

    one: Phrases
    many: Phrases = Field(default_factory=dict)
    weak: Phrases = Field(default_factory=dict)
    short: Phrases = Field(default_factory=dict)
    not_: Phrases = Field(default_factory=dict, alias="not")


class Marks(_Section):
    """What tells one facility (`specific`) from the trade (`generic`) and from goods for it
    (`product`)."""

    specific: Phrases = Field(default_factory=dict)
    generic: Phrases = Field(default_factory=dict)
    product: Phrases = Field(default_factory=dict)


class TopicFile(_Section):
    """config/topics/*.yml, checked."""

    id: str
    name: str
    threshold: float = Field(default=0.5, gt=0, lt=1)
    terms: Terms
    building: Phrases = Field(default_factory=dict)
    marks: Marks = Field(default_factory=Marks)
    events: dict[str, Phrases] = Field(default_factory=dict)
    facility: Phrases = Field(default_factory=dict)
    elsewhere: Phrases = Field(default_factory=dict)
    hints: Phrases = Field(default_factory=dict)
    quantities: dict[str, Phrases] = Field(default_factory=dict)
    against: dict[str, Phrases] = Field(default_factory=dict)
    rivals: dict[str, Phrases] = Field(default_factory=dict)
    figures: list[str] = Field(default_factory=list)
    words: dict[str, Any] = Field(default_factory=dict)  # and `cues`: read with the claims' own vocabulary
    cues: dict[str, Any] = Field(default_factory=dict)
    weights: dict[str, float]
    queries: Phrases = Field(default_factory=dict)


class WeightsFile(_Section):
    """config/topics/*.weights.yml: what `crawler.topics.train` learnt, as text."""

    topic: str
    learnt_from: str = ""
    threshold: float = Field(gt=0, lt=1)
    weights: dict[str, float]


class Vocabulary:
    """A topic's phrases, compiled. `terms`, in all languages, run first; `context` sees them as <one>, <many> ..."""

    def __init__(self, terms: Finder, context: Mapping[str, Phrases]) -> None:
        self.terms = terms
        self._context = context
        self._languages = {language for phrases in context.values() for language in phrases} - {"any"}
        self._compiled: dict[str, Finder] = {}

    def context(self, language: str) -> Finder:
        """The phrases around a term in `language` and in none: `plant` is no plan in English. All of them for a
        language that the file does not know. Compiled at the first use."""
        language = language if language in self._languages else ""
        finder = self._compiled.get(language)
        if finder is None:
            wanted = {"any", language} if language else {"any", *self._languages}
            finder = self._compiled[language] = Finder({
                label: [phrase for key, listed in phrases.items() if key in wanted for phrase in listed]
                for label, phrases in self._context.items()})
        return finder


@dataclass(frozen=True, slots=True)
class Definition:
    """A topic file as loaded. `learnt` says whether weights lay beside it."""

    id: str
    name: str
    threshold: float
    weights: Mapping[str, float]
    written: Mapping[str, float]
    learnt: bool
    vocabulary: Vocabulary
    queries: Mapping[str, tuple[str, ...]] = field(default_factory=dict)  # language → words to search for
    figures: tuple[str, ...] = ()  # further kinds of claims


def weights_path(path: Path) -> Path:
    """Where the learnt weights of the topic file `path` lie."""
    return path.with_name(path.name.removesuffix(path.suffix) + ".weights.yml")


def read_definition(path: Path, *, learnt: bool = True) -> Definition:
    """Load and compile the topic file `path`; `learnt=False` leaves learnt weights aside. Raises ConfigError."""
    data, lines = load_yaml(path)
    model = check(TopicFile, data, path, lines)
    _check_phrases(data, path, lines)
    vocabulary = _compile(model)
    known = feature_names(model)
    _check_weights(model.weights, known, path, lines)
    beside = weights_path(path)
    if not (learnt and beside.is_file()):
        return Definition(model.id, model.name, model.threshold, model.weights, model.weights, False, vocabulary,
                          queries_of(model), tuple(model.figures))
    learnt_data, learnt_lines = load_yaml(beside)
    weights = check(WeightsFile, learnt_data, beside, learnt_lines)
    if weights.topic != model.id:
        raise ConfigError(beside, f"belongs to the topic {weights.topic!r}", line=learnt_lines.of(("topic",)),
                          key="topic", hint=f"expected {model.id!r}")
    _check_weights(weights.weights, known, beside, learnt_lines)
    return Definition(model.id, model.name, weights.threshold, {**model.weights, **weights.weights}, model.weights,
                      True, vocabulary, queries_of(model), tuple(model.figures))


def queries_of(model: TopicFile) -> dict[str, tuple[str, ...]]:
    """What search services are asked, by language: `queries`, or where there are none, the terms in plain words."""
    if model.queries:
        return {language: tuple(phrases) for language, phrases in model.queries.items() if phrases}
    found: dict[str, dict[str, None]] = {}
    for terms in (model.terms.one, model.terms.many):
        for language, phrases in terms.items():
            plain = (phrase.replace("_", " ") for phrase in phrases if not _NOTATION.search(phrase))
            found.setdefault(language, {}).update(dict.fromkeys(plain))
    return {language: tuple(phrases)[:MOST_QUERIES] for language, phrases in found.items() if phrases}


GENERAL = (
    "bias", "title_one", "title_many", "title_weak", "title_generic", "lead_one", "lead_many", "lead_weak", "weak_only",
    "specific", "mentions", "coverage", "generic", "plural", "late", "facility", "capacities", "event_title",
    "event_lead", "built", "passing", "deferred", "parade", "title_row",
    "title_deed", "tied", "title_rival", "adverse", "names", "title_adverse",
)


def feature_names(model: TopicFile) -> tuple[str, ...]:
    """Every feature that this topic may weigh."""
    return (*GENERAL, *model.quantities, *(f"events.{kind}" for kind in model.events),
            *(f"against.{kind}" for kind in model.against), *(f"rivals.{kind}" for kind in model.rivals))


def _check_weights(weights: Mapping[str, float], known: tuple[str, ...], path: Path, lines: Lines) -> None:
    for name in weights:
        if name not in known:
            close = difflib.get_close_matches(name, known, n=1)
            raise ConfigError(path, "unknown feature", line=lines.of(("weights", name)), key=f"weights.{name}",
                              hint=f"did you mean {close[0]!r}?" if close else "see docs/topics.md")


def _check_phrases(data: Any, path: Path, lines: Lines, where: tuple[str | int, ...] = ()) -> None:
    """Every text in the file that is a phrase must be readable as one."""
    if isinstance(data, dict):
        for key, value in data.items():
            if not where and key in _NO_PHRASES:
                continue
            _check_phrases(value, path, lines, (*where, str(key)))
    elif isinstance(data, list):
        for index, value in enumerate(data):
            _check_phrases(value, path, lines, (*where, index))
    elif isinstance(data, str):
        block = "\n" in data  # a text block begins on the line after its key
        for offset, written in enumerate(data.split("\n")):
            for phrase in split_phrases(written):  # type: ignore[attr-defined]
                try:
                    forms = spell_out(phrase)
                    if where[0] == "terms" and any(word.kind in {"place", "name"} for f in forms for word in f.words):
                        raise PhraseError(f"{phrase!r}: a term cannot hold another one in <>")
                except PhraseError as error:
                    line = lines.of(where)
                    key = ".".join(str(part) for part in where if not isinstance(part, int))
                    raise ConfigError(path, str(error), line=line + offset + block if line else None, key=key,
                                      hint="see 'Phrases' in docs/topics.md") from None


def _compile(model: TopicFile) -> Vocabulary:
    terms = model.terms
    first = {"one": terms.one, "many": terms.many, "weak": terms.weak, "short": terms.short, "not": terms.not_}
    context: dict[str, Phrases] = {
        "building": model.building, "facility": model.facility, "elsewhere": model.elsewhere, "hints": model.hints,
        "mark.specific": model.marks.specific,
        "mark.generic": model.marks.generic, "mark.product": model.marks.product,
        **{f"events.{kind}": phrases for kind, phrases in model.events.items()},
        **{f"quantity.{kind}": phrases for kind, phrases in model.quantities.items()},
        **{f"against.{kind}": phrases for kind, phrases in model.against.items()},
        **{f"rivals.{kind}": phrases for kind, phrases in model.rivals.items()},
    }
    return Vocabulary(Finder({label: [phrase for listed in phrases.values() for phrase in listed]
                              for label, phrases in first.items()}), context)
