"""Records as rows of a table: lists become short texts, everything else stays."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from crawler.exports.safe import LINKS, address, one_line, web_link

_QUOTES, _LINKS = 3, 5
COLUMNS: dict[str, tuple[str, ...]] = {
    "projects": ("slug", "name", "country", "city", "latitude", "longitude", "capacity_mw", "capacity_initial_mw",
                 "investment_amount", "investment_currency", "investment_usd", "status", "status_inferred", "doubted",
                 "single_source", "first_reported_at", "last_reported_at", "story_count", "article_count", "languages",
                 "organizations", "contradictions", "quotes", "links"),
    "articles": ("url", "title", "outlet", "language", "published_at", "fetched_at", "source_id", "authors",
                 "relevance", "project", "project_name", "project_country", "quotes"),
    "stories": ("title", "language", "first_published_at", "last_published_at", "article_count", "url", "outlet",
                "project", "project_name", "project_country", "quotes"),
    "changes": ("id", "kind", "project", "name", "country", "happened_at", "published_at", "old", "new", "unit",
                "quotes", "links"),
    "claims": ("project", "article", "kind", "value", "unit", "stage", "date", "modality", "value_printed", "quote",
               "url", "outlet", "language", "published_at", "articles"),
}


def flat(what: str, record: Mapping[str, Any]) -> list[Any]:
    """A record's cells in the order of COLUMNS[what]."""
    return [_value(name, record) for name in COLUMNS[what]]


def claim_rows(what: str, record: Mapping[str, Any]) -> list[list[Any]]:
    """A record's claims as rows of the table `claims`."""
    owner = {"project": record.get("slug") or record.get("project"),
             "article": address(record.get("url")) if what == "articles" else None}
    return [[_value(name, {**claim, **owner}) for name in COLUMNS["claims"]] for claim in record.get("claims", ())]


def _value(name: str, record: Mapping[str, Any]) -> Any:
    if name == "quotes":
        said = record.get("quotes") or record.get("claims") or ()
        words = dict.fromkeys(f"« {one_line(c['quote'])} » ({one_line(c.get('outlet') or '?')})" for c in said)
        return " | ".join(list(words)[:_QUOTES])
    if name == "links":
        pages = record.get("articles") if isinstance(record.get("articles"), list) else record.get("quotes")
        links = (web_link(page.get("url")) for page in pages or ())
        return " ".join(dict.fromkeys(link for link in list(links)[:_LINKS] if link))
    if name == "contradictions":
        return "; ".join(f"{c['kind']}: {' / '.join(c['values'])}" for c in record.get(name, ()))
    value = record.get(name)
    if name in LINKS:
        return address(value)
    return ", ".join(map(one_line, value)) if isinstance(value, list) else value
