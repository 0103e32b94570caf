"""`marsad curate forget`: a page, a source or an author's name erased for good; a digest keeps it from coming back."""

from __future__ import annotations

from sqlalchemy import Connection

from crawler.curation.actions import Curator, Made
from crawler.curation.names import Painter, name_digest, painter_of
from crawler.curation.targets import near
from crawler.errors import UsageError
from crawler.joining import refresh_projects
from crawler.linking.letters import words
from crawler.records import now, search_fields
from crawler.urls import canonical_url
from storage import articles, decisions, forgetting, pages, projects, raw, search, sources
from storage.engine import reading, writing
from storage.forgetting import checkpoint, digest


def forget_page_or_source(curator: Curator, what: str, because: str | None) -> Made:
    """Erase the page of a URL (or number of an article), or everything that came from a source."""
    with reading(curator.engine) as conn:
        is_source = sources.get(conn, what) is not None
        urls = [] if is_source else _addresses(conn, what)
    with writing(curator.engine) as conn:
        if is_source:
            target = digest("source", what)
            arguments: dict[str, object] = {"kind": "source"}
            erased = forgetting.erase(conn, source_id=what)
        else:
            first, *others = (digest("url", url) for url in urls)
            target, arguments = first, {"kind": "url", "also": others}
            erased = forgetting.erase(conn, urls=urls)
        number = decisions.add(conn, at=now(), who=curator.who, action="forget", target=target, arguments=arguments,
                               reason=because)
        _follow(conn, curator, erased.projects)
    checkpoint(curator.engine)
    more = "; take it out of config/sources as well, so that it is not visited" if is_source else ""
    return Made(number, f"erased: {erased.articles} article{'s' * (erased.articles != 1)}, its pages, texts and quotes"
                        f"; backups made before still hold it{more}")


def enforce(curator: Curator) -> None:
    """Erase what digests that came from elsewhere name."""
    with writing(curator.engine) as conn:
        held = forgetting.barred(conn)
        if not held:
            return
        urls = [url for url in articles.canonical_urls(conn) if digest("url", url) in held]
        gone = set(forgetting.erase(conn, urls=urls).projects) if urls else set()
        for source_id in _ids(conn):
            if digest("source", source_id) in held:
                gone |= forgetting.erase(conn, source_id=source_id).projects
        _follow(conn, curator, gone)
    checkpoint(curator.engine)


def _follow(conn: Connection, curator: Curator, touched: frozenset[int] | set[int]) -> None:
    refresh_projects(conn, [p for p in touched if projects.get(conn, p) is not None], curator.joiner)


def _addresses(conn: Connection, what: str) -> list[str]:
    """Canonical form first, then the forms in which the page was asked."""
    row = articles.get(conn, int(what)) if what.isdecimal() else None
    row = row or articles.find(conn, what) or articles.find(conn, canonical_url(what))
    if row is not None:
        return list(dict.fromkeys((row["canonical_url"], row["url"])))
    canonical = canonical_url(what)
    known = pages.known(conn, [what]).get(what) or pages.known_canonical(conn, [canonical]).get(canonical)
    if known is None and "://" not in what:
        hint = near(what, _ids(conn), "give an address with https://, or an id of `marsad sources list`")
        raise UsageError(f"neither an address nor a source: {what!r}; {hint}")
    # a page that was never asked may be forgotten beforehand
    return list(dict.fromkeys((canonical, what, *([known["url"]] if known else []))))


def _ids(conn: Connection) -> list[str]:
    return [row["id"] for row in sources.listed(conn)]


def forget_author(curator: Curator, name: str, because: str | None) -> Made:
    """Erase a name from bylines, titles, texts, quotes and versions; stored pages that hold it are dropped."""
    folded = words(name)
    if not folded:
        raise UsageError("a name is needed, as it stands in the byline")
    with writing(curator.engine) as conn:
        number = decisions.add(conn, at=now(), who=curator.who, action="forget", target=name_digest(name),
                               arguments={"kind": "author", "words": len(folded)}, reason=because)
        touched = _paint(conn, painter_of(conn), max(name.split(), key=len))
        _follow(conn, curator, {p for row in touched for p in _projects_of(conn, row)})
    checkpoint(curator.engine)
    return Made(number, f"erased from {len(touched)} article{'s' * (len(touched) != 1)}; "
                        "backups made before still hold it")


def _paint(conn: Connection, paint: Painter, word: str) -> list[int]:
    """Paint all that is stored; `word` of the name finds what is worth the look. Returns articles that held it."""
    forgetting.scrub(conn)
    touched = []
    for row in articles.iterate(conn):
        fields = {name: row[name] for name in ("title", "text", "outlet", "match_why", "authors")}
        painted = {**fields, **{name: paint.paint(value) for name, value in fields.items() if isinstance(value, str)},
                   "authors": [author for author in row["authors"] if not paint.names(author)]}
        if painted != fields:
            touched.append(row["id"])
            number = articles.upsert(conn, {**row, **painted})
            search.put(conn, number, *search_fields(painted["title"], painted["text"]))
            raw.forget(conn, row["url"])
    forgetting.paint_rest(conn, paint.anywhere, word)
    forgetting.rebuild_search(conn)
    return touched


def _projects_of(conn: Connection, article_id: int) -> list[int]:
    return [int(link["project_id"]) for link in projects.links(conn, article_id)]
