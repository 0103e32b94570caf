"""`marsad sources check`: tries each way of each source and says what is wrong and what to do."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Annotated, Optional

import typer

from crawler import forkserver
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
from crawler.configuration.setup import Setup, set_up
from crawler.configuration.sources import Source, load_sources
from crawler.errors import NothingDoneError, UsageError

if TYPE_CHECKING:
    from crawler.onboarding.checking import Checked


def register(group: typer.Typer) -> None:
    group.command("check")(check)


def check(
    ids: Annotated[Optional[list[str]], typer.Argument(  # noqa: UP045 - Typer on Python 3.10
        metavar="[ID...]", help="Sources by id, switched off or not; default: all that are switched on.")] = None,
    write: Annotated[bool, typer.Option("--write", help="Put the new address of a feed that moved for good into the "
                                                        "registry.")] = False,
    as_json: JsonOption = False,
    config: ConfigOption = None,
    database: DatabaseOption = DEFAULT_DATABASE,
) -> None:
    """Try every way of each source once, politely, and say in words what is wrong. Nothing of it is stored."""
    setup = set_up(config)
    chosen = _chosen(load_sources(setup.folder), ids or [])
    forkserver.start(setup.folder.root, *forkserver.CRAWL)
    from crawler.configuration.search import load_search
    from crawler.crawl.from_settings import crawl_settings
    from crawler.onboarding.checking import check_sources
    from crawler.topics import load_topic

    topic = load_topic(setup.folder.file(f"topics/{setup.settings.topic}.yml"))
    search = load_search(setup.folder, topic.definition.queries)
    err().print(f"trying {sum(len(source.discover) for source in chosen)} ways of {len(chosen)} sources", markup=False)
    checked = check_sources(chosen, crawl_settings(setup.settings, search), database=database)
    written = _write(setup, checked) if write else []
    if as_json:
        emit_json([source.as_dict() for source in checked])
    else:
        _show(checked)
    for words in written:
        err().print(words, markup=False)
    if all(source.verdict == "broken" for source in checked):
        raise NothingDoneError("none of these sources could be read; the table says why")


def _chosen(sources: list[Source], ids: list[str]) -> list[Source]:
    known = {source.id: source for source in sources}
    unknown = [name for name in ids if name not in known]
    if unknown:
        raise UsageError(f"no source called {', '.join(unknown)}; see `marsad sources list`")
    chosen = [known[name] for name in dict.fromkeys(ids)] or [source for source in sources if source.enabled]
    if not chosen:
        raise UsageError("no source is switched on")
    return chosen


def _write(setup: Setup, checked: list[Checked]) -> list[str]:
    from crawler.onboarding.rewrite import write_address

    told = []
    for source in checked:
        for place, finding in enumerate(source.findings):
            if finding.moved_to is None or finding.word != "moved":
                continue
            path = write_address(setup.folder, source.source.id, place, finding.url, finding.moved_to)
            told.append(f"{source.source.id}: {finding.moved_to} written to {path}" if path else
                        f"{source.source.id}: {finding.url} does not stand on a line of its own; change it by hand")
    return told


def _show(checked: list[Checked]) -> None:
    rows = [(source.source.id if not place else "", finding.kind, "ok" if finding.word == "fine" else finding.word,
             f"{finding.text}{'; ' + finding.advice if finding.advice else ''}", finding.url)
            for source in checked for place, finding in enumerate(source.findings)]
    out().print(table(("source", "way", "state", "what was found, and what to do", "address"), rows))
    counted = Counter(source.verdict for source in checked)
    out().print(f"{len(checked)} sources" + "".join(
        f", {counted[name]} {name}" for name in ("fine", "partly", "broken") if counted[name]))
