"""Quality has floors that only rise: figures over our own labelled stories (measure.py: which).

`python -m tests.quality` prints the figures of today; `--write` makes them the floors. A floor that would fall
is refused unless `--lower` says that it is meant.
"""

from __future__ import annotations

import json

import pytest

from tests.quality.measure import BASELINE, CORPORA, measure
from tests.quality.scorer import corpus_hash

# Figures move by so much when a library changes a tie; trafilatura's own gate uses 0.0005 over many more pages.
_NOISE = 0.005


FLOORS = json.loads(BASELINE.read_text())


@pytest.fixture(scope="module", params=list(CORPORA))
def measured(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> tuple[str, dict[str, float]]:
    return request.param, measure(tmp_path_factory.mktemp("quality"), CORPORA[request.param]())


def test_no_figure_falls_under_its_floor(measured: tuple[str, dict[str, float]]) -> None:
    corpus, figures = measured
    floors = FLOORS[corpus]["floors"]
    fallen = {name: (figures[name], floor) for name, floor in floors.items() if figures[name] < floor - _NOISE}
    assert fallen == {}, f"{corpus}: today and floor"


@pytest.mark.parametrize("corpus", list(CORPORA))
def test_the_floors_are_of_these_stories(corpus: str) -> None:
    assert FLOORS[corpus]["corpus"] == corpus_hash(CORPORA[corpus]()), "run: python -m tests.quality --write"
