"""The reader's language: words, numbers, money, dates, names of countries."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Any

import yaml
from babel import Locale
from babel.dates import format_date
from babel.numbers import format_compact_currency, format_decimal

from crawler.exports.safe import one_line

READERS = ("en", "fr", "ar")
_RIGHT_TO_LEFT = frozenset({"ar", "fa", "he", "ur", "ps", "ckb", "ug", "sd", "yi", "dv"})
_FILE = Path(__file__).with_name("words.yml")


def direction(language: str | None) -> str:
    """In which direction a language is written: `rtl` or `ltr`."""
    return "rtl" if language in _RIGHT_TO_LEFT else "ltr"


@dataclass(frozen=True)
class Words:
    """All that is said in one language (`en`, `fr`, `ar`)."""

    language: str
    texts: dict[str, str]

    @property
    def direction(self) -> str:
        return direction(self.language)

    def say(self, key: str, **values: Any) -> str:
        return self.texts[key].format(**{name: one_line(value) for name, value in values.items()})

    def status(self, status: str | None) -> str:
        return self.texts["unknown"] if status is None else self.texts.get(status, one_line(status))

    def megawatts(self, value: float | None) -> str:
        if value is None:
            return self.texts["unknown"]
        return self.say("megawatts", number=format_decimal(round(value, 2), locale=self.language))

    def money(self, amount: float | None, currency: str | None) -> str:
        if amount is None:
            return self.texts["unknown"]
        return str(format_compact_currency(amount, currency or "", locale=self.language, fraction_digits=2))

    def country(self, code: str | None) -> str:
        return "" if code is None else str(Locale(self.language).territories.get(code, one_line(code)))

    def date(self, text: str | None) -> str:
        """A day in words; a month or a year as it is."""
        found = re.match(r"\d{4}-\d{2}-\d{2}", text or "")
        if found is None:
            return one_line(text or "")
        try:
            return str(format_date(date.fromisoformat(found.group()), "long", locale=self.language))
        except ValueError:
            return found.group()

    def value(self, printed: str) -> str:
        """`386 MW` or `500000000 USD` of a view, as this reader writes it."""
        found = re.fullmatch(r"(-?\d+(?:\.\d+)?) ([A-Za-z0-9]+)", printed)
        if found is None:
            return one_line(printed)
        number, unit = float(found[1]), found[2]
        if unit == "MW":
            return self.megawatts(number)
        return self.money(number, unit) if re.fullmatch("[A-Z]{3}", unit) else one_line(printed)


@lru_cache(maxsize=1)
def _all() -> dict[str, dict[str, str]]:
    loaded: dict[str, dict[str, str]] = yaml.safe_load(_FILE.read_text(encoding="utf-8"))
    return loaded


def words_for(language: str) -> Words:
    """The words of a reader's language; English where it is none of ours."""
    known = language if language in READERS else "en"
    return Words(known, _all()[known])
