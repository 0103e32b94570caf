"""When a changed configuration is taken."""

from __future__ import annotations

import tempfile
from pathlib import Path

import pytest

from crawler.configuration.locate import ConfigFolder
from crawler.daemon import accepted
from crawler.daemon.accepted import Accepted

SOURCE = """\
- {id: one, name: One, country: MA, languages: [fr], kind: tech, home: "https://one.test/",
   discover: [{feed: "https://one.test/feed"}], every: 2h}
"""


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(accepted, "_check", lambda copy: None)  # the whole check is a process of its own
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    (tmp_path / "conf" / "sources").mkdir(parents=True)
    (tmp_path / "conf" / "sources" / "mine.yml").write_text(SOURCE, encoding="utf-8")
    return tmp_path / "conf"


def test_a_file_that_is_being_written_is_left_alone_until_two_looks_see_the_same(folder: Path) -> None:
    held = Accepted(ConfigFolder(folder))
    registry = folder / "sources" / "mine.yml"
    assert len(held.take()[1]) == 1
    assert [held.changed(), held.changed()] == [False, False]
    registry.write_text("", encoding="utf-8")  # an editor has opened it to write
    assert not held.changed()
    registry.write_text(SOURCE + SOURCE.replace("one", "two"), encoding="utf-8")
    assert not held.changed(), "half a second later"
    assert held.changed()
    assert len(held.take()[1]) == 2
    assert not held.changed()


def test_a_change_that_is_taken_back_changes_nothing(folder: Path) -> None:
    held = Accepted(ConfigFolder(folder))
    held.take()
    extra = folder / "sources" / "more.yml"
    extra.write_text("", encoding="utf-8")
    assert not held.changed()
    extra.unlink()
    assert [held.changed(), held.changed()] == [False, False]
