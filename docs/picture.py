"""The README's picture: `python docs/picture.py sqlite:///marsad-demo.db` writes docs/demo.svg from that database."""

from __future__ import annotations

import io
import sys
from pathlib import Path

from rich.console import Console

from crawler.commands.projects import show_projects
from storage.dossier import project_list
from storage.engine import open_database, reading


def main(database: str) -> None:
    console = Console(record=True, width=148, file=io.StringIO(), highlight=False)
    with reading(open_database(database, read_only=True)) as conn:
        show_projects(console, project_list(conn))
    Path(__file__).with_name("demo.svg").write_text(console.export_svg(title="marsad demo"), encoding="utf-8")


if __name__ == "__main__":
    main(sys.argv[1])
