"""The words of config/lexicon/reading.yml and config/outlets.yml, compiled once per configuration."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from pydantic import BaseModel, ConfigDict, Field

from crawler.configuration.checked import check, load_yaml
from crawler.configuration.locate import PACKAGED, ConfigFolder
from crawler.text.folding import fold


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid")


class ReadingLexicon(_Strict):
    """The file config/lexicon/reading.yml, as it is written."""

    months: dict[int, list[str]]
    published_labels: list[str]
    updated_labels: list[str]
    read_also: list[str]
    footer: list[str]
    comments: list[str]
    notes: list[str]
    legal: list[str]
    whole_lines: list[str]
    desk: list[str]
    roles: list[str] = Field(default_factory=list)
    credits: list[str] = Field(default_factory=list)
    follow: list[str] = Field(default_factory=list)
    networks: list[str] = Field(default_factory=list)
    picture_labels: list[str] = Field(default_factory=list)
    picture_services: list[str] = Field(default_factory=list)
    caption_classes: list[str] = Field(default_factory=list)
    box_classes: list[str] = Field(default_factory=list)
    by_labels: list[str]
    origin_lines: list[str]
    origin_labels: list[str]
    origin_links: list[str]
    challenge: list[str]
    needs_browser: list[str]
    paywall: list[str]


class OutletEntry(_Strict):
    """One outlet: the name to show, what else it is called, whether it is an agency that signs in brackets."""

    name: str
    aliases: list[str] = Field(default_factory=list)
    agency: bool = False


class OutletFile(_Strict):
    """The file config/outlets.yml."""

    outlets: list[OutletEntry]


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """Compiled words; every pattern runs on folded text."""

    months: dict[str, int]
    month_pattern: str
    published: re.Pattern[str]
    updated: re.Pattern[str]
    read_also: re.Pattern[str]
    footer: re.Pattern[str]
    comments: frozenset[str]
    notes: re.Pattern[str]
    credits: re.Pattern[str]
    follow: re.Pattern[str]
    picture_label: re.Pattern[str]
    picture_service: re.Pattern[str]
    caption_classes: re.Pattern[str]
    box_classes: re.Pattern[str]
    legal: re.Pattern[str]
    whole_lines: frozenset[str]
    desk: re.Pattern[str]
    desk_words: frozenset[str]
    role_words: frozenset[str]
    by: re.Pattern[str]
    origin_lines: tuple[tuple[str, str, str], ...]
    origin_label: re.Pattern[str]
    origin_links: re.Pattern[str]
    challenge: re.Pattern[str]
    needs_browser: re.Pattern[str]
    paywall: re.Pattern[str]
    outlets: dict[str, str]
    agencies: dict[str, str]


def outlet_key(name: str) -> str:
    """The form under which an outlet's name is compared: folded, letters and digits only."""
    return " ".join(re.findall(r"\w+", fold(name)))


def words(terms: list[str]) -> str:
    """An alternation of folded terms, the longest first, any run of spaces between words."""
    folded = sorted({fold(term).strip() for term in terms if term.strip()}, key=lambda term: (-len(term), term))
    if not folded:
        return "(?!)"  # no words: nothing matches
    return "|".join(re.escape(term).replace(r"\ ", r"\s+") for term in folded)


def _prefix(terms: list[str]) -> re.Pattern[str]:
    """Matches a line that begins with one of the terms, after bullets or arrows."""
    return re.compile(rf"[\W_]{{0,6}}(?:{words(terms)})(?!\w)")


def _anywhere(terms: list[str]) -> re.Pattern[str]:
    return re.compile(rf"(?<!\w)(?:{words(terms)})(?!\w)")


def compile_vocabulary(lexicon: ReadingLexicon, outlets: OutletFile) -> Vocabulary:
    """The vocabulary out of its two files."""
    months = {
        re.sub(r"\s+", " ", fold(str(name))): number for number, names in lexicon.months.items() for name in names
    }
    lines = []
    for line in lexicon.origin_lines:
        before, _, rest = fold(line).partition("{outlet}")
        between, _, _ = rest.partition("{date}")
        lines.append((before.strip(), between.strip(), line))
    return Vocabulary(
        months=months,
        month_pattern=words(list(months)),
        published=_anywhere(lexicon.published_labels),
        updated=_anywhere(lexicon.updated_labels),
        read_also=_prefix(lexicon.read_also),
        footer=_prefix(lexicon.footer),
        comments=frozenset(outlet_key(line) for line in lexicon.comments),
        notes=_prefix(lexicon.notes),
        credits=_prefix(lexicon.credits),
        follow=re.compile(
            rf"[\W_]{{0,6}}(?:{words(lexicon.follow)})(?!\w).{{1,90}}(?<!\w)(?:{words(lexicon.networks)})(?!\w)"
        ),
        picture_label=re.compile(rf"[\W_]{{0,4}}(?:{words(lexicon.picture_labels)})\s*(?:[:©/]|by\s)"),
        picture_service=re.compile(rf"^(?:(?!/|\bvia\b).)*(?:/|\bvia\b).*(?:{words(lexicon.picture_services)})\W*$"),
        caption_classes=re.compile(words(lexicon.caption_classes)),
        box_classes=re.compile(words(lexicon.box_classes)),
        legal=_prefix(lexicon.legal),
        whole_lines=frozenset(outlet_key(line) for line in lexicon.whole_lines),
        desk=_anywhere(lexicon.desk),
        desk_words=frozenset(outlet_key(word) for word in lexicon.desk),
        role_words=frozenset(outlet_key(word) for word in lexicon.roles),
        by=re.compile(rf"\W*(?:{words(lexicon.by_labels)})(?!\w)\s*:?\s*"),
        origin_lines=tuple(lines),
        origin_label=re.compile(rf"[\W_]{{0,4}}(?:{words(lexicon.origin_labels)})(?!\w)"),
        origin_links=_anywhere(lexicon.origin_links),
        challenge=_anywhere(lexicon.challenge),
        needs_browser=_anywhere(lexicon.needs_browser),
        paywall=_anywhere(lexicon.paywall),
        outlets={outlet_key(name): entry.name for entry in outlets.outlets for name in (entry.name, *entry.aliases)},
        agencies={
            outlet_key(name): entry.name
            for entry in outlets.outlets
            if entry.agency
            for name in (entry.name, *entry.aliases)
        },
    )


def load_vocabulary(folder: ConfigFolder) -> Vocabulary:
    """Read and check both files of a configuration folder; a ConfigError names file, line and key."""
    return _load(folder.file("lexicon/reading.yml"), folder.file("outlets.yml"))


@lru_cache(maxsize=4)
def _load(lexicon: Path, outlets: Path) -> Vocabulary:
    return compile_vocabulary(_checked(ReadingLexicon, lexicon), _checked(OutletFile, outlets))


def _checked(model: Any, path: Path) -> Any:
    data, lines = load_yaml(path)
    return check(model, data, path, lines)


class _Chosen:
    folder = ConfigFolder(PACKAGED)
    loaded: Vocabulary | None = None


def use_config(folder: ConfigFolder) -> None:
    """From now on this process reads with the words of `folder`; they are checked at once."""
    _Chosen.loaded = load_vocabulary(folder)
    _Chosen.folder = folder


def vocabulary() -> Vocabulary:
    """The words of the configuration in use (the packaged one unless `use_config` said otherwise)."""
    if _Chosen.loaded is None:
        _Chosen.loaded = load_vocabulary(_Chosen.folder)
    return _Chosen.loaded
