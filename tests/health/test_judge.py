"""Cases of one history each, and what it is called."""

from __future__ import annotations

from collections.abc import Callable
from random import Random

import pytest

from crawler.health import State, Visit, judge
from crawler.health.visit import DAY
from tests.health.world import HOUR, START

NOON = START + 12 * HOUR
Made = Callable[[float], Visit]


def history(days: int, *, a_day: int = 8, hours: int = 6, weekend: bool = True) -> list[Visit]:
    """A steady source: visits every `hours`, `a_day` new links spread over them."""
    visits, random = [], Random(1)
    for number in range(days * 24 // hours):
        at = START + number * hours * HOUR
        idle = not weekend and int((at - START) // DAY) % 7 > 4
        fresh = 0 if idle else a_day * hours // 24 + (random.random() < a_day * hours / 24 % 1)
        visits.append(Visit(at, listed=20, fresh=fresh, newest=at - HOUR,
                            outcomes={"listing": 1, "off_topic": fresh} if fresh else {"listing": 1}))
    return visits


def then(before: list[Visit], days: float, made: Made, hours: int = 6) -> list[Visit]:
    start = before[-1].at if before else START
    return before + [made(start + (number + 1) * hours * HOUR) for number in range(int(days * 24 // hours))]


def failure(outcome: str, status: int | None = None) -> Made:
    return lambda at: Visit(at, error=f"feed: {outcome} {status}", failure=outcome, status=status, outcomes={outcome: 1})


def bringing(fresh: int, **outcomes: int) -> Made:
    return lambda at: Visit(at, listed=20, fresh=fresh, newest=at - HOUR, outcomes={"listing": 1, **outcomes})


def unchanged(at: float) -> Visit:
    return Visit(at, unchanged=1, outcomes={"listing": 1})


def nothing(at: float) -> Visit:
    return Visit(at, listed=20, newest=at - 9 * DAY, outcomes={"listing": 1})


MONTH = history(30)
CASES: list[tuple[str, list[Visit], State, str]] = [
    ("never visited", [], State.UNVISITED, ""),
    ("a steady source", MONTH, State.OK, ""),
    ("one failure", then(MONTH, 0.25, failure("http_error", 404)), State.OK, ""),
    ("a bad night", then(MONTH, 0.75, failure("network_error")), State.OK, ""),
    ("404 for two days", then(MONTH, 2, failure("http_error", 404)), State.FAILING, "http_error 404"),
    ("gone", then(MONTH, 2, failure("http_error", 410)), State.DEAD, "410"),
    ("no entry to it", then(MONTH, 2, failure("http_error", 403)), State.BLOCKED, "403"),
    ("a wall before the feed", then(MONTH, 2, failure("blocked", 200)), State.BLOCKED, "blocked 200"),
    ("robots", then(MONTH, 2, failure("refused_robots")), State.BLOCKED, "refused_robots"),
    ("an empty feed", then(MONTH, 2, failure("read_empty", 200)), State.FAILING, "read_empty"),
    ("back again", then(then(MONTH, 3, failure("http_error", 404)), 0.25, bringing(9, off_topic=9)), State.OK, ""),
    ("never answered", then([], 0.25, failure("http_error", 404)), State.FAILING, "has never answered well"),
    ("a wall before its pages", then(MONTH, 2, bringing(2, blocked=2)), State.BLOCKED, "its pages are walls"),
    ("one page walled", then(MONTH, 2, bringing(2, blocked=1, off_topic=1)), State.OK, ""),
    ("a new template", then(MONTH, 2, bringing(2, read_empty=1, off_topic=1)), State.FAILING, "no text is found"),
    ("a video now and then", then(MONTH, 0.5, bringing(2, read_empty=1, off_topic=1)), State.OK, ""),
    ("silence", then(MONTH, 5, nothing), State.QUIET, "nothing new since"),
    ("a weekend", then(MONTH, 2, nothing), State.OK, ""),
    ("a silence of 304", then(then(MONTH, 4, unchanged), 0.25, nothing), State.QUIET, "nothing new since"),
    ("half", then(MONTH, 14, lambda at: bringing(1 if at % DAY < 7 * HOUR else 1 if at % DAY > 17 * HOUR else 0)(at)),
     State.QUIET, "were expected"),
    ("ended long ago", [Visit(NOON, listed=10, fresh=0, newest=NOON - 6_000 * DAY)], State.QUIET, "its newest entry is of 20"),
    ("new here", history(3), State.OK, ""),
    ("moved", then(MONTH, 1, lambda at: Visit(at, listed=20, fresh=2, moved_to="https://new.example/feed")), State.MOVED,
     "https://new.example/feed"),
    ("one of its ways fails", then(MONTH, 1, lambda at: Visit(at, listed=20, fresh=2, error="feed x: HTTP 404")), State.OK,
     "not by every way: feed x: HTTP 404"),
]


@pytest.mark.parametrize(("visits", "state", "words"), [case[1:] for case in CASES], ids=[case[0] for case in CASES])
def test_what_a_history_is_called(visits: list[Visit], state: State, words: str) -> None:
    health = judge(visits, visits[-1].at if visits else NOON)
    assert health.state is state, health
    assert words in (health.reason or ""), health


def test_the_volume_and_the_interval_are_learnt() -> None:
    health = judge(MONTH, MONTH[-1].at)
    assert health.expected_weekly == pytest.approx(56, abs=4)
    assert health.interval == pytest.approx(DAY)
    young = judge(history(10), START + 10 * DAY)
    assert (young.expected_weekly, young.interval) == (None, None)


def test_a_weekend_without_news_is_part_of_the_rhythm() -> None:
    office = history(35, weekend=False)
    monday = office[-1].at + 6 * HOUR
    assert judge(office, monday).interval == pytest.approx(2.25 * DAY, abs=0.3 * DAY)
    assert judge(then(office, 2, nothing), monday + 2 * DAY).state is State.OK  # a holiday behind the weekend


def test_a_304_for_longer_than_it_is_ever_silent_is_doubted_before_it_is_called_quiet() -> None:
    short, long = then(MONTH, 0.75, unchanged), then(MONTH, 4, unchanged)
    assert not judge(short, short[-1].at).ask_anew
    health = judge(long, long[-1].at)
    assert health.ask_anew
    assert health.state is State.OK
    young = then(history(3), 8, unchanged)  # nothing learnt yet: a week
    assert judge(young, young[-1].at).ask_anew


def test_a_304_that_hid_news_is_a_lie_until_it_is_forgotten() -> None:
    silent = then(MONTH, 3, unchanged)
    caught = silent[-1].at + 6 * HOUR
    lied = [*silent, Visit(caught, listed=20, fresh=9, newest=silent[-1].at - DAY)]
    health = judge(lied, caught)
    assert (health.state, health.ask_anew) == (State.LYING, True)
    honest = [*silent, Visit(caught, listed=20, fresh=9, newest=caught - HOUR)]
    assert judge(honest, caught).state is State.OK
    assert judge(then(lied, 31, bringing(2, off_topic=2)), caught + 31 * DAY).state is State.OK


@pytest.mark.parametrize("every", [1, 3, 6, 24])
def test_one_failure_in_five_for_a_month_is_no_alarm(every: int) -> None:
    random, visits = Random(every), history(30, hours=every)
    for made in then(history(30, hours=every), 30, bringing(max(1, every // 3), off_topic=1), every)[len(visits):]:
        visits.append(made if random.random() >= 0.2 else failure("http_error", 404)(made.at))
        health = judge(visits, made.at)
        assert health.state is State.OK, health


def test_the_state_begins_with_its_first_bad_visit() -> None:
    broken = then(MONTH, 4, failure("http_error", 404))
    assert judge(broken, broken[-1].at).since == broken[len(MONTH)].at
    silent = then(MONTH, 5, nothing)
    assert judge(silent, silent[-1].at).since == MONTH[-1].at
