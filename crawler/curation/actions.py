"""What a person can decide about projects and articles. Each decision is stored with time, who and why, and is
applied at once; every later run, `reprocess` and rebuild finds it in the table."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, Engine

from crawler.curation import shown
from crawler.curation.targets import article_named, copies_of, main_urls, near, project_named
from crawler.errors import UsageError
from crawler.joining import Joiner, refresh_projects
from crawler.linking import project_row, slug_of
from crawler.records import fact_of, now
from crawler.settling import settle
from storage import articles, claims, decisions, projects, slugs
from storage.engine import reading, writing


@dataclass(frozen=True, slots=True)
class Made:
    """A stored decision and the sentence that says what it did."""

    id: int
    text: str


class Curator:
    """Decides in the name of `who`. Every method raises UsageError for what cannot be meant."""

    def __init__(self, engine: Engine, joiner: Joiner, who: str) -> None:
        self.engine, self.joiner, self.who = engine, joiner, who

    def merge(self, into: str, other: str, because: str | None = None, *, action: str = "merge") -> Made:
        """`other` becomes part of `into`, whose slug and name stay."""
        with writing(self.engine) as conn:
            kept, gone = self._pair(conn, into, other)
            made = self._add(conn, action, kept["slug"], because, other=gone["slug"],
                             articles=self._anchors(conn, kept, gone, needed=True))
        self._apply(made)
        return Made(made, f"{gone['slug']} is now part of {kept['slug']}")

    def different(self, one: str, other: str, because: str | None = None) -> Made:
        """The two are never taken for one project."""
        with writing(self.engine) as conn:
            left, right = self._pair(conn, one, other)
            made = self._add(conn, "different", left["slug"], because, other=right["slug"],
                             articles=self._anchors(conn, left, right, needed=True))
        self._apply(made)
        return Made(made, f"{left['slug']} and {right['slug']} are two projects")

    def later(self, one: str, other: str, because: str | None = None) -> Made:
        """Nothing is decided; the pair is shown last."""
        with writing(self.engine) as conn:
            left, right = self._pair(conn, one, other)
            made = self._add(conn, "later", left["slug"], because, other=right["slug"], articles={})
        return Made(made, f"{left['slug']} and {right['slug']}: later")

    def split(self, slug: str, urls: Sequence[str], because: str | None = None, *, name: str | None = None) -> Made:
        """The articles `urls` (with their copies) become a project of their own."""
        with writing(self.engine) as conn:
            project = project_named(conn, slug)
            everyone = main_urls(conn, project["id"])
            leaving: list[str] = []
            for given in urls:
                row = article_named(conn, given)
                if row["canonical_url"] not in everyone:
                    raise UsageError(f"{row['canonical_url']} is not an article of {project['slug']}; "
                                     f"`marsad projects {project['slug']}` lists them")
                leaving += [url for url in (row["canonical_url"], *copies_of(conn, row)) if url in everyone]
            leaving = list(dict.fromkeys(leaving))
            staying = [url for url in everyone if url not in leaving]
            if not staying:
                raise UsageError(f"these are all articles of {project['slug']} (copies go with them); leave one out")
            new = slugs.free(conn, self._slug_for(conn, project["id"], leaving))
            made = self._add(conn, "split", project["slug"], because, slug=new,
                             articles={new: leaving, project["slug"]: staying})
        self._apply(made)
        if name is not None:
            self.rename(new, name, because)
        return Made(made, f"{len(leaving)} of {len(everyone)} articles of {project['slug']} are now {new}")

    def rename(self, slug: str, name: str, because: str | None = None) -> Made:
        """Show another name; the slug stays."""
        if not name.strip():
            raise UsageError("a name is needed")
        with writing(self.engine) as conn:
            project = project_named(conn, slug)
            made = self._add(conn, "rename", project["slug"], because, name=name.strip(),
                             articles=self._anchors(conn, project))
            refresh_projects(conn, [project["id"]], self.joiner)
        return Made(made, f"{project['slug']} is called {name.strip()} (before: {project['name']})")

    def set(self, slug: str, field: str, value: str, because: str | None) -> Made:
        """Show `value` in a column of the row, whatever the articles say; `none` empties it."""
        if field not in shown.FIELDS:
            hint = near(field, shown.FIELDS, f"one of {', '.join(shown.FIELDS)}")
            raise UsageError(f"{field!r} cannot be set; {hint}")
        if not because:
            raise UsageError("say why, with --because: the next analyst will ask")
        try:
            parsed = shown.parse(field, value)
        except ValueError as error:
            raise UsageError(str(error)) from None
        with writing(self.engine) as conn:
            project = project_named(conn, slug)
            made = self._add(conn, "set", project["slug"], because, field=field, value=parsed,
                             articles=self._anchors(conn, project))
            refresh_projects(conn, [project["id"]], self.joiner)
        return Made(made, f"{project['slug']}: {field} is {parsed} (before: {project[field]})")

    def reject(self, what: str, because: str | None) -> Made:
        """The article (with its copies) is about no project."""
        with writing(self.engine) as conn:
            row = article_named(conn, what)
            made = self._add(conn, "reject", row["canonical_url"], because, copies=copies_of(conn, row),
                             title=row["title"])
        self._apply(made)
        return Made(made, f"{row['canonical_url']} is about no project")

    def unlink(self, what: str, slug: str, because: str | None = None) -> Made:
        """The article (with its copies) does not speak of this project; another one may be found for it."""
        with writing(self.engine) as conn:
            row, project = article_named(conn, what), project_named(conn, slug)
            if project["id"] not in {link["project_id"] for link in projects.links(conn, row["id"])}:
                raise UsageError(f"{row['canonical_url']} is not linked to {project['slug']}")
            copies = copies_of(conn, row)
            others = [url for url in main_urls(conn, project["id"]) if url not in (row["canonical_url"], *copies)]
            if not others:
                raise UsageError(f"{project['slug']} has no other article; `marsad curate reject` says that this one "
                                 "is about no project")
            made = self._add(conn, "unlink", row["canonical_url"], because, slug=project["slug"], copies=copies,
                             articles={project["slug"]: others})
        self._apply(made)
        return Made(made, f"{row['canonical_url']} is no longer linked to {project['slug']}")

    def follow(self, slug: str, because: str | None = None, *, on: bool = True) -> Made:
        """Mark a project to hear of (alerts), or no longer."""
        with writing(self.engine) as conn:
            project = project_named(conn, slug)
            made = self._add(conn, "follow" if on else "unfollow", project["slug"], because,
                             articles=self._anchors(conn, project))
        return Made(made, f"{project['slug']} is {'followed' if on else 'no longer followed'}")

    def undo(self, number: int | None = None) -> Made:
        """Take back a decision, the last one where none is named."""
        with writing(self.engine) as conn:
            held = decisions.active(conn)
            row = decisions.get(conn, number) if number is not None else max(
                held, key=lambda one: int(one["id"]), default=None)
            if row is None:
                raise UsageError(f"no decision {number}; see `marsad curate list`" if number is not None
                                 else "there is no decision to take back")
            if row["undone_at"] is not None:
                raise UsageError(f"decision {row['id']} was taken back on {row['undone_at'][:10]} already")
            if row["action"] in slugs.MERGES:
                # the row that was merged away may come back under its slug only while nobody else has it
                self._slug_is_free(conn, row)
            decisions.undo(conn, row["id"], at=now())
        self._apply(row["id"])
        erased = "; what was erased stays erased, but may be fetched again" if row["action"] == "forget" else ""
        return Made(row["id"], f"decision {row['id']} ({row['action']} {row['target']}) is taken back{erased}")

    def apply(self, numbers: Iterable[int]) -> None:
        """Bring stories' projects and shown values up to these decisions."""
        ids: set[int] = set()
        shown_anew: set[int] = set()
        with writing(self.engine) as conn:
            for number in numbers:
                row = decisions.get(conn, number)
                assert row is not None
                ids |= _articles_of(conn, row)
                shown_anew |= {project for slug in _slugs_of(row) if (project := slugs.resolve(conn, slug)) is not None}
            for project in shown_anew:
                ids.update(projects.articles_of(conn, project))
        settle(self.engine, self.joiner, ids, copies=False)
        with writing(self.engine) as conn:
            again = {p for p in shown_anew if projects.get(conn, p) is not None}
            refresh_projects(conn, again, self.joiner)

    def _apply(self, number: int) -> None:
        self.apply([number])

    def _slug_is_free(self, conn: Connection, row: dict[str, Any]) -> None:
        other = row["arguments"]["other"]
        taken = projects.get(conn, other)
        if taken is not None:
            raise UsageError(f"another project has the slug {other} by now; split its articles off instead")

    def _pair(self, conn: Connection, one: str, other: str) -> tuple[dict[str, Any], dict[str, Any]]:
        left, right = project_named(conn, one), project_named(conn, other)
        if left["id"] == right["id"]:
            raise UsageError(f"{one} and {other} are one project already ({left['slug']})")
        return left, right

    def _anchors(self, conn: Connection, *found: dict[str, Any], needed: bool = False) -> dict[str, list[str]]:
        urls = {project["slug"]: main_urls(conn, project["id"]) for project in found}
        bare = next((slug for slug, own in urls.items() if not own), None)
        if needed and bare is not None:
            raise UsageError(f"{bare} is only mentioned: no article has it as its main project, so there is nothing "
                             "to hold it by")
        return urls

    def _slug_for(self, conn: Connection, project_id: int, urls: Sequence[str]) -> str:
        rows = [row for row in claims.of_projects(conn, [project_id])
                if row["role"] == "main" and row["canonical_url"] in urls]
        row = project_row([fact_of(one) for one in rows], self.joiner.rules, self.joiner.today)
        return slug_of(row.name, row.city, row.country)

    def _add(self, conn: Connection, action: str, target: str, because: str | None, **arguments: Any) -> int:
        return decisions.add(conn, at=now(), who=self.who, action=action, target=target, arguments=arguments,
                             reason=because)


def listed(engine: Engine) -> list[dict[str, Any]]:
    """All decisions, those taken back too."""
    with reading(engine) as conn:
        return decisions.every(conn)


def _slugs_of(row: dict[str, Any]) -> set[str]:
    found = set(row["arguments"].get("articles") or {})
    if row["action"] not in ("reject", "unlink", "forget"):
        found.add(row["target"])
    return found


def _articles_of(conn: Connection, row: dict[str, Any]) -> set[int]:
    given = row["arguments"]
    urls = [url for own in (given.get("articles") or {}).values() for url in own]
    urls += [row["target"], *given.get("copies", ())]
    return set(articles.known(conn, urls).values())
