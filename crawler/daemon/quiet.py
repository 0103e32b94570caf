"""Hours without rounds, in the zone of the configuration, also where that zone changes its clocks. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, time, timedelta, timezone, tzinfo
from zoneinfo import ZoneInfo

from crawler.configuration.durations import parse_hours

_MINUTE = timedelta(minutes=1)
# A span of hours is shorter than a day; where a zone changes its clocks within it, up to three hours longer.
_LONGEST = timedelta(hours=27)


@dataclass(frozen=True, slots=True)
class Quiet:
    """A span of wall-clock hours, over midnight too; none by default."""

    hours: tuple[time, time] | None = None
    zone: tzinfo = timezone.utc

    def __contains__(self, moment: datetime) -> bool:
        if self.hours is None:
            return False
        begin, end = self.hours
        clock = moment.astimezone(self.zone).time()
        return begin <= clock < end if begin < end else clock >= begin or clock < end

    def until(self, moment: datetime) -> datetime:
        """The first moment from `moment` on that is not quiet."""
        if moment not in self:
            return moment
        end = moment + _LONGEST
        # Minute by minute: the clock on the wall may jump over the end of the span, or show it twice.
        moment = moment.replace(second=0, microsecond=0)
        while moment < end and moment in self:
            moment += _MINUTE
        return moment


def quiet_hours(hours: str, zone: str) -> Quiet:
    """From the configuration's `daemon.quiet` and `daemon.timezone`."""
    return Quiet(parse_hours(hours), ZoneInfo(zone))


NEVER = Quiet()
