"""The newsroom's stories as labelled stories (one dict a story; the keys are those of the quality tests)."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

from crawler.newsroom.outlets import outlet_data, outlet_habits, story_path
from crawler.newsroom.stories import Story, load_stories

# A day on which the labelled texts are always the same, whatever the calendar says.
FIXED_TODAY = date(2026, 11, 20)


def label(story: Story, url: str, outlet: str) -> dict[str, Any]:
    """One story as a labelled line. `origin` (more than the format asks) is the story an aggregator names."""
    return {
        "id": story.id, "url": url, "outlet": outlet, "lang": story.lang,
        "published": story.published.date().isoformat(), "title": story.title, "text": story.text,
        "about_project": story.about_project, "negative_kind": story.negative_kind,
        "projects": [{"key": key, "role": role} for key, role in story.projects], "facts": story.facts,
        "near_copy_of": story.near_copy_of, "origin": story.origin,
    }


def labelled_stories(today: date | None = None, url_of: Callable[[Story], str] | None = None) -> list[dict[str, Any]]:
    """All stories with their labels; addresses are of `<outlet>.example` unless `url_of` says otherwise."""
    names = {entry["id"]: entry["name"] for entry in outlet_data()}

    def example(story: Story) -> str:
        return f"https://{story.outlet}.example{story_path(outlet_habits(story.outlet), story)}"

    return [label(story, (url_of or example)(story), names[story.outlet])
            for story in load_stories(today or FIXED_TODAY)]
