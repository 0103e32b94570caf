"""`marsad export` as a user calls it, and feeds as the daemon serves them."""

from __future__ import annotations

import json
import urllib.error
import urllib.request
from pathlib import Path

import feedparser
import pytest
from sqlalchemy import Engine
from typer.testing import CliRunner

from crawler.commands import app
from crawler.commands.daemon import _feed
from crawler.daemon.health import Health
from crawler.errors import UsageError
from storage.engine import open_database, writing
from tests.alerts.world import capacity, tell
from tests.commands.conftest import run_marsad


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    engine = open_database(f"sqlite:///{tmp_path / 'marsad.db'}")
    with writing(engine) as conn:
        tell(conn, "dakhla", "one", capacity(500, "500 MW"))
    engine.dispose()
    return tmp_path


def test_files_go_where_the_user_says(folder: Path) -> None:
    ran = run_marsad("export", "projects", "--format", "jsonl", "-o", "out/", cwd=folder)
    assert (ran.code, ran.err) == (0, "written: out/projects.jsonl\n")
    ran = run_marsad("export", "atom", "--of", "stories", "--country", "ma", "--language", "ar", "-o", "out/", cwd=folder)
    assert ran.code == 0
    assert feedparser.parse((folder / "out" / "stories.MA.ar.atom").read_bytes()).bozo == 0
    assert sorted(path.name for path in (folder / "out").iterdir()) == ["projects.jsonl", "stories.MA.ar.atom"]


def test_results_go_to_stdout(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(folder)
    ran = CliRunner().invoke(app, ["export", "articles", "--format", "jsonl"])
    assert (ran.exit_code, ran.stderr) == (0, "")
    assert json.loads(ran.stdout.splitlines()[1])["url"] == "https://news.example/one"


@pytest.mark.parametrize(("arguments", "says"), [
    (("projects", "--project", "dakla"), "did you mean 'dakhla'"), (("projects", "--country", "Morocco"), "ISO 3166"),
    (("projects", "--since", "yesterday"), "30d"), (("articles", "--format", "geojson"), "no coordinates"),
    (("projects", "-o", "no/such/folder/x.csv"), "no such folder")])
def test_wrong_usage_says_what_to_do(folder: Path, monkeypatch: pytest.MonkeyPatch, arguments: tuple[str, ...],
                                     says: str) -> None:
    monkeypatch.chdir(folder)
    ran = CliRunner().invoke(app, ["export", *arguments])
    assert isinstance(ran.exception, UsageError)
    assert says in str(ran.exception)
    assert {path.name for path in folder.iterdir()} <= {"marsad.db", "marsad.db-wal", "marsad.db-shm"}


def test_the_daemon_serves_feeds(database: Engine) -> None:
    with writing(database) as conn:
        tell(conn, "dakhla", "one", capacity(500, "500 MW"))
    health = Health(("127.0.0.1", 0), lambda: True, dict, lambda: b"", lambda path, url: _feed(database, path, url))
    try:
        where = f"http://{health.address}"
        with urllib.request.urlopen(f"{where}/feeds/projects.fr.atom", timeout=10) as answer:
            assert answer.headers["Content-Type"] == "application/atom+xml; charset=utf-8"
            assert answer.headers["X-Content-Type-Options"] == "nosniff"
            parsed = feedparser.parse(answer.read())
        assert parsed.bozo == 0
        assert parsed.feed.links[0].href == f"{where}/feeds/projects.fr.atom"
        for path in ("/feeds/../marsad.db", "/feeds/x.atom"):
            with pytest.raises(urllib.error.HTTPError) as error:
                urllib.request.urlopen(f"{where}{path}", timeout=10)
            assert error.value.code == 404
            error.value.close()
    finally:
        health.close()
