"""An article into its story, its subjects into projects: the decisions of `crawler.linking` over what is stored.

Every call works inside the caller's transaction. The settling at the end of a run reaches the same result in the
order of publication (crawler/settling.py).
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from sqlalchemy import Connection

from crawler.claims.claim import Claim, Claims, Subject
from crawler.curation.shown import applied, set_by_hand
from crawler.linking import (
    LINKED,
    NO_CONSTRAINTS,
    VERSION,
    Constraints,
    Decision,
    Fact,
    LinkRules,
    Profile,
    Rarity,
    choose_project,
    combine,
    join_story,
    keys,
    profile,
    project_name,
    project_row,
    sign,
    slug_of,
    strip_known_lines,
)
from crawler.records import claim_of, claim_row, fact_of, story_text, subject_of, subject_rows
from storage import articles, claims, lines, projects, stories, subjects

# A line is furniture of a source once it stood on so many of its pages (design.md: three other pages).
FURNITURE_FROM = 4
# Band neighbours compared to the letter; measured neighbourhoods are about 14 an article (measured/dedup.md).
_MOST_CANDIDATES = 200

Locate = Callable[[str | None, str], tuple[float, float] | None]


@dataclass(frozen=True)
class Joiner:
    """What joining needs beside the database. `today` ages statuses; `locate` is the gazetteer.

    `constraints`: the decisions of people in force, as crawler/linking/constraints.py has them.
    """

    rules: LinkRules
    locate: Locate
    today: date
    constraints: Constraints = NO_CONSTRAINTS


@dataclass(slots=True)
class Joined:
    """The projects of one article by number of subject, and those that were made for it."""

    projects: dict[int, int] = field(default_factory=dict)
    made: list[int] = field(default_factory=list)


def own_text(conn: Connection, row: Mapping[str, Any]) -> str:
    """The article's body without the lines that its source prints everywhere."""
    known = lines.known(conn, row["source_id"], FURNITURE_FROM) if row["source_id"] else frozenset()
    return strip_known_lines(row["text"], known)


def place_in_story(conn: Connection, row: Mapping[str, Any], rules: LinkRules) -> tuple[int, bool]:
    """Sign the article, find its near copies, put it into their story or one of its own: (story id, is a copy)."""
    text = own_text(conn, row)
    signature = sign(text)
    stories.save_signature(conn, row["id"], sig_version=VERSION, signature=signature.digest,
                           content_hash=signature.content_hash, band_keys=signature.bands)
    near = [c for c in stories.candidates(conn, signature.bands, content_hash=signature.content_hash,
                                          limit=_MOST_CANDIDATES) if c["article_id"] != row["id"]]
    others = articles.of_ids(conn, [c["article_id"] for c in near])
    found = join_story(story_text(row, text, signature), [story_text(o, own_text(conn, o)) for o in others], rules)
    touched: set[int | None] = set()
    if found is not None and found.story is not None:
        story_id = found.story
        touched.add(stories.assign(conn, row["id"], story_id))
    elif row["story_id"] is not None and stories.members(conn, row["story_id"]) == [row["id"]]:
        story_id = row["story_id"]
    else:
        touched.add(row["story_id"])
        story_id = stories.new_story(conn, row["id"])
    stories.refresh(conn, {story_id, *(s for s in touched if s is not None)})
    return story_id, found is not None


def stored_profiles(conn: Connection, project_ids: Iterable[int], joiner: Joiner) -> dict[int, Profile]:
    """What is known of projects, from the claims of all articles that speak of them."""
    by_article: dict[tuple[int, int], list[dict[str, Any]]] = defaultdict(list)
    for row in claims.of_projects(conn, project_ids):
        by_article[row["project_id"], row["article_id"]].append(row)
    found: dict[int, list[Profile]] = defaultdict(list)
    for (project, _), rows in by_article.items():
        found[project].append(stored_profile(rows, joiner))
    return {project: combine(several) for project, several in found.items()}


def stored_profile(rows: Sequence[Mapping[str, Any]], joiner: Joiner) -> Profile:
    """The profile of one article's claims about one project, made from their rows."""
    said = [claim_of(row) for row in rows]
    subject = subject_of(said, rows[0]["role"], None)
    if subject.city:
        subject = subject_of(said, subject.role, joiner.locate(subject.country, subject.city))
    return profile(subject, said, joiner.rules, rows[0].get("title"))


def candidates_for(conn: Connection, one: Profile, joiner: Joiner) -> tuple[list[tuple[int, Profile]], Rarity]:
    """Projects that share a name, an organisation, a city or a figure; and how common each shared key is."""
    wanted = [key for key in keys(one, joiner.rules) if key[0] != "country"]
    shared = projects.candidates(conn, wanted)
    common = projects.key_counts(conn, wanted)
    profiles = stored_profiles(conn, shared, joiner)
    return [(project, profiles[project]) for project in shared if project in profiles], Rarity(common)


def link_subjects(conn: Connection, article_id: int, said: Claims, title: str | None, story_id: int,
                  joiner: Joiner) -> Joined:
    """Give every subject of an article its project, and store the claims under it."""
    subjects.replace(conn, article_id, subject_rows(said))
    left = projects.unlink(conn, article_id)
    joined = Joined()
    for index, subject in enumerate(said.subjects):
        own = [claim for claim in said.claims if claim.subject == index]
        one = profile(subject, own, joiner.rules, title)
        mentioned = subject.role != "main"
        found, rarity = candidates_for(conn, one, joiner)
        decision = choose_project(
            one, found, joiner.rules, rarity, mentioned=mentioned, barred=frozenset(joined.projects.values()),
            story_project=None if mentioned else _project_of_story(conn, story_id, article_id))
        project = decision.project_id if decision.kind == LINKED else None
        if project is None:
            if mentioned and not one.stands_alone:
                continue  # named in passing, with too little to be a project of its own
            project = make_project(conn, subject, own, title, joiner.rules, article_id)
            joined.made.append(project)
        joined.projects[index] = project
        record_link(conn, article_id, project, subject.role, decision)
    claims.replace(conn, article_id, [claim_row(claim, joined.projects[claim.subject]) for claim in said.claims
                                      if claim.subject in joined.projects])
    refresh_projects(conn, {*left, *joined.projects.values()}, joiner)
    return joined


def record_link(conn: Connection, article_id: int, project: int, role: str, decision: Decision) -> None:
    """Store a link with its score, its reasons and the runner-up."""
    runner_up = decision.runner_up
    if decision.kind != LINKED and decision.project_id is not None:
        runner_up = decision.project_id
    if runner_up is not None and (runner_up == project or projects.get(conn, runner_up) is None):
        runner_up = None
    projects.link(conn, article_id, project, role=role, score=decision.score, reasons=list(decision.reasons),
                  runner_up=runner_up, decision=decision.kind)


def make_project(conn: Connection, subject: Subject, own: Sequence[Claim], title: str | None, rules: LinkRules,
                 article_id: int) -> int:
    """A new project row; its name and figures follow from its claims at once, its slug stays for ever."""
    name = project_name([Fact(claim, 0, title=title) for claim in own], rules)
    return projects.create(conn, slug_of(name, subject.city, subject.country), name, role=subject.role,
                           article_url=articles.canonical_url(conn, article_id))


def _project_of_story(conn: Connection, story_id: int, article_id: int) -> int | None:
    """The main project of the story's other articles: near copies are about one project."""
    for other in stories.members(conn, story_id):
        if other != article_id:
            for link in projects.links(conn, other):
                if link["role"] == "main":
                    return int(link["project_id"])
    return None


def refresh_projects(conn: Connection, project_ids: Iterable[int], joiner: Joiner) -> None:
    """Make keys, shown values and counts of projects follow from their claims; those that nothing links to go."""
    ids = set(project_ids)
    ids -= set(projects.delete_unlinked(conn, ids))
    if not ids:
        return
    by_hand = set_by_hand(conn)
    by_project: dict[int, list[dict[str, Any]]] = defaultdict(list)
    for row in claims.of_projects(conn, ids):
        by_project[row["project_id"]].append(row)
    for project in sorted(ids):
        rows = by_project.get(project, [])
        main = [row for row in rows if row["role"] == "main"] or rows
        # A project that is only mentioned is shown by what the mentions say.
        shown = project_row([fact_of(row) for row in main], joiner.rules, joiner.today, joiner.locate)
        values = {name: getattr(shown, name) for name in (
            "name", "country", "city", "latitude", "longitude", "capacity_mw", "capacity_initial_mw",
            "investment_amount", "investment_currency", "investment_usd", "status", "status_inferred", "doubted",
            "single_source")}
        values["why"] = {name: reason.as_json() for name, reason in shown.why.items()}
        values = applied(values, by_hand.get(project, {}), joiner.rules, joiner.locate)
        projects.update(conn, project, {name: value for name, value in values.items()
                                        if name != "name" or value})
        counted: Counter[tuple[str, str]] = Counter()
        by_article: dict[int, list[dict[str, Any]]] = defaultdict(list)
        for row in rows:
            by_article[row["article_id"]].append(row)
        for own in by_article.values():
            counted.update(keys(stored_profile(own, joiner), joiner.rules))
        projects.set_keys(conn, project, counted)
    projects.refresh_counts(conn, ids)
