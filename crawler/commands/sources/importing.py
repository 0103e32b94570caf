"""`marsad sources import`: another reader's list of feeds, or marsad's own export, into the registry."""

from __future__ import annotations

from collections import Counter
from datetime import datetime, timezone
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Optional, get_args

import pycountry
import typer

from crawler.commands.common import ConfigOption, JsonOption, emit_json, out, table
from crawler.configuration.setup import set_up
from crawler.configuration.sources import Kind, load_sources
from crawler.errors import NothingDoneError, UsageError

if TYPE_CHECKING:
    from crawler.opml.merge import Decision

_WORDS = ("added", "known", "differs", "refused")
_HEAD = """\
# Imported sources. Yours to edit: a later import adds behind them and changes none.
# The comment behind an address says from where it came; `marsad sources check` tries it.
"""


def register(group: typer.Typer) -> None:
    group.command("import")(import_sources)


def import_sources(
    file: Annotated[Path, typer.Argument(help="An OPML file.")],
    to: Annotated[Optional[Path], typer.Option(help="YAML file to add to (default: sources/imported.yml of the configuration).")] = None,  # noqa: E501, UP045
    country: Annotated[Optional[str], typer.Option(help="For what names none (default: INT).")] = None,  # noqa: UP045
    language: Annotated[Optional[list[str]], typer.Option(help="For what names none (default: en); may be repeated.")] = None,  # noqa: E501, UP045
    kind: Annotated[Optional[str], typer.Option(help="For what names none (default: general).")] = None,  # noqa: UP045
    allow_private: Annotated[bool, typer.Option(help="Take addresses on private networks, too.")] = False,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Only tell what would be added.")] = False,
    as_json: JsonOption = False,
    config: ConfigOption = None,
) -> None:
    """Add the sources of an OPML file. Nothing that stands in the registry is changed: what differs is told."""
    from crawler.configuration.written import append_sources, own_sources, source_yaml, sources_of
    from crawler.opml.foreign import Defaults
    from crawler.opml.merge import Known, decide
    from crawler.opml.read import MAX_BYTES, read_opml

    defaults = Defaults(_country(country), _languages(language), _kind(kind))
    folder = set_up(config).folder
    target = to or own_sources(folder) / "imported.yml"
    body = _body(file, MAX_BYTES)
    known = Known([*load_sources(folder), *sources_of(target)])
    decisions = decide(read_opml(body, str(file)), known, defaults, allow_private=allow_private)
    new = [decision.source for decision in decisions if decision.source is not None]
    if new and not dry_run:
        evidence = f"imported {datetime.now(timezone.utc):%Y-%m-%d} from {file.name}; unverified"
        try:
            append_sources(target, [source_yaml(source, evidence) for source in new], _HEAD)
        except OSError as error:
            raise UsageError(f"{target}: cannot be written: {error.strerror}") from None
    _tell(decisions, target, dry_run=dry_run, as_json=as_json)
    if all(decision.what == "refused" for decision in decisions):
        raise NothingDoneError(f"{file}: nothing in it can be taken" if decisions else f"{file}: it lists no feed")


def _tell(decisions: list[Decision], target: Path, *, dry_run: bool, as_json: bool) -> None:
    counted = Counter[str](decision.what for decision in decisions)
    if as_json:
        emit_json({"file": str(target), "dry_run": dry_run, **{word: counted[word] for word in _WORDS},
                   "sources": [{"what": one.what, "line": one.line, "id": one.id, "name": one.name, "why": one.why}
                               for one in decisions]})
        return
    if decisions:
        out().print(table(("line", "what", "id", "name", "why"),
                          [(one.line, one.what, one.id, one.name, one.why) for one in decisions]))
    counts = ", ".join(f"{counted[word]} {word}" for word in _WORDS)
    end = "; dry run: nothing was written" if dry_run else f"; see {target}" if counted["added"] else ""
    out().print(counts + end, soft_wrap=True)


def _body(file: Path, limit: int) -> bytes:
    try:
        with file.open("rb") as opened:
            return opened.read(limit + 1)
    except OSError as error:
        raise UsageError(f"{file}: cannot be read: {error.strerror}") from None


def _country(given: str | None) -> str | None:
    code = given.upper() if given else None
    if code and code != "INT" and pycountry.countries.get(alpha_2=code) is None:
        raise typer.BadParameter(f"{given!r} is no ISO 3166-1 alpha-2 code, nor INT", param_hint="--country")
    return code


def _languages(given: list[str] | None) -> tuple[str, ...]:
    codes = tuple(code.lower() for code in given or ())
    for code in codes:
        if pycountry.languages.get(alpha_2=code) is None:
            raise typer.BadParameter(f"{code!r} is no ISO 639-1 code, such as fr or ar", param_hint="--language")
    return codes


def _kind(given: str | None) -> str | None:
    if given is not None and given not in get_args(Kind):
        raise typer.BadParameter(f"{given!r} is none of {', '.join(get_args(Kind))}", param_hint="--kind")
    return given
