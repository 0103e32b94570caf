"""What of an OPML file is new to the registry, what it knows already, and what is not taken, each with the reason."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from pydantic import ValidationError

from crawler.configuration.sources import WAYS, Source
from crawler.configuration.written import WRITTEN
from crawler.middlewares.addresses import check_address, host_key
from crawler.opml.foreign import Defaults, source_from, web_feed
from crawler.opml.read import Outline
from crawler.urls import canonical_url

What = Literal["added", "known", "differs", "refused"]
# further keys of a source whose values are no texts
_NO_TEXT = frozenset(name for name, field in Source.model_fields.items()
                     if name not in WRITTEN and not isinstance(field.default, (str, type(None))))


@dataclass(frozen=True, slots=True)
class Decision:
    """What becomes of one source of the file. `line` is where it stands there; `source` what is to be written."""

    what: What
    line: int
    name: str
    why: str
    id: str | None = None
    source: Source | None = None


class Known:
    """The sources that are there already, by id, by feed and by front page."""

    def __init__(self, sources: Iterable[Source] = ()) -> None:
        self.by_id: dict[str, Source] = {}
        self._by_feed: dict[str, str] = {}
        self._by_home: dict[str, str] = {}
        for source in sources:
            self.add(source)

    def add(self, source: Source) -> None:
        self.by_id[source.id] = source
        self._by_home.setdefault(canonical_url(source.home), source.id)
        for url in _feeds(source):
            self._by_feed.setdefault(canonical_url(url), source.id)

    def at(self, url: str) -> str | None:
        """The id of the source whose front page, or one of whose feeds, `url` is."""
        known = canonical_url(url)
        return self._by_feed.get(known) or self._by_home.get(known)

    def twin(self, source: Source) -> tuple[str, list[str]] | None:
        """The id of a source with one of the same feeds, or the same front page; and the feeds that it lacks."""
        feeds = _feeds(source)
        owners = [self._by_feed.get(canonical_url(url)) for url in feeds]
        owner = next((owner for owner in owners if owner), None) or self._by_home.get(canonical_url(source.home))
        if owner is None:
            return None
        return owner, [url for url, has in zip(feeds, owners, strict=True) if has is None]


def decide(outlines: Sequence[Outline], known: Known, defaults: Defaults, *, allow_private: bool = False,
           ) -> list[Decision]:
    """One decision for each source that the outlines describe, in order; what is added joins `known`."""
    ours = {outline.own["id"] for outline in outlines if "id" in outline.own}
    strangers: dict[str, list[Outline]] = {}
    decisions: list[Decision] = []
    for outline in outlines:
        if "id" in outline.own:
            decisions.append(_own(outline, known, allow_private=allow_private))
        elif outline.own.get("of") not in ours:
            # Several feeds of one site are one source with several ways.
            alone = f"line {outline.line} {outline.feed}"
            key = canonical_url(outline.home) if outline.home and outline.feed else alone
            strangers.setdefault(key, []).append(outline)
    for group in strangers.values():
        decisions.extend(_foreign(group, known, defaults, allow_private=allow_private))
    return sorted(decisions, key=lambda decision: decision.line)


def _plain(written: str) -> Any:
    """What write.py made JSON of; a text that is none is left for the schema to refuse."""
    try:
        return json.loads(written)
    except ValueError:
        return written


def _own(outline: Outline, known: Known, *, allow_private: bool) -> Decision:
    own, name = outline.own, outline.own.get("name") or outline.text
    data: dict[str, Any] = dict(own)
    data["languages"] = own.get("languages", "").split()
    data["enabled"] = own.get("enabled") != "false"
    data |= {key: _plain(own[key]) for key in own if key in _NO_TEXT}
    data["discover"] = [_way(way) for way in outline.ways]
    try:
        source = Source.model_validate(data)
    except ValidationError as error:
        urls = [own.get("home"), *(way.get("url") for way in outline.ways if ":" in way.get("url", ""))]
        refused = _bad_address(urls, allow_private=allow_private)
        return Decision("refused", outline.line, name, refused or _said(error), own["id"])
    refused = _bad_address(_addresses(source), allow_private=allow_private)
    if refused:
        return Decision("refused", outline.line, name, refused, source.id)
    mine = known.by_id.get(source.id)
    if mine == source:
        return Decision("known", outline.line, name, "the same already", source.id)
    if mine is not None:
        keys = [key for key in Source.model_fields if getattr(mine, key) != getattr(source, key)]
        why = f"yours has another {', '.join(keys)}; yours was kept"
        return Decision("differs", outline.line, name, why, source.id)
    return _new(source, known, outline.line, ())


def _foreign(group: list[Outline], known: Known, defaults: Defaults, *, allow_private: bool) -> list[Decision]:
    decisions, usable = [], []
    for outline in group:
        refused = "names no feed; `marsad sources add URL` looks for its ways" if not outline.feed else None
        refused = refused or _bad_address([web_feed(outline.feed or "")], allow_private=allow_private)
        if refused:
            decisions.append(Decision("refused", outline.line, outline.text, refused))
        else:
            usable.append(outline)
    if usable:
        try:
            source, notes = source_from(usable, defaults, taken=known.by_id)
        except ValidationError as error:
            return [*decisions, Decision("refused", usable[0].line, usable[0].text, _said(error))]
        refused = _bad_address([source.home], allow_private=allow_private)
        decisions.append(Decision("refused", usable[0].line, source.name, refused) if refused
                         else _new(source, known, usable[0].line, notes))
    return decisions


def _new(source: Source, known: Known, line: int, notes: Sequence[str]) -> Decision:
    twin = known.twin(source)
    if twin is None:
        known.add(source)
        return Decision("added", line, source.name, "; ".join(notes), source.id, source)
    owner, lacking = twin
    if lacking:
        why = f"is {owner!r}, which lacks {', '.join(lacking)}; yours was kept"
        return Decision("differs", line, source.name, why, owner)
    return Decision("known", line, source.name, f"is {owner!r}", owner)


def _way(given: Mapping[str, str]) -> dict[str, str]:
    kind = given.get("kind", "")
    return {kind if kind in WAYS else "kind": given.get("url", ""),
            **{key: value for key, value in given.items() if key not in {"kind", "url"}}}


def _bad_address(urls: Iterable[str | None], *, allow_private: bool) -> str | None:
    """Why one of the addresses is not taken. Whoever is a source's own host may be asked even where it is private:
    a file of somebody else's must not give that leave."""
    for url in filter(None, urls):
        try:
            allowed = {host_key(url)} if allow_private else set()
        except ValueError:
            allowed = set()
        if refused := check_address(url, allowed):
            return f"{url[:200]}: {refused.reason}"
    return None


def _addresses(source: Source) -> list[str]:
    """Its web addresses; a search service and `auto` are words."""
    return [source.home, *(way.url for way in source.discover if ":" in way.url)]


def _feeds(source: Source) -> list[str]:
    return [way.url for way in source.discover if way.kind == "feed"]


def _said(error: ValidationError) -> str:
    first = error.errors(include_url=False)[0]
    return f"{'.'.join(str(part) for part in first['loc'])}: {first['msg'].removeprefix('Value error, ')}"
