"""`config/alerts.yml`: who is told of what, where and when. Errors name file, line and key."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import timedelta
from pathlib import Path
from typing import Annotated, Any, Literal
from zoneinfo import ZoneInfo

import pycountry
from pydantic import AfterValidator, BaseModel, ConfigDict, Field, StringConstraints, field_validator, model_validator

from crawler.alerts.event import KINDS, Event
from crawler.configuration.checked import check, load_yaml
from crawler.configuration.durations import parse_duration
from crawler.configuration.locate import ConfigFolder
from crawler.errors import ConfigError

Status = Literal["announced", "agreement", "approved", "under_construction", "operational", "suspended", "cancelled"]
READERS = ("en", "fr", "ar")
_NAME = r"^[a-z0-9]+(?:[-_][a-z0-9]+)*$"
_REFERENCE = re.compile(r"\$\{(MARSAD_ALERT_[A-Z0-9_]+)\}")


class Rule(BaseModel):
    """One rule. A project's event must pass every filter that is given; a source's those on countries and languages.

    `when: [threshold]` tells once of each project that passes all of them for the first time.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)

    name: str = Field(pattern=_NAME, max_length=60)
    when: tuple[str, ...] = Field(min_length=1)
    channels: tuple[str, ...] = ()
    countries: tuple[str, ...] = ()
    languages: tuple[str, ...] = ()
    statuses: tuple[Status, ...] = ()
    projects: tuple[str, ...] = ()
    followed: bool = False
    min_mw: float | None = Field(None, ge=0)
    min_usd: float | None = Field(None, ge=0)
    send: Literal["immediately", "daily", "weekly"] = "immediately"
    at: str = "08:00"
    day: Literal["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"] = "monday"
    timezone: str = "UTC"
    language: Literal["en", "fr", "ar"] = "en"

    @field_validator("when")
    @classmethod
    def _when(cls, value: tuple[str, ...]) -> tuple[str, ...]:
        for kind in value:
            if kind not in KINDS:
                raise ValueError(f"{kind!r} is no kind of event; known: {', '.join(KINDS)}")
        return value

    @field_validator("countries")
    @classmethod
    def _countries(cls, value: tuple[str, ...]) -> tuple[str, ...]:
        for code in value:
            if pycountry.countries.get(alpha_2=code) is None:
                raise ValueError(f"{code!r} is no ISO 3166-1 alpha-2 code, such as MA")
        return value

    @field_validator("at", mode="before")
    @classmethod
    def _at(cls, value: Any) -> Any:
        # YAML 1.1 reads 8:30 without quotes as 510, minutes in sixties.
        minutes = isinstance(value, int) and not isinstance(value, bool)
        text = f"{value // 60:02d}:{value % 60:02d}" if minutes else value
        if not isinstance(text, str) or not re.fullmatch(r"([01]?\d|2[0-3]):[0-5]\d", text):
            raise ValueError(f"{value!r} is no time of day; write for example \"08:00\"")
        return text

    @field_validator("timezone")
    @classmethod
    def _timezone(cls, value: str) -> str:
        try:
            ZoneInfo(value)
        except (KeyError, ValueError, OSError):
            raise ValueError(f"{value!r} is no time zone; write for example Africa/Casablanca") from None
        return value

    @model_validator(mode="after")
    def _threshold(self) -> Rule:
        if "threshold" in self.when and not (self.min_mw or self.min_usd or self.statuses):
            raise ValueError("`threshold` needs min_mw, min_usd or statuses")
        return self

    @property
    def condition(self) -> str:
        """What a threshold is about, as one text: the same for the same filters."""
        return "|".join(str(part) for part in (sorted(self.countries), sorted(self.languages), sorted(self.statuses),
                                               sorted(self.projects), self.min_mw, self.min_usd))

    def reached(self, slug: str, project: Mapping[str, Any] | None) -> bool:
        """Whether a project as it stands passes the filters (`followed` aside)."""
        return project is not None and not (
            (self.countries and project.get("country") not in self.countries)
            or (self.languages and not set(self.languages) & set((project.get("languages") or "").split(",")))
            or (self.statuses and project.get("status") not in self.statuses)
            or (self.projects and slug not in self.projects)
            or (self.min_mw is not None and (project.get("capacity_mw") or 0) < self.min_mw)
            or (self.min_usd is not None and (project.get("investment_usd") or 0) < self.min_usd))

    def wants(self, event: Event, followed: frozenset[str]) -> bool:
        """Whether this rule tells of `event`."""
        if event.kind not in self.when or (event.rule is not None and event.rule != self.name):
            return False
        if event.kind.startswith("source_"):
            spoken = set((event.body.get("languages") or "").split(","))
            return not ((self.countries and event.body.get("country") not in self.countries)
                        or (self.languages and not spoken & set(self.languages)))
        return self.reached(event.subject, event.body) and (not self.followed or event.subject in followed)


def _address(value: str) -> str:
    if not _REFERENCE.search(value):
        # the address itself is not repeated: it may hold a password
        raise ValueError("write ${MARSAD_ALERT_...} and put the address into the environment or the secrets file, "
                         "not into this file")
    return value


ChannelName = Annotated[str, StringConstraints(pattern=_NAME, max_length=60)]
Address = Annotated[str, AfterValidator(_address)]


class AlertRules(BaseModel):
    """All of alerts.yml."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    secrets: str | None = None
    max_age: timedelta = timedelta(days=7)
    same_news: timedelta = timedelta(days=3)
    attempts: int = Field(8, ge=1, le=50)
    channels: dict[ChannelName, Address] = Field(default_factory=dict)
    rules: tuple[Rule, ...] = ()

    @field_validator("secrets")
    @classmethod
    def _secrets(cls, value: str | None) -> str | None:
        # the daemon works on a copy of the configuration, in which secrets have no business
        if value is not None and not Path(value).is_absolute():
            raise ValueError(f"write the whole path of the secrets file, such as /etc/marsad/{Path(value).name}")
        return value

    @field_validator("max_age", "same_news", mode="before")
    @classmethod
    def _spans(cls, value: Any) -> Any:
        return parse_duration(value) if isinstance(value, str) else value

    @field_validator("channels", "rules", mode="before")
    @classmethod
    def _empty(cls, value: Any, info: Any) -> Any:
        # `rules:` with every line below it commented out
        return ({} if info.field_name == "channels" else ()) if value is None else value

    def rule(self, name: str) -> Rule | None:
        return next((rule for rule in self.rules if rule.name == name), None)


def references(address: str) -> list[str]:
    """The variables that an address names."""
    return _REFERENCE.findall(address)


def fill(address: str, values: Mapping[str, str]) -> str:
    """`address` with its variables filled in; KeyError names the one that is missing."""
    return _REFERENCE.sub(lambda found: values[found[1]], address)


def load_alert_rules(folder: ConfigFolder) -> AlertRules:
    """`alerts.yml` of `folder`, checked; names are unique and every channel that a rule names is there."""
    path = folder.file("alerts.yml")
    data, lines = load_yaml(path)
    rules = check(AlertRules, data or {}, path, lines)
    seen: set[str] = set()
    for index, rule in enumerate(rules.rules):
        if rule.name in seen:
            raise ConfigError(path, f"{rule.name!r} stands twice", line=lines.of(("rules", index, "name")), key="name",
                              hint="names of rules are unique")
        seen.add(rule.name)
        for channel in rule.channels:
            if channel not in rules.channels:
                raise ConfigError(path, f"there is no channel {channel!r}", line=lines.of(("rules", index, "channels")),
                                  key="rules.channels", hint=f"known: {', '.join(rules.channels) or 'none'}")
    return rules
