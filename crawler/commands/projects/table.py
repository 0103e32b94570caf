"""The projects as a table."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from rich.console import Console
from rich.table import Column, Table

from crawler.commands.common import clean
from crawler.commands.projects.values import money, number


def show_projects(console: Console, rows: list[dict[str, Any]]) -> None:
    """The table that a newcomer sees first; a narrow terminal gets the columns that matter most."""
    shown = [column for column in _COLUMNS if console.width >= column[1]]
    wanted = Table(*(Column(name, no_wrap=name in {"MW", "slug"}) for name, _, _ in shown), header_style="bold")
    for row in rows:
        wanted.add_row(*(clean(cell(row)) for _, _, cell in shown))
    console.print(wanted)
    console.print(f"{len(rows)} project{'s' * (len(rows) != 1)}")


def _place(row: dict[str, Any]) -> str:
    return ", ".join(filter(None, (row["city"], row["country"])))


def _megawatts(row: dict[str, Any]) -> str:
    first, whole = number(row["capacity_initial_mw"]), number(row["capacity_mw"])
    return f"{first} → {whole}" if first and first != whole else whole


def _status(row: dict[str, Any]) -> str:
    return (row["status"] or "").replace("_", " ") + (" (inferred)" if row["status_inferred"] else "")


# Name, the width of terminal from which on it is shown, and how a row fills it.
_COLUMNS: tuple[tuple[str, int, Callable[[dict[str, Any]], str]], ...] = (
    ("project", 0, lambda row: row["name"]),
    ("place", 0, _place),
    ("MW", 0, _megawatts),
    ("money", 70, lambda row: money(row["investment_amount"], row["investment_currency"])),
    ("status", 0, _status),
    ("doubts", 90, lambda row: str(row["doubts"] or "")),
    ("stories", 100, lambda row: str(row["story_count"])),
    ("outlets", 100, lambda row: str(row["outlets"])),
    ("languages", 110, lambda row: row["languages"].replace(",", " ")),
    ("last report", 130, lambda row: (row["last_reported_at"] or "")[:10]),
    ("slug", 150, lambda row: row["slug"]),
)
