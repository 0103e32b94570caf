"""`marsad read`: how a page is read, for people and as JSON lines; nothing is stored, nothing filtered."""

from __future__ import annotations

import json
from pathlib import Path

from tests.commands.conftest import Marsad
from tests.commands.test_ingest import FOOTBALL, FRENCH


def test_a_list_of_pages_becomes_one_line_each(marsad: Marsad, tmp_path: Path) -> None:
    (tmp_path / "pages").mkdir()
    (tmp_path / "pages" / "one.html").write_bytes(FRENCH.encode("utf-8"))
    (tmp_path / "pages" / "two.html").write_bytes(FRENCH.replace('<meta charset="utf-8">', "").encode("cp1252", "replace"))
    (tmp_path / "pages.jsonl").write_text("\n".join(json.dumps(row) for row in (
        {"id": "a/1", "url": "https://lephare.example/2026/larache", "html_path": "pages/one.html", "charset": "utf-8"},
        {"id": "a/2", "url": "https://lephare.example/2026/larache", "html_path": "pages/two.html", "charset": "windows-1252"},
        {"id": "a/3", "url": "https://lephare.example/gone", "html_path": "pages/three.html", "charset": "utf-8"},
    )), encoding="utf-8")
    ran = marsad("read", "pages.jsonl")
    assert ran.code == 0, ran.err
    lines = [json.loads(line) for line in ran.out.splitlines()]
    assert [line["id"] for line in lines] == ["a/1", "a/2", "a/3"]
    for line in lines[:2]:
        assert set(line) == {"id", "url", "title", "published", "authors", "outlet", "language", "text"}
        assert line["title"] == "Larache aura un data center de 45 MW"
        assert line["published"].startswith("2026-10-02")
        assert line["outlet"] == "Le Phare"
        assert line["language"] == "fr"
        assert line["text"].startswith("La société marocaine Ribat Compute")
        assert "Accueil Sport" not in line["text"]
    assert lines[2]["text"] is None
    assert "three.html cannot be read" in ran.err
    assert not (tmp_path / "marsad.db").exists()


def test_for_people(marsad: Marsad, tmp_path: Path) -> None:
    (tmp_path / "page.html").write_text(FRENCH, encoding="utf-8")
    ran = marsad("read", "page.html")
    assert ran.code == 0, ran.err
    assert "Larache aura un data center de 45 MW" in ran.out
    assert "Le Phare" in ran.out


def test_what_is_about_something_else_is_read_too(marsad: Marsad, tmp_path: Path) -> None:
    (tmp_path / "a.jsonl").write_text(json.dumps(FOOTBALL), encoding="utf-8")
    ran = marsad("read", "a.jsonl")
    assert json.loads(ran.out)["title"] == FOOTBALL["title"]


def test_nothing_readable_is_one(marsad: Marsad, tmp_path: Path) -> None:
    (tmp_path / "a.html").write_text("", encoding="utf-8")
    ran = marsad("read", "a.html")
    assert ran.code == 1
    assert "the file is empty" in ran.err
