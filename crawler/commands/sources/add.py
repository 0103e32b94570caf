"""`marsad sources add URL`: finds out how a site is read, shows five of its articles, writes it into the registry."""

from __future__ import annotations

import re
import sys
from dataclasses import dataclass
from datetime import datetime, timezone
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Optional, get_args

import pycountry
import typer

from crawler import forkserver
from crawler.commands.common import (
    DEFAULT_DATABASE,
    ConfigOption,
    DatabaseOption,
    JsonOption,
    clean,
    emit_json,
    err,
    out,
    table,
)
from crawler.configuration.durations import parse_duration
from crawler.configuration.setup import Setup, set_up
from crawler.configuration.sources import Kind, Source, load_sources
from crawler.errors import UsageError

if TYPE_CHECKING:
    from crawler.onboarding.adding import Proposal
    from crawler.onboarding.trial import Tried

_HEAD = """\
# Added with `marsad sources add`. Yours to edit: a later one is written behind them and changes none.
# The comment behind an address says when it answered.
"""

_ID = re.compile(r"[a-z0-9]+(?:-+[a-z0-9]+)*")

Text = Optional[str]  # noqa: UP045 - Typer on Python 3.10 reads the annotation at run time


@dataclass(frozen=True)
class Found:
    """What is shown, and written."""

    proposal: Proposal
    source: Source
    tried: list[Tried]
    target: Path | None


def register(group: typer.Typer) -> None:
    group.command("add")(add)


def add(
    url: Annotated[str, typer.Argument(metavar="URL", help="The address of the site, or of its feed.")],
    country: Annotated[Text, typer.Option(help="ISO code, or INT where it belongs to none; else found out.")] = None,
    language: Annotated[Optional[list[str]], typer.Option(help="ISO code; may be repeated; else found out.")] = None,  # noqa: UP045
    kind: Annotated[str, typer.Option(help=f"One of {', '.join(get_args(Kind))}.")] = "general",
    name: Annotated[Text, typer.Option(help="Name of the outlet; else found out.")] = None,
    source: Annotated[Text, typer.Option("--id", help="Its id in the registry; else made from its host.")] = None,
    every: Annotated[str, typer.Option(help="How often it is visited, such as 30m or 2h.")] = "1h",
    to: Annotated[Optional[Path], typer.Option(help="YAML file to add to (default: sources/added.yml of the configuration).")] = None,  # noqa: E501, UP045
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Only show what would be written.")] = False,
    yes: Annotated[bool, typer.Option("--yes", help="Write without asking.")] = False,
    as_json: JsonOption = False,
    config: ConfigOption = None,
    database: DatabaseOption = DEFAULT_DATABASE,
) -> None:
    """Find feeds, sitemaps, WordPress, name, language, country and article pattern of a site; try five articles."""
    if not (dry_run or yes) and (as_json or not sys.stdin.isatty()):
        raise UsageError("nobody is there to ask: say --yes to write, or --dry-run to look only")
    if source is not None and not _ID.fullmatch(source):
        raise UsageError(f"--id {source}: small letters and digits with hyphens between, such as le-phare")
    setup = set_up(config)
    from crawler.configuration.written import own_sources

    target = None if dry_run and to is None else to or own_sources(setup.folder) / "added.yml"
    from crawler.onboarding.adding import Wish

    wish = Wish(url, source, name, _country(country), _languages(language), _kind(kind), parse_duration(every))
    found = _find(setup, wish, target, database)
    written = not dry_run and (yes or _agreed(found))
    if written:
        _write(setup, found)
    if as_json:
        emit_json({**_as_dict(found), "written": str(found.target) if written else None})
        return
    if yes or dry_run:
        _show(found)
    out().print(f"written to {found.target}" if written else "nothing was written", soft_wrap=True)


def _find(setup: Setup, wish: object, target: Path | None, database: str) -> Found:
    forkserver.start(setup.folder.root, *forkserver.CRAWL)
    from crawler.claims import load_lexicon
    from crawler.claims.directory import key_of
    from crawler.configuration.written import sources_of
    from crawler.crawl.from_settings import crawl_settings
    from crawler.onboarding.adding import Wish, explore, settle_languages
    from crawler.onboarding.trial import languages_of, read_trial
    from crawler.opml.merge import Known

    assert isinstance(wish, Wish)
    there = [*load_sources(setup.folder), *(sources_of(target) if target else [])]
    if wish.id in {one.id for one in there}:
        raise UsageError(f"{wish.id!r} stands in the registry already; choose another --id")
    places = load_lexicon(setup.folder).gazetteer

    def country_of(name: str) -> str | None:
        codes = {place.country for place in places.get(key_of(name)) or ()}
        return codes.pop() if len(codes) == 1 else None

    known = Known(there)
    _refuse_known(known.at(wish.url if "://" in wish.url else f"https://{wish.url}"))  # before anything is asked
    err().print(f"looking at {wish.url}", markup=False)
    proposal = explore(wish, crawl_settings(setup.settings), country_of, database=database)
    tried = read_trial(proposal, setup)
    source = proposal.source({one.id for one in there}, settle_languages(proposal, languages_of(tried)))
    _refuse_known((known.twin(source) or (None,))[0])
    return Found(proposal, source, tried, target)


def _refuse_known(owner: str | None) -> None:
    if owner is not None:
        raise UsageError(f"it stands in the registry already, as {owner}; `marsad sources check {owner}` tries it")


def _agreed(found: Found) -> bool:
    _show(found)
    return typer.confirm(f"Write it to {found.target}?", err=True)


def _write(setup: Setup, found: Found) -> None:
    from crawler.configuration.written import append_sources, source_yaml

    assert found.target is not None
    evidence = f"answered {datetime.now(timezone.utc):%Y-%m-%d}"
    try:
        append_sources(found.target, [source_yaml(found.source, evidence)], _HEAD)
    except OSError as error:
        raise UsageError(f"{found.target}: cannot be written: {error.strerror}") from None
    load_sources(setup.folder)


def _show(found: Found) -> None:
    from crawler.configuration.written import source_yaml

    console = out()
    console.print(table(("way", "address", "state", "what was found"), [
        (way.finding.kind, way.finding.url, way.finding.word, way.finding.text) for way in found.proposal.ways],
        title="Ways to find its articles"))
    console.print(table(("date", "language", "on topic", "title", "begins"), [
        (one.published, one.language, "yes" if one.matched else "no", one.title, one.begins) if not one.problem else
        ("", "", "", one.url, one.problem) for one in found.tried], title="A trial of its articles"))
    for thing, why in found.proposal.why.items():
        console.print(f"{thing}: {clean(why)}", markup=False)
    console.print()
    console.print(source_yaml(found.source), markup=False, soft_wrap=True)


def _as_dict(found: Found) -> dict[str, object]:
    from crawler.configuration.written import source_yaml

    return {"id": found.source.id, "yaml": source_yaml(found.source), "why": found.proposal.why,
            "source": found.source.model_dump(mode="json", exclude_none=True, exclude_defaults=True),
            "ways": [way.finding.as_dict() for way in found.proposal.ways],
            "trial": [one.as_dict() for one in found.tried]}


def _country(given: str | None) -> str | None:
    code = given.upper() if given else None
    if code and code != "INT" and pycountry.countries.get(alpha_2=code) is None:
        raise UsageError(f"--country {given}: no ISO 3166-1 alpha-2 code, nor INT")
    return code


def _languages(given: list[str] | None) -> tuple[str, ...]:
    codes = tuple(code.lower() for code in given or ())
    for code in codes:
        if pycountry.languages.get(alpha_2=code) is None:
            raise UsageError(f"--language {code}: no ISO 639-1 code, such as fr or ar")
    return codes


def _kind(given: str) -> str:
    if given not in get_args(Kind):
        raise UsageError(f"--kind {given}: none of {', '.join(get_args(Kind))}")
    return given
