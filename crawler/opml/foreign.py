"""A source made of what another reader's outlines say of it, and what had to be assumed."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Container, Sequence
from dataclasses import dataclass
from urllib.parse import urlsplit

import pycountry

from crawler.configuration.sources import Source
from crawler.opml.read import Outline

_FEED_SCHEME = re.compile(r"feed:(?://)?(?=https?:)|feed:(?=//)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Defaults:
    """What a source gets where its outline does not say. None: INT, English, general, and the report tells."""

    country: str | None = None
    languages: tuple[str, ...] = ()
    kind: str | None = None


def source_from(outlines: Sequence[Outline], defaults: Defaults, taken: Container[str]) -> tuple[Source, list[str]]:
    """One source with the outlines' feeds as its ways, and sentences on what they did not tell.

    Raises pydantic's ValidationError where what they say is no source.
    """
    first, notes = outlines[0], []
    feeds = list(dict.fromkeys(web_feed(outline.feed) for outline in outlines if outline.feed))
    home = first.home
    if not home or urlsplit(home).scheme not in {"http", "https"}:
        parts = urlsplit(feeds[0])
        home = f"{parts.scheme}://{parts.netloc}/"
        given = f"its front page {first.home[:100]!r} is no web address" if first.home else "no front page given"
        notes.append(f"{given}: that of the feed's host")
    name = " ".join("".join(c if c.isprintable() else " " for c in first.text).split())[:200]
    if not name:
        name = urlsplit(home).hostname or "?"
        notes.append("no name given: its host")
    languages = list(defaults.languages)
    spoken = (first.language or "").replace("_", "-").split("-")[0].lower()
    if pycountry.languages.get(alpha_2=spoken):
        languages = [spoken]
    elif not languages:
        languages = ["en"]
        notes.append("no language given: en")
    if defaults.country is None:
        notes.append("no country given: INT")
    if defaults.kind is None:
        notes.append("no kind given: general")
    source = Source.model_validate({
        "id": new_id(name, home, taken), "name": name, "home": home, "country": defaults.country or "INT",
        "languages": languages, "kind": defaults.kind or "general", "discover": [{"feed": feed} for feed in feeds]})
    return source, notes


def web_feed(url: str) -> str:
    """`feed:https://...` and `feed://...`, as browsers once wrote them, as web addresses."""
    found = _FEED_SCHEME.match(url)
    if not found:
        return url
    rest = url[found.end():]
    return f"http:{rest}" if rest.startswith("//") else rest


def new_id(name: str, home: str, taken: Container[str]) -> str:
    """A slug of the name, of the host where the name has no Latin letters; with a number where it is taken."""
    slug = _slug(name) or _slug((urlsplit(home).hostname or "").removeprefix("www.")) or "source"
    if slug not in taken:
        return slug
    return next(f"{slug}-{number}" for number in range(2, 100_000) if f"{slug}-{number}" not in taken)


def _slug(text: str) -> str:
    plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode().lower()
    # A word in another script leaves a letter or two of chance behind.
    slug = re.sub(r"[^a-z0-9]+", "-", plain).strip("-")[:60].strip("-")
    return slug if len(slug) > 2 or len(slug) == len(text.strip()) else ""
