"""Lines that belong to the site and not to the story: read-also, share rows, notes, what stands after the end."""

from __future__ import annotations

from collections.abc import Iterable

from crawler.reading.paragraphs import key_of
from crawler.reading.vocabulary import Vocabulary
from crawler.text.folding import fold

_READ_ALSO_MAX = 200
_NOTE_MAX = 160
_FOOTER_MAX = 90
# A footer counts as one only in the later part of a text: "Related posts" may stand beside a first paragraph.
_FOOTER_FROM = 0.3


def is_furniture(line: str, words: Vocabulary) -> bool:
    """Whether a line is no sentence of the story but a pointer, a note or a label of the site."""
    if len(line) > _READ_ALSO_MAX:
        return False
    folded = fold(line)
    if words.read_also.match(folded):
        return True
    if len(line) <= _NOTE_MAX and words.notes.match(folded):
        return True
    return len(line) <= 40 and key_of(line) in words.whole_lines


def ends_article(line: str, words: Vocabulary) -> bool:
    """Whether a short line opens what stands below an article (comments, related stories)."""
    return len(line) <= _FOOTER_MAX and bool(words.footer.match(fold(line)))


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


def without_title(lines: list[str], title: str | None) -> list[str]:
    """The lines without leading ones that only repeat the title."""
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
    return lines[start:]
