"""Half of a volume told from whole, by days: a sequential likelihood ratio (docs/decisions/008). Pure."""

from __future__ import annotations

import math
from dataclasses import dataclass
from statistics import fmean

from crawler.health.rhythm import Rhythm, learn_volume, weekday_of
from crawler.health.visit import DAY

_WINDOWS = (7, 8, 9, 10, 11, 12, 13, 14, 16, 18, 21, 24, 28)  # days in which it may have begun
_EVIDENCE = 6.0         # natural logarithm of the odds that are asked for
_HALF, _HOLIDAY = 0.5, 0.15  # of the weekday's mean: what is looked for, and what a day off brings
_DAYS_OFF = 0.1         # how often a low day is taken for one: it then speaks for neither
_MOST_FOR, _MOST_AGAINST = 2.5, 1.0  # what one day may say
_STATED = 0.65          # of what was expected, no day counted above its mean: half, and something for chance
_AT_MOST = 0.75         # of the same, with what great events brought
_MOSTLY = 0.75          # of the days of a window that must be low
_LOW = 0.85             # of its weekday's mean
_TELLING = 4            # days on which it publishes, weighed by how much, in a window
_WEEKS = 5              # days of publishing that a stated interval holds (docs/health.md)
_BASELINE = 28          # days of history before a window, and more where the window is longer
_LEAST_WEEKLY = 7.0     # below that half cannot be told from whole within a month
_LEAST_MEAN = 0.5       # of a weekday that says anything
_LEAST_SPREAD = 0.03    # nobody publishes like a clock
_NO_HOLIDAY = 0.8       # of the low days, the lowest left out: a holiday is no measure of an ordinary day's spread
_TRIMMED = 1.7          # what leaving them out takes from a normal distribution's variance


@dataclass(frozen=True, slots=True)
class Drop:
    """Less than expected in the last `days` days."""

    days: int
    expected: float
    received: float


def drop(days: dict[int, float], now: float) -> Drop | None:
    """Whether the last days brought about half of what the weeks before them let expect.

    For each day on which it may have begun, what every day since says for half against whole is added up. No day may
    say much, so that neither a great event hides poor weeks nor two bad days make an alarm; a day that looks like a
    holiday says nothing.
    """
    today, first = int(now // DAY), min(days, default=0)
    found = None
    before = [days[day] for day in range(today - 42, today - 14) if day in days]
    usual = sum(before) / max(len(before), 1)
    for window in _WINDOWS:
        start = today - window
        known = [day for day in range(start, today) if day in days]
        base = start - first
        if len(known) < window or base < max(_BASELINE, 1.5 * window):
            continue
        if sum(days[day] for day in known) > 1.1 * usual * window:  # far from half; spares the learning
            continue
        rhythm = learn_volume(days, start)
        if rhythm.weekly is None or rhythm.weekly < _LEAST_WEEKLY:
            continue
        shown = [(days[day], rhythm.weekdays[weekday_of(day)]) for day in known]
        expected = sum(mean for _, mean in shown)
        received = sum(count for count, _ in shown)
        if received > _AT_MOST * expected or sum(min(count, mean) for count, mean in shown) > _STATED * expected:
            continue
        if expected**2 < _TELLING * sum(mean**2 for _, mean in shown):
            continue
        telling = [(count, mean) for count, mean in shown if mean >= _LEAST_MEAN]
        if sum(count < _LOW * mean for count, mean in telling) < _MOSTLY * len(telling):
            continue
        spread = _spread(days, rhythm, start)
        looks = max(1.0, base / 7 - 2)  # at each weekday; its mean leaves the lowest and the highest out
        if sum(_says(min(count, mean), mean, spread, looks) for count, mean in telling) >= _EVIDENCE:
            found = Drop(window, expected, received)
    return found


def volume_interval(rhythm: Rhythm) -> float | None:
    """Days, whole weeks, in which it publishes on enough days to tell half from whole; None where nothing is known."""
    if not rhythm.weekdays or not sum(rhythm.weekdays):
        return None
    telling = sum(rhythm.weekdays) ** 2 / sum(mean**2 for mean in rhythm.weekdays)
    return 7.0 * math.ceil(_WEEKS / telling)


def _says(count: float, mean: float, spread: float, looks: float) -> float:
    """What one day says for half against whole: the logarithm of a likelihood ratio of negative binomials, whose spread
    is the source's own and what is not known of the mean after so many `looks`."""
    size = 1 / (spread + (spread + 1 / mean) / looks)

    def likely(expected: float) -> float:
        return count * math.log(expected / (expected + size)) + size * math.log(size / (size + expected))

    half = likely(_HALF * mean)
    says = half - likely(mean)
    if count < _HALF * mean:
        says = max(0.0, min(says, half - likely(_HOLIDAY * mean) - math.log(_DAYS_OFF)))
    return max(-_MOST_AGAINST, min(_MOST_FOR, says))


def _spread(days: dict[int, float], rhythm: Rhythm, start: int) -> float:
    """How much its days differ beyond chance, as a share of the mean squared; from the days below their mean, the
    lowest (holidays) left out."""
    low = []
    for day in range(start - 8 * 7, start):
        mean = rhythm.weekdays[weekday_of(day)]
        if mean >= 1 and day in days and days[day] < mean:
            low.append((1 - days[day] / mean) ** 2 - 1 / mean)
    usual = sorted(low)[:max(1, math.ceil(_NO_HOLIDAY * len(low)))]
    return max(_LEAST_SPREAD, _TRIMMED * fmean(usual)) if usual else _HALF
