"""One host at a time, pauses, holds: on a clock that the test moves."""

from __future__ import annotations

from crawler.crawl.frontier import PATIENCE, Frontier
from crawler.crawl.job import Job, JobKind
from tests.crawl.fakes import source

SOURCE = source("wire", {"feed": "https://example.org/feed"})


class Clock:
    def __init__(self) -> None:
        self.now = 100.0

    def __call__(self) -> float:
        return self.now


def job(url: str) -> Job:
    return Job(url, JobKind.ARTICLE, SOURCE)


def frontier(clock: Clock, *urls: str, delay: float = 1.0, concurrency: int = 16) -> Frontier:
    made = Frontier(delay, concurrency, clock)
    for url in urls:
        made.add(job(url))
    return made


def url_of(popped: Job | None) -> str | None:
    return popped.url if popped else None


def test_a_host_is_busy_until_it_is_released_and_then_pauses() -> None:
    clock = Clock()
    queue = frontier(clock, "https://a.org/1", "https://a.org/2")
    assert url_of(queue.pop()) == "https://a.org/1"
    assert (queue.pop(), queue.wait()) == (None, None)
    clock.now += 50
    queue.release("a.org")
    assert queue.pop() is None
    assert queue.wait() == 1.0
    clock.now += 1.0
    assert url_of(queue.pop()) == "https://a.org/2"
    assert len(queue) == 0


def test_what_was_not_asked_costs_no_pause() -> None:
    queue = frontier(Clock(), "https://a.org/1", "https://a.org/2")
    queue.pop()
    queue.release("a.org", asked=False)
    assert url_of(queue.pop()) == "https://a.org/2"


def test_name_and_port_make_a_host() -> None:
    queue = frontier(Clock(), "https://a.org/1", "https://a.org:8443/2", "http://a.org/3", "https://b.org/4")
    assert {url_of(queue.pop()) for _ in range(3)} == {"https://a.org/1", "https://a.org:8443/2", "https://b.org/4"}
    assert queue.pop() is None


def test_no_more_hosts_at_once_than_allowed() -> None:
    queue = frontier(Clock(), "https://a.org/1", "https://b.org/1", "https://c.org/1", concurrency=2)
    assert [url_of(queue.pop()) for _ in range(3)] == ["https://a.org/1", "https://b.org/1", None]
    queue.release("a.org")
    assert url_of(queue.pop()) == "https://c.org/1"


def test_a_hold_hits_no_other_host() -> None:
    clock = Clock()
    queue = frontier(clock, "https://a.org/1", "https://b.org/1")
    queue.hold("a.org", 30)
    assert url_of(queue.pop()) == "https://b.org/1"
    assert queue.wait() == 30
    clock.now += 29.9
    assert queue.pop() is None
    clock.now += 0.2
    assert url_of(queue.pop()) == "https://a.org/1"


def test_a_longer_pause_is_kept_and_a_shorter_one_is_not() -> None:
    clock = Clock()
    queue = frontier(clock, "https://a.org/1", "https://a.org/2", "https://a.org/3")
    for asked, wait in ((7.0, 7.0), (0.1, 1.0)):
        queue.slow("a.org", asked)
        queue.pop()
        queue.release("a.org")
        assert queue.wait() == wait
        clock.now += wait


def test_the_host_that_waited_longest_comes_first() -> None:
    clock = Clock()
    queue = frontier(clock, "https://a.org/1", "https://a.org/2", "https://b.org/1", "https://b.org/2")
    order = []
    for _ in range(4):
        popped = queue.pop()
        assert popped is not None
        order.append(popped.host)
        queue.release(popped.host)
        clock.now += 1.0
    assert order == ["a.org", "b.org", "a.org", "b.org"]


def test_front_drop_and_clear() -> None:
    queue = frontier(Clock(), "https://a.org/1", "https://b.org/1")
    queue.add(job("https://a.org/0"), front=True)
    assert [one.url for one in queue.drop("a.org")] == ["https://a.org/0", "https://a.org/1"]
    assert [one.url for one in queue.clear()] == ["https://b.org/1"]
    assert (len(queue), queue.wait()) == (0, None)


def test_slow_requests_leave_their_places_to_others_up_to_a_limit() -> None:
    clock = Clock()
    queue = frontier(clock, *(f"https://pit{number}.org/" for number in range(9)), concurrency=2)
    asked = []
    for _ in range(4):
        while (popped := queue.pop()) is not None:
            asked.append(popped.url)
        assert len(asked) % 2 == 0
        if len(asked) < 8:
            assert queue.wait() == PATIENCE
        clock.now += PATIENCE
    assert len(asked) == 8
    assert (queue.pop(), queue.wait()) == (None, None)
    queue.release("pit0.org")
    assert url_of(queue.pop()) == "https://pit8.org/"
