"""Records of an export: flat values and short quotes from the rows of storage. No whole articles."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import islice
from typing import Any

from sqlalchemy import Connection

from crawler.exports.safe import one_line
from storage import exports
from storage.alerts import conflicts
from storage.exports import Filter

Row = Mapping[str, Any]

QUOTE_LENGTH = 300
_LINKS = 10
_BATCH = 500
_PROJECT = ("slug", "name", "country", "city", "latitude", "longitude", "capacity_mw", "capacity_initial_mw",
            "investment_amount", "investment_currency", "investment_usd", "status", "status_inferred", "doubted",
            "single_source", "first_reported_at", "last_reported_at", "story_count", "article_count", "languages")
_ARTICLE = ("url", "title", "outlet", "language", "published_at", "fetched_at", "source_id", "authors", "relevance",
            "project", "project_name", "project_country")
_STORY = ("title", "language", "first_published_at", "last_published_at", "article_count", "url", "first_url",
          "outlet", "project", "project_name", "project_country")
_TEXT_KINDS = frozenset({"name", "country", "city", "organization"})


def project_records(conn: Connection, wanted: Filter, *, limit: int | None = None) -> list[dict[str, Any]]:
    """Projects with organizations, contradictions, claims and links."""
    rows = exports.projects_of(conn, wanted, limit=limit)
    ids = [row["id"] for row in rows]
    said, links = exports.claims_of(conn, project_ids=ids), exports.links_of(conn, ids)
    disputed = conflicts(conn, ids)
    return [{**{name: row[name] for name in _PROJECT},
             "organizations": _organizations(said.get(row["id"], ())),
             "contradictions": [{"kind": c["kind"], "values": [c["value_a"], c["value_b"]]}
                                for c in disputed.get(row["id"], ())],
             "claims": _distinct(said.get(row["id"], ())),
             "articles": [{"url": a["url"], "title": a["title"], "outlet": a["outlet"], "language": a["language"],
                           "published_at": a["published_at"]} for a in links.get(row["id"], ())[:_LINKS]]}
            for row in rows]


def article_records(conn: Connection, wanted: Filter) -> Iterator[dict[str, Any]]:
    """Articles with their claims, newest first, a few hundred at a time."""
    rows = exports.articles_of(conn, wanted)
    while batch := list(islice(rows, _BATCH)):
        said = exports.claims_of(conn, article_ids=[row["id"] for row in batch])
        for row in batch:
            yield {**{name: row[name] for name in _ARTICLE},
                   "claims": [claim_record(c) for c in said.get(row["id"], ()) if c["kind"] not in _TEXT_KINDS]}


def story_records(conn: Connection, wanted: Filter, *, limit: int | None = None) -> list[dict[str, Any]]:
    """Stories with the claims of their lead."""
    rows = exports.stories_of(conn, wanted, limit=limit)
    said = exports.claims_of(conn, article_ids=[row["lead_article_id"] for row in rows])
    return [{**{name: row[name] for name in _STORY}, "published_at": row["published_at"] or row["fetched_at"],
             "claims": [claim_record(c) for c in said.get(row["lead_article_id"], ())
                        if c["kind"] not in _TEXT_KINDS]} for row in rows]


def change_records(conn: Connection, wanted: Filter, *, limit: int = 10_000) -> list[dict[str, Any]]:
    """Changes: id, kind, project, happened_at, published_at, and the body of the event."""
    return [{"id": row["id"], "kind": row["kind"], "project": row["subject"], "happened_at": row["happened_at"],
             "published_at": row["body"].get("published"), **{name: value for name, value in row["body"].items()
                                                              if name not in {"published", "rule"}}}
            for row in exports.changes_of(conn, wanted, limit=limit)]


def claim_record(claim: Row) -> dict[str, Any]:
    """One claim with its short quote and where it stands."""
    quote = one_line(claim["quote"])
    if len(quote) > QUOTE_LENGTH:
        quote = quote[:QUOTE_LENGTH - 1].rstrip() + "…"
    value = claim["value_text"] if claim["value_number"] is None else claim["value_number"]
    return {"kind": claim["kind"], "value": value, "unit": claim["unit"], "stage": claim["stage"],
            "date": claim["date"], "modality": claim["modality"], "value_printed": claim["value_printed"],
            "quote": quote, "url": claim["url"], "outlet": claim["outlet"], "language": claim["language"],
            "published_at": claim["published_at"]}


def _distinct(said: Iterable[Row]) -> list[dict[str, Any]]:
    """Each value once, in the words that said it first, with the number of articles that say it."""
    first: dict[tuple[Any, ...], dict[str, Any]] = {}
    counted: dict[tuple[Any, ...], set[int]] = {}
    for claim in said:
        if claim["kind"] in _TEXT_KINDS:
            continue
        key = (claim["kind"], claim["value_key"], claim["stage"], claim["date"])
        first.setdefault(key, claim_record(claim))
        counted.setdefault(key, set()).add(claim["article_id"])
    return [{**record, "articles": len(counted[key])} for key, record in first.items()]


def _organizations(said: Sequence[Row]) -> list[str]:
    counted: dict[str, set[int]] = {}
    for claim in said:
        if claim["kind"] == "organization" and claim["value_text"]:
            counted.setdefault(claim["value_text"], set()).add(claim["article_id"])
    return sorted(counted, key=lambda name: (-len(counted[name]), name))
