"""Pairs of projects that may be one: what a person should look at, side by side, and what was answered."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from hashlib import sha256
from typing import Any

from sqlalchemy import Connection, Engine, select

from crawler.curation.actions import Curator, Made
from crawler.curation.constraints import constraints_of
from crawler.curation.targets import near
from crawler.errors import UsageError
from crawler.joining import Joiner, nearest
from crawler.linking import Score, score
from crawler.linking.kept import compared, unpack
from storage import articles, claims, decisions, profiles, projects
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


@dataclass(frozen=True, slots=True)
class Open:
    """The first `pairs`, and how many there are in `total`."""

    pairs: list[Pair]
    total: int


@dataclass(frozen=True, slots=True)
class _Near:
    """A pair by the rows of its projects, before its sides are made."""

    id: str
    a: dict[str, Any]
    b: dict[str, Any]
    told: Score
    asked: bool
    later: bool


def open_pairs(engine: Engine, joiner: Joiner, most: int | None = None) -> Open:
    """The pairs that nobody has decided about: those put off last, otherwise the likeliest first; at most `most`."""
    with reading(engine) as conn:
        found = _open(conn, joiner)
        return Open([Pair(one.id, _side(conn, one.a), _side(conn, one.b), one.told.value, one.told.reasons,
                          "review" if one.asked else "near", one.later) for one in found[:most]], len(found))


def answer(curator: Curator, which: str, said: str, because: str | None = None) -> Made:
    """Store yes (one project), no (two) or later for an open pair, by its id."""
    with reading(curator.engine) as conn:
        found = {one.id: (one.a["slug"], one.b["slug"]) for one in _open(conn, curator.joiner)}
    if which not in found:
        raise UsageError(f"no open pair {which!r}; {near(which, list(found), '`marsad review` lists them')}")
    return settle_pair(curator, *found[which], said, because)


def settle_pair(curator: Curator, one: str, other: str, said: str, because: str | None = None) -> Made:
    """The same for two slugs. UsageError where they are one project by now."""
    if said not in ANSWERS:
        raise UsageError(f"answer yes, no or later, not {said!r}")
    if said == "no":
        return curator.different(one, other, because)
    if said == "later":
        return curator.later(one, other, because)
    return curator.merge(one, other, because, action="same")


def _open(conn: Connection, joiner: Joiner) -> list[_Near]:
    rows = {number: row for number, row in projects.every(conn).items() if row["article_count"]}
    known = {number: compared(unpack(body)) for number, body in profiles.load(conn, rows).items()}
    asked = _asked(conn, set(rows))
    left = defaultdict(set)
    for a, b in asked:
        left[a].add(b)
    scored: dict[tuple[int, int], Score] = {}
    for number, one in sorted(known.items()):
        around, rarity = nearest(conn, one, joiner)
        for other in ({*around, *left[number]} & known.keys()) - {number}:
            pair = (min(number, other), max(number, other))
            if pair not in scored:
                scored[pair] = score(one, known[other], joiner.rules, rarity)
    decided, put_off = _decided(conn), _put_off(conn)
    pairs = [_between(rows[a], rows[b], told, (a, b) in asked, put_off) for (a, b), told in scored.items()
             if (told.points >= joiner.rules.decide.review or (a, b) in asked) and (a, b) not in decided]
    return sorted(pairs, key=lambda pair: (pair.later, -pair.told.value, pair.id))


def pair_id(one: str, other: str) -> str:
    """Eight letters and digits that name a pair of slugs, whichever comes first."""
    return sha256(" ".join(sorted((one, other))).encode()).hexdigest()[:8]


def _asked(conn: Connection, known: set[int]) -> set[tuple[int, int]]:
    query = select(article_projects.c.project_id, article_projects.c.runner_up).where(
        article_projects.c.decision == "review", article_projects.c.role == "main",
        article_projects.c.runner_up.is_not(None))
    return {(min(row), max(row)) for row in conn.execute(query) if set(row) <= known and row[0] != row[1]}


def _decided(conn: Connection) -> set[tuple[int, int]]:
    """Pairs that a person parted, whatever their projects are called by now."""
    held = constraints_of(conn)
    holder = projects.mains_of(conn, {url for pair in held.apart | held.same for url in pair}) if held.apart else {}
    return {(min(number, other), max(number, other)) for url, number in holder.items()
            for far in held.apart_from(url) if (other := holder.get(far, number)) != number}


def _put_off(conn: Connection) -> set[str]:
    return {pair_id(row["target"], row["arguments"]["other"]) for row in decisions.active(conn, ("later",))}


def _between(one: dict[str, Any], other: dict[str, Any], told: Score, asked: bool, put_off: set[str]) -> _Near:
    # the one that more stories tell stays, if they are one
    left, right = sorted((one, other), key=lambda row: (-row["story_count"], row["id"]))
    number = pair_id(left["slug"], right["slug"])
    return _Near(number, left, right, told, asked, number in put_off)


def _side(conn: Connection, row: dict[str, Any]) -> Side:
    own = articles.of_ids(conn, projects.articles_of(conn, row["id"], role="main"))[:_TITLES]
    named = claims.organizations(conn, row["id"])
    return Side(row["slug"], row["name"], ", ".join(filter(None, (row["city"], row["country"]))), row["capacity_mw"],
                row["investment_usd"], row["status"], row["story_count"], tuple(named[:4]),
                tuple({name: article[name] for name in ("title", "outlet", "published_at", "url")} for article in own))
