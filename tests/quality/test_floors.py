"""Quality has floors that only rise: figures over our own labelled stories (those of the embedded newsroom).

`python -m tests.quality` prints the figures of today; `--write` makes them the floors. A floor that would fall
is refused unless `--lower` says that it is meant.
"""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.quality.measure import BASELINE, labelled, measure
from tests.quality.scorer import corpus_hash

# Figures move by so much when a library changes a tie; trafilatura's own gate uses 0.0005 over many more pages.
_NOISE = 0.005


@pytest.fixture(scope="module")
def figures(tmp_path_factory: pytest.TempPathFactory) -> dict[str, float]:
    return measure(tmp_path_factory.mktemp("quality"))


def test_the_floors_are_of_this_corpus() -> None:
    assert json.loads(BASELINE.read_text())["corpus"] == corpus_hash(labelled()), "run: python -m tests.quality --write"


@pytest.mark.parametrize("name", sorted(json.loads(Path(BASELINE).read_text())["floors"]))
def test_no_figure_falls_under_its_floor(figures: dict[str, float], name: str) -> None:
    floor = json.loads(BASELINE.read_text())["floors"][name]
    assert figures[name] >= floor - _NOISE, f"{name}: {figures[name]:.4f} today, floor {floor:.4f}"
