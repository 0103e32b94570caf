"""Short ways to write subjects, claims, profiles and facts."""

from __future__ import annotations

from collections.abc import Sequence

from crawler.claims.claim import Claim, Subject
from crawler.linking import Fact, LinkRules, Profile, profile

Money = tuple[float, str]


def claim(kind: str, at: int = 0, **values: object) -> Claim:
    return Claim(kind, "q", at, at + 1, **values)  # type: ignore[arg-type]


def known(rules: LinkRules, *organizations: str, name: str | None = None, city: str | None = None,
          country: str | None = "MA", mw: Sequence[float] = (), money: Money | None = None,
          signed: str | None = None, area: float | None = None, at: tuple[float, float] | None = None,
          title: str | None = None) -> Profile:
    """A profile of one article, the lead organisation first."""
    claims = [claim("capacity", value_number=value, unit="MW") for value in mw]
    if money:
        claims.append(claim("investment", value_number=money[0], unit=money[1]))
    if signed:
        claims.append(claim("milestone", value_text="signing", date=signed))
    if area:
        claims.append(claim("area", value_number=area, unit="m2"))
    latitude, longitude = at or (None, None)
    subject = Subject("main", (name,) if name else (), organizations, country, city, latitude, longitude)
    return profile(subject, claims, rules, title)


def facts(article: int, published: str | None, *claims: Claim, story: int | None = None,
          source: str | None = None, outlet: str | None = None) -> list[Fact]:
    return [Fact(one, article, story, published, source, outlet=outlet) for one in claims]
