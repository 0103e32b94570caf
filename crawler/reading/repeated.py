"""Lines that a source prints on page after page: out of the text once they are known."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace

from crawler.reading.document import Document

# A cookie note has some 300 characters; what is longer is a paragraph that somebody quoted.
_LONGEST = 400
# Where more than half would go, the page is another copy of a story and no furniture.
_MOST = 0.5


def without_known_lines(document: Document, known: Collection[str]) -> Document:
    """The document without those whole lines of its text that are in `known`.

    Unchanged where they are more than half of it: then a story was printed several times, not a footer.
    """
    gone = {line for line in known if 0 < len(line) <= _LONGEST}
    if not gone:
        return document
    blocks = ([line for line in block.split("\n") if line not in gone] for block in document.text.split("\n\n"))
    text = "\n\n".join("\n".join(block) for block in blocks if any(line.strip() for line in block))
    if len(text) < (1 - _MOST) * len(document.text) or len(text) == len(document.text):
        return document
    return replace(document, text=text)
