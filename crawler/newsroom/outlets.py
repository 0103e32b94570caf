"""The outlets as data: `outlets.yml` says what each is called, speaks, runs on and does wrong."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files
from typing import Any
from urllib.parse import quote

import yaml

from crawler.newsroom.stories import Story

HOST = "127.0.0.1"


@dataclass(frozen=True)
class Habits:
    """How an outlet serves its pages; every field is a key of `outlets.yml`.

    `charset`: of the bytes. `charset_in`: where it is said (`header`, `meta`, `none`). `validators`: `etag`,
    `modified` or `none`. `robots`: the text of robots.txt, or null for a 404. `dates`: where pages state theirs
    (`jsonld`, `meta`, `time`, `visible`). `flat`: paragraphs parted by <br> instead of <p>. `serves`: answers made for
    each question (`wordpress`, `gdelt`; services.py).
    """

    template: str
    article: str
    date: str
    charset: str = "utf-8"
    charset_in: str = "header"
    validators: str = "none"
    dates: tuple[str, ...] = ("visible",)
    robots: str | None = "User-agent: *\nDisallow: /wp-admin/\n"
    tracking: str = ""
    amp: str = ""
    amp_listed: bool = False
    flat: bool = False
    utc_offset: int = 1
    sidebar: str = "general"
    comments: bool = False
    slow: bool = False
    dead: bool = False
    full_text_feed: bool = False
    serves: str = ""


@dataclass(frozen=True)
class Outlet:
    """One outlet as the newsroom serves it; `discover` is in the form of `config/sources/*.yml`."""

    id: str
    name: str
    country: str
    languages: tuple[str, ...]
    kind: str
    port: int
    discover: tuple[dict[str, str], ...]
    habits: Habits
    listings: tuple[dict[str, Any], ...] = ()
    odd: tuple[dict[str, Any], ...] = ()
    limited: tuple[str, ...] = field(default=())

    @property
    def host(self) -> str:
        """What politeness calls a host: name and port."""
        return f"{HOST}:{self.port}"

    @property
    def url(self) -> str:
        """The home page."""
        return f"http://{self.host}/"

    def source(self) -> dict[str, Any]:
        """The entry of `config/sources/*.yml`."""
        return {"id": self.id, "name": self.name, "home": self.url, "country": self.country,
                "languages": list(self.languages), "kind": self.kind, "discover": [dict(d) for d in self.discover],
                "every": "30m", "enabled": True}


@cache
def outlet_data() -> list[dict[str, Any]]:
    """`outlets.yml` as it is; its order is the order of the ports."""
    data: list[dict[str, Any]] = yaml.safe_load(
        (files("crawler.newsroom") / "outlets.yml").read_text(encoding="utf-8"))
    return data


def make_outlet(entry: dict[str, Any], port: int) -> Outlet:
    """An entry of `outlets.yml` at its port: addresses become absolute."""
    base = f"http://{HOST}:{port}"
    discover = tuple({key: base + value if str(value).startswith("/") and key != "follow" else value
                      for key, value in item.items()} for item in entry["discover"])
    habits = dict(entry["habits"])
    if "dates" in habits:
        habits["dates"] = tuple(habits["dates"])
    return Outlet(id=entry["id"], name=entry["name"], country=entry["country"], languages=tuple(entry["languages"]),
                  kind=entry["kind"], port=port, discover=discover, habits=Habits(**habits),
                  listings=tuple(entry.get("listings", ())), odd=tuple(entry.get("odd", ())),
                  limited=tuple(entry.get("limited", ())))


def story_path(habits: Habits, story: Story) -> str:
    """The path (and query) of a story at its outlet, percent-encoded as links carry it."""
    when = story.published
    return quote(habits.article.format(slug=story.slug, number=story.number, year=when.year, month=f"{when.month:02}",
                                       day=f"{when.day:02}"), safe="/?=&-_.~")


def outlet_habits(outlet_id: str) -> Habits:
    """The habits of an outlet without a port; KeyError where there is no such outlet."""
    for entry in outlet_data():
        if entry["id"] == outlet_id:
            return make_outlet(entry, 0).habits
    raise KeyError(outlet_id)
