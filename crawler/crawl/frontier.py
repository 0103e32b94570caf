"""Who is asked next: one queue a host, one request at a time, a pause between two, and holds that hit no one else.

Scrapy's own slots let waiting requests fill the downloader and count a delay from start to start; here a request
that must wait is not handed out at all, so a slow or sulking host costs the others nothing, and a stop has only
what is truly under way to wait for.
"""

from __future__ import annotations

import time
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass, field

from crawler.crawl.job import Job

# A request that takes longer than this leaves its place to another host: sixteen tar pits would else hold up all.
PATIENCE = 3.0
MOST = 4  # times as many requests under way as places, and no more


@dataclass(slots=True)
class _Host:
    queue: deque[Job] = field(default_factory=deque)
    ready_at: float = 0.0
    busy: bool = False
    since: float = 0.0
    delay: float | None = None


class Frontier:
    """The queue of a crawl. `clock` is monotonic seconds."""

    def __init__(self, delay: float, concurrency: int, clock: Callable[[], float] = time.monotonic) -> None:
        self._delay, self._concurrency, self._clock = delay, concurrency, clock
        self._hosts: dict[str, _Host] = {}
        self._busy = 0

    def __len__(self) -> int:
        return sum(len(host.queue) for host in self._hosts.values())

    def add(self, job: Job, *, front: bool = False) -> None:
        """Queue `job` with its host; `front` before all others of that host."""
        queue = self._host(job.host).queue
        if front:
            queue.appendleft(job)
        else:
            queue.append(job)

    def pop(self) -> Job | None:
        """The job of the host that has been ready longest, whose host is busy from now on; None if none is ready."""
        now = self._clock()
        if self._full(now):
            return None
        ready = [host for host in self._hosts.values() if host.queue and not host.busy and host.ready_at <= now]
        if not ready:
            return None
        host = min(ready, key=lambda one: one.ready_at)
        host.busy, host.since = True, now
        self._busy += 1
        return host.queue.popleft()

    def wait(self) -> float | None:
        """Seconds until a job may be ready; None if only a release or a new job can change that."""
        now = self._clock()
        if self._full(now):
            young = [host.since for host in self._hosts.values() if host.busy and now - host.since < PATIENCE]
            return min(young) + PATIENCE - now if self._busy < MOST * self._concurrency else None
        times = [host.ready_at for host in self._hosts.values() if host.queue and not host.busy]
        return max(0.0, min(times) - now) if times else None

    def release(self, host_name: str, *, asked: bool = True) -> None:
        """The request to this host is over. Its pause runs from now, unless nothing was `asked` over the wire."""
        host = self._host(host_name)
        if host.busy:
            host.busy = False
            self._busy -= 1
        if asked:
            host.ready_at = max(host.ready_at, self._clock() + self._delay_of(host))

    def hold(self, host_name: str, seconds: float) -> None:
        """Nothing to this host for so long."""
        host = self._host(host_name)
        host.ready_at = max(host.ready_at, self._clock() + seconds)

    def waiting(self, host_name: str) -> int:
        """How many jobs are queued for this host."""
        return len(self._host(host_name).queue)

    def taken(self, host_name: str) -> float:
        """Seconds since the last job of this host was handed out."""
        return self._clock() - self._host(host_name).since

    def pause(self, host_name: str) -> float:
        """Seconds until this host may be asked again."""
        return max(0.0, self._host(host_name).ready_at - self._clock())

    def slow(self, host_name: str, delay: float) -> None:
        """The pause between two requests to this host; one that is shorter than the configured is not taken."""
        self._host(host_name).delay = max(delay, self._delay)

    def drop(self, host_name: str) -> list[Job]:
        """Take all jobs of a host out of the queue."""
        host = self._host(host_name)
        dropped = list(host.queue)
        host.queue.clear()
        return dropped

    def clear(self) -> list[Job]:
        """Take all jobs out of the queue."""
        return [job for name in list(self._hosts) for job in self.drop(name)]

    def _full(self, now: float) -> bool:
        """Whether all places are taken by requests that are not slow yet."""
        if self._busy < self._concurrency:
            return False
        young = sum(host.busy and now - host.since < PATIENCE for host in self._hosts.values())
        return young >= self._concurrency or self._busy >= MOST * self._concurrency

    def _host(self, name: str) -> _Host:
        return self._hosts.setdefault(name, _Host())

    def _delay_of(self, host: _Host) -> float:
        return self._delay if host.delay is None else host.delay
