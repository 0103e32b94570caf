"""`marsad search`: full-text search over the stored articles, all languages folded."""

from __future__ import annotations

import re
from typing import Annotated

import typer

from crawler.commands.common import DEFAULT_DATABASE, ConfigOption, DatabaseOption, JsonOption, emit_json, out, table
from crawler.errors import UsageError
from crawler.text.folding import fold
from storage.engine import open_database, reading
from storage.search import search as find


def register(app: typer.Typer) -> None:
    app.command("search")(search)


def search(
    words: Annotated[list[str], typer.Argument(help="Words that must all occur, in title or text.")],
    limit: Annotated[int, typer.Option(min=1, max=10_000, help="Most articles shown.")] = 20,
    as_json: JsonOption = False,
    config: ConfigOption = None,
    database: DatabaseOption = DEFAULT_DATABASE,
) -> None:
    """Find articles by words; accents, capitals and Arabic letter forms do not matter.

    Example: marsad search centre de donnees dakhla
    """
    del config  # every command takes it
    wanted = re.findall(r"\w+", fold(" ".join(words)))
    if not wanted:
        raise UsageError(f"{' '.join(words)!r} holds no word to search for")
    engine = open_database(database, read_only=True)
    with reading(engine) as conn:
        rows = [dict(row) for row in find(conn, wanted, limit=limit, fold=fold)]
    if as_json:
        emit_json(rows)
        return
    out().print(table(("date", "outlet", "language", "title", "found in"),
                      [((r["published_at"] or "")[:10], r["outlet"], r["language"], r["title"], r["snippet"])
                       for r in rows]))
    cut = f" (the first {limit})" if len(rows) == limit else ""
    out().print(f"{len(rows)} article{'s' * (len(rows) != 1)}{cut}")
