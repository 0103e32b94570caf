"""Learning: it finds what decides, stays near the written weights, and never parts a project."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from crawler.topics import Topic, load_topic
from crawler.topics.train import (
    Example,
    Figures,
    cross_validate,
    figures,
    folds,
    learn,
    load_examples,
    retrain,
    write_weights,
)

TOPIC = """\
id: ports
name: Ports
terms: {one: {en: seaport}}
events: {opened: {en: "open*"}}
against: {guide: {en: "how to"}}
weights: {bias: 0.0, title_one: 0.5, events.opened: 0.0, against.guide: 0.0, lead_many: 0.7}
"""


@pytest.fixture
def ports(tmp_path: Path) -> Topic:
    path = tmp_path / "ports.yml"
    path.write_text(TOPIC, encoding="utf-8")
    return load_topic(path)


def stories(count: int) -> list[Example]:
    good = [Example(f"g{i}", "en", True, f"project{i // 2}", "New seaport", "The seaport opens.") for i in range(count)]
    bad = [Example(f"b{i}", "en", False, f"b{i}", "How to find it", "How to find the seaport.") for i in range(count)]
    return good + bad


def test_it_learns_what_decides(ports: Topic) -> None:
    weights = learn(ports, stories(12), strength=0.5)
    assert weights["events.opened"] > 0.5
    assert weights["against.guide"] < -0.5
    assert weights["lead_many"] == 0.7  # nothing speaks of it: it stays as written


def test_a_strong_pull_keeps_the_written_weights(ports: Topic) -> None:
    weights = learn(ports, stories(12), strength=1e6)
    assert weights["events.opened"] == pytest.approx(0.0, abs=0.01)
    assert weights["title_one"] == pytest.approx(0.5, abs=0.01)


def test_folds_part_no_group_and_lose_no_story() -> None:
    examples = stories(11)
    parts = folds(examples, 4, seed=1)
    assert sorted(e.name for part in parts for e in part) == sorted(e.name for e in examples)
    for group in {e.group for e in examples}:
        assert sum(any(e.group == group for e in part) for part in parts) == 1
    assert max(map(len, parts)) - min(map(len, parts)) <= 3


def test_cross_validation_scores_every_story_unseen(ports: Topic) -> None:
    examples = stories(10)
    scores = cross_validate(ports, examples, count=5, seed=3)
    assert set(scores) == {e.name for e in examples}
    assert figures(examples, scores, 0.5)["all"].f1 == 1.0


def test_figures() -> None:
    assert Figures(8, 2, 2).f1 == pytest.approx(0.8)
    assert (Figures(0, 0, 0).precision, Figures(0, 0, 0).recall) == (1.0, 1.0)
    assert Figures(0, 3, 3).f1 == 0.0


def test_labelled_stories_are_read_and_grouped(tmp_path: Path) -> None:
    rows = [
        {"id": "a", "lang": "en", "about_project": True, "title": "T", "text": "x", "near_copy_of": None,
         "projects": [{"key": "other", "role": "mentioned"}, {"key": "p1", "role": "main"}]},
        {"id": "b", "lang": "fr", "about_project": True, "title": None, "text": "y", "near_copy_of": "a", "projects": []},
        {"id": "c", "lang": "ar", "about_project": False, "title": "U", "text": "z", "projects": []},
    ]
    path = tmp_path / "stories.jsonl"
    path.write_text("\n".join(json.dumps(row) for row in rows) + "\n", encoding="utf-8")
    assert [(e.name, e.group, e.about, e.title) for e in load_examples(path)] == [
        ("a", "p1", True, "T"), ("b", "p1", True, None), ("c", "c", False, "U")]


def test_weights_are_written_as_text_and_read_again(ports: Topic) -> None:
    path = ports.path.with_name("ports.weights.yml")
    write_weights(path, ports, {"bias": -1.25, "title_one": 2.5}, 'ten "stories"', 0.45)
    again = load_topic(ports.path)
    assert (again.threshold, again.definition.weights["title_one"]) == (0.45, 2.5)
    assert "title_one: 2.500" in path.read_text(encoding="utf-8")


def test_retraining_writes_the_weights_and_tells_the_unseen_figures(ports: Topic) -> None:
    rows = [{"id": e.name, "lang": e.language, "about_project": e.about, "title": e.title, "text": e.text,
             "projects": [{"key": e.group, "role": "main"}]} for e in stories(10)]
    path = ports.path.with_name("stories.jsonl")
    path.write_text("\n".join(map(json.dumps, rows)), encoding="utf-8")
    assert retrain(ports.path, path)["all"].f1 == 1.0
    again = load_topic(ports.path)
    assert again.definition.learnt
    assert again.definition.weights["against.guide"] < -0.3
