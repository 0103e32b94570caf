"""docs/tables.md says every table and column that there is, and none that there is not."""

from __future__ import annotations

import re
from pathlib import Path

from sqlalchemy import Engine, inspect

from storage.engine import reading
from storage.views import VIEWS

PAGE = Path(__file__).parents[2] / "docs" / "tables.md"
OWN_PARTS = re.compile(r"articles_search_|sqlite_")  # tables by which SQLite keeps its full-text index


def told() -> dict[str, list[str]]:
    """The columns that the page tells of each table."""
    sections = re.split(r"^## `(\w+)`", PAGE.read_text(encoding="utf-8"), flags=re.MULTILINE)[1:]
    return {name: re.findall(r"^\| `(\w+)` \| \S", body, flags=re.MULTILINE)
            for name, body in zip(sections[::2], sections[1::2], strict=True)}


def test_the_page_and_the_database_agree(database: Engine) -> None:
    page = told()
    with reading(database) as conn:
        inspector = inspect(conn)
        names = {*inspector.get_table_names(), *inspector.get_view_names()}
        there = {name: [column["name"] for column in inspector.get_columns(name)]
                 for name in names if not OWN_PARTS.match(name)}
    if database.dialect.name == "sqlite":
        page["articles_search"].remove("document")
    assert set(page) == set(there)
    for name, columns in there.items():
        same_order = name != "articles_search"
        assert (page[name] if same_order else sorted(page[name])) == (columns if same_order else sorted(columns)), name


def test_views_are_marked_as_such() -> None:
    text = PAGE.read_text(encoding="utf-8")
    assert set(re.findall(r"^## `(\w+)` \(view\)$", text, flags=re.MULTILINE)) == set(VIEWS)
