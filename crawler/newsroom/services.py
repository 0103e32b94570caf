"""Answers that depend on the question: a WordPress site's REST interface, and a search service in the manner of GDELT.

The search knows every story of every outlet that is out, and finds what its words stand in. (The real one matches
English words against machine translations; stories in French and Spanish say "data center", too.)
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime, time, timedelta, timezone
from typing import Any
from urllib.parse import parse_qs, urlsplit

from crawler.newsroom.feeds import Entry
from crawler.newsroom.odd import Answer
from crawler.newsroom.outlets import Outlet
from crawler.newsroom.stories import MOROCCO, Story

_JSON = "application/json; charset=UTF-8"
_COUNTRIES = {"MO": "MA", "SG": "SN", "EG": "EG", "AE": "AE", "SP": "ES", "MX": "MX"}  # as GDELT writes them
_LANGUAGES = {"ar": "Arabic", "en": "English", "es": "Spanish", "fr": "French"}
_TERM = re.compile(r'"([^"]+)"|(\S+)')


def wordpress(target: str, entries: Sequence[Entry], content_of: Callable[[Entry], str]) -> Answer | None:
    """`/wp-json/wp/v2/posts` with `page`, `per_page`, `after` and `search`; None for any other path.

    Every fourth post is cut off behind its first paragraph, as sites do that want to be visited.
    """
    parts = urlsplit(target)
    if parts.path != "/wp-json/wp/v2/posts":
        return None
    asked = {key: values[0] for key, values in parse_qs(parts.query).items()}
    after = datetime.fromisoformat(asked.get("after", "1990-01-01T00:00:00")).replace(tzinfo=timezone.utc)
    words = asked.get("search", "").lower()
    found = [entry for entry in entries if entry.published >= after
             and words in f"{entry.title} {content_of(entry)}".lower()]
    size, page = int(asked.get("per_page", "10")), int(asked.get("page", "1"))
    pages = -(-len(found) // size)
    if page > max(pages, 1):
        problem = {"code": "rest_post_invalid_page_number", "message": "", "data": {"status": 400}}
        return Answer(json.dumps(problem).encode(), _JSON, 400)
    posts = [_post(number, entry, content_of(entry)) for number, entry in enumerate(found)]
    headers = (("X-WP-Total", str(len(found))), ("X-WP-TotalPages", str(pages)))
    return Answer(json.dumps(posts[(page - 1) * size:page * size]).encode(), _JSON, headers=headers)


def _post(number: int, entry: Entry, content: str) -> dict[str, Any]:
    if number % 4 == 3:
        content = content.split("</p>", maxsplit=1)[0] + " [&hellip;]</p>"
    when = entry.published.astimezone(timezone.utc).replace(tzinfo=None).isoformat(timespec="seconds")
    return {"id": 1000 + number, "date_gmt": when, "modified_gmt": when, "link": entry.url,
            "title": {"rendered": entry.title}, "excerpt": {"rendered": f"<p>{entry.summary}</p>", "protected": False},
            "content": {"rendered": content, "protected": False}}


def gdelt(target: str, stories: Sequence[Story], outlets: Mapping[str, Outlet], address: Callable[[Story], str],
          now: datetime) -> Answer | None:
    """`/api/v2/doc/doc` with `query`, `timespan` in days and `maxrecords`; None for any other path."""
    parts = urlsplit(target)
    if parts.path != "/api/v2/doc/doc":
        return None
    asked = {key: values[0] for key, values in parse_qs(parts.query).items()}
    terms = [quoted or word for quoted, word in _TERM.findall(asked.get("query", ""))]
    if not terms or asked.get("mode") != "artlist" or asked.get("format") != "json":
        return Answer(b"Your query was too short or too long.\n", "text/html; charset=utf-8")
    oldest = now - timedelta(days=int(asked.get("timespan", "7d").removesuffix("d")))
    found = [story for story in stories if story.published >= oldest
             and all(_has(term, story, outlets[story.outlet]) for term in terms)]
    items = [_article(story, outlets[story.outlet], address(story))
             for story in found[:int(asked.get("maxrecords", "75"))]]
    return Answer(json.dumps({"articles": items} if items else {}).encode(), _JSON)


def moment(today: Any) -> datetime:
    """The end of the newsroom's day."""
    return datetime.combine(today, time.max, MOROCCO)


def _has(term: str, story: Story, outlet: Outlet) -> bool:
    name, _, value = term.partition(":")
    if name == "sourcecountry":
        return _COUNTRIES.get(value) == outlet.country
    if name == "sourcelang":
        return _LANGUAGES.get(story.lang, "").lower() == value
    return term.lower() in f"{story.title}\n{story.text}".lower()


def _article(story: Story, outlet: Outlet, url: str) -> dict[str, str]:
    seen = (story.published + timedelta(minutes=15)).astimezone(timezone.utc)
    return {"url": url, "url_mobile": "", "title": re.sub(r"([,:!?])", r" \1", story.title),
            "seendate": f"{seen:%Y%m%dT%H%M%SZ}", "socialimage": "", "domain": outlet.host,
            "language": _LANGUAGES[story.lang], "sourcecountry": outlet.country}
