"""The corpus: every template with every story, in the encodings that its language meets."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from tests.quality.reading.parts import STORIES, Story
from tests.quality.reading.templates import DAY, NO_AUTHOR, TEMPLATES

# (encoding of the bytes, what the HTTP head says, what the page says); every language is also met without a declaration
_WAYS = {"fr": (("utf-8", "utf-8", ""), ("cp1252", "", "iso-8859-1")), "es": (("utf-8", "", "utf-8"), ("cp1252", "iso-8859-1", "")),
         "ar": (("utf-8", "utf-8", ""), ("cp1256", "", "windows-1256")), "en": (("utf-8", "", ""), ("cp1252", "windows-1252", ""))}


EXPECTED = Path(__file__).parent / "expected.jsonl"
Expected = Mapping[str, object]


@dataclass(frozen=True)
class Made:
    """One page and what reading must give."""

    name: str
    body: bytes
    content_type: str
    expected: Expected


def corpus() -> Iterator[Made]:
    """All pages, in a fixed order."""
    for template in TEMPLATES:
        for story in STORIES:
            page = template(story)
            authors = () if template.__name__ in NO_AUTHOR else (story.author,)
            for encoding, header, declared in _WAYS[story.language]:
                meta = f"<meta http-equiv='Content-Type' content='text/html; charset={declared}'>" if declared else ""
                head = f"text/html; charset={header}" if header else "text/html"
                name = f"{template.__name__}.{story.language}.{encoding}"
                yield Made(name, page.replace("<head>", f"<head>{meta}").encode(encoding, "xmlcharrefreplace"),
                           head, _expected(name, story, authors))


def _expected(name: str, story: Story, authors: tuple[str, ...]) -> Expected:
    return {"page": name, "title": story.title, "day": DAY, "authors": list(authors), "language": story.language,
            "text": "\n\n".join(story.paragraphs)}


def answers() -> Iterator[Expected]:
    """What every page must give, as expected.jsonl holds it, one object a page; of walls the outcome."""
    yield from (made.expected for made in corpus())
    yield from ({"page": name, "outcome": outcome} for name, _, outcome in refused())


def refused() -> Iterator[tuple[str, bytes, str]]:
    """Pages that are no article: a challenge, a page for browsers only, one that holds nothing; with their outcome."""
    for language, (wait, script, wall) in _WALLS.items():
        head = f"<!doctype html><html lang='{language}'><head><meta charset='utf-8'><title>outlet.example</title></head><body>"
        yield f"challenge.{language}", f"{head}<div id='challenge-form'><h1>{wait}</h1></div></body></html>".encode(), "blocked"
        yield f"browser.{language}", f"{head}<div id='root'></div><noscript>{script}</noscript></body></html>".encode(), "needs_browser"
        lead = next(story for story in STORIES if story.language == language).paragraphs[0]
        yield f"paywall.{language}", f"{head}<article><p>{lead}</p><div class='paywall'><p>{wall}</p></div></article></body></html>".encode(), "paywall"
        yield f"empty.{language}", f"<html lang='{language}'><body><nav><a href='/'>x</a></nav></body></html>".encode(), "read_empty"


# what such pages print before an article is English on most sites, whatever their own language
_ENGLISH = ("Just a moment...", "You need to enable JavaScript to run this app.")
_WALLS = {"fr": (*_ENGLISH, "Cet article est réservé aux abonnés."), "ar": (*_ENGLISH, "هذا المقال مخصص للمشتركين."),
          "en": (*_ENGLISH, "Subscribe to continue reading."), "es": (*_ENGLISH, "Contenido exclusivo para suscriptores.")}
