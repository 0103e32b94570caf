"""Whose turn it is, between processes: a crawl beside the daemon keeps one gap for each host (storage/hosts.py)."""

from __future__ import annotations

from collections.abc import Callable

from crawler.crawl.seam import Ledger

# Seconds for which a host is asked without looking whether others wait for it: with a delay of one second a write for
# each fifth request, and whoever waits comes in after as long.
STRETCH = 5.0
_MARGIN = 2.0  # from our clock to the wire


class Turns:
    """The leases of one crawl. `timeout` is the longest a request can take; `clock` is monotonic seconds."""

    def __init__(self, ledger: Ledger, timeout: float, clock: Callable[[], float]) -> None:
        self._ledger, self._timeout, self._clock = ledger, timeout, clock
        self._until: dict[str, float] = {}
        self._met: set[str] = set()
        self._shared: set[str] = set()

    def wait(self, host: str, delay: float, learn: Callable[[float | None], None], *, busy: bool) -> float:
        """Seconds to wait before `host` may be asked, 0.0 for now. `learn` hears the pause that it has taught,
        `busy` says that pages of it are being read."""
        now = self._clock()
        needed = self._timeout + delay + _MARGIN
        if now + needed <= self._until.get(host, 0.0):
            return 0.0
        lease = needed + STRETCH
        turn = self._ledger.turn(host, lease, busy=busy)
        if host not in self._met:  # from then on this crawl knows better
            self._met.add(host)
            learn(turn.delay)
        if turn.wait:
            self._shared.add(host)
            if not busy:
                self._until.pop(host, None)
        else:
            self._until[host] = now + lease
        return turn.wait

    def shared(self, host: str) -> bool:
        """Whether another process asks this host as well, so that what was looked up may be of yesterday."""
        return host in self._shared

    def leave(self, host: str, pause: float, learnt: float | None) -> None:
        """We want nothing more of `host` for now; others may ask after `pause` seconds."""
        if self._until.pop(host, None) is not None:
            self._ledger.leave({host: (pause, learnt)})

    def close(self, pause: Callable[[str], float], learnt: Callable[[str], float | None]) -> None:
        """Give up all that is held."""
        if self._until:
            self._ledger.leave({host: (pause(host), learnt(host)) for host in self._until})
            self._until.clear()
