"""`marsad curate`: decisions of people, kept as records with who, when and why, and obeyed by every later run."""

from __future__ import annotations

import getpass
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Optional

import typer

from crawler.commands.common import (
    DEFAULT_DATABASE,
    ConfigOption,
    DatabaseOption,
    JsonOption,
    emit_json,
    err,
    out,
    table,
)
from crawler.configuration.setup import set_up
from crawler.errors import UsageError
from storage.engine import open_database

if TYPE_CHECKING:
    from crawler.curation.actions import Curator, Made

group = typer.Typer(
    help="Decide about projects and articles: merge, split, rename, set, reject, unlink, follow, forget, undo. Each "
         "decision is a record with who, when and why; `reprocess` and a rebuild obey it, `undo` takes it back.",
    no_args_is_help=True)

Because = Annotated[Optional[str], typer.Option("--because", help="Why; kept with the decision.")]  # noqa: UP045
Who = Annotated[Optional[str], typer.Option("--who", envvar="MARSAD_WHO", show_default=False,  # noqa: UP045
                                            help="In whose name (default: the user who calls).")]
Slug = Annotated[str, typer.Argument(metavar="SLUG", help="Slug of a project.")]
Article = Annotated[str, typer.Argument(metavar="ARTICLE", help="URL or number of an article.")]


def register(app: typer.Typer) -> None:
    app.add_typer(group, name="curate")


def whoever(name: str | None) -> str:
    """Who decides: as given, else the user of this machine."""
    if name and name.strip():
        return name.strip()
    try:
        return getpass.getuser()
    except (KeyError, OSError):  # a container without a user table
        return "unknown"


def curator(config: Path | None, database: str, who: str | None) -> Curator:
    """A curator over this database (which must be there)."""
    from crawler.curation.actions import Curator  # the linker takes half a second to load
    from crawler.run import make_joiner

    return Curator(open_database(database), make_joiner(set_up(config).folder), whoever(who))


def _told(made: Made) -> None:
    out().print(f"{made.text} (decision {made.id})", markup=False, soft_wrap=True)


@group.command("merge")
def merge(
    into: Annotated[str, typer.Argument(metavar="A", help="Slug that stays.")],
    other: Annotated[str, typer.Argument(metavar="B", help="Slug whose articles go to A.")],
    because: Because = None, who: Who = None, config: ConfigOption = None, database: DatabaseOption = DEFAULT_DATABASE,
) -> None:
    """Two projects are one: B becomes part of A. B's slug goes on to lead to A."""
    _told(curator(config, database, who).merge(into, other, because))


@group.command("split")
def split(
    slug: Slug,
    urls: Annotated[list[str], typer.Option("--articles", help="URLs or numbers; repeat, or list after the slug.")],
    more: Annotated[Optional[list[str]], typer.Argument(metavar="[URL...]", help="More of them.")] = None,  # noqa: UP045
    name: Annotated[Optional[str], typer.Option("--name", help="Name of the new project.")] = None,  # noqa: UP045
    because: Because = None, who: Who = None, config: ConfigOption = None, database: DatabaseOption = DEFAULT_DATABASE,
) -> None:
    """Some articles of a project, and their copies, are a project of their own."""
    _told(curator(config, database, who).split(slug, [*urls, *(more or ())], because, name=name))


@group.command("rename")
def rename(
    slug: Slug, name: Annotated[str, typer.Argument(metavar="NAME")],
    because: Because = None, who: Who = None, config: ConfigOption = None, database: DatabaseOption = DEFAULT_DATABASE,
) -> None:
    """Show a project under another name; its slug stays."""
    _told(curator(config, database, who).rename(slug, name, because))


@group.command("set")
def set_value(
    slug: Slug,
    field: Annotated[str, typer.Argument(metavar="FIELD", help="A column of projects, such as capacity_mw or status.")],
    value: Annotated[str, typer.Argument(metavar="VALUE", help="The value; none empties the column.")],
    because: Because = None, who: Who = None, config: ConfigOption = None, database: DatabaseOption = DEFAULT_DATABASE,
) -> None:
    """Show a value whatever the articles say; --because is needed. Claims and contradictions stay as they are."""
    _told(curator(config, database, who).set(slug, field, value, because))


@group.command("reject")
def reject(
    article: Article,
    because: Because = None, who: Who = None, config: ConfigOption = None, database: DatabaseOption = DEFAULT_DATABASE,
) -> None:
    """An article (and its copies) is about no project. It stays searchable and counts as a label for tuning."""
    _told(curator(config, database, who).reject(article, because))


@group.command("unlink")
def unlink(
    article: Article, slug: Slug,
    because: Because = None, who: Who = None, config: ConfigOption = None, database: DatabaseOption = DEFAULT_DATABASE,
) -> None:
    """An article (and its copies) does not speak of this project."""
    _told(curator(config, database, who).unlink(article, slug, because))


@group.command("follow")
def follow(
    slug: Slug,
    because: Because = None, who: Who = None, config: ConfigOption = None, database: DatabaseOption = DEFAULT_DATABASE,
) -> None:
    """Follow a project: alerts tell of it."""
    _told(curator(config, database, who).follow(slug, because))


@group.command("unfollow")
def unfollow(
    slug: Slug,
    because: Because = None, who: Who = None, config: ConfigOption = None, database: DatabaseOption = DEFAULT_DATABASE,
) -> None:
    """Follow a project no longer."""
    _told(curator(config, database, who).follow(slug, because, on=False))


@group.command("forget")
def forget(
    what: Annotated[Optional[str], typer.Argument(metavar="URL-or-SOURCE", help="Address, or id of a source.")] = None,  # noqa: UP045
    author: Annotated[Optional[str], typer.Option("--author", help="A name to erase from bylines and texts.")] = None,  # noqa: UP045
    because: Because = None, who: Who = None, config: ConfigOption = None, database: DatabaseOption = DEFAULT_DATABASE,
) -> None:
    """Erase a page, a whole source or an author's name for good; only a digest stays, so that it never comes back.

    Backups that were made before still hold it.
    """
    from crawler.curation.forgetting import forget_author, forget_page_or_source

    if (what is None) == (author is None):
        raise UsageError("give an address, the id of a source, or --author NAME")
    by = curator(config, database, who)
    _told(forget_author(by, author, because) if author is not None else forget_page_or_source(by, what or "", because))


@group.command("undo")
def undo(
    number: Annotated[Optional[int], typer.Argument(metavar="[ID]", help="Default: the last decision.")] = None,  # noqa: UP045
    who: Who = None, config: ConfigOption = None, database: DatabaseOption = DEFAULT_DATABASE,
) -> None:
    """Take a decision back; projects, slugs and values are as they were before it."""
    _told(curator(config, database, who).undo(number))


@group.command("list")
def list_decisions(
    as_json: JsonOption = False, config: ConfigOption = None, database: DatabaseOption = DEFAULT_DATABASE,
) -> None:
    """All decisions, those taken back too."""
    del config  # every command takes it
    from crawler.curation.actions import listed

    rows = listed(open_database(database, read_only=True))
    if as_json:
        emit_json(rows)
        return
    out().print(table(("id", "when", "who", "what", "about", "why", "taken back"), [
        (row["id"], row["made_at"], row["who"], row["action"], _about(row), row["reason"],
         (row["undone_at"] or "")[:10]) for row in rows]))


@group.command("export")
def export(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="JSON lines; - for stdout.")],
    config: ConfigOption = None, database: DatabaseOption = DEFAULT_DATABASE,
) -> None:
    """Write all decisions to a file for the next analyst."""
    del config
    from crawler.curation.exchange import write_decisions

    number = write_decisions(open_database(database, read_only=True), file)
    err().print(f"{number} decision{'s' * (number != 1)} written to {file}", markup=False)


@group.command("import")
def import_decisions(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="As `marsad curate export` wrote it.")],
    config: ConfigOption = None, database: DatabaseOption = DEFAULT_DATABASE,
) -> None:
    """Take over decisions from a file and apply them; those that are known already are passed over."""
    from crawler.curation.exchange import read_decisions

    found = read_decisions(curator(config, database, None), file)
    out().print(f"{found.taken} decisions taken over, {found.known} known already", markup=False)
    if found.unmet:
        err().print(f"about projects or articles that are not here (yet): {', '.join(found.unmet)}", markup=False)


def _about(row: dict[str, Any]) -> str:
    given = row["arguments"]
    told = {"merge": "other", "same": "other", "different": "other", "later": "other", "split": "slug",
            "rename": "name", "unlink": "slug"}.get(row["action"])
    if row["action"] == "set":
        return f"{row['target']}: {given['field']} = {given['value']}"
    if row["action"] == "forget":
        return f"{given.get('kind')} {row['target'][:23]}"
    return f"{row['target']}: {given[told]}" if told else str(row["target"])
