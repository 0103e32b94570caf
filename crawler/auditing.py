"""Everything rebuilt from stored pages into a second database, and compared with what stands here."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from datetime import date

from sqlalchemy import Connection, Engine

from crawler.configuration.setup import Setup
from crawler.curation.constraints import constraints_of
from crawler.ingesting import Told
from crawler.inputs import Item
from crawler.joining import Joiner, refresh_projects
from crawler.keeping import Keeper
from crawler.records import now
from crawler.reprocessing import stored_items
from crawler.run import make_joiner
from crawler.settling import settle
from crawler.worker import understanders
from storage import articles, decisions, pages, projects, raw, runs, slugs
from storage.comparing import Difference, differences, picture
from storage.copying import MEMORY, copy_rows
from storage.engine import open_database, reading, writing


@dataclass(slots=True)
class Audit:
    """How many rows were compared by table, what differs, and how many articles had no page left but their text."""

    rows: dict[str, int] = field(default_factory=dict)
    differences: list[Difference] = field(default_factory=list)
    pages: int = 0
    from_text: int = 0
    interrupted: bool = False

    @property
    def equal(self) -> bool:
        return not self.differences and not self.interrupted


def audit(engine: Engine, setup: Setup, second: str, told: Told, *, stopped: Callable[[], bool]) -> Audit:
    """Rebuild into the empty database `second` (a URL) and compare.

    Taken over as they are: what was learnt from pages that were never kept (lines that a source prints everywhere,
    the registry), the slugs, which are given once, and the decisions of people.
    """
    found = Audit()
    new = open_database(second)
    joiner = replace(make_joiner(setup.folder), today=_last_day(engine))
    with reading(engine) as old, writing(new) as conn:
        copy_rows(old, conn, MEMORY)
        unmatched = {url for url in articles.urls(old)
                     if (pages.known(old, [url]).get(url) or {}).get("outcome") == "off_topic"}
    _read_again(engine, new, setup, joiner, unmatched, told, found, stopped)
    if found.interrupted:
        return found
    with reading(engine) as old, writing(new) as conn:
        copy_rows(old, conn, ("seen_lines",))
        given = _slugs(old)
        own = constraints_of(conn)
    settle(new, replace(joiner, constraints=replace(own, slugs={**given, **own.slugs}) if given else own))
    with reading(engine) as old, writing(new) as conn:
        _name_mentioned(old, conn)
        refresh_projects(conn, projects.all_ids(conn), joiner)
    with reading(engine) as old, reading(new) as conn:
        before, after = picture(old), picture(conn)
    found.rows = {table: len(rows) for table, rows in before.items()}
    found.differences = differences(before, after)
    new.dispose()
    return found


def _read_again(engine: Engine, new: Engine, setup: Setup, joiner: Joiner, unmatched: set[str], told: Told,
                found: Audit, stopped: Callable[[], bool]) -> None:
    # the pages themselves stay where they are: only what was read of them is written a second time
    keepers = {everything: Keeper(new, joiner, raw_pages=False, everything=everything) for everything in (False, True)}
    limits = setup.settings.limits
    with reading(engine) as conn:
        kept = raw.urls(conn)
    pool = understanders(setup.folder, setup.settings.topic, count=limits.readers, seconds=limits.read_seconds)
    with pool as workers:
        for item, answer in workers.in_order(_counted(stored_items(engine, texts=False), kept, found)):
            if item.work is None or answer is None:
                continue
            result = keepers[item.work.url in unmatched].keep_again(item.work, answer)
            told.page("", result.outcome)
            if stopped():
                found.interrupted = True
                return


def _counted(items: Iterator[Item], kept: set[str], found: Audit) -> Iterator[Item]:
    for item in items:
        found.pages += item.where in kept
        found.from_text += item.where not in kept
        yield item


def _last_day(engine: Engine) -> date:
    """The day that statuses were aged by: that of the last run or decision."""
    with reading(engine) as conn:
        moments = [runs.last_end(conn), *(row["undone_at"] or row["made_at"] for row in decisions.every(conn))]
    last = max((moment for moment in moments if moment), default=now())
    return date.fromisoformat(last[:10])


def _slugs(old: Connection) -> dict[str, str]:
    """Canonical URL to the slug of its main project."""
    found = picture(old)["article_projects"]
    return {url: slug for (url, slug), row in found.items() if row["role"] == "main"}


def _name_mentioned(old: Connection, conn: Connection) -> None:
    """Projects that are only mentioned get the slug of the one that the same articles mention."""
    wanted = {key: slug for slug, key in _mentioned(old).items()}
    for slug, key in _mentioned(conn).items():
        other = wanted.get(key)
        if other is not None and other != slug and slugs.resolve(conn, other) is None:
            project = projects.get(conn, slug)
            assert project is not None
            slugs.adopt(conn, project["id"], other, at=now())


def _mentioned(conn: Connection) -> dict[str, tuple[str, ...]]:
    """Slugs of projects without a main article: their name and the articles that mention them."""
    shown = picture(conn)
    urls: dict[str, list[str]] = defaultdict(list)
    for url, slug in shown["article_projects"]:
        urls[slug].append(url)
    return {slug: (row["name"], *sorted(urls[slug])) for (slug,), row in shown["projects"].items()
            if not row["article_count"]}
