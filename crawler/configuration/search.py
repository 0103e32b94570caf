"""`config/search.yml`: the search services, how each is asked, and what its queries look like."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Annotated, Literal
from urllib.parse import urlsplit

import pycountry
from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, field_validator

from crawler.configuration.checked import check, load_yaml
from crawler.configuration.locate import ConfigFolder
from crawler.configuration.sources import Source


class _Section(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


def _listed(value: object) -> object:
    """A single text is a list of one."""
    return [value] if isinstance(value, str) else value


class Service(_Section):
    """One search service. Texts in `parameters` and `queries` may hold names in braces; docs/crawling.md has them."""

    name: str = Field(min_length=1, max_length=100)
    enabled: bool = True
    reason: str | None = Field(None, description="why it is switched off")
    endpoint: str
    reader: Literal["gdelt", "rss"]
    gap: float = Field(0.0, ge=0, le=3600, description="seconds between two requests")
    reach_days: int = Field(30, ge=1, le=3650, description="days that it looks back at most")
    join: bool = Field(False, description="all phrases of a language in one query, with OR between them")
    most_queries: int = Field(24, ge=1, le=500, description="requests for one source in one crawl")
    languages: tuple[str, ...] = Field((), description="the only languages it is asked in; empty: those of the source")
    parameters: dict[str, str]
    by_language: dict[str, dict[str, str]] = Field(default_factory=dict, description="parameters for one language")
    country: Annotated[tuple[str, ...], BeforeValidator(_listed)] = Field(min_length=1)
    world: Annotated[tuple[str, ...], BeforeValidator(_listed)] = Field(min_length=1)
    only_language: str = Field("", description="added where the source has one language alone")
    language_names: dict[str, str] = Field(default_factory=dict)
    country_codes: dict[str, str] = Field(default_factory=dict, description="where they are not those of ISO 3166")
    unwrap: str = Field("", description="parameter of a result's link that holds the real one")
    drop_hosts: tuple[str, ...] = Field((), description="hosts, or their beginnings with a dot, that hold copies")

    @field_validator("endpoint")
    @classmethod
    def _endpoint(cls, value: str) -> str:
        parts = urlsplit(value)
        if parts.scheme not in {"http", "https"} or not parts.hostname:
            raise ValueError(f"{value!r} is no web address; write http:// or https:// and a host")
        return value


class SearchFile(_Section):
    """config/search.yml."""

    countries: tuple[str, ...] = Field((), description="asked for by sources of country INT, beside the whole world")
    services: dict[str, Service]

    @field_validator("countries")
    @classmethod
    def _countries(cls, value: tuple[str, ...]) -> tuple[str, ...]:
        for code in value:
            if pycountry.countries.get(alpha_2=code) is None:
                raise ValueError(f"{code!r} is no ISO 3166-1 alpha-2 code")
        return value


@dataclass(frozen=True, slots=True)
class SearchPlan:
    """What a crawl knows of searching: the services, the countries, and the topic's phrases by language."""

    services: Mapping[str, Service] = field(default_factory=dict)
    countries: tuple[str, ...] = ()
    phrases: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    outlets: Mapping[str, Source] = field(default_factory=dict)  # by host, those with a host of their own

    def outlet(self, url: str) -> Source | None:
        """The source of the registry whose host `url` is on, switched off or not."""
        return self.outlets.get(_host(url))


def load_search(folder: ConfigFolder, phrases: Mapping[str, tuple[str, ...]],
                sources: Iterable[Source] = ()) -> SearchPlan:
    """`search.yml` of `folder` with the phrases of a topic (`Definition.queries`) and the registry's outlets."""
    path = folder.file("search.yml")
    data, lines = load_yaml(path)
    found = check(SearchFile, data, path, lines)
    return SearchPlan(found.services, found.countries, phrases, _by_host(sources))


def _by_host(sources: Iterable[Source]) -> dict[str, Source]:
    """Outlets by the host of their home; two of the same host cannot be told apart by it."""
    found: dict[str, list[Source]] = {}
    for source in sources:
        if source.kind not in ("search", "aggregator"):
            found.setdefault(_host(source.home), []).append(source)
    return {host: same[0] for host, same in found.items() if len(same) == 1 or not any(one.enabled for one in same)}


def _host(url: str) -> str:
    try:
        return urlsplit(url).netloc.lower().removeprefix("www.").removeprefix("m.")
    except ValueError:
        return ""
