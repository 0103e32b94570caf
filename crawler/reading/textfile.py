"""Plain text files, often bad extractions: tickers, notes, origin lines, footers, broken lines around one story."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import datetime, timezone

from crawler.outcomes import Outcome
from crawler.reading.dates import find_date, parse_date, sane
from crawler.reading.document import Document, Hints, Unreadable
from crawler.reading.encoding import decode
from crawler.reading.furniture import ends_article, is_furniture, without_furniture, without_title
from crawler.reading.guards import MAX_VISIBLE, check_bytes
from crawler.reading.language import detect_language
from crawler.reading.origin import is_origin_line, origin_line, origin_of, outlet_name
from crawler.reading.paragraphs import clean_block, join, key_of, lines_of
from crawler.reading.vocabulary import Vocabulary, vocabulary
from crawler.text.folding import fold
from crawler.urls import canonical_url

# Headlines of a ticker stand in one line, parted by runs of spaces or by bars and bullets.
_TICKER = re.compile(r"[^\S\n]{3,}|(?<!\s)\s+[|•·●►»✦★]\s+|\t+")
_TICKER_PIECES = 5
_TICKER_PIECE_MAX = 160
_DATE_PREFIX = re.compile(
    r"^\s*(?:date|published|publi[ée]e? le|fecha|تاريخ)\s*:?\s+"
    r"(\d{4}-\d{2}(?:-\d{2})?(?:T[\d:.]+(?:Z|[+-][\d:]+)?)?)(?=\s|$)\s*",
    re.IGNORECASE,
)
_END = tuple('.!?:;»"”’)]…。！？؟।')
_TITLE_MAX = 220
_BYLINE_MAX = 90
# "Le 08/05/2024 Rédaction de l'AMDGJB" after the last sentence
_SIGNED = re.compile(
    r"(?:^|(?<=[.!?»”\")…؟])\s+)(?P<line>(?:(?:le|on|el|em|am|في|بتاريخ|يوم)\s+)?(?P<date>[^.!?\n]{6,40}?\d{4})"
    r"\s*[,:–-]?\s*(?P<desk>\D[^\n]{2,100}))$",
    re.IGNORECASE,
)
_OF = re.compile(r"^\s*(?:de\s+l['’]|du\s+|de\s+la\s+|des\s+|de\s+|d['’]|of\s+(?:the\s+)?|del\s+)", re.IGNORECASE)


@dataclass(slots=True)
class _Draft:
    """What is known while a file is taken apart."""

    title: str | None = None
    published: str | None = None
    outlet: str | None = None
    authors: list[str] = field(default_factory=list)
    lines: list[str] = field(default_factory=list)


def read_text_file(
    url: str, data: bytes, hints: Hints | None = None, *, now: datetime | None = None
) -> Document | Unreadable:
    """The story in a .txt file: title, day, origin and body without ticker, notes and footer. Never raises."""
    refused = check_bytes(data)
    if refused:
        return Unreadable(url, refused.outcome, refused.reason)
    text, _ = decode(data, "text/plain")
    return read_text(url, text, hints or Hints(), now=now)


def read_text(
    url: str, text: str, hints: Hints, *, now: datetime | None = None, method: str = "text", titled: bool = False
) -> Document | Unreadable:
    """The same for text that is already decoded; what the hints say holds where the text says nothing.

    `titled`: the title is known from elsewhere, so the first line is text.
    """
    if len(text) > MAX_VISIBLE:
        return Unreadable(url, Outcome.TOO_LARGE, f"{len(text):,} characters, more than {MAX_VISIBLE:,}")
    words = vocabulary()
    draft = _take_apart(text, words, titled=titled)
    title = draft.title or hints.title
    lines = without_title(draft.lines, title)
    origin = origin_of(lines, words)
    lines = [line for line in without_furniture(lines, words) if not is_origin_line(line, words)]
    if not lines:
        return Unreadable(url, Outcome.READ_EMPTY, "no text of a story is in it")
    body = join(lines)
    language, sure = detect_language(body, hints.languages)
    today = now or datetime.now(timezone.utc)
    published = next(
        (
            good
            for value in (draft.published, origin.published, parse_date(hints.published))
            if (good := sane(value, today))
        ),
        None,
    )
    outlet = draft.outlet or origin.outlet or (outlet_name(hints.outlet, words) if hints.outlet else None)
    return Document(
        url=url,
        canonical_url=canonical_url(url),
        title=title,
        text=body,
        language=language,
        language_confidence=round(sure, 3),
        published=published,
        authors=tuple(draft.authors) or hints.authors,
        outlet=outlet,
        site=hints.outlet,
        method=method,
    )


def _take_apart(text: str, words: Vocabulary, *, titled: bool) -> _Draft:
    draft = _Draft()
    blocks = _blocks(text)
    blocks = _origin(draft, blocks, words)
    if blocks and (match := _DATE_PREFIX.match(blocks[0][0])):
        draft.published = draft.published or match.group(1)
        rest = blocks[0][0][match.end() :]
        blocks[0][:1] = [rest] if rest.strip() else []
        blocks = [block for block in blocks if block]
    if draft.title is None and not titled:
        blocks = _headline(draft, blocks, words)
    blocks = _byline(draft, blocks, words)
    draft.lines = [line for line in _mend(blocks) if line]
    if draft.title:
        draft.lines = _without_repeat(draft.lines, draft.title)
    _signature(draft, words)
    return draft


def _blocks(text: str) -> list[list[str]]:
    """Runs of lines between blank lines, tickers left out."""
    blocks: list[list[str]] = [[]]
    for raw in clean_block(text).split("\n"):
        if is_ticker(raw):
            continue
        cleaned = lines_of(raw)
        if cleaned:
            blocks[-1].append(cleaned[0])
        elif blocks[-1]:
            blocks.append([])
    return [block for block in blocks if block]


def is_ticker(line: str) -> bool:
    """Whether a line is a row of other stories' headlines: many short pieces parted by gaps, few of them sentences."""
    pieces = [piece.strip() for piece in _TICKER.split(line.strip()) if piece and piece.strip()]
    if len(pieces) < _TICKER_PIECES:
        return False
    short = sum(len(piece) <= _TICKER_PIECE_MAX for piece in pieces)
    sentences = sum(piece.endswith((".", "!", "؟")) for piece in pieces)
    return short >= 0.9 * len(pieces) and sentences <= 0.3 * len(pieces) and len(line) / len(pieces) > 8


def _origin(draft: _Draft, blocks: list[list[str]], words: Vocabulary) -> list[list[str]]:
    """An origin line near the top parts the site's furniture from the story; the line above it is the headline."""
    flat = [(b, i, line) for b, block in enumerate(blocks) for i, line in enumerate(block)]
    for place, (b, i, line) in enumerate(flat[:40]):
        found = origin_line(line, words)
        if found is None:
            continue
        draft.outlet, draft.published = found.outlet, found.published
        above = [text for _, _, text in flat[:place] if not is_furniture(text, words) and len(text) <= _TITLE_MAX]
        draft.title = above[-1] if above else None
        return [rest for rest in (blocks[b][i + 1 :], *blocks[b + 1 :]) if rest]
    return blocks


def _headline(draft: _Draft, blocks: list[list[str]], words: Vocabulary) -> list[list[str]]:
    """The first line where it is a headline: short, no full stop, and a story after it."""
    while blocks and all(is_furniture(line, words) for line in blocks[0]):
        blocks = blocks[1:]
    if not blocks:
        return blocks
    first = blocks[0][0]
    rest = [line for block in (blocks[0][1:], *blocks[1:]) for line in block]
    if not rest or len(first) > _TITLE_MAX or first.endswith((".", ",", ";", "،")):
        return blocks
    if len(blocks[0]) > 1 and not (len(rest[0]) > len(first) or rest[0].endswith(_END)):
        return blocks  # lines of one length: text broken by hand
    draft.title = first
    return [left for left in (blocks[0][1:], *blocks[1:]) if left]


def _byline(draft: _Draft, blocks: list[list[str]], words: Vocabulary) -> list[list[str]]:
    """Short lines at the top that are only a date or a name ("Par ..., le 12 mai 2024")."""
    while blocks and blocks[0]:
        line = blocks[0][0]
        if len(line) > _BYLINE_MAX or line.endswith((".", "!", "?")):
            break
        folded = fold(line)
        day = find_date(line)
        by = words.by.match(folded) if len(folded) == len(line) else None
        letters = sum(char.isalpha() for char in line)
        if by and by.end() > 2 and len(line[by.end() :].split()) <= 8 and line[by.end() :][:1].isupper():
            name = re.split(r"[,|–—]|\s-\s|\s(?:le|on|el)\s+\d", line[by.end() :])[0].strip()
            if name:
                draft.authors.append(name)
        elif not (day and letters <= 45):
            break
        draft.published = draft.published or day
        blocks[0].pop(0)
        if not blocks[0]:
            blocks = blocks[1:]
    return blocks


def _mend(blocks: list[list[str]]) -> list[str]:
    """Paragraphs out of lines: a line that stops in mid-sentence goes on in the next one."""
    longest = max((len(line) for block in blocks for line in block), default=0)
    paragraphs: list[str] = []
    for block in blocks:
        for place, line in enumerate(block):
            if paragraphs and _goes_on(paragraphs[-1], line, same_block=place > 0, longest=longest):
                paragraphs[-1] = f"{paragraphs[-1]} {line}"
            else:
                paragraphs.append(line)
    return paragraphs


def _goes_on(before: str, line: str, *, same_block: bool, longest: int) -> bool:
    if before.endswith(_END) or line.startswith(("-", "–", "—", "•", "*", "●", "▪")):
        return False
    starts_inside = line[0].islower() or line[0] in "(,;%€$" or line[0].isdigit()
    if not same_block:
        # across a blank line only what cannot begin a sentence, after what cannot be a heading
        return len(before) > 100 and starts_inside
    wrapped = longest <= 130 and len(before.rsplit("\n", 1)[-1]) > 0.6 * longest
    return wrapped or (len(before) > 60 and starts_inside)


def _without_repeat(lines: list[str], title: str) -> list[str]:
    """The title printed again in front of the first paragraph, without a break after it."""
    if not lines:
        return lines
    first = lines[0]
    key = key_of(title)
    if first.startswith(title) and len(first) > len(title) + 20:
        return [first[len(title) :].lstrip(" :–—-|."), *lines[1:]]
    head = first[: len(title)]
    if len(key) > 20 and key_of(head) == key and len(first) > len(title) + 20:
        return [first[len(title) :].lstrip(" :–—-|."), *lines[1:]]
    return lines


def _signature(draft: _Draft, words: Vocabulary) -> None:
    """A day and a desk behind the last sentence: the day of the story, and who signs for it."""
    for place in range(len(draft.lines) - 1, max(-1, len(draft.lines) - 4), -1):
        line = draft.lines[place]
        if ends_article(line, words) or is_furniture(line, words):
            continue
        match = _SIGNED.search(line, max(0, len(line) - 200))
        if not match or not (day := find_date(match["date"])):
            return
        desk = words.desk.match(fold(match["desk"]))
        if not desk:
            return
        draft.published = draft.published or day
        if len(fold(match["desk"])) == len(match["desk"]):
            name = _OF.sub("", match["desk"][desk.end() :]).strip(" .:-–")
            draft.outlet = draft.outlet or (outlet_name(name, words) if 2 < len(name) <= 60 else None)
        rest = line[: match.start("line")].rstrip()
        draft.lines[place : place + 1] = [rest] if rest else []
        return
