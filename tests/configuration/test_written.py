"""What marsad writes into the registry, it reads back as it was."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest
import yaml

from crawler.configuration.durations import parse_duration
from crawler.configuration.locate import PACKAGED, ConfigFolder
from crawler.configuration.sources import Source, load_sources
from crawler.configuration.written import append_sources, duration_text, own_sources, source_yaml, sources_of
from crawler.errors import UsageError

PLAIN = {"id": "a", "name": "A", "home": "https://a.example/", "country": "MA", "languages": ["fr"],
         "kind": "general", "discover": [{"feed": "https://a.example/feed"}]}


@pytest.mark.parametrize(
    "change",
    [
        {},
        {"name": "L'Écho: \"Tanger\" #1 — الصدى"},
        {"name": "- a\n- b"},
        {"name": "yes"},
        {"name": "\x07\x85\u2028"},
        {"country": "NO", "languages": ["no", "en"]},
        {"id": "2024"},
        {"discover": [{"section": "https://a.example/#x: y", "follow": r"'/\d+-.+\.html$' # no comment"}]},
        {"discover": [{"feed": "https://a.example/f?a=1&b=*2"}, {"search": "gdelt"}]},
        {"enabled": False, "reason": "answers 403: go away # now"},
        {"reason": "kept although it is on"},
        {"every": "90s"},
    ],
)
def test_what_is_written_reads_back_the_same(tmp_path: Path, change: dict[str, object]) -> None:
    source = Source.model_validate(PLAIN | change)
    (tmp_path / "a.yml").write_text(source_yaml(source, "a comment\n- id: not an entry"), encoding="utf-8")
    assert sources_of(tmp_path / "a.yml") == [source]


def test_the_whole_registry_reads_back_the_same(tmp_path: Path) -> None:
    registry = load_sources(ConfigFolder(PACKAGED))
    (tmp_path / "a.yml").write_text("".join(source_yaml(source) for source in registry), encoding="utf-8")
    assert sources_of(tmp_path / "a.yml") == registry


@pytest.mark.parametrize("text", ["45s", "30m", "6h", "1d", "90m", "61s"])
def test_spans_are_written_as_they_are_read(text: str) -> None:
    assert parse_duration(duration_text(parse_duration(text))) == parse_duration(text)
    assert duration_text(timedelta(days=7)) == "7d"


def test_appending_leaves_what_stands_as_it_is(tmp_path: Path) -> None:
    path = tmp_path / "a.yml"
    path.write_text("# mine\n- {id: b, name: B,  home: 'https://b.example/', country: FR, languages: [fr], kind: tech,\n"
                    "   discover: [{feed: https://b.example/feed}]}  # by hand", encoding="utf-8")
    before = path.read_text("utf-8")
    append_sources(path, [source_yaml(Source.model_validate(PLAIN))], "# head\n")
    after = path.read_text("utf-8")
    assert after.startswith(before + "\n")
    assert [source.id for source in sources_of(path)] == ["b", "a"]
    assert "head" not in after
    assert [file.name for file in tmp_path.iterdir()] == ["a.yml"]


def test_a_new_file_begins_with_its_head(tmp_path: Path) -> None:
    append_sources(tmp_path / "new.yml", [source_yaml(Source.model_validate(PLAIN), "tried today")], "# Imported.\n")
    text = (tmp_path / "new.yml").read_text("utf-8")
    assert text.startswith("# Imported.\n\n- id: a\n")
    assert "   # tried today\n" in text
    assert yaml.safe_load(text) == [PLAIN | {"every": "1h"}]


@pytest.mark.parametrize("folder", [ConfigFolder(PACKAGED), ConfigFolder(Path("nowhere"))])
def test_the_packaged_registry_is_not_written_to(folder: ConfigFolder) -> None:
    with pytest.raises(UsageError, match="make a registry of your own"):
        own_sources(folder)
