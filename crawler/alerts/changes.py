"""What changed between the last look and now, as events. Pure: rows in, events out."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from crawler.alerts.event import Event
from crawler.exports.coverage import BROKEN

Row = Mapping[str, Any]

SHOWN = ("name", "country", "city", "capacity_mw", "capacity_initial_mw", "investment_amount", "investment_currency",
         "investment_usd", "status", "status_inferred", "doubted", "languages")
# Where none of these differ, nothing can have happened to a project.
COMPARED = (*SHOWN, "article_count", "story_count", "newest", "read_at")

_QUOTES = 3
_QUOTE_LENGTH = 300
# Publication dates of told stories that are remembered: new ones close to any of them are the same announcement.
_NEWS_KEPT = 40
# Figures closer than this are one figure, as in the view of contradictions.
_SAME = 0.01
_SPEAKING = ("status", "capacity", "investment", "milestone", "doubt")


@dataclass(frozen=True, slots=True)
class Facts:
    """What stands behind a project now: its main articles (in the order of storing), claims and contradictions."""

    articles: Sequence[Row] = ()
    claims: Sequence[Row] = ()
    conflicts: Sequence[Row] = ()


def differs(before: Row | None, row: Row) -> bool:
    """Whether a project may have changed since `before`."""
    return before is None or any(before.get(name) != row[name] for name in COMPARED)


def snapshot(row: Row, facts: Facts, before: Row | None) -> dict[str, Any]:
    """What is remembered of a project until the next look."""
    told = (before or {}).get("news") or []
    news = sorted({*told, *(_day(a) for a in facts.articles)})
    return {**{name: row[name] for name in COMPARED}, "conflicts": sorted(map(_conflict_key, facts.conflicts)),
            "news": news[-_NEWS_KEPT:]}


def project_events(row: Row, before: Row | None, facts: Facts, *, mark: int, same_news: timedelta) -> list[Event]:
    """What happened to one project. `mark`: articles with a higher id were stored since the last look."""
    slug, shown = row["slug"], {name: row[name] for name in SHOWN}
    main = {a["id"]: a for a in facts.articles}
    claims = [c for c in facts.claims if c["article_id"] in main and c["modality"] != "denied"]
    fresh = [a for a in facts.articles if a["id"] > mark]
    events: list[Event] = []

    def add(kind: str, value: str, behind: Sequence[Row], published: str | None, **more: Any) -> None:
        events.append(Event(kind, slug, value, {**shown, **more, "published": published,
                                                "quotes": _quotes(behind, main)}, published))

    if before is None:
        # Old articles that only moved to another project are no news.
        if fresh:
            newest = _newest(facts.articles)
            behind = [c for c in claims if c["kind"] in _SPEAKING]
            add("new_project", "", behind or _titles(facts.articles), _time(newest), articles=len(facts.articles))
    else:
        _stories(add, fresh, facts.articles, claims, before, mark, same_news)
        young = any(_near(_day(a), before.get("news") or (), same_news) for a in fresh)
        _values(add, row, before, claims, young=young)
    if row["doubted"] and not (before or {}).get("doubted"):
        behind = _latest_first([c for c in claims if c["kind"] == "doubt"], main)
        if behind:
            add("doubt", _source_of(behind, main), behind, _time(main[behind[0]["article_id"]]))
    _contradictions(add, facts.conflicts, before, claims, main)
    return events


def _stories(add: Any, fresh: Sequence[Row], articles: Sequence[Row], claims: Sequence[Row], before: Row, mark: int,
             same_news: timedelta) -> None:
    """A story none of whose articles stood here before is news, unless it was published within `same_news` of what
    was told already: then it is a translation or another desk's words of the same announcement."""
    known = {a["story_id"] for a in articles if a["id"] <= mark}
    by_story: dict[Any, list[Row]] = defaultdict(list)
    for article in fresh:
        if article["story_id"] is None or article["story_id"] not in known:
            by_story[article["story_id"] or -article["id"]].append(article)
    told = list(before.get("news") or ())
    for group in sorted(by_story.values(), key=lambda g: (min(map(_day, g)), g[0]["id"])):
        first = min(group, key=lambda a: (_day(a), a["id"]))
        if _near(_day(first), told, same_news):
            continue
        told.append(_day(first))
        ids = {a["id"] for a in group}
        behind = [c for c in claims if c["article_id"] in ids and c["kind"] in _SPEAKING]
        # the article stored first: its address stays the same when more copies come in
        add("new_story", group[0]["url"], behind or _titles([first]), _time(_newest(group)), title=first["title"],
            url=first["url"], outlet=first["outlet"], language=first["language"], articles=len(group))


def _values(add: Any, row: Row, before: Row, claims: Sequence[Row], *, young: bool) -> None:
    """Status, capacity and investment. `young`: what is new belongs to an announcement told already; then a value
    that was not known before completes it and is no change."""
    def changed(kind: str, old: Any, new: Any, behind: list[Row], value: str, **more: Any) -> None:
        if new is None or (old is None and young):
            return
        latest = sorted(behind, key=lambda c: (c["published_at"] or c["fetched_at"] or "", -c["article_id"]),
                        reverse=True)
        source = latest[0]["canonical_url"] if latest else ""
        published = (latest[0]["published_at"] or latest[0]["fetched_at"]) if latest else None
        add(kind, f"{value}|{source}", latest, published, old=old, new=new, **more)

    if row["status"] != before["status"]:
        behind = [] if row["status_inferred"] else _of(claims, "status", lambda c: c["value_text"] == row["status"])
        changed("status_changed", before["status"], row["status"], behind, str(row["status"]),
                inferred=bool(row["status_inferred"]))
    if _other(row["capacity_mw"], before["capacity_mw"]):
        changed("capacity_changed", before["capacity_mw"], row["capacity_mw"],
                _of(claims, "capacity", lambda c: _same(c["value_number"], row["capacity_mw"])),
                f"{row['capacity_mw']}", unit="MW")
    money, had = ((r["investment_amount"], r["investment_currency"]) for r in (row, before))
    if _other(money[0], had[0]) or (money[0] is not None and money[1] != had[1]):
        changed("investment_changed", had[0], money[0],
                _of(claims, "investment", lambda c: c["unit"] == money[1] and _same(c["value_number"], money[0])),
                f"{money[0]} {money[1]}", unit=money[1], old_unit=had[1])


def _contradictions(add: Any, conflicts: Sequence[Row], before: Row | None, claims: Sequence[Row],
                    main: Mapping[int, Row]) -> None:
    known = set((before or {}).get("conflicts") or ())
    by_thing: dict[tuple[str, str], list[Row]] = defaultdict(list)
    for conflict in conflicts:
        if _conflict_key(conflict) not in known:
            by_thing[conflict["kind"], conflict["stage"]].append(conflict)
    for (kind, stage), pairs in sorted(by_thing.items()):
        values = sorted({value for pair in pairs for value in (pair["value_a"], pair["value_b"])})
        ids = {number for pair in pairs for number in (pair["article_a"], pair["article_b"])}
        behind = [{**c, "kind": c["value_key"]} for c in _latest_first(claims, main)  # the words for each value
                  if c["article_id"] in ids and c["kind"] == kind]
        newest = _newest([main[number] for number in ids if number in main])
        add("contradiction", "|".join((kind, stage, *values)), behind, _time(newest) if newest else None,
            thing=kind, stage=stage, values=[{"a": p["value_a"], "b": p["value_b"]} for p in pairs])


def threshold_events(row: Row, before: Row | None, rules: Iterable[Any]) -> list[Event]:
    """One event a rule whose filters the project passes now and did not before. A rule: `crawler.alerts.rules.Rule`."""
    shown = {name: row[name] for name in SHOWN}
    published = row["last_reported_at"]
    return [Event("threshold", row["slug"], f"{rule.name}|{rule.condition}",
                  {**shown, "rule": rule.name, "published": published}, published, rule.name)
            for rule in rules if "threshold" in rule.when and rule.reached(row["slug"], row)
            and not rule.reached(row["slug"], before)]


def source_snapshot(row: Row) -> dict[str, Any]:
    """What is remembered of a source."""
    return {"broken": bool(row["enabled"]) and row["state"] in BROKEN, "state": row["state"]}


def source_events(row: Row, before: Row | None) -> list[Event]:
    """A source that stopped or began to work again. One that is switched off is neither."""
    now, was = source_snapshot(row)["broken"], bool((before or {}).get("broken"))
    if now == was or not row["enabled"]:
        return []
    body = {"name": row["name"], "country": row["country"], "languages": row["languages"], "state": row["state"],
            "reason": row["state_reason"] or row["last_error"], "since": row["state_since"], "home": row["home"]}
    return [Event("source_broken" if now else "source_recovered", row["id"], row["state_since"] or "", body)]


def _of(claims: Sequence[Row], kind: str, fits: Any) -> list[Row]:
    return [c for c in claims if c["kind"] == kind and fits(c)]


def _same(one: float | None, other: float | None) -> bool:
    return one is not None and other is not None and abs(one - other) <= _SAME * max(abs(one), abs(other))


def _other(one: float | None, other: float | None) -> bool:
    return (one is not None or other is not None) and not _same(one, other)


def _conflict_key(conflict: Row) -> str:
    return "|".join(str(conflict[name]) for name in ("kind", "stage", "value_a", "value_b"))


def _time(article: Row) -> str:
    return str(article["published_at"] or article["fetched_at"])


def _day(article: Row) -> str:
    """The day of publication; of a month its first."""
    text = _time(article)[:10]
    return text if len(text) == 10 else f"{text[:7]}-01"


def _near(day: str, days: Iterable[str], span: timedelta) -> bool:
    moment = date.fromisoformat(day)
    return any(abs(moment - date.fromisoformat(other)) <= span for other in days)


def _newest(articles: Sequence[Row]) -> Any:
    return max(articles, key=_time, default=None)


def _latest_first(claims: Sequence[Row], main: Mapping[int, Row]) -> list[Row]:
    return sorted(claims, key=lambda c: (_time(main[c["article_id"]]), -c["article_id"]), reverse=True)


def _source_of(claims: Sequence[Row], main: Mapping[int, Row]) -> str:
    return str(main[claims[0]["article_id"]]["url"]) if claims else ""


def _titles(articles: Sequence[Row]) -> list[Row]:
    """Articles as if their titles were quotes, for news without a value."""
    return [{"article_id": a["id"], "kind": "title", "quote": a["title"]} for a in articles[:1] if a["title"]]


def _quotes(claims: Sequence[Row], main: Mapping[int, Row]) -> list[dict[str, Any]]:
    """The first words for each kind of value, an outlet at most once where there are several."""
    found: dict[Any, dict[str, Any]] = {}
    for claim in claims:
        article = main[claim["article_id"]]
        quote = " ".join(claim["quote"].split())
        if len(quote) > _QUOTE_LENGTH:
            quote = quote[:_QUOTE_LENGTH - 1].rstrip() + "…"
        found.setdefault(quote, {"quote": quote, "url": article["url"], "outlet": article["outlet"],
                                 "title": article["title"], "language": article["language"], "kind": claim["kind"],
                                 "published": article["published_at"]})
    kinds: list[str] = []
    for one in found.values():
        if one["kind"] not in kinds:
            kinds.append(one["kind"])
    chosen = [next(q for q in found.values() if q["kind"] == kind) for kind in kinds]
    rest = [q for q in found.values() if q not in chosen and q["outlet"] not in {c["outlet"] for c in chosen}]
    return [*chosen, *rest][:_QUOTES]
