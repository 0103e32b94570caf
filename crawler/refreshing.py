"""What is stored of a project, made to follow from its articles: profile, keys, shown values, counts."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import Connection

from crawler.claims.claim import Claims
from crawler.curation.shown import applied, set_by_hand
from crawler.linking import NO_CONSTRAINTS, Constraints, LinkRules, Profile, combine, keys, profile, project_row
from crawler.linking.kept import pack
from crawler.records import fact_of, said_of
from storage import claims, profiles, projects, subjects

Locate = Callable[[str | None, str], tuple[float, float] | None]

_SHOWN = ("name", "country", "city", "latitude", "longitude", "capacity_mw", "capacity_initial_mw",
          "investment_amount", "investment_currency", "investment_usd", "status", "status_inferred", "doubted",
          "single_source")


@dataclass(frozen=True)
class Joiner:
    """What joining needs beside the database. `today` ages statuses; `locate` is the gazetteer.

    `constraints`: the decisions of people in force, as crawler/linking/constraints.py has them.
    """

    rules: LinkRules
    locate: Locate
    today: date
    constraints: Constraints = NO_CONSTRAINTS


def profile_of(said: Claims, index: int, title: str | None, rules: LinkRules) -> Profile:
    """The profile of one subject of an article; the headline counts for its main subject."""
    subject = said.subjects[index]
    own = [claim for claim in said.claims if claim.subject == index]
    return profile(subject, own, rules, title if subject.role == "main" else None)


def refresh_projects(conn: Connection, project_ids: Iterable[int], joiner: Joiner, *, learnt: bool = True) -> None:
    """Make profiles, keys, shown values and counts of projects follow from their articles; those that nothing links
    to go. `learnt` off leaves profile and keys, which are right already."""
    ids = set(project_ids)
    if not ids:
        return
    ids -= set(projects.delete_unlinked(conn, ids))
    if not ids:
        return
    if learnt:
        _learn(conn, ids, joiner)
    by_hand = set_by_hand(conn)
    by_project: dict[int, list[dict[str, Any]]] = defaultdict(list)
    for row in claims.of_projects(conn, ids):
        by_project[row["project_id"]].append(row)
    for project in sorted(ids):
        rows = by_project.get(project, [])
        main = [row for row in rows if row["role"] == "main"] or rows
        # A project that is only mentioned is shown by what the mentions say.
        shown = project_row([fact_of(row) for row in main], joiner.rules, joiner.today, joiner.locate)
        values: dict[str, Any] = {name: getattr(shown, name) for name in _SHOWN}
        values["why"] = {name: reason.as_json() for name, reason in shown.why.items()}
        values = applied(values, by_hand.get(project, {}), joiner.rules, joiner.locate)
        projects.update(conn, project, {name: value for name, value in values.items()
                                        if name != "name" or value})
    projects.refresh_counts(conn, ids)


def _learn(conn: Connection, ids: Iterable[int], joiner: Joiner) -> None:
    found = subjects.of_projects(conn, ids)
    for project in sorted(ids):
        several = [_stored(row, joiner.rules) for row in found.get(project, ())]
        counted: Counter[tuple[str, str]] = Counter()
        for one in several:
            counted.update(keys(one, joiner.rules))
        profiles.save(conn, project, pack(combine(several)))
        profiles.set_keys(conn, project, counted)


def _stored(row: Mapping[str, Any], rules: LinkRules) -> Profile:
    return profile_of(said_of([row]), 0, row["title"], rules)
