"""Other projects than a story's main one: floors of how many are seen and become the right rows (docs/decisions/009)."""

from __future__ import annotations

from pathlib import Path

from tests.quality.claimed import load
from tests.quality.mentioned import Read, measure

STORIES = Path(__file__).with_name("stories") / "asides_after.jsonl"


def test_mentioned_projects_are_seen_and_become_the_right_rows() -> None:
    count, lines = measure(Read(load([str(STORIES)])))
    assert count["mentions"] == 24  # of stories that match the topic
    assert (count["wrong_rows"], count["false"]) == (0, 0), lines
    assert count["seen"] >= 18, lines
    assert count["right_rows"] >= 17, lines
