"""Mistakes in the vocabulary name file, line and key."""

from __future__ import annotations

from pathlib import Path

import pytest

from crawler.claims.quantities import load_quantities
from crawler.claims.quantities.vocabulary import one_of
from crawler.errors import ConfigError

LEXICON = Path(__file__).parents[3] / "config" / "lexicon" / "quantities.yml"


@pytest.mark.parametrize(("old", "new", "key", "problem"), [
    ("      - (?:refutes?|refuted)", "      - ((?:refutes?|refuted)", "cues.modality.denied", "regular expression"),
    ("      - (?:refutes?|refuted)", "      - ref(utes?\n      - refuted)", "cues.modality.denied", "regular expression"),
    ("  joiners:", "  joinerz: []\n  joiners:", "numbers.joinerz", "unknown key"),
    ("  halves: [half, demi", "  halves: 7 #", "numbers.halves", "list"),
])
def test_a_mistake_names_its_place(tmp_path: Path, old: str, new: str, key: str, problem: str) -> None:
    text = LEXICON.read_text(encoding="utf-8")
    assert old in text
    broken = tmp_path / "quantities.yml"
    broken.write_text(text.replace(old, new, 1), encoding="utf-8")
    with pytest.raises(ConfigError, match=problem) as caught:
        load_quantities(broken)
    assert caught.value.key == key
    assert caught.value.line
    assert new.split("\n", maxsplit=1)[0].split("[", maxsplit=1)[0].strip() in broken.read_text(encoding="utf-8").splitlines()[caught.value.line - 1]


def test_a_missing_file_is_a_configuration_error(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match="cannot be read"):
        load_quantities(tmp_path / "none.yml")


def test_patterns_are_folded_whole_words_and_take_arabic_particles() -> None:
    pattern = one_of([r"Énergie \w+", "مرحلة"])
    assert pattern.search("l'energie verte")
    assert not pattern.search("energies vertes")
    assert pattern.search("وبالمرحله")
    assert not one_of([]).search("")
