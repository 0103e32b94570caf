"""Names that must not be stored: found by digests of their folded words, painted over letter by letter.

What is painted over keeps its length, so that every quote stays where it stood.
"""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass, replace
from typing import Any

from sqlalchemy import Connection

from crawler.linking.letters import words
from crawler.pipeline import Understood
from storage import decisions
from storage.forgetting import digest

PAINT = "█"
_TOKEN = re.compile(r"[^\W_](?:[\w\u064b-\u065f\u0670]*)")


def name_digest(name: str) -> str:
    """What stays of a name."""
    return digest("author", " ".join(words(name)))


@dataclass(frozen=True, slots=True)
class Painter:
    """Paints over names. `lengths`: of how many words they are."""

    digests: frozenset[str]
    lengths: frozenset[int]

    def __bool__(self) -> bool:
        return bool(self.digests)

    def names(self, author: str) -> bool:
        """Whether a byline holds one of the names."""
        return self.paint(author) != author

    def paint(self, text: str) -> str:
        """`text` with every name in it painted over."""
        tokens = [(m.start(), m.end(), " ".join(words(m.group()))) for m in _TOKEN.finditer(text)]
        spans = [(tokens[i][0], tokens[i + size - 1][1]) for size in self.lengths
                 for i in range(len(tokens) - size + 1)
                 if digest("author", " ".join(token[2] for token in tokens[i:i + size])) in self.digests]
        for start, end in spans:
            text = text[:start] + "".join(PAINT if not c.isspace() else c for c in text[start:end]) + text[end:]
        return text

    def anywhere(self, value: Any) -> Any:
        """JSON with every text in it painted."""
        if isinstance(value, str):
            return self.paint(value)
        if isinstance(value, list):
            return [self.anywhere(item) for item in value]
        if isinstance(value, dict):
            return {key: self.anywhere(item) for key, item in value.items()}
        return value

    def over(self, answer: Understood) -> Understood:
        """What was understood of a page, without the names."""
        document = answer.document
        text = self.paint(document.text)
        claims = tuple(replace(claim, quote=text[claim.quote_start:claim.quote_end],
                               value_text=self._maybe(claim.value_text), value_printed=self._maybe(claim.value_printed))
                       for claim in answer.claims.claims)
        authors = tuple(author for author in document.authors if not self.names(author))
        return replace(answer, claims=replace(answer.claims, claims=claims), document=replace(
            document, title=self._maybe(document.title), text=text, authors=authors))

    def _maybe(self, text: str | None) -> str | None:
        return self.paint(text) if text is not None else None


def painter(rows: Collection[dict[str, Any]]) -> Painter:
    """A painter by decisions to forget."""
    own = [row for row in rows if row["arguments"].get("kind") == "author"]
    return Painter(frozenset(row["target"] for row in own), frozenset(int(row["arguments"]["words"]) for row in own))


def painter_of(conn: Connection) -> Painter:
    """A painter by the decisions in force."""
    return painter(decisions.active(conn, ("forget",)))
