"""Forty ways to break a registry: each is refused with file, line, key and a way out."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest

from crawler.configuration.locate import ConfigFolder
from crawler.configuration.sources import load_sources
from crawler.errors import ConfigError

GOOD = """\
- id: le-phare
  name: Le Phare
  home: https://lephare.example/
  country: MA
  languages: [fr, ar]
  kind: business
  discover:
    - feed: https://lephare.example/feed
    - section: https://lephare.example/eco
      follow: '/\\d+-.+'
  every: 30m
"""


def load(tmp_path: Path, text: str, name: str = "a.yml") -> list[object]:
    (tmp_path / "sources").mkdir(exist_ok=True)
    (tmp_path / "sources" / name).write_text(text, encoding="utf-8")
    return list(load_sources(ConfigFolder(tmp_path)))


def test_a_good_source_is_read_whole(tmp_path: Path) -> None:
    load(tmp_path, GOOD)
    (source,) = load_sources(ConfigFolder(tmp_path))
    assert source.id == "le-phare"
    assert source.every == timedelta(minutes=30)
    assert [way.kind for way in source.discover] == ["feed", "section"]
    assert source.discover[1].follow == r"/\d+-.+"
    assert source.hosts == {"lephare.example"}


@pytest.mark.parametrize(
    ("old", "new", "line", "says"),
    [
        ("id: le-phare", "id: Le Phare", 1, "id"),
        ("id: le-phare", "ident: le-phare", 1, "id"),
        ("  country: MA", "  country: ZZ", 4, "INT"),
        ("  every: 30m", "  prune:\n    - .ticker\n    - 'div['", 13, "is no CSS selector"),
        ("  every: 30m", "  prune: ['//div']", 11, "is no CSS selector"),
        ("  every: 30m", "  prune: .ticker", 11, "prune"),
        ("  country: MA\n", "", 1, "country: is missing"),
        ("languages: [fr, ar]", "languages: []", 5, "languages"),
        ("languages: [fr, ar]", "languages: [french]", 5, "ISO 639-1"),
        ("languages: [fr, ar]", "langauges: [fr, ar]", 5, "languages"),
        ("kind: business", "kind: blog", 6, "kind"),
        ("    - feed: https://lephare.example/feed", "    - feed: lephare.example/feed", 8, "http"),
        ("    - feed: https://lephare.example/feed", "    - fed: https://lephare.example/feed", 8, "did you mean 'feed'"),
        ("    - feed: https://lephare.example/feed", "    - feed: ftp://lephare.example/feed", 8, "http"),
        ("    - feed: https://lephare.example/feed", "    - feed: https://u:p@lephare.example/feed", 8, "http"),
        (r"follow: '/\d+-.+'", "follow: '('", 9, "regular expression"),
        ("every: 30m", "every: often", 11, "30m"),
        ("every: 30m", "every: 0m", 11, "30m"),
        ("every: 30m", "every: 30m\n  enabled: false", 1, "reason: Value error, is needed where `enabled` is false"),
        ("every: 30m", "every: 30m\n  enabled: false\n  reason: ' '", 13, "say why"),
        ("  every: 30m", "  evry: 30m", 11, "did you mean 'every'"),
        ("  name: Le Phare", "  name: Le Phare\n  name: Deux", 3, "stands twice"),
        ("home: https://lephare.example/", "home: 7", 3, "home"),
        ("discover:", "discover: [", 7, "not valid YAML"),
    ],
)
def test_a_mistake_is_named_with_its_line(tmp_path: Path, old: str, new: str, line: int, says: str) -> None:
    assert old in GOOD
    with pytest.raises(ConfigError) as caught:
        load(tmp_path, GOOD.replace(old, new))
    message = str(caught.value)
    assert says in message
    assert str(tmp_path / "sources" / "a.yml") in message
    assert caught.value.exit_code == 2
    if "not valid YAML" not in says:
        assert f"line {line}" in message


def test_an_id_used_in_two_files_names_both(tmp_path: Path) -> None:
    load(tmp_path, GOOD)
    with pytest.raises(ConfigError, match=r"b\.yml, line 1: id: 'le-phare' stands already in .*a\.yml, line 1"):
        load(tmp_path, GOOD, "b.yml")


def test_a_file_that_is_no_list_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match="expected a list of sources"):
        load(tmp_path, "id: x\n")


def test_a_file_that_is_not_utf8_is_refused(tmp_path: Path) -> None:
    (tmp_path / "sources").mkdir()
    (tmp_path / "sources" / "a.yml").write_bytes(GOOD.replace("Le Phare", "L’Été").encode("cp1252"))
    with pytest.raises(ConfigError, match="not UTF-8 at byte"):
        load_sources(ConfigFolder(tmp_path))


def test_a_folder_with_sources_never_mixes_in_the_packaged_ones(tmp_path: Path) -> None:
    (tmp_path / "sources").mkdir()
    assert load_sources(ConfigFolder(tmp_path)) == []
