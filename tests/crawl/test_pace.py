"""The pause that a host's answers teach."""

from __future__ import annotations

import pytest

from crawler.crawl.pace import Pace


def test_it_doubles_where_a_host_pushes_back_and_shrinks_slowly() -> None:
    pace = Pace(1.0, 60.0, 5.0)
    for _ in range(3):
        pace.answered(0.2, pushed_back=True)
    assert pace.delay == 8.0
    after = []
    for _ in range(40):
        pace.answered(0.2, pushed_back=False)
        after.append(pace.delay)
    assert after[0] == pytest.approx(7.2)
    assert after == sorted(after, reverse=True)
    assert (after[-1], pace.learnt) == (1.0, 0.0)


@pytest.mark.parametrize(("base", "answers", "delay"), [
    (1.0, [(4.9, False)], 1.0), (1.0, [(5.1, False)], 2.0), (1.0, [(30.0, True)] * 9, 60.0),
    (0.0, [(1.0, True)] * 3, 0.0), (90.0, [(1.0, True)], 90.0),
])
def test_within_what_the_configuration_says(base: float, answers: list[tuple[float, bool]], delay: float) -> None:
    pace = Pace(base, max(60.0, base), 5.0)
    for seconds, pushed_back in answers:
        pace.answered(seconds, pushed_back=pushed_back)
    assert pace.delay == delay


def test_what_an_earlier_run_learnt_counts_up_to_the_limit() -> None:
    pace = Pace(1.0, 60.0, 5.0)
    pace.remember(None)
    assert pace.delay == 1.0
    pace.remember(600.0)
    assert pace.delay == 60.0
