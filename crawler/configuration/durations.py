"""Spans of time as people write them in the configuration: `45s`, `30m`, `6h`, `30d`, `2w`."""

from __future__ import annotations

import re
from datetime import timedelta

_UNITS = {"s": "seconds", "m": "minutes", "h": "hours", "d": "days", "w": "weeks"}
_FORM = re.compile(r"(\d{1,6})\s*([smhdw])")


def parse_duration(text: str) -> timedelta:
    """`30m` as a timedelta; ValueError says which forms are understood."""
    found = _FORM.fullmatch(text.strip().lower())
    if not found or int(found.group(1)) == 0:
        raise ValueError(f"{text!r} is no span of time; write a number and s, m, h, d or w, such as 30m or 30d")
    return timedelta(**{_UNITS[found.group(2)]: int(found.group(1))})
