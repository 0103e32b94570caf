"""`marsad demo`: a crawl of the embedded newsroom into a database of its own, and what it found."""

from __future__ import annotations

import tempfile
from datetime import timedelta
from pathlib import Path
from typing import Annotated, Any

import typer
from rich.console import Console
from sqlalchemy import Engine, make_url

from crawler import forkserver
from crawler.commands.common import ConfigOption, err, out
from crawler.commands.progress import PageProgress
from crawler.commands.projects import show_dossier, show_projects
from crawler.commands.summary import show_summary
from crawler.configuration.setup import set_up
from crawler.configuration.sources import load_sources
from crawler.errors import UsageError
from storage import articles
from storage.dossier import dossier, project_list
from storage.engine import database_exists, open_database, reading

_CONFLICTS = "SELECT name, kind, value_a, value_b FROM project_conflicts JOIN projects ON projects.id = project_id"
_DOUBTS = "SELECT outlet, quote FROM claims JOIN articles ON articles.id = article_id WHERE kind = 'doubt'"
DEMO_DATABASE = "sqlite:///marsad-demo.db"


def register(app: typer.Typer) -> None:
    app.command("demo")(demo)


def demo(
    config: ConfigOption = None,
    database: Annotated[str, typer.Option("--database", help="Where the demo stores what it finds.")] = DEMO_DATABASE,
) -> None:
    """Crawl the newsroom that ships with marsad (a small web on this machine) and show its projects.

    Takes about half a minute and touches nothing outside this machine.
    """
    del config  # the newsroom brings its own
    from crawler.crawling import crawl_sources  # Scrapy and the readers take two seconds to load
    from crawler.newsroom import Newsroom

    _make_room(database)
    with Newsroom() as room, tempfile.TemporaryDirectory(prefix="marsad-demo-") as folder:
        room.write_config(Path(folder))
        setup = set_up(Path(folder))
        forkserver.start(setup.folder.root)
        err().print(f"Crawling {len(room.outlets)} outlets of the embedded newsroom on 127.0.0.1 into {database} ...")
        with PageProgress("Crawling") as progress:
            summary = crawl_sources(load_sources(setup.folder), open_database(database), setup, progress, "demo",
                                    window=timedelta(days=30))
    show_summary(summary, as_json=False)
    with reading(open_database(database, read_only=True)) as conn:
        rows = project_list(conn)
        best = _most_telling(rows)
        found = dossier(conn, best["slug"]) if best else None
    console = out()
    show_projects(console, rows)
    if found is not None:
        # The beginning of one dossier; `marsad projects SLUG` shows all of it.
        show_dossier(console, found, most=8)
        _next_steps(console, database, found.project["slug"])


def _make_room(database: str) -> None:
    """The demo's own database is made anew each time: the newsroom's ports change. Any other is left alone."""
    if not database_exists(database):
        return
    if database == DEMO_DATABASE:
        path = Path(make_url(database).database or "")
        for name in (path.name, f"{path.name}-wal", f"{path.name}-shm"):
            path.with_name(name).unlink(missing_ok=True)
    elif _articles_in(open_database(database)):
        raise UsageError(f"--database {database} holds articles already; give the demo a database of its own")


def _articles_in(engine: Engine) -> int:
    with reading(engine) as conn:
        return articles.count(conn)


def _most_telling(rows: list[dict[str, Any]]) -> dict[str, Any] | None:
    """The project whose dossier shows most: doubted, in many languages, in many stories."""
    return max(rows, key=lambda row: (bool(row["doubted"]), len(row["languages"].split(",")), row["story_count"]),
               default=None)


def _next_steps(console: Console, database: str, slug: str) -> None:
    option = "" if database == "sqlite:///marsad.db" else f" --database {database}"
    console.print("\nTry next:", style="bold")
    for command in (f"marsad projects {slug}", "marsad search مركز بيانات", f'marsad sql "{_CONFLICTS}"',
                    f'marsad sql "{_DOUBTS}"'):
        console.print(f"  {command}{option}", markup=False, soft_wrap=True)
    console.print("  marsad crawl        # the real outlets of config/sources", markup=False)
