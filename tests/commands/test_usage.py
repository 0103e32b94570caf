"""Wrong usage and wrong configuration: one sentence, the contract's exit code, never a traceback."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.commands.conftest import Marsad, Ran, run_marsad


def one_sentence(ran: Ran, code: int, *words: str) -> None:
    assert ran.code == code, ran.err
    assert "Traceback" not in ran.err
    for word in words:
        assert word in ran.err, ran.err


def test_help_and_version_answer(marsad: Marsad) -> None:
    assert "crawl" in marsad("--help").out
    assert marsad("--version").out.startswith("marsad 0.")


@pytest.mark.parametrize("arguments", [["nonsense"], ["crawl", "--limit", "0"], ["sql"], ["ingest"], ["sql", "x", "--format", "xml"]])
def test_wrong_usage_is_two(marsad: Marsad, arguments: list[str]) -> None:
    one_sentence(marsad(*arguments), 2)


def test_a_missing_configuration_folder(marsad: Marsad) -> None:
    one_sentence(marsad("crawl", "--config", "nowhere"), 2, "nowhere", "no such folder")


def test_a_broken_registry_names_file_and_line(marsad: Marsad, tmp_path: Path) -> None:
    (tmp_path / "conf" / "sources").mkdir(parents=True)
    (tmp_path / "conf" / "sources" / "mine.yml").write_text("- id: a\n  nmae: A\n", encoding="utf-8")
    one_sentence(marsad("crawl", "--config", "conf"), 2, "mine.yml, line", "nmae", "did you mean 'name'")


def test_a_broken_topic_names_file_and_line(marsad: Marsad, tmp_path: Path) -> None:
    (tmp_path / "conf" / "topics").mkdir(parents=True)
    (tmp_path / "conf" / "topics" / "data-center-projects.yml").write_text("terms: [", encoding="utf-8")
    (tmp_path / "a.txt").write_text("Un data center à Larache", encoding="utf-8")
    one_sentence(marsad("ingest", "a.txt", "--config", "conf"), 2, "data-center-projects.yml", "not valid YAML")


def test_no_sources_at_all(marsad: Marsad, tmp_path: Path) -> None:
    (tmp_path / "conf" / "sources").mkdir(parents=True)
    one_sentence(marsad("crawl", "--config", "conf"), 2, "sources", "holds no source")


def test_an_unknown_source_gets_a_suggestion(marsad: Marsad) -> None:
    one_sentence(marsad("crawl", "hespres-fr"), 2, "did you mean 'hespress-fr'")


def test_a_bad_window(marsad: Marsad) -> None:
    one_sentence(marsad("crawl", "--since", "soon"), 2, "--since", "30d")


def test_a_database_of_another_program(marsad: Marsad, tmp_path: Path) -> None:
    import sqlite3

    with sqlite3.connect(tmp_path / "other.db") as conn:
        conn.execute("CREATE TABLE things (id INTEGER)")
    conn.close()
    (tmp_path / "a.txt").write_text("Un data center à Larache", encoding="utf-8")
    before = (tmp_path / "other.db").read_bytes()
    one_sentence(marsad("ingest", "a.txt", "--database", "sqlite:///other.db"), 1, "other.db")
    assert (tmp_path / "other.db").read_bytes() == before


def test_a_file_that_is_no_database(marsad: Marsad, tmp_path: Path) -> None:
    (tmp_path / "marsad.db").write_text("not a database, but a text that is long enough to be one" * 20, encoding="utf-8")
    one_sentence(marsad("projects"), 1, "marsad.db")


def test_a_database_that_is_not_there_is_not_made_by_a_question(marsad: Marsad, tmp_path: Path) -> None:
    one_sentence(marsad("sql", "SELECT 1"), 1, "marsad.db")
    assert not (tmp_path / "marsad.db").exists()


@pytest.fixture(scope="module")
def stored(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a database of one page."""
    folder = tmp_path_factory.mktemp("stored")
    (folder / "a.jsonl").write_text('{"url": "https://x.example/1", "title": "t", "text": "rien du tout ici"}', encoding="utf-8")
    assert run_marsad("ingest", "a.jsonl", cwd=folder).code == 0
    return folder


def test_a_write_is_refused_by_sql(stored: Path) -> None:
    ran = run_marsad("sql", "DELETE FROM pages", cwd=stored)
    assert ran.code != 0
    assert "Traceback" not in ran.err
    assert '"n": 1' in run_marsad("sql", "SELECT count(*) AS n FROM pages", "--format", "json", cwd=stored).out


def test_an_unknown_project_gets_a_suggestion(stored: Path) -> None:
    one_sentence(run_marsad("projects", "larache", cwd=stored), 2, "no project 'larache'")


def test_a_misspelt_variable_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    import subprocess
    import sys

    from tests.commands.conftest import environment

    done = subprocess.run([sys.executable, "-m", "crawler", "sources", "list"], cwd=tmp_path, capture_output=True, text=True,
                          env={**environment(), "MARSAD_CRAWL_DLEAY": "1"}, timeout=60, check=False)
    assert done.returncode == 2
    assert "MARSAD_CRAWL_DLEAY" in done.stderr
