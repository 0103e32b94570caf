from __future__ import annotations

from pathlib import Path

import pytest
from sqlalchemy import Engine, select

from crawler.configuration.locate import PACKAGED
from crawler.replaying import replay
from crawler.topics import load_topic
from storage import pages, raw
from storage.engine import reading, writing
from storage.schema import metadata
from tests.storage.rows import add_article

TOPIC = PACKAGED / "topics" / "data-center-projects.yml"
PROJECT = ("Granite Halls said on Friday that it would build a 40 MW data center outside Tromso for 300 million euros. "
           "Construction of the data center begins in May, and the first hall opens in 2028.")
FARM = ("Granite Halls said on Friday that it would build a 40 MW computing farm outside Tromso for 300 million euros. "
        "Construction of the computing farm begins in May, and the first hall opens in 2028.")
FOOTBALL = "The derby is played on Saturday in the stadium of the town, and the teams are ready for it."


@pytest.fixture
def stored(database: Engine) -> Engine:
    with writing(database) as conn:
        add_article(conn, "project", title="Granite Halls to build a data center in Tromso", text=PROJECT, relevance=0.97)
        for name, title, text in (("farm", "Granite Halls to build a computing farm in Tromso", FARM),
                                  ("derby", "The derby is on Saturday", FOOTBALL)):
            url = f"https://example.org/{name}"
            raw.keep_text(conn, {"url": url, "canonical_url": url, "kept_at": "2026-01-05T10:00:00Z", "title": title,
                                 "language": "en"}, text)
        pages.record(conn, [{"url": f"https://example.org/{name}", "outcome": outcome} for name, outcome in (
            ("project", "matched"), ("farm", "off_topic"), ("derby", "off_topic"), ("unread", "off_topic"), ("feed", "listing"))])
    return database


def changed(folder: Path, old: str, new: str) -> Path:
    path = folder / "changed.yml"
    text = TOPIC.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
    return path


def test_the_same_topic_changes_nothing(stored: Engine) -> None:
    topic = load_topic(TOPIC)
    found = replay(stored, topic, topic)
    assert (found.gained, found.lost, dict(found.kept), dict(found.left_out), found.unseen) == ([], [], {"en": 1}, {"en": 2}, 1)


def test_a_new_term_gains_and_says_by_which_words(stored: Engine, tmp_path: Path) -> None:
    topic = load_topic(changed(tmp_path, "    en: |\n", "    en: |\n      computing farm,\n"))
    found = replay(stored, topic, load_topic(TOPIC))
    assert [(one.url, one.before) for one in found.gained] == [("https://example.org/farm", 0.0)]
    assert found.gained[0].after > 0.5
    assert "computing farm" in {words for words, _, _ in found.gained[0].words}
    assert all(weight > 0 for _, _, weight in found.gained[0].words)
    assert found.lost == []


def test_a_higher_line_loses(stored: Engine, tmp_path: Path) -> None:
    topic = load_topic(changed(tmp_path, "threshold:", "threshold: 0.9999 #"))
    found = replay(stored, topic, load_topic(TOPIC))
    assert [(one.url, one.before) for one in found.lost] == [("https://example.org/project", 0.97)]
    assert dict(found.left_out) == {"en": 2}


def test_nothing_is_written(stored: Engine, tmp_path: Path) -> None:
    def everything() -> list[object]:
        with reading(stored) as conn:
            return [conn.execute(select(table)).all() for table in metadata.sorted_tables]

    before = everything()
    replay(stored, load_topic(changed(tmp_path, "threshold:", "threshold: 0.9999 #")), load_topic(TOPIC))
    assert everything() == before
