"""Stored pages are read with what their source says today."""

from __future__ import annotations

from crawler.inputs import Item
from crawler.reading.document import Hints, Page
from crawler.reprocessing import pruned_today


def test_prune_of_today_holds_for_stored_pages() -> None:
    def item(source: str | None, *prune: str) -> Item:
        return Item("x", "x", Page("https://a.example/1", b"", hints=Hints(title="T", source_id=source, prune=prune)))

    stored = [item("one", "p.old"), item("two", "p.old"), item("gone", "p.old"), item(None, "p.old")]
    found = [each.work.hints for each in pruned_today(stored, {"one": ("p.new",), "two": ()}) if isinstance(each.work, Page)]
    assert [hints.prune for hints in found] == [("p.new",), (), ("p.old",), ("p.old",)]
    assert {hints.title for hints in found} == {"T"}
