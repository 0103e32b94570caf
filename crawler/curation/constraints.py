"""Table `decisions` as constraints of the linking: of two decisions about one thing the later one counts."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from sqlalchemy import Connection

from crawler.linking.constraints import NO_CONSTRAINTS, Constraints
from storage import decisions

# Of two projects that are no one, so many articles of each carry the mark: if one is moved, the others still hold it.
_MARKED = 12
_BINDING = ("merge", "same", "split", "different", "unlink", "reject", "rename", "set", "follow")


def constraints_of(conn: Connection) -> Constraints:
    """The constraints by the decisions in the database."""
    return constraints(decisions.every(conn))


def constraints(rows: Iterable[Mapping[str, Any]]) -> Constraints:
    """The constraints by rows of `decisions`, in the order in which they were made."""
    held = _Held()
    for row in rows:
        if row["action"] in _BINDING:
            held.take(row)
    return Constraints.of(same=held.same, apart=held.apart, unmentioned=held.unmentioned, rejected=held.rejected,
                          slugs=held.slugs) if held.any else NO_CONSTRAINTS


class _Held:
    def __init__(self) -> None:
        self.same: set[tuple[str, str]] = set()
        self.apart: set[tuple[str, str]] = set()
        self.unmentioned: set[tuple[str, str]] = set()
        self.rejected: set[str] = set()
        self.slugs: dict[str, str] = {}

    @property
    def any(self) -> bool:
        return bool(self.same or self.apart or self.unmentioned or self.rejected or self.slugs)

    def take(self, row: Mapping[str, Any]) -> None:
        action, target, given = row["action"], row["target"], row["arguments"]
        articles: Mapping[str, Sequence[str]] = given.get("articles") or {}
        if row["undone_at"] is not None:
            # what was taken back leaves its slugs where they had been before
            if action in ("merge", "same"):
                self._name(articles)
            return
        if action in ("merge", "same"):
            self._together([url for urls in articles.values() for url in urls])
            self.slugs |= {url: target for urls in articles.values() for url in urls}
        elif action == "split":
            self._parted(articles.get(given["slug"], ()), articles.get(target, ()), bound=True)
            self._name(articles)
        elif action == "different":
            self._parted(articles.get(target, ()), articles.get(given["other"], ()))
            self._name(articles)
        elif action == "unlink":
            gone = [target, *given.get("copies", ())]
            others = [url for url in articles.get(given["slug"], ()) if url not in gone]
            self._parted(gone, others)
            self.unmentioned |= {(url, other) for url in gone for other in others}
        elif action == "reject":
            self.rejected |= {target, *given.get("copies", ())}
        else:
            self._name(articles)

    def _name(self, articles: Mapping[str, Sequence[str]]) -> None:
        self.slugs |= {url: slug for slug, urls in articles.items() for url in urls}

    def _together(self, urls: Sequence[str]) -> None:
        members = set(urls)
        self.apart = {pair for pair in self.apart if not members.issuperset(pair)}
        self.unmentioned = {pair for pair in self.unmentioned if not members.issuperset(pair)}
        self._star(urls)

    def _parted(self, one: Sequence[str], other: Sequence[str], *, bound: bool = False) -> None:
        left, right = set(one), set(other)
        crossing = {(a, b) for a, b in self.same if (a in left and b in right) or (a in right and b in left)}
        self.same -= crossing
        if bound or crossing:
            self._star(one)
            self._star(other)
        if one and other:
            wide = bound or bool(crossing)
            self.apart |= {(a, b) for a in one[:_MARKED] for b in (other[:_MARKED] if wide else other)}

    def _star(self, urls: Sequence[str]) -> None:
        self.same |= {(urls[0], other) for other in urls[1:] if other != urls[0]}
