"""Lines that belong to the site and not to the story: read-also, share rows, notes, what stands after the end."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable

from crawler.reading.dates import find_date
from crawler.reading.paragraphs import key_of
from crawler.reading.vocabulary import Vocabulary
from crawler.text.folding import fold

_READ_ALSO_MAX = 200
_NOTE_MAX = 160
_CREDIT_MAX = 120
_SERVICE_MAX = 60
_FOOTER_MAX = 90
_FOOT_MAX = 300
# A footer counts as one only in the later part of a text: "Related posts" may stand beside a first paragraph.
_FOOTER_FROM = 0.3
_HEAD_LINES = 6
_HEADINGS = 3
_HEAD_MAX = 90
_LABEL_MAX = 35
# The same long line three times on one page is a note (consent, subscription), not a sentence.
_NOTE_TIMES = 3
_NOTE_LENGTH = 60
_HEADLINE_LENGTH = 45
_SENTENCE_END = (".", "!", "?", "…", "。", "؟", '"', "”", "»")
_COPYRIGHT = re.compile(
    r"\W*(?:©|\(c\)|copyright\b|tous droits réservés|todos los derechos)",
    re.IGNORECASE,
)
_NUMBER = re.compile(r"\d+")
_ADDRESS = re.compile(r"(?<![^\s@])[^\s@]+@[^\s@]+\.\w{2,}")


def is_furniture(line: str, words: Vocabulary) -> bool:
    """Whether a line is no sentence of the story but a pointer, a note or a label of the site."""
    if len(line) > _FOOT_MAX:
        return False
    folded = fold(line)
    if words.follow.match(folded):
        return True
    if len(line) > _READ_ALSO_MAX:
        return False
    if words.read_also.match(folded):
        return True
    if len(line) <= _NOTE_MAX and words.notes.match(folded):
        return True
    if len(line) <= _CREDIT_MAX and words.picture_label.match(folded):
        return True
    if len(line) <= _SERVICE_MAX and words.picture_service.search(folded):
        return True
    return len(line) <= 40 and key_of(line) in words.whole_lines


def ends_article(line: str, words: Vocabulary) -> bool:
    """Whether a short line opens what stands below an article (comments, related stories)."""
    if len(line) > _FOOTER_MAX:
        return False
    return bool(words.footer.match(fold(line))) or key_of(_NUMBER.sub(" ", line)) in words.comments


def without_furniture(lines: Iterable[str], words: Vocabulary, *, cut_footer: bool = True) -> list[str]:
    """The lines of a story: pointers and notes dropped, everything from the footer on cut."""
    every = list(lines)
    total = sum(map(len, every)) or 1
    kept: list[str] = []
    seen = 0
    for line in every:
        if cut_footer and seen >= _FOOTER_FROM * total and ends_article(line, words):
            break
        seen += len(line)
        if not is_furniture(line, words) and not ends_article(line, words):
            kept.append(line)
    return kept


def without_head(lines: list[str], words: Vocabulary, sites: Iterable[str] = ()) -> list[str]:
    """The lines without a date line, a byline or a short label in front of the first sentence."""
    names = tuple(key for key in map(key_of, sites) if len(key) > 3)
    kept = list(lines[:_HEAD_LINES])
    place = 0
    while place < min(len(kept), len(lines) - 1):
        line = kept[place]
        if len(line) > _HEAD_MAX or line.endswith(_SENTENCE_END):
            break
        if _is_byline(line, words) or (names and key_of(line).startswith(names)):
            kept.pop(place)
        else:
            place += 1
    kept += lines[_HEAD_LINES:]
    labels = 0
    while labels < min(_HEAD_LINES, len(kept) - 2) and _is_label(kept[labels]):
        labels += 1
    return kept[labels:]


def _is_label(line: str) -> bool:
    """A section name or a kicker: a few words that end no sentence; a point of a list or a figure may be a fact."""
    if line.startswith("- ") or any(char.isdecimal() for char in line):
        return False
    return len(line) < _LABEL_MAX and len(line.split()) <= 4 and not line.endswith((*_SENTENCE_END, ":"))


def _is_byline(line: str, words: Vocabulary) -> bool:
    folded = fold(line)
    by = words.by.match(folded)
    if by and by.end() >= 2 and len(folded.split()) <= 8:
        name = line[by.end() :] if len(folded) == len(line) else folded[by.end() :]
        return not name[:1].islower()
    return bool(words.published.match(folded) or words.updated.match(folded) or find_date(line))


def _without_notes(lines: list[str]) -> list[str]:
    """The lines without long ones that stand there three times; all of them where that is most of the text."""
    counts = Counter(map(key_of, lines))
    kept = [
        line
        for line in lines
        if len(line) <= _NOTE_LENGTH or counts[key_of(line)] < _NOTE_TIMES or line.endswith(("?", "؟"))
    ]
    return kept if 2 * sum(map(len, kept)) > sum(map(len, lines)) else lines


def without_tail(lines: list[str], words: Vocabulary) -> list[str]:
    """The lines without what sites print below: rows of headlines as bullets, addresses, copyright, repeated notes."""
    kept = _without_notes(lines)
    end = len(kept)
    while (
        end > 2
        and kept[end - 1].startswith("- ")
        and len(kept[end - 1]) < _NOTE_MAX
        and not kept[end - 1].endswith(_SENTENCE_END)
    ):
        end -= 1
    row = kept[end:]
    if len(row) >= 2 and sum(map(len, row)) > _HEADLINE_LENGTH * len(row):
        kept = kept[:end]
    last = len(kept) - 4
    return [line for place, line in enumerate(kept) if place == 0 or place < last or not _is_foot(line, words)]


def _is_foot(line: str, words: Vocabulary) -> bool:
    """Whether one of the last lines is the site's: copyright, legal pages, credits, an address to write to."""
    if len(line) > _FOOT_MAX:
        return False
    return bool(
        words.legal.match(fold(line))
        or words.credits.match(fold(line))
        or _COPYRIGHT.match(line)
        or (len(line) < _READ_ALSO_MAX and _ADDRESS.search(line))
    )


def without_headings(lines: list[str], headings: frozenset[str]) -> list[str]:
    """The lines without leading ones that print the headline in another wording of the page's own."""
    kept = [line for place, line in enumerate(lines) if place >= _HEADINGS or key_of(line) not in headings]
    return kept if len(kept) > 1 else lines


def without_title(lines: list[str], title: str | None) -> list[str]:
    """The lines without leading ones that only repeat the title, and without the title right behind the lead."""
    key = key_of(title or "")
    if not key:
        return lines
    start = 0
    while start < len(lines) and start < 3:
        line = key_of(lines[start])
        if line == key or (len(line) > 20 and len(line) < len(key) + 30 and (line in key or key in line)):
            start += 1
        else:
            break
    kept = lines[start:]
    return [line for place, line in enumerate(kept) if not (0 < place < _HEAD_LINES and key_of(line) == key)]
