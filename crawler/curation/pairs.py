"""Pairs of projects that may be one: what a person should look at, side by side, and what was answered."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from hashlib import sha256
from typing import Any

from sqlalchemy import Connection, Engine, select

from crawler.curation.actions import Curator, Made
from crawler.curation.constraints import constraints_of
from crawler.curation.targets import main_urls, near
from crawler.errors import UsageError
from crawler.joining import Joiner, candidates_for
from crawler.linking import Profile, Score, combine, profile, score
from crawler.records import claim_of, subject_of
from storage import articles, claims, decisions, projects
from storage.engine import reading
from storage.schema import article_projects

ANSWERS = {"yes": "same", "no": "different", "later": "later"}
_TITLES = 3


@dataclass(frozen=True, slots=True)
class Side:
    """One project of a pair. `organizations`: who is named most; `titles`: its earliest articles."""

    slug: str
    name: str
    place: str
    capacity_mw: float | None
    investment_usd: float | None
    status: str
    stories: int
    organizations: tuple[str, ...]
    titles: tuple[dict[str, Any], ...]


@dataclass(frozen=True, slots=True)
class Pair:
    """Two projects. `id` stays as long as their slugs do. `score` 0 to 1 with its `reasons`; `asked`: the linking left
    the question open (`review`), or the two lie near the line (`near`); `later`: somebody put it off."""

    id: str
    a: Side
    b: Side
    score: float
    reasons: tuple[str, ...]
    asked: str
    later: bool


def open_pairs(engine: Engine, joiner: Joiner) -> list[Pair]:
    """The pairs that nobody has decided about: those put off last, otherwise the likeliest first."""
    with reading(engine) as conn:
        rows = {number: row for number in projects.all_ids(conn)
                if (row := projects.get(conn, number)) is not None and row["article_count"]}
        known = _profiles(conn, rows, joiner)
        asked = _asked(conn, set(rows))
        found: dict[tuple[int, int], Score] = {}
        for number, one in known.items():
            around, rarity = candidates_for(conn, one, joiner)
            others = {other for other, _ in around} | {b for a, b in asked if a == number}
            for other in others & set(known) - {number}:
                pair = (min(number, other), max(number, other))
                told = score(one, known[other], joiner.rules, rarity)
                if told.points >= joiner.rules.decide.review or pair in asked or pair[::-1] in asked:
                    # rarity differs a little with the side it is looked up from: the surer one counts
                    found[pair] = max(found.get(pair, told), told, key=lambda s: s.points)
        decided, put_off = _decided(conn, rows), _put_off(conn)
        pairs = [_pair(conn, rows[a], rows[b], told, (a, b) in asked or (b, a) in asked, put_off)
                 for (a, b), told in found.items() if (a, b) not in decided]
    return sorted(pairs, key=lambda pair: (pair.later, -pair.score, pair.id))


def answer(curator: Curator, which: str, said: str, because: str | None = None) -> Made:
    """Store yes (one project), no (two) or later for a pair, by its id."""
    if said not in ANSWERS:
        raise UsageError(f"answer yes, no or later, not {said!r}")
    pairs = {pair.id: pair for pair in open_pairs(curator.engine, curator.joiner)}
    pair = pairs.get(which)
    if pair is None:
        raise UsageError(f"no open pair {which!r}; {near(which, list(pairs), '`marsad review` lists them')}")
    if said == "no":
        return curator.different(pair.a.slug, pair.b.slug, because)
    if said == "later":
        return curator.later(pair.a.slug, pair.b.slug, because)
    return curator.merge(pair.a.slug, pair.b.slug, because, action="same")


def pair_id(one: str, other: str) -> str:
    """Eight letters and digits that name a pair of slugs, whichever comes first."""
    return sha256(" ".join(sorted((one, other))).encode()).hexdigest()[:8]


def _profiles(conn: Connection, numbers: Iterable[int], joiner: Joiner) -> dict[int, Profile]:
    by_article: dict[tuple[int, int], list[dict[str, Any]]] = defaultdict(list)
    for row in claims.of_projects(conn, numbers):
        if row["role"] == "main":
            by_article[row["project_id"], row["article_id"]].append(row)
    found: dict[int, list[Profile]] = defaultdict(list)
    for (project, _), rows in by_article.items():
        said = [claim_of(row) for row in rows]
        subject = subject_of(said, "main", None)
        point = joiner.locate(subject.country, subject.city) if subject.city else None
        found[project].append(profile(subject_of(said, "main", point), said, joiner.rules, rows[0]["title"]))
    return {project: combine(several) for project, several in found.items()}


def _asked(conn: Connection, known: set[int]) -> set[tuple[int, int]]:
    query = select(article_projects.c.project_id, article_projects.c.runner_up).where(
        article_projects.c.decision == "review", article_projects.c.role == "main",
        article_projects.c.runner_up.is_not(None))
    return {(row.project_id, row.runner_up) for row in conn.execute(query)
            if {row.project_id, row.runner_up} <= known and row.project_id != row.runner_up}


def _decided(conn: Connection, rows: Iterable[int]) -> set[tuple[int, int]]:
    """Pairs that a person parted, whatever their projects are called by now."""
    held = constraints_of(conn)
    if not held.apart:
        return set()
    urls = {number: main_urls(conn, number) for number in rows}
    holder = {url: number for number, own in urls.items() for url in own}
    return {(min(number, other), max(number, other)) for number, own in urls.items() for url in own
            for far in held.apart_from(url) if (other := holder.get(far, number)) != number}


def _put_off(conn: Connection) -> set[str]:
    return {pair_id(row["target"], row["arguments"]["other"]) for row in decisions.active(conn, ("later",))}


def _pair(conn: Connection, one: dict[str, Any], other: dict[str, Any], told: Score, asked: bool,
          put_off: set[str]) -> Pair:
    # the one that more stories tell stays, if they are one
    left, right = sorted((one, other), key=lambda row: (-row["story_count"], row["id"]))
    number = pair_id(left["slug"], right["slug"])
    return Pair(number, _side(conn, left), _side(conn, right), told.value, told.reasons,
                "review" if asked else "near", number in put_off)


def _side(conn: Connection, row: dict[str, Any]) -> Side:
    own = articles.of_ids(conn, projects.articles_of(conn, row["id"], role="main"))[:_TITLES]
    named = claims.organizations(conn, row["id"])
    return Side(row["slug"], row["name"], ", ".join(filter(None, (row["city"], row["country"]))), row["capacity_mw"],
                row["investment_usd"], row["status"], row["story_count"], tuple(named[:4]),
                tuple({name: article[name] for name in ("title", "outlet", "published_at", "url")} for article in own))
