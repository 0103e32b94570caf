"""docs/configuration.md says what the code does."""

from __future__ import annotations

from pathlib import Path

from crawler.configuration.document import settings_table, with_table

PAGE = Path(__file__).parents[2] / "docs" / "configuration.md"


def test_the_settings_table_is_current() -> None:
    text = PAGE.read_text(encoding="utf-8")
    assert with_table(text) == text, "run: python -m crawler.configuration.document"


def test_every_setting_says_what_it_means() -> None:
    for row in settings_table().splitlines()[2:]:
        assert row.rsplit("|", 2)[1].strip(), row
