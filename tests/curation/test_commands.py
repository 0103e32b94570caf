"""The commands as a user types them: what they print, and how they end."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from sqlalchemy import Engine, text
from sqlalchemy.engine import make_url
from typer.testing import CliRunner, Result

from crawler.commands import app
from crawler.errors import UsageError
from storage.engine import writing
from tests.curation.room import members, row
from tests.curation.test_actions import ISLY, MRX2, MRX3, TAFUKT


@pytest.fixture
def database_of(stock: Engine) -> str:
    return f"sqlite:///{make_url(str(stock.url)).database}"


def typed(database: str, *arguments: str) -> Result:
    return CliRunner().invoke(app, [*arguments, "--database", database], catch_exceptions=True)


def test_a_day_of_curation(stock: Engine, database_of: str, tmp_path: Path) -> None:
    first, second, *_ = members(stock, TAFUKT)
    for arguments, words in (
            (("merge", MRX2, MRX3, "--because", "one campus", "--who", "ana"), f"{MRX3} is now part of {MRX2} (decision 1)"),
            (("split", TAFUKT, "--articles", first, second), "are now"),
            (("rename", ISLY, "مركز إسلي"), "is called مركز إسلي"),
            (("set", ISLY, "capacity_mw", "7", "--because", "asked"), "capacity_mw is 7.0"),
            (("follow", ISLY), "is followed"), (("unfollow", ISLY), "no longer followed"),
            (("undo",), "decision 6 (unfollow"), (("undo", "1"), f"decision 1 (merge {MRX2}) is taken back")):
        result = typed(database_of, "curate", *arguments)
        assert (result.exit_code, words in result.stdout) == (0, True), result.output
    assert (row(stock, ISLY)["name"], row(stock, ISLY)["capacity_mw"]) == ("مركز إسلي", 7)
    rows = json.loads(typed(database_of, "curate", "list", "--json").stdout)
    assert [(one["action"], one["who"] == "ana", one["undone_at"] is None) for one in rows] == [
        ("merge", True, False), ("split", False, True), ("rename", False, True), ("set", False, True),
        ("follow", False, True), ("unfollow", False, False)]
    assert "one campus" in typed(database_of, "curate", "list").stdout
    file = tmp_path / "decisions.jsonl"
    assert typed(database_of, "curate", "export", str(file)).exit_code == 0
    assert "0 decisions taken over, 6 known" in typed(database_of, "curate", "import", str(file)).stdout
    told = json.loads(typed(database_of, "projects", ISLY, "--json").stdout)
    assert told["project"]["why"]["capacity_mw"]["text"].endswith(": asked")
    assert {"history", "first_seen", "corrections", "gaps", "decisions"} <= set(told)


@pytest.mark.parametrize(("arguments", "message"), [
    (("curate", "merge", "isly-oujda", MRX2), "did you mean 'isly-oujda-ma'?"),
    (("curate", "forget"), "give an address, the id of a source, or --author NAME"),
    (("curate", "import", "nowhere.jsonl"), "nowhere.jsonl cannot be read"),
    (("review", "yes"), "say which pair"),
    (("audit", "--keep", "."), "is there already"),
])
def test_what_cannot_be_done_is_one_sentence(arguments: tuple[str, ...], message: str, database_of: str) -> None:
    result = typed(database_of, *arguments)
    assert isinstance(result.exception, UsageError)
    assert message in str(result.exception)


def test_review_lists_what_is_open(database_of: str) -> None:
    result = typed(database_of, "review", "--json")
    assert (result.exit_code, isinstance(json.loads(result.stdout), list)) == (0, True)


def test_audit_ends_with_1_where_something_differs(stock: Engine, database_of: str) -> None:
    with writing(stock) as conn:
        conn.execute(text("UPDATE projects SET city = 'Elsewhere' WHERE slug = :slug"), {"slug": MRX2})
    result = typed(database_of, "audit")
    assert result.exit_code == 1
    assert "Elsewhere" in result.stdout
    assert "1 difference\n" in result.stdout
