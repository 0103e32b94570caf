"""What stands beside a project's timeline: corrections of its articles, and when its sources were blind."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from sqlalchemy import Connection, select

from storage import versions
from storage.rows import as_dict
from storage.schema import article_projects, articles, source_weeks, sources

# A week is blind where so little of what was expected came (and enough was expected to tell).
_SHARE, _ENOUGH = 0.2, 3.0


@dataclass(frozen=True, slots=True)
class Gap:
    """Days, both included, of which silence of this source says nothing."""

    source_id: str
    source: str
    first_day: str
    last_day: str
    why: str


def corrections(conn: Connection, project_id: int) -> list[dict[str, Any]]:
    """How articles of a project changed: url, outlet, at, title_before, title_after and `claims` that changed
    (kind, stage, before, after, quote_before, quote_after)."""
    ids = conn.execute(select(article_projects.c.article_id).where(
        article_projects.c.project_id == project_id)).scalars().all()
    made: dict[tuple[int, str], list[dict[str, Any]]] = {}
    for change in versions.changes(conn, ids):
        made.setdefault((change.article_id, change.at), []).append({
            "kind": change.kind, "stage": change.stage, "before": change.before, "after": change.after,
            "quote_before": change.quote_before, "quote_after": change.quote_after})
    found = []
    for number in versions.changed_articles(conn):
        if number not in set(ids):
            continue
        row = conn.execute(select(articles.c.url, articles.c.outlet, articles.c.title)
                           .where(articles.c.id == number)).one()
        own = versions.of_article(conn, number)
        titles = [*(version["title"] for version in own), row.title]
        for place, version in enumerate(own):
            at = version["replaced_at"]
            found.append({"article_id": number, "url": row.url, "outlet": row.outlet, "at": at,
                          "title_before": titles[place], "title_after": titles[place + 1],
                          "claims": made.get((number, at), [])})
    return sorted(found, key=lambda one: (one["at"], one["url"]))


def gaps(conn: Connection, *, country: str | None, first: str | None, until: str,
         outlets: Iterable[str | None] = ()) -> list[Gap]:
    """The blind weeks between two days of the sources that would have told: those of the country, those without one,
    and those of `outlets` (ids) that reported it."""
    named = {outlet for outlet in outlets if outlet}
    rows = [as_dict(row) for row in conn.execute(select(sources).order_by(sources.c.id))]
    wanted = [row for row in rows if row["country"] in (country, "INT") or row["id"] in named]
    start = monday(first or until).isoformat()
    found: list[Gap] = []
    for row in wanted:
        query = (select(source_weeks).where(source_weeks.c.source_id == row["id"], source_weeks.c.week >= start,
                                            source_weeks.c.week <= until).order_by(source_weeks.c.week))
        found += _of(row, [as_dict(week) for week in conn.execute(query)], until)
    return found


def monday(day: str) -> date:
    """The Monday of an ISO day; of a month its first."""
    full = date.fromisoformat(f"{day[:10]}-01" if len(day) == 7 else f"{day[:4]}-01-01" if len(day) == 4 else day[:10])
    return full - timedelta(days=full.weekday())


def blind(week: Mapping[str, Any]) -> str | None:
    """Why a week of the coverage ledger tells nothing; None where it does."""
    if not week["visits"]:
        return "not visited"
    if week["failures"] >= week["visits"]:
        return "every visit failed"
    expected = week["expected"]
    if expected is not None and expected >= _ENOUGH and week["received"] < _SHARE * expected:
        return f"{week['received']} new links of about {expected:.0f} expected"
    return None


def _of(source: Mapping[str, Any], weeks: list[dict[str, Any]], until: str) -> list[Gap]:
    by_start = {week["week"]: week for week in weeks}
    spans: list[tuple[date, date, str]] = []
    start = date.fromisoformat(weeks[0]["week"]) if weeks else date.max
    while start < date.max and (start + timedelta(days=6)).isoformat() <= until[:10]:
        # a week without a row is one in which nothing ran at all
        why = blind(by_start.get(start.isoformat(), {"visits": 0}))
        end = start + timedelta(days=6)
        if why is not None and spans and spans[-1][1] + timedelta(days=1) == start:
            spans[-1] = (spans[-1][0], end, spans[-1][2])
        elif why is not None:
            spans.append((start, end, why))
        start += timedelta(days=7)
    return [Gap(source["id"], source["name"], start.isoformat(), end.isoformat(), why) for start, end, why in spans]
