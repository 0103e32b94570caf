"""The vocabulary files: their mistakes are named with file, line and key; places load fast."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from crawler.claims import gazetteer
from crawler.claims.directory import NameTable, look_up
from crawler.claims.lexicon import load_lexicon
from crawler.claims.passage import read_passage
from crawler.claims.phrases import PhraseBook
from crawler.configuration.locate import PACKAGED, ConfigFolder
from crawler.errors import ConfigError
from tests.effort import within

FILES = ("places.yml", "organizations.yml", "lexicon/claims.yml")


def folder(tmp_path: Path, name: str, old: str, new: str) -> ConfigFolder:
    target = tmp_path / name
    target.parent.mkdir(parents=True, exist_ok=True)
    text = (PACKAGED / name).read_text(encoding="utf-8")
    assert old in text
    target.write_text(text.replace(old, new, 1), encoding="utf-8")
    return ConfigFolder(tmp_path)


@pytest.mark.parametrize(("name", "old", "new", "words"), [
    ("organizations.yml", "{name: Google, kind: hyperscaler", "{name: Google, kind: hyperscale", "kind"),
    ("organizations.yml", "{name: Google, kind: hyperscaler", "{nam: Google, kind: hyperscaler", "nam"),
    ("places.yml", "{name: Rabat, country: MA", "{name: Rabat, country: Morocco", "country"),
    ("places.yml", "words: [", "word: [", "words"),
    ("lexicon/claims.yml", "no_doubt: [", "no_doubt: ['a*', ", "no_doubt"),
    ("lexicon/claims.yml", "energy_other: [", "energy_others: [", "energy_other"),
    ("lexicon/claims.yml", "near_ok: [", "near_ok: [[", "YAML"),
])
def test_a_mistake_names_file_line_and_key(tmp_path: Path, name: str, old: str, new: str, words: str) -> None:
    with pytest.raises(ConfigError) as caught:
        load_lexicon(folder(tmp_path, name, old, new))
    assert Path(name).name in str(caught.value)
    assert words in str(caught.value)
    assert caught.value.line


def test_an_alias_file_that_is_no_list(tmp_path: Path) -> None:
    (tmp_path / "organizations.yml").write_text("Google: hyperscaler\n", encoding="utf-8")
    with pytest.raises(ConfigError, match="list of organisations"):
        load_lexicon(ConfigFolder(tmp_path))


def test_it_is_loaded_once_and_again_after_a_change(tmp_path: Path) -> None:
    for name in FILES:
        (tmp_path / name).parent.mkdir(exist_ok=True)
        shutil.copy(PACKAGED / name, tmp_path / name)
    first = load_lexicon(ConfigFolder(tmp_path))
    assert load_lexicon(ConfigFolder(tmp_path)) is first
    with (tmp_path / "organizations.yml").open("a", encoding="utf-8") as file:
        file.write("- {name: Zorvexa, kind: developer}\n")
    assert load_lexicon(ConfigFolder(tmp_path)).organizations.get("zorvexa")


def test_places_load_in_a_moment() -> None:
    def load() -> None:
        gazetteer._compiled.cache_clear()
        assert "lyon" in gazetteer._compiled()

    assert within(0.6, load)


def test_everyday_words_are_no_places() -> None:
    places = load_lexicon(ConfigFolder(PACKAGED)).gazetteer
    assert places.get("nice") is None
    assert places.is_word("nice")
    found = places.get("lyon")
    assert found
    assert (found[0].country, found[0].name) == ("FR", "Lyon")


@pytest.mark.parametrize(("text", "printed"), [
    ("rencontre à Saint-Bruno hier", "Saint-Bruno"), ("avec N+ONE hier", "N+ONE"), ("with AT&T now", "AT&T"),
    ("in St. Louis now", "St. Louis"), ("وبالداخلة اليوم", "الداخلة"),
])
def test_names_with_signs_inside(text: str, printed: str) -> None:
    table = NameTable({"saint bruno": 1, "n one": 2, "at t": 3, "st louis": 4, "الداخله": 5})
    passage = read_passage(text, PhraseBook())
    (hit,) = look_up(passage.tokens, table)
    assert passage.printed(hit.first, hit.last)[hit.skipped:] == printed


@pytest.mark.parametrize("text", ["le maroc data", "meta analysis", "orange juice"])
def test_small_letters_are_no_name(text: str) -> None:
    assert look_up(read_passage(text, PhraseBook()).tokens, NameTable({"maroc": 1, "meta": 2, "orange": 3})) == []
