"""The words of a message: three languages, and pages that want to be more than text."""

from __future__ import annotations

import re
from email import message_from_bytes
from string import Formatter
from typing import Any

import pytest
import yaml
from lxml import html as parser

from crawler.alerts.channels import make_mail
from crawler.alerts.event import KINDS
from crawler.alerts.message import Message, compose, trial
from crawler.exports.phrasing import headline
from crawler.exports.words import READERS, words_for
from tests.exports.hostile import PAYLOADS, dangers

BODY = {"name": "Dakhla Campus", "country": "MA", "city": "Dakhla", "capacity_mw": 500.0, "investment_amount": 1.05e9,
        "investment_currency": "USD", "status": "agreement", "old": None, "new": None, "thing": "capacity",
        "values": [{"a": "386 MW", "b": "500 MW"}], "rule": "large", "state": "dead", "reason": "404", "since": "2026-11-01",
        "quotes": [{"quote": "قدرة المشروع 500 ميغاواط", "url": "https://a.example/1", "outlet": "A", "title": "T",
                    "language": "ar", "published": "2026-11-22"}]}


def event(kind: str, number: int = 0, **more: Any) -> dict[str, Any]:
    return {"id": f"id{number}", "kind": kind, "subject": f"s{number}", "happened_at": "2026-11-22T09:00:00Z",
            "body": {**BODY, **more}}


def test_all_languages_say_the_same_things() -> None:
    from crawler.exports import words

    texts = yaml.safe_load(words._FILE.read_text(encoding="utf-8"))
    assert tuple(texts) == READERS

    def fields(language: str) -> dict[str, set[str]]:
        return {key: {name for _, name, _, _ in Formatter().parse(value) if name} for key, value in texts[language].items()}

    assert fields("fr") == fields("en")
    assert fields("ar") == fields("en")
    assert set(KINDS) <= set(texts["en"])


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("language", READERS)
def test_every_kind_has_its_words_in_every_language(kind: str, language: str) -> None:
    new = {"status_changed": "agreement"}.get(kind, 500.0)
    words = words_for(language)
    assert headline(words, event(kind, new=new, unit="USD"))
    message = compose("m1", "large", language, [event(kind, new=new, unit="USD")])
    page = parser.fromstring(message.html)
    assert page.get("lang") == language
    assert page.get("dir") == ("rtl" if language == "ar" else "ltr")
    assert "marsad:m1" in message.text
    assert "{" not in re.sub(r"style=\"[^\"]*\"", "", message.html)


def test_a_quote_keeps_its_own_language_and_direction() -> None:
    page = parser.fromstring(compose("m1", "large", "fr", [event("doubt")]).html)
    (quote,) = page.xpath("//blockquote/div[@lang]")
    assert (quote.get("lang"), quote.get("dir")) == ("ar", "rtl")
    (link,) = page.xpath("//blockquote//a")
    assert link.get("href") == "https://a.example/1"


def test_a_long_message_counts_what_it_leaves_out() -> None:
    message = compose("m1", "large", "en", [event("new_project", n) for n in range(60)])
    assert message.subject == "60 news items about data-center projects"
    assert "and 20 more" in message.text
    assert len(message.events) == 60


@pytest.mark.parametrize("language", READERS)
def test_hostile_words_stay_words(language: str) -> None:
    for number, payload in enumerate(PAYLOADS):
        quote = {"quote": payload, "url": payload, "outlet": payload, "title": payload, "language": payload}
        said = event("new_project", number, name=payload, city=payload, status=payload, country=payload, quotes=[quote])
        message = compose("m1", "one", language, [said, event("source_broken", 1000, name=payload, reason=payload, state=payload)])
        assert dangers(message.html) == [], payload
        assert "\n" not in message.subject
        mail = make_mail(message, ("marsad", "a@example.org"), ("", "b@example.org"))
        again = message_from_bytes(mail.as_bytes())
        assert (again["Bcc"], len(again.get_all("Subject", []))) == (None, 1)


def test_a_trial_says_that_it_is_one() -> None:
    message = trial("t1", "large", "fr")
    assert isinstance(message, Message)
    assert "essai" in message.text
