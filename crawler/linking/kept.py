"""Profiles as they are kept in the database: packed, added to, taken from."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from crawler.linking.profile import COUNTED, Counted, Profile

# So many different names, organisations and so on of one project are remembered, the most frequent ones ...
_REMEMBERED = 64
# ... and so many of them compared, those that at least this share of the articles has.
_COMPARED, _SHARE = 16, 0.05


def pack(one: Profile) -> dict[str, Any]:
    """A JSON object; empty fields are left out."""
    body: dict[str, Any] = {"articles": one.articles}
    for name in COUNTED:
        if counted := getattr(one, name)[:_REMEMBERED]:
            body[name] = [list(pair) for pair in counted]
    if one.points:
        body["points"] = [list(point) for point in one.points[:_REMEMBERED]]
    return body


def unpack(body: Mapping[str, Any]) -> Profile:
    """The profile that `pack` took apart."""
    return Profile(articles=body["articles"], points=tuple((p[0], p[1]) for p in body.get("points", ())),
                   **{name: tuple((text, count) for text, count in body.get(name, ())) for name in COUNTED})


def compared(one: Profile) -> Profile:
    """What of a profile is compared: what strays into one article of many says nothing about the project."""
    least = _SHARE * one.articles

    def core(counted: Counted) -> Counted:
        return tuple(pair for pair in counted[:_COMPARED] if pair[1] >= least)

    return Profile(articles=one.articles, points=one.points, **{name: core(getattr(one, name)) for name in COUNTED})


def without(one: Profile, other: Profile) -> Profile:
    """`one` as it was before the articles of `other` were added to it (the points stay)."""
    def less(counted: Counted, gone: Counted) -> Counted:
        taken = dict(gone)
        left = ((text, count - taken.get(text, 0)) for text, count in counted)
        return tuple(sorted((pair for pair in left if pair[1] > 0), key=lambda pair: (-pair[1], pair[0])))

    return Profile(articles=max(one.articles - other.articles, 0), points=one.points,
                   **{name: less(getattr(one, name), getattr(other, name)) for name in COUNTED})
