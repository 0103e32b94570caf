"""`marsad review`: projects that may be one, side by side; a person says yes, no or later."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from dataclasses import asdict
from typing import TYPE_CHECKING, Annotated, Any, Optional

import typer
from rich.console import Console
from rich.table import Table
from rich.text import Text

from crawler.commands.common import (
    DEFAULT_DATABASE,
    ConfigOption,
    DatabaseOption,
    JsonOption,
    emit_json,
    out,
)
from crawler.commands.curate import Because, Who, curator
from crawler.commands.projects.values import isolated, money, number
from crawler.errors import UsageError

if TYPE_CHECKING:
    from crawler.curation.actions import Curator
    from crawler.curation.pairs import Pair

_KEYS = {"y": "yes", "yes": "yes", "n": "no", "no": "no", "l": "later", "later": "later", "": "later"}
_QUIT = ("q", "quit")


def register(app: typer.Typer) -> None:
    app.command("review")(review)


def review(
    said: Annotated[Optional[str], typer.Argument(metavar="[yes|no|later]", help="An answer; needs an ID.")] = None,  # noqa: UP045
    which: Annotated[Optional[str], typer.Argument(metavar="[ID]", help="The pair, as the list names it.")] = None,  # noqa: UP045
    most: Annotated[int, typer.Option("--most", min=1, help="Show so many pairs, the likeliest first.")] = 50,
    because: Because = None, who: Who = None, as_json: JsonOption = False,
    config: ConfigOption = None, database: DatabaseOption = DEFAULT_DATABASE,
) -> None:
    """Show projects that may be one, side by side, and take yes, no or later for each.

    On a terminal it asks pair by pair; in a pipe it lists them. For scripts: marsad review yes 1a2b3c4d. Every answer
    is a decision as of `marsad curate`, and can be taken back with `marsad curate undo`.
    """
    from crawler.curation.pairs import answer, open_pairs

    by = curator(config, database, who)
    if said is not None:
        if which is None:
            raise UsageError("say which pair: marsad review yes ID; `marsad review` lists them")
        made = answer(by, which, said, because)
        out().print(f"{made.text} (decision {made.id})", markup=False, soft_wrap=True)
        return
    found = open_pairs(by.engine, by.joiner, most)
    pairs = found.pairs
    if as_json:
        emit_json([asdict(pair) for pair in pairs])
        return
    console = out()
    if not pairs:
        console.print("nothing to review")
    elif sys.stdin.isatty() and sys.stdout.isatty():
        _ask(console, by, pairs, found.total, because)
    else:
        for place, pair in enumerate(pairs, 1):
            show_pair(console, pair, place, found.total)


def _ask(console: Console, by: Curator, pairs: Sequence[Pair], total: int, because: str | None) -> None:
    from crawler.curation.pairs import settle_pair

    for place, pair in enumerate(pairs, 1):
        show_pair(console, pair, place, total)
        while True:
            typed = console.input("one project? (y)es, (n)o, (l)ater, (q)uit: ").strip().lower()
            if typed in _QUIT:
                return
            if typed in _KEYS:
                break
        try:
            console.print(settle_pair(by, pair.a.slug, pair.b.slug, _KEYS[typed], because).text, markup=False)
        except UsageError as gone:  # an answer before this one may have joined the two
            console.print(str(gone), markup=False)


def show_pair(console: Console, pair: Pair, place: int, of: int) -> None:
    """Both projects side by side, with what speaks for and against."""
    put_off = ", put off before" if pair.later else ""
    shown = Table("", pair.a.slug, pair.b.slug, header_style="bold", title_justify="left",
                  title=f"\n{place} of {of}: pair {pair.id}, score {pair.score:.2f}{put_off}")
    sides = (pair.a, pair.b)
    rows: list[tuple[str, list[Any]]] = [
        ("name", [side.name for side in sides]), ("place", [side.place for side in sides]),
        ("capacity", [f"{number(side.capacity_mw)} MW" if side.capacity_mw else "" for side in sides]),
        ("investment", [money(side.investment_usd, "USD") for side in sides]),
        ("status", [side.status for side in sides]), ("stories", [side.stories for side in sides]),
        ("named", [", ".join(side.organizations) for side in sides])]
    for name, cells in rows:
        shown.add_row(name, *(Text(isolated(cell, console)) for cell in cells))
    for line in range(max(len(side.titles) for side in sides)):
        shown.add_row("told as" if not line else "", *(Text(_title(side.titles[line:line + 1], console))
                                                       for side in sides))
    console.print(shown)
    console.print("for and against: " + "; ".join(pair.reasons), markup=False)


def _title(found: Sequence[dict[str, Any]], console: Console) -> str:
    return "\n".join(isolated(f"{one['title'] or one['url']} ({one['outlet'] or '?'}, "
                              f"{(one['published_at'] or '?')[:10]})", console) for one in found)
