"""`marsad sql`: one read-only query over the database."""

from __future__ import annotations

import json
import sys
from enum import Enum
from typing import Annotated

import typer

from crawler.commands.common import DEFAULT_DATABASE, ConfigOption, DatabaseOption, csv_lines, emit_json, out, table
from storage.query import run_query


class Format(str, Enum):
    """How rows are printed."""

    TABLE = "table"
    CSV = "csv"
    JSON = "json"
    JSONL = "jsonl"


def register(app: typer.Typer) -> None:
    app.command("sql")(sql)


def sql(
    query: Annotated[str, typer.Argument(metavar='"SELECT ..."', help="One SELECT; - reads it from stdin.")],
    form: Annotated[Format, typer.Option("--format", help="How to print the rows.")] = Format.TABLE,
    seconds: Annotated[float, typer.Option(help="Longest time the query may take.", min=0.1)] = 30.0,
    config: ConfigOption = None,
    database: DatabaseOption = DEFAULT_DATABASE,
) -> None:
    """Ask the database: one read-only SELECT. Tables and columns: docs/tables.md.

    Example: marsad sql "SELECT name, city, capacity_mw, status FROM projects WHERE country = 'MA'"
    """
    del config  # every command takes it
    text = sys.stdin.read() if query == "-" else query
    columns, rows = run_query(database, text, seconds=seconds)
    if form is Format.TABLE:
        out().print(table(columns, rows))
    elif form is Format.CSV:
        for line in csv_lines(columns, rows):
            sys.stdout.write(line)
    elif form is Format.JSON:
        emit_json([dict(zip(columns, row, strict=True)) for row in rows])
    else:
        for row in rows:
            line = json.dumps(dict(zip(columns, row, strict=True)), ensure_ascii=False, default=str)
            sys.stdout.write(line + "\n")
