"""`config/sources/*.yml`: the registry of outlets and how each one's pages are discovered."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Annotated, Any, Literal
from urllib.parse import urlsplit

import pycountry
from pydantic import AfterValidator, BaseModel, ConfigDict, Field, ValidationInfo, field_validator, model_validator

from crawler.configuration.checked import check, load_yaml
from crawler.configuration.durations import parse_duration
from crawler.configuration.locate import ConfigFolder
from crawler.errors import ConfigError

Kind = Literal["general", "business", "tech", "datacenter", "energy", "agency", "aggregator", "official", "newsroom",
               "search"]
WAYS = ("feed", "sitemap", "section", "wordpress", "search", "page")


AUTO = "auto"  # `sitemap: auto`: those that robots.txt names
TOPIC = "topic"  # `query: topic`: the topic's own words


class Discovery(BaseModel):
    """One way to find a source's pages; `page` is a single article, as `marsad ingest URL` makes it.

    `follow` is the pattern of a section's article links (left out: found by their looks), `query` what a search or a
    WordPress site is asked for, `pages` how many pages of a listing are read at most.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)

    feed: str | None = None
    sitemap: str | None = None
    section: str | None = None
    wordpress: str | None = None
    search: str | None = None
    page: str | None = None
    follow: str | None = None
    query: str | None = Field(None, min_length=2, max_length=200)
    pages: int | None = Field(None, ge=1, le=100)

    @model_validator(mode="after")
    def _one_way(self) -> Discovery:
        ways = [way for way in WAYS if getattr(self, way) is not None]
        if len(ways) != 1:
            found = f", not {' and '.join(ways)}" if ways else ""
            raise ValueError(f"name exactly one of {', '.join(WAYS[:-1])}{found}")
        if self.kind != "search" and self.sitemap != AUTO:
            _web_address(self.url)
        for key, kinds in (("query", ("wordpress", "search")), ("pages", ("feed", "section", "wordpress"))):
            if getattr(self, key) is not None and self.kind not in kinds:
                raise ValueError(f"`{key}` belongs to {' and '.join(f'`{kind}`' for kind in kinds)}")
        if self.follow is not None:
            if self.kind != "section":
                raise ValueError("`follow` belongs to `section`")
            try:
                re.compile(self.follow)
            except re.error as error:
                raise ValueError(f"`follow` is no regular expression: {error}") from None
        return self

    @property
    def kind(self) -> str:
        return next(way for way in WAYS if getattr(self, way) is not None)

    @property
    def url(self) -> str:
        return str(getattr(self, self.kind))


def _selector(value: str) -> str:
    from lxml.cssselect import CSSSelector, SelectorError  # noqa: PLC0415 - hardly a registry needs it

    try:
        CSSSelector(value, translator="html")
    except SelectorError as error:
        raise ValueError(f"{value!r} is no CSS selector: {error}") from None
    return value


Selector = Annotated[str, AfterValidator(_selector)]


class Source(BaseModel):
    """One outlet of the registry (contract.md, Configuration)."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    id: str = Field(pattern=r"^[a-z0-9]+(?:-+[a-z0-9]+)*$", max_length=80)
    name: str = Field(min_length=1, max_length=200)
    home: str
    country: str
    languages: tuple[str, ...] = Field(min_length=1)
    kind: Kind
    discover: tuple[Discovery, ...] = Field(min_length=1)
    every: timedelta = timedelta(hours=1)
    browser: bool = Field(False, description="its pages show nothing without JavaScript: ask them with Chromium")
    prune: tuple[Selector, ...] = Field((), description="CSS selectors of blocks that are no part of its articles")
    enabled: bool = True
    reason: str | None = Field(None, description="why it is switched off", validate_default=True)

    @field_validator("home")
    @classmethod
    def _home(cls, value: str) -> str:
        return _web_address(value)

    @field_validator("country")
    @classmethod
    def _country(cls, value: str) -> str:
        if value != "INT" and pycountry.countries.get(alpha_2=value) is None:
            raise ValueError(f"{value!r} is no ISO 3166-1 alpha-2 code; write INT where it belongs to no country")
        return value

    @field_validator("languages")
    @classmethod
    def _languages(cls, value: tuple[str, ...]) -> tuple[str, ...]:
        for code in value:
            if pycountry.languages.get(alpha_2=code) is None:
                raise ValueError(f"{code!r} is no ISO 639-1 code, such as fr or ar")
        return value

    @field_validator("every", mode="before")
    @classmethod
    def _every(cls, value: Any) -> Any:
        return parse_duration(value) if isinstance(value, str) else value

    @field_validator("reason")
    @classmethod
    def _reason(cls, value: str | None, info: ValidationInfo) -> str | None:
        if info.data.get("enabled") is False and not (value or "").strip():
            raise ValueError("is needed where `enabled` is false: say why, so that nobody switches it on for nothing")
        return value

    @property
    def hosts(self) -> frozenset[str]:
        """Host and port of its own addresses: these may be asked even where they are not public. A single pasted
        page brings no such leave: only the configuration can give it."""
        ways = [way for way in self.discover if way.kind != "page"]
        urls = [self.home, *(way.url for way in ways if way.kind != "search" and way.url != AUTO)] if ways else []
        return frozenset(urlsplit(url).netloc.lower().rsplit("@", 1)[-1] for url in urls)


def _web_address(value: str) -> str:
    try:
        parts = urlsplit(value)
        good = parts.scheme in {"http", "https"} and bool(parts.hostname) and parts.username is None
    except ValueError:
        good = False
    if not good:
        raise ValueError(f"{value!r} is no web address; write http:// or https:// and a host")
    return value


def load_sources(folder: ConfigFolder, *, fall_back: bool = True) -> list[Source]:
    """Every source of the registry in order of file and place; ids are unique over all files."""
    sources: list[Source] = []
    seen: dict[str, str] = {}
    for path in folder.files("sources", fall_back=fall_back):
        data, lines = load_yaml(path)
        if data is None:
            continue
        if not isinstance(data, list):
            raise ConfigError(path, "expected a list of sources", line=1, hint="each begins with `- id: ...`")
        for index, entry in enumerate(data):
            source = check(Source, entry, path, lines, (index,))
            line = lines.of((index, "id"))
            if source.id in seen:
                raise ConfigError(path, f"{source.id!r} stands already in {seen[source.id]}", line=line, key="id",
                                  hint="ids are unique over all files")
            seen[source.id] = f"{path}, line {line}"
            sources.append(source)
    return sources
