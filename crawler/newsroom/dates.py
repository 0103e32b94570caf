"""Dates as outlets print them, and the date markers inside the stories.

A marker stands in a story's title, text or labels and is counted from the newsroom's own `today`, so that the stories
stay recent for ever: `<year+1>` (2027), `<day-12>` (12 days ago: "10 novembre 2026"), `<dm-12>` (the same without its
year), `<wd-12>` (its weekday), `<month-2>` (two months ago: "septembre 2026"). `:indic` prints Arabic-Indic digits,
`:mashriq` the month names of Egypt and the Gulf, `:us` the American order. In labels a marker is ISO: `2027`,
`2026-11-10`, `2026-09`.
"""

from __future__ import annotations

import re
from datetime import date, datetime, timedelta
from email.utils import format_datetime

_MONTHS = {
    "fr": "janvier février mars avril mai juin juillet août septembre octobre novembre décembre",
    "en": "January February March April May June July August September October November December",
    "es": "enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre",
    "ar": "يناير فبراير مارس أبريل ماي يونيو يوليوز غشت شتنبر أكتوبر نونبر دجنبر",  # as Morocco writes them
    "mashriq": "يناير فبراير مارس أبريل مايو يونيو يوليو أغسطس سبتمبر أكتوبر نوفمبر ديسمبر",
}
_DAYS = {
    "fr": "lundi mardi mercredi jeudi vendredi samedi dimanche",
    "en": "Monday Tuesday Wednesday Thursday Friday Saturday Sunday",
    "es": "lunes martes miércoles jueves viernes sábado domingo",
    "ar": "الاثنين الثلاثاء الأربعاء الخميس الجمعة السبت الأحد",
}
_INDIC = str.maketrans("0123456789", "٠١٢٣٤٥٦٧٨٩")
_MARKER = re.compile(r"<(year|month|day|dm|wd)([+-]\d+)?((?::\w+)*)>")


def month_name(month: int, calendar: str) -> str:
    """The month's name in `fr`, `en`, `es`, `ar` (Morocco) or `mashriq`."""
    return _MONTHS[calendar].split()[month - 1]


def long_date(day: date, calendar: str, *, year: bool = True, american: bool = False) -> str:
    """`3 novembre 2026`, `3 de noviembre de 2026`, `3 نونبر 2026`, `3 November 2026` or `November 3, 2026`."""
    name = month_name(day.month, calendar)
    if american:
        return f"{name} {day.day}" + (f", {day.year}" if year else "")
    link = " de " if calendar == "es" else " "
    number = "1er" if calendar == "fr" and day.day == 1 else str(day.day)
    return f"{number}{link}{name}" + (f"{link}{day.year}" if year else "")


def _months_from(today: date, months: int) -> date:
    count = today.year * 12 + today.month - 1 + months
    return date(count // 12, count % 12 + 1, 1)


def fill(text: str, today: date, language: str, *, iso: bool = False) -> str:
    """Replace every marker of `text`; `iso` for labels, else the habits of `language`."""

    def one(match: re.Match[str]) -> str:
        unit, offset, flags = match[1], int(match[2] or 0), match[3].split(":")
        if unit == "year":
            printed = str(today.year + offset)
        elif unit == "month":
            month = _months_from(today, offset)
            calendar = "mashriq" if "mashriq" in flags else language
            link = " de " if calendar == "es" else " "
            printed = f"{month:%Y-%m}" if iso else f"{month_name(month.month, calendar)}{link}{month.year}"
        else:
            day = today + timedelta(days=offset)
            calendar = "mashriq" if "mashriq" in flags else language
            if unit == "wd":
                return _DAYS[language].split()[day.weekday()]
            printed = day.isoformat() if iso else long_date(day, calendar, year=unit == "day", american="us" in flags)
        return printed.translate(_INDIC) if "indic" in flags and not iso else printed

    return _MARKER.sub(one, text)


def _clock(when: datetime, joint: str) -> str:
    return f"{when:%H}{joint}{when:%M}"


def printed_date(when: datetime, habit: str) -> str:
    """The date line of a page, in one of the habits that `outlets.yml` names."""
    day = when.date()
    if habit == "fr-long":
        return f"Publié le {_DAYS['fr'].split()[day.weekday()]} {long_date(day, 'fr')} à {_clock(when, 'h')}"
    if habit == "fr-short":
        return f"Publié le {day:%d/%m/%Y} à {_clock(when, ':')}"
    if habit == "ar-maroc":
        return f"{_DAYS['ar'].split()[day.weekday()]} {long_date(day, 'ar')} - {_clock(when, ':')}"
    if habit == "ar-indic":
        return f"نُشر في {long_date(day, 'mashriq')} {_clock(when, ':')}".translate(_INDIC)
    if habit == "es-long":
        return f"{long_date(day, 'es')} {_clock(when, ':')}"
    if habit == "en-us":
        return f"{long_date(day, 'en', american=True)} {when:%I:%M} {'AM' if when.hour < 12 else 'PM'}"
    if habit == "en-gb":
        return f"{long_date(day, 'en')}"
    if habit == "aggregator":
        return f"{day:%d - %m - %Y}"
    raise ValueError(f"no such date habit: {habit}")


def rfc822(when: datetime) -> str:
    """`Tue, 03 Nov 2026 10:15:00 +0100`, as RSS and Last-Modified-like fields write it."""
    return format_datetime(when)
