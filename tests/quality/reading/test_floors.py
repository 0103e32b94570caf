"""The made pages are read at least as well as ever before: floors.json only rises (`python -m tests.quality.reading` writes it)."""

from __future__ import annotations

import json

import pytest

from tests.quality.reading.made import EXPECTED, answers
from tests.quality.reading.measure import FLOORS, KEYS, measure


@pytest.fixture(scope="module")
def measured() -> tuple[dict[str, float], list[str]]:
    return measure()


def test_there_are_sixty_pages_at_least(measured: tuple[dict[str, float], list[str]]) -> None:
    assert measured[0]["pages"] >= 60


def test_every_page_has_its_answer() -> None:
    assert [json.loads(line) for line in EXPECTED.read_text(encoding="utf-8").splitlines()] == list(answers())


@pytest.mark.parametrize("key", KEYS)
def test_no_figure_falls(measured: tuple[dict[str, float], list[str]], key: str) -> None:
    floors = json.loads(FLOORS.read_text(encoding="utf-8"))
    figures, misses = measured
    assert figures[key] >= floors[key], "\n".join(miss for miss in misses if f" {key}:" in miss)
