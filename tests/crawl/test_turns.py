"""Turns between processes: a lease is asked for seldom, and given up when nothing is left to ask."""

from __future__ import annotations

from crawler.crawl.seam import Turn
from crawler.crawl.turns import Turns
from crawler.middlewares.verdicts import ComeBack, Refused
from crawler.outcomes import Outcome
from tests.crawl.fakes import HTML, QUICK, FakeWeb, MemoryLedger, crawl, rss, source, with_

B = "https://example.org"
WIRE = source("wire", {"feed": f"{B}/feed"})


class Clock:
    now = 100.0

    def __call__(self) -> float:
        return self.now


class Counting(MemoryLedger):
    asked: int = 0

    def turn(self, host: str, lease: float, *, busy: bool) -> Turn:
        self.asked += 1
        return super().turn(host, lease, busy=busy)


def test_a_lease_is_asked_for_once_in_a_stretch() -> None:
    clock, ledger = Clock(), Counting()
    turns = Turns(ledger, 30.0, clock)
    for _ in range(20):
        assert turns.wait("example.org", 1.0, lambda _: None, busy=False) == 0.0
        clock.now += 1.0
    assert ledger.asked == 4  # at 0, 6, 12 and 18 seconds
    turns.leave("example.org", 1.0, None)
    turns.leave("example.org", 1.0, None)
    assert ledger.left == {"example.org": (1.0, None)}


def test_what_was_learnt_before_is_heard_once() -> None:
    clock, ledger = Clock(), Counting(left={"example.org": (0.0, 4.0)})
    turns, heard = Turns(ledger, 30.0, clock), []
    for _ in range(9):
        turns.wait("example.org", 1.0, heard.append, busy=False)
        clock.now += 5.0
    assert heard == [4.0]


def test_who_waits_for_its_turn_asks_nothing_meanwhile() -> None:
    web, ledger = FakeWeb(), MemoryLedger(turns={"example.org": [Turn(0.05), Turn(0.05), Turn()]})
    web[f"{B}/feed"] = rss(f"{B}/a", f"{B}/b")
    summary = crawl(web, ledger, WIRE)
    assert summary.outcomes[Outcome.MATCHED] == 2
    assert ledger.left["example.org"] == (0.0, None)


def test_a_host_that_another_process_must_leave_alone_is_left_alone() -> None:
    web, ledger = FakeWeb(), MemoryLedger(turns={"example.org": [Turn(3600.0)]})
    summary = crawl(web, ledger, WIRE)
    assert web.asked == []
    assert "asked to be left alone until" in summary.sources["wire"].failures[0]


def test_the_pause_grows_where_a_host_pushes_back_and_is_left_to_the_next_run() -> None:
    web, ledger = FakeWeb(), MemoryLedger()
    web[f"{B}/feed"] = rss(f"{B}/a", f"{B}/b", f"{B}/c")
    web[f"{B}/a"] = [ComeBack(0.0, status=429), HTML]
    web[f"{B}/b"] = [Refused(Outcome.HTTP_ERROR, "HTTP 503", status=503, temporary=True), HTML]
    crawl(web, ledger, WIRE, settings=with_(QUICK, delay=0.01))
    pause, learnt = ledger.left["example.org"]
    assert learnt is not None
    assert 0.02 < learnt < 0.04
    assert pause <= learnt


def test_the_loop_is_not_held_up() -> None:
    """Two hosts, one of which waits for its turn: the other is asked at once."""
    web = FakeWeb()
    ledger = MemoryLedger(turns={"example.org": [Turn(0.2), Turn()]})
    web[f"{B}/feed"], web["https://other.org/feed"] = rss(f"{B}/a"), rss("https://other.org/a")
    crawl(web, ledger, WIRE, source("other", {"feed": "https://other.org/feed"}))
    assert [url.split("/")[2] for url in web.asked] == ["other.org"] * 3 + ["example.org"] * 3
