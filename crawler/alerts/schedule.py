"""When a message goes out: at once, or with the next digest."""

from __future__ import annotations

from datetime import datetime, time, timedelta, timezone
from zoneinfo import ZoneInfo

from crawler.alerts.rules import Rule

_DAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
# Minutes between two tries, the last one again and again: a mail server that is down for a night loses nothing.
_MINUTES = (5, 5, 15, 60, 180, 360, 720)


def due_at(rule: Rule, now: datetime) -> datetime:
    """When news found at `now` (UTC) is due. A digest's hour is local: one digest a day, clock changes or not."""
    if rule.send == "immediately":
        return now
    zone = ZoneInfo(rule.timezone)
    hour, minute = map(int, rule.at.split(":"))
    day = now.astimezone(zone).date()
    for ahead in range(9):
        wanted = day + timedelta(days=ahead)
        if rule.send == "weekly" and wanted.weekday() != _DAYS.index(rule.day):
            continue
        moment = datetime.combine(wanted, time(hour, minute), zone).astimezone(timezone.utc)
        if moment > now:
            return moment
    raise AssertionError("nine days hold every weekday")


def retries(now: datetime, attempts: int) -> list[str]:
    """When a message that is tried at `now` is tried again, by the number of tries before; `attempts` in all."""
    return [iso(now + timedelta(minutes=_MINUTES[min(number, len(_MINUTES) - 1)])) for number in range(attempts - 1)]


def iso(moment: datetime) -> str:
    """A time as the database has it."""
    return moment.astimezone(timezone.utc).strftime("%Y-%m-%dT%H:%M:%SZ")
