"""`marsad sources export` and `import` as a user calls them: files, report, exit codes."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from crawler.commands import app
from crawler.configuration.locate import PACKAGED, ConfigFolder
from crawler.configuration.sources import load_sources
from crawler.errors import MarsadError
from tests.commands.conftest import Marsad

MINE = """\
# mine
- {id: le-phare, name: Le Phare, home: https://lephare.example/, country: MA, languages: [fr], kind: business,
   discover: [{feed: https://lephare.example/feed}]}   # by hand
"""
LIST = """<opml version="2.0"><body>
<outline text="Le Phare" xmlUrl="https://lephare.example/feed"/>
<outline text="Le Quai" xmlUrl="https://lequai.example/feed" htmlUrl="https://lequai.example/" language="fr"/>
<outline text="Bad" xmlUrl="javascript:alert(1)"/>
</body></opml>"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "conf" / "sources").mkdir(parents=True)
    (tmp_path / "conf" / "sources" / "mine.yml").write_text(MINE, encoding="utf-8")
    (tmp_path / "list.opml").write_text(LIST, encoding="utf-8")
    return tmp_path


def sources(folder: Path, *arguments: str) -> Result:
    return CliRunner().invoke(app, ["sources", *arguments, "--config", str(folder / "conf")])


def test_a_list_is_imported_beside_what_is_there(folder: Path) -> None:
    ran = sources(folder, "import", str(folder / "list.opml"), "--country", "ma")
    assert ran.exit_code == 0, ran.output
    assert "1 added, 1 known, 0 differs, 1 refused" in ran.stdout
    assert "only http and https, not javascript" in ran.stdout
    text = (folder / "conf" / "sources" / "imported.yml").read_text("utf-8")
    assert "country: MA" in text
    assert "from list.opml; unverified" in text
    assert (folder / "conf" / "sources" / "mine.yml").read_text("utf-8") == MINE
    assert [one.id for one in load_sources(ConfigFolder(folder / "conf"))] == ["le-quai", "le-phare"]
    again = sources(folder, "import", str(folder / "list.opml"), "--json")
    report = json.loads(again.stdout)
    assert (report["added"], report["known"], report["refused"]) == (0, 2, 1)
    assert (folder / "conf" / "sources" / "imported.yml").read_text("utf-8") == text


def test_a_dry_run_writes_nothing(folder: Path) -> None:
    ran = sources(folder, "import", str(folder / "list.opml"), "--dry-run")
    assert "1 added" in ran.stdout
    assert "dry run" in ran.stdout
    assert not (folder / "conf" / "sources" / "imported.yml").exists()


def test_another_target(folder: Path) -> None:
    ran = sources(folder, "import", str(folder / "list.opml"), "--to", str(folder / "elsewhere.yml"))
    assert ran.exit_code == 0, ran.output
    assert "id: le-quai" in (folder / "elsewhere.yml").read_text("utf-8")
    again = sources(folder, "import", str(folder / "list.opml"), "--to", str(folder / "elsewhere.yml"))
    assert "0 added, 2 known" in again.stdout


def test_the_registry_goes_through_a_file_and_comes_back(marsad: Marsad, tmp_path: Path) -> None:
    assert marsad("sources", "export", "--output", "all.opml").code == 0
    assert marsad("sources", "export").out == (tmp_path / "all.opml").read_text("utf-8")
    (tmp_path / "conf" / "sources").mkdir(parents=True)
    ran = marsad("sources", "import", "all.opml", "--config", "conf")
    assert ran.code == 0, ran.err
    registry = load_sources(ConfigFolder(PACKAGED))
    back = load_sources(ConfigFolder(tmp_path / "conf"))
    assert sorted(back, key=lambda one: one.id) == sorted(registry, key=lambda one: one.id)


def test_a_registry_of_ones_own_is_one_command(folder: Path) -> None:
    ran = sources(folder, "export", "--yaml", "--output", str(folder / "all.yml"))
    assert ran.exit_code == 0, ran.output
    (folder / "conf" / "sources" / "mine.yml").unlink()
    (folder / "all.yml").rename(folder / "conf" / "sources" / "all.yml")
    assert [one.id for one in load_sources(ConfigFolder(folder / "conf"))] == ["le-phare"]


@pytest.mark.parametrize(
    ("content", "arguments", "code", "says"),
    [
        (None, [], 2, "cannot be read"),
        ("<rss/>", [], 2, "no OPML"),
        ('<!DOCTYPE o [<!ENTITY x SYSTEM "file:///etc/passwd">]><opml>&x;</opml>', [], 2, "declares entities"),
        ("<opml><body/></opml>", [], 1, "lists no feed"),
        ('<opml><body><outline text="x" xmlUrl="file:///x"/></body></opml>', [], 1, "nothing in it can be taken"),
        (LIST, ["--country", "ZZ"], 2, "ISO 3166-1"),
        (LIST, ["--language", "french"], 2, "ISO 639-1"),
        (LIST, ["--kind", "blog"], 2, "none of general"),
        (LIST, ["--to", "nowhere/x.yml"], 2, "cannot be written"),
    ],
)
def test_what_cannot_be_imported(folder: Path, content: str | None, arguments: list[str], code: int, says: str) -> None:
    path = folder / "bad.opml"
    if content is not None:
        path.write_text(content, encoding="utf-8")
    ran = sources(folder, "import", str(path), *arguments)
    error = ran.exception
    assert (error.exit_code if isinstance(error, MarsadError) else ran.exit_code) == code
    assert says in " ".join(f"{ran.stderr} {error}".replace("│", " ").split())
    assert [one.name for one in (folder / "conf" / "sources").iterdir()] == ["mine.yml"]


def test_the_packaged_registry_stays_as_it_is(marsad: Marsad, tmp_path: Path) -> None:
    (tmp_path / "list.opml").write_text(LIST, encoding="utf-8")
    ran = marsad("sources", "import", "list.opml")
    assert ran.code == 2
    assert "sources export --yaml" in ran.err
