"""The labels say only what the stories say."""

from __future__ import annotations

import re
from collections import Counter
from datetime import date
from itertools import combinations
from typing import Any

import pytest

from crawler.newsroom import labelled_stories, load_stories
from crawler.newsroom.stories import _facts

STORIES = labelled_stories()
BY_ID = {story["id"]: story for story in STORIES}
POSITIVE = [story for story in STORIES if story["about_project"]]
NEGATIVE = [story for story in STORIES if not story["about_project"]]
DIGITS = str.maketrans("٠١٢٣٤٥٦٧٨٩٫", "0123456789.")
STATUS = {"announced", "agreement", "approved", "under_construction", "operational", "suspended", "cancelled", None}


def _ids(story: dict[str, Any]) -> str:
    return str(story["id"])


def _root(story: dict[str, Any]) -> str:
    while story["near_copy_of"]:
        story = BY_ID[story["near_copy_of"]]
    return str(story["id"])


def test_there_is_enough_of_everything() -> None:
    assert len(POSITIVE) >= 75
    assert len(NEGATIVE) >= 25
    assert len({story["projects"][0]["key"] for story in POSITIVE}) >= 15
    for group in (POSITIVE, NEGATIVE):
        assert set(Counter(story["lang"] for story in group)) == {"fr", "ar", "en", "es"}
    assert len({story["near_copy_of"] for story in STORIES} - {None}) >= 15
    statuses = {story["facts"]["status"] for story in POSITIVE}
    assert statuses >= STATUS - {None}
    assert sum(story["facts"]["doubted"] for story in POSITIVE) >= 6


def test_most_are_recent_some_are_archived_some_are_yet_to_come() -> None:
    days = [story.day for story in load_stories(date(2026, 11, 20))]
    assert sum(0 < day <= 28 for day in days) >= 100
    assert sum(day > 40 for day in days) >= 4
    assert sum(day < 0 for day in days) >= 2
    assert 0 not in days


@pytest.mark.parametrize("story", STORIES, ids=_ids)
def test_a_line_has_the_format(story: dict[str, Any]) -> None:
    assert {"id", "url", "outlet", "lang", "published", "title", "text", "about_project", "negative_kind", "projects",
            "facts", "near_copy_of"} <= set(story)
    assert re.fullmatch(r"20\d\d-\d\d-\d\d", story["published"])
    assert 65 <= len(story["text"].split()) <= 220
    assert 2 <= len(story["text"].split("\n\n")) <= 6
    assert "<" not in story["text"] + story["title"]
    assert all(re.fullmatch(r"[a-z]{2}-[a-z0-9-]+", project["key"]) for project in story["projects"])
    roles = [project["role"] for project in story["projects"]]
    if story["about_project"]:
        assert roles.count("main") == 1
        assert story["negative_kind"] is None
    else:
        assert story["negative_kind"] in {"industry", "passing", "energy", "guide", "other-tech", "other"}
        assert story["facts"] is None
        assert "main" not in roles


@pytest.mark.parametrize("story", POSITIVE, ids=_ids)
def test_names_places_and_organisations_are_printed_in_the_text(story: dict[str, Any]) -> None:
    facts, text = story["facts"], story["text"]
    assert re.fullmatch("[A-Z]{2}", facts["country"])
    assert facts["status"] in STATUS
    for printed in [facts["city"], *facts["names"], *facts["organizations"]]:
        assert printed in text
    assert set(facts["energy"]) <= {"solar", "wind", "hydro", "nuclear", "gas", "geothermal", "grid", "renewable"}


# Written out rather than in figures: "one gigawatt", "ملياري", "Dix-huit mégawatts", "11 mil 500 millones".
IN_WORDS: dict[str, set[float]] = {
    "ar-tanger-afaq": {1.2e9}, "ar-sahmal-mizan": {2e9}, "ar-sahmal-kiosque": {2e9}, "ar-nador-afaq": {2e9},
    "en-sahmal-plan": {1000}, "fr-mrx2-ouverture": {18}, "fr-mrx2-kiosque": {18}, "ar-fes-afaq": {1.5e9},
    "es-queretaro-anuncio": {11.5e9},
}


def _printed_numbers(text: str) -> set[float]:
    """Every number of the text, read both with comma and with point as decimal mark, thousands joined."""
    found: set[float] = set()
    for token in re.findall(r"\d+(?:[., \u202f]\d{3}(?!\d))*(?:[.,]\d+)?", text.translate(DIGITS)):
        for form in (token, token.replace(",", "."), re.sub(r"[ \u202f.,]", "", token)):
            try:
                found.add(float(form))
            except ValueError:
                continue
    return found


@pytest.mark.parametrize("story", POSITIVE, ids=_ids)
def test_every_capacity_and_amount_is_printed(story: dict[str, Any]) -> None:
    numbers = _printed_numbers(story["text"])
    values: list[tuple[float, tuple[float, ...]]] = [
        (item["value"], (1, 1e3)) for item in story["facts"]["capacity_mw"]]
    # by thousand, million, thousand million; a million centimes is 10^4 dirhams
    values += [(item["amount"], (1, 1e6, 1e9, 1e7)) for item in story["facts"]["investment"]]
    for value, scales in values:
        if value in IN_WORDS.get(story["id"], set()):
            continue
        assert any(abs(value / scale - number) < 1e-6 for scale in scales for number in numbers), value
    assert all(item["stage"] in {"total", "initial", "phase", "unspecified"}
               for item in story["facts"]["capacity_mw"])


@pytest.mark.parametrize("story", POSITIVE, ids=_ids)
def test_the_year_of_every_milestone_is_printed_or_that_of_the_page(story: dict[str, Any]) -> None:
    years = {str(int(number)) for number in _printed_numbers(story["text"])} | {story["published"][:4]}
    for milestone in story["facts"]["milestones"]:
        assert milestone["what"] in {"signing", "construction_start", "operational"}
        assert re.fullmatch(r"20\d\d(-Q[1-4]|-\d\d(-\d\d)?)?", milestone["date"])
        assert milestone["date"][:4] in years


def _shingles(text: str) -> set[str]:
    flat = " ".join(re.findall(r"\w+", text.lower()))
    return {flat[i:i + 5] for i in range(len(flat) - 4)}


def test_near_copies_are_alike_and_nothing_else_is() -> None:
    shingles = {story["id"]: _shingles(story["text"]) for story in STORIES}
    for one, other in combinations(STORIES, 2):
        a, b = shingles[one["id"]], shingles[other["id"]]
        alike = len(a & b) / len(a | b)
        if _root(one) == _root(other):
            assert alike > 0.4, (one["id"], other["id"])
        elif one["projects"] and other["projects"] and one["projects"][0] == other["projects"][0]:
            assert alike < 0.45, (one["id"], other["id"])
        else:
            assert alike < 0.2, (one["id"], other["id"])


def test_addresses_are_unique() -> None:
    assert len({story["url"] for story in STORIES}) == len(STORIES)


def test_an_unknown_fact_is_an_error() -> None:
    with pytest.raises(ValueError, match="capacities"):
        _facts({"capacities": ["3 total"]}, date(2026, 1, 1))


def test_the_texts_move_with_the_day_and_stay_valid_on_the_last_day_of_a_year() -> None:
    moved = labelled_stories(date(2027, 12, 31))
    assert [story["id"] for story in moved] == [story["id"] for story in STORIES]
    depeche = next(story for story in moved if story["id"] == "fr-tanger-depeche")
    assert depeche["published"] == "2027-12-04"
    assert {"what": "signing", "date": "2027-12-07"} in depeche["facts"]["milestones"]
    assert "7 décembre 2027" in depeche["text"]
