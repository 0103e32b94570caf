"""All that one outlet serves at one moment: a mapping from path to answer. No sockets here."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from html import escape
from typing import Any
from urllib.parse import parse_qsl, urlsplit

from crawler.newsroom import feeds, services
from crawler.newsroom.feeds import Entry
from crawler.newsroom.odd import Answer, moved, odd_answer
from crawler.newsroom.outlets import Outlet, story_path
from crawler.newsroom.pages import Origin, article_page, local_time
from crawler.newsroom.stories import MOROCCO, Story


@dataclass(frozen=True)
class World:
    """Every outlet and every story that is out at this moment, newest first."""

    outlets: Mapping[str, Outlet]
    stories: tuple[Story, ...]
    today: date

    def address(self, story: Story) -> str:
        """The absolute canonical address of a story."""
        outlet = self.outlets[story.outlet]
        return outlet.url.rstrip("/") + story_path(outlet.habits, story)


def site(outlet: Outlet, world: World) -> dict[str, Answer]:
    """Path (with query, without tracking parameters) to answer, for one outlet."""
    own = [story for story in world.stories if story.outlet == outlet.id]
    by_id = {story.id: story for story in world.stories}
    html = _html_type(outlet)
    checked = outlet.habits.validators != "none"
    routes: dict[str, Answer] = {}
    if outlet.habits.robots is not None:
        routes["/robots.txt"] = Answer(outlet.habits.robots.encode(), "text/plain; charset=utf-8")
    for story in own:
        path = story_path(outlet.habits, story)
        page = article_page(outlet, story, own, _origin(story, by_id, world))
        routes[path] = Answer(page, html, validators=checked, first=429 if story.id in outlet.limited else None)
        if outlet.habits.amp:
            twin = article_page(outlet, story, own, amp=True)
            routes[path.rstrip("/") + outlet.habits.amp] = Answer(twin, html, validators=checked)
    for item in outlet.odd:
        target = story_path(outlet.habits, by_id[item["to"]]) if item.get("to") in by_id else "/"
        answer = odd_answer(outlet, item, target)
        if answer is not None:
            routes[item["path"]] = answer
    for listing in outlet.listings:
        routes[listing["path"]] = _listing(outlet, listing, own, world)
        if "moved_from" in listing:
            routes[listing["moved_from"]] = moved(outlet.url.rstrip("/") + listing["path"], 301)
    routes.setdefault("/", Answer(feeds.section_page(outlet, _entries(outlet, own, None, world, links="plain")[:12],
                                                     outlet.languages[0]), html))
    return {path: replace(answer, headers=(*answer.headers, *_modified(outlet, own))) if answer.validators else answer
            for path, answer in routes.items()}


def lookup(routes: Mapping[str, Answer], target: str) -> Answer | None:
    """The answer for a request target; tracking parameters (`utm_*`) make no difference."""
    parts = urlsplit(target)
    kept = [(key, value) for key, value in parse_qsl(parts.query, keep_blank_values=True)
            if not key.startswith("utm_")]
    query = "&".join(f"{key}={value}" if value else key for key, value in kept)
    found = routes.get(parts.path + (f"?{query}" if query else "")) or routes.get(target)
    if found is None and not query and f"{parts.path}/" in routes:
        return moved(f"{parts.path}/", 301)
    return found


def answer_to(outlet: Outlet, world: World, target: str) -> Answer | None:
    """The answer of an outlet that answers questions; None where it does not, or the question is no such one."""
    if outlet.habits.serves == "gdelt":
        return services.gdelt(target, world.stories, world.outlets, world.address, services.moment(world.today))
    if outlet.habits.serves == "wordpress":
        own = [story for story in world.stories if story.outlet == outlet.id]
        texts = {world.address(story): "\n".join(f"<p>{escape(p, quote=False)}</p>" for p in story.paragraphs)
                 for story in own}
        entries = _entries(outlet, own, None, world, links="plain")
        entries.sort(key=lambda entry: entry.published, reverse=True)
        return services.wordpress(target, entries, lambda entry: texts.get(entry.url, ""))
    return None


def _html_type(outlet: Outlet) -> str:
    return "text/html" + (f"; charset={outlet.habits.charset}" if outlet.habits.charset_in == "header" else "")


def _modified(outlet: Outlet, own: Sequence[Story]) -> tuple[tuple[str, str], ...]:
    if outlet.habits.validators != "modified" or not own:
        return ()
    newest = max(story.published for story in own).astimezone(MOROCCO) - timedelta(hours=1)
    return (("Last-Modified", f"{newest:%a, %d %b %Y %H:%M:%S} GMT"),)


def _origin(story: Story, by_id: Mapping[str, Story], world: World) -> Origin | None:
    source = by_id.get(story.origin or "")
    if source is None:
        return None
    return Origin(world.outlets[source.outlet].name, world.address(source), source.published)


def _entries(outlet: Outlet, own: Sequence[Story], language: str | None, world: World, *, links: str) -> list[Entry]:
    """Entries of a listing, newest first. `links`: `tracked` as feeds have them, `plain`, or `twins` (AMP as well)."""
    found: list[Entry] = []
    for n, story in enumerate(own):
        if story.unlisted or language not in {None, story.lang}:
            continue
        address = world.address(story)
        summary = story.paragraphs[0] if len(story.paragraphs[0]) < 260 else story.paragraphs[0][:240] + "…"
        entry = Entry(address, story.title, local_time(outlet, story.published), story.lang, summary, story.author,
                      "".join(f"<p>{p}</p>" for p in story.paragraphs) if outlet.habits.full_text_feed else "")
        if links == "tracked" and outlet.habits.tracking:
            entry = replace(entry, url=address + ("&" if "?" in address else "?") + outlet.habits.tracking)
        found.append(entry)
        if links == "twins" and outlet.habits.amp and n % 3 == 0:
            found.append(replace(entry, url=address.rstrip("/") + outlet.habits.amp))
    for item in outlet.odd:
        if language in {None, item["lang"]}:
            when = datetime.combine(world.today - timedelta(days=item.get("day", 3)), datetime.min.time(), MOROCCO)
            url = item.get("url") or outlet.url.rstrip("/") + item["path"]
            found.append(Entry(url, item["title"], when + timedelta(hours=9), item["lang"]))
    return found


def _listing(outlet: Outlet, listing: Mapping[str, Any], own: Sequence[Story], world: World) -> Answer:
    form, language = listing["form"], listing.get("lang")
    spoken = language or outlet.languages[0]
    checked = outlet.habits.validators != "none"
    if form == "sitemap-index":
        children = [outlet.url.rstrip("/") + child for child in listing["children"]]
        return Answer(feeds.sitemap_index(children), "application/xml", validators=checked)
    links = {"rss": "tracked", "atom": "tracked", "section": "twins"}.get(form, "plain")
    if not outlet.habits.amp_listed and links == "twins":
        links = "plain"
    entries = _entries(outlet, own, language, world, links=links)
    if form == "rss":
        return Answer(feeds.rss(outlet, entries, spoken), "application/rss+xml", validators=checked)
    if form == "atom":
        body = feeds.atom(outlet, entries, spoken, outlet.url.rstrip("/") + listing["path"])
        return Answer(body, "application/atom+xml; charset=utf-8", validators=checked)
    if form == "sitemap-news":
        zipped = listing["path"].endswith(".gz")
        return Answer(feeds.news_sitemap(outlet, entries, zipped=zipped),
                      "application/x-gzip" if zipped else "application/xml", validators=checked)
    if form == "section":
        return Answer(feeds.section_page(outlet, entries, spoken), _html_type(outlet), validators=checked)
    raise ValueError(f"{outlet.id}: no such form of listing: {form}")
