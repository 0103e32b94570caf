"""A topic is a file: what it may say, where its weights come from, and how its mistakes are named."""

from __future__ import annotations

from pathlib import Path

import pytest

from crawler.errors import ConfigError
from crawler.topics import load_topic
from crawler.topics.topicfile import weights_path

TOPIC = """\
id: ports
name: Ports
threshold: 0.6
terms:
  one:
    en: |
      sea_port
      container terminal, dry dock
  many:
    en: [seaports]
events:
  opened:
    en: open*
quantities:
  berths:
    en: "# berths"
against:
  guide:
    en: how to
weights:
  bias: -1.0
  title_one: 2.0
  events.opened: 1.0
  berths: 0.5
  against.guide: -4
"""


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "ports.yml"


def changed(path: Path, old: str, new: str) -> ConfigError:
    assert old in TOPIC
    path.write_text(TOPIC.replace(old, new), encoding="utf-8")
    with pytest.raises(ConfigError) as caught:
        load_topic(path)
    assert caught.value.path == path
    return caught.value


def test_another_topic_is_a_file(path: Path) -> None:
    path.write_text(TOPIC, encoding="utf-8")
    topic = load_topic(path)
    assert (topic.id, topic.name, topic.threshold) == ("ports", "Ports", 0.6)
    match = topic.match("Sea-port opens", "The seaport opened with 12 berths.", "en")
    assert match.matched
    assert match.terms == ("Sea-port", "seaport")
    assert {(e.feature, e.words) for e in match.evidence} >= {("berths", "12 berths"), ("events.opened", "opens")}
    assert not topic.match("How to reach the seaport", "The seaport is large.", "en").matched
    assert not topic.match("Data center opens", "A data center.", "en").terms
    assert topic.prefilter(b"<p>the con<b>tainer</b>&nbsp;terminal")
    assert not topic.prefilter(b"<p>the data center")


def test_without_learnt_weights_the_written_ones_hold(path: Path) -> None:
    path.write_text(TOPIC, encoding="utf-8")
    definition = load_topic(path).definition
    assert not definition.learnt
    assert definition.weights["title_one"] == 2.0


def test_learnt_weights_lie_beside(path: Path) -> None:
    path.write_text(TOPIC, encoding="utf-8")
    weights_path(path).write_text("topic: ports\nthreshold: 0.4\nweights:\n  title_one: 3.5\n", encoding="utf-8")
    topic = load_topic(path)
    assert topic.definition.learnt
    assert topic.threshold == 0.4
    assert topic.definition.weights["title_one"] == 3.5
    assert topic.definition.weights["berths"] == 0.5  # what was not learnt stays as written


@pytest.mark.parametrize(("content", "line", "words"), [
    ("topic: harbours\nthreshold: 0.5\nweights: {}\n", 1, "belongs to the topic 'harbours'"),
    ("topic: ports\nthreshold: 0.5\nweights:\n  title_on: 1\n", 4, "did you mean 'title_one'"),
    ("topic: ports\nthreshold: 2\nweights: {}\n", 2, "less than 1"),
])
def test_wrong_learnt_weights(path: Path, content: str, line: int, words: str) -> None:
    path.write_text(TOPIC, encoding="utf-8")
    weights_path(path).write_text(content, encoding="utf-8")
    with pytest.raises(ConfigError, match=words) as caught:
        load_topic(path)
    assert (caught.value.path, caught.value.line) == (weights_path(path), line)


@pytest.mark.parametrize(("old", "new", "line", "words"), [
    ("events:\n", "event:\n", 11, "did you mean 'events'"),
    ("terms:\n  one", "terms:\n  ones", 5, "did you mean 'one'"),
    ("threshold: 0.6", "threshold: high", 3, "threshold"),
    ("  title_one: 2.0", "  titel_one: 2.0", 22, "did you mean 'title_one'"),
    ("  events.opened: 1.0", "  events.open: 1.0", 23, "did you mean 'events.opened'"),
    ("container terminal", "container (terminal", 8, "not closed"),
    ("dry dock", "<term> dock", 8, "a term cannot hold another"),
    ("    en: open*", "    en: open* ?", 13, "question mark"),
    ("[seaports]", "[seaports, (]", 10, "not closed"),
    ("id: ports\n", "", 1, "is missing"),
    ("name: Ports\n", "name: Ports\nname: Docks\n", 3, "stands twice"),
    ("one:\n    en: |", "one: ]\n    en: |", 5, "not valid YAML"),
])
def test_mistakes_are_named_with_their_line(path: Path, old: str, new: str, line: int, words: str) -> None:
    error = changed(path, old, new)
    assert words in str(error)
    assert error.line == line


def test_a_missing_file_is_named(path: Path) -> None:
    with pytest.raises(ConfigError, match="cannot be read"):
        load_topic(path)
