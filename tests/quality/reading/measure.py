"""How many of the made pages are read right: title, day, authors, language, the whole text and nothing else."""

from __future__ import annotations

import json
from datetime import datetime, timezone
from pathlib import Path

from crawler.outcomes import Outcome
from crawler.reading import Document, Page, Unreadable, read_page
from tests.quality.reading.made import EXPECTED, Expected, corpus, refused

FLOORS = Path(__file__).parent / "floors.json"
KEYS = ("title", "day", "authors", "language", "text", "refused")
_NOW = datetime(2026, 5, 20, tzinfo=timezone.utc)


def measure() -> tuple[dict[str, float], list[str]]:
    """The share of pages that are right by figure, and one line for each miss: page, figure, what was read."""
    misses: list[str] = []
    expected = {str(row["page"]): row for row in map(json.loads, EXPECTED.read_text(encoding="utf-8").splitlines())}
    pages = list(corpus())
    for made in pages:
        found = read_page(Page(f"https://outlet.example/eco/{made.name}", made.body, made.content_type), now=_NOW)
        misses += [f"{made.name} {key}: {value!r}" for key, (right, value) in _judge(expected[made.name], found).items() if not right]
    walls = list(refused())
    for name, body, _ in walls:
        answer = read_page(Page(f"https://outlet.example/{name}", body, "text/html; charset=utf-8"), now=_NOW)
        if not isinstance(answer, Unreadable) or answer.outcome is not Outcome(expected[name]["outcome"]):
            misses.append(f"{name} refused: {answer!r}")
    wrong = {key: sum(f" {key}: " in miss for miss in misses) for key in KEYS}
    total = dict.fromkeys(KEYS, len(pages)) | {"refused": len(walls)}
    return {"pages": len(pages) + len(walls), **{key: round(1 - wrong[key] / total[key], 4) for key in KEYS}}, misses


def _judge(expected: Expected, found: Document | Unreadable) -> dict[str, tuple[bool, object]]:
    if isinstance(found, Unreadable):
        return dict.fromkeys(KEYS[:-1], (False, found.reason))
    read: Expected = {"title": found.title, "day": (found.published or "")[:10], "authors": list(found.authors),
                      "language": found.language, "text": found.text}
    return {key: (value == expected[key], value) for key, value in read.items()}
