"""The thresholds and vocabulary of linking: linking.yml, projects.yml, currencies.yml and trust.yml, read once."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from pydantic import BaseModel, ConfigDict, Field

from crawler.configuration.checked import check, load_yaml
from crawler.configuration.locate import ConfigFolder
from crawler.errors import ConfigError
from crawler.linking.letters import words
from crawler.linking.trust import Trust, load_trust


class _Model(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class CopyRules(_Model):
    """Jaccard and containment lines of near copies, 0 to 1; `shortest` in 5-grams."""

    other_outlet: float = Field(gt=0, le=1)
    with_lead: float = Field(gt=0, le=1)
    lead: float = Field(gt=0, le=1)
    opening_redone: float = Field(gt=0, le=1)
    opening_gone: float = Field(gt=0, le=1)
    same_outlet: float = Field(gt=0, le=1)
    follow_up: float = Field(gt=0, le=1)
    contained: float = Field(gt=0, le=1)
    shortest: int = Field(ge=1)


class Points(_Model):
    """Points for and against "one project"; config/linking.yml says what each is for."""

    country: float
    country_conflict: float
    city: float
    city_conflict: float
    city_near: float
    organization: float
    more_organizations: float
    lead: float
    lead_conflict: float
    lead_conflict_scripts: float
    strangers: float
    no_place: float
    name: float
    generic_name: float
    name_conflict: float
    series_conflict: float
    capacity: float
    capacity_round: float
    capacity_conflict: float
    investment: float
    area: float
    day: float
    quarter: float
    numbers_at_most: float
    numbers_alone: float


class Decide(_Model):
    """Where links, reviews and mentions begin, in points."""

    link: float
    review: float
    margin: float
    apart: float
    mention: float


class Weights(_Model):
    """The weight, 0 to 1, of organisations that say little."""

    common: float = Field(ge=0, le=1)
    public: float = Field(ge=0, le=1)


class RowRules(_Model):
    """How the shown values age and which sums count as one."""

    half_life_days: float = Field(gt=0)
    conversion: float = Field(ge=0, lt=1)
    suspended_after_years: int = Field(gt=0)
    cancelled_after_years: int = Field(gt=0)


class _File(_Model):
    copies: CopyRules
    points: Points
    decide: Decide
    weights: Weights
    one_country: list[list[str]] = []
    suppliers: list[str] = []
    common_organizations: list[str] = []
    public_words: list[str] = []
    company_words: list[str] = []
    generic_words: list[str] = []
    phase_words: list[str] = []
    row: RowRules


class _Alias(_Model):
    name: str
    country: str | None = None
    also: list[str]


class _Aliases(_Model):
    projects: list[_Alias] = []


class _Currencies(_Model):
    day: date
    note: str = ""
    per_dollar: dict[str, float]


@dataclass(frozen=True, eq=False)  # compared by identity: answers about names are remembered per rules
class LinkRules:
    """Everything of the configuration that linking asks; folded forms are made once.

    `aliases`: folded name and country (None: anywhere) to the name shown. `per_dollar`: units of a currency
    (ISO 4217) in one US dollar.
    """

    copies: CopyRules
    points: Points
    decide: Decide
    weights: Weights
    row: RowRules
    trust: Trust
    countries: Mapping[str, str]
    suppliers: frozenset[str]
    common: frozenset[str]
    public: frozenset[str]
    company_words: frozenset[str]
    generic_words: frozenset[str]
    phase_words: frozenset[str]
    aliases: Mapping[tuple[str, str | None], str]
    per_dollar: Mapping[str, float]

    @cached_property
    def public_phrases(self) -> tuple[str, ...]:
        """Public bodies named by more than one word."""
        return tuple(sorted(p for p in self.public if " " in p))

    def weight_of(self, organization: str) -> float:
        """What sharing this organisation (folded) says, before it is known in how many projects it is: 0 to 1."""
        if organization in self.common or organization in self.suppliers:
            return self.weights.common
        return self.weights.public if self.is_public(organization) else 1.0

    def is_public(self, organization: str) -> bool:
        """A ministry, an agency, a bank of development: by the words of the (folded) name."""
        spaced = f" {organization} "
        return not self.public.isdisjoint(organization.split()) or any(
            f" {phrase} " in spaced for phrase in self.public_phrases)

    def country(self, code: str) -> str:
        """The code under which one place with several country codes is compared."""
        return self.countries.get(code, code)

    def alias(self, name: str, country: str | None) -> str:
        """The shown form of a project name, or the name as it came."""
        folded = " ".join(words(name))
        return self.aliases.get((folded, country)) or self.aliases.get((folded, None)) or name


def load_rules(folder: ConfigFolder) -> LinkRules:
    """The rules of `folder`. Raises ConfigError with file, line and key."""
    path = folder.file("linking.yml")
    data, lines = load_yaml(path)
    file = check(_File, data, path, lines)

    path = folder.file("projects.yml")
    data, lines = load_yaml(path)
    known = check(_Aliases, data or {}, path, lines)

    path = folder.file("currencies.yml")
    data, lines = load_yaml(path)
    money = check(_Currencies, data, path, lines)
    wrong = next((code for code, rate in money.per_dollar.items() if rate <= 0), None)
    if wrong:
        raise ConfigError(path, "must be above 0", line=lines.of(("per_dollar", wrong)), key=f"per_dollar.{wrong}")

    folded = {name: frozenset(" ".join(words(entry)) for entry in getattr(file, name))
              for name in ("suppliers", "common_organizations", "public_words", "company_words", "generic_words",
                           "phase_words")}
    return LinkRules(
        copies=file.copies, points=file.points, decide=file.decide, weights=file.weights, row=file.row,
        trust=load_trust(folder),
        countries={code: group[0] for group in file.one_country for code in group},
        suppliers=folded["suppliers"], common=folded["common_organizations"], public=folded["public_words"],
        company_words=folded["company_words"], generic_words=folded["generic_words"],
        phase_words=folded["phase_words"],
        aliases={(" ".join(words(form)), entry.country): entry.name
                 for entry in known.projects for form in (entry.name, *entry.also)},
        per_dollar=money.per_dollar)
