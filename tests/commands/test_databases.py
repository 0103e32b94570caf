"""The whole way on both databases: ingest, ask, reprocess."""

from __future__ import annotations

import json
from pathlib import Path

from tests.commands.conftest import run_marsad
from tests.commands.test_ingest import ARABIC, FRENCH


def test_from_pages_to_projects(database_url: str, tmp_path: Path) -> None:
    (tmp_path / "page.html").write_text(FRENCH, encoding="utf-8")
    (tmp_path / "lines.jsonl").write_text(json.dumps(ARABIC, ensure_ascii=False), encoding="utf-8")
    option = ("--database", database_url)
    ran = run_marsad("ingest", "page.html", "lines.jsonl", "--json", *option, cwd=tmp_path)
    assert ran.code == 0, ran.err
    assert json.loads(ran.out)["matched"] == 2
    rows = json.loads(run_marsad("projects", "--json", *option, cwd=tmp_path).out)
    assert [(r["country"], r["city"], r["capacity_mw"], r["languages"]) for r in rows] == [("MA", "Larache", 45, "ar,fr")]
    found = json.loads(run_marsad("search", "larache", "--json", *option, cwd=tmp_path).out)
    assert [r["language"] for r in found] == ["fr"]
    dossier = run_marsad("projects", rows[0]["slug"], *option, cwd=tmp_path)
    assert "45 MW" in dossier.out
    again = run_marsad("reprocess", "--json", *option, cwd=tmp_path)
    assert again.code == 0, again.err
    assert json.loads(run_marsad("projects", "--json", *option, cwd=tmp_path).out) == rows
