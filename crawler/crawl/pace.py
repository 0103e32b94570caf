"""The pause that a host's answers teach: longer where it pushes back or is slow, slowly shorter again. Pure."""

from __future__ import annotations

from dataclasses import dataclass

_GROWS, _SHRINKS = 2.0, 0.9  # ten good answers take about two thirds of what two bad ones gave
_NOTHING = 1.05              # this close to the configured pause nothing is left to unlearn


@dataclass(slots=True)
class Pace:
    """Of one host. `base` is the configured pause, `most` the longest that can be learnt, `slow` seconds make an
    answer a slow one. `learnt` 0.0 where there is nothing but the base."""

    base: float
    most: float
    slow: float
    learnt: float = 0.0

    @property
    def delay(self) -> float:
        """Seconds between two requests."""
        return max(self.base, self.learnt)

    def remember(self, learnt: float | None) -> None:
        """What an earlier run has learnt."""
        self.learnt = min(max(self.learnt, learnt or 0.0), self.most)

    def answered(self, seconds: float, *, pushed_back: bool) -> None:
        """One answer: how long it took, and whether it was a 429, a 503 or none in time."""
        if pushed_back or seconds > self.slow:
            self.learnt = max(self.base, min(self.delay * _GROWS, self.most))
        elif self.learnt:
            self.learnt *= _SHRINKS
            if self.learnt <= self.base * _NOTHING:
                self.learnt = 0.0
