"""What messages and feeds have in common: an event in one sentence, a project's facts, quotes with their links."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import Any

from crawler.exports.html import Html, foreign, link, tag
from crawler.exports.safe import one_line
from crawler.exports.words import Words, direction

SMALL = "color:#666660;font-size:13px"
_QUOTE = "margin:8px 0;padding:0 14px;border-inline-start:3px solid #2a6f97;color:#333"


def headline(words: Words, event: Mapping[str, Any]) -> str:
    """What one event says, in one sentence without the project's name."""
    kind, body = event["kind"], event["body"]
    if kind == "status_changed":
        return words.say("status_inferred" if body.get("inferred") else kind, old=words.status(body.get("old")),
                         new=words.status(body.get("new")))
    if kind == "capacity_changed":
        return words.say(kind, old=words.megawatts(body.get("old")), new=words.megawatts(body.get("new")))
    if kind == "investment_changed":
        return words.say(kind, old=words.money(body.get("old"), body.get("old_unit")),
                         new=words.money(body.get("new"), body.get("unit")))
    if kind == "contradiction":
        pairs = "; ".join(words.say("versus", a=words.value(p["a"]), b=words.value(p["b"]))
                          for p in body.get("values", ())[:3])
        return words.say(kind, thing=words.texts.get(body.get("thing", ""), ""), values=pairs)
    if kind == "threshold":
        return words.say(kind, rule=body.get("rule", ""))
    if kind == "source_broken":
        return words.say(kind, state=words.texts.get(body.get("state", ""), one_line(body.get("state") or "")))
    return words.say(kind)


def facts_of(words: Words, body: Mapping[str, Any]) -> tuple[str, ...]:
    """Place, capacity, investment and status as they stand."""
    parts = [body.get("city"), words.country(body.get("country"))]
    if body.get("capacity_mw") is not None:
        parts.append(words.megawatts(body["capacity_mw"]))
    if body.get("investment_amount") is not None:
        parts.append(words.money(body["investment_amount"], body.get("investment_currency")))
    if body.get("status"):
        parts.append(words.status(body["status"]))
    return tuple(one_line(part) for part in parts if part)


def quotes_html(quotes: Sequence[Mapping[str, Any]], words: Words) -> list[Html]:
    """Quotes with the links to their articles; those of one article stand together."""
    by_article: dict[Any, list[Mapping[str, Any]]] = defaultdict(list)
    for quote in quotes:
        by_article[quote.get("url")].append(quote)
    shown = []
    for url, group in by_article.items():
        first = group[0]
        # each in the direction of its own language, the marks with it; the line below in the reader's
        said = [tag("div", f"«\u00a0{one_line(q['quote'])}\u00a0»", lang=q.get("language"),
                    dir=direction(q.get("language"))) for q in group]
        date = words.date(first.get("published"))
        source = link(url, first.get("outlet") or first.get("title") or url, first.get("language"))
        shown.append(tag("blockquote", *said, tag("div", source, f" · {date}" if date else None, style=SMALL),
                         style=_QUOTE))
    return shown


def apart(facts: Sequence[str]) -> list[str | Html]:
    """Facts with dots between, each keeping its own direction."""
    parts: list[str | Html] = []
    for fact in facts:
        parts += [" · ", foreign(fact)]
    return parts[1:]
