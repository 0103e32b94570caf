"""Events in words: the subject, text and HTML of one message, in the reader's language."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from crawler.exports.html import Html, foreign, tag
from crawler.exports.phrasing import SMALL, apart, facts_of, headline, quotes_html
from crawler.exports.safe import one_line, web_link
from crawler.exports.words import Words, words_for

# A message with more would not be read; the rest is counted.
_MOST_SUBJECTS = 40
_BODY = ("margin:0;padding:16px;background:#f4f4f1;color:#1c1c1a;font:16px/1.5 system-ui,'Segoe UI','Noto Sans',"
         "'Noto Naskh Arabic',Tahoma,sans-serif")
_CARD = ("background:#fff;border:1px solid #dcdcd6;border-radius:8px;padding:14px 18px;margin:0 auto 14px;"
         "max-width:640px")
_LIST = "margin:8px 0;padding-inline-start:20px"


@dataclass(frozen=True, slots=True)
class Message:
    """One message: the same `id` whenever it is sent again, and the ids of its events."""

    id: str
    subject: str
    text: str
    html: str
    language: str
    events: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class _Block:
    """What is said of one subject: its name, a line of facts, what happened, and the words behind it."""

    name: str
    facts: tuple[str, ...]
    happened: tuple[str, ...]
    quotes: tuple[Mapping[str, Any], ...]


def compose(message_id: str, rule: str, language: str, events: Sequence[Mapping[str, Any]]) -> Message:
    """The message of some rows of `alert_events` (id, kind, subject, body)."""
    words = words_for(language)
    by_subject: dict[str, list[Mapping[str, Any]]] = defaultdict(list)
    for event in events:
        by_subject[event["subject"]].append(event)
    blocks = [_block(words, group) for group in by_subject.values()]
    left = len(blocks) - _MOST_SUBJECTS
    more = [words.say("more", count=left)] if left > 0 else []
    ending = [words.say("why", rule=rule), words.say("untrusted"), f"marsad:{message_id}"]
    return Message(message_id, _subject(words, blocks, events), _text(blocks[:_MOST_SUBJECTS], more, ending),
                   _html(words, blocks[:_MOST_SUBJECTS], more, ending), words.language,
                   tuple(str(event["id"]) for event in events))


def trial(message_id: str, rule: str, language: str) -> Message:
    """The message of `marsad alerts test`."""
    words = words_for(language)
    blocks = [_Block(words.say("subject_test", rule=rule), (), (words.say("test_text"),), ())]
    ending = [words.say("why", rule=rule), f"marsad:{message_id}"]
    return Message(message_id, blocks[0].name, _text(blocks, [], ending), _html(words, blocks, [], ending),
                   words.language)


def _block(words: Words, events: Sequence[Mapping[str, Any]]) -> _Block:
    body = events[0]["body"]
    if events[0]["kind"].startswith("source_"):
        happened = [headline(words, event) for event in events]
        happened += [words.say("reason", reason=body["reason"])] if body.get("reason") else []
        happened += [words.say("since", since=words.date(body["since"]))] if body.get("since") else []
        country = words.country(body.get("country"))
        return _Block(one_line(body.get("name") or events[0]["subject"]), (country,) if country else (),
                      tuple(happened), ())
    quotes: dict[tuple[Any, Any], Mapping[str, Any]] = {}
    for event in events:
        for quote in event["body"].get("quotes") or ():
            quotes.setdefault((quote.get("quote"), quote.get("url")), quote)
    latest = events[-1]["body"]
    return _Block(one_line(latest.get("name") or events[0]["subject"]), facts_of(words, latest),
                  tuple(dict.fromkeys(headline(words, event) for event in events)), tuple(quotes.values())[:4])


def _subject(words: Words, blocks: Sequence[_Block], events: Sequence[Mapping[str, Any]]) -> str:
    if len(blocks) == 1:
        what = "; ".join(blocks[0].happened[:2])
        return one_line(words.say("subject_one", name=blocks[0].name, what=what))[:180]
    sources = all(event["kind"].startswith("source_") for event in events)
    return words.say("subject_sources" if sources else "subject_many", count=len(blocks))


def _text(blocks: Sequence[_Block], more: Sequence[str], ending: Sequence[str]) -> str:
    parts = []
    for block in blocks:
        facts = [" · ".join(block.facts)] if block.facts else []
        lines = [block.name, *facts, *(f"- {line}" for line in block.happened)]
        for quote in block.quotes:
            source = " · ".join(filter(None, (one_line(quote.get("outlet") or ""), quote.get("published"))))
            lines += [f"  « {one_line(quote['quote'])} »", f"    {source}"]
            address = web_link(quote.get("url"))
            lines += [f"    {address}"] if address else []
        parts.append("\n".join(lines))
    return "\n\n".join([*parts, *more, "-- \n" + "\n".join(ending)]) + "\n"


def _html(words: Words, blocks: Sequence[_Block], more: Sequence[str], ending: Sequence[str]) -> str:
    cards = [tag("section", tag("h2", foreign(block.name), style="margin:0 0 4px;font-size:19px"),
                 tag("div", *apart(block.facts), style=SMALL) if block.facts else None,
                 tag("ul", *(tag("li", line) for line in block.happened), style=_LIST),
                 *quotes_html(block.quotes, words), style=_CARD) for block in blocks]
    rest = [tag("p", line, style=_CARD) for line in more]
    footer = tag("footer", *(tag("div", line) for line in ending), style=f"{SMALL};max-width:640px;margin:0 auto")
    page = tag("html", tag("head", Html('<meta charset="utf-8">'),
                           Html('<meta name="viewport" content="width=device-width, initial-scale=1">'),
                           tag("title", "marsad")),
               tag("body", *cards, *rest, footer, style=_BODY, dir=words.direction, lang=words.language),
               lang=words.language, dir=words.direction)
    return f"<!DOCTYPE html>\n{page}\n"
