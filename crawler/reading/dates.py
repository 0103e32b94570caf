"""Dates as pages print them, with the precision they have: `2024-05`, `2024-05-07` or `2024-05-07T08:30:00Z`.

Own patterns: dateparser's first call costs 3.7 s a process, and reads April out of "T4 2025".
"""

from __future__ import annotations

import re
from datetime import datetime, timedelta, timezone
from functools import lru_cache

from crawler.reading.vocabulary import vocabulary
from crawler.text.folding import fold

FUTURE = timedelta(hours=48)
_FIRST_YEAR = 1990
_ISO = re.compile(
    r"\s*(?P<y>\d{4})-?(?P<m>\d{2})-?(?P<d>\d{2})"
    r"(?:(?:T|\s+)(?P<H>\d{1,2}):?(?P<M>\d{2})(?::?(?P<S>\d{2}))?(?:[.,]\d+)?\s*(?P<z>Z|UTC|GMT|[+-]\d{1,2}:?\d{2}|[+-]\d{2})?)?",
    re.IGNORECASE,
)
_MONTH_ONLY = re.compile(r"(\d{4})-(\d{2})(?!\d|-\d)")
_EPOCH = re.compile(r"1\d{9}(?:\d{3})?")
_CLOCK = re.compile(r"(?<!\d)(\d{1,2})\s?[:hH]\s?(\d{2})(?::(\d{2}))?(?!\d)\s*(am|pm|a\.m\.|p\.m\.)?")
_ZONE = re.compile(r"(?:gmt|utc)\s*([+-]\s?\d{1,2})?(?::?(\d{2}))?|([+-]\d{2}):?(\d{2})(?!\d)|\bz\b")
_NUMERIC = re.compile(r"(?<![\d.,/-])(\d{1,2})\s?([./-])\s?(\d{1,2})\s?\2\s?(\d{4})(?!\d|[./-]\d)")
_YEAR_FIRST = re.compile(r"(?<![\d.,/-])((?:19|20)\d{2})\s?([./-])\s?(\d{1,2})\s?\2\s?(\d{1,2})(?![\d/-])")
_CJK = re.compile(r"((?:19|20)\d{2})\s*[年년]\s*(\d{1,2})\s*[月월]\s*(\d{1,2})\s*[日일]")
# 2024-05-07, 2024/05/07, 20240507 and 2024/may/07 in the path of an address
_URL_DAY = re.compile(r"(?<!\d)((?:19|20)\d{2})([/_-]?)(0[1-9]|1[0-2])\2(0[1-9]|[12]\d|3[01])(?!\d)")
_URL_NAMED = re.compile(r"/((?:19|20)\d{2})/([a-z]{3,9})/(\d{1,2})(?:/|$)")
_URL_BACK = re.compile(r"(?<!\d)(0[1-9]|[12]\d|3[01])-(0[1-9]|1[0-2])-((?:19|20)\d{2})(?!\d)")
_URL_MONTH = re.compile(r"/((?:19|20)\d{2})/(0[1-9]|1[0-2])(?:/|$)")


@lru_cache(maxsize=2)
def _named(months: str) -> tuple[re.Pattern[str], re.Pattern[str], re.Pattern[str]]:
    day = r"(?<!\d)(?P<d>\d{1,2})(?:\s?(?:er|st|nd|rd|th|º|°|ª|\.))?"
    name = rf"(?<!\w)(?P<m>{months})(?!\w)\.?"
    year = r"(?P<y>(?:19|20)\d{2})(?!\d)"
    glue = r"[\s,./\-]{0,4}"
    link = r"(?:(?:de|del|of|من|شهر)\s+)?"
    # Levantine pages print both names of a month: "7 أيار/مايو 2024"
    twin = rf"(?:\s?[/(]\s?(?:{months})\s?\)?)?"
    return (
        re.compile(rf"{day}{glue}{link}{name}{twin}{glue}{link}(?:سنه\s+|عام\s+)?{year}"),
        re.compile(rf"{name}{glue}{day}{glue}{year}"),
        re.compile(rf"{name}{twin}{glue}{link}{year}"),
    )


def patterns() -> tuple[re.Pattern[str], re.Pattern[str], re.Pattern[str]]:
    """Day-month-year, month-day-year and month-year with named months, for folded text."""
    return _named(vocabulary().month_pattern)


def parse_date(text: str | None, *, day_first: bool = True) -> str | None:
    """A string that is or holds a date as ISO 8601; None where there is none.

    A full time with its zone becomes UTC; one without a zone keeps the day alone, for nobody knows which hour it was.
    """
    if not text:
        return None
    text = text.strip()[:300]
    return from_machine(text) or find_date(text, day_first=day_first)


def from_machine(text: str) -> str | None:
    """ISO 8601 in its variants, RFC 2822, epoch seconds; None for anything else."""
    match = _ISO.match(text)
    if match and _ok(int(match["y"]), int(match["m"]), int(match["d"])):
        day = f"{match['y']}-{match['m']}-{match['d']}"
        if not match["H"] or not match["z"]:
            return day
        return _utc(day, int(match["H"]), int(match["M"]), int(match["S"] or 0), _offset(match["z"]))
    month = _MONTH_ONLY.fullmatch(text)
    if month and 1 <= int(month[2]) <= 12:
        return text
    if _EPOCH.fullmatch(text):
        seconds = int(text) if len(text) == 10 else int(text) / 1000
        return datetime.fromtimestamp(seconds, timezone.utc).strftime("%Y-%m-%dT%H:%M:%SZ")
    return None


def find_date(text: str, *, day_first: bool = True, year_first: bool = True) -> str | None:
    """The first date printed in a text, with its time where a zone stands beside it."""
    folded = fold(text)
    best: tuple[int, int, str] | None = None
    day_month, month_day, month_year = patterns()
    months = vocabulary().months
    for pattern in (day_month, month_day):
        for match in pattern.finditer(folded):
            day = _iso(int(match["y"]), months.get(re.sub(r"\s+", " ", match["m"]), 0), int(match["d"]))
            if day and (best is None or match.start() < best[0]):
                best = (match.start(), match.end(), day)
            if day:
                break
    for pattern in (_NUMERIC, _YEAR_FIRST, _CJK):
        for match in pattern.finditer(folded):
            day = _numeric(match, pattern, day_first)
            if day and (best is None or match.start() < best[0]):
                best = (match.start(), match.end(), day)
            if day:
                break
    if best:
        return _with_clock(folded[best[1] : best[1] + 40], best[2])
    alone = month_year.search(folded)
    if alone:
        month = months.get(re.sub(r"\s+", " ", alone["m"]), 0)
        return f"{alone['y']}-{month:02d}" if _ok(int(alone["y"]), month, 1) else None
    return None


def _numeric(match: re.Match[str], pattern: re.Pattern[str], day_first: bool) -> str | None:
    if pattern is _CJK:
        return _iso(int(match[1]), int(match[2]), int(match[3]))
    if pattern is _YEAR_FIRST:
        return _iso(int(match[1]), int(match[3]), int(match[4]))
    first, second, year = int(match[1]), int(match[3]), int(match[4])
    if first > 12 or (day_first and second <= 12):
        return _iso(year, second, first)
    return _iso(year, first, second)


def _with_clock(after: str, day: str) -> str:
    clock = _CLOCK.search(after)
    if not clock:
        return day
    zone = _ZONE.search(after, clock.end())
    if not zone or zone.start() > clock.end() + 3:
        return day
    hour = int(clock[1]) % 12 + (12 if clock[4].startswith("p") else 0) if clock[4] else int(clock[1])
    sign = (zone[1] or zone[3] or "+0").replace(" ", "")
    minutes = int(sign) * 60 + (int(zone[2] or zone[4] or 0) * (-1 if sign.startswith("-") else 1))
    return _utc(day, hour, int(clock[2]), int(clock[3] or 0), timedelta(minutes=minutes))


def from_url(url: str) -> str | None:
    """The date in an address: a day, or the month of a WordPress-like path."""
    path = url.split("://", 1)[-1].partition("/")[2]
    path = "/" + path.split("?", 1)[0].lower()
    for match in _URL_DAY.finditer(path):
        if match[2] or len(match[0]) == 8:
            day = _iso(int(match[1]), int(match[3]), int(match[4]))
            if day:
                return day
    named = _URL_NAMED.search(path)
    if named and (month := vocabulary().months.get(named[2])):
        return _iso(int(named[1]), month, int(named[3]))
    back = _URL_BACK.search(path)
    if back:
        return _iso(int(back[3]), int(back[2]), int(back[1]))
    only = _URL_MONTH.search(path)
    return f"{only[1]}-{only[2]}" if only and int(only[1]) >= _FIRST_YEAR else None


def sane(value: str | None, now: datetime) -> str | None:
    """The date unless it lies more than 48 hours ahead or before the web."""
    if not value or int(value[:4]) < _FIRST_YEAR:
        return None
    latest = (now + FUTURE).strftime("%Y-%m-%dT%H:%M:%SZ")
    return value if value <= latest[: len(value)] else None


def day_of(value: str) -> str:
    """The day of a date, or the month where no more is known."""
    return value[:10]


def _ok(year: int, month: int, day: int) -> bool:
    try:
        datetime(year, month, day)  # noqa: DTZ001 -- only the calendar is asked
    except ValueError:
        return False
    return _FIRST_YEAR <= year < 2100


def _iso(year: int, month: int, day: int) -> str | None:
    return f"{year}-{month:02d}-{day:02d}" if _ok(year, month, day) else None


def _offset(zone: str) -> timedelta:
    digits = re.sub(r"\D", "", zone)
    if not digits:
        return timedelta(0)
    hours, minutes = (int(digits[:-2]), int(digits[-2:])) if len(digits) > 2 else (int(digits), 0)
    return timedelta(hours=hours, minutes=minutes) * (-1 if zone.startswith("-") else 1)


def _utc(day: str, hour: int, minute: int, second: int, offset: timedelta) -> str:
    """A local time as UTC, unless that is another day: then the page's own day is kept, which is what people mean."""
    if hour > 23 or minute > 59 or second > 59 or abs(offset) > timedelta(hours=15):
        return day
    local = datetime.fromisoformat(f"{day}T{hour:02d}:{minute:02d}:{second:02d}+00:00")
    value = (local - offset).strftime("%Y-%m-%dT%H:%M:%SZ")
    return value if value.startswith(day) else day
