"""Reading of story files: near copies over their originals, and what is wrong with a file."""

from __future__ import annotations

from typing import Any

import pytest

from crawler.newsroom.stories import _gathered, _resolved, slug_of

ORIGINAL: dict[str, Any] = {
    "id": "a", "main": "ma-x-y", "outlet": "one", "lang": "fr", "day": 3, "title": "T", "author": "N",
    "text": "First  line\nof a paragraph.\n\nSecond.\n\nThird.\n", "facts": {"country": "MA", "capacity": ["3 total"]},
}


def _resolve(copy: dict[str, Any]) -> dict[str, Any]:
    return _resolved(copy, {"a": ORIGINAL, copy["id"]: copy})


def test_an_original_is_its_paragraphs_with_lines_joined() -> None:
    assert _resolved(ORIGINAL, {})["text"] == "First line of a paragraph.\n\nSecond.\n\nThird."


def test_a_copy_is_its_original_but_for_what_it_names() -> None:
    copy = _resolve({"id": "b", "main": None, "copy_of": "a", "outlet": "two", "title": "U", "drop": [2],
                     "edits": [{"old": "Third", "new": "Last"}], "facts": {"capacity": []}})
    assert copy["text"] == "First line of a paragraph.\n\nLast."
    assert copy["facts"] == {"country": "MA", "capacity": []}
    assert (copy["outlet"], copy["title"], copy["day"], copy["main"]) == ("two", "U", 3, "ma-x-y")
    assert "author" not in copy


def test_an_edit_of_words_that_are_not_there_is_an_error() -> None:
    with pytest.raises(ValueError, match="b: the original does not say 'Fourth'"):
        _resolve({"id": "b", "copy_of": "a", "outlet": "two", "edits": [{"old": "Fourth", "new": ""}]})


def test_a_copy_of_nothing_is_an_error() -> None:
    with pytest.raises(ValueError, match="b: copy_of names no story: z"):
        _resolve({"id": "b", "copy_of": "z", "outlet": "two"})


def test_an_id_twice_is_an_error() -> None:
    with pytest.raises(ValueError, match=r"two\.yml: story a is there twice"):
        _gathered([("one.yml", "stories: [{id: a}]"), ("two.yml", "stories: [{id: a}]")])


def test_slugs() -> None:
    assert slug_of("Nador : l'accord est signé, à 250 MW", 7) == "nador-l-accord-est-signe-a-250-mw"
    assert slug_of("مركز بيانات، طنجة", 7) == "مركز-بيانات-طنجة"
    assert slug_of("???", 7) == "7"
