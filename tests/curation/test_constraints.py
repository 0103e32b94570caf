"""What a row of `decisions` forbids and what it leaves."""

from __future__ import annotations

from typing import Any

from crawler.curation.constraints import constraints

A, B, C = "https://a.test/1", "https://b.test/1", "https://b.test/2"


def row(action: str, target: str, **arguments: Any) -> dict[str, Any]:
    return {"action": action, "target": target, "arguments": arguments, "undone_at": None}


def test_projects_that_are_different_may_mention_each_other() -> None:
    held = constraints([row("different", "hall-ma", other="park-ma", articles={"hall-ma": [A], "park-ma": [B, C]})])
    assert held.apart_from(A) == {B, C}
    assert held.unmentioned_by(A) == held.unmentioned_by(B) == frozenset()


def test_what_is_unlinked_does_not_speak_of_the_project_at_all() -> None:
    held = constraints([row("unlink", A, slug="park-ma", articles={"park-ma": [A, B, C]})])
    assert held.apart_from(A) == held.unmentioned_by(A) == {B, C}
    assert held.unmentioned_by(B) == frozenset(), "only the article itself"


def test_a_later_merge_gives_the_mention_back() -> None:
    held = constraints([row("unlink", A, slug="park-ma", articles={"park-ma": [A, B]}),
                        row("merge", "park-ma", articles={"hall-ma": [A], "park-ma": [B]})])
    assert held.apart_from(A) == held.unmentioned_by(A) == frozenset()
    assert held.same_as(A) == {B}
