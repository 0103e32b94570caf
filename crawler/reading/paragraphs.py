"""Clean text: NFC, no control or direction characters, paragraphs divided by one blank line."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable

from crawler.text.folding import fold

# Control characters (tab and line breaks aside), soft hyphens, zero-width and direction marks, byte order marks, lone
# surrogates, private "unassigned" ends. Zero-width joiners stay: Persian and Hindi are spelled with them.
_DROP = re.compile(
    "[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\u00ad\u061c\u200b\u200e\u200f\u202a-\u202e\u2060-\u2064\u2066-\u206f\ufeff"
    "\ufff9-\ufffb\ufffe\uffff\ud800-\udfff]+",
)
_BREAKS = re.compile("\r\n?|[\x0b\x0c\x85\u2028\u2029]")
SENTENCE_END = tuple('.!?:;»"”’)]…。！？؟।؛')
_FRAGMENT = 12
_SPACES = re.compile(r"[^\S\n]+")


def clean_line(text: str) -> str:
    """One line: NFC, no control characters, every run of white space one space."""
    return " ".join(clean_block(text).split())


def clean_block(text: str) -> str:
    """NFC without control characters; line breaks become `\\n`, everything else stays."""
    return unicodedata.normalize("NFC", _DROP.sub("", _BREAKS.sub("\n", text)))


def lines_of(text: str) -> list[str]:
    """The lines of a text that hold something, cleaned, spaces folded to one (no-break spaces inside stay)."""
    cleaned = clean_block(text)
    found = (_SPACES.sub(_one_space, line).strip() for line in cleaned.split("\n"))
    return [line for line in found if line]


def _one_space(match: re.Match[str]) -> str:
    run = match.group()
    # "500 MW" with a no-break space keeps it: quotes stay as printed
    return run if len(run) == 1 and run in "\u00a0\u202f\u2009" else " "


def mend(lines: list[str]) -> list[str]:
    """Lines that were broken in mid-sentence put together: the next one begins with a small letter."""
    mended: list[str] = []
    for line in lines:
        if (
            mended
            and len(line) > _FRAGMENT
            and line[0].islower()
            and not mended[-1].endswith(SENTENCE_END)
            and not mended[-1].startswith("- ")
        ):
            mended[-1] = f"{mended[-1]} {line}"
        else:
            mended.append(line)
    return mended


def join(paragraphs: Iterable[str]) -> str:
    """The text of a document out of its paragraphs."""
    return "\n\n".join(paragraphs)


def key_of(text: str) -> str:
    """Letters and digits only, folded: two printings of one title or line have the same key."""
    return " ".join(re.findall(r"\w+", fold(text)))
