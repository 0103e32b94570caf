"""The shipped vocabulary, and a short way to read a story of one's own."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from crawler.claims import Claims, Lexicon, extract, load_lexicon
from crawler.configuration.locate import PACKAGED, ConfigFolder
from crawler.reading.document import Document

Read = Callable[..., Claims]


@pytest.fixture(scope="session")
def lexicon() -> Lexicon:
    return load_lexicon(ConfigFolder(PACKAGED))


@pytest.fixture(scope="session")
def read(lexicon: Lexicon) -> Read:
    """read(text, title=..., language=...) → claims; checks on the way that every quote stands in the text."""

    def run(text: str, title: str | None = None, language: str = "en", published: str | None = None) -> Claims:
        document = Document(url="https://example.org/a", canonical_url="https://example.org/a", title=title, text=text,
                            language=language, published=published)
        claims = extract(document, lexicon)
        for claim in claims.claims:
            assert claim.quote
            assert text[claim.quote_start:claim.quote_end] == claim.quote
        return claims

    return run


def values(claims: Claims, kind: str) -> list[str | None]:
    """The normalised values of one kind, of the main project."""
    return [claim.value_text for claim in claims.claims if claim.kind == kind and claim.subject == 0]


def printed(claims: Claims, kind: str) -> list[str | None]:
    """The same as printed."""
    return [claim.value_printed for claim in claims.claims if claim.kind == kind and claim.subject == 0]
