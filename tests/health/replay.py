"""The replay: 30 sources, 60 days, ten failures; how many are told, how soon, and how often for nothing.

    python -m tests.health.replay 10        # ten seeds, figures on stdout
"""

from __future__ import annotations

import sys
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from random import Random

from crawler.health import State, Visit, judge
from crawler.health.rhythm import daily, learn
from crawler.health.visit import DAY
from crawler.health.volume import volume_interval
from tests.health.world import FAILURES, START, Outlet, outlets, visits

WELL = {State.UNVISITED, State.OK, State.MOVED}


@dataclass
class Told:
    """What became of one failure. Days; `interval` is what the source's history let expect when it came."""

    outlet: Outlet
    interval: float
    after: float | None = None
    state: State | None = None
    reason: str | None = None

    @property
    def in_time(self) -> bool:
        return self.after is not None and self.after <= 2 * self.interval


@dataclass
class Replay:
    told: list[Told] = field(default_factory=list)
    false_alarms: list[str] = field(default_factory=list)
    judged: int = 0


def replay(seed: int, look: float = 0.0) -> Replay:
    """One world. `look`: seconds between two judgements, 0 for one after every visit."""
    random, result = Random(seed), Replay()
    for outlet in outlets(random):
        seen: list[Visit] = []
        told: Told | None = None
        well, looked = True, START
        for visit in visits(outlet, Random(random.random())):
            if outlet.failure and told is None and visit.at >= outlet.fails_at:
                days = daily(seen)
                rhythm = learn(seen, days, int(visit.at // DAY))
                interval = (rhythm.interval or DAY) / DAY
                # Half of a volume can only be told from whole by weeks.
                told = Told(outlet, volume_interval(rhythm) or 7.0 if outlet.failure == "half volume" else interval)
                result.told.append(told)
            seen.append(visit)
            if visit.at - looked < look:
                continue
            looked, result.judged = visit.at, result.judged + 1
            health = judge(seen, visit.at)
            if all(one.failure for one in seen):
                continue  # never answered yet: no source has been lost
            if health.state not in WELL and well:
                if told is None:
                    result.false_alarms.append(
                        f"seed {seed}, day {(visit.at - seen[0].at) / DAY:.1f}, {outlet.weekly:.0f} a week, "
                        f"{outlet.profile}: {health.state}, {health.reason}")
                elif told.after is None:
                    told.after, told.state, told.reason = (visit.at - outlet.fails_at) / DAY, health.state, health.reason
            well = health.state in WELL
    return result


def main(say: Callable[[str], object]) -> None:
    seeds = range(1, 1 + int(sys.argv[1]) if len(sys.argv) > 1 else 11)
    began = time.perf_counter()
    worlds = [replay(seed, 3 * 3600.0) for seed in seeds]
    seconds = time.perf_counter() - began
    for failure in FAILURES:
        told = [one for world in worlds for one in world.told if one.outlet.failure == failure]
        delays = sorted(one.after for one in told if one.after is not None)
        say(f"{failure:20} {sum(one.in_time for one in told)} of {len(told)} within two intervals; "
              f"days: median {delays[len(delays) // 2]:.1f}, longest {delays[-1]:.1f}")
        for one in told:
            if not one.in_time:
                say(f"    late: {one.outlet.weekly:.0f} a week, {one.outlet.profile}, interval {one.interval:.1f}, "
                      f"after {one.after}, {one.state}: {one.reason}")
    for world in worlds:
        for alarm in world.false_alarms:
            say(f"    false alarm: {alarm}")
    alarms = [len(world.false_alarms) for world in worlds]
    say(f"false alarms: {sum(alarms)} in {len(worlds)} worlds of 30 x 60 source-days, at most {max(alarms)} in one")
    judged = sum(world.judged for world in worlds)
    say(f"{1000 * seconds / judged:.2f} ms a judgement")


if __name__ == "__main__":
    main(lambda line: sys.stdout.write(line + "\n"))
