"""The end of a run: stories and projects as if all articles had arrived in the order of their dates.

What is linked while a crawl runs depends on what was there at that moment. Here the same decisions are taken again
over the whole set at once (`group_stories`, `assign_projects`), so that the result does not depend on the order of
arrival; ids and slugs stay where they can.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from sqlalchemy import Connection, Engine

from crawler.claims.claim import Claims
from crawler.curation.constraints import constraints_of
from crawler.joining import Joiner, make_project, own_text, record_link, refresh_projects
from crawler.linking import VERSION, Decision, group_stories, keys, profile, sign
from crawler.linking.assign import ArticleProfile, Assignment, assign_projects, keep_ids
from crawler.linking.status import years_before
from crawler.records import claim_row, now, said_of, story_text
from storage import articles, claims, projects, slugs, stories, subjects
from storage.engine import writing

# A project told by so many stories is never merged into another by itself, only by a person or a `reprocess`.
_ESTABLISHED = 3
# Up to so many articles everything is settled; beyond, only what the new articles can touch.
_SETTLE_ALL = 2000


@dataclass(frozen=True, slots=True)
class Settled:
    """How many articles were looked at, and how many changed their story or a project."""

    articles: int
    stories_changed: int
    projects_changed: int


def settle(engine: Engine, joiner: Joiner, new: Collection[int] | None = None, *, copies: bool = True) -> Settled:
    """Settle what the articles `new` can touch (None: everything), in one transaction.

    The decisions of people are read here, so that one which was made during a run is obeyed at its end. `copies` off
    leaves the stories as they are: a decision about projects changes none.
    """
    if new is not None and not new:
        with writing(engine) as conn:
            _age(conn, joiner)
        return Settled(0, 0, 0)
    with writing(engine) as conn:
        _age(conn, joiner)
        if not joiner.constraints:
            joiner = replace(joiner, constraints=constraints_of(conn))
        everything = new is None or articles.count(conn) <= _SETTLE_ALL
        rows = list(articles.iterate(conn)) if everything else articles.of_ids(conn, _touched(conn, new or (), joiner))
        said = {number: said_of(found) for number, found in
                subjects.of_articles(conn, [row["id"] for row in rows]).items()}
        pins = {} if new is None else _pins(conn, rows, frozenset(new))
        changed = _stories(conn, rows, joiner) if copies else 0
        return Settled(len(rows), changed, _projects(conn, rows, said, pins, joiner))


def _age(conn: Connection, joiner: Joiner) -> None:
    """Let statuses follow from silence, also of projects that nothing new touches."""
    rules = joiner.rules.row
    refresh_projects(conn, projects.silent(
        conn, suspended=years_before(joiner.today, rules.suspended_after_years),
        cancelled=years_before(joiner.today, rules.cancelled_after_years)), joiner)


def _touched(conn: Connection, new: Collection[int], joiner: Joiner) -> set[int]:
    """The new articles, and those of every project that shares a key with one of theirs."""
    wanted: set[tuple[str, str]] = set()
    for found in subjects.of_articles(conn, new).values():
        said = said_of(found)
        for index, subject in enumerate(said.subjects):
            one = profile(subject, [c for c in said.claims if c.subject == index], joiner.rules)
            wanted.update(key for key in keys(one, joiner.rules) if key[0] != "country")
    ids = set(new)
    for project in projects.candidates(conn, wanted):
        ids.update(projects.articles_of(conn, project))
    return ids


def _stories(conn: Connection, rows: Sequence[dict[str, Any]], joiner: Joiner) -> int:
    texts = []
    for row in rows:
        text = own_text(conn, row)
        signature = sign(text)
        stories.save_signature(conn, row["id"], sig_version=VERSION, signature=signature.digest,
                               content_hash=signature.content_hash, band_keys=signature.bands)
        texts.append(story_text({**row, "story_id": None}, text, signature))
    members: dict[int, list[int]] = defaultdict(list)
    lead = group_stories(texts, joiner.rules)
    for row in rows:
        members[lead[row["id"]]].append(row["id"])
    current = {row["id"]: row["story_id"] for row in rows}
    taken: set[int] = set()
    touched: set[int] = {story for story in current.values() if story is not None}
    changed = 0
    for group in members.values():
        own = (current[number] for number in group)
        story = next((s for s in own if s is not None and s not in taken), None)
        if story is None:
            story = stories.new_story(conn, group[0])
        taken.add(story)
        touched.add(story)
        for number in group:
            if current[number] != story:
                changed += 1
                stories.assign(conn, number, story)
    stories.refresh(conn, touched)
    for row in rows:
        row["story_id"] = lead[row["id"]]  # any number that the story's articles share will do from here on
    return changed


def _pins(conn: Connection, rows: Sequence[dict[str, Any]], new: frozenset[int]) -> dict[int, int]:
    """Article to the established project that it was in before this run."""
    pins = {}
    for row in rows:
        main = next((link["project_id"] for link in projects.links(conn, row["id"]) if link["role"] == "main"), None)
        if row["id"] not in new and main is not None:
            project = projects.get(conn, main)
            if project is not None and project["story_count"] >= _ESTABLISHED:
                pins[row["id"]] = main
    return pins


def _projects(conn: Connection, rows: Sequence[dict[str, Any]], said: Mapping[int, Claims],
              pins: Mapping[int, int], joiner: Joiner) -> int:
    profiles = [ArticleProfile(
        row["id"], row["canonical_url"], row["published_at"], story_id=row["story_id"], pinned=pins.get(row["id"]),
        subjects=tuple((subject.role, profile(subject, [c for c in said[row["id"]].claims if c.subject == index],
                                              joiner.rules, row["title"]))
                       for index, subject in enumerate(said[row["id"]].subjects)))
        for row in rows if row["id"] in said]
    assignments = assign_projects(profiles, joiner.rules, constraints=joiner.constraints)
    before = {row["id"]: projects.links(conn, row["id"]) for row in rows}
    ids = _ids(conn, assignments, before, said, {row["id"]: row for row in rows}, joiner)
    by_article: dict[int, list[Assignment]] = defaultdict(list)
    for assignment in assignments:
        by_article[assignment.article_id].append(assignment)
    touched: set[int] = set()
    changed = 0
    for row in rows:
        number = row["id"]
        wanted = {(ids[a.project], a.role) for a in by_article[number]}
        had = {(link["project_id"], link["role"]) for link in before[number]}
        touched.update(project for project, _ in wanted | had)
        changed += wanted != had
        projects.unlink(conn, number)
        for assignment in by_article[number]:
            record_link(conn, number, ids[assignment.project], assignment.role, _named(assignment.decision, ids))
        if number in said:
            place = {a.subject: ids[a.project] for a in by_article[number]}
            claims.replace(conn, number, [claim_row(c, place[c.subject]) for c in said[number].claims
                                          if c.subject in place])
    refresh_projects(conn, touched, joiner)
    return changed


def _ids(conn: Connection, assignments: Sequence[Assignment], before: Mapping[int, Sequence[Mapping[str, Any]]],
         said: Mapping[int, Claims], rows: Mapping[int, Mapping[str, Any]], joiner: Joiner) -> dict[int, int]:
    """Project number to id: that of the slug which people gave it, the one it had, else a new row."""
    main = {article: link["project_id"] for article, links in before.items() for link in links
            if link["role"] == "main"}
    named = _slugs(assignments, rows, joiner)
    held = {number: row["id"] for number, slug in named.items() if (row := projects.get(conn, slug)) is not None}
    left = {article: project for article, project in main.items() if project not in held.values()}
    ids = {**keep_ids([one for one in assignments if one.project not in held], left), **held}
    taken = set(ids.values())
    for one in assignments:
        if one.project in ids:
            continue
        old = next((link["project_id"] for link in before[one.article_id]
                    if link["role"] == one.role and link["project_id"] not in taken), None)
        if old is None:
            subject = said[one.article_id].subjects[one.subject]
            own = [c for c in said[one.article_id].claims if c.subject == one.subject]
            title = rows[one.article_id]["title"] if one.role == "main" else None
            old = make_project(conn, subject, own, title, joiner.rules, one.article_id)
        ids[one.project] = old
        taken.add(old)
    for number, slug in named.items():
        slugs.adopt(conn, ids[number], slug, at=now())
    return ids


def _slugs(assignments: Sequence[Assignment], rows: Mapping[int, Mapping[str, Any]], joiner: Joiner) -> dict[int, str]:
    """Project number to the slug under which people decided about it: that of most of its main articles."""
    tally: dict[int, Counter[str]] = defaultdict(Counter)
    for one in assignments:
        slug = joiner.constraints.slugs.get(rows[one.article_id]["canonical_url"]) if one.role == "main" else None
        if slug is not None:
            tally[one.project][slug] += 1
    named: dict[int, str] = {}
    ranked = ((-votes, number, slug) for number, counted in tally.items() for slug, votes in counted.items())
    for _, number, slug in sorted(ranked):
        if number not in named and slug not in named.values():
            named[number] = slug
    return named


def _named(decision: Decision, ids: Mapping[int, int]) -> Decision:
    """The decision with ids of rows in place of numbers of the result."""
    return Decision(decision.kind, ids.get(decision.project_id) if decision.project_id is not None else None,
                    decision.score, decision.reasons,
                    ids.get(decision.runner_up) if decision.runner_up is not None else None)
