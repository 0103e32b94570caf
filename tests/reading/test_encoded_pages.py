"""Thirty pages in six encodings, each told in five ways, read to the letter."""

from __future__ import annotations

import pytest

from crawler.reading import Document, Page, read_page
from tests.reading.samples import ARABIC, FRENCH, NOW, SPANISH, article, page

URL = "https://example.ma/eco/titre"
_TITLES = {"fr": "Un port à Nador : l'été décidera", "ar": "أطلس للحوسبة تبني مركزا للبيانات بالناظور", "es": "Un puerto en Nador: el año decidirá"}
_TEXTS = {"fr": FRENCH, "ar": ARABIC, "es": SPANISH}
_ENCODINGS = [("utf-8", "ar"), ("utf-16", "ar"), ("windows-1256", "ar"), ("iso-8859-6", "ar"), ("windows-1252", "fr"), ("iso-8859-15", "es")]
_WAYS = ["head", "page", "both", "nobody", "wrong"]


@pytest.mark.parametrize("way", _WAYS)
@pytest.mark.parametrize(("encoding", "language"), _ENCODINGS)
def test_to_the_letter(encoding: str, language: str, way: str) -> None:
    texts = [text.replace("،", ",") if encoding == "iso-8859-6" else text for text in _TEXTS[language]]
    html = page(article(texts, heading=_TITLES[language]), lang=language, title=_TITLES[language]).decode()
    in_page = {"page": encoding, "both": encoding, "wrong": "iso-8859-1"}.get(way)
    html = html.replace("<meta charset='utf-8'>", f"<meta charset='{in_page}'>" if in_page else "")
    header = f"text/html; charset={encoding}" if way in {"head", "both"} else "text/html"
    found = read_page(Page(URL, html.encode(encoding, "xmlcharrefreplace"), header), now=NOW)
    assert isinstance(found, Document)
    assert (found.title, found.text, found.language) == (_TITLES[language], "\n\n".join(texts), language)
