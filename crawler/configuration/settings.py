"""`config/marsad.toml`: everything that is neither a source nor vocabulary. This table drives defaults,
validation, environment variables (`MARSAD_<SECTION>_<KEY>`) and docs/configuration.md."""

from __future__ import annotations

import os
from collections.abc import Mapping
from typing import Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from pydantic import BaseModel, ConfigDict, Field, ValidationError, field_validator

from crawler.configuration.checked import check, load_toml
from crawler.configuration.durations import parse_duration, parse_hours
from crawler.configuration.locate import ConfigFolder
from crawler.errors import UsageError


class _Section(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Identity(_Section):
    """Who asks. Both stand in the user agent, so that a webmaster can reach you."""

    name: str = Field("marsad", min_length=1, max_length=60, description="name in the user agent")
    contact: str = Field("", max_length=200, description="an address or a page about your crawl; fill it in")


class Crawl(_Section):
    """How politely and how far a crawl goes."""

    since: str = Field("30d", description="dated pages older than this are not queued")
    delay: float = Field(1.0, ge=0.0, le=3600, description="seconds between two requests to one host")
    crawl_delay_cap: float = Field(30.0, ge=0, le=3600, description="longest Crawl-delay of robots.txt kept, seconds")
    delay_most: float = Field(60.0, ge=0, le=3600, description="longest pause that a host's answers (429, 503, slow "
                                                               "ones) can teach, seconds")
    slow_answer: float = Field(5.0, gt=0, le=600, description="an answer that takes longer, seconds, makes the "
                                                              "pause of its host grow")
    updates: str = Field("14d", description="an article is read again when its listing says that it was changed, for "
                                            "so long after it was fetched; empty: never")
    concurrency: int = Field(16, ge=1, le=256, description="hosts asked at the same time")
    retry_after_wait: float = Field(60.0, ge=0, le=3600,
                                    description="a Retry-After up to this many seconds is waited for within the crawl")
    allow_private_hosts: tuple[str, ...] = Field((), description="host:port on private networks that may be asked")

    @field_validator("since")
    @classmethod
    def _since(cls, value: str) -> str:
        parse_duration(value)
        return value

    @field_validator("updates")
    @classmethod
    def _updates(cls, value: str) -> str:
        if value:
            parse_duration(value)
        return value


class Limits(_Section):
    """What one page may cost."""

    timeout: float = Field(30.0, gt=0, le=600, description="seconds for one answer, all of it")
    max_bytes: int = Field(10_000_000, ge=1000, le=1_000_000_000, description="largest body taken, bytes, unpacked")
    redirects: int = Field(8, ge=0, le=20, description="hops followed")
    read_seconds: float = Field(20.0, gt=0, le=600, description="seconds for reading one page, then it is killed")
    readers: int = Field(2, ge=1, le=64, description="worker processes that read pages")


class Rights(_Section):
    """What owners reserve beyond robots.txt (docs/rights.md)."""

    noindex: bool = Field(True, description="a page that says noindex is not read")
    noarchive: bool = Field(True, description="of a page that says noarchive no copy is kept beside its article")
    tdm_reservation: bool = Field(True, description="a page reserved against text and data mining is not read")


class Retention(_Section):
    """What is kept beside the articles, and for how long."""

    raw_pages: bool = Field(True, description="keep the raw page of each matched article, compressed")
    texts_days: int = Field(90, ge=0, le=3650, description="days for which read but unmatched text is kept")
    texts_mb: int = Field(500, ge=0, le=100_000, description="most megabytes of such text")
    raw_pages_days: int = Field(0, ge=0, le=36_500, description="days for which raw pages are kept; 0: for ever")
    raw_pages_mb: int = Field(5000, ge=1, le=1_000_000, description="most megabytes of raw pages, compressed")
    visits_days: int = Field(90, ge=1, le=3650, description="days for which each visit to a source is remembered")


class Daemon(_Section):
    """The scheduler."""

    tick: float = Field(15.0, gt=0, le=3600, description="seconds between two looks at what is due")
    gather: float = Field(60.0, ge=0, le=3600, description="seconds ahead of its time that a source may join a round")
    rounds: int = Field(2, ge=1, le=8, description="rounds at the same time; a source is never in two of them")
    round_seconds: float = Field(1800.0, gt=1, le=86_400, description="longest round, then it is killed")
    grace_seconds: float = Field(25.0, gt=0, le=300, description="seconds a round has to end at a stop")
    learn: bool = Field(True, description="learn from its visits how often a source publishes")
    shortest: str = Field("10m", description="shortest learnt interval")
    longest: str = Field("1d", description="longest learnt interval")
    jitter: float = Field(0.1, ge=0, le=0.5, description="share of an interval by which due times are spread")
    quiet: str = Field("", description="hours without rounds, such as 01:00-05:00")
    timezone: str = Field("UTC", description="zone of the quiet hours, such as Africa/Casablanca")
    housekeeping: str = Field("1h", description="time between two checkpoints, clean-ups and looks at the backups")
    free_mb: int = Field(50, ge=0, le=1_000_000, description="with less free space beside the database no round starts")

    @field_validator("shortest", "longest", "housekeeping")
    @classmethod
    def _span(cls, value: str) -> str:
        parse_duration(value)
        return value

    @field_validator("quiet")
    @classmethod
    def _quiet(cls, value: str) -> str:
        parse_hours(value)
        return value

    @field_validator("timezone")
    @classmethod
    def _timezone(cls, value: str) -> str:
        try:
            ZoneInfo(value)
        except (ZoneInfoNotFoundError, ValueError, OSError):
            raise ValueError(f"{value!r} is no time zone; write UTC or a name such as Africa/Casablanca") from None
        return value


class Backup(_Section):
    """Copies of the database that the daemon makes by itself."""

    every: str = Field("1d", description="time between two backups of the daemon")
    keep: int = Field(7, ge=0, le=1000, description="newest backups that stay; 0: the daemon makes none")
    folder: str = Field("", description="where backups go; empty: a folder `backups` beside the database")

    @field_validator("every")
    @classmethod
    def _every(cls, value: str) -> str:
        parse_duration(value)
        return value


class Settings(_Section):
    """All of marsad.toml."""

    allow_private_hosts: tuple[str, ...] = Field((), description="host:port on private networks that may be asked")
    topic: str = Field("data-center-projects", description="the topic file of config/topics that is used")
    identity: Identity = Identity()
    crawl: Crawl = Crawl()
    limits: Limits = Limits()
    rights: Rights = Rights()
    retention: Retention = Retention()
    daemon: Daemon = Daemon()
    backup: Backup = Backup()

    @property
    def private_hosts(self) -> frozenset[str]:
        return frozenset(host.lower() for host in (*self.allow_private_hosts, *self.crawl.allow_private_hosts))


# Variables of the same prefix that are read elsewhere.
_OTHER_VARIABLES = ("MARSAD_CONFIG", "MARSAD_DATABASE", "MARSAD_TEST_", "MARSAD_DEBUG", "MARSAD_ALERT_")


def load_settings(folder: ConfigFolder, environment: Mapping[str, str] | None = None) -> Settings:
    """`marsad.toml` of `folder` with `MARSAD_*` laid over it."""
    path = folder.file("marsad.toml")
    data, lines = load_toml(path)
    settings = check(Settings, data, path, lines)
    return _override(settings, os.environ if environment is None else environment)


def _override(settings: Settings, environment: Mapping[str, str]) -> Settings:
    data: dict[str, Any] = settings.model_dump()
    known = {**{f"MARSAD_{name.upper()}": (data, name) for name, value in data.items() if not isinstance(value, dict)},
             **{f"MARSAD_{section.upper()}_{key.upper()}": (values, key)
                for section, values in data.items() if isinstance(values, dict) for key in values}}
    changed = False
    for variable, text in environment.items():
        if not variable.startswith("MARSAD_") or variable.startswith(_OTHER_VARIABLES):
            continue
        if variable not in known:
            raise UsageError(f"environment variable {variable}: no such setting (known: {', '.join(sorted(known))})")
        values, key = known[variable]
        values[key] = tuple(filter(None, text.split(","))) if isinstance(values[key], tuple) else text
        changed = True
    if not changed:
        return settings
    try:
        return Settings.model_validate(data)
    except ValidationError as error:
        first = error.errors(include_url=False)[0]
        variable = "MARSAD_" + "_".join(str(part).upper() for part in first["loc"])
        raise UsageError(f"environment variable {variable}: {first['msg']}") from None
