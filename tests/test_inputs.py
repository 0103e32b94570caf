"""Whatever lies on disk or is typed becomes work or a problem that says where and what to do; nothing raises."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from crawler.inputs import gather
from crawler.outcomes import Outcome
from crawler.pipeline import TextFile
from crawler.reading.document import Page


def test_a_folder_in_order_with_what_is_not_readable_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("b.txt", "a.html", "c.txt"):
        (tmp_path / name).write_text("Un texte", encoding="utf-8")
    (tmp_path / "locked").mkdir()
    read, walk = Path.read_bytes, os.walk

    def read_bytes(self: Path) -> bytes:
        if self.name == "c.txt":
            raise PermissionError(13, "Permission denied")
        return read(self)

    def refusing_walk(top: Any, onerror: Any = None, **options: Any) -> Iterator[Any]:
        yield from walk(top, **options)
        onerror(PermissionError(13, "Permission denied", str(tmp_path / "locked")))

    monkeypatch.setattr(Path, "read_bytes", read_bytes)
    monkeypatch.setattr(os, "walk", refusing_walk)
    items = list(gather([str(tmp_path)]))
    assert isinstance(items[0].work, Page)
    assert isinstance(items[1].work, TextFile)
    assert items[1].url == (tmp_path / "b.txt").as_uri()
    assert [item.problem for item in items[2:]] == ["cannot be read: Permission denied"] * 2
    assert items[3].where == str(tmp_path / "locked")


@pytest.mark.parametrize("link", ["ftp://a/b", "file:///etc/passwd", "data:text/html,x", "javascript:alert(1)", "s3://b/k"])
def test_other_schemes_are_refused_by_name(link: str) -> None:
    (item,) = gather([link])
    assert item.work is None
    assert item.outcome is Outcome.REFUSED_SCHEME


def test_an_empty_folder_says_so(tmp_path: Path) -> None:
    (item,) = gather([str(tmp_path)])
    assert item.problem == "holds no .html, .txt, .pdf, .jsonl or .warc file"


def test_a_file_over_the_limit_is_not_read(tmp_path: Path) -> None:
    (tmp_path / "big.html").write_bytes(b"x" * 2000)
    (item,) = gather([str(tmp_path / "big.html")], largest=1000)
    assert item.work is None
    assert "larger than 1000 bytes" in str(item.problem)


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything")
def test_a_folder_without_permission_as_it_is(tmp_path: Path) -> None:
    (tmp_path / "locked").mkdir(mode=0)
    (item,) = gather([str(tmp_path)])
    assert "cannot be read" in str(item.problem)
