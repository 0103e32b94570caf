"""Spans of time as people write them in the configuration: `45s`, `30m`, `6h`, `30d`, `2w`; hours: `01:00-05:00`."""

from __future__ import annotations

import re
from datetime import time, timedelta

_UNITS = {"s": "seconds", "m": "minutes", "h": "hours", "d": "days", "w": "weeks"}
_FORM = re.compile(r"(\d{1,6})\s*([smhdw])")


def parse_duration(text: str) -> timedelta:
    """`30m` as a timedelta; ValueError says which forms are understood."""
    found = _FORM.fullmatch(text.strip().lower())
    if not found or int(found.group(1)) == 0:
        raise ValueError(f"{text!r} is no span of time; write a number and s, m, h, d or w, such as 30m or 30d")
    return timedelta(**{_UNITS[found.group(2)]: int(found.group(1))})


_HOURS = re.compile(r"([01]?\d|2[0-3]):([0-5]\d)\s*-\s*([01]?\d|2[0-3]):([0-5]\d)")


def parse_hours(text: str) -> tuple[time, time] | None:
    """`01:00-05:00` as begin and end, `22:00-05:00` over midnight; None for nothing. ValueError says the form."""
    if not text.strip():
        return None
    found = _HOURS.fullmatch(text.strip())
    if found:
        first, second, third, fourth = map(int, found.groups())
        begin, end = time(first, second), time(third, fourth)
        if begin != end:
            return begin, end
    raise ValueError(f"{text!r} is no span of hours; write begin and end such as 01:00-05:00")
